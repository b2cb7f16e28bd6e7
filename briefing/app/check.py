"""Whether an article supports a summary of it, by whomever: sentence by sentence.

Three things decide, and any of them suffices to object: the rules of `verify`; words that the
article does not have; a judge, where there is one. Knows nothing of what is true beyond the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..edit.script import Reading
from ..errors import UsageError
from ..messages import Message
from ..protocols import Judge
from ..summarization.extract.candidates import candidates
from ..summarization.extract.evidence import with_evidence
from ..summarization.verify.check import verify
from ..summarization.verify.facts import ArticleFacts, article_facts
from ..text.chars import bigrams, letters
from ..text.clean_input import DIRTY, SURROGATE
from ..text.script import converted, restored, script_of
from ..text.statements import Statement, statements
from ..types import Article, CheckedSentence, Checks
from .judges import judge_of

LONGEST_ARTICLE, MOST_SENTENCES = 200_000, 300
"""Characters and sentences of a summary; the time grows with the product of the two."""
STRANGE = 0.7
"""The share of letter pairs that the article lacks from which a sentence is not about it. Of 2,032
true sentences none reaches 0.6; of 977 sentences about other articles 99 % exceed 0.78."""
OBJECTED = 0.2
"""The highest score where a rule objects. Rules object to a fifth of falsehoods and to a twentieth
of true sentences: where both are equally common, a sentence objected to is true in one of five."""
THRESHOLD = 0.5
"""The probability, as a judge gives it, from which a sentence is supported."""
SURE = 0.7
"""The probability from which a judge overrules the rules' doubts about who did what; a figure that the
article does not have it cannot overrule."""
SURE_OF_NAMES = 0.9, 0.95
"""Those from which it overrules a doubt about a name: whose characters the article has, and any other.
The tagger takes words for names (微降, 送上蛇); of 22 invented names it was as sure of four."""
LONGEST_SENTENCE = 1000
"""Most characters of a sentence that is compared; the rules take the square of it in time."""
TOO_LONG = Message(
    f"这一句超过 {LONGEST_SENTENCE} 字，没有核对",
    f"a sentence of over {LONGEST_SENTENCE} characters: not checked",
)
EMPTY = Message("文章是空的，无从核对", "the article is empty: there is nothing to check against")
OTHER_WORDS = Message("用词大半不见于原文", "most of its words are not in the article")
JUDGED = Message(
    "判断模型认为原文不支持这句话", "the judge finds that the article does not support the sentence"
)


def check(
    text: str, summary: str, *, headline: str = "", model: str | Judge | None = None
) -> tuple[CheckedSentence, ...]:
    """The sentences of a summary, each compared with the article of that text and headline.

    `model` is a judge, or the name of a model that brings one.
    """
    judge = judge_of(model) if model is None or isinstance(model, str) else model
    return checked(article_of("text", text, headline), summary, judge)


def article_of(id: str, text: str, headline: str = "") -> Article:
    """The article of a text; offsets into it are those into `text`."""
    same_length = SURROGATE.sub("\ufffd", text).replace("\r\n", " \n").replace("\r", "\n")
    return Article(id=id, headline=headline, paragraphs=tuple(DIRTY.sub(" ", same_length).split("\n")))


def checked(article: Article, summary: str, judge: Judge | None = None) -> tuple[CheckedSentence, ...]:
    """The sentences of a summary, each compared with the article; none if the summary has none.

    Article and summary may each be in either script. Raises UsageError if one is too long.
    """
    stated = statements(summary)
    _refuse_oversized(len(article.text), len(stated))
    if not stated:
        return ()
    comparison = _Comparison.of(Reading.of(article), judge is not None)
    plain = [one.bare for one in stated]
    if script_of("".join(plain)) == "hant":
        plain = [converted(one, "hans") for one in plain]
    judged = judge.supported(comparison.reading.plain, plain) if judge else [1.0] * len(plain)
    together = zip(stated, plain, judged, comparison.nearest(plain), strict=True)
    return tuple(comparison.sentence(*one) for one in together)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """An article ready to be compared with: as read, and its facts."""

    reading: Reading
    facts: ArticleFacts
    pairs: frozenset[str]
    """The pairs of neighbouring letters in all that counts."""
    characters: frozenset[str]
    """The characters in it."""
    judged: bool
    """Whether a judge is asked too."""

    @classmethod
    def of(cls, reading: Reading, judged: bool) -> _Comparison:
        """Titles, text, captions, and from where it is told count. The byline does not: 馆长田牧 is
        false where 田牧 is the reporter."""
        plain = reading.plain
        dateline = re.sub(r"[（(][^（()）]*[)）]", "", plain.dateline or "")
        about = (dateline, plain.agency, plain.paper, *plain.captions)
        text = "\n".join(filter(None, (plain.stated, *about)))
        pairs = frozenset(bigrams(letters(text)))
        return cls(reading, article_facts(text), pairs, frozenset(text), judged)

    def nearest(self, sentences: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
        """The ranges of the article's text that come nearest to each sentence."""
        sources = candidates(self.reading.plain)
        if not sources:
            return [()] * len(sentences)
        return [one.evidence if one.coverage else () for one in with_evidence(sources, sentences)]

    def sentence(
        self, statement: Statement, plain: str, judged: float, nearest: tuple[tuple[int, int], ...]
    ) -> CheckedSentence:
        """The sentence, checked. `plain` is its wording in simplified characters."""
        if obstacle := self._obstacle(plain):
            return CheckedSentence(text=statement.written, supported=False, score=0.0, reasons=(obstacle,))
        ours = set(bigrams(letters(plain)))
        strange = len(ours - self.pairs) / max(1, len(ours))
        checks = self._verified(plain)
        if self.judged:
            checks = self._overruled(checks, judged)
        rules = _objections(checks, plain, statement.bare)
        rules += [OTHER_WORDS] if strange > STRANGE else []
        reasons = [*rules, *([] if judged >= THRESHOLD else [JUDGED])]
        return CheckedSentence(
            text=statement.written,
            supported=not reasons,
            score=round(min(1 - strange, judged, OBJECTED if rules else 1.0), 3),
            reasons=tuple(reasons),
            evidence=nearest,
            quotes=tuple(self.reading.original.text[start:end] for start, end in nearest),
        )

    def _overruled(self, checks: Checks, judged: float) -> Checks:
        """What is left of the rules' doubts beside the judge's probability."""
        spelled, other = SURE_OF_NAMES
        names = [
            name
            for name in checks.unsupported_names
            if not judged >= (spelled if set(name) <= self.characters else other)
        ]
        claims = () if judged >= SURE else checks.unsupported_claims
        return replace(checks, unsupported_names=tuple(names), unsupported_claims=claims)

    def _obstacle(self, plain: str) -> Message | None:
        """Why the sentence cannot be compared, if it cannot."""
        if not self.facts.text.strip():
            return EMPTY
        return TOO_LONG if len(plain) > LONGEST_SENTENCE else None

    def _verified(self, plain: str) -> Checks:
        """What the rules object to, except a reporter of the byline who is named as one."""
        checks, byline = verify(plain, self.facts), self.reading.plain.byline or ""
        others = (
            name
            for name in checks.unsupported_names
            if name not in byline or not re.search(rf"(?:记者|通讯员|作者)[：: ]?{re.escape(name)}", plain)
        )
        return replace(checks, unsupported_names=tuple(others))


def _objections(checks: Checks, plain: str, written: str) -> list[Message]:
    """What the rules object to, each in the words of the sentence as written."""

    def quoted(words: str) -> str:
        return words if plain == written else restored(words, plain, written)

    return [
        *(
            Message(
                f"“{quoted(one)}”：原文没有这个数字，或者说的不是这件事",
                f"“{quoted(one)}”: the article does not have this figure, or has it of something else",
            )
            for one in checks.unsupported_numbers
        ),
        *(
            Message(
                f"“{quoted(one)}”：原文没有这个名称",
                f"“{quoted(one)}”: a name that the article does not have",
            )
            for one in checks.unsupported_names
        ),
        *(
            Message(
                f"“{quoted(one)}”：原文不是这样说的，或者说的是别的人、别的事",
                f"“{quoted(one)}”: the article says otherwise, or says it of somebody or something else",
            )
            for one in checks.unsupported_claims
        ),
    ]


def _refuse_oversized(characters: int, count: int) -> None:
    if characters > LONGEST_ARTICLE:
        raise UsageError(
            Message(
                f"文章有 {characters} 字，超过 {LONGEST_ARTICLE} 字",
                f"the article has {characters} characters, over {LONGEST_ARTICLE}",
            ),
            Message("请只给出要核对的那一部分", "name only the part that the summary is about"),
        )
    if count > MOST_SENTENCES:
        raise UsageError(
            Message(
                f"摘要有 {count} 句，超过 {MOST_SENTENCES} 句",
                f"the summary has {count} sentences, over {MOST_SENTENCES}",
            ),
            Message("请分成几段来核对", "check it in parts"),
        )
