"""今日要点: the three to five lines on top of a briefing, out of the stories of the highest scores.

The rule: a line on top is printed nowhere below. A gist that goes to the top is taken out of its
story; a gist that only repeats the headline cannot go, and another line is looked for, always in
the papers' own words:

    the gist                what the model made, if the page does not print it anyway
    another paper's words   the headline of an article in `also`
    kicker：headline        as the paper stacks them, in one line
    headline：deck
    a sentence              short, whole, about what the headline says, and not in the summary

A story without any is passed over, and the next has its place. Writes nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..text.chars import bigrams, fold, letters
from ..text.cut import balanced
from ..text.sentences import finished, sentences
from ..types import Article, Section, Story

ENOUGH = 6
"""A briefing of fewer stories needs no overview."""
FEWEST, MOST = 3, 5
LONGEST = 48
"""Characters of a line."""
_FRONT = 400
_LEANS = re.compile(
    r"[他她它这那其该此但而也又还并且则却均共]|因此|所以|同时|此外|另外|另悉|会议|据|目前|当天|随后|不过|然而|如果|若|虽然|双方"
)
_REPORTED = re.compile(r"[“”「」：:（）()]|本报|记者|图为|说，|表示|称，|认为")


def overview(stories: Sequence[Story], size: int = MOST) -> tuple[str, ...]:
    """The lines on top, without taking them out of their stories."""
    return tuple(line for line, _ in _choose_lines(stories, size))


def lift_overview(
    sections: Sequence[Section], size: int = MOST
) -> tuple[tuple[str, ...], tuple[Section, ...]]:
    """The lines on top, and the sections without the gists that went there; no story is lost or
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
    """The lines with their stories, the highest score first; none where fewer than FEWEST are to
    be had."""
    if len(stories) < ENOUGH:
        return []
    wanted = min(size, max(FEWEST, len(stories) // 3))
    below = _PrintedBelow(stories)
    found: list[tuple[str, Story]] = []
    for story in sorted(stories, key=lambda story: -story.score):
        if len(found) == wanted or story.score < 0:
            break
        line = next((line for line in _candidate_lines(story) if below.lacks(line, story)), None)
        if line is not None:
            found.append((line, story))
            below.add(line)
    return found if len(found) >= FEWEST else []


def _candidate_lines(story: Story) -> Iterator[str]:
    """What could stand on top for a story, the best first."""
    article = story.article
    yield story.summary.gist
    for other in story.also:
        yield other.headline
    if article.kicker and article.headline:
        yield f"{article.kicker}：{article.headline}"
    if article.deck and article.headline:
        yield f"{article.headline}：{article.deck}"
    yield from _candidate_sentences(article)


def _candidate_sentences(article: Article) -> list[str]:
    """Short whole sentences near the front that stand by themselves, the closest to the headline
    first."""
    text = article.text[:_FRONT]
    pieces = set(bigrams(article.headline))
    found = []
    for at, (start, end) in enumerate(sentences(text)):
        sentence = text[start:end]
        shared = sum(piece in sentence for piece in pieces)
        if (
            shared >= 2
            and finished(sentence)
            and not _LEANS.match(sentence)
            and not _REPORTED.search(sentence)
        ):
            found.append((-shared, at, sentence.rstrip("。")))
    return [sentence for _, _, sentence in sorted(found)]


class _PrintedBelow:
    """What the page prints below the overview, and what the overview already says."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.printed = [
            _folded(text)
            for story in stories
            for a in (story.article,)
            for text in (a.headline, a.kicker or "", a.deck or "", story.summary.text)
        ]
        self.gists = [(story, _folded(story.summary.gist)) for story in stories]

    def lacks(self, line: str, story: Story) -> bool:
        """Whether a line, of `story`, is short, whole, and printed nowhere below."""
        folded = _folded(line)
        if not folded or "\n" in line or len(line) > LONGEST or not balanced(line):
            return False
        return not any(folded in text for text in self.printed) and not any(
            folded in gist for other, gist in self.gists if other is not story
        )

    def add(self, line: str) -> None:
        """Counts a line of the overview as printed."""
        self.printed.append(_folded(line))


def _folded(text: str) -> str:
    return letters(fold(text))
