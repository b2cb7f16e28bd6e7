"""Strips datelines and credits from a sentence, so that a summary begins with the news.

    本报讯    新华社云汀3月5日电（记者 林叶舟）    云汀网消息：    （据新华社电）

Uses the grammar in text/newsroom.py, which recognizes outlets by form, not from a list. Keeps what
informs the reader: 今天（3月24日）, 据介绍, 据某网站消息, and agencies named inside a sentence. Works on
offsets, so that the rest can serve as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from .chars import HAN
from .lazy_pattern import lazy_pattern
from .newsroom import BARE_WIRE, DATE, DATELINE_PLACE, NAMES, NEWS, OUTLET, OWN, SIGNER, WIRE

_REPORT = rf"(?:{NEWS}(?=[：:，,（(【】\]）){HAN}A-Za-z0-9“《\s]|$))"
_DISPATCH = rf"(?:{BARE_WIRE}|{_REPORT})"
_BRACKET = r"[（(【\[][^（）()【】\[\]。！？\n]{1,60}[）)】\]]"
_REPORTS = (
    rf"{SIGNER}\s*{NAMES}(?:\s*{SIGNER}\s*{NAMES}){{0,3}}\s*(?:(?:综合)?(?:报道|報道|摄影报道)|摄|文|文/图)?"
)
_HEAD = lazy_pattern(
    rf"\s*(?:"
    rf"[（(【\[]?(?:据|據)?{OUTLET}{DATELINE_PLACE}{DATE}\s*(?:{WIRE}|{_REPORT})[）)】\]]?"
    rf"|[（(【\[](?:据|據)?{OUTLET}(?:综合)?{_DISPATCH}[）)】\]]"
    rf"|(?:据|據){OUTLET}{BARE_WIRE}|{OWN}[电電](?=日前|近日|[今昨前]|记者|記者|\d)"
    rf"|(?![据據])(?:{OWN}|[{HAN}]{{1,8}}?(?:社|网|網|报|報|网站|客户端)){_REPORT}"
    rf"|{OUTLET}{DATE}(?:报道|報道)(?=\s)"
    rf"|{SIGNER}[ \u3000]+{NAMES}[ \u3000]+摄(?!影)"
    rf"|(?![据據])[{HAN}]{{2,8}}消息(?=[：:])"
    rf"|{OUTLET}[{HAN}]{{2,8}}?(?:电|電|讯|訊)(?=[（(：:]|\s)"
    rf"|[（(【\[][^（）()【】\[\]。！？\n]{{0,30}}(?:报道|報道|综合消息|讯|電|电)[）)】\]]"
    rf"|综合[{HAN}]{{0,6}}(?:消息|报道|報道)(?=[：:])"
    rf"|{_REPORTS}(?<=[道摄])(?=[：:]|\s)"
    rf"|[（(【\[]\s*(?:[{HAN}]{{2,8}}?驻[{HAN}]{{1,6}}?)?{_REPORTS}\s*[）)】\]]"
    rf"|(?P<ask>[（(][{HAN}\s、]{{2,20}}[）)])"
    rf")(?:\s*[：:，,])?\s*"
)
_TAIL = lazy_pattern(rf"(?P<credit>{_BRACKET})(?P<stop>[。！？]?)\s*\Z")
_SIGNED = lazy_pattern(
    rf"\s*(?:(?:据|據)[^，]{{2,24}}|[{HAN}A-Za-z]{{0,8}}?{_REPORTS}|{OUTLET}{DATELINE_PLACE}(?:{DATE})?\s*{_DISPATCH}|[^，]{{0,16}}(?:专稿|專稿|供稿|供图|综合消息|综合报道|图片|摄|社发)"
    rf"|{SIGNER}\s*[：:／/][^。]{{1,40}}|[文图摄]\s*[/／：:|｜][^。]{{1,40}}|(?:下转|上接|转|接)第?[^，]{{1,12}}版[^，]{{0,10}}|全?文?完|未完待续)\s*"
)


@dataclass(frozen=True, slots=True)
class StrippedSentence:
    """A sentence without its dateline and credits.

    `text` equals [start, end) of the source, except where a credit preceded the full stop: then
    [start, end) includes the credit.
    """

    text: str
    start: int
    end: int


def strip(text: str, start: int, end: int) -> StrippedSentence:
    """The sentence's own words within [start, end) of `text`; possibly none."""
    signed = False
    for _ in range(4):
        head = _HEAD.match(text, start, end)
        if head is None or (head["ask"] and not signed):
            break
        start, signed = head.end(), True
    return _without_credit(text, start, end)


def _without_credit(text: str, start: int, end: int) -> StrippedSentence:
    for _ in range(3):
        offset = max(start, end - 80)
        tail = _TAIL.search(text[offset:end])
        if tail is None or not _SIGNED.fullmatch(tail["credit"][1:-1]):
            break
        cut = offset + tail.start()
        if tail["stop"]:
            words = text[start:cut].rstrip()
            return StrippedSentence(words + tail["stop"] if words else "", start, end)
        end = cut
    while end > start and text[end - 1].isspace():
        end -= 1
    return StrippedSentence(text[start:end], start, end)
