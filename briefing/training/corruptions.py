"""False sentences out of true ones, each by one relation: what a judge of summaries learns from.

Eleven kinds, as the untruths that people wrote for the same purpose; names, figures and dates come
from the article itself, as in the summaries of models (Kryściński et al., EMNLP 2020, who exchanged
entities, numbers, pronouns and negations). A false sentence is dropped if the article has any
changed clause of it word for word, or if it doubles a particle. Whether it is false, only the rules
of each kind see to: what the article says in other words can slip through.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from ..text.chars import letters
from ..text.cut import balanced
from . import corruption_figures, corruption_names, corruption_words
from .claims import CLAUSE, Claim, claim_of
from .corruption_causes import cause
from .corruption_merged import merged

Maker = Callable[[Claim], Iterator[str]]
TRIED = 12
"""Sentences of one kind that are looked at before the kind is given up."""
LONGER, SHORTER = 1.6, 0.6
"""How much longer or shorter a false sentence may be, and a few characters."""
_CHANGING = frozenset("副前原代不未没非")
_STUTTER = re.compile(
    r"已将|将已|已已|已经已|将将|未未|不不|不未|未不|了了|的的|在在|于于|是是|有有|没有没有|已正在|已未|未已|已尚|均部分|"
    r"([一-龥]{2})\1|不足[^，。]{0,8}以上|不没|已不会|早日[^，。]{0,6}将|已可|部分部分|全部全|的，|，，|：，|，。|和，|与，|并非是|一个又一|又一[和、]|又一[个家座条款]|之一的之一"
)


def _direction(claim: Claim) -> Iterator[str]:
    yield from corruption_words.direction(claim)
    yield from corruption_names.towards(claim)


KINDS: dict[str, Maker] = {
    "subject": corruption_names.subject,
    "figure": corruption_figures.figure,
    "speaker": corruption_names.speaker,
    "direction": _direction,
    "done": corruption_words.done,
    "negation": corruption_words.negation,
    "time": corruption_figures.time,
    "cause": cause,
    "scope": corruption_words.scope,
    "merged": merged,
    "role": corruption_names.role,
}
"""The kinds and what makes the false sentences of each."""


def corrupted(
    sentence: str, text: str, rng: random.Random, kind: str | None = None
) -> tuple[str, str] | None:
    """A false sentence and its kind out of a true sentence about the article `text`.

    None if the sentence has nothing of the kind, or of any kind, to make false. The same state of
    `rng` gives the same sentence. Raises KeyError for a kind that is not in KINDS.
    """
    claim = claim_of(sentence, text)
    for name in [kind] if kind else rng.sample(sorted(KINDS), len(KINDS)):
        made = list(dict.fromkeys(KINDS[name](claim)))
        for written in rng.sample(made, min(TRIED, len(made))):
            false = written if sentence.endswith("。") else written.removesuffix("。")
            if _usable(false, claim, name):
                return false, name
    return None


def _usable(false: str, claim: Claim, kind: str) -> bool:
    """Whether a false sentence is new, fluent as far as patterns tell, and not stated."""
    if letters(false) == letters(claim.text) or not balanced(false):
        return False
    if not SHORTER * len(claim.text) - 4 <= len(false) <= LONGER * len(claim.text) + 6:
        return False
    if any(match[0] not in claim.text for match in _STUTTER.finditer(false)):
        return False
    return not _stated(false, claim, joined=kind in ("merged", "cause"))


def _stated(false: str, claim: Claim, *, joined: bool) -> bool:
    """Whether the article has each clause of the false sentence that the true one has not.

    Clauses that were `joined` count as stated only with the one before.
    """
    clauses, true = CLAUSE.findall(false), CLAUSE.findall(claim.text)
    changed = [
        letters("".join(clauses[max(0, at - joined) : at + 1]))
        for at, clause in enumerate(clauses)
        if clause not in true
    ]
    return all(_has(claim.article.letters, clause) for clause in changed)


def _has(text: str, clause: str) -> bool:
    """Whether the text has the clause, and not only behind a word that changes it: 副, 不, 未."""
    at = text.find(clause)
    while at >= 0:
        if text[at - 1 : at] not in _CHANGING:
            return True
        at = text.find(clause, at + 1)
    return False
