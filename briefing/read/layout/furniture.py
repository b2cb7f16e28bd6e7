"""Tells what stands on a printed page beside its stories: masthead, folio, staff, stamps, paid notices."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...text.lazy_pattern import lazy_pattern
from ...text.masthead import paper_of
from ..epaper_notices import unread_as
from .owners import PageStory
from .print_page import PrintLine, PrintPage, overlap

TOP, BOTTOM = 0.14, 0.955
"""Shares of a page's height above and below which its masthead and its staff line are."""
STAFF = lazy_pattern(
    r"(?:本版|本期|今日|值班|执行|首席|责任|責任){0,3}(?:编辑|編輯|主编|责编|責編|美编|美編|校对|校對|版式|电话|邮箱|视觉|值班)"
)
FOLIO = lazy_pattern(
    r"[^。，]{0,60}(?:\d+年\d+月\d+日|星期|第?\s*[A-Z]?\d{1,3}\s*版|农历|国内统一)[^。，]{0,60}"
)
DATED = lazy_pattern(
    r"\d+年\d+月\d+日|星期.|农历\S{0,12}|国内统一\S{0,40}|邮发代号\S{0,12}|第?\s*[A-Z]?\d{1,3}\s*版|.{2,6}[日晚早时晨商]报"
)
"""What a folio says."""
BESIDE_DATE = 12
"""Most other letters of a folio: the name of a section."""
STAMP = lazy_pattern(
    r"[^。]{0,60}(?:仅供|版权|下载|打印|扫描|生成|僅供|版權|下載|列印|掃描|www\.|https?:|\d\d?:\d\d)[^。]{0,60}"
)
"""What a database or a printer puts on the edge of a page."""
SECTION = 8
"""Most characters of a section's name."""
ADVERT = 160
"""Most characters of an advert that is known by how to reach who placed it."""
CONTACT = lazy_pattern(
    r"(?:热线|熱線|电话|電話|手机|订购|咨询|报名|微信)[^。，]{0,8}[：:]?\s*(?:0\d{2,3}[-— ]?)?[1-9]\d{6,10}"
    r"|(?<!\d)(?:0\d{2,3}[-—]\d{7,8}|400[-—]?\d{3}[-—]?\d{4}|1[3-9]\d{9})(?!\d)"
)

SELLS = lazy_pattern(
    r"全场[^，。]{0,6}折|折起|折优惠|元起|特价|促销|钜惠|酬宾|店庆|订购|抢购|选购|团购|热销|热卖|直销|批发|专卖|包邮|厂家"
    r"|开盘|售楼|招商加盟|加盟|招租|出租(?!车)|出售|转让|诚聘|高薪|欢迎(?:惠顾|光临|来电)|訂購|搶購|選購|熱賣|出讓|轉讓|誠聘"
)
"""What an advert offers: a brief about a street without water has a number to call as well."""


def split_furniture(print_page: PrintPage) -> tuple[list[PrintLine], list[PrintLine]]:
    """The lines of the articles, and those of masthead, folio and staff."""
    lines: list[PrintLine] = []
    other: list[PrintLine] = []
    for line in print_page.lines:
        text = line.text.replace(" ", "")
        edge = line.top < TOP * print_page.height or line.bottom > BOTTOM * print_page.height
        name = paper_of(text) is not None and len(text) <= len(paper_of(text) or "") + 2
        staff = bool(STAFF.match(text)) and len(text) < 40 and not text.endswith("。")
        number = re.fullmatch(r"[-—·A-D\d ]{1,5}", text)
        stamp = _is_at_rim(line, print_page) and STAMP.fullmatch(text)
        furniture = stamp or (edge and (name or _is_folio(text) or staff or number))
        (other if furniture else lines).append(line)
    folios = [line for line in other if line.top < TOP * print_page.height]
    beside = [line for line in lines if len(line.text) <= SECTION and _is_beside_folio(line, folios, lines)]
    other += beside
    lines = [line for line in lines if line not in beside]
    return lines, other


def _is_folio(text: str) -> bool:
    """Whether a line says the day or the page, and little else: 3月5日在第十四届… is a line of a story."""
    if not FOLIO.fullmatch(text):
        return False
    rest = DATED.sub("", text)
    return sum(map(str.isalpha, rest)) <= BESIDE_DATE


def _is_at_rim(line: PrintLine, print_page: PrintPage) -> bool:
    """Whether small type stands in the margin above or below all that is printed."""
    rim = 1 - BOTTOM
    high, low = line.bottom < rim * print_page.height, line.top > BOTTOM * print_page.height
    return (high or low) and line.size <= print_page.body


def _is_beside_folio(line: PrintLine, folios: list[PrintLine], lines: list[PrintLine]) -> bool:
    """Whether a few words stand level with the folio, with no text below: the name of the section."""
    middle = (line.top + line.bottom) / 2
    level = any(folio.top < middle < folio.bottom or line.top < (folio.top + folio.bottom) / 2 < line.bottom
                for folio in folios)  # fmt: skip
    return level and not any(
        0 < below.top - line.bottom < 1.2 * line.size and overlap(line.box, below.box, 0) > 0
        for below in lines
    )


def newspaper(furniture: Iterable[PrintLine]) -> str | None:
    """The name of the newspaper on a masthead or folio."""
    return next((paper for line in furniture if (paper := paper_of(line.text.replace(" ", "")))), None)


def is_notice(story: PageStory) -> bool:
    """Whether a story is an advert or a paid notice, by its headline or an offer with a telephone number."""
    if story.head and unread_as(story.head.text):
        return True
    words = "".join(part.text for part in story.parts)
    return len(words) < ADVERT and "。" not in words and bool(CONTACT.search(words) and SELLS.search(words))


__all__ = ["STAFF", "is_notice", "newspaper", "split_furniture"]
