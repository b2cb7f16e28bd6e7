"""今日要点: the overview, three to five lines about the stories of the highest scores.

No line of the overview is printed again below it. A gist used here is removed from its story; if
the gist only repeats the headline, the next candidate is taken, always in the papers' own words:

    the gist                unless the page prints it anyway
    another headline        of an article in `also`
    headline：deck          the deck is not printed; not of two lines about two places
    a sentence              short, complete, about the headline's topic, not in the summary

A story without a candidate is skipped. Writes no text of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..text.chars import bigrams, fold, letters
from ..text.cut import balanced
from ..text.lazy_pattern import lazy_pattern
from ..text.novelty import novelty
from ..text.sentences import finished, sentences
from ..text.titles import places_of
from ..types import Article, Section, Story
from .leaning import leans

ENOUGH = 6
"""A briefing of fewer stories has no overview."""
FEWEST, MOST = 3, 5
LONGEST = 48
"""Maximum characters of a line."""
NEW = 0.3
"""The least share of a line's pairs of characters that kicker and headline of its story lack."""
_FRONT = 400
_OPEN = ("会议", "据", "目前", "如果", "若", "虽然")
_REPORTED = lazy_pattern(r"[“”「」：:（）()]|本报|记者|图为|说，|表示|称，|认为")


def overview(stories: Sequence[Story], size: int = MOST) -> tuple[str, ...]:
    """The lines of the overview; the stories keep their gists."""
    return tuple(line for line, _ in _choose_lines(stories, size))


def lift_overview(
    sections: Sequence[Section], size: int = MOST
) -> tuple[tuple[str, ...], tuple[Section, ...]]:
    """The lines of the overview, and the sections without the gists used in it; no story is lost or
    moved."""
    chosen = _choose_lines([story for section in sections for story in section.stories], size)
    taken = {id(story) for line, story in chosen if line == story.summary.gist}
    return tuple(line for line, _ in chosen), tuple(
        replace(
            section,
            stories=tuple(_without_gist(story) if id(story) in taken else story for story in section.stories),
        )
        for section in sections
    )


def _without_gist(story: Story) -> Story:
    return replace(story, summary=replace(story.summary, gist=""))


def _choose_lines(stories: Sequence[Story], size: int) -> list[tuple[str, Story]]:
    """The lines with their stories, highest score first; none if there are fewer than FEWEST."""
    if len(stories) < ENOUGH:
        return []
    wanted = min(size, max(FEWEST, len(stories) // 3))
    below = _PrintedBelow(stories)
    chosen: list[tuple[str, Story]] = []
    for story in sorted(stories, key=lambda story: -story.score):
        if len(chosen) == wanted or story.score < 0:
            break
        line = next((line for line in _candidate_lines(story) if below.lacks(line, story)), None)
        if line is not None:
            chosen.append((line, story))
            below.add(line)
    return chosen if len(chosen) >= FEWEST else []


def _candidate_lines(story: Story) -> Iterator[str]:
    """The candidate lines for a story, best first."""
    article = story.article
    yield story.summary.gist
    for other in story.also:
        yield other.headline
    if article.deck and article.headline and not any(places_of(article.headline, article.deck)):
        yield f"{article.headline}：{article.deck}"
    yield from _candidate_sentences(article)


def _candidate_sentences(article: Article) -> list[str]:
    """Complete sentences near the beginning that need no context, those closest to the headline
    first."""
    text = article.text[:_FRONT]
    pairs = set(bigrams(article.headline))
    ranked = []
    for number, (start, end) in enumerate(sentences(text)):
        sentence = text[start:end]
        shared = sum(pair in sentence for pair in pairs)
        if (
            shared >= 2
            and finished(sentence)
            and not (leans(sentence) or sentence.startswith(_OPEN))
            and not _REPORTED.search(sentence)
        ):
            ranked.append((-shared, number, sentence.rstrip("。")))
    return [sentence for _, _, sentence in sorted(ranked)]


class _PrintedBelow:
    """What the page prints below the overview, and the overview's lines so far."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.printed = [
            _folded(text)
            for story in stories
            for a in (story.article,)
            for text in (a.headline, a.kicker or "", a.deck or "", story.summary.text)
        ]
        self.gists = [(story, _folded(story.summary.gist)) for story in stories]

    def lacks(self, line: str, story: Story) -> bool:
        """Whether the line of `story` is short, complete, and printed nowhere below."""
        folded = _folded(line)
        if not folded or "\n" in line or len(line) > LONGEST or not balanced(line):
            return False
        titles = f"{story.article.kicker or ''}\n{story.article.headline}"
        if novelty(folded, _folded(titles)) < NEW:
            return False
        return not any(folded in text for text in self.printed) and not any(
            folded in gist for other, gist in self.gists if other is not story
        )

    def add(self, line: str) -> None:
        """Counts a line of the overview as printed."""
        self.printed.append(_folded(line))


def _folded(text: str) -> str:
    return letters(fold(text))
