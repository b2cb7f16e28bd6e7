"""Finds the other pages of an article that a site cuts into several.

They are what its pager links to: addresses that differ from the page's own in a number only
(c_1.htm, c_1_2.htm; ?page=2; a/2.html). Knows pagers and addresses; fetches nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from ..text.lazy_pattern import lazy_pattern
from .markup import parse_tree, short_text

MOST_PARTS = 60
MOST_LINKS = 3000
NEXT = lazy_pattern(
    r"(?:下一?[页頁]|后一?页|next(?: page)?|[>›»]{1,2}|余下全文|阅读全文|(?:点击)?(?:进入|查看)?下一?[页頁][>›»]*)",
    re.IGNORECASE,
)
HAS_PAGER = lazy_pattern(r"下一?[页頁]|后一?页|>[\s\[（(第]{0,4}2[\s\]）)页]{0,4}</a>", re.IGNORECASE)
COMMENTS = lazy_pattern(r"comment|reply|pinglun|cmt|gentie|calendar", re.IGNORECASE)
NUMBER = lazy_pattern(r"[\[（(【]?\s*第?\s*(\d{1,2})\s*[页頁]?\s*[\]）)】]?")
PAGE_KEYS = ("page", "p", "pageno", "page_no", "pagenum", "pn", "pageindex", "curpage", "start_page")
SUFFIX = lazy_pattern(
    r"^(?P<stem>.*?)(?:[_-](?P<number>\d{1,2}))?(?P<end>\.s?html?|\.php|\.aspx?|\.jsp)?$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The other pages of an article, by the number in their addresses (0: none).

    `own` is that of this page; `labels` are the numbers that the pager shows for them.
    """

    own: int
    links: dict[int, str]
    labels: dict[int, int]

    def label(self, number: int) -> int:
        """The number under which people know a page."""
        return self.labels.get(number) or max(1, number)


def _key(address: str) -> tuple[str, int]:
    """An address without its page number, and that number (1 if it has none)."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query)
    number = next(
        (
            int(value)
            for name, value in query
            if name.lower() in PAGE_KEYS and value.isdigit() and len(value) < 3
        ),
        0,
    )
    rest = sorted((name, value) for name, value in query if name.lower() not in PAGE_KEYS)
    path = unquote(parts.path)
    folder, name = posixpath.split(path)
    found = SUFFIX.match(name)
    stem, end = (found["stem"], found["end"] or "") if found else (name, "")
    if found and found["number"] and not number:
        number = int(found["number"])
    elif not number and stem.isdigit() and len(stem) < 3 and folder not in ("", "/"):
        number, stem = int(stem), ""
    return f"{parts.netloc}|{folder}|{stem}|{end}|{rest}", number


def parts_of(source: str, root: Any, own_address: str | None) -> Parts | None:
    """The pages of the article that a page's pager links to; None if it is whole."""
    own = source if "://" in source else posixpath.basename(source.replace("\\", "/"))
    links = list(_pager_links(root))
    for base in (own, own_address):
        if base and links and (found := _parts_from(base, links)):
            return found
    return _parts_among(links)


def has_pager(text: str) -> bool:
    """Whether a page's source may hold a pager."""
    return bool(HAS_PAGER.search(text))


def later_parts(name: str, text: str) -> list[str]:
    """The names of the files that hold an article's later pages, as a saved page links to them."""
    parts = parts_of(name, parse_tree(text), None) if has_pager(text) else None
    later = sorted(number for number in parts.links if number > parts.own) if parts else []
    return [posixpath.basename(urlsplit(parts.links[number]).path) for number in later] if parts else []


def _parts_from(base: str, links: list[tuple[str, int]]) -> Parts | None:
    """The pages whose addresses are the base's, but for the number."""
    own_key, own = _key(base)
    found: dict[int, str] = {}
    labels: dict[int, int] = {}
    for href, label in links:
        key, number = _key(_full(base, href))
        if key != own_key or number > MOST_PARTS:
            continue
        if label:
            labels[number] = label
        if number != own and not (own == 0 and label == 1):
            found.setdefault(number, href)
    return Parts(own, found, labels) if found else None


def _full(base: str, href: str) -> str:
    if "://" in base:
        return urljoin(base, href)
    parts = urlsplit(href)
    return posixpath.basename(parts.path) + (f"?{parts.query}" if parts.query else "")


def _parts_among(links: list[tuple[str, int]]) -> Parts | None:
    """The pages of a pager where the page's own address is not known: links of one stem, 2, 3, …

    A page saved under another name has such a pager only if its numbers agree with their labels.
    """
    groups: dict[str, dict[int, tuple[int, str]]] = {}
    for href, label in links:
        key, number = _key(href)
        if label >= 2 and number and abs(number - label) <= 1:
            groups.setdefault(key, {})[label] = (number, href)
    best = max(groups.values(), key=len, default={})
    if not best or sorted(best) != list(range(2, len(best) + 2)):
        return None
    return Parts(0, dict(best.values()), {number: label for label, (number, _) in best.items()})


def _pager_links(root: Any) -> Iterator[tuple[str, int]]:
    """The links whose words are a page's number or call for the next, with the number or 0."""
    for element in root.xpath("//a[@href]")[:MOST_LINKS]:
        href = (element.get("href") or "").split("#")[0].strip()
        if not href or href.lower().startswith(("javascript:", "mailto:")):
            continue
        words = short_text(element, 40)
        if not words or len(words) > 14 or _in_comments(element):
            continue
        try:
            urlsplit(href)
        except ValueError:  # a broken IPv6 host
            continue
        if found := NUMBER.fullmatch(words):
            yield href, int(found[1])
        elif NEXT.fullmatch(words):
            yield href, 0


def _in_comments(element: Any) -> bool:
    above = islice(element.iterancestors(), 8)
    return any(COMMENTS.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in above)


__all__ = ["MOST_PARTS", "Parts", "has_pager", "later_parts", "parts_of"]
