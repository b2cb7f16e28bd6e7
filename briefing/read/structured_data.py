"""What a web page states for machines: JSON-LD, and the values in its scripts.

JSON-LD comes as an object, a list, or a @graph of either (https://schema.org, https://json-ld.org);
scripts state their values in JSON or in assignments. Knows keys and values; knows no newspaper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..text.lazy_pattern import lazy_pattern

MOST_NODES = 5000
LARGEST = 2_000_000
"""Most characters of scripts that are searched; the longest are programs."""
ARTICLE = lazy_pattern(r"Article|Posting|Report|WebPage|News", re.IGNORECASE)


def linked_data(root: Any) -> list[dict[str, Any]]:
    """The objects of the page's JSON-LD, articles first."""
    found: list[dict[str, Any]] = []
    for script in root.xpath("//script[contains(@type, 'ld+json')]/text()")[:50]:
        try:
            data = json.loads(script.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found += _objects(data)
    return sorted(found, key=lambda item: not ARTICLE.search(str(item.get("@type") or "")))


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    stack, count = [data], 0
    while stack and count < MOST_NODES:
        count += 1
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack += [value for value in item.values() if isinstance(value, dict | list)]
        elif isinstance(item, list):
            stack += reversed(item)


def values_of(root: Any, keys: Sequence[str]) -> list[Any]:
    """The values of these keys in the page's JSON-LD, articles first, in the order of the keys."""
    objects = linked_data(root)
    return [item[key] for key in keys for item in objects if key in item]


def shorter_scripts(root: Any, most: int) -> list[str]:
    """The page's own scripts in their order, the longest ones cut or left out if all are too long."""
    scripts = root.xpath("//script[not(@src)]/text()")
    kept: dict[int, str] = {}
    for place in sorted(range(len(scripts)), key=lambda place: len(scripts[place])):
        kept[place] = scripts[place][:most]
        most -= len(kept[place])
    return [kept[place] for place in sorted(kept)]


def script_values(root: Any, keys: Sequence[str]) -> list[str]:
    """The values that the page's scripts give to these keys, in the order of the keys.

    Reads `"key": "value"`, `key: 'value'`, `var key = "value"` and `key: decode('value')`, numbers too.
    """
    scripts = "\n".join(shorter_scripts(root, LARGEST))
    names = "|".join(map(re.escape, keys))
    pattern = re.compile(
        rf"(?<![A-Za-z0-9_.])\\?[\"']?({names})\\?[\"']?\s{{0,9}}[:=]\s{{0,9}}"
        r"(?:[\w$.]{1,30}\(\s{0,9})?+\\?(?:[\"']([^\"'\\\n]{4,60})|(\d{10,13}|\d{8})(?![\d.]))",
        re.IGNORECASE,
    )
    order = {key.lower(): place for place, key in enumerate(keys)}
    found = [
        (order[match[1].lower()], match.start(), match[2] or match[3]) for match in pattern.finditer(scripts)
    ]
    return [value for _, _, value in sorted(found)]


__all__ = ["linked_data", "script_values", "shorter_scripts", "values_of"]
