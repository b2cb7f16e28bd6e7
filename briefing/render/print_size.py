"""The type size in which a browser prints a briefing: the less text, the larger the type.

Knows how many characters of 9 points a sheet of A4 takes in the bundled print styles, roughly; only
Typst measures exactly. It errs on the small side, since another machine has other fonts and no
sheet may overflow.
"""

from __future__ import annotations

from ..types import Briefing, Form, Story

SMALLEST, LARGEST, STEP = 9.0, 12.0, 0.5
"""Type sizes in points."""
SHEET = 2700
"""Characters of 9 points, titles weighed by size, that fill nine tenths of a sheet; 3,000 fill
it.
"""


def print_size(briefing: Briefing) -> float:
    """The type size in points at which the page is about full, from SMALLEST to LARGEST."""
    letters = (
        60 + sum(map(len, briefing.overview)) + 60 * (len(briefing.problems) + (briefing.more_problems > 0))
    )
    letters += sum(40 + sum(map(_story_letters, section.stories)) for section in briefing.sections)
    steps = int((SMALLEST * (SHEET / letters) ** 0.5 - SMALLEST) / STEP)
    return min(max(SMALLEST + steps * STEP, SMALLEST), LARGEST)


def _story_letters(story: Story) -> int:
    """The characters of 9 points that a story takes, with its credit."""
    article, summary = story.article, story.summary
    credit = 14 * (1 + len(story.also))
    if story.form is Form.HEADLINE:
        return len(article.headline) + credit
    if story.form is Form.LINE:
        return len(summary.gist or article.headline) + credit
    titles = 2 * len(article.headline) + len(article.kicker or "") + len(summary.gist)
    return titles + len(summary.text) + credit + len(article.byline or article.agency or "") + 40
