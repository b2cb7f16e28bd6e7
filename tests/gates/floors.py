"""The pinned floors: what each gate measured when it was pinned, and the figure under which it fails.

A floor stands a little under what was measured, so that a rounding or a new library does not fail a build and a lost
article does. Who makes something better raises the floor in the same commit; who lowers one says why in the CHANGELOG.
Figures are in percent. Run `pytest tests/gates` to see today's.
"""

from __future__ import annotations

from typing import NamedTuple


class Floor(NamedTuple):
    """What was measured, and what must at least be reached."""

    measured: float
    floor: float


FLOORS: dict[str, Floor] = {
    "segmentation, our txt pages: F1": Floor(0, 0),
    "segmentation, our txt pages: kickers": Floor(0, 0),
    "segmentation, our txt pages: decks": Floor(0, 0),
    "segmentation, our txt pages: bylines": Floor(0, 0),
    "segmentation, our md pages: F1": Floor(0, 0),
    "segmentation, our md pages: kickers": Floor(0, 0),
    "segmentation, our md pages: decks": Floor(0, 0),
    "segmentation, our md pages: bylines": Floor(0, 0),
    "segmentation, pages of every family: F1": Floor(0, 0),
    "segmentation, e-paper founder: F1": Floor(0, 0),
    "segmentation, e-paper founder: kickers": Floor(0, 0),
    "segmentation, e-paper layered: F1": Floor(0, 0),
    "segmentation, e-paper layered: kickers": Floor(0, 0),
    "segmentation, printed pages: F1": Floor(0, 0),
    "readers, news pages: headline": Floor(0, 0),
    "readers, news pages: body": Floor(0, 0),
    "readers, news pages: date": Floor(0, 0),
    "readers, news pages: paper": Floor(0, 0),
    "verify: false sentences caught": Floor(0, 0),
    "verify: true sentences let through": Floor(0, 0),
    "verify: references let through": Floor(0, 0),
    "summaries, extract: ROUGE-1": Floor(0, 0),
    "summaries, extract: ROUGE-2": Floor(0, 0),
    "summaries, extract: ROUGE-L": Floor(0, 0),
    "summaries, lead: ROUGE-1": Floor(0, 0),
    "summaries, lead: ROUGE-2": Floor(0, 0),
    "summaries, lead: ROUGE-L": Floor(0, 0),
}
