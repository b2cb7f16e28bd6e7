"""Pairs of neighbouring clauses of which one says nothing, or something else, without the other.

Closed lists of how the first of a pair ends and the second begins, made by reading news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...text.lazy_pattern import lazy_pattern

WITHOUT = lazy_pattern(r"^没有[^，。；]{2,20}，$")
WITHOUT_IT = lazy_pattern(r"无法|不能|不会|不可能|难以|就没|便没|何来|谈不上|无从")
"""What is not possible without what the clause before names: 没有水，城市无法生存。"""
THOUGH = lazy_pattern(r"(?:虽然?|尽管)[^，。；]*，$")
YET = lazy_pattern(r"^(?:但|却|不过|然而|仍|更)")
HALF = lazy_pattern(r"(?:不(?:仅|只|光|但|是)|既(?![然定往是得成]))[^，。；]*，$")
"""The first half of a pair, whose second is the point."""
OTHER_HALF = lazy_pattern(r"^(?:更|还|也|又|且|并(?!购)|而是|而且)")
CONCEDED = lazy_pattern(r"[；;]$")
BUT = lazy_pattern(r"^(?:但是?|然而|却)(?!丁|书)")
"""What the part before a semicolon concedes to."""
FOUND = lazy_pattern(r"(?:发现|查出|检出|查获|接报|发生)[^，。；]{2,40}[，；]$")
PUT_RIGHT = lazy_pattern(
    r"^(?:[^，。；]{0,6}?[，]?经?[^，。；]{0,10}?)(?:均|都|也|全部)?已(?:经|全部|全数|均|都|完成)*[^，。；]{0,6}?(?:改善|整改|排除|恢复|下架|销毁|控制|修复|解决|扑灭|修正|拆除)"
)
"""What was found, and that it was put right: 发现三家堆放杂物；经复查均已改善。"""
RESPONDS = lazy_pattern(r"(?:响应|呼应|秉持|秉承|本着|抱持|落实|践行|坚持|弘扬|贯彻)[^，。；的]*，$")
IDEA = lazy_pattern(
    r"^[^，。；]{0,16}的?(?:理念|号召|精神|原则|方针|信念|宗旨|初衷|呼吁|倡议|心情|态度|决心|要求|口号)[，。；]"
)
"""A noun behind several clauses that belong to it: 响应公私协力，共同防疫的理念，"""
HOLDS = lazy_pattern(
    r"(?:召开|召集|举行|开会)[^，。；]{0,16}(?:会议|全会|例会)，$|(?:致信|致函)[^，。；]{2,24}，$"
)
DECIDES = lazy_pattern(
    r"^(?:并[^，。；]{0,12}(?:通话|会谈)|决定|宣布|通过|审议|讨论|听取|谴责|批评|呼吁|要求|敦促|强调|研究)"
)
"""A meeting or a letter, and what it is about."""
SPENDS = lazy_pattern(r"(?:投入|投资|拨付|安排|斥资|编列|挹注)[^，。；]{0,16}\d[^，。；]*元，$")
FOR_WHAT = lazy_pattern(
    r"^(?:全面|全力|以|将|重点|着力|共同|持续)?(?:推动|推进|用于|建设|打造|支持|兴建|办理|补助|改善|购买|采购|提升|完善)"
)
"""How much is spent, and for what."""
UNTOLD = lazy_pattern(r"一[项份部个批种条][^，。；的]{0,3}[\u4e00-\u9fff]{2}，$")
"""An act or a paper of which the next clause says what it is for: 公布一项提案，以重划选区。"""
TELLS = lazy_pattern(
    r"^(?:以(?!及|上|下|来)|即(?![将使便日可时刻])|旨在|意在|要求|规定|涉及|内容|禁止|允许|主张|提出|呼吁)"
)
GOES_TO = lazy_pattern(r"(?:跟随|跟着|陪同|前往|赶赴|奔赴|赴|抵达|来到|走进)[^，；。]{1,20}，$")
TO_DO = lazy_pattern(r"^(?:深入|走进|探访|记录|参加|出席|参与|访问|进行|考察|执行|开展|观摩|调研|慰问|就)")
"""Where somebody goes, and what for."""
BEGINS = lazy_pattern(r"(?:[东南西北][起接临靠]|始于|起于|上起)[^，。；]{1,16}，$")
ENDS = lazy_pattern(r"^(?:[东南西北][至抵达到接临靠]|止于|终于|下至)")
"""From where and to where: one half says nothing."""
ABOUT = lazy_pattern(
    r"^(?:就(?!业|近|是|职|任|地|医)|对(?!方|手|岸|外|华|阵|接|口|象|比|此)|围绕|圍繞|针对|針對)"
)
ABOUT_IT = lazy_pattern(
    r"(?:提出|作出|做出|[作做]了?|进行了?|進行了?)[^，；]{0,8}(?:要求|部署|安排|意见|意見|建议|建議|说明|說明|指示|讨论|討論|研究|交流)[。，；]?$"
)
"""What is asked or said about the matter of the clause before: 就节水，扎实开展工作提出要求."""

TREATS = lazy_pattern(r"对[^，。；]{4,}，$")
TREATED = lazy_pattern(r"^(?:对(?!此|外|方|手|岸)|依法|予以|给予|处以|判处|作出|做出)")
"""Whom somebody does what to."""

GOES_ON = (
    (UNTOLD, TELLS),
    (GOES_TO, TO_DO),
    (HALF, OTHER_HALF),
    (HOLDS, DECIDES),
    (SPENDS, FOR_WHAT),
    (BEGINS, ENDS),
    (TREATS, TREATED),
)
"""A sentence does not end with the first where the second follows."""
ANSWERED = ((THOUGH, YET), (CONCEDED, BUT), (HALF, OTHER_HALF), (FOUND, PUT_RIGHT), (RESPONDS, IDEA))
"""The first is not told without the second."""
FOUNDED = ((WITHOUT, WITHOUT_IT), (RESPONDS, IDEA), (ABOUT, ABOUT_IT))
"""The second is not told without the first."""


def joined(pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]], first: str, second: str) -> bool:
    """Whether two neighbouring clauses are one of the pairs."""
    return any(one.search(first) and other.search(second) for one, other in pairs)
