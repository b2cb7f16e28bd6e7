"""Training examples as packed token ids.

An example is prompt, answer and end token; the loss is on the answer. Two sets: `news` (a text's
headline, and its salient sentences as the summary) and `references` (gist and summary by hand).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from ..summarization.extract.truncation import truncate
from ..summarization.generate import prompt
from ..types import Article
from . import corpus

BOS, EOS = 2, 1
LENGTHS = (60, 90, 120, 120, 160)
"""Limits in characters of the salient sentences, drawn at random, to teach the meaning of the
requested length.
"""
SUMMARIZED = 60
"""Answers of more tokens contain a summary, not just a headline."""
UNTITLED = 0.1
"""The share of references presented without their headline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Concatenated examples: `ids` uint16 of shape [tokens]; `starts` and `answers` (offsets) int32
    of shape [examples].
    """

    ids: np.ndarray[Any, np.dtype[np.uint16]]
    starts: np.ndarray[Any, np.dtype[np.int32]]
    answers: np.ndarray[Any, np.dtype[np.int32]]

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.starts)

    def example(self, i: int) -> tuple[np.ndarray[Any, np.dtype[np.uint16]], int]:
        """The ids of example `i`, and the offset of its answer in them."""
        end = self.starts[i + 1] if i + 1 < len(self) else len(self.ids)
        return self.ids[self.starts[i] : end], int(self.answers[i] - self.starts[i])

    def save(self, path: Path) -> None:
        """Writes atomically: to a temporary file, then renamed."""
        temporary = path.with_suffix(".part.npz")
        np.savez_compressed(temporary, ids=self.ids, starts=self.starts, answers=self.answers)
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path) -> Packed:
        """Reads what `save` wrote."""
        with np.load(path) as arrays:
            return cls(ids=arrays["ids"], starts=arrays["starts"], answers=arrays["answers"])


def pack(pairs: Iterable[tuple[str, str]], tokenizer: Any, longest: int) -> Packed:
    """Prompts and answers as ids; examples of more than `longest` tokens are dropped."""
    ids: list[int] = []
    starts: list[int] = []
    answers: list[int] = []
    for question, answer in pairs:
        before = [BOS, *tokenizer.encode(question)]
        after = [*tokenizer.encode(answer), EOS]
        if len(before) + len(after) > longest:
            continue
        starts.append(len(ids))
        answers.append(len(ids) + len(before))
        ids += before + after
    return Packed(
        ids=np.array(ids, np.uint16), starts=np.array(starts, np.int32), answers=np.array(answers, np.int32)
    )


def mixed(hand: Packed, news: Packed, *, seed: int, times: int = 2, count: int = 700) -> Packed:
    """The references, repeated `times`, and `count` news examples with a summary, against
    overfitting.
    """
    long = [
        example
        for example in map(news.example, range(len(news)))
        if len(example[0]) - example[1] > SUMMARIZED
    ]
    random.Random(seed).shuffle(long)
    every = [hand.example(i) for i in range(len(hand))] * times + long[:count]
    sizes = np.cumsum([0, *(len(ids) for ids, _ in every)])
    return Packed(
        ids=np.concatenate([ids for ids, _ in every]),
        starts=sizes[:-1].astype(np.int32),
        answers=np.array(
            [start + answer for start, (_, answer) in zip(sizes, every, strict=False)], np.int32
        ),
    )


def news(
    data: Path, *, count: int, seed: int, limit: int = 420, briefs: int = 8, web: int = 4
) -> Iterator[tuple[str, str]]:
    """`count` pairs of the news, one in `briefs` a brief item, one in `web` from the web; texts are
    shortened to `limit` characters."""
    rng = random.Random(seed)
    pools = [list(corpus.items(data, names)) for names in (corpus.NEWS, corpus.BRIEFS, corpus.WEB)]
    for pool in pools:
        rng.shuffle(pool)
    streams = [filter(corpus.usable, pool) for pool in pools]

    def mixed() -> Iterator[tuple[str, str]]:
        while True:
            draw = rng.random()
            which = 1 if draw < 1 / briefs else 2 if draw < 1 / briefs + 1 / web else 0
            item = next(streams[which], None) or next(streams[0], None) or next(streams[2], None)
            if item is None:
                return
            yield _news_pair(item, limit, rng)

    yield from islice(mixed(), count)


def _news_pair(item: corpus.Item, limit: int, rng: random.Random) -> tuple[str, str]:
    text = corpus.shortened(item.text, limit)
    wanted = rng.choice(LENGTHS)
    summary = corpus.salient(item.title, text, wanted) if len(text) > 1.5 * wanted else ""
    return (
        prompt.question("", text, prompt.limit_of(len(summary) or wanted), ask=prompt.HEADLINE),
        prompt.answer(item.title, summary),
    )


def references(
    items: Iterable[corpus.Reference], tokenizer: Any, *, seed: int, context: int
) -> Iterator[tuple[str, str]]:
    """Each reference as one pair, a few without headline; texts are truncated as in inference."""
    rng = random.Random(seed)
    for reference in items:
        title = "" if rng.random() < UNTITLED else reference.title
        limit = prompt.limit_of(len(reference.summary))
        article = Article(id=reference.id, headline=title, paragraphs=tuple(reference.text.split("\n")))
        short = truncate(article, lambda text: _tokens(tokenizer, title, text, limit) <= context)  # noqa: B023  # called at once
        yield prompt.question(title, short.text, limit), prompt.answer(reference.gist, reference.summary)


def _tokens(tokenizer: Any, title: str, text: str, limit: int) -> int:
    return len(tokenizer.encode(prompt.question(title, text, limit)))
