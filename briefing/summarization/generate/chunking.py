"""A long article cut into parts that a model can read, and put together again from what was said of
each.

Knows paragraphs, sentences and clauses as places to cut, and asks the model's own measure (`fits`)
how much it can read; does not know what a part is about. No character is lost: the paragraphs of
all parts, joined, are those of the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from ...errors import ModelError
from ...messages import Message
from ...text.cut import cut
from ...text.sentences import sentences
from ...types import Article
from .writer import Draft

Fits = Callable[[str], bool]
"""Whether a model can read so much text at once; of two texts, one a beginning of the other, the
shorter fits first."""
_CLAUSE = re.compile(r"[，、；：,;:]")


def chunks(article: Article, fits: Fits) -> list[Article]:
    """The article in as few parts as fit, of about equal length, cut between paragraphs, else
    sentences, else clauses.

    An article that fits is its own only part; so is one of which not even an empty text would fit.
    Every other part fits, unless it is a single character. Everything but the paragraphs is the
    article's own.
    """
    if not fits("") or fits(article.text):
        return [article]
    pieces = [
        (at, piece) for at, text in enumerate(article.paragraphs) for piece in _split_paragraph(text, fits)
    ]
    total = sum(len(text) for _, text in pieces)
    packed = _pack_chunks(pieces, fits, total)
    even = _pack_chunks(pieces, fits, -(-total // len(packed)))
    chosen = even if len(even) <= len(packed) else packed
    return [replace(article, paragraphs=_chunk_paragraphs(part)) for part in chosen]


def reduced(article: Article, fits: Fits, write: Callable[[Article], str]) -> Article:
    """An article that fits: itself, or what `write` says of its parts, one paragraph for each, in
    their order.

    Where that is still too long, it is condensed again. What is said of a part counts only up to
    half the part's length, so that every round halves the text and the rounds end.
    """
    while len(pieces := chunks(article, fits)) > 1:
        summaries = [cut(write(part), len(part.text) // 2) for part in pieces]
        article = replace(article, paragraphs=tuple(text for text in summaries if text.strip()))
    return article


def map_reduce(
    article: Article, length: int, count: int, fits: Fits, write: Callable[[Article, int], list[Draft]]
) -> list[Draft]:
    """What `write(article, count)` proposes of an article however long; raises ModelError where no
    text would fit at all.

    Where the summaries of the parts fit into `length` together and the model writes no gists, they
    are the summary.
    """
    if not fits(""):
        raise ModelError(
            Message(
                f"模型一次能读的太少，写不下 {length} 字的摘要",
                f"the model reads too little at once for a summary of {length} characters",
            ),
            Message(
                "请减少字数（--length），或换一个模型",
                "ask for fewer characters (--length), or choose another model",
            ),
        )
    gists: list[str] = []

    def summarize_chunk(part: Article) -> str:
        first = next(iter(write(part, 1)), Draft("", ""))
        gists.append(first.gist)
        return first.summary or first.gist

    reduced_article = reduced(article, fits, summarize_chunk)
    joined = "".join(reduced_article.paragraphs)
    if reduced_article is not article and len(joined) <= length and not any(gists):
        return [Draft("", joined)] if joined else []
    return write(reduced_article, count)


def _pack_chunks(pieces: Sequence[tuple[int, str]], fits: Fits, share: int) -> list[list[tuple[int, str]]]:
    """The pieces, (paragraph, text), in runs that fit; a run that has reached `share` characters
    takes no more."""
    found: list[list[tuple[int, str]]] = []
    for piece in pieces:
        run = [*found[-1], piece] if found else [piece]
        full = found and sum(len(text) for _, text in found[-1]) >= share
        if found and not full and fits("\n".join(_chunk_paragraphs(run))):
            found[-1] = run
        else:
            found.append([piece])
    return found


def _chunk_paragraphs(run: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The pieces of a run as paragraphs: those of one paragraph in one."""
    joined: dict[int, str] = {}
    for at, text in run:
        joined[at] = joined.get(at, "") + text
    return tuple(joined.values())


def _split_paragraph(paragraph: str, fits: Fits) -> list[str]:
    """The paragraph; or, where it does not fit, its sentences, those that do not fit cut further."""
    if fits(paragraph):
        return [paragraph]
    starts = [start for start, _ in sentences(paragraph)][1:]
    edges = [0, *starts, len(paragraph)]
    found = [paragraph[start:end] for start, end in pairwise(edges)]
    return [piece for sentence in found for piece in _split_sentence(sentence, fits)]


def _split_sentence(sentence: str, fits: Fits) -> list[str]:
    """The sentence in pieces that fit: cut after a comma where there is one in the later half,
    never inside a number."""
    found = []
    while sentence and not fits(sentence):
        low, high = 1, len(sentence)  # the longest beginning that fits is in [low, high)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fits(sentence[:middle]) else (low, middle)
        commas = [mark.end() for mark in _CLAUSE.finditer(sentence, 0, low) if mark.end() > low // 2]
        end = commas[-1] if commas else len(cut(sentence, low)) or low
        found.append(sentence[:end])
        sentence = sentence[end:]
    return [*found, sentence] if sentence else found
