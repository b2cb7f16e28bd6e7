"""Whether the line that a model proposes may stand as an article's gist.

A gist joins what it can in a few words, and that is where a small model goes wrong: 深圳 is given the
figure that the next paragraph has of 广东. So each clause must be told by one sentence of the
article, apart from what the headline says; of 57 gists that passed `verify` on articles kept from
training, the 9 that joined several sentences had a ROUGE-L of 46.6 where the headline in their
place had 56.4, the others 55.9 where the headline had 47.7. People's own gists join sentences as
often (15.7 % of 300 references), and well: this is no test of truth.
"""

from __future__ import annotations

import re

from ..text.chars import fold
from ..text.novelty import novelty
from ..text.repeats import repeated, stuttered
from ..text.sentences import sentences
from ..text.words import words
from ..types import Article
from .extract.gist import LIMIT
from .verify.check import verify

_CLAUSE = re.compile(r"[^，。；！？：:,;\n]+")
NEW = 0.3
"""The share of new character pairs above which a line is more often garbled than well put;
joints of phrases are new too."""
_GOES_ON = frozenset("的等、和与及")
"""What follows a word in the article where a line that ends with it was broken off: 出席开幕式 of
出席开幕式的贵宾."""


def is_valid_gist(line: str, article: Article, article_text: str) -> bool:
    """Whether `line` is one line of at most LIMIT characters that passes `verify`, keeps to the
    article's words, joins nothing and is not broken off."""
    return (
        0 < len(line) <= LIMIT
        and "\n" not in line
        and novelty(line, article_text) <= NEW
        and not (
            repeated(line)
            or stuttered(line, article_text)
            or _is_broken_off(line, article_text)
            or _joins_sentences(line, article)
        )
        and verify(line, article_text).passed
    )


def _joins_sentences(line: str, article: Article) -> bool:
    """Whether a clause of the line has words that the article has in different sentences only."""
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
    """Whether the article always goes on with the phrase with which the line ends."""
    for size in (3, 2):
        after = [
            article_text[at.end() : at.end() + 1] for at in re.finditer(re.escape(line[-size:]), article_text)
        ]
        if after:
            return all(char in _GOES_ON for char in after)
    return False
