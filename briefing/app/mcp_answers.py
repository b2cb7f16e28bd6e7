"""What the tools of `briefing mcp` answer: as text that a model reads, and the same as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..mcp.tool import Answer
from ..messages import Language, Message
from ..types import Story
from ..types.archived import EditionEntry, Found, Hit, StoryEntry
from .archive import story_as_text
from .summary_json import summary_as_dict

NOTHING = Message("没有找到", "nothing was found")


def editions(found: Sequence[EditionEntry], language: Language) -> Answer:
    """A line for each edition."""
    unit = Message("条", "stories")(language)
    lines = [f"{one.key}  {one.title}  {one.stories} {unit}" for one in found]
    return Answer(
        text="\n".join(lines) or NOTHING(language), data={"editions": [_edition_row(one) for one in found]}
    )


def edition(entry: EditionEntry, stories: Sequence[StoryEntry], language: Language) -> Answer:
    """The stories by section."""
    return Answer(
        text="\n".join(_edition_lines(entry, stories)),
        data=_edition_row(entry) | {"listed": [_story_row(one) for one in stories]},
    )


def hits(found: Found, language: Language) -> Answer:
    """What a search found, with the place where the words stand."""
    shown = Message(
        f"共 {found.total} 条，显示 {len(found.hits)} 条", f"{found.total} stories, {len(found.hits)} shown"
    )
    lines = [line for hit in found.hits for line in _hit_lines(hit)]
    return Answer(
        text="\n".join([shown(language), *lines]) if lines else NOTHING(language),
        data={
            "total": found.total,
            "hits": [_story_row(hit.story) | {"excerpt": _marked(hit)} for hit in found.hits],
        },
    )


def article(entry: EditionEntry, number: int, story: Story, language: Language) -> Answer:
    """A story with its evidence and its article."""
    head = f"{entry.key}  {number}"
    data = _with_evidence(story) | {"edition": entry.key, "story": number}
    return Answer(text=f"{head}\n{story_as_text(story, language)}", data=data)


def summary(story: Story) -> Answer:
    """The summary of a text that was given."""
    return Answer(text=story.summary.text or story.summary.gist, data=_with_evidence(story))


def _with_evidence(story: Story) -> dict[str, Any]:
    """The JSON of the summary, each sentence with the words that it rests on."""
    found = summary_as_dict(story)
    for row in found["sentences"]:
        row["rests_on"] = [story.article.text[start:end] for start, end in row["evidence"]]
    where = {"paper": story.article.paper, "page": story.article.page_number}
    found["article"] |= where
    return found


def _edition_lines(entry: EditionEntry, stories: Sequence[StoryEntry]) -> Iterator[str]:
    yield f"{entry.title} {entry.key}"
    section = None
    for one in stories:
        if one.section != section:
            section = one.section
            yield f"\n■ {section}"
        yield f"{one.number}. {one.headline}{_where(one)}"
        yield f"   {one.summary or one.gist}"


def _hit_lines(hit: Hit) -> Iterator[str]:
    one = hit.story
    yield f"{one.edition} #{one.number} {one.headline or one.gist}{_where(one)}"
    yield f"   {_marked(hit)}"


def _marked(hit: Hit) -> str:
    text = "".join(f"【{text}】" if found else text for text, found in hit.excerpt)
    return " ".join(text.split())


def _where(one: StoryEntry) -> str:
    place = " ".join(filter(None, (one.paper, one.page)))
    return f"（{place}）" if place else ""


def _edition_row(one: EditionEntry) -> dict[str, Any]:
    return {
        "edition": one.key,
        "day": one.day.isoformat(),
        "name": one.name,
        "title": one.title,
        "made": one.made,
        "stories": one.stories,
    }


def _story_row(one: StoryEntry) -> dict[str, Any]:
    return {
        "edition": one.edition,
        "story": one.number,
        "section": one.section,
        "paper": one.paper or None,
        "page": one.page or None,
        "headline": one.headline,
        "gist": one.gist,
        "summary": one.summary,
    }
