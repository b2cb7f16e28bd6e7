"""The order of precedence of leaders and offices, and the words of news that a press office puts first.

OFFICES is the table: points and the offices of that rank, highest first. It names offices, not their
holders, who change. An office counts where the headline names it, or where the lead names it as that
which acts: at the start of a clause, after at most a place. WEIGHTY are words of what changed lives;
SLOGANS those of titles that tell no event.
"""

from __future__ import annotations

import re

from ..text.lazy_pattern import lazy_pattern

OFFICES: tuple[tuple[float, str], ...] = (
    (6.0, "总书记 国家主席 中央军委主席"),
    (5.0, "中央政治局常委会 国务院总理 国务院常务会议 全国人大常委会委员长 全国政协主席 党中央 国家副主席"),
    (4.0, "中央政治局 国务院副总理 国务委员 中央书记处 全国人大常委会 最高人民法院院长 最高人民检察院检察长"),
    (3.0, "省委书记 省长 自治区主席 自治区党委书记 省委常委会 省政府常务会议 省人大常委会主任 省政协主席"),
    (2.0, "市委书记 市长 市委常委会 市政府常务会议 市人大常委会主任 市政协主席"),
    (1.0, "县委书记 区委书记 县长 区长 副省长 副市长"),
)
"""Points, and the offices of that rank."""
WEIGHTY = (
    "遇难 死亡 身亡 伤亡 失联 失踪 受伤 被困 获救 地震 洪水 台风 暴雨 山洪 泥石流 火灾 爆炸 坍塌 事故 疫情 "
    "中毒 停运 停课 停水 停电 转移群众 紧急转移 红色预警"
)
SLOGANS = (
    "积极融入 不断优化 奋力谱写 谱写新篇 高质量发展 凝心聚力 砥砺前行 踔厉奋发 再上新台阶 走深走实 落地生根 "
    "开创新局面 绘就 赋能 擦亮 争当 奋楫 建功 勇毅前行 展现新作为 注入新动能 跑出加速度 提质增效 书写"
)
_ACTS = r"(?:^|[，。；：\n、 　])(?:中共)?[\u4e00-\u9fff]{0,4}?"
_BEFORE = r"(?<![副原前])"
_AFTER = r"(?![江期远途热城效信])"
"""No 区长 in 地区长期, no 市长 in 市长热线."""
_NUMBER = lazy_pattern(r"[0-9０-９一二三四五六七八九十百千万亿两]{1,9}(?:[%％]|[\u4e00-\u9fff])")


def office_of(titles: str, lead: str) -> tuple[float, str]:
    """The points and the name of the highest office that a headline names, or that acts in a lead;
    (0, "") if there is none."""
    for points, names in OFFICES:
        for name in names.split():
            # Names that stand nowhere cost no pattern: sixty of them take a tenth of a second to compile.
            if name in titles and re.search(_BEFORE + name + _AFTER, titles):
                return points, name
            if name in lead and re.search(_ACTS + _BEFORE + name + _AFTER, lead):
                return points - 0.5, name
    return 0.0, ""


def weighty_words(titles: str) -> list[str]:
    """The words of WEIGHTY in a headline."""
    return [word for word in WEIGHTY.split() if word in titles]


def slogans(titles: str, lead: str) -> list[str]:
    """The words of SLOGANS in a title, if neither it nor the lead has a figure or a day."""
    found = [word for word in SLOGANS.split() if word in titles]
    return [] if _NUMBER.search(titles) or _NUMBER.search(lead) else found


__all__ = ["OFFICES", "SLOGANS", "WEIGHTY", "office_of", "slogans", "weighty_words"]
