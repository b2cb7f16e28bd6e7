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
    "segmentation, our txt pages: F1": Floor(79.52, 78.0),
    "segmentation, our txt pages: kickers": Floor(100.00, 97.0),
    "segmentation, our txt pages: decks": Floor(100.00, 97.0),
    "segmentation, our txt pages: bylines": Floor(90.91, 88.5),
    "segmentation, our md pages: F1": Floor(89.80, 88.0),
    "segmentation, our md pages: kickers": Floor(100.00, 95.0),
    "segmentation, our md pages: decks": Floor(100.00, 95.0),
    "segmentation, our md pages: bylines": Floor(100.00, 95.0),
    "segmentation, pages of every family: F1": Floor(94.68, 93.5),
    "segmentation, e-paper founder: F1": Floor(100.00, 99.0),
    "segmentation, e-paper founder: kickers": Floor(100.00, 99.0),
    "segmentation, e-paper layered: F1": Floor(100.00, 99.0),
    "segmentation, e-paper layered: kickers": Floor(100.00, 99.0),
    "segmentation, printed pages: F1": Floor(100.00, 98.0),
    "readers, news pages: headline": Floor(100.00, 97.0),
    "readers, news pages: body": Floor(94.44, 91.5),
    "readers, news pages: date": Floor(100.00, 97.0),
    "readers, news pages: paper": Floor(83.33, 80.5),
    "verify: false sentences caught": Floor(75.00, 73.5),
    "verify: true sentences let through": Floor(95.83, 94.0),
    "verify: references let through": Floor(90.28, 88.5),
    "summaries, extract: ROUGE-1": Floor(65.85, 65.2),
    "summaries, extract: ROUGE-2": Floor(54.05, 53.4),
    "summaries, extract: ROUGE-L": Floor(61.56, 60.9),
    "summaries, lead: ROUGE-1": Floor(61.20, 60.6),
    "summaries, lead: ROUGE-2": Floor(49.24, 48.6),
    "summaries, lead: ROUGE-L": Floor(55.56, 55.0),
}
