"""A page whose source says itself what each block is: marked-up editions, feeds, print read by its geometry.

Takes the roles as they stand and only puts the articles together; guesses nothing. Credits and jump lines that stand inside
a paragraph are taken off as in any article.
"""

from __future__ import annotations

from ..text.masthead import edition_of
from ..types import Article, Block, Page, Role, Span
from .drafts import Draft
from .furniture import JUMP, JUMP_FROM
from .lines import Line
from .units import Kind, Unit

TITLES = (Role.KICKER, Role.HEADLINE, Role.DECK)
OPENING = (Role.KICKER, Role.HEADLINE)


def stated(page: Page) -> bool:
    """Whether the page's source says what its blocks are."""
    return any(block.role for block in page.blocks)


def _lines(page: Page, block: Block) -> list[Line]:
    """The lines of a block, each trimmed; a paragraph of its own."""
    lines: list[Line] = []
    at = block.start
    for raw in block.text.split("\n"):
        text = raw.strip()
        if text:
            head = at + len(raw) - len(raw.lstrip())
            lines.append(
                Line(
                    text=text,
                    pieces=[(head, head + len(text))],
                    gap=0,
                    width=len(text),
                    columns=2 * len(text),
                    indented=not lines,
                )
            )
        at += len(raw) + 1
    return lines


class Stated:
    """Puts the articles of one page together; used once."""

    def __init__(self, page: Page) -> None:
        """`page` has a role for every block."""
        self.page = page
        self.drafts: list[Draft] = []
        self.aside: list[Span] = []
        self.mast: list[str] = []
        self.section: Unit | None = None
        self.titled = False
        """Whether the open article's headline is complete: the next kicker or headline opens another."""

    def run(self) -> tuple[list[Article], list[Span], list[str]]:
        """The articles in order, what no article holds, and the words of mastheads and folios."""
        for block in self.page.blocks:
            lines = _lines(self.page, block)
            if lines:
                role = block.role or Role.BODY
                kind = Kind.TEXT if role is Role.BODY else Kind.TITLE
                self.unit(Unit(kind=kind, lines=lines, role=role), role)
        if self.section:
            self.set_aside(self.section, Role.SECTION)
        edition = self.page.number or next((n for n in map(edition_of, self.mast) if n), None)
        articles: list[Article] = []
        for draft in self.drafts:
            if draft.paragraphs:
                source = self.page.source
                articles.append(draft.article(source=source, edition=edition, order=len(articles)))
            else:
                self.aside += draft.spans
        return articles, self.aside, self.mast

    def set_aside(self, unit: Unit, role: Role) -> None:
        """Puts the unit on the list of what no article holds."""
        self.aside += [Span(start=a, end=b, role=role) for line in unit.lines for a, b in line.pieces]

    def unit(self, unit: Unit, role: Role) -> None:
        """Gives the unit to the open article, to a new one, or to none."""
        draft = self.drafts[-1] if self.drafts else None
        if role in TITLES:
            self.title(unit, role, draft)
        elif role is Role.SECTION:
            if self.section:
                self.set_aside(self.section, Role.SECTION)
            self.section = unit
        elif role is Role.BODY:
            (draft or self.open()).add(unit)
        elif role is Role.JUMP and JUMP.fullmatch(unit.text):
            goes_on = bool(JUMP_FROM.search(unit.text)) and (draft is None or bool(draft.paragraphs))
            draft = self.open() if draft is None or goes_on else draft
            draft.jumps.append(unit.text.strip("（）()"))
            draft.mark(unit.lines, role)
        elif draft and role in (Role.BYLINE, Role.AGENCY, Role.DATELINE, Role.CAPTION, Role.CREDIT):
            self.credit(unit, role, draft)
        else:
            if role in (Role.MASTHEAD, Role.FOLIO):
                self.mast.append(unit.text)
            self.set_aside(unit, role)

    def open(self) -> Draft:
        """Begins an article; the column's name that stood before is its section."""
        draft = Draft(self.page.text)
        if self.section:
            draft.section = self.section.text
            draft.mark(self.section.lines, Role.SECTION)
            self.section = None
        self.drafts.append(draft)
        self.titled = False
        return draft

    def title(self, unit: Unit, role: Role, draft: Draft | None) -> None:
        """A kicker or a headline opens an article once the one before has its headline."""
        if draft is None or (role in OPENING and (draft.paragraphs or self.titled)):
            draft = self.open()
        draft.titles.setdefault(role, []).append(unit)
        draft.mark(unit.lines, role)
        self.titled = self.titled or role is Role.HEADLINE

    def credit(self, unit: Unit, role: Role, draft: Draft) -> None:
        """A line that says who wrote, sent or pictured it."""
        if role is Role.BYLINE:
            draft.signed(unit.text)
        elif role is Role.DATELINE:
            draft.dateline = unit.text
        elif role is Role.AGENCY:
            draft.agency = unit.text.strip("（）()")
        else:
            draft.captions.append(unit.text.strip("（）()"))
        draft.mark(unit.lines, role)


__all__ = ["Stated", "stated"]
