"""Chunking and map-reduce: a long article is split to fit the model's context, and the chunks'
summaries summarized again.

Splits between paragraphs, sentences and clauses; the caller's `fits` knows the context. Does not
know what a chunk is about. No character is lost: the chunks' paragraphs, joined, are the article's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from ...errors import ModelError
from ...messages import Message
from ...text.cut import cut
from ...text.lazy_pattern import lazy_pattern
from ...text.sentences import sentences
from ...types import Article
from .writer import Draft

Fits = Callable[[str], bool]
"""Whether a text fits the model's context. Monotonic: every prefix of a text that fits, fits."""
_CLAUSE = lazy_pattern(r"[，、；：,;:]")


def chunks(article: Article, fits: Fits) -> list[Article]:
    """The article in as few chunks as possible, of about equal length, split between paragraphs,
    else sentences, else clauses.

    An article that fits is its only chunk, as it is if not even an empty text fits. Otherwise every
    chunk fits, unless it is a single character. Only the paragraphs differ from the article's.
    """
    if not fits("") or fits(article.text):
        return [article]
    pieces = [
        (number, piece)
        for number, text in enumerate(article.paragraphs)
        for piece in _split_paragraph(text, fits)
    ]
    total = sum(len(text) for _, text in pieces)
    packed = _pack_chunks(pieces, fits, total)
    even = _pack_chunks(pieces, fits, -(-total // len(packed)))
    chosen = even if len(even) <= len(packed) else packed
    return [replace(article, paragraphs=_chunk_paragraphs(part)) for part in chosen]


def reduced(article: Article, fits: Fits, write: Callable[[Article], str]) -> Article:
    """An article that fits: itself, or the summaries of its chunks by `write`, a paragraph for
    each.

    Repeated while that is too long. A summary is cut at half its chunk's length, so that each round
    halves the text and the rounds end.
    """
    while len(pieces := chunks(article, fits)) > 1:
        summaries = [cut(write(part), len(part.text) // 2) for part in pieces]
        article = replace(article, paragraphs=tuple(text for text in summaries if text.strip()))
    return article


def map_reduce(
    article: Article, length: int, count: int, fits: Fits, write: Callable[[Article, int], list[Draft]]
) -> list[Draft]:
    """The drafts of `write(article, count)` for an article of any length; raises ModelError if no
    text fits at all.

    If the chunks' summaries together fit into `length` and the model writes no gists, they are the
    summary.
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
    """The pieces, (paragraph number, text), in runs that fit; a run of `share` characters is
    closed.
    """
    runs: list[list[tuple[int, str]]] = []
    for piece in pieces:
        run = [*runs[-1], piece] if runs else [piece]
        full = runs and sum(len(text) for _, text in runs[-1]) >= share
        if runs and not full and fits("\n".join(_chunk_paragraphs(run))):
            runs[-1] = run
        else:
            runs.append([piece])
    return runs


def _chunk_paragraphs(run: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The paragraphs of a run; pieces of the same paragraph are joined."""
    joined: dict[int, str] = {}
    for number, text in run:
        joined[number] = joined.get(number, "") + text
    return tuple(joined.values())


def _split_paragraph(paragraph: str, fits: Fits) -> list[str]:
    """The paragraph; if it does not fit, its sentences; if one of these does not fit, its
    pieces.
    """
    if fits(paragraph):
        return [paragraph]
    starts = [start for start, _ in sentences(paragraph)][1:]
    edges = [0, *starts, len(paragraph)]
    texts = [paragraph[start:end] for start, end in pairwise(edges)]
    return [piece for sentence in texts for piece in _split_sentence(sentence, fits)]


def _split_sentence(sentence: str, fits: Fits) -> list[str]:
    """The sentence in pieces that fit: split after a comma in the second half if there is one,
    never inside a number.
    """
    pieces = []
    while sentence and not fits(sentence):
        low, high = 1, len(sentence)  # the longest prefix that fits is in [low, high)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fits(sentence[:middle]) else (low, middle)
        commas = [mark.end() for mark in _CLAUSE.finditer(sentence, 0, low) if mark.end() > low // 2]
        end = commas[-1] if commas else len(cut(sentence, low)) or low
        pieces.append(sentence[:end])
        sentence = sentence[end:]
    return [*pieces, sentence] if sentence else pieces
