"""Where the sentences of a text begin and end.

Knows stops, ellipses, quotations, brackets, and the dots of Latin text and numbers. Does not know
grammar: a text without punctuation is one sentence, and a quotation longer than UNIT is cut inside.
Takes linear time: every lookahead is bounded.
"""

from __future__ import annotations

import re

from .chars import HAN
from .lazy_pattern import lazy_pattern

UNIT = 120
"""Characters up to which a quotation or bracket is never cut inside."""
STOPS = "。！？!?｡"
CLOSING = "”’」』）》】〉)\"'"
CLOSERS = CLOSING
_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "【": "】",
    "〈": "〉",
}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_QUOTES = '“‘「『"'
_NEXT = lazy_pattern(r"[\n。！？!?｡…⋯.“‘「『（(《【〈\"]")
_MARK = lazy_pattern(r"[\n“‘「『（(《【〈\"”’」』）)》】〉]")
_RUN = lazy_pattern(r"[。！？!?｡…⋯]+|\.+")
_CLOSERS = lazy_pattern(r"[”’」』）》】〉)]*")
_GOES_ON = lazy_pattern(r"\s{0,4}[，、；：,;:]")
_SAYS = lazy_pattern(
    r"[^。！？!?…\n“”「」，]{0,16}(?:说|道|表示|称|介绍|指出|认为|坦言|告诉(?:本报)?记者|回忆|感慨|感叹|強調|强调|說|稱)[。，：；]"
)
_LEADS_IN = lazy_pattern(r"[：:；。！？”’」』）]\Z|[说道称示问答喊呼][，,]\Z")
_LATIN_END = lazy_pattern(
    rf"[\s”’)\"']{{0,6}}(?:\n|\Z)|[”’)\"']{{0,3}}[ \t\u3000]{{1,4}}[”“\"'(]{{0,2}}[A-Z{HAN}]"
)
_ABBREVIATION = lazy_pattern(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|Inc|Ltd|Co|Jr|Sr|Gen|Gov|Sen)|(?:^|[\s（(])\d{1,2})\Z",
    re.M,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The [start, end) offsets of the sentences, in order, without surrounding white space.

    A sentence includes its stop and the quotes and brackets closed after it; a line feed always
    ends one. Only white space is outside all sentences. A sentence may lack its stop (`finished`).
    """
    partner = _bracket_pairs(text)
    found: list[tuple[int, int]] = []
    start = at = 0
    while (mark := _NEXT.search(text, at)) is not None:
        at = mark.start()
        if at in partner:
            close = partner[at]
            if close - at > UNIT:
                at += 1
                continue
            end = _after_unit(text, start, at, close)
            at = close + 1
        elif text[at] == "\n":
            end = at + 1
        else:
            run = _RUN.match(text, at)
            end, at = _after_stop(text, at, run.end()) if run else 0, run.end() if run else at + 1
        if end:
            _append_trimmed(found, text, start, end)
            start = at = end
    _append_trimmed(found, text, start, len(text))
    return found


def finished(sentence: str) -> bool:
    """Whether the sentence ends with a stop, an ellipsis or a Latin full stop, quotes aside."""
    words = sentence.rstrip().rstrip(CLOSING)
    return bool(words) and (
        words[-1] in STOPS or words.endswith(("……", "⋯⋯")) or (words[-1] == "." and words[-2:-1].isalnum())
    )


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _bracket_pairs(text: str) -> dict[int, int]:
    """The offset of each opening quote or bracket, and that of its closing one in the same line."""
    partner: dict[int, int] = {}
    open_at: dict[str, list[int]] = {}
    straight = -1
    for mark in _MARK.finditer(text):
        char, at = mark[0], mark.start()
        if char == "\n":
            open_at, straight = {}, -1
        elif char == '"':
            if straight >= 0:
                partner[straight] = at
            straight = -1 if straight >= 0 else at
        elif char in _PAIRS:
            open_at.setdefault(char, []).append(at)
        elif open_at.get(_OPENING[char]):
            partner[open_at[_OPENING[char]].pop()] = at
    return partner


def _after_unit(text: str, start: int, opened: int, close: int) -> int:
    """The end of the sentence that text[opened:close + 1], quoted, closes; 0 if it goes on."""
    last = text[close - 1].strip() or text[max(opened, close - 3) : close].strip()[-1:]
    first = not text[start:opened].strip() if opened - start < UNIT else False
    if not last or last not in STOPS + "…⋯" or _GOES_ON.match(text, close + 1):
        return 0
    if text[opened] not in _QUOTES:
        return _after_closers(text, close + 1) if first and text[opened] in "（(" else 0
    if not (first or last in "。｡" or _LEADS_IN.search(text[max(0, opened - 3) : opened])):
        return 0  # 以“谁来养老？”为题: a title or a cry inside a sentence
    if _SAYS.match(text, close + 1) or _RUN.match(text, close + 1):
        return 0
    return _after_closers(text, close + 1)


def _after_stop(text: str, at: int, end: int) -> int:
    """The end of the sentence that the run of stops text[at:end] closes; 0 if it closes none."""
    run = text[at:end]
    if run[0] == ".":
        if len(run) == 1 and _ABBREVIATION.search(text[max(0, at - 6) : at]):
            return 0
        return _after_closers(text, end) if _LATIN_END.match(text, end) else 0
    if run in ("…", "⋯"):
        return 0
    if (
        run.strip("!?") == ""
        and text[end : end + 1].isascii()
        and (text[end : end + 1].isalnum() or text[end : end + 1] in "=&/")
    ):
        return 0  # a question mark in an address
    end = _after_closers(text, end)
    return 0 if _GOES_ON.match(text, end) else end


def _after_closers(text: str, end: int) -> int:
    closers = _CLOSERS.match(text, end)
    return closers.end() if closers else end
