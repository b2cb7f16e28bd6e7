"""Pages whose source states what each block is: marked-up editions, feeds, print by its geometry.

Takes the roles as given and assembles the articles. Article numbers (`Block.article`) are
binding: blocks of one number are one article, with or without a headline. Among blocks without a
number, a kicker or headline opens an article. Credits and jump lines inside a paragraph are taken
off as in any article.
"""

from __future__ import annotations

from ..text.masthead import page_number_of
from ..types import Article, Block, Page, Role, Span
from .article_builder import ArticleBuilder
from .furniture import JUMP, JUMP_FROM
from .headline_numbers import drop_list_numbers
from .lines import TextLine
from .units import Unit, UnitKind

TITLES = (Role.KICKER, Role.HEADLINE, Role.DECK)
OPENING = (Role.KICKER, Role.HEADLINE)
CREDITS = (Role.BYLINE, Role.AGENCY, Role.DATELINE, Role.CAPTION, Role.CREDIT)
ARTICLE_ROLES = frozenset((*TITLES, *CREDITS, Role.BODY, Role.JUMP))
"""Roles that belong to an article; the others belong to the page."""


def is_labelled(page: Page) -> bool:
    """Whether the page's source states what its blocks are."""
    return any(block.role for block in page.blocks)


def _block_lines(page: Page, block: Block) -> list[TextLine]:
    """The lines of a block, each trimmed; the first one opens a paragraph."""
    lines: list[TextLine] = []
    at = block.start
    for raw in block.text.split("\n"):
        text = raw.strip()
        if text:
            head = at + len(raw) - len(raw.lstrip())
            lines.append(
                TextLine(
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


class LabelledAssembler:
    """Assembles the articles of one page; used once."""

    def __init__(self, page: Page) -> None:
        """`page` has a role for every block."""
        self.page = page
        self.builders: list[ArticleBuilder] = []
        self.aside: list[Span] = []
        self.mastheads: list[str] = []
        self.section: Unit | None = None
        self.titled = False
        """Whether the open article has its headline: the next kicker or headline opens another."""
        self.number: int | None = None
        """The number of the open article, if its reader gave it one."""

    def run(self) -> tuple[list[Article], list[Span], list[str]]:
        """The articles in order, what is set aside, and the words of mastheads and folios."""
        for block in self.page.blocks:
            lines = _block_lines(self.page, block)
            if lines:
                role = block.role or Role.BODY
                kind = UnitKind.TEXT if role is Role.BODY else UnitKind.TITLE
                unit = Unit(kind=kind, lines=lines, role=role)
                if block.article is None or role not in ARTICLE_ROLES:
                    self.unit(unit, role)
                else:
                    self.numbered_unit(unit, role, block.article)
        if self.section:
            self.set_aside(self.section, Role.SECTION)
        page_number = self.page.page_number or next(
            (n for n in map(page_number_of, self.mastheads) if n), None
        )
        articles: list[Article] = []
        drop_list_numbers(self.page.text, [builder for builder in self.builders if builder.paragraphs])
        for builder in self.builders:
            if builder.paragraphs:
                source = self.page.source
                articles.append(builder.build(source=source, page_number=page_number, order=len(articles)))
            else:
                self.aside += builder.spans
        return articles, self.aside, self.mastheads

    def set_aside(self, unit: Unit, role: Role) -> None:
        """Sets aside a unit that belongs to no article."""
        self.aside += [Span(start=a, end=b, role=role) for line in unit.lines for a, b in line.pieces]

    def numbered_unit(self, unit: Unit, role: Role, number: int) -> None:
        """Adds the unit to the article of that number; a title after its text is a paragraph."""
        if number != self.number or not self.builders:
            self.open()
            self.number = number
        builder = self.builders[-1]
        if role is Role.BODY or (role in TITLES and builder.paragraphs):
            builder.add_paragraph(unit)
        elif role in TITLES:
            self.add_title(unit, role, builder)
        elif role is Role.JUMP:
            self.add_jump(unit, builder)
        else:
            self.credit(unit, role, builder)

    def unit(self, unit: Unit, role: Role) -> None:
        """Adds the unit to the open article or to a new one, or sets it aside."""
        builder = self.builders[-1] if self.builders else None
        if role in TITLES:
            self.title(unit, role, builder)
        elif role is Role.SECTION:
            if self.section:
                self.set_aside(self.section, Role.SECTION)
            self.section = unit
        elif role is Role.BODY:
            (builder or self.open()).add_paragraph(unit)
        elif role is Role.JUMP and JUMP.fullmatch(unit.text):
            goes_on = bool(JUMP_FROM.search(unit.text)) and (builder is None or bool(builder.paragraphs))
            self.add_jump(unit, self.open() if builder is None or goes_on else builder)
        elif builder and role in CREDITS:
            self.credit(unit, role, builder)
        else:
            if role in (Role.MASTHEAD, Role.FOLIO):
                self.mastheads.append(unit.text)
            self.set_aside(unit, role)

    def open(self) -> ArticleBuilder:
        """Begins an article; the section name before it is its section."""
        builder = ArticleBuilder(self.page.text)
        if self.section:
            builder.section = self.section.text
            builder.mark(self.section.lines, Role.SECTION)
            self.section = None
        self.builders.append(builder)
        self.titled, self.number = False, None
        return builder

    def title(self, unit: Unit, role: Role, builder: ArticleBuilder | None) -> None:
        """Adds a title; a kicker or headline opens an article if the open one has its headline."""
        if builder is None or (role in OPENING and (builder.paragraphs or self.titled)):
            builder = self.open()
        self.add_title(unit, role, builder)

    def add_title(self, unit: Unit, role: Role, builder: ArticleBuilder) -> None:
        """Adds a title line to the article."""
        builder.titles.setdefault(role, []).append(unit)
        builder.mark(unit.lines, role)
        self.titled = self.titled or role is Role.HEADLINE

    def add_jump(self, unit: Unit, builder: ArticleBuilder) -> None:
        """Adds a jump line to the article."""
        builder.jumps.append(unit.text.strip("（）()"))
        builder.mark(unit.lines, Role.JUMP)

    def credit(self, unit: Unit, role: Role, builder: ArticleBuilder) -> None:
        """Adds a line that names the author, the source or the photographer."""
        if role is Role.BYLINE:
            builder.add_byline(unit.text)
        elif role is Role.DATELINE:
            builder.dateline = unit.text
        elif role is Role.AGENCY:
            builder.agency = unit.text.strip("（）()")
        else:
            builder.captions.append(unit.text.strip("（）()"))
        builder.mark(unit.lines, role)


__all__ = ["LabelledAssembler", "is_labelled"]
