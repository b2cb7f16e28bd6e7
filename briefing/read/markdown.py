"""Reads Markdown as plain text with its notation marked.

Supports only the notation found on newspaper pages. Headings are left to the segmenter, which reads
them in plain text too; links, images, inline emphasis, rules, quotes, comments and front matter are
marked here. (CommonMark 0.31, https://spec.commonmark.org, without indented code: newspapers indent
paragraphs.)
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace

from ..protocols import ALONE, ReadContext
from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from ..text.ranges import subtract_ranges
from ..types import Block, DateOrigin, Page
from .decode import decode
from .flow import is_title_like
from .front_matter import FrontMatter, front_matter
from .headings import front_role, is_collection_name, is_front_line, is_little
from .markdown_tables import holds_data, story_blocks, tables
from .plain import blocks_of, refuse_long

COMMENT = lazy_pattern(r"<!--.{0,5000}?-->", re.DOTALL)
RULE = lazy_pattern(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
SETEXT = lazy_pattern(r"[ \t]{0,3}(=+|-{2,})[ \t]*")
QUOTE = lazy_pattern(r"[ \t]{0,3}(?:>[ \t]?)+")
CALLOUT = lazy_pattern(r"\[![A-Za-z]{2,20}\][+-]?(?:[ \t]{0,3}[^\s。]{0,4}[ \t]*$|[ \t]*)")
"""The kind of a quoted box, with its title if that is one word: a longer one may be a headline."""
DEFINITION = lazy_pattern(
    r"[ \t]{0,3}\[(?:\^[^\]\n]{1,60}\]:.*"
    r"|(?P<name>[^\]^\n][^\]\n]{0,60})\]:"
    r"[ \t]*<?(?:https?://|mailto:|[./#])[!-;=?-~]*>?(?:[ \t]+[\"'(][^\n]*)?[ \t]*)"
)
"""The text of a footnote, the address of a link: no words of the story."""
FENCE = lazy_pattern(r"[ \t]{0,3}(?:`{3,}|~{3,})[ \t]*\w{0,20}[ \t]*")
LIST = lazy_pattern(r"[ \t]{0,3}[-*+][ \t]+(?=\S)")
INLINE = lazy_pattern(
    r"(?P<image>!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\))"
    r"|(?P<note>\[\^[^\]\s]{1,40}\])|(?P<wiki>\[\[(?=[^\[\]\n]{1,200}\]\])(?:[^\[\]|\n]{0,100}\|)?)|(?P<wikiend>\]\])"
    r"|(?P<open>\[)(?=(?P<words>[^\]\n]{1,200})\](?:\([^)\n]{0,500}\)|\[(?P<to>[^\]\n]{0,60})\]))"
    r"|(?P<close>\](?:\((?:[^()\n]|\([^()\n]{0,100}\)){0,500}\)|(?P<ref>\[[^\]\n]{0,60}\])))"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,200}>)|(?P<code>`+)|(?P<strong>\*\*|__)|(?P<lit>(?<![A-Za-z0-9=])==(?!=)|(?<!=)==(?![A-Za-z0-9=]))|(?P<em>(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*]))|(?P<escape>\\(?=[!-/:-@\[-`{-~]))|(?P<end>\\$)"
)
HEAD = lazy_pattern(r"[ \t]{0,3}#{1,6}[ \t]|(?:\*\*|__)[^*_\n]+(?:\*\*|__)[ \t\u3000]*(?:\n|\Z)")
"""What begins a block with a heading, or with a bold line that may be one."""
WHOLE = lazy_pattern(
    r"[ \t\u3000]*(?:#{1,6}[ \t]+)?(?P<mark>\*\*|__)(?:(?!(?P=mark)).)+(?P=mark)[ \t\u3000]*"
)
LEAD = lazy_pattern(r"[ \t\u3000]*(\*\*|__)(?=\S)((?:(?!\1).){3,60}?)(?<=\S)\1")


def _inline_notation(line: str, at: int, defined: Container[str]) -> Iterator[tuple[int, int]]:
    """The ranges of notation in a line; `defined` are the names that links may refer to.

    A bold heading at the start of a line is left to the segmenter.
    """
    skip = 0
    if WHOLE.fullmatch(line):
        return
    if lead := LEAD.match(line):
        skip = lead.end()
    pairs: dict[str, list[tuple[int, int]]] = {}
    refers, links = False, 0
    for found in INLINE.finditer(line, skip):
        kind = "open" if found["open"] else found.lastgroup or ""
        span = (at + found.start(), at + found.end())
        if kind == "open":
            refers = found["to"] is None or (found["to"] or found["words"]).lower() in defined
        links += (kind == "wiki") - (kind == "wikiend")
        if (kind == "open" or found["ref"]) and not refers:
            continue  # words in brackets
        if kind == "wikiend" and links < 0:
            links = 0
        elif kind in ("strong", "em", "code", "lit"):
            pairs.setdefault(kind, []).append(span)
        else:
            yield span
    for spans in pairs.values():
        yield from spans[: len(spans) // 2 * 2]


def _defined_names(text: str) -> frozenset[str]:
    """The names that links may refer to, in lower case."""
    found = map(DEFINITION.fullmatch, text.split("\n") if "]:" in text else ())
    return frozenset(one["name"].lower() for one in found if one and one["name"])


def notation_ranges(text: str) -> list[tuple[int, int]]:
    """The sorted, disjoint [start, end) ranges of notation in `text`."""
    found = [(0, end)] if (end := front_matter(text).end) else []
    found += [match.span() for match in COMMENT.finditer(text)] if "<!--" in text else []
    defined = _defined_names(text)
    at, before = 0, ""
    for line in text.split("\n"):
        if line.strip():
            head = QUOTE.match(line)
            if _is_notation(line) or (before.strip() and SETEXT.fullmatch(line)):
                found.append((at, at + len(line)))
            else:
                size = head.end() if head else 0
                if head and (callout := CALLOUT.match(line, size)):
                    size = callout.end()
                if item := LIST.match(line, size):
                    size = item.end()
                if size:
                    found.append((at, at + size))
                if any(mark in line for mark in "*_`[]<=\\"):
                    found += _inline_notation(line[size:], at + size, defined)
        before = line
        at += len(line) + 1
    return _merge_ranges(found)


def _is_notation(line: str) -> bool:
    """Whether a line is a rule, a fence, or what a link or a note refers to."""
    return bool(RULE.fullmatch(line) or DEFINITION.fullmatch(line) or FENCE.fullmatch(line))


def _merge_ranges(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def _with_setext_level(block: Block) -> Block:
    """Whether a block is a setext heading: its second line underlines its first."""
    lines = block.text.split("\n")
    if (
        len(lines) >= 2
        and len(lines[0]) <= 60
        and (under := SETEXT.fullmatch(lines[1]))
        and not lines[0].lstrip().startswith("#")
    ):
        return replace(block, level=1 if under[1][0] == "=" else 2)
    return block


def _without_box(block: Block) -> tuple[Block, ...]:
    """The headline of a quoted box as a heading, and the text below it."""
    head, _, rest = block.text.partition("\n")
    quote = QUOTE.match(head)
    kind = CALLOUT.match(head, quote.end()) if quote else None
    if not (kind and rest and kind.end() < len(head) and is_title_like(head[kind.end() :])):
        return (block,)
    below = Block(text=rest, start=block.start + len(head) + 1)
    return (replace(block, text=head[kind.end() :], start=block.start + kind.end(), level=3), below)


def _cut_off(block: Block, start: int) -> Block:
    """The block without what is before `start`."""
    if block.start >= start:
        return block
    return replace(block, text=block.text[start - block.start :], start=start)


def _with_title(blocks: tuple[Block, ...], text: str, front: FrontMatter) -> tuple[Block, ...]:
    """The blocks below the front matter, under its title unless a heading begins them."""
    below = tuple(_cut_off(block, front.end) for block in blocks if block.start + len(block.text) > front.end)
    if not front.title:
        return below
    start, end = front.title
    first = next((block.text.lstrip() for block in below if block.start >= front.end), "")
    heads = [block.text.strip() for block in below if block.level or HEAD.match(block.text)]
    collects = is_collection_name(text[start:end]) or is_front_line(text[start:end])
    if (
        first.startswith("#")
        or any(block.level for block in below[:1])
        or (heads and (collects or WHOLE.fullmatch(first.partition("\n")[0])))
        or letters(text[start:end]) in letters(first[:80])
    ):
        return below
    return (Block(text=text[start:end], start=start, level=1), *below)


def _table_blocks(text: str, blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], list[tuple[int, int]]]:
    """The blocks of a page that lists its articles in tables; else its blocks, and its tables' ranges."""
    found = list(tables(text))
    if not found:
        return blocks, []
    stories: list[Block] = []
    for table in found:
        stories += story_blocks(text, table, len(stories))
    outside = [
        block
        for block in blocks
        if not any(table.start < block.start + len(block.text) and block.start < table.end for table in found)
    ]
    if not stories:
        return blocks, [(table.start, table.end) for table in found if holds_data(text, table)]
    if not is_little([block.text for block in outside]):
        return blocks, []
    head = [replace(block, role=front_role(block.text.strip("#* "))) for block in outside]
    return (*head, *stories), []


def read(source: str, data: bytes, context: ReadContext = ALONE) -> tuple[Page]:
    """The page in the bytes; raises SourceError if they are not text."""
    text = refuse_long(decode(source, data))
    front = front_matter(text)
    found = [part for block in blocks_of(text) for part in _without_box(block)]
    blocks = _with_title(tuple(map(_with_setext_level, found)), text, front)
    blocks, aside = _table_blocks(text, blocks)
    title = [front.title] if front.title and any(block.start == front.title[0] for block in blocks) else []
    notation = _merge_ranges([*notation_ranges(text), *aside])
    markup = [part for a, b in notation for part in subtract_ranges(a, b, title)]
    dated = DateOrigin.PAGE if front.date else None
    return (
        Page(
            source=source,
            text=text,
            blocks=blocks,
            markup=tuple(markup),
            paper=front.paper,
            date=front.date,
            dated=dated,
        ),
    )
