"""A search as people type it, as an expression of the index: words, "phrases", OR, -without.

Words that stand side by side must all be found; OR between two asks for one of them. Knows nothing of tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from ..errors import UsageError
from ..messages import Message
from .search_words import folded, is_open, phrase_pattern, phrase_words

LONGEST = 400
"""Characters of a search; the rest is left off."""
MOST = 24
"""Phrases of a search."""
_QUOTES = str.maketrans("“”„＂「」『』«»", '""""""""""')
_PART = re.compile(r'(?P<sign>[-－−–]?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_MINUS = frozenset("-－−–")
_OR, _AND, _NOT = frozenset(("OR", "|", "或")), frozenset(("AND", "&")), frozenset(("NOT",))


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: of each group one phrase must be there, and of `without` none may."""

    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()

    @property
    def expression(self) -> str:
        """The search in the language of FTS5."""
        wanted = " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in self.groups)
        return f"({wanted}) NOT ({' OR '.join(map(_quoted, self.without))})" if self.without else wanted

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases that are to be seen in a hit, each once."""
        return tuple(dict.fromkeys(phrase for group in self.groups for phrase in group))


def parse(typed: str) -> Search:
    """The search that was typed; raises UsageError where it names nothing to be found."""
    groups: list[list[str]] = []
    without: list[str] = []
    before = ""
    for match in islice(_PART.finditer(typed[:LONGEST].translate(_QUOTES)), MOST):
        word = match["word"] or ""
        if word in _OR | _AND | _NOT:
            before = word
            continue
        minus = before in _NOT or bool(match["sign"]) or word[:1] in _MINUS
        phrase = word.lstrip("".join(_MINUS)) if word else match["phrase"] or ""
        if not phrase_words(phrase):
            continue
        if minus:
            without.append(phrase)
        elif before in _OR and groups:
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
        before = ""
    if not groups:
        raise UsageError(
            Message("没有说要找什么", "nothing to search for"),
            Message('例如：大桥 通车，或 "跨江大桥" -隧道', 'for example: 大桥 通车, or "跨江大桥" -隧道'),
        )
    return Search(tuple(map(tuple, groups)), tuple(without))


def _quoted(phrase: str) -> str:
    """A phrase of FTS5; its words have neither quotes nor spaces."""
    words = phrase_words(phrase)
    return f'"{" ".join(words)}"' + (" *" if is_open(words[-1]) else "")


def hits(text: str, phrases: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the phrases stand in a text, in order, overlapping ones joined."""
    plain = folded(text)
    found: list[tuple[int, int]] = []
    for pattern in filter(None, map(phrase_pattern, phrases)):
        found += [match.span() for match in pattern.finditer(plain)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def excerpt(text: str, phrases: tuple[str, ...], length: int = 90) -> list[tuple[str, bool]]:
    """The stretch of a text around its first hits: pieces, and whether each is a hit."""
    marks = hits(text, phrases)
    first = marks[0][0] if marks else 0
    start = max(0, first - length // 4)
    if start:  # begin after a mark where there is one near
        near = max(text.rfind(mark, start, first) for mark in "。！？；，、\n ")
        start = near + 1 if near >= 0 else start
    end = min(len(text), start + length)
    pieces = marked(text, [mark for mark in marks if start <= mark[0] and mark[1] <= end], start, end)
    return [*([("…", False)] if start else []), *pieces, *([("…", False)] if end < len(text) else [])]


def marked(
    text: str, spans: list[tuple[int, int]], start: int = 0, end: int | None = None
) -> list[tuple[str, bool]]:
    """The text from `start` to `end` in pieces, and whether each is one of the spans."""
    end = len(text) if end is None else end
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in spans:
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]
