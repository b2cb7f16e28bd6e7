"""Fits a briefing on its pages: stories of low rank give way first, a little at a time, until all
is on the sheet.

What gives way is a fixed row of steps, of which as few as possible are taken: first the problems
that are named beyond FEW, then a wave from the last rank upwards shortens summaries, GAP ranks
behind it another makes one-liners of them, then headlines, then a count; last the overview. So the
first stories stay whole however many there are, and more room never shows less. Then the type grows
as far as there is room. Knows nothing of paper: the caller's `measure` says how many pages a
briefing takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..types import Briefing, Form, Section, Story

GAP = 10
"""Ranks between a story that is shortened and one that becomes a one-liner, and so on down to
the count."""
FORMS = (Form.SHORT, Form.LINE, Form.HEADLINE, None)
"""What a story becomes, step by step; None is counted only."""
SHORTER = 0.6
"""The share of its characters that a shortened summary keeps at most, in whole sentences."""
FEW = 3
"""Problems that are named where room is short, and lines of the overview when all else has given
way."""
PROBLEMS, OVERVIEW = -1, -2
"""What a step is about that is about no story."""

Measure = Callable[[Briefing, float], float]
"""The pages that a briefing takes at a type size in points; 1.5 is a page and a half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A briefing that fits, and the type size in points at which it does; `steps_taken` were
    taken of `steps`."""

    briefing: Briefing
    size: float
    steps_taken: int
    steps: int


def fit(briefing: Briefing, measure: Measure, *, pages: int, sizes: Sequence[float]) -> Fitted:
    """The briefing on at most `pages` pages, in the largest of `sizes` (points, rising) at which as
    much is shown.

    `measure` is asked about 15 times. Should even the last step not fit, it is returned: the caller
    sees it in `measure`.
    """
    row = list(_fitting_steps(briefing))
    briefings: dict[int, Briefing] = {}

    def after(count: int) -> Briefing:
        if count not in briefings:
            briefings[count] = _after_steps(briefing, row[:count])
        return briefings[count]

    taken = _smallest_good(len(row), lambda count: measure(after(count), sizes[0]) <= pages)
    larger = _smallest_good(
        len(sizes) - 1, lambda i: measure(after(taken), sizes[len(sizes) - 1 - i]) <= pages
    )
    return Fitted(
        briefing=after(taken), size=sizes[len(sizes) - 1 - larger], steps_taken=taken, steps=len(row)
    )


def _smallest_good(last: int, good: Callable[[int], bool]) -> int:
    """The smallest number that is good, of those from 0 to `last`, if what is good stays good;
    else `last`."""
    low, high = 0, last
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if good(middle) else (middle + 1, high)
    return low


Step = tuple[int, Form | None]


def _fitting_steps(briefing: Briefing) -> Iterator[Step]:
    """The number of a story in the briefing and what it becomes, in the order in which it is done."""
    stories = briefing.stories
    ranked = sorted(range(len(stories)), key=lambda i: (-stories[i].score, i))
    last = len(ranked) - 1
    row = [
        (last - rank + wave * GAP, wave, ranked[rank], form)
        for rank in range(len(ranked))
        for wave, form in enumerate(FORMS)
        if form is not Form.SHORT or _shortened(stories[ranked[rank]]) is not None
    ]
    if len(briefing.problems) > FEW:
        yield PROBLEMS, None
    yield from ((number, form) for _, _, number, form in sorted(row, key=lambda step: step[:2]))
    yield OVERVIEW, None


def _after_steps(briefing: Briefing, row: Sequence[Step]) -> Briefing:
    """The briefing after these steps."""
    forms = dict(row)
    sections, number = [], 0
    for section in briefing.sections:
        kept, more = [], section.more
        for story in section.stories:
            form = forms.get(number, story.form)
            number += 1
            if form is None:
                more += 1
            else:
                kept.append(_with_form(story, form))
        sections.append(Section(name=section.name, stories=tuple(kept), more=more))
    named = FEW if PROBLEMS in forms else len(briefing.problems)
    return replace(
        briefing,
        sections=tuple(sections),
        overview=briefing.overview[:FEW] if OVERVIEW in forms else briefing.overview,
        problems=briefing.problems[:named],
        more_problems=briefing.more_problems + len(briefing.problems[named:]),
    )


def _with_form(story: Story, form: Form) -> Story:
    if form is Form.SHORT:
        return _shortened(story) or story
    return replace(story, form=form)


def _shortened(story: Story) -> Story | None:
    """The story with the first sentences of its summary only; None where it has no more than one."""
    sentences = story.summary.sentences
    room = SHORTER * sum(len(sentence.text) for sentence in sentences)
    count = 1
    while count < len(sentences) and sum(len(one.text) for one in sentences[: count + 1]) <= room:
        count += 1
    if count >= len(sentences):
        return None
    return replace(story, summary=replace(story.summary, sentences=sentences[:count]), form=Form.SHORT)
