"""The day on which an article on a web page was published, from where pages state it.

In order: the line under the headline; what the page states for machines (JSON-LD, Open Graph,
meta tags, data attributes, scripts); a line that says so elsewhere on the page; the address; the
time of the last change. A day told in the article is never taken. Knows places and forms; the
forms of a value are in `days`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from ..text.chars import letters
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import NUMERAL, date_of
from ..types import DateOrigin
from .days import day_of
from .structured_data import script_values, values_of
from .web_lines import Line
from .web_stamp import FORMS, rest_of

FIRST_YEAR, LAST_YEAR = 1995, 2100
NEAR_BEFORE, NEAR_AFTER = 4, 25
"""Lines before and after the headline among which the time of publication is looked for."""
LONGEST = 160
"""Longest line that states a time rather than a story."""
PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date", "publish-date",
    "publish_time", "publishtime", "publish-time", "og:release_date", "article:published", "article.published", "date.published",
    "bytedance:published_time", "weibo:article:create_at", "weibo:webpage:create_at", "article:create_at", "og:article:published_time",
    "apub:time", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.issued", "datecreated",
    "firstpublish", "contentdate", "releasedate", "release_date", "createdate", "create_date", "ptime", "pdate", "_pubtime", "pubtime",
    "article_date_original", "originalpublicationdate", "dc.date", "dcterms.date", "date", "citation_date", "mediator_published_time",
)  # fmt: skip
CHANGED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "article:update_at",
    "update_time",
)
SCRIPT = (
    "datePublished", "publish_time", "publishTime", "publishDate", "publish_date", "pubDate", "pub_date", "pubtime", "pub_time", "publishedTime", "published_time",
    "publishedAt", "published_at", "releaseTime", "release_time", "releaseDate", "ptime", "newsTime", "news_time", "newsdate", "postTime", "post_time", "postDate", "issueTime",
    "displayTime", "display_time", "create_time", "createTime", "createDate", "created_at", "createdAt", "inputtime", "ctime", "ct", "oriCreateTime",
)  # fmt: skip
DATA = lazy_pattern(
    r"data-(?:.*-)?(?:pub\w*|publish\w*|date|time|datetime|timestamp|ctime|created?\w*|release\w*)$"
)
LABEL = r"(?:发布|發布|發佈|发表|發表|刊发|刊登|见报|首发|原发|发稿|上传|上載|录入|创建|生成|发文|成文|公布|出版|publish(?:ed)?|posted|date)"
CHANGE = lazy_pattern(r"(?:更新|修改|修訂|编辑|modified|updated)[^\d发發]{0,8}$", re.IGNORECASE)
CHANGED_AFTER = lazy_pattern(r"[\s\d:：.]{0,16}(?:修改|更新|修訂|编辑于|編輯於)")
LABELLED = lazy_pattern(
    rf"(?:{LABEL}(?:时间|時間|日期|于|於|time)?|(?:^|[\s|　])(?:时间|時間|日期)|(?:来源|稿源)[：:][^：:]{{0,30}})[：:\s]{{0,4}}$",
    re.IGNORECASE,
)
CLOCK = lazy_pattern(
    r"(?:推荐|相关|热门)文章[^\d]{0,6}$|(?:今天是|现在是|當前|当前)[^\d]{0,6}$|北京(?:时间|時間)?[：:\s]{0,4}$|[上下前后後]一[天日期版][^\d]{0,6}$|(?:星期|周)[一二三四五六日天]"
)
MONTH_DAY = lazy_pattern(
    r"(?<![\d.年/-])(\d{1,2})\s?(?:-|/|月)\s?(\d{1,2})日?\s*(?=\d{1,2}[:：]\d{2}|$|[\s　|])"
)
URL_DATE = lazy_pattern(
    r"(?<!\d)(20\d{2})[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)|(?<=/)(20\d{2})/(\d{1,2})/(\d{1,2})(?=/)|(?<=/)(\d{2})/(\d{2})(\d{2})(?=/)"
)


PEKING = lazy_pattern(r"[【（(\[]?北京(?:时间|時間)[：:\s]{0,4}$")
UNDER, ALONE = 5, 12
"""Lines under a headline in which 北京时间, or a link of a day and so many letters, is the time of publication."""
YEAR = lazy_pattern(r"(?:19|20)\d{2}")
SOON_AFTER = 3
"""Lines after an article among which its day may stand alone."""
ENCYCLOPEDIA = lazy_pattern(r"(?:百科(?:全书)?|維基百科.{0,12}|维基百科.{0,12}|Wikipedia)\s*$")
"""The end of the title of an entry, which has no day of publication; those in its scripts are its sources'."""


def date_on(
    source: str, root: Any, lines: Sequence[Line], headline: int, body: tuple[int, int]
) -> tuple[datetime.date | None, DateOrigin | None]:
    """The day of publication and where it was read.

    `headline` is the index of the headline's line, -1 if it is not shown; `body` the indexes of
    the first line of the article and of the line after its last.
    """
    if ENCYCLOPEDIA.search("".join(root.xpath("//head//title//text()")[:1])):
        return None, None
    addresses = [*_addresses(source, root)]
    changed: list[datetime.date] = []
    for days in (
        _days_near(lines, headline, body, changed, addresses),
        _stated_days(root, PUBLISHED),
        _attribute_days(root, lines, headline, body),
        days_of(script_values(root, SCRIPT)),
        _labelled_days(lines, body, changed),
    ):
        if day := next(iter(days), None):
            return day, DateOrigin.PAGE
    for address in addresses:
        if day := day_in_address(address):
            return day, DateOrigin.ADDRESS
    day = next(
        iter((*changed, *_stated_days(root, CHANGED), *days_of(values_of(root, ("dateModified",))))), None
    )
    return (day, DateOrigin.PAGE) if day else (None, None)


def _plausible(day: datetime.date | None) -> bool:
    return day is not None and FIRST_YEAR <= day.year <= LAST_YEAR


def days_of(values: Iterable[Any]) -> Iterator[datetime.date]:
    """The plausible days among the values that a page states."""
    for value in values:
        if isinstance(value, str | int | float) and (day := day_of(str(value))) and _plausible(day):
            yield day


def _stated_days(root: Any, names: Sequence[str]) -> Iterator[datetime.date]:
    """The days in JSON-LD, meta tags and microdata, those of plain meaning first."""
    if names is PUBLISHED:
        yield from days_of(values_of(root, ("datePublished",)))
    stated: dict[str, list[str]] = {}
    for element in root.xpath("//meta[@content]"):
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            if name:
                stated.setdefault(name.strip().lower(), []).append(element.get("content"))
    for element in root.xpath("//*[@itemprop and not(self::meta)]")[:400]:
        words = element.get("content") or element.get("datetime") or element.text_content()[:60]
        stated.setdefault(element.get("itemprop").strip().lower(), []).append(words)
    for name in names:
        yield from days_of(stated.get(name, ()))
    if names is PUBLISHED:  # a film's upload may come after the article
        yield from days_of(values_of(root, ("dateCreated", "uploadDate")))


def _attribute_days(
    root: Any, lines: Sequence[Line], headline: int, body: tuple[int, int]
) -> Iterator[datetime.date]:
    """The days of `time` elements and data attributes beside the headline or of the article."""
    yield from days_of(root.xpath("//time[@pubdate]/@datetime"))
    begin, end = _near(lines, headline, body)
    seen: set[Any] = set()
    for line in lines[begin:end]:
        for element in [line.block, *line.block.iter()] if line.block is not None else []:
            if element in seen or not isinstance(element.tag, str) or len(seen) > 400:
                continue
            seen.add(element)
            yield from days_of(
                value
                for name, value in element.attrib.items()
                if DATA.match(name) or (element.tag == "time" and name == "datetime")
            )
    if body[0] >= 0 and lines[body[0]].block is not None:
        for above in lines[body[0]].block.iterancestors():
            yield from days_of(value for name, value in above.attrib.items() if DATA.match(name))
    yield from days_of(root.xpath("//article//time/@datetime")[:1] or root.xpath("//time/@datetime")[:1])


def _near(lines: Sequence[Line], headline: int, body: tuple[int, int]) -> tuple[int, int]:
    """The range of lines in which the line under the headline is."""
    if headline >= 0:
        end = body[0] if headline < body[0] else headline + NEAR_AFTER
        return max(0, headline - NEAR_BEFORE), min(end, headline + NEAR_AFTER)
    return max(0, body[0] - NEAR_AFTER), max(0, body[0])


def _days_near(
    lines: Sequence[Line],
    headline: int,
    body: tuple[int, int],
    changed: list[datetime.date],
    addresses: Sequence[str],
) -> Iterator[datetime.date]:
    """The days under the headline, then right above it; one that is a time of change comes last."""
    begin, end = _near(lines, headline, body)
    after = lines[headline + 1 : end] if headline >= 0 else lines[begin:end]
    before = lines[begin:headline] if headline >= 0 else []
    later: list[datetime.date] = []
    for place, line in enumerate([*after, *reversed(before)]):
        under = place < min(len(after), UNDER)
        for day, words in _days_in(line.text):
            if (CLOCK.search(words) and not (under and PEKING.search(words))) or (
                line.text in {b.text for b in before} and not _is_time_line(line.text)
            ):
                continue
            if CHANGE.search(words):
                later.append(day)
            elif line.linked < 0.95 or (under and len(letters(FORMS.sub("", line.text))) <= ALONE):
                yield day
    yield from _in_parts([line.text for line in after])
    yield from _without_year([line.text for line in after], addresses)
    changed += later


def _in_parts(texts: Sequence[str]) -> Iterator[datetime.date]:
    """A day of which the year stands in a line and the month and day in the next: 2026, 11/20."""
    for year, rest in pairwise(texts):
        found = MONTH_DAY.fullmatch(rest) if YEAR.fullmatch(year) else None
        if found and (day := date_of(f"{year}-{found[1]}-{found[2]}")):
            yield day


def _is_time_line(text: str) -> bool:
    """Whether hardly anything but a time and a source is in a line."""
    return len(rest_of(text)) <= 30 or bool(LABELLED.search(text))


def _days_in(text: str) -> Iterator[tuple[datetime.date, str]]:
    """The days in a line, each with the words before it; none of a line that tells a story."""
    if len(text) > LONGEST or "。" in text:
        return
    for found in FORMS.finditer(text):
        day = _day_of_form(found)
        if day and _plausible(day):
            changed = CHANGED_AFTER.match(text, found.end())
            yield day, "更新：" if changed else text[max(0, found.start() - 16) : found.start()]


def _day_of_form(found: re.Match[str]) -> datetime.date | None:
    words = found[0]
    if found["full"]:
        return date_of(words)
    if found["short"]:
        return date_of("20" + re.sub(r"[./]", "-", words))
    if found["month"] or found["day"]:
        first, second, year = re.findall(rf"\d+|[{NUMERAL}]+", words)
        month, day = (first, second) if found["month"] else (second, first)
        return date_of(f"{year}-{month}-{day}")
    return day_of(words)


def _without_year(texts: Sequence[str], addresses: Sequence[str]) -> Iterator[datetime.date]:
    """A month and day (11-20 07:30), with the year of the address if that has the same day."""
    for text in texts:
        if len(text) <= 60 and "。" not in text and (found := MONTH_DAY.search(text)):
            for address in addresses:
                day = day_in_address(address)
                if day and (day.month, day.day) == (int(found[1]), int(found[2])):
                    yield day


def _labelled_days(
    lines: Sequence[Line], body: tuple[int, int], changed: list[datetime.date]
) -> Iterator[datetime.date]:
    """The days with a label (发布时间：) outside the article, or alone on the line after it."""
    for index, line in enumerate(lines):
        if body[0] <= index < body[1] or line.linked > 0.5:
            continue
        for day, words in _days_in(line.text):
            if CHANGE.search(words):
                changed.append(day)
            elif not CLOCK.search(words) and (LABELLED.search(words) or _is_alone(line, index - body[1])):
                yield day


def _is_alone(line: Line, after: int) -> bool:
    """Whether a line soon after the article has a day and hardly more."""
    return 0 <= after < SOON_AFTER and len(letters(FORMS.sub("", line.text))) <= ALONE


def day_in_address(address: str) -> datetime.date | None:
    """The day in the path of an address: /2026/11/20/, /2026-11/20/, 20261120, /26/1120/."""
    for found in URL_DATE.finditer(address):
        numbers = [int(part) for part in found.groups() if part]
        try:
            day = datetime.date(numbers[0] if numbers[0] > 99 else 2000 + numbers[0], *numbers[1:])
        except ValueError:
            continue
        if _plausible(day):
            return day
    return None


def _addresses(source: str, root: Any) -> Iterator[str]:
    yield source
    yield from root.xpath("//link[@rel='canonical']/@href")
    yield from root.xpath("//meta[@property='og:url']/@content")


__all__ = ["date_on", "day_in_address", "days_of"]
