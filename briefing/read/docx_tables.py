"""Classifies a table in a Word document: a list of articles, a form, a layout of stories, or data.

Word tables are often used for layout: a page in columns, a form with the article in one cell, a
list with one article per row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..text.lazy_pattern import lazy_pattern
from ..types import Role
from .columns import FIELD_ROLES, field_of
from .docx_body import Item, Table
from .flow import TITLE_LENGTH, Line, is_title_like, replace_role
from .table_rows import DATUM, row_text

STORY = 50
"""Characters of text below a title that make it a separate story."""
MOST_TITLES = 2
"""Lines at the start of a story that may contain its headline; a kicker may come first."""
SHORT_STORY = 20
"""The same as STORY, in a table that contains other stories."""
SENTENCE = lazy_pattern(r"([^。！？\n]*+)(?:[。！？]|\n|\Z)")
SENTENCE_LENGTH = 12
PROSE_SHARE = 0.5


def flow_lines(items: Sequence[Item]) -> Iterator[Line]:
    """The lines of a document's items; text boxes follow the paragraph they are anchored in.

    Pictures belong to the line before them, the first ones to that after them.
    """
    last: Line | None = None
    waiting: list[str] = []
    held: list[Line] = []
    for item in items:
        if held and (isinstance(item, Table) or item.text.strip()):
            yield from held
            held = []
        if isinstance(item, Table):
            yield from _table_lines(item)
            continue
        if item.text.strip():
            last = Line(item.text, item.look, item.look.role, pictures=[*waiting, *item.pictures])
            waiting = []
            yield last
        else:
            (waiting if last is None else last.pictures).extend(item.pictures)
        for box in item.boxes:
            lines = [*held, *flow_lines(box)]
            held = lines if lines and not held and _is_only_titles(lines) else []
            if not held:
                yield from _cell_lines(lines)
    yield from held


def _is_only_titles(lines: list[Line]) -> bool:
    """Whether a box contains only a headline, whose text is in the next one."""
    return len(lines) <= MOST_TITLES and all(line.role is None and is_title_like(line.text) for line in lines)


def _cell_lines(lines: list[Line], least: int = STORY) -> Iterator[Line]:
    """The lines of a box or a cell: separate stories if they begin with titles followed by text."""
    if len(lines) == 1 and re.match(r"[▲△▼↑↓←→]|[（(]?图[为片：:①-⑨]", lines[0].text.strip()):
        yield replace_role(lines[0], Role.CAPTION)
        return
    stories = [_titled(chunk) for chunk in _chunks(lines)]
    if stories and all(_is_story(story, least) for story in stories):
        yield from (Line("", story=story) for story in stories)
    else:
        yield from lines


def _chunks(lines: list[Line]) -> list[list[Line]]:
    """Splits lines before each one formatted like the first, if that is a heading or prominent."""
    if not lines:
        return []
    first = lines[0].look
    bold = sum(len(line.text) for line in lines[1:] if line.look.bold)
    smaller = all(line.look.size < first.size for line in lines[1:] if len(line.text) > TITLE_LENGTH)
    size = sum(len(line.text) for line in lines[1:])
    stands_out = (first.bold and 2 * bold < size) or (smaller and size > 0)
    chunks: list[list[Line]] = []
    for index, line in enumerate(lines):
        same = (line.look.level, line.look.size, line.look.bold) == (first.level, first.size, first.bold)
        cuts = same and (first.level > 0 or (stands_out and is_title_like(line.text)))
        after_text = bool(chunks) and len(chunks[-1]) > 1
        if index == 0 or (cuts and after_text):
            chunks.append([])
        chunks[-1].append(line)
    return chunks


def _titled(lines: list[Line]) -> list[Line]:
    """The lines of a story with its headline, the largest of the leading titles, and any kicker
    above it.
    """
    heads = 0
    while heads < min(MOST_TITLES, len(lines)) and is_title_like(lines[heads].text) and not lines[heads].role:
        heads += 1
    if not heads:
        return lines
    best = max(
        range(heads), key=lambda i: (-lines[i].look.level or -99, lines[i].look.size, lines[i].look.bold, -i)
    )
    roles = [Role.KICKER] * best + [Role.HEADLINE]
    return [*(replace_role(line, role) for line, role in zip(lines, roles, strict=False)), *lines[best + 1 :]]


def _is_story(lines: list[Line], least: int) -> bool:
    """Whether lines are an article: a headline followed by prose."""
    titled = next((index for index, line in enumerate(lines) if line.role is Role.HEADLINE), None)
    if titled is None or any(line.look.is_title or line.story for line in lines):
        return False
    below = lines[titled + 1 :]
    return sum(len(line.text) for line in below) >= least and _is_prose(below)


def _is_prose(lines: Sequence[Line]) -> bool:
    words = "\n".join(line.text for line in lines)
    sizes = [len(found[0]) for found in SENTENCE.finditer(words) if found[0][-1:] in ("。", "！", "？")]
    return sum(size for size in sizes if size > SENTENCE_LENGTH) >= PROSE_SHARE * max(1, len(words))


def _table_lines(table: Table) -> Iterator[Line]:
    grid = [[list(flow_lines(cell)) for cell in row] for row in table.rows]
    grid = [row for row in grid if any(row)]
    cells = [cell for row in grid for cell in row if cell]
    if not cells:
        return
    if len(cells) == 1:
        yield from cells[0]  # a frame around the text
    elif records := _record_stories(grid):
        yield from records
    elif form := _form_story(grid):
        yield from form
    elif _is_prose([line for cell in cells for line in cell]):
        lines = list(_layout_lines(grid, STORY))
        if any(line.story for line in lines):
            yield from _layout_lines(grid, SHORT_STORY)
        else:
            yield from _data_lines(grid) if _is_data(grid) else lines
    else:
        yield from _data_lines(grid)


def _is_data(grid: list[list[list[Line]]]) -> bool:
    """Whether a table without stories is a data table, though some cells contain sentences."""
    cells = [cell for row in grid for cell in row if cell]
    short = sum(len(_words(cell)) <= DATUM for cell in cells)
    headed = any(line.look.level or line.look.is_title for cell in cells for line in cell)
    return min(len(grid), max(map(len, grid))) > 1 and 2 * short >= len(cells) and not headed


def _data_lines(grid: list[list[list[Line]]]) -> Iterator[Line]:
    """The rows of a data table, set aside."""
    for row in grid:
        yield Line(row_text(map(_words, row)), role=Role.NOTICE)


def _record_stories(grid: list[list[list[Line]]]) -> list[Line]:
    """One story per row, if the header row has a column for the text."""
    fields = [field_of(_words(cell)) for cell in grid[0]]
    if "text" not in fields or len(fields) < 2:
        return []
    texts = [
        _words(cell) for row in grid[1:] for name, cell in zip(fields, row, strict=False) if name == "text"
    ]
    if not any("。" in text or len(text) > DATUM for text in texts):
        return []  # a programme, or figures with remarks
    stories: list[Line] = []
    for row in grid[1:]:
        named = [(name, cell) for name, cell in zip(fields, row, strict=False) if cell]
        order = sorted(named, key=lambda pair: (pair[0] != "title", pair[0] == "text"))
        story = [
            replace_role(line, FIELD_ROLES.get(name or "", Role.NOTICE))
            for name, cell in order
            for line in cell
        ]
        stories.append(Line("", story=story))
    return stories


def _form_story(grid: list[list[list[Line]]]) -> list[Line]:
    """The article in a form: each cell with a field name (标题) comes before the cell with its
    value.
    """
    story: list[Line] = []
    found: set[str] = set()
    name: str | None = None
    for cell in (cell for row in grid for cell in row if cell):
        known = field_of(_words(cell)) if len(cell) == 1 else None
        if known and name is None:
            name = known
            found.add(known)
            story.append(replace_role(cell[0], Role.NOTICE))
            continue
        role = FIELD_ROLES[name] if name else Role.NOTICE
        story += [replace_role(line, role) for line in cell]
        name = None
    story.sort(key=lambda line: line.role is not Role.HEADLINE)
    return [Line("", story=story)] if {"title", "text"} <= found else []


def _layout_lines(grid: list[list[list[Line]]], least: int) -> Iterator[Line]:
    """Cells in reading order; a row of titles above a row of texts is read by columns."""
    short = [all(len(_words(cell)) <= TITLE_LENGTH for cell in row) for row in grid]
    index = 0
    while index < len(grid):
        row = grid[index]
        below = grid[index + 1] if index + 1 < len(grid) else []
        if short[index] and len(row) > 1 and len(row) == len(below) and not short[index + 1]:
            for head, text in zip(row, below, strict=True):
                yield from _cell_lines([*head, *text], least)
            index += 2
            continue
        titled = (
            len(row) > 1 and len(_words(row[0])) <= TITLE_LENGTH and all(len(cell) <= 1 for cell in row[:1])
        )
        for cell in [[line for part in row for line in part]] if titled else row:
            yield from _cell_lines(cell, least)
        index += 1


def _words(cell: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in cell)


__all__ = ["flow_lines"]
