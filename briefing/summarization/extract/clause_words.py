"""What the tagger's parts of speech tell of a clause: its subject, its verb, whether it names
anybody.

The tagger is a dictionary's and takes many verbs of newspapers for nouns; the lists here put the
commonest right. Does not know which noun of several is the subject.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...text.lazy_pattern import lazy_pattern
from ...text.words import NAME_TAGS, Word, words
from . import clause_patterns as patterns

_VERB_TAGS = frozenset({"v", "vd", "vg", "vi", "vq"})
_NOUN_TAGS = frozenset({"eng", "j", "l", "i", "vn", "an", "r"})
_COUNTED = frozenset("人家名个项户起条万亿%")
_MARKS = "，；：。,;: "
_BRACKET = lazy_pattern(r"[（(][^（()）]*[)）]")
_VERB_WORDS = """
是 有 为 达 占 超 获 会见 会谈 会晤 同比 环比 印发 前往 前来 助力 助推 力争 力求 讲好 构筑 筑牢 营造 压实 激活 激发 凸显 督导 会同 紧盯 谋划
预计 深化 优化 健全 畅通 细化 严守 落实 明确 突破 证实 证明 产生 利用 启动 调整 部署 通车 面向 事关 标志 正值 地处 历时 距今 举办 企图 服务 培育 计划
荣获 办理 斩获 喜获 夺得 获得 获评 入选 揭牌 亮相 落户 投用 完工 开工 竣工 加大 加快 加强 推进 推动 促进 提升 打造 坚持 开展 实施 聚焦 围绕
"""
_VERBS = frozenset(_VERB_WORDS.split())
"""Verbs that the tagger calls something else."""
_NOUNS = frozenset(
    [
        "得主",
        "作协",
        "主编",
        "总编",
        "编剧",
        "导演",
        "监制",
        "主播",
        "领队",
        "教练",
        "主管",
        "主创",
        "主帅",
        "总监",
    ]
)
"""Nouns that it calls verbs."""
_ADVERB_WORDS = """
全力 着力 大力 依法 有力 精准 有序 全程 全面 稳步 积极 共同 继续 一键 就地 现场 首次 坚决 切实 进一步 第一时间 深入 认真 广泛 扎实 持续 不断 充分
用心 用情 用心用情 严格 主动 牢牢 有效 自觉 努力 高效
"""
_ADVERBS = frozenset(_ADVERB_WORDS.split())
"""Adverbs that it calls nouns."""
_PARTIES = frozenset(["民建", "民进"])
"""Parties whose names it takes for adjectives."""
_COVERBS = frozenset(["将", "把", "被", "对", "在", "从", "向", "由", "因"])
_RESTING_WORDS = (
    "配合 呼应 因应 依托 根据 按照 依据 针对 鉴于 随着 借助 凭借 本着 立足 围绕 利用 结合 着眼 瞄准"
)
_RESTING = frozenset(_RESTING_WORDS.split())
"""Verbs that only say on what or for what; the clause after them says what is done."""
_AUXILIARY_WORDS = "要 将 希望 期望 期盼 期许 盼望 祝愿 建议 呼吁 要求 强调 指出 认为 期待 相信 继续 已 计划 预计 贡献 奖励 推进 加快 增强 举办 开展 实施 坚持 加大 加强 坚决 切实"
_AUXILIARIES = frozenset(_AUXILIARY_WORDS.split())
_GOVERNING_WORDS = """
表示 称 说 认为 强调 指出 期待 期盼 期许 期望 期勉 勉励 冀望 提醒 叮嘱 告诫 盼望 希望 盼 相信 坚信 预计 预测 估计 建议 呼吁 要求 重申 承诺 警告 宣称 声称 主张 透露 明确 规定 坦言 祝愿 表明
证明 指责 愿 愿意
"""
_AGAIN = frozenset(["再度", "再次", "又", "也", "还", "亦", "仍", "更", "陆续", "先后", "成功", "已"])
"""Adverbs of one who acts further."""
_NO_ACTS = frozenset(["有", "是", "没有", "无", "为", "举行", "召开", "举办", "发生", "出现"])
"""Verbs that need nobody who acts."""
GOVERNING = frozenset(_GOVERNING_WORDS.split())
"""Verbs of saying and wishing: what stands behind them is not said by the writer."""
_COMPLETE_WORDS = "据 由 逾 超 有 是 近 见 受 截至 平均 相较 超过 报道 报告 没有 记者 研究 调查 参会 分析"
_COMPLETE = frozenset(_COMPLETE_WORDS.split())
"""Words that may begin a sentence though the tagger calls them verbs."""


@dataclass(frozen=True, slots=True)
class Predication:
    """Whether a clause has a subject before its verb, a verb, and a name before its verb; and that verb."""

    subject: bool
    verb: bool
    names: bool
    head: str = ""


def predication(text: str) -> Predication:
    """Subject, verb and names of a clause by the tagger's parts of speech. A possessed noun (总投资,
    全长) does not count as a subject.
    """
    noun = names = False
    tagged = words(text.strip(_MARKS))
    phrase = bool(tagged) and tagged[0].text in _ADVERBS  # behind an adverb comes no subject
    if patterns.LEADS.match(text):
        return Predication(False, True, False, tagged[0].text)
    for word in tagged:
        if is_verb(word) or word.tag == "ul":
            return Predication(noun and not phrase and not _possessed(text), True, names, word.text)
        names = names or (word.tag in NAME_TAGS and len(word.text) > 1)
        if word.tag == "p" or word.text in _COVERBS:
            phrase = phrase or not noun
        elif word.text not in _ADVERBS and _is_nominal(word):
            noun = True
    return Predication(noun and not phrase and not _possessed(text), False, names)


def only_rests(clause: str) -> bool:
    """Whether a clause only says on what its subject rests: 图书馆依托馆藏，"""
    tagged = words(clause.strip(_MARKS))
    at = next((i for i, word in enumerate(tagged) if is_verb(word) or word.text in _RESTING), len(tagged))
    rests = at < len(tagged) and tagged[at].text in _RESTING
    return rests and not any(is_verb(word) or word.tag == "ul" for word in tagged[at + 1 :])


def lacks_subject(sentence: str) -> bool:
    """Whether a sentence begins with a predicate, or a possessed noun, of the sentence before; perhaps
    after words that say when: 暑期以来，日均进馆人数破万。
    """
    first = first_clause(_BRACKET.sub("", patterns.OPENER.sub("", sentence)))
    tagged = words(first)
    if not tagged or tagged[0].text in _COMPLETE or patterns.STATED.match(first):
        return False
    head, following = tagged[0], tagged[1].tag if len(tagged) > 1 else ""
    if head.text in _AUXILIARIES or _possessed(first) or patterns.STILL_TO.match(first):
        return True
    if is_verb(head):
        verbs_follow = any(is_verb(word) for word in tagged[1:])
        return following not in ("", "uj", "n") or (following == "n" and not verbs_follow)
    return (head.tag == "d" and following in _VERB_TAGS) or _goes_on(tagged)


def _goes_on(tagged: list[Word]) -> bool:
    """Whether a verb follows upon a time and adverbs: 今年再度争取到经费."""
    at = next((i for i, word in enumerate(tagged) if i and word.text not in _AGAIN), 0)
    return tagged[0].tag == "t" and at > 1 and is_verb(tagged[at]) and tagged[at].text not in _NO_ACTS


def counts_unnamed(clause: str) -> bool:
    """Whether a clause ends with a number of what it does not name: 云汀市今年已经发布了30个。"""
    if patterns.COUNTED_WHAT.search(clause) is None:
        return False
    return not any(_is_nominal(word) and word.tag not in (*NAME_TAGS, "r", "m") for word in words(clause))


def ends_as_noun(clause: str) -> bool:
    """Whether the words behind the last 的 of a clause are nouns: 有离岛计划的游客，"""
    before, found, after = clause.strip(_MARKS).rpartition("的")
    tagged = words(after.strip("“”「」"))
    if not (found and before and tagged and _is_nominal(tagged[-1])):
        return False
    return all(word.tag in ("t", "m", "q") or (_is_nominal(word) and word.tag != "r") for word in tagged)


def is_noun_phrase(clause: str) -> bool:
    """Whether the only verb of a clause stands right before its last 的: 央行公布的利率，"""
    before, found, _ = clause.strip(_MARKS).rpartition("的")
    tagged = words(before)
    verbs = [word for word in tagged if is_verb(word)]
    return bool(found and len(verbs) == 1 and verbs[0] is tagged[-1]) and ends_as_noun(clause)


def first_clause(text: str) -> str:
    """The first clause that says more than when and what for."""
    end = min((end for mark in "，；：,;:" if (end := text.find(mark)) >= 0), default=len(text))
    if end < len(text) and (says_when(text[: end + 1]) or patterns.PURPOSE.match(text)):
        return first_clause(text[end + 1 :])
    return text[:end].strip(_MARKS)


def says_when(clause: str) -> bool:
    """Whether a clause, its comma included, only says when."""
    if patterns.ONLY_TIME.match(clause):
        return True
    if patterns.TIME.match(clause) is None:
        return False
    has = predication(clause)
    return not (has.subject and has.verb)


def _possessed(text: str) -> bool:
    return patterns.POSSESSED.match(text) is not None


def is_verb(word: Word) -> bool:
    """Whether a word is a verb, by its tag or the lists here."""
    idiom = len(word.text) == 4 and word.text[:2] in _ADVERBS  # 切实加强, 深入开展: nouns to the tagger
    return (word.tag in _VERB_TAGS and word.text not in _NOUNS) or word.text in _VERBS or idiom


def _is_nominal(word: Word) -> bool:
    counted = word.tag == "m" and bool(_COUNTED & set(word.text))
    return (
        word.tag[0] == "n"
        or word.text in _PARTIES
        or word.text in _NOUNS
        or word.tag in _NOUN_TAGS
        or counted
    )
