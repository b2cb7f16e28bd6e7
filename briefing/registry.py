"""A name in the settings becomes a class, and the class an object with checked options.

A table of strings first, so that nothing is imported before it is asked for; then entry points of the group
`briefing.summarizers`, by which other packages add methods.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.metadata import entry_points

from .errors import Text, UsageError
from .protocols import Summarizer

SUMMARIZERS = {
    "extract": "briefing.summarize.extract:Extract",
    "lead": "briefing.summarize.lead:Lead",
    "textrank": "briefing.summarize.textrank:TextRank",
}
DEFAULT_MODEL = "extract"


def _load(address: str) -> object:
    module, _, name = address.partition(":")
    return getattr(importlib.import_module(module), name)


def summarizer(name: str) -> Summarizer:
    """The summarizer of that name; raises UsageError for a name that nobody knows."""
    address = SUMMARIZERS.get(name)
    if address is None:
        found = [point for point in entry_points(group="briefing.summarizers") if point.name == name]
        address = found[0].value if found else None
    if address is None:
        known = ", ".join(sorted(SUMMARIZERS))
        raise UsageError(
            Text(f"没有名为“{name}”的摘要方法", f"there is no summarization method named {name!r}"),
            Text(f"可用的有：{known}", f"available: {known}"),
        )
    made: Summarizer = _load(address)()  # type: ignore[operator]  # the table and the entry points name classes
    return made


@dataclass(frozen=True, slots=True)
class SummarizerMaker:
    """What travels to a worker process instead of a summarizer: its name."""

    name: str

    def __call__(self) -> Summarizer:
        """The summarizer."""
        return summarizer(self.name)
