"""One line for an article: its headline, cut at a joint where it is too long; without one, its first clauses."""

from __future__ import annotations

import re

from ..text.sentences import sentences
from ..types import Article
from .clean import clean

LIMIT = 32
"""Characters of a gist."""
JOINT = re.compile(r"[\s\u3000]+|(?<=[，；。！？])|[—]{1,2}")


def gist(article: Article, limit: int = LIMIT) -> str:
    """At most `limit` characters, of whole clauses where that is possible."""
    headline = re.sub(r"^【[^】]*】", "", article.headline).strip()
    if headline:
        return _fit([part for part in JOINT.split(headline) if part], limit)
    for start, end in sentences(article.text)[:1]:
        words = clean(article.text, start, end).text
        return _fit([part for part in re.split(r"(?<=[，；：])", words) if part], limit)
    return ""


def _fit(parts: list[str], limit: int) -> str:
    """As many parts from the front as fit, joined by ，; the first is cut if even that is too long."""
    line = ""
    for part in parts:
        glue = "" if not line or line[-1] in "，；：。！？" else "，"
        if line and len(line) + len(glue) + len(part) > limit:
            break
        line += glue + part
    line = line.rstrip("，；：。、 ")
    return line if len(line) <= limit else line[: limit - 1] + "…"
