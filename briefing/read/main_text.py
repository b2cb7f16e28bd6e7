"""Finds the paragraphs of the article on a web page, by trafilatura (Barbaresi 2021).

Its time grows with the square of the cells of a table or the spans of a paragraph, so a page with
very many tags is searched in a child process with limits.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from ..isolation.isolated import Limits, run_isolated
from .blocks import tidy

LEAST = 30
"""Fewest characters of an article; less is a list, a picture or a page built by a script."""
MANY_TAGS = 10_000
"""Tags from which the child process is used: in one table they take a second, twice as many
four.
"""
LIMITS = Limits(memory=600 * 1024 * 1024, item_seconds=12.0, seconds=12.0)


def main_text(text: str) -> list[str]:
    """The paragraphs of the article; raises SourceError if finding them takes too long."""
    if text.count("<") <= MANY_TAGS:
        return list(_extracted_paragraphs(text))
    (paragraphs,) = run_isolated("briefing.read.main_text:isolated_main_text", text.encode(), limits=LIMITS)
    return list(paragraphs)


def isolated_main_text(data: bytes) -> Iterator[list[str]]:
    """`main_text` in the child process: one list."""
    yield list(_extracted_paragraphs(data.decode()))


def _extracted_paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of the article, without the site's boilerplate."""
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    config = copy.deepcopy(DEFAULT_CONFIG)
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config.set(
            "DEFAULT", name, str(LEAST)
        )  # the defaults are for English; a Chinese report may have 80 characters
    found: Any = bare_extraction(
        text, include_comments=False, include_tables=False, deduplicate=False, config=config
    )
    body = getattr(found, "body", None)
    if body is None:
        return
    for element in body.iter("p", "head", "quote", "item", "hi", "ab"):
        if any(parent.tag in ("p", "head", "item", "quote") for parent in element.iterancestors()):
            continue
        yield from filter(
            None, map(tidy, re.split(r"\n\s*\n|\n(?=[\u3000 ]{2})", "".join(element.itertext())))
        )
