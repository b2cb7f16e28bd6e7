"""Joins a story that a jump line (下转第三版 / 上接第一版) carried over to another page.

Works on the articles of all pages of an edition; a part without a counterpart is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..text.masthead import page_number_of
from ..types import Article
from .furniture import JUMP_FROM
from .lines import ends_sentence


def _page_number(text: str) -> str | None:
    found = page_number_of(text)
    return found.lstrip("0") if found else None


def _jump_targets(article: Article, *, back: bool) -> set[str]:
    """The pages to which the article's jump lines point, back to (上接) or on to (下转)."""
    return {
        page_number
        for jump in article.jumps
        if bool(JUMP_FROM.search(jump)) == back
        and re.search("[转轉接]", jump)
        and (page_number := _page_number(jump))
    }


def _with_continuation(first: Article, rest: Article) -> Article:
    paragraphs = list(first.paragraphs)
    more = list(rest.paragraphs)
    if paragraphs and more and not ends_sentence(paragraphs[-1]):
        paragraphs[-1] += more.pop(0)
    return replace(
        first,
        paragraphs=(*paragraphs, *more),
        byline=first.byline or rest.byline,
        agency=first.agency or rest.agency,
        captions=first.captions + rest.captions,
    )


def stitched(articles: Sequence[Article]) -> list[Article]:
    """The articles, each continuation (上接第N版) joined to the article that points to its page.

    Both are of one paper. Spans remain those of the first part's page.
    """
    out = list(articles)
    for rest in articles:
        for page_number in _jump_targets(rest, back=True):
            here = (rest.page_number or "").lstrip("0")
            partners = [
                at
                for at, first in enumerate(out)
                if (first.page_number or "").lstrip("0") == page_number
                and first.paper == rest.paper
                and here in _jump_targets(first, back=False)
                and (
                    not rest.headline
                    or not first.headline
                    or rest.headline[:4] == first.headline[:4]
                    or len(rest.headline) < 12
                )
            ]
            if len(partners) == 1 and rest in out:
                first = out[partners[0]]
                out[partners[0]] = _with_continuation(first, rest)
                out.remove(rest)
    return out
