"""Tells the adverts and paid notices of a newspaper from its articles, by headline and section.

Adverts stand under 广告, in the headline or as the name of the page. Notices are headed by what they
are (遗失声明, 拍卖公告, 招聘启事) or by who gives them (云汀银行公告). What a government or a spokesman
declares is news: a headline in which somebody does something is never a notice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from ..messages import Message
from ..text.lazy_pattern import lazy_pattern
from ..types import Problem


class Unread(StrEnum):
    """Why something on a page is not read as news."""

    ADVERT = "advert"
    NOTICE = "notice"
    EMPTY = "empty"


COUNTED = {
    Unread.ADVERT: Message("{n} 则广告", "{n} adverts"),
    Unread.NOTICE: Message("{n} 则公告、启事或声明", "{n} notices"),
    Unread.EMPTY: Message(
        "{n} 篇没有文字（只有标题或图片）", "{n} without text (a headline or a picture only)"
    ),
}
ADVERT = lazy_pattern(
    r"(?:本版|整版|公益|商业|商务|分类|形象|招商|房产|汽车|图片|工商|品牌|企业|便民|综合)*(?:广告|廣告|廣吿)"
    r"(?:专版|专栏|专刊|信息|版|栏|页)?[\s（(【]*[\d一二三四五六七八九十]*[）)】]*|广而告之|便民信息(?:栏|专栏)?|分类信息"
)
FORM = r"(?:公告|启事|啟事|声明|聲明|通告|告示|公示|讣告|訃告|(?<=[水电气])的?通知)"
MATTER = (
    r"(?:遗失|丢失|挂失|作废|注销|清算|减资|增资|吸收合并|分立|拍卖|变卖|竞拍|竞价|挂牌|招标|中标|比选|询价|采购"
    r"|招租|出租|转让|处置|债权|催收|送达|开庭|破产|悬赏|招聘|诚聘|招生|招募|征稿|征订|征婚|寻人|寻亲|认领|招领"
    r"|停水|停电|停气|休刊|停刊|更正|致歉|道歉|迁坟|迁址|搬迁|更名|开奖|中奖|解除|免责|维权|打假|环评|环境影响)"
)
GIVER = (
    r"(?:公司|银行|法院|拍卖行|医院|学校|学院|中心|事务所|管理人|合作社|商场|酒店|保险|证券|集团|分行|支行|营业部"
    r"|报社|编辑部|本报)"
)
NOTICE = lazy_pattern(
    rf"(?:[^，。；：:“”]{{0,40}}?{MATTER}[^，。；：:“”]{{0,16}}|[^，。；：:“”]{{2,30}}{GIVER}(?:关于[^，。；“”]{{2,40}})?"
    rf"|(?:本报|重要|严正|郑重|紧急|特此|联合)?)(?:的)?{FORM}(?:[（(【][^）)】]{{0,20}}[）)】])?|更正|勘误"
)
ACTS = lazy_pattern(
    r"发布|發布|发表|發表|印发|出台|公布|回应|召开|要求|表示|称|指出|强调|提醒|将|已|首|拟|被|获|下发|联合声明|外交部|国务院|中共"
    r"|[部委署院]关于|国家.{2,10}局|最高人民"
)
"""What makes a headline news: somebody acts, or a national organ speaks."""


def unread_as(headline: str, section: str = "") -> Unread | None:
    """Why an article is not read as news, None if it is; `section` is the name of its page."""
    head = re.sub(r"[\s　]+", "", headline)
    if ADVERT.fullmatch(head) or ADVERT.fullmatch(re.sub(r"\s+", "", section)):
        return Unread.ADVERT
    if len(head) <= 60 and NOTICE.fullmatch(head) and not ACTS.search(head):
        return Unread.NOTICE
    return None


def unread_note(source: str, counts: Mapping[Unread, int]) -> Problem:
    """The remark that so many adverts, notices and pictures of an edition are not read."""
    told = [(COUNTED[kind], counts[kind]) for kind in Unread if counts.get(kind)]
    zh = "、".join(words.zh.format(n=n) for words, n in told)
    en = ", ".join(words.en.format(n=n) for words, n in told)
    return Problem(source=source, message=Message(f"另有 {zh}，没有收入", f"left out: {en}"), note=True)


__all__ = ["Unread", "unread_as", "unread_note"]
