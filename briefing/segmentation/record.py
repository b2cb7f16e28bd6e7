"""A page that is one row of a table: one article, its text verbatim.

Knows no cleaning: what a table states is kept, so that offsets into its text hold.
"""

from __future__ import annotations

from ..types import Article, Page, Role, Span


def record_article(page: Page, record: str) -> Article:
    """The article of the row with the id `record`."""
    texts = {block.role: block.text for block in page.blocks}
    return Article(
        id=record,
        kicker=texts.get(Role.KICKER),
        headline=texts.get(Role.HEADLINE, ""),
        deck=texts.get(Role.DECK),
        paragraphs=tuple(texts.get(Role.BODY, "").split("\n")),
        source=page.source,
        spans=tuple(
            Span(start=block.start, end=block.start + len(block.text), role=block.role)
            for block in page.blocks
            if block.role
        ),
    )
