"""Event words and antonyms that change what the article says: meetings, directions, firsts.

Two tables. EVENTS: a word is supported only if the article has it or a near-synonym (会谈 is not 会见).
ANTONYMS: opposites around the same number (增长5% and 下降5%, 同比 and 环比, 死亡 and 受伤, 超 and 不足) or,
without a number, after the same subject. Left out: events in other words, and antonyms in a
different clause than their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.chars import HAN
from ...text.lazy_pattern import lazy_pattern
from ...text.quantities import Quantity, quantities
from .facts import ArticleFacts

_EVENTS: tuple[tuple[str, str], ...] = (
    ("会见", "会见|接见"),
    ("会谈", "会谈"),
    ("会晤", "会晤"),
    ("通话|通电话", "通话|通.{0,3}电话"),
    ("致电|贺电|唁电", "致电|[贺唁慰问来函]电|电报|通电话"),
    ("致函|致信|贺信|贺函", "函|信"),
    ("签署|签订|签约", "签"),
    ("批准", "批准|核准|获批|通过|批复"),
    ("逮捕|被捕|抓获", "捕|抓|拘|押"),
    ("死亡|遇难|丧生|身亡|罹难|致死|遇害", "死|亡|难|丧生|遇害|牺牲|去世|逝世|丧命|殒"),
    ("受伤|负伤|炸伤", "伤"),
    ("失踪|失联", "失踪|失联|下落不明"),
    ("当选", "选|获胜"),
    ("辞职|请辞|辞去", "辞|下台|卸任"),
    ("免职|撤职|罢免", "免|撤|罢"),
    ("爆炸", "爆|炸"),
    ("起诉|指控", "诉|指控|控告"),
    ("否认", "否认|不属实|反驳|驳斥|并非|没有"),
    ("弹劾", "弹劾"),
    ("解散", "解散"),
    ("制裁", "制裁"),
    ("破产", "破产"),
    (
        "首[次个届位场例座条批家艘架款台度金颁映发创播][^府]?|首次",
        "(?<!元)首(?![都相脑席先要府尔])|第一(?!书记)|初|从未|头[一个]|有史以来|史上|冠军|前所未有",
    ),
    ("唯一", "唯一|独家|仅有|惟一|独一"),
    ("创纪录|破纪录|刷新纪录|历史新高|创新高|创历史|史上最", "纪录|新高|历史|最|刷新|记录"),
    ("最[大高多长快强低小好早佳新重优]", "最|居.{0,4}首|第一|头号|冠|首位|新高|新低|纪录"),
    ("全部|悉数|全数", "全部|全|所有|均|都|悉数|皆|一律|百分之百|100%|各"),
    ("世界第一|全球第一|全国第一|居.{0,2}首", "第一|首|冠|榜首|最"),
    ("夺冠|冠军|折桂", "冠|金牌|第一|折桂|胜|卫冕"),
)
EVENTS = tuple((lazy_pattern(word), re.compile(synonyms)) for word, synonyms in _EVENTS)

ANTONYMS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        (
            "up",
            "增长|增加|上升|上涨|提高|升至|增至|涨至|提升|回升|攀升|新增|扩大|走高|增幅|涨幅|同比增|增(?=\\d)|涨(?=\\d)|升(?=\\d)",
        ),
        (
            "down",
            "下降|下跌|减少|降低|回落|降至|减至|跌至|下滑|萎缩|缩减|走低|降幅|跌幅|收窄|同比降|降(?=\\d)|跌(?=\\d)|减(?=\\d)",
        ),
    ),
    (("year", "同比"), ("month", "环比")),
    (
        ("dead", "死亡|遇难|丧生|身亡|罹难|致死|牺牲|遇害|死于|死(?!刑|者)|打死"),
        ("hurt", "受伤|负伤|伤员|炸伤|伤(?!亡|害|者)"),
        ("lost", "失踪|失联|下落不明"),
    ),
    (
        ("over", "超过|超(?=\\d)|超[两一二三四五六七八九十]|逾|突破|高于|以上"),
        ("under", "不足|不到|低于|接近|近(?=\\d)|将近|以下|以内"),
    ),
    (("out", "出口"), ("in", "(?<!进出口)(?<!进)进口(?!博)")),
    (("men", "男(?:子|性|选手|单|团|排|篮|足)"), ("women", "女(?:子|性|选手|单|团|排|篮|足)")),
)
_ANTONYMS = tuple(tuple((name, lazy_pattern(pattern)) for name, pattern in antonyms) for antonyms in ANTONYMS)
_DIRECTIONS = _ANTONYMS[:2]
_STOP = lazy_pattern(r"[，。；：！？\n]")
_FOLLOWING = (2, 3)
"""Indices of the antonyms that may follow their number: 5人死亡, 5人以上."""


def contradicted_events(text: str, facts: ArticleFacts) -> Iterator[str]:
    """The event words that the article lacks and the words it has only antonyms of, in the order of
    the tables."""
    for word, synonyms in EVENTS:
        if (match := word.search(text)) and not synonyms.search(facts.text):
            yield match[0]
    for quantity in quantities(text):
        yield from _opposed_figures(quantity, text, facts)
    yield from _opposed_directions(text, facts)


def _opposed_figures(quantity: Quantity, text: str, facts: ArticleFacts) -> Iterator[str]:
    """The words around a number where the article has only antonyms around the same number."""
    same = facts.figures.same(quantity)
    if not same or (quantity.unit in ("月", "日", "年") and not quantity.after.startswith("年来")):
        return
    for number, antonyms in enumerate(_ANTONYMS[:4]):
        follows = number in _FOLLOWING
        word = _nearest_antonym(text, quantity, antonyms, follows=follows)
        if word is None:
            continue
        stated = [_nearest_antonym(facts.text, other, antonyms, follows=follows) for other in same]
        if all(other is not None and other[0] != word[0] for other in stated):
            yield word[1] + quantity.surface


def _nearest_antonym(
    text: str, quantity: Quantity, antonyms: tuple[tuple[str, re.Pattern[str]], ...], *, follows: bool
) -> tuple[str, str] | None:
    """The side and the word of the antonym nearest to a number in its clause. A word after the
    number wins if `follows`.
    """
    after = text[quantity.end : quantity.end + 14]
    stop = re.search(r"[，。；：！？、\n\d]", after)
    after = after[: stop.start()] if stop else after
    before = text[max(0, quantity.start - 40) : quantity.start]
    marks = list(_STOP.finditer(before))
    before = before[marks[-1].end() :] if marks else before
    if follows and (right := _first_antonym(after, antonyms)):
        return right
    before_and_number = before + quantity.surface[:1]
    left = [
        (match.start(), name, match[0])
        for name, pattern in antonyms
        for match in pattern.finditer(before_and_number)
    ]
    if left:
        return max(left)[1:]
    return _first_antonym(after, antonyms)


def _first_antonym(text: str, antonyms: tuple[tuple[str, re.Pattern[str]], ...]) -> tuple[str, str] | None:
    matches = [
        (match.start(), side, match[0]) for side, pattern in antonyms if (match := pattern.search(text))
    ]
    return min(matches)[1:] if matches else None


def _opposed_directions(text: str, facts: ArticleFacts) -> Iterator[str]:
    """Direction words (up, down; year, month) where the article has only the antonym: anywhere, or
    after the same subject."""
    for antonyms in _DIRECTIONS:
        for name, pattern in antonyms:
            others = [other for side, other in antonyms if side != name]
            for match in pattern.finditer(text):
                subject = re.search(rf"[{HAN}]{{2}}\Z", text[: match.start()])
                if not pattern.search(facts.text):
                    if any(other.search(facts.text) for other in others) and not _shares_characters(
                        match[0], facts.text
                    ):
                        yield match[0]
                elif subject and _only_opposed(subject[0], pattern, others, facts.text):
                    yield subject[0] + match[0]


def _shares_characters(word: str, text: str) -> bool:
    """Whether the article has the word's first and last characters (减 in 减轻): then the antonym is
    not all it says.
    """
    return word[0] in text and word[-1] in text


def _only_opposed(subject: str, pattern: re.Pattern[str], others: list[re.Pattern[str]], text: str) -> bool:
    following = [text[match.end() : match.end() + 6] for match in re.finditer(re.escape(subject), text)]
    return (
        bool(following)
        and not any(pattern.match(words) for words in following)
        and any(other.match(words) for words in following for other in others)
        and not any(pattern.search(words) for words in following)
    )
