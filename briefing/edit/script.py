"""Converts articles, stories and briefings between simplified and traditional characters.

Models, sections and ranking expect simplified Chinese. So an article in traditional characters is
processed in simplified form, character by character, and its story converted back to the article's
script, or to the requested one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, overload

from ..messages import Message
from ..text.script import Script, converted, restored, script_of
from ..types import Article, Briefing, Earlier, Picture, Problem, Reason, Section, Story, Summary

ScriptChoice = Literal["keep", "hans", "hant"]
"""Keep each paper's script, or convert all to one."""
Converter = Callable[[str], str]


def article_script(article: Article) -> Script:
    """The article's script."""
    return script_of("\n".join((article.headline, *article.paragraphs)))


def simplified(article: Article) -> Article:
    """The article in simplified characters; the same object if it already is."""
    return (
        article
        if article_script(article) == "hans"
        else _convert_article(article, lambda text: converted(text, "hans"))
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as printed (`original`), and in simplified characters (`plain`)."""

    original: Article
    plain: Article

    @classmethod
    def of(cls, article: Article) -> Reading:
        """The reading of an article; both are the same object if it is simplified already."""
        return cls(article, simplified(article))


def as_printed(sections: Iterable[Section], readings: Sequence[Reading]) -> tuple[Section, ...]:
    """The sections with each plain article replaced by its original, in the original's script."""
    originals = {reading.plain: reading.original for reading in readings}

    def printed(story: Story) -> Story:
        restored = restore_original(story, originals[story.article])
        return replace(restored, also=tuple(originals[also] for also in story.also))

    return tuple(replace(section, stories=tuple(map(printed, section.stories))) for section in sections)


def restore_original(story: Story, original: Article) -> Story:
    """The story of a plain article as one of its original, in the original's script."""
    if story.article is original:
        return story
    plain = "\n".join((story.article.headline, *story.article.paragraphs))
    words = "\n".join((original.headline, *original.paragraphs))
    return replace(
        story,
        article=original,
        summary=_convert_summary(story.summary, lambda text: restored(text, plain, words)),
    )


def in_script(briefing: Briefing, wanted: ScriptChoice) -> Briefing:
    """The briefing in the wanted script; with "keep", stories keep theirs and the page's own words
    take that of the majority.
    """
    stories = briefing.stories
    to = wanted
    if to == "keep":
        traditional = sum(article_script(story.article) == "hant" for story in stories)
        to = "hant" if stories and 2 * traditional > len(stories) else "hans"
        if to == "hans":
            return briefing
    convert: Converter = lambda text: converted(text, to)  # noqa: E731  # one expression, passed on four times
    return replace(
        briefing,
        title=convert(briefing.title),
        sections=tuple(
            _convert_section(section, convert, to, keep=wanted == "keep") for section in briefing.sections
        ),
        overview=briefing.overview if wanted == "keep" else tuple(map(convert, briefing.overview)),
        papers=briefing.papers if wanted == "keep" else tuple(map(convert, briefing.papers)),
        problems=tuple(_convert_problem(problem, convert) for problem in briefing.problems),
        told=tuple(_convert_earlier(earlier, convert) for earlier in briefing.told),
        script=to,
    )


def _convert_section(section: Section, convert: Converter, to: Script, *, keep: bool) -> Section:
    stories = (
        section.stories if keep else tuple(_convert_story(story, convert, to) for story in section.stories)
    )
    return replace(section, name=convert(section.name), stories=stories)


def _convert_story(story: Story, convert: Converter, to: Script) -> Story:
    """The story in that script; a story already in it is not converted a second time."""
    if article_script(story.article) == to:
        also = tuple(_convert_article(also, convert) for also in story.also)
        earlier, picture = _convert_earlier(story.earlier, convert), _convert_picture(story.picture, convert)
        return replace(story, also=also, earlier=earlier, picture=picture)
    return replace(
        story,
        earlier=_convert_earlier(story.earlier, convert),
        article=_convert_article(story.article, convert),
        also=tuple(_convert_article(also, convert) for also in story.also),
        summary=_convert_summary(story.summary, convert),
        reasons=tuple(_convert_reason(reason, convert) for reason in story.reasons),
        picture=_convert_picture(story.picture, convert),
    )


def _convert_picture(picture: Picture | None, convert: Converter) -> Picture | None:
    if picture is None:
        return None
    caption, credit, alt = map(convert, (picture.caption, picture.credit, picture.alt))
    return replace(picture, caption=caption, credit=credit, alt=alt)


def _convert_article(article: Article, convert: Converter) -> Article:
    def or_none(text: str | None) -> str | None:
        return convert(text) if text else text

    return replace(
        article,
        headline=convert(article.headline),
        paragraphs=tuple(map(convert, article.paragraphs)),
        kicker=or_none(article.kicker),
        deck=or_none(article.deck),
        byline=or_none(article.byline),
        dateline=or_none(article.dateline),
        agency=or_none(article.agency),
        section=or_none(article.section),
        captions=tuple(map(convert, article.captions)),
        jumps=tuple(map(convert, article.jumps)),
        paper=or_none(article.paper),
    )


def _convert_summary(summary: Summary, convert: Converter) -> Summary:
    checks = summary.checks
    return replace(
        summary,
        gist=convert(summary.gist),
        sentences=tuple(replace(sentence, text=convert(sentence.text)) for sentence in summary.sentences),
        checks=replace(
            checks,
            unsupported_numbers=tuple(map(convert, checks.unsupported_numbers)),
            unsupported_names=tuple(map(convert, checks.unsupported_names)),
            unsupported_claims=tuple(map(convert, checks.unsupported_claims)),
        ),
    )


@overload
def _convert_earlier(earlier: Earlier, convert: Converter) -> Earlier: ...
@overload
def _convert_earlier(earlier: None, convert: Converter) -> None: ...
def _convert_earlier(earlier: Earlier | None, convert: Converter) -> Earlier | None:
    return earlier and replace(earlier, headline=convert(earlier.headline), gist=convert(earlier.gist))


def _convert_reason(reason: Reason, convert: Converter) -> Reason:
    return replace(reason, found=convert(reason.found))


def _convert_problem(problem: Problem, convert: Converter) -> Problem:
    hint = problem.hint
    return replace(
        problem,
        message=Message(convert(problem.message.zh), problem.message.en),
        hint=Message(convert(hint.zh), hint.en) if hint else None,
    )
