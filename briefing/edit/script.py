"""Articles, stories and briefings in the script that is wanted: simplified for the program, as printed for the reader.

The models, the sections and the ranking know simplified Chinese. So an article in traditional characters is read in its
simplified form, character for character, and what comes of it goes back into its own script, or into the one asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from ..errors import Text
from ..text.script import Script, converted, restored, script_of
from ..types import Article, Briefing, Problem, Reason, Section, Story, Summary

Wanted = Literal["keep", "hans", "hant"]
"""As each paper prints it, or all in one script."""
Words = Callable[[str], str]


def script(article: Article) -> Script:
    """The script that the article is in."""
    return script_of("\n".join((article.headline, *article.paragraphs)))


def simplified(article: Article) -> Article:
    """The article in simplified characters; the same object where it is in them."""
    return article if script(article) == "hans" else _article(article, lambda text: converted(text, "hans"))


def told(story: Story, original: Article) -> Story:
    """The story of a simplified article as that of its original, in the original's script."""
    if story.article is original:
        return story
    plain = "\n".join((story.article.headline, *story.article.paragraphs))
    words = "\n".join((original.headline, *original.paragraphs))
    return replace(
        story, article=original, summary=_summary(story.summary, lambda text: restored(text, plain, words))
    )


def in_script(briefing: Briefing, wanted: Wanted) -> Briefing:
    """The briefing in one script, or each story in its own and the page's words in that of most."""
    stories = briefing.stories
    to = wanted
    if to == "keep":
        traditional = sum(script(story.article) == "hant" for story in stories)
        to = "hant" if stories and 2 * traditional > len(stories) else "hans"
        if to == "hans":
            return briefing
    own: Words = lambda text: converted(text, to)  # noqa: E731  # one expression, passed on four times
    return replace(
        briefing,
        title=own(briefing.title),
        sections=tuple(_section(section, own, to, keep=wanted == "keep") for section in briefing.sections),
        overview=briefing.overview if wanted == "keep" else tuple(map(own, briefing.overview)),
        papers=briefing.papers if wanted == "keep" else tuple(map(own, briefing.papers)),
        problems=tuple(_problem(problem, own) for problem in briefing.problems),
        script=to,
    )


def _section(section: Section, own: Words, to: Script, *, keep: bool) -> Section:
    stories = section.stories if keep else tuple(_story(story, own, to) for story in section.stories)
    return replace(section, name=own(section.name), stories=stories)


def _story(story: Story, own: Words, to: Script) -> Story:
    """The story in that script; one that is in it already is not converted a second time."""
    if script(story.article) == to:
        return replace(story, also=tuple(_article(also, own) for also in story.also))
    return replace(
        story,
        article=_article(story.article, own),
        also=tuple(_article(also, own) for also in story.also),
        summary=_summary(story.summary, own),
        reasons=tuple(_reason(reason, own) for reason in story.reasons),
    )


def _article(article: Article, own: Words) -> Article:
    def or_none(text: str | None) -> str | None:
        return own(text) if text else text

    return replace(
        article,
        headline=own(article.headline),
        paragraphs=tuple(map(own, article.paragraphs)),
        kicker=or_none(article.kicker),
        deck=or_none(article.deck),
        byline=or_none(article.byline),
        dateline=or_none(article.dateline),
        agency=or_none(article.agency),
        section=or_none(article.section),
        captions=tuple(map(own, article.captions)),
        jumps=tuple(map(own, article.jumps)),
        paper=or_none(article.paper),
    )


def _summary(summary: Summary, own: Words) -> Summary:
    checks = summary.checks
    return replace(
        summary,
        gist=own(summary.gist),
        sentences=tuple(replace(sentence, text=own(sentence.text)) for sentence in summary.sentences),
        checks=replace(
            checks,
            unsupported_numbers=tuple(map(own, checks.unsupported_numbers)),
            unsupported_names=tuple(map(own, checks.unsupported_names)),
            unsupported_claims=tuple(map(own, checks.unsupported_claims)),
        ),
    )


def _reason(reason: Reason, own: Words) -> Reason:
    return replace(reason, found=own(reason.found))


def _problem(problem: Problem, own: Words) -> Problem:
    hint = problem.hint
    return replace(
        problem,
        message=Text(own(problem.message.zh), problem.message.en),
        hint=Text(own(hint.zh), hint.en) if hint else None,
    )
