"""Whether a line that a model proposes is usable as the article's gist.

A gist packs much into few words, and that is where a small model goes wrong: it gives 深圳 the figure
that the next paragraph states of 广东. So the words of each clause, except those in the headline,
must occur together in one sentence of the article. Measured on 57 gists that passed `verify`, on
articles held out from training: the 9 that joined several sentences had a ROUGE-L of 46.6 where the
headline scored 56.4; the others 55.9 where the headline scored 47.7. Gists by people join sentences
just as often (15.7 % of 300 references), and correctly: this is no test of truth.
"""

from __future__ import annotations

import re

from ..text.chars import fold
from ..text.lazy_pattern import lazy_pattern
from ..text.novelty import novelty
from ..text.repeats import repeated, stuttered
from ..text.sentences import sentences
from ..text.words import words
from ..types import Article
from .extract.gist import LIMIT
from .verify.check import verify
from .verify.facts import ArticleFacts

_CLAUSE = lazy_pattern(r"[^，。；！？：:,;\n]+")
NEW = 0.3
"""The share of new bigrams above which a line is more often garbled than well put. Joints between
copied phrases count as new too."""
_CONTINUATIONS = frozenset("的等、和与及")
"""Characters that continue a phrase in the article, so that a line ending before them is broken
off: 出席开幕式 from 出席开幕式的贵宾.
"""


def is_valid_gist(line: str, article: Article, facts: ArticleFacts) -> bool:
    """Whether `line` is one line of at most LIMIT characters that passes `verify`, keeps to the
    article's words, joins no sentences and is not broken off.

    `facts` are those of `article.stated`.
    """
    return (
        0 < len(line) <= LIMIT
        and "\n" not in line
        and novelty(line, facts.text) <= NEW
        and not (
            repeated(line)
            or stuttered(line, facts.text)
            or _is_broken_off(line, facts.text)
            or _joins_sentences(line, article)
        )
        and verify(line, facts).passed
    )


def _joins_sentences(line: str, article: Article) -> bool:
    """Whether a clause of the line combines words that no single sentence of the article
    combines.
    """
    headline, text = fold(article.headline), fold(article.text)
    stated = [headline, *(text[start:end] for start, end in sentences(text))]
    return any(
        not _is_stated_together(clause, headline, text, stated) for clause in _CLAUSE.findall(fold(line))
    )


def _is_stated_together(clause: str, headline: str, text: str, stated: list[str]) -> bool:
    words_of_clause = {word.text for word in words(clause) if len(word.text) > 1}
    known = [word for word in words_of_clause if word in text and word not in headline]
    return len(known) < 2 or any(all(word in sentence for word in known) for sentence in stated)


def _is_broken_off(line: str, article_text: str) -> bool:
    """Whether the article always continues the phrase with which the line ends."""
    for size in (3, 2):
        ending = re.escape(line[-size:])
        following = [article_text[m.end() : m.end() + 1] for m in re.finditer(ending, article_text)]
        if following:
            return all(char in _CONTINUATIONS for char in following)
    return False
