"""What the judge learns from: articles, each with sentences about it that are true or false.

Four sources: true and false sentences written by hand (falsehoods-train.jsonl, and ours in
falsehoods/), shortened sentences that people have read (forms/), summaries written by hand, and these
summaries corrupted by rule (corruptions.py).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..text.sentences import sentences
from .corpus import GOV, NEWS, WEB, Reference, for_selection, rows, without_column
from .corruptions import KINDS, corrupted
from .forms import FALSE, TORN, Form, forms_of, read_forms

OWN = Path(__file__).parent / "falsehoods"
ASIDE = "aside.jsonl"
"""Those of ours that nothing is trained on."""
SHORTEST = 12
"""Characters of a sentence that is learned from."""
FALSE_EACH = 2
"""Corrupted sentences made of each true one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about an article; `kind` says what is wrong with a false one, "" for a true one."""

    text: str
    kind: str = ""

    @property
    def false(self) -> bool:
        """Whether the article does not support it."""
        return bool(self.kind)


@dataclass(frozen=True, slots=True)
class Judged:
    """An article, what people wrote about it or read, true and false, and what rules made of summaries."""

    id: str
    title: str
    text: str
    written: Sequence[Statement]
    made: Sequence[Statement] = ()


def judged(data: Path, aside: int) -> tuple[list[Judged], list[Judged]]:
    """What to learn from, articles without hand-written falsehoods first; and `aside` articles with
    them, held out: the first of falsehoods-train by the hash of their id, and ours that are ASIDE.

    References held out from the selector are in neither.
    """
    learned, kept_back = for_selection(data, aside)
    written = {row["id"]: _written(row) for row in rows(data / "falsehoods-train.jsonl")}
    held = set(sorted(written, key=lambda name: hashlib.sha1(name.encode()).hexdigest())[:aside])
    for path in sorted(OWN.glob("*.jsonl")):
        ours = {row["id"]: _written(row) for row in rows(path)}
        written |= ours
        held |= set(ours) if path.name == ASIDE else set()
    cut: dict[str, list[dict[str, Any]]] = {}
    for file, name, stored in read_forms():
        cut[name] = stored
        held |= {name} if file == ASIDE else set()
    references = {one.id: one for one in learned}
    made = {name: made_statements(one) for name, one in references.items() if name not in held}
    never = {one.id for one in kept_back} - held
    found: list[Judged] = []
    for name, title, text in _articles(data):
        if name in never or not (name in written or name in made or name in cut):
            continue
        forms = forms_of(text, cut.get(name, ()))
        said = [*written.get(name, ()), *map(_stated, (form for form in forms if form.label != TORN))]
        found.append(Judged(name, title, text, said, made.get(name, ())))
    learning = sorted((one for one in found if one.id not in held), key=lambda one: bool(one.written))
    return learning, [one for one in found if one.id in held]


def made_statements(reference: Reference) -> list[Statement]:
    """The sentences of a reference, and what the rules corrupt them to; the same each time."""
    rng, text = random.Random(reference.id), f"{reference.title}\n{reference.text}"
    claims = [reference.summary[start:end].strip() for start, end in sentences(reference.summary)]
    found: list[Statement] = []
    for claim in dict.fromkeys((*claims, reference.brief, reference.gist)):
        if len(claim) >= SHORTEST:
            found += [Statement(claim), *corruptions_of(claim, text, rng, FALSE_EACH)]
    return found


def corruptions_of(claim: str, text: str, rng: random.Random, most: int) -> Iterator[Statement]:
    """At most so many false statements out of a true one, of different kinds."""
    kinds, count = rng.sample(sorted(KINDS), len(KINDS)), 0
    for kind in kinds:
        if made := corrupted(claim, text, rng, kind):
            yield Statement(*made)
            count += 1
        if count == most:
            return


def _stated(form: Form) -> Statement:
    return Statement(form.text, "shortened" if form.label == FALSE else "")


def _written(row: dict[str, Any]) -> list[Statement]:
    true = [row["true"]] if isinstance(row["true"], str) else row["true"]
    return [*map(Statement, true), *(Statement(one["text"], one["kind"]) for one in row["false"])]


def _articles(data: Path) -> Iterator[tuple[str, str, str]]:
    """Identifier, headline and text of all articles, each once."""
    seen: set[str] = set()
    names: Iterable[str] = (*NEWS, *WEB, *GOV, "references-train.jsonl")
    for name in names:
        for row in rows(data / name):
            if row["id"] not in seen:
                seen.add(row["id"])
                paragraphs = (line for line in row["text"].strip().split("\n") if line.strip())
                yield row["id"], without_column(row["title"]), "\n".join(paragraphs)
