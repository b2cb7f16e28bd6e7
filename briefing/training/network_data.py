"""What the upper layers learn from, as token ids: articles, each with branches that follow it.

A branch is something to write about the article (gist, brief, summary of a given length, headline)
or a sentence to judge. Packed into one file of plain arrays, so that the training itself needs
neither the texts nor the tokenizer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..summarization.network.judge import asked
from ..summarization.network.tokens import prompt
from ..summarization.network.writing import END, request
from ..text.sentences import sentences
from . import corpus
from .corpus import Reference, for_selection, without_column
from .judge_data import SHORTEST, Judged, Statement, corruptions_of, judged, made_statements
from .token_labels import LONGEST, tokens

GENERAL, LEARNED, HELD = 0, 1, 2
"""Sets: articles without a summary by hand, those with one, and what is held out."""
ARTICLE, WRITE, CHECK = 0, 1, 2
"""Kinds of a part."""
KNOWN = 254.0
"""A share of 1 in the packed labels; 255 is unknown."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of token ids; of what is written the first `given` are the request.

    `kind` says of a sentence to judge what is wrong with it, "" for a true one.
    """

    role: int
    ids: list[int]
    given: int = 0
    kind: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An article and its branches; `keep` are the selector's labels, (tokens, 3), or None."""

    part_of: int
    article: list[int]
    branches: list[Part]
    keep: np.ndarray | None = None


class Maker:
    """Makes rows out of articles."""

    def __init__(self, tokenizer: Any) -> None:
        """With the cut vocabulary's tokenizer."""
        self.tokenizer = tokenizer
        self.end: int = tokenizer.piece_to_id(END)

    def written(self, kind: str, text: str) -> Part:
        """A text to be written."""
        ask: list[int] = self.tokenizer.encode(request(kind, len(text)))
        return Part(WRITE, [*ask, *self.tokenizer.encode(text), self.end], len(ask))

    def checked(self, statement: Statement, by_hand: bool) -> Part:
        """A sentence to be judged."""
        return Part(CHECK, self.tokenizer.encode(asked(statement.text)), 0, statement.kind, by_hand)

    def article(self, title: str, text: str) -> list[int]:
        """The ids of an article, cut to what is read."""
        return list(self.tokenizer.encode(prompt(title)) + self.tokenizer.encode(text))[:LONGEST]

    def judged(self, one: Judged, reference: Reference | None, part_of: int) -> Row:
        """An article with what people wrote about it."""
        branches: list[Part] = []
        keep = None
        article = self.article(one.title, one.text)
        if reference:
            texts = {"gist": reference.gist, "brief": reference.brief, "summary": reference.summary}
            branches += [self.written(kind, text) for kind, text in texts.items() if text]
            labelled = tokens(reference, self.tokenizer, range(self.tokenizer.vocab_size()))
            keep = labelled.labels[: len(article)]
            article = labelled.ids.tolist()
        branches += [self.checked(statement, True) for statement in one.written]
        branches += [self.checked(statement, False) for statement in one.made]
        return Row(part_of, article, branches, keep)

    def general(self, row: dict[str, Any], rng: random.Random) -> Row:
        """An article with its headline to write, and its own sentences, some corrupted."""
        title, text = without_column(row["title"]), row["text"].strip()
        claims = [text[start:end].strip() for start, end in sentences(text)]
        claims = [claim for claim in claims if SHORTEST <= len(claim) <= 80]
        statements = [Statement(title)] if SHORTEST <= len(title) <= 40 else []
        statements += [Statement(claim) for claim in rng.sample(claims, min(2, len(claims)))]
        false = [made for one in statements for made in corruptions_of(one.text, text, rng, 1)]
        branches = [self.checked(statement, False) for statement in [*statements, *false]]
        return Row(GENERAL, self.article("", text), [self.written("headline", title), *branches])


def rows(data: Path, tokenizer: Any, aside: int, general: int) -> Iterator[Row]:
    """All rows: held ones, those with texts by hand, and about `general` articles more."""
    maker = Maker(tokenizer)
    learned, held = for_selection(data, aside)
    references = {one.id: one for one in (*learned, *held)}
    learning, measured = judged(data, aside)
    for one in measured:
        yield maker.judged(one, None, HELD)
    for reference in held:
        yield maker.judged(Judged(reference.id, reference.title, reference.text, ()), reference, HELD)
    for one in learning:
        yield maker.judged(one, references.get(one.id), LEARNED)
    known = set(references) | {one.id for one in (*learning, *measured)}
    yield from map_general(data, maker, known, general)


def judged_rows(data: Path, tokenizer: Any, aside: int) -> Iterator[Row]:
    """The rows that the judge's adapter learns from and is measured on: articles with sentences to judge
    only; of the references held out their own sentences, and what rules make of them.
    """
    maker = Maker(tokenizer)
    learning, measured = judged(data, aside)
    for one in learning:
        yield maker.judged(one, None, LEARNED)
    for one in measured:
        yield maker.judged(one, None, HELD)
    for kept in for_selection(data, aside)[1]:
        yield maker.judged(Judged(kept.id, kept.title, kept.text, (), made_statements(kept)), None, HELD)


def map_general(data: Path, maker: Maker, known: set[str], count: int) -> Iterator[Row]:
    """Articles without texts by hand, drawn from all sources."""
    rng = random.Random(count)
    shares = {"articles-web.jsonl.xz": 0.6, "news-train.jsonl.gz": 0.2, "articles-gov.jsonl.xz": 0.2}
    for name, share in shares.items():
        found = [row for row in corpus.rows(data / name) if row["id"] not in known and _fit(row)]
        for row in rng.sample(found, min(len(found), int(count * share))):
            yield maker.general(row, rng)


def _fit(row: dict[str, Any]) -> bool:
    """Whether an article is of middling length and its headline is none of its lines."""
    title, text = without_column(row["title"]), row["text"]
    return 200 <= len(text) <= 1000 and 8 <= len(title) <= 40 and title[:12] not in text


def pack(made: Iterable[Row], path: Path) -> dict[str, int]:
    """Writes the rows as arrays; how many rows of each set and how many tokens."""
    ids: list[int] = []
    parts: list[tuple[int, ...]] = []
    keep: list[np.ndarray] = []
    kinds = [""]
    counts = {"rows": 0, "tokens": 0}
    for number, row in enumerate(made):
        labels = np.full((len(row.article), 3), 255, np.uint8)
        if row.keep is not None:
            labels[:] = np.where(row.keep >= 0, np.round(row.keep * KNOWN), 255)
        keep.append(labels)
        for part in (Part(ARTICLE, row.article), *row.branches):
            if part.kind not in kinds:
                kinds.append(part.kind)
            about = (number, row.part_of, part.role, len(part.ids), part.given)
            parts.append((*about, kinds.index(part.kind), int(part.by_hand)))
            ids += part.ids
        counts["rows"] += 1
    counts["tokens"] = len(ids)
    np.savez_compressed(
        path,
        ids=np.array(ids, np.uint16),
        parts=np.array(parts, np.int32),
        keep=np.concatenate(keep),
        kinds=np.array(kinds),
    )
    return counts


def unpacked(path: Path, keep: Callable[[int], bool] = lambda part_of: True) -> tuple[list[Row], list[str]]:
    """The rows of a file whose set is wanted, and the names of the kinds."""
    with np.load(path) as file:
        ids, parts, labels = file["ids"].astype(np.int64), file["parts"], file["keep"]
        kinds: list[str] = file["kinds"].tolist()
    found: list[Row] = []
    at = label_at = 0
    for _, part_of, role, length, given, kind, by_hand in parts.tolist():
        run = ids[at : at + length].tolist()
        at += length
        if role == ARTICLE:
            shares = labels[label_at : label_at + length]
            label_at += length
            known = shares.astype(np.float32) / KNOWN
            known[shares == 255] = -1
            found.append(Row(part_of, run, [], known if (shares != 255).any() else None))
        else:
            found[-1].branches.append(Part(role, run, given, kinds[kind], bool(by_hand)))
    return [row for row in found if keep(row.part_of)], kinds


def sampled(row: Row, rng: random.Random, most: int) -> Sequence[Part]:
    """A row's branches for one pass: all by hand, and of the others at most `most`."""
    made = [part for part in row.branches if part.role == CHECK and not part.by_hand]
    return [
        *(part for part in row.branches if part.role == WRITE or part.by_hand),
        *rng.sample(made, min(most, len(made))),
    ]
