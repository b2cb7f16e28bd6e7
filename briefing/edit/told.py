"""Whether a story was told in an edition of the last days, and what it brings that was not.

A report continues an earlier one if both are about one event (`likeness`, over the archive instead of
over the day). It is told already if it is plainly about the same occurrence, and its headline and lead
say nothing that the earlier reports did not: no act, no name, no figure, no other day. Novelty against
what is known, after Allan, Lavrenko & Jin (CIKM 2000), with each kind of news looked for by itself so
that it can be named.

Does not know meaning: a report that says the same in wholly other words counts as news and is told
again. To tell twice costs room, to leave out costs news.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..text import datelines
from ..text.lazy_pattern import lazy_pattern
from ..text.numbers import numbers
from ..text.quantities import quantities
from ..text.sentences import sentences
from ..text.short_names import in_full
from ..text.words import NAME_TAGS, NO_NAMES, Word, words
from ..types import Article
from .duplicates import blocking_candidates
from .likeness import Likeness, likeness, traces

LEAD = 140
"""Characters of the text, without dateline, that say what is new."""
BODY = 600
"""Characters of the text that tell one occurrence from another of its kind."""
HEADLINE_NEWS, LEAD_NEWS = 0.3, 0.6
"""The share of the words of headline and lead that were not told, above which a report has news."""
FIGURES = 3
"""So many new figures in the lead are news; in a headline one is."""
SAME_WORDS, SAME_COPY = 0.3, 0.35
"""Without a day in common, a report is of the same occurrence if at most this share of its words is
unknown, or at least this share of it is copied."""
COPIED = 0.8
"""A report of which so much is copied has no day of its own: its 今天 is that of the earlier one."""
MOST_UNKNOWN = 0.5
"""The share of unknown words above which two reports of a day are of two occurrences."""
CLEAR = 3
"""So many content words of a headline, all told, are the same occurrence on the same day,"""
CLEAR_LEAD = 0.4
"""if no more than this share of the words of the lead is unknown."""
_CONTENT = frozenset("nvaijlzx")
_EMPTY_WORDS = """
表示 指出 介绍 称 说 认为 强调 报道 消息 新闻 记者 据悉 获悉 了解 公布 发布 透露 显示 提到
包括 来自 位于 相关 有关 进行 作为 具有 拥有 没有 还有 其中 时间 简称 下同 以及
目前 当前 同时 此外 方面 情况 问题 工作 发言人 新闻发言人 负责人 综合 外媒 通讯社 电视台
时报 邮报 官员 双方 部分 主要 专门 正式 顺利 整体 呈现 趋势 态势
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words in which any report is told: they are no news."""
_SAME_ACTS = (
    "开通 通车 投运 启用",
    "举行 召开 举办",
    "回国 归国 返抵",
    "增长 上升 提高 攀升",
    "下降 回落 减少 降低",
    "会见 会晤",
    "印发 出台",
    "逝世 去世 病逝",
    "签署 签订",
    "启动 开启 启幕",
    "迈入 进入",
    "撤离 疏散",
)
_ACTS = [frozenset(row.split()) for row in _SAME_ACTS]
"""Verbs of which newspapers take one for another."""
_CALENDAR = frozenset({"年", "月", "日", "点", "天"})
_SAME_NAMES = (("我国", "中国"), ("全国", "中国"), ("中国", "我国"))
_DIGIT = lazy_pattern(r"\d")
_DAY = lazy_pattern(r"(?:(\d{1,2})月)?(\d{1,2})日")
_RELATIVE = {"今天": 0, "今日": 0, "今晨": 0, "今晚": 0, "昨天": 1, "昨日": 1, "昨晚": 1, "前天": 2}
_TODAY = lazy_pattern(rf"({'|'.join(_RELATIVE)})(?![（(]?\d)")
_ORDINAL = lazy_pattern(r"第[一二三四五六七八九十百\d]+[次批轮期个场号阶][\u4e00-\u9fff]{0,2}")
_CARDINAL = lazy_pattern(r"(?<=第)[一二三四五六七八九十百]+")
_STAGE = lazy_pattern(
    r"反响|共鸣|评价|热议|分组讨论|评论员|社论|网评|时评|述评|综述|纪实|侧记|特写|专访|解读|回应|(?:国际|多国|各国|各界)人士|国际社会|生平|观察"
    r"|各界|期待|闭幕|落幕|圆满|结束|返回|回到|回国|与会|代表们|和音|全文|公报"
)
"""Words of headline and lead by which a report of another kind, or of a later stage, is known."""
_PUBLISHED = lazy_pattern(r"(\d{1,2})日(?:公布|发布|披露|(?:从[^，。]{2,20})?(?:获悉|了解到))")
"""A day on which figures were published is none on which anything happened."""
_AHEAD = lazy_pattern(r"将[于在会出赴对举首分启]|即将|拟[于对]|计划[于在]|明天|明日|准备就绪|布展")
"""Words that tell of what is still to come."""
_QUOTED = lazy_pattern(r"[“「『][^”」』]{0,200}?(?:[，。！？；]|[^”」』]{12})")
"""A lead that begins with what somebody says, not with a word in quotation marks."""
_SLOGAN = lazy_pattern(r"强调|[：:]|——")


@dataclass(frozen=True, slots=True)
class Continuation:
    """An earlier report that a story continues, by its number, and what the story brings that was not
    told: words, figures, days. Nothing new: it is told already.
    """

    earlier: int
    new: tuple[str, ...]


def continuations(articles: Sequence[Article], earlier: Sequence[Article]) -> list[Continuation | None]:
    """For each article, the report among `earlier` that it continues; None for a new story.

    `earlier` are the articles of the last days' editions, in any order; new is what none of them tells
    that is about the event.
    """
    every = traces([*articles, *earlier])
    near = blocking_candidates(every)
    found: list[Continuation | None] = []
    for at, article in enumerate(articles):
        likes = {i - len(articles): likeness(every[at], every[i]) for i in near[at] if i >= len(articles)}
        same = {i: like for i, like in likes.items() if is_continued(like)}
        best = max(same, key=lambda i: (same[i].strength, -i), default=None)
        told = [earlier[i] for i in same]
        copied = max((like.copied for like in same.values()), default=0.0)
        found.append(None if best is None else Continuation(best, tuple(news(article, told, copied))))
    return found


def is_continued(like: Likeness) -> bool:
    """Whether two reports of different days are about one event."""
    close = (like.title >= 0.6 and like.words >= 0.35) or (like.title >= 0.8 and like.words >= 0.25)
    return like.is_same_event or (not like.strangers and close)


def news(article: Article, told: Sequence[Article], copied: float) -> list[str]:
    """What the article says that none of these does; empty if nothing to speak of. `copied` is the share
    of it that one of them has word for word.
    """
    known = _all(told)
    new = list(dict.fromkeys(_news(article, told, known, copied)))
    unknown, share = unknown_words(_said(article, BODY), known)
    return new or ([] if _same_occurrence(article, told, copied, share, known) else unknown)


def _news(article: Article, told: Sequence[Article], known: str, copied: float) -> Iterator[str]:
    heads = "。".join(map(_head, told))
    head, headline = _head(article), _in_digits(article.headline)
    yield from (word for word in _STAGE.findall(head) if word not in heads)
    yield from (["评论"] if _QUOTED.match(_lead(article)) else [])
    yield from (["已"] if _AHEAD.search(heads) and not _AHEAD.search(head) else [])
    yield from _new_day(article, told) if copied < COPIED else ()
    yield from (one for one in _ORDINAL.findall(headline) if one not in known and not _counted(one, heads))
    yield from _figures(article.headline) - _figures(known)
    figures = _figures(head) - _figures(known)
    yield from sorted(figures) if len(figures) >= FIGURES else ()
    for word in _content(_SLOGAN.split(article.headline)[0]):
        act = word.tag == "v" and word.text[0] not in "已等"
        if act and not _is_told(word.text, heads) and not (copied >= SAME_COPY and word.text in known):
            yield word.text
        if word.tag == "nr" and word.start == 0 and word.text not in heads:
            yield word.text
    for text, most in ((article.headline, HEADLINE_NEWS), (_lead(article), LEAD_NEWS)):
        unknown, share = unknown_words(text, known)
        yield from unknown if share > most else ()


def _counted(ordinal: str, heads: str) -> bool:
    """Whether headline or lead count the same: 第2轮谈判, told as 第2轮直接谈判."""
    rank, of = re.split(r"(?<=[次批轮期个场号阶])", ordinal, maxsplit=1)
    return (
        bool(of)
        and re.search(rf"{re.escape(rank)}[^，。]{{0,6}}{re.escape(of)}", _in_digits(heads)) is not None
    )


def _is_told(act: str, heads: str) -> bool:
    return act in heads or any(other in heads for row in _ACTS if act in row for other in row)


def _same_occurrence(
    article: Article, told: Sequence[Article], copied: float, unknown: float, known: str
) -> bool:
    """Whether this is the very occurrence that was told, not another of its kind."""
    if copied >= SAME_COPY or unknown <= SAME_WORDS:
        return True
    if not _stated(article) & {day for one in told for day in _stated(one)}:
        return False
    if unknown <= MOST_UNKNOWN:
        return True
    headline = _content(article.headline)
    clear = len(headline) >= CLEAR and not unknown_words(article.headline, known)[0]
    return clear and unknown_words(_lead(article), known)[1] <= CLEAR_LEAD


def _all(told: Sequence[Article]) -> str:
    text = _in_digits("。".join(f"{one.titles}。{one.text}" for one in told))
    for word, same in _SAME_NAMES:
        text += f"。{same}" if word in text else ""
    return text


def _head(article: Article) -> str:
    return f"{article.headline}。{_lead(article)}"


def _lead(article: Article) -> str:
    """What the first sentences say."""
    return _said(article, LEAD)


def _said(article: Article, size: int) -> str:
    """The first `size` characters of the text without datelines and credits."""
    said, text = "", article.text[: 2 * size + 100]
    for start, end in sentences(text):
        if len(said) >= size:
            break
        said += datelines.strip(text, start, end).text
    return said[:size]


def _in_digits(text: str) -> str:
    """The text with its ordinals in digits, and shortened names written out."""
    text = in_full(text)
    return _CARDINAL.sub(lambda found: next(iter(numbers(found[0], every=True)), found[0]), text)


def _content(text: str) -> list[Word]:
    return [
        w
        for w in words(text)
        if len(w.text) > 1 and w.tag[:1] in _CONTENT and w.text not in _EMPTY and not _DIGIT.search(w.text)
    ]


def unknown_words(text: str, known: str) -> tuple[list[str], float]:
    """The content words of a text that are not known, and their share by weight; names weigh double."""
    weights = {
        word.text: 2.0 if word.tag in NAME_TAGS and word.text not in NO_NAMES else 1.0
        for word in _content(in_full(text))
    }
    unknown = [word for word in weights if word not in known]
    return unknown, sum(weights[word] for word in unknown) / max(1.0, sum(weights.values()))


def _figures(text: str) -> set[str]:
    counted = (one for one in quantities(text) if one.unit not in _CALENDAR and not one.ordinal)
    return {value for one in counted for value in one.values}


def _new_day(article: Article, told: Sequence[Article]) -> list[str]:
    """The last day of headline and lead, if the earlier reports do not tell of it."""
    stated = _stated(article)
    known = {day for one in told for day in _days(one.text, one.date)}
    for one in told:
        if one.date and not _stated(one):
            known |= {(one.date.month, one.date.day)}
    last = max(stated, default=None)
    published = {int(day) for day in _PUBLISHED.findall(_head(article))}
    if last is None or last in known or (last[1] in published and _is_day_of(article, last)):
        return []
    return [f"{last[0]}月{last[1]}日"]


def _is_day_of(article: Article, day: tuple[int, int]) -> bool:
    return article.date is not None and day == (article.date.month, article.date.day)


def _stated(article: Article) -> set[tuple[int, int]]:
    return _days(_head(article), article.date)


def _days(text: str, day: datetime.date | None) -> set[tuple[int, int]]:
    """The days of the text as month and day; a month that is not stated is that of the paper."""
    found = {(int(month or (day.month if day else 0)), int(number)) for month, number in _DAY.findall(text)}
    if day:
        then = (day - datetime.timedelta(days=_RELATIVE[word]) for word in _TODAY.findall(text))
        found |= {(one.month, one.day) for one in then}
    return found
