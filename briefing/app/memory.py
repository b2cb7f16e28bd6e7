"""The memory of summaries: where it is, and what makes two summaries the same.

A summary is remembered by its article, its length, its model with all the files it is loaded from,
and the program's own code for summarizing: whatever changes one of them asks for a new summary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.remembered import remembered
from ..protocols import Stage
from ..registry import Model
from ..types import Article, Origin, Story
from ..user_folders import cache_folder

if TYPE_CHECKING:
    from ..config import Settings
    from ..store.summaries import SummaryStore

FILE = "summaries.sqlite3"
PACKAGE = Path(__file__).parents[1]
CODE = ("summarization", "text", "edit/script.py", "registry.py")
"""The parts of the program on which a summary depends."""


@contextmanager
def with_memory(
    plain: Stage[Article, Story], model: Model, settings: Settings
) -> Iterator[tuple[Stage[Article, Story], SummaryStore | None]]:
    """The summarizing stage and its memory; the plain one and None if the settings want none."""
    of_model = fingerprint(model) if settings.remember else None
    if of_model is None:
        yield plain, None
        return
    from ..store.summaries import SummaryStore

    def key_of(article: Article) -> str:
        return _digest(of_model, settings.length, _content(article))

    def keep(story: Story) -> bool:
        """An endpoint's fallback may be another story tomorrow."""
        return model.kind != "endpoint" or story.summary.origin is not Origin.EXTRACTED

    store = SummaryStore(memory_place(settings))
    try:
        yield remembered(plain, store, key_of, keep), store
    finally:
        store.close()


def memory_place(settings: Settings) -> str | Path:
    """The archive's database where that has an address, so that its machines share what they know; else a
    file in the user's cache.
    """
    database = settings.archive.database or ""
    return database if "://" in database else cache_folder() / FILE


def _content(article: Article) -> tuple[object, ...]:
    """All that a summarizer may look at; not where the article was found."""
    return (
        article.kicker,
        article.headline,
        article.deck,
        article.byline,
        article.dateline,
        article.agency,
        article.section,
        article.date,
        article.paragraphs,
    )


def fingerprint(model: Model) -> str | None:
    """What tells this model from every other; None for one whose version cannot be told."""
    if model.kind == "method":
        version: object = ""
    elif model.kind in ("bundle", "ctranslate") or (
        model.kind == "transformers" and _is_folder(model.address)
    ):
        version = _stamps(Path(model.address))
    elif model.kind == "endpoint":
        version = model.address
    else:
        version = _plugin_version(model.name)
    return None if version is None else _digest(model.kind, model.name, version, _code())


def _is_folder(address: str) -> bool:
    return Path(address).is_dir()


def _plugin_version(name: str) -> str | None:
    """The version of the package that brings the method; None for a model of the hub."""
    for point in entry_points(group="briefing.summarizers"):
        if point.name == name and point.dist is not None:
            return f"{point.dist.name} {point.dist.version}"
    return None


def _code() -> str:
    return _digest(*(_stamps(PACKAGE / part) for part in CODE))


def _stamps(place: Path) -> str:
    """Name, size and time of each file."""
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    states = ((one, one.stat()) for one in files if one.is_file() and one.suffix != ".pyc")
    return _digest(*((str(one.relative_to(place)), s.st_size, s.st_mtime_ns) for one, s in states))


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()
