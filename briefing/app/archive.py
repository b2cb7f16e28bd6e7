"""The archive as the settings name it, and a briefing as it is kept there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..types import Briefing
from ..user_folders import data_folder

if TYPE_CHECKING:
    from ..config import Settings
    from ..store.archive import Archive, Edition, StoredStory

FILE = "archive.sqlite3"


def archive_place(settings: Settings) -> str:
    """The archive's file or address: the settings', else the user's own."""
    return settings.archive.database or str(data_folder() / FILE)


def open_archive(settings: Settings) -> Archive:
    """The archive, made if need be; raises StoreError."""
    from ..store.archive import Archive

    return Archive(archive_place(settings))


def kept(archive: Archive, briefing: Briefing, name: str, settings: Settings) -> Edition:
    """Keeps the briefing as the edition of its day and that name; the one that was first."""
    from ..render.json import JsonRenderer

    content = JsonRenderer()(briefing, settings.lang).content.decode()
    return archive.add(briefing.date, name, briefing.title, content, _stories(briefing))


def briefing_of(edition: Edition) -> Briefing:
    """The briefing of an edition."""
    from ..render.json import load

    return load(edition.content.encode())


def _stories(briefing: Briefing) -> list[StoredStory]:
    from ..store.archive import StoredStory

    placed = [(section.name, story) for section in briefing.sections for story in section.stories]
    return [
        StoredStory(
            position=position,
            section=section,
            paper=story.article.paper or "",
            page=story.article.page_number or "",
            headline=story.article.headline or "",
            gist=story.summary.gist,
            summary=story.summary.text,
            text=story.article.text,
        )
        for position, (section, story) in enumerate(placed)
    ]


def lock_folder(settings: Settings) -> Path:
    """The folder whose lock a run of this archive holds."""
    import hashlib

    place = archive_place(settings)
    if "://" not in place:
        return Path(f"{place}.run")
    return data_folder() / f"run-{hashlib.sha256(place.encode()).hexdigest()[:16]}"
