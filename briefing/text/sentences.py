"""Whole sentences, by their offsets.

A sentence ends at 。！？…… or a line feed, with the closing quotes and brackets that follow; a quotation of several
short sentences is one unit with the sentence that quotes it. Linear in the length of the text.
"""

from __future__ import annotations

import re

END = re.compile(r"[。！？!?]+|…{1,2}(?=[”’」』）)\n]|$)|\.(?=\s+[A-Z“]|\s*$|\n)|\n")
CLOSERS = "”’」』）)》】"
OPENERS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")"}
QUOTE = 120
"""Characters up to which a quotation is kept whole."""


def _quotes(text: str) -> list[tuple[int, int]]:
    """The [start, end) ranges of quotations and brackets short enough to be kept whole."""
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for match in re.finditer(r"[“”「」『』（）()\n]", text):
        mark, at = match[0], match.start()
        if mark == "\n":
            stack.clear()
        elif mark in OPENERS:
            stack.append((OPENERS[mark], at))
        elif stack and stack[-1][0] == mark:
            _, start = stack.pop()
            if not stack and at - start <= QUOTE:
                found.append((start, at + 1))
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """The [start, end) of each sentence, without white space at either end; nothing else is lost."""
    quotes = _quotes(text)
    found: list[tuple[int, int]] = []
    start = quote = 0
    for match in END.finditer(text):
        at = match.end()
        if at <= start:
            continue
        if match[0] != "\n":
            while quote < len(quotes) and quotes[quote][1] <= match.start():
                quote += 1
            inside = quote < len(quotes) and quotes[quote][0] < match.start() < quotes[quote][1]
            if inside:
                close = quotes[quote][1]
                if at < close - 1 or text[close : close + 1] not in ("", "\n") and not _closes(text, close):
                    continue
            while at < len(text) and text[at] in CLOSERS:
                at += 1
        _add(text, start, at, found)
        start = at
    _add(text, start, len(text), found)
    return found


def _closes(text: str, at: int) -> bool:
    """Whether a sentence can begin after the quotation that closes at `at`: it was a whole sentence itself."""
    before = text.rfind("“", 0, at)
    return before <= 0 or text[before - 1] in "：:，,。！？\n" and text[at] not in "，、；的是和与，。"


def _add(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def finished(sentence: str) -> bool:
    """Whether the sentence ends as one: a subhead or a cut piece does not."""
    return sentence.rstrip(CLOSERS)[-1:] in ("。", "！", "？", "!", "?", "…", ".")
