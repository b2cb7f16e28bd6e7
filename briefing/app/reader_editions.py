"""The editions of readers: the common one, ranked, sectioned and told as each of them wishes.

Nothing is read or cut into articles again. Summaries are the common ones, unless the reader wants another
length; those are remembered like all others.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import pipeline
from ..deliver.hours import kept, opening
from ..edit.overview import overview
from ..edit.rank import ranked
from ..edit.script import in_script
from ..edit.section import sectioned
from ..errors import NothingReadable, UsageError
from ..messages import Message
from ..types import Briefing, Form, Problem, Story
from ..types.archived import OF_READER
from .edit_options import edit_options
from .mail_prepare import recipients
from .summaries import remembering_stage

if TYPE_CHECKING:
    from ..config import Settings
    from ..config.readers import ReaderSettings

OWN = ("title", "watch", "boost", "mute", "length", "script", "template", "pages")
"""What a reader may want otherwise, by the names of the settings."""
FOLDER = "readers"
LONGEST_NAME = 32
"""Characters of an edition's name in the archive."""


def check(settings: Settings) -> None:
    """Raises UsageError for readers that could only fail every morning."""
    names = [one.name for one in settings.reader]
    known = {one.name for one in settings.channels}
    for one in settings.reader:
        where = f"[[reader]] {one.name}"
        if names.count(one.name) > 1:
            raise UsageError(
                Message(f"有两个 [[reader]] 都叫 {one.name}", f"two of the [[reader]] are called {one.name}"),
                Message("请换一个名称", "give one of them another name"),
            )
        if len(edition_name(settings, one)) > LONGEST_NAME:
            raise UsageError(
                Message(f"{where}：名称太长", f"{where}: the name is too long"),
                Message("期名和读者名合起来不超过 31 个字符", "with the edition's, 31 characters at most"),
            )
        if unknown := next((name for name in one.channels if name not in known), None):
            raise UsageError(
                Message(f"{where}：没有叫 {unknown} 的群", f"{where}: there is no channel called {unknown}"),
                Message("channels 写 [[channels]] 里的名称", "channels takes names of [[channels]]"),
            )
        if one.to or one.recipients:
            recipients(of_reader(settings, one))


def edition_name(settings: Settings, reader: ReaderSettings) -> str:
    """Under which the archive keeps the reader's edition: daily.zhang."""
    return f"{settings.job.edition}{OF_READER}{reader.name}"


def of_reader(settings: Settings, reader: ReaderSettings) -> Settings:
    """The settings of a reader's edition: the common ones, where the reader has none of their own."""
    own = {name: value for name in OWN if (value := getattr(reader, name)) is not None}
    own["sections"] = reader.sections or settings.sections
    names = set(reader.channels)
    return settings.model_copy(
        update=own
        | {
            "out": settings.out / FOLDER / reader.name,
            "format": tuple(one for one in settings.format if one != "feed"),  # which is of all days
            "mail": settings.mail.model_copy(update={"to": reader.to, "recipients": reader.recipients}),
            "channels": tuple(one for one in settings.channels if one.name in names),
            "job": settings.job.model_copy(update={"edition": edition_name(settings, reader)}),
            "reader": (),
        }
    )


def of_everyone(settings: Settings) -> Settings:
    """The settings of the common edition: without the channels that a reader has."""
    taken = {name for one in settings.reader for name in one.channels}
    return settings.model_copy(
        update={"channels": tuple(one for one in settings.channels if one.name not in taken)}
    )


def addresses(settings: Settings) -> frozenset[str]:
    """The readers' addresses, casefolded: the common edition is not for them."""
    named = [one for one in settings.reader if one.to or one.recipients]
    return frozenset(to.address.casefold() for one in named for to in recipients(of_reader(settings, one)))


def made_of(common: Briefing, settings: Settings, reader: ReaderSettings) -> Briefing:
    """The reader's edition; `settings` are the reader's own, the common ones are those it was made by.

    Raises NothingReadable if none of the sections that the reader wants has a story.
    """
    edit = edit_options(settings)
    stories = [replace(story, form=Form.FULL) for story in common.stories]
    if reader.length is not None:
        stories = _told_anew(stories, settings)
    sections = sectioned(ranked(stories, edit.wishes), edit.sections)
    if reader.only:
        sections = tuple(one for one in sections if one.name in reader.only)
    if not any(section.stories for section in sections):
        raise NothingReadable(
            Message(f"{reader.name} 要的栏目今天没有新闻", f"no news of the sections of {reader.name}"),
            Message("请检查 [[reader]] 的 only", "check only under [[reader]]"),
        )
    briefing = replace(
        common,
        title=settings.title or common.title,
        sections=sections,
        overview=overview([story for section in sections for story in section.stories]),
    )
    return in_script(briefing, edit.script)


def _told_anew(stories: list[Story], settings: Settings) -> list[Story]:
    """The stories with summaries of the reader's length; one that fails stays as it was, and so does one
    that goes on, whose summary begins with what is new.
    """
    with remembering_stage(settings) as (stage, _):
        found = list(pipeline.summarized([story.article for story in stories], stage))
    return [
        story if story.earlier or isinstance(new, Problem) else replace(story, summary=new.summary)
        for story, new in zip(stories, found, strict=True)
    ]


def hours_of(settings: Settings, reader: ReaderSettings) -> str:
    """The hours of a reader, as the outbox keeps them."""
    return kept(reader.hours, settings.job.timezone)


def waiting(settings: Settings, reader: ReaderSettings) -> tuple[Problem, ...]:
    """The note that a reader's edition is not delivered yet; none within the hours."""
    at = opening(hours_of(settings, reader), datetime.datetime.now(datetime.UTC))
    if at is None or not (reader.to or reader.recipients or reader.channels):
        return ()
    message = Message(
        f"写好了，{at:%m-%d %H:%M} 起才送：那时 briefing outbox send 或 briefing run 送出",
        f"is ready; from {at:%m-%d %H:%M} on, briefing outbox send or briefing run delivers it",
    )
    return (Problem(source=f"[[reader]] {reader.name}", message=message, note=True),)
