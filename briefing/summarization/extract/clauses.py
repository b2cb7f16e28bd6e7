"""A sentence as clauses, each with the clauses that it cannot do without.

A clause may be left out of a news sentence where what stays is still well formed and still true: the subject, the speaker,
the condition and the colon stay with what depends on them. Deletion of clauses for summaries after Jing (ANLP 2000) and
Knight & Marcu (AIJ 2002), by rules over first and last words and the tagger's parts of speech. Does not know syntax: a
subject far away or left to the reader is guessed to be the nearest one before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...text.words import Word, words
from . import clause_patterns as patterns

_OPENING, _CLOSING = "“‘「『（(《【〈", "”’」』）)》】〉"
_VERB_TAGS = frozenset({"v", "vd", "vg", "vi", "vq"})
_VERBS = frozenset(
    [
        "是",
        "有",
        "为",
        "达",
        "占",
        "超",
        "获",
        "会见",
        "会谈",
        "会晤",
        "同比",
        "环比",
        "印发",
        "前往",
        "前来",
        "助力",
        "助推",
        "力争",
        "力求",
        "讲好",
        "构筑",
        "筑牢",
        "营造",
        "压实",
        "激活",
        "激发",
        "凸显",
        "督导",
        "会同",
        "紧盯",
        "谋划",
        "深化",
        "优化",
        "健全",
        "畅通",
        "细化",
        "严守",
        "落实",
        "明确",
        "突破",
        "证实",
        "证明",
        "产生",
        "利用",
        "启动",
        "调整",
        "部署",
        "通车",
        "面向",
        "事关",
        "标志",
        "正值",
        "地处",
        "历时",
        "距今",
        "举办",
        "企图",
        "服务",
        "培育",
    ]
)
"""Verbs that the tagger calls something else."""
_ADVERBS = frozenset(
    ["全力", "着力", "大力", "依法", "有力", "精准", "有序", "全程", "全面", "稳步", "积极", "共同", "继续"]
)
"""Adverbs that it calls nouns."""
_COVERBS = frozenset(["将", "把", "被", "对", "在", "从", "向", "由"])
_NOUN_TAGS = frozenset({"eng", "j", "l", "i", "vn", "an", "r"})
_COUNTED = frozenset("人家名个项户起条万亿%")
_MARKS = "，；：。,;: "
LEAD_IN = 16
"""A clause that says when is kept with all that follows up to this many characters."""
PHRASE = 12
"""An adverbial of at most so many characters stays with the clause after it."""


@dataclass(slots=True)
class Clause:
    """The clause at [start, end) of a sentence, its mark included.

    `part` counts the semicolons before it; `needs` are the indices of the clauses without which it says something else
    or nothing; `may_end` tells whether a sentence may end with it.
    """

    text: str
    start: int
    end: int
    part: int
    has_subject: bool
    has_verb: bool
    attributes: bool
    may_end: bool = True
    needs: set[int] = field(default_factory=set)


def split(sentence: str) -> list[tuple[int, int]]:
    """The [start, end) of the clauses; nothing is cut inside a quotation, a bracket or a number."""
    found, start, depth = [], 0, 0
    for at, mark in enumerate(sentence):
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and mark in "，；：,;:" and not _in_number(sentence, at):
            found.append((start, at + 1))
            start = at + 1
    if start < len(sentence):
        found.append((start, len(sentence)))
    return found


def _in_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def parse(sentence: str) -> list[Clause]:
    """The clauses of a sentence in order, with what each needs."""
    clauses: list[Clause] = []
    part = 0
    for start, end in split(sentence):
        text = sentence[start:end]
        subject, verb = _subject_and_verb(text.strip(_MARKS))
        attributes = patterns.ATTRIBUTION.search(text) is not None
        clauses.append(Clause(text, start, end, part, subject, verb, attributes))
        part += text[-1] in "；;"
    for at, clause in enumerate(clauses):
        clause.may_end = _may_end(clause, at == len(clauses) - 1)
        if at:
            clause.needs = _needs(clauses, at)
    return clauses


def closure(clauses: list[Clause], wanted: set[int]) -> set[int]:
    """The wanted clauses and all that they need, directly or through others."""
    found, left = set(wanted), list(wanted)
    while left:
        for needed in clauses[left.pop()].needs - found:
            found.add(needed)
            left.append(needed)
    return found


def lacks_subject(sentence: str) -> bool:
    """Whether a sentence begins with a predicate whose subject stands in the sentence before."""
    rest = patterns.OPENER.sub("", sentence)
    first = rest[slice(*split(rest)[0])].strip(_MARKS) if rest else ""
    head = words(first)[:2]
    if not head or head[0].text in patterns.COMPLETE or patterns.STATED.match(first):
        return False
    following = head[1].tag if len(head) > 1 else ""
    if head[0].text in patterns.AUXILIARIES:
        return True
    if head[0].tag in _VERB_TAGS or head[0].text in _VERBS:
        verbs_follow = any(word.tag in _VERB_TAGS or word.text in _VERBS for word in words(first)[1:])
        return following not in ("", "uj", "n") or (following == "n" and not verbs_follow)
    return head[0].tag == "d" and following in _VERB_TAGS


def _subject_and_verb(text: str) -> tuple[bool, bool]:
    """Whether a noun stands before the first verb, outside of a coverb's phrase; and whether there is a verb."""
    noun = phrase = False
    for word in words(text):
        if word.tag in _VERB_TAGS or word.tag == "ul" or word.text in _VERBS:
            return noun and not phrase, True
        if word.tag == "p" or word.text in _COVERBS:
            phrase = phrase or not noun
        elif word.text not in _ADVERBS and _is_nominal(word):
            noun = True
    return noun and not phrase, False


def _is_nominal(word: Word) -> bool:
    return (
        word.tag[0] == "n" or word.tag in _NOUN_TAGS or (word.tag == "m" and bool(_COUNTED & set(word.text)))
    )


def _may_end(clause: Clause, last: bool) -> bool:
    text = clause.text
    if len(text.strip(_MARKS)) < 3 or not (clause.has_verb or last):
        return False
    if patterns.CONDITION.match(text) or _only_says_when(clause) or text[-1] in "：:":
        return False
    if patterns.ADVERBIAL.match(text) and not (clause.has_verb and clause.has_subject):
        return False
    if patterns.OPEN_END.search(text) or patterns.ROLE.search(text):
        return False
    return last or not clause.attributes


def _needs(clauses: list[Clause], at: int) -> set[int]:
    clause, before = clauses[at], clauses[at - 1]
    text = clause.text
    needs = {i for i, other in enumerate(clauses[:at]) if other.text[-1] in "：:" or other.attributes}
    continues = patterns.CONTINUES.match(text) is not None
    if continues and not patterns.SHARES_SUBJECT.match(text):
        needs.add(at - 1)
    if continues or not clause.has_subject:
        needs.add(_governor(clauses, at))
        if patterns.FIGURE_OF.match(text):
            needs.add(at - 1)
    if patterns.CONDITION.match(before.text) or patterns.CONCESSION.match(before.text):
        needs.add(at - 1)
    if patterns.ADVERBIAL.match(before.text) and not clause.has_subject and not before.attributes:
        needs |= {at - 1} if len(before.text) <= PHRASE else set()
    if _only_says_when(clauses[0]) and len(clauses[0].text) <= LEAD_IN:
        needs.add(0)
    return needs


def _only_says_when(clause: Clause) -> bool:
    if patterns.ONLY_TIME.match(clause.text):
        return True
    return patterns.TIME.match(clause.text) is not None and not (clause.has_subject and clause.has_verb)


def _governor(clauses: list[Clause], at: int) -> int:
    """The nearest clause before with a subject, within the part between semicolons if it has one; else the first."""
    same = [i for i in range(at) if clauses[i].part == clauses[at].part]
    for i in reversed(same or range(at)):
        other = clauses[i]
        phrase = patterns.OPEN_END.search(other.text) or (
            patterns.ADVERBIAL.match(other.text) and not other.has_verb
        )
        subject = other.has_subject and not phrase and not _only_says_when(other)
        if subject and not (other.attributes and i):
            return i
    return 0
