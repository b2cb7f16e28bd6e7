"""Shortened sentences that people have read: whether each reads well alone and says what its article
says.

A file has ranges of the article, no words of it: {"id", "forms": [{"spans", "after", "label", "why"}]}.
The first of each article are such as `extract` takes, the others such as its rules refuse. The judge
learns from the true and the false ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..summarization.extract.compression import ended
from .corpus import rows

OWN = Path(__file__).parent / "forms"
GOOD, TORN, FALSE = "good", "torn", "false"
"""Labels: reads well and is true; does not read well or not without what was left out; says something
else than the article."""


@dataclass(frozen=True, slots=True)
class Form:
    """A shortened sentence behind those that are read before it, "" if none is, and its label."""

    text: str
    before: str
    label: str


def read_forms(folder: Path = OWN) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """The name of the file, the id of the article, and its forms as they are stored."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in rows(path):
            yield path.name, row["id"], row["forms"]


def forms_of(text: str, stored: Sequence[dict[str, Any]]) -> list[Form]:
    """The forms of an article with this text; the first `after` ones are read before a form."""
    words = [ended("".join(text[start:end] for start, end in one["spans"])) for one in stored]
    return [
        Form(form, "".join(words[: one["after"]]), one["label"])
        for form, one in zip(words, stored, strict=True)
    ]
