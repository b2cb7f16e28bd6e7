"""A page becomes articles.

Every character except white space ends up in exactly one span: an article's, or one set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ..text.masthead import date_of, page_number_of, paper_of
from ..text.ranges import subtract_ranges
from ..types import Article, DateOrigin, HeadlineDecision, Page, Role, Segmentation, Span
from .folios import section_of
from .labelled import LabelledAssembler, is_labelled
from .page_segmenter import PageSegmenter
from .record import record_article


def _segmentation(
    page: Page,
    articles: list[Article],
    aside: list[Span],
    mastheads: list[str],
    headlines: tuple[HeadlineDecision, ...] = (),
) -> Segmentation:
    """The articles with unique ids, everything outside them, and what is known of the page."""
    numbered = _numbered(articles, page.link)
    spans = [*aside, *(span for article in numbered for span in article.spans)]
    covered = sorted((span.start, span.end) for span in spans)
    rest = [
        Span(start=a + word.start(), end=a + word.end(), role=Role.MARKUP)
        for a, b in subtract_ranges(0, len(page.text), covered)
        if not page.text[a:b].isspace()
        for word in re.finditer(r"\S(?:[^\n]*\S)?", page.text[a:b])
    ]
    day = page.date or next((d for d in map(date_of, mastheads) if d), None)
    return Segmentation(
        source=page.source,
        articles=tuple(numbered),
        aside=tuple(
            (span, page.text[span.start : span.end])
            for span in sorted([*aside, *rest], key=lambda s: s.start)
        ),
        date=day,
        dated=page.dated if page.date else DateOrigin.MASTHEAD if day else None,
        paper=page.paper or next((p for p in map(paper_of, mastheads) if p), None),
        page_number=page.page_number or next((n for n in map(page_number_of, mastheads) if n), None),
        section=page.section or next((m for m in map(section_of, mastheads) if m), None),
        headlines=headlines,
        pictures=page.pictures,
    )


def _numbered(articles: list[Article], link: str | None) -> list[Article]:
    """The articles with unique ids and the page's address."""
    seen: Counter[str] = Counter()
    numbered: list[Article] = []
    for article in articles:
        seen[article.id] += 1
        again = seen[article.id]
        name = article.id if again == 1 else f"{article.id}-{again}"
        if again > 1 or link:  # of a table's rows hardly any, and a copy takes a third of the time
            article = replace(article, id=name, link=link)
        numbered.append(article)
    return numbered


def segment(page: Page, *, single: bool = False) -> Segmentation:
    """Cuts a page into articles; total: any page gives a segmentation.

    `single` takes the whole page for one article and its later titles for subheads. Where the
    source itself states what its blocks are, nothing is guessed. Paragraph repair and line roles
    follow the newspapers' own conventions (GB/T 788 has none for them); see docs/decisions.
    """
    if page.record is not None:
        return _segmentation(page, [record_article(page, page.record)], [], [])
    if is_labelled(page):
        return _segmentation(page, *LabelledAssembler(page).run())
    walk = PageSegmenter(page, single=single)
    return _segmentation(page, walk.run(), walk.aside, walk.mastheads, tuple(walk.headlines))


__all__ = ["segment"]
