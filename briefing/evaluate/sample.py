"""Invented news for timing: distinct articles of some 400 characters about towns that do not
exist.
"""

from __future__ import annotations

from ..types import Article

_TOWNS = ("临溪", "白桥", "青浦岭", "石湾", "南渡", "云台", "北港", "柳川")
_SENTENCES = (
    "本报讯　记者从{town}市政府获悉，全长{a}公里的滨江绿道{b}日全线贯通，"
    "沿线设有{c}处驿站，市民步行十分钟即可到达。",
    "该工程于{y}年动工，总投资{d}亿元，涉及{c}个街道、{a}个社区，是当地近年来规模最大的便民项目之一。",
    "市住建局负责人介绍，绿道建设没有砍伐一棵大树，原有的{e}株香樟全部保留，雨水花园每年可收集雨水{f}万立方米。",
    "在{town}码头旧址，老仓库被改造成图书馆和咖啡馆，开放首周接待读者{e}人次，其中青少年占六成。",
    "家住附近的退休教师说，过去江边堆满砂石，如今早晚都有人跑步，“像是把一座公园搬到了家门口”。",
    "统计显示，绿道贯通后沿线小店的客流比上月增长{a}%，{c}家老字号重新开张。",
    "按照计划，到{z}年，{town}市还将新建绿道{f}公里，把{c}座山体公园连成一片，并增设夜间照明和无障碍坡道。",
    "专家建议，绿道管养要落实到人，建立巡查台账，避免重建轻管。",
)


def articles(count: int) -> tuple[Article, ...]:
    """`count` articles, the same each time."""
    return tuple(_article(i) for i in range(count))


def _article(i: int) -> Article:
    town = _TOWNS[i % len(_TOWNS)]
    figures = {
        "a": 12 + i % 37,
        "b": 1 + i % 28,
        "c": 5 + i % 9,
        "d": f"{1 + i % 7}.{i % 10}",
        "e": 1200 + 17 * i,
        "f": 20 + i % 50,
    }
    text = tuple(s.format(town=town, y=2018 + i % 5, z=2028 + i % 3, **figures) for s in _SENTENCES)
    return Article(id=f"sample-{i + 1}", headline=f"{town}滨江绿道全线贯通", paragraphs=text)
