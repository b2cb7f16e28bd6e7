"""The archive as the settings name it, and a briefing as it is kept there."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..config import explicit_settings
from ..errors import UsageError
from ..messages import Language, Message
from ..types import Briefing, Story
from ..types.archived import OF_READER, EditionEntry, Filter
from ..user_folders import data_folder
from .digest import render_documents
from .editions import load

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


def kept(
    archive: Archive,
    briefing: Briefing,
    name: str,
    settings: Settings,
    *,
    instead_of: Edition | None = None,
    searched: bool = True,
) -> Edition:
    """Keeps the briefing as the edition of its day and that name, in place of another if one is given;
    the one that was first.
    """
    from ..render.json import JsonRenderer

    content = JsonRenderer()(briefing, settings.lang).content.decode()
    told = _stories(briefing)
    return archive.add(
        briefing.date, name, briefing.title, content, told, instead_of=instead_of, searched=searched
    )


def briefing_of(edition: Edition) -> Briefing:
    """The briefing of an edition."""
    from ..render.json import load

    return load(edition.content.encode())


def _stories(briefing: Briefing) -> list[StoredStory]:
    from ..render.filters import title_line
    from ..store.archive import StoredStory

    placed = [(section.name, story) for section in briefing.sections for story in section.stories]
    return [
        StoredStory(
            position=position,
            section=section,
            paper=story.article.paper or "",
            page=story.article.page_number or "",
            headline=title_line(story.article),
            gist=story.summary.gist,
            summary=story.summary.text,
            text=story.article.text,
        )
        for position, (section, story) in enumerate(placed)
    ]


def within(
    since: str | None, until: str | None, section: str | None = None, paper: str | None = None
) -> Filter:
    """Days, a section and a paper, of words of the command line; raises UsageError."""
    first, last = (explicit_settings(date=text).date if text else None for text in (since, until))
    return Filter(since=first, until=last, section=section or "", paper=paper or "")


def listed(archive: Archive, days: Filter, name: str | None = None) -> list[EditionEntry]:
    """The editions of those days, of a name if one is given, the newest first; not their content."""
    from ..store.archive_lists import editions

    with archive.database.reading() as connection:
        found = editions(connection, days, of_readers=True)
    return [one for one in found if name in (None, one.name)]


def earlier_editions(archive: Archive, day: datetime.date, name: str, days: int) -> list[Briefing]:
    """The editions of that name of so many days before the day, the newest first."""
    if not days:
        return []
    first, last = (day - datetime.timedelta(days=back) for back in (days, 1))
    entries = listed(archive, Filter(since=first, until=last), name)
    found = (archive.find(entry.day, entry.name) for entry in entries)
    return [briefing_of(edition) for edition in found if edition]


def edition_of(archive: Archive, when: str | None, name: str | None) -> Edition:
    """The newest edition, or that of a day; raises UsageError if there is none."""
    entries = [one for one in listed(archive, within(when, when), name) if name or OF_READER not in one.name]
    for entry in entries[:1]:
        if found := archive.find(entry.day, entry.name):
            return found
    what = " ".join(filter(None, (when, name)))
    raise UsageError(
        Message(
            f"存档里没有这一期：{what}" if what else "存档里还没有简报",
            f"no such edition: {what}".rstrip(": "),
        ),
        Message("briefing archive list 列出各期", "briefing archive list shows what there is"),
    )


def story_of(edition: Edition, number: int) -> Story:
    """The story of that number, counted from 1; raises UsageError."""
    stories = briefing_of(edition).stories
    if number <= len(stories):
        return stories[number - 1]
    raise UsageError(
        Message(f"这一期没有第 {number} 条", f"the edition has no story {number}"),
        Message(f"它有 {len(stories)} 条", f"it has {len(stories)}"),
    )


def as_dict(edition: Edition) -> dict[str, Any]:
    """The briefing's JSON."""
    content: dict[str, Any] = json.loads(edition.content)
    return content


def story_as_dict(edition: Edition, number: int) -> dict[str, Any]:
    """A story's JSON; the number is known to be right."""
    stories = [story for section in as_dict(edition)["sections"] for story in section["stories"]]
    found: dict[str, Any] = stories[number - 1]
    return found


def as_text(edition: Edition, settings: Settings) -> str:
    """The whole edition as plain text."""
    chosen = settings.model_copy(update={"format": ("txt",), "pages": "auto"})
    return render_documents(briefing_of(edition), chosen)[0].content.decode()


def story_as_text(story: Story, language: Language) -> str:
    """A story: its titles, each sentence with the words of the article that it rests on, the article."""
    article = story.article
    lines = [article.titles, story.summary.gist, ""]
    for sentence in story.summary.sentences:
        lines.append(sentence.text)
        lines += [f"    > {article.text[start:end].strip()}" for start, end in sentence.evidence]
    source = " ".join(filter(None, (article.paper, article.page_number, article.source)))
    lines += ["", Message("来源：", "Source: ")(language) + source, "", article.text]
    return "\n".join(lines)


def add_file(archive: Archive, file: Path, name: str, settings: Settings) -> tuple[Edition, bool]:
    """Keeps a finished briefing under that name; the edition, and whether it was new.

    Raises NothingReadable for a file that is none.
    """
    briefing = load(file)
    new = archive.find(briefing.date, name) is None
    return kept(archive, briefing, name, settings), new


def lock_folder(settings: Settings) -> Path:
    """The folder whose lock a run of this archive holds."""
    import hashlib

    place = archive_place(settings)
    if "://" not in place:
        return Path(f"{place}.run")
    return data_folder() / f"run-{hashlib.sha256(place.encode()).hexdigest()[:16]}"


def reports(archive: Archive, edition: Edition) -> list[dict[str, Any]]:
    """The reports of the runs about an edition, the newest first."""
    return [json.loads(run.report) for run in archive.runs(edition.day) if run.name == edition.name]
