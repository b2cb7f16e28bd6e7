"""The corpus of the gates: pages with their gold, references, and pairs of a true and a false sentence.

`Gold` is what a careful editor would cut out of a page. An article without a headline (the rest of a story from another
page, a boxed notice) has the headline "".
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGES = sorted(path for path in (HERE / "pages").iterdir() if path.suffix in (".md", ".txt"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One article as an editor would cut it out; subheads are paragraphs."""

    kicker: str | None
    headline: str
    deck: str | None
    byline: str | None
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        """All that stands under the headline."""
        return "".join(self.paragraphs)

    @property
    def row(self) -> dict[str, str | None]:
        """Its labels by name."""
        return {name: getattr(self, name) for name in ("kicker", "headline", "deck", "byline")}

    @property
    def stated(self) -> str:
        """Everything that the article says, headlines included: what a summary may rest on."""
        return "\n".join(filter(None, (self.kicker, self.headline, self.deck, *self.paragraphs)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a person wrote about an article: one line, and at most 120 characters."""

    page: str
    headline: str
    gist: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence that the article supports, and one that differs from it by one untruth of the given kind."""

    page: str
    headline: str
    kind: str
    true: str
    false: str


@cache
def gold(page: str, folder: Path = HERE / "pages") -> tuple[Gold, ...]:
    """The articles of a page, named without its suffix; older gold has a `body` for the paragraphs."""
    rows = json.loads((folder / f"{page}.gold.json").read_text(encoding="utf-8"))
    return tuple(
        Gold(
            kicker=row["kicker"],
            headline=row["headline"],
            deck=row["deck"],
            byline=row["byline"],
            paragraphs=tuple(row.get("paragraphs") or [row["body"]]),
        )
        for row in rows
    )


@cache
def references() -> tuple[Reference, ...]:
    """All references."""
    return tuple(Reference(**row) for row in _rows("references.json"))


@cache
def pairs() -> tuple[Pair, ...]:
    """All pairs."""
    return tuple(Pair(**row) for row in _rows("pairs.json"))


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return rows


def article(found: Reference | Pair) -> Gold:
    """The article that a reference or a pair is about."""
    return next(one for one in gold(found.page) if one.headline == found.headline)


def segmented(sources: Sequence[Path]) -> list[dict[str, Any]]:
    """What `briefing segment --json` says of each page, in one run of the program."""
    command = [sys.executable, "-m", "briefing", "segment", "--json", "--offline", *map(str, sources)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]
