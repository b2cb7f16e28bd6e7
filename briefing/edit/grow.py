"""Longer summaries where a page has room: the article's next sentences, as printed, in their place.

Knows which sentences stand alone; adds nothing that is not the article's own sentence, and nothing
that the story has told already. Knows nothing of paper: how many are added is decided in fit.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..text.chars import fold
from ..text.cut import balanced
from ..text.novelty import novelty
from ..text.sentences import finished, sentences
from ..types import Briefing, Form, Sentence, Story
from .leaning import leans

LONGEST = 420
"""Characters up to which a summary grows beside others."""
SHEET = 900
"""Characters up to which the summaries of a briefing of one or two stories grow together."""
SENTENCE = 150
"""Characters of the longest sentence that is added."""
NEW = 0.6
"""The least share of new pairs of characters in an added sentence."""
_NO_STORY = ("图为", "本报讯")

Growth = tuple[int, Sentence]
"""A story's number in the briefing, and a sentence more."""


def growths(briefing: Briefing) -> list[Growth]:
    """All sentences that may be added, in the order in which they are: one for each story in the
    order of rank, then a second, and so on.
    """
    stories = briefing.stories
    ranked = sorted(range(len(stories)), key=lambda number: (-stories[number].score, number))
    longest_summary = max(LONGEST, SHEET // max(1, len(stories)))
    more = {number: list(_more_of(stories[number], longest_summary)) for number in ranked}
    longest = max(map(len, more.values()), default=0)
    return [(n, more[n][turn]) for turn in range(longest) for n in ranked if turn < len(more[n])]


def grown(briefing: Briefing, added: Sequence[Growth]) -> Briefing:
    """The briefing with those sentences, each where it stands in its article."""
    by_story: dict[int, list[Sentence]] = {}
    for number, sentence in added:
        by_story.setdefault(number, []).append(sentence)
    numbers = iter(range(len(briefing.stories)))
    sections = tuple(
        replace(section, stories=tuple(_with(s, by_story.get(next(numbers), [])) for s in section.stories))
        for section in briefing.sections
    )
    return replace(briefing, sections=sections)


def _with(story: Story, added: Sequence[Sentence]) -> Story:
    """The summary's own sentences keep their order; one of the article comes before the first of
    them that rests on what follows it.
    """
    if not added:
        return story
    found = list(story.summary.sentences)
    for sentence in added:
        start = sentence.evidence[0][0]
        at = next(
            (n for n, one in enumerate(found) if one.evidence and one.evidence[0][0] > start), len(found)
        )
        found.insert(at, sentence)
    return replace(story, summary=replace(story.summary, sentences=tuple(found)))


def _more_of(story: Story, characters: int) -> Iterator[Sentence]:
    """The sentences that may be added to a story told in full, in the order of its article, until its
    summary has so many characters.
    """
    said, text = story.summary.sentences, story.article.text
    if story.form is not Form.FULL or not said or not all(one.evidence for one in said):
        return
    used = [place for one in said for place in one.evidence]
    told = "\n".join((story.article.titles, *(one.text for one in said)))
    room = characters - len(story.summary.text)
    before = min(start for start, _ in used)
    for start, end in sentences(text):
        if any(start < last and first < end for first, last in used):
            before = end
            continue
        sentence = text[start:end]
        follows = before == start
        if start < before or not _stands(sentence, follows) or len(sentence) > room:
            continue
        if novelty(fold(sentence), fold(told)) >= NEW:
            yield Sentence(text=sentence, evidence=((start, end),))
            told, room, before = f"{told}\n{sentence}", room - len(sentence), end


def _stands(sentence: str, follows: bool) -> bool:
    """Whether a sentence is understood where it is put, right after the one it followed or not."""
    whole = finished(sentence) and balanced(sentence) and len(sentence) <= SENTENCE
    return whole and (follows or not (leans(sentence) or sentence.startswith(_NO_STORY)))
