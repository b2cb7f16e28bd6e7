"""Fits a briefing on its pages by shortening low-ranked stories first, step by step.

The steps are in a fixed order, and as few as possible are taken:

    1. problems beyond FEW are only counted
    2. from the last rank upwards, summaries are shortened; GAP ranks behind, they become one-liners,
       then headlines, then only a count
    3. the last story of each section, which until then keeps at least its headline, is only counted
    4. the overview is cut to FEW lines

So the top stories stay whole however many there are, and more room never shows less. Then the type
grows while there is room, up to READING points; if all is told, the summaries grow next (grow.py), and
the type again. Knows nothing of paper: the caller's `measure` counts the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..types import Briefing, Form, Section, Story
from .grow import grown, growths

GAP = 10
"""Ranks between two waves: from shortened to one-liner to headline to count."""
FORMS = (Form.SHORT, Form.LINE, Form.HEADLINE, None)
"""The forms of a story, step by step; None is only counted."""
SHORTER = 0.6
"""The maximum share of its characters that a shortened summary keeps, in whole sentences."""
FEW = 3
"""Problems listed when room is short, and overview lines after the last step."""
READING = 12.0
"""Points of type that is read at ease: summaries grow before it grows larger."""
PROBLEMS, OVERVIEW = -1, -2
"""Pseudo story numbers of the steps that concern no story."""

Measure = Callable[[Briefing, float], float]
"""Pages that a briefing takes at a type size in points; 1.5 is a page and a half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A fitted briefing and its type size in points; `steps_taken` of `steps` were needed."""

    briefing: Briefing
    size: float
    steps_taken: int
    steps: int


def fit(briefing: Briefing, measure: Measure, *, pages: int, sizes: Sequence[float]) -> Fitted:
    """The briefing on at most `pages` pages with as few steps as possible, then in the largest of
    `sizes` (points, ascending) that fits.

    Calls `measure` about 10 times, 20 if summaries grow. If not even all steps suffice, the result
    does not fit either: check it with `measure`.
    """
    steps = list(_fitting_steps(briefing))
    briefings: dict[int, Briefing] = {}

    def after(count: int) -> Briefing:
        if count not in briefings:
            briefings[count] = _after_steps(briefing, steps[:count])
        return briefings[count]

    taken = _fewest(len(steps), lambda count: measure(after(count), sizes[0]) - pages)

    def largest(fitted: Briefing, allowed: Sequence[float]) -> float:
        last = len(allowed) - 1
        if not last or measure(fitted, allowed[1]) > pages:  # mostly: a page that is full has no room left
            return allowed[0]
        return allowed[last - _first_true(last - 1, lambda i: measure(fitted, allowed[last - i]) <= pages)]

    fitted, size = after(taken), 0.0
    if not taken:
        size = largest(fitted, [size for size in sizes if size <= READING] or sizes[:1])
        more = growths(fitted)
        count = len(more)
        spared = _first_true(count, lambda i: measure(grown(fitted, more[: count - i]), size) <= pages)
        fitted = grown(fitted, more[: count - spared])
    size = largest(fitted, [one for one in sizes if one >= size])
    return Fitted(briefing=fitted, size=size, steps_taken=taken, steps=len(steps))


def _first_true(last: int, holds: Callable[[int], bool]) -> int:
    """The smallest number from 0 for which a monotonic predicate holds; at most `last`,
    untested.
    """
    low, high = 0, last
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _fewest(last: int, excess: Callable[[int], float]) -> int:
    """The smallest number from 0 whose falling `excess` is not above 0; at most `last`, untested.

    Looked for where a straight line through what is known meets 0, and in the middle where that did not
    halve what is left: up to three settings of a page fewer.
    """
    low, high = 0, last
    before, at_high = 0.0, 0.0
    halved = True
    while low < high:
        middle, width = (low + high) // 2, high - low
        if before > 0 > at_high and halved:
            guess = low - 1 + before / (before - at_high) * (width + 1)
            middle = max(low, min(high - 1, round(guess)))
        value = excess(middle)
        if value <= 0:
            high, at_high = middle, value
        else:
            low, before = middle + 1, value
        halved = (high - low) * 2 <= width
    return low


Step = tuple[int, Form | None]


def _fitting_steps(briefing: Briefing) -> Iterator[Step]:
    """All steps in order: a story's number in the briefing and its new form."""
    stories = briefing.stories
    ranked = sorted(range(len(stories)), key=lambda i: (-stories[i].score, i))
    last = len(ranked) - 1
    steps = [
        (last - rank + wave * GAP, wave, ranked[rank], form)
        for rank in range(len(ranked))
        for wave, form in enumerate(FORMS)
        if form is not Form.SHORT or _shortened(stories[ranked[rank]]) is not None
    ]
    if len(briefing.problems) > FEW:
        yield PROBLEMS, None
    ordered = [(number, form) for _, _, number, form in sorted(steps, key=lambda step: step[:2])]
    kept = _best_of_sections(briefing)
    yield from (step for step in ordered if step[1] is not None or step[0] not in kept)
    yield from (step for step in ordered if step[1] is None and step[0] in kept)
    yield OVERVIEW, None


def _best_of_sections(briefing: Briefing) -> set[int]:
    """The numbers in the briefing of each section's story of the highest score."""
    found, number = set(), 0
    for section in briefing.sections:
        if section.stories:
            scores = [story.score for story in section.stories]
            found.add(number + scores.index(max(scores)))
        number += len(section.stories)
    return found


def _after_steps(briefing: Briefing, steps: Sequence[Step]) -> Briefing:
    """The briefing after these steps."""
    forms = dict(steps)
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
    """The story with only the first sentences of its summary; None if nothing can be dropped."""
    sentences = story.summary.sentences
    room = SHORTER * sum(len(sentence.text) for sentence in sentences)
    count = 1
    while count < len(sentences) and sum(len(s.text) for s in sentences[: count + 1]) <= room:
        count += 1
    if count >= len(sentences):
        return None
    return replace(story, summary=replace(story.summary, sentences=sentences[:count]), form=Form.SHORT)
