"""Takes datelines and credits off a sentence, so that a summary begins with the news.

Knows the forms in which papers and agencies sign (本报讯, 新华社北京3月5日电（记者 张三）, 央视网消息：, （据新华社电）) by
their make-up, not by a list of outlets. Does not touch what tells the reader something: 今天（3月24日）, 据介绍, 据某网站消息,
and an agency named inside a sentence stay. Works on offsets, so that what is left stands where the evidence says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_SP = r"[\s\u00a0\u3000]"
_OWN = r"(?:本报|本報|本刊|本网|本網|本台|本社)"
_OUTLET = rf"(?:{_OWN}|[{_HAN}A-Za-z]{{1,14}}?(?:社|网|網|报|報|台|客户端|频道|財經|财经|网站|新闻))"
_DATE = r"(?:[\d０-９]{4}年)?[\d０-９]{1,2}月[\d０-９]{1,2}日(?:凌晨|上午|中午|下午|晚间?|夜)?"
_PLACE = rf"[{_HAN}·、／/ \u3000]{{0,14}}?"
_WIRE = r"(?:专?电|專?電)(?![视影话力子器动网缆梯脑台商池站厂价费信源报邮車車视視話動網腦臺車子])"
_NEWS = (
    rf"(?:讯|訊|消息)(?=[：:，,（(【】\]）){_HAN}A-Za-z0-9“《]|{_SP}|$)(?!号|息|问|员|人士|来源|称|灵通|显示)"
)
_KIND = rf"(?:{_WIRE}|{_NEWS})"
_ROLE = (
    r"(?:(?:本报|本報|本刊|本网|新华社|中新社|总台|央视|特约|见习|首席|实习|驻[^\s（()）：:]{1,6}?|全媒体|融媒体|通讯员)*"
    r"(?:记者|記者|通讯员|通訊員|特派员|特约撰稿人?|撰稿人?|评论员|評論員|观察员|实习生|编译|责任?编辑?|编辑|責編|編輯|作者|摄影|撰文|采写|执笔|来源|來源|原标题))"
)
_NAME = rf"(?!协会|手记|们|調查|调查|从|在|获悉|了解|看到|昨|今)[{_HAN}]{{1,4}}(?:·[{_HAN}]{{1,6}})?"
_NAMES = rf"{_NAME}(?:[\s\u3000、，,和]{{1,3}}{_NAME}){{0,7}}"
_BRACKET = r"[（(【\[][^（）()【】\[\]。！？\n]{1,60}[）)】\]]"
_REPORTS = rf"{_ROLE}{_SP}*{_NAMES}(?:{_SP}*{_ROLE}{_SP}*{_NAMES}){{0,3}}{_SP}*(?:(?:综合)?(?:报道|報道|摄影报道)|摄|文|文/图)?"
_HEAD = re.compile(
    rf"{_SP}*(?:"
    rf"[（(【\[]?(?:据|據)?{_OUTLET}{_PLACE}{_DATE}{_SP}*{_KIND}[）)】\]]?"
    rf"|[（(【\[](?:据|據)?{_OUTLET}(?:综合)?{_KIND}[）)】\]]"
    rf"|(?:据|據){_OUTLET}{_WIRE}"
    rf"|(?![据據])(?:{_OWN}|[{_HAN}]{{1,8}}?(?:社|网|網|报|報|网站|客户端)){_NEWS}"
    rf"|{_OUTLET}[{_HAN}]{{2,8}}?(?:电|電|讯|訊)(?=[（(：:]|{_SP})"
    rf"|[（(【\[][^（）()【】\[\]。！？\n]{{0,30}}(?:报道|報道|综合消息|讯|電|电)[）)】\]]"
    rf"|{_REPORTS}(?<=[道摄])(?=[：:]|{_SP})"
    rf"|[（(【\[]{_SP}*{_REPORTS}{_SP}*[）)】\]]"
    rf"|(?P<ask>[（(][{_HAN}\s\u3000、]{{2,20}}[）)])"
    rf")(?:{_SP}*[：:，,])?{_SP}*"
)
_TAIL = re.compile(rf"(?P<credit>{_BRACKET})(?P<stop>[。！？]?){_SP}*\Z")
_SIGNED = re.compile(
    rf"{_SP}*(?:(?:据|據)[^，]{{2,24}}|[{_HAN}A-Za-z]{{0,8}}?{_REPORTS}|{_OUTLET}{_PLACE}(?:{_DATE})?{_SP}*{_KIND}|[^，]{{0,16}}(?:专稿|專稿|供稿|供图|综合消息|综合报道|图片|摄|社发)"
    rf"|{_ROLE}{_SP}*[：:／/][^。]{{1,40}}|[文图摄]{_SP}*[/／：:|｜][^。]{{1,40}}|(?:下转|上接|转|接)第?[^，]{{1,12}}版[^，]{{0,10}}|全?文?完|未完待续){_SP}*"
)


@dataclass(frozen=True, slots=True)
class StrippedSentence:
    """A sentence without its dateline and credits.

    `text` is words [start, end) of the source to the letter, except where a credit stood before the full stop: then
    the stop closes the words, and [start, end) covers the credit too.
    """

    text: str
    start: int
    end: int


def strip(text: str, start: int, end: int) -> StrippedSentence:
    """The sentence's own words within [start, end) of `text`; they may be none."""
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
