"""Finds the articles in a JSON document: a list of them, or a JSON Feed (https://www.jsonfeed.org/version/1.1)."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..text.masthead import paper_of
from .columns import TEASERS, field_of
from .decode import decode

LISTS = ("items", "articles", "data", "list", "rows", "records", "results", "news", "docs")
"""Members of an object that hold the articles."""
FEED = "jsonfeed.org/version/"
INNER = ("text", "content", "value", "rendered", "html", "body", "name", "title", "p")
"""Members that hold the words of a value: a paragraph, a named source, a text as sites give it."""
DEEPEST = 3
"""Most objects around the list of articles."""


def is_one_document(data: bytes) -> bool:
    """Whether lines of JSON are in truth one document: a list, or an object over several lines."""
    first = data.removeprefix(codecs.BOM_UTF8).lstrip()[:2]
    return first[:1] == b"[" or (first[:1] == b"{" and first[1:2] in b"\r\n")


def scalar(value: Any) -> Any:
    """A JSON value as text: lists become lines, an object its words.

    A database's `{"$date": …}` is unwrapped too.
    """
    if isinstance(value, list) and value:
        parts = [scalar(part) if isinstance(part, dict) else part for part in value]
        parts = [part for part in parts if not isinstance(part, dict)]  # a picture among paragraphs
        return "\n".join(parts) if parts and all(isinstance(part, str) for part in parts) else value
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)).startswith("$"):
            return next(iter(value.values()))
        return next((value[name] for name in INNER if isinstance(value.get(name), str)), value)
    return value


def json_objects(source: str, data: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each article of a JSON document with its position. Raises SourceError if it holds none."""
    try:
        document = json.loads(decode(source, data))
    except (ValueError, RecursionError) as error:
        raise SourceError(
            Message(f"不是有效的 JSON：{error}", f"not valid JSON: {error}"),
            Message("每行一篇的，后缀请写 .jsonl", "name it .jsonl if each line is an article"),
        ) from None
    found = _articles_in(document)
    if not found:
        raise SourceError(
            Message("这个 JSON 里没有稿件", "this JSON holds no articles"),
            Message(
                "稿件请列成数组，每篇有 title 和 text",
                "list them in an array, each with title and text",
            ),
        )
    paper = _feed_paper(document)
    for number, article in enumerate(found, 1):
        yield f"{source}:{number}", {"paper": paper, **article} if paper else article


def _feed_paper(document: Any) -> str | None:
    """The paper that a JSON Feed names as its title."""
    if not isinstance(document, dict) or FEED not in str(document.get("version")):
        return None
    title = document.get("title")
    return paper_of(title) if isinstance(title, str) else None


def _articles_in(document: Any) -> list[dict[str, Any]]:
    """The objects in the outermost list, also below one of the usual names; one object is one article.

    An article may have a member of such a name: related news, data of its readers.
    """
    for _ in range(DEEPEST + 1):
        if isinstance(document, list):
            return [one for one in document if isinstance(one, dict)]
        if not isinstance(document, dict):
            return []
        if _has_text(document):
            return [document]
        inner = [document[name] for name in LISTS if isinstance(document.get(name), list | dict)]
        if not inner:
            return [document]
        document = next((one for one in inner if one), [])
    return []


def _has_text(document: dict[str, Any]) -> bool:
    """Whether an object has a text of its own: it is an article, not what stands around a list of them."""
    return any(
        isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
        for name, value in document.items()
        if value and field_of(name) == "text" and name.lower() not in TEASERS
    )


__all__ = ["is_one_document", "json_objects", "scalar"]
