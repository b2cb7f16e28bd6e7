"""What the settings ask of the edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import pipeline
from ..types import Briefing

if TYPE_CHECKING:
    from ..config import Settings
    from ..edit.illustrate import Illustrate


def edit_options(settings: Settings, earlier: Sequence[Briefing] = ()) -> pipeline.EditOptions:
    """What the settings ask of the edit; what these earlier editions told is not told again."""
    from ..edit.rank import Wishes
    from ..edit.section import CustomSection

    return pipeline.EditOptions(
        wishes=Wishes(
            boost=settings.boost,
            mute=settings.mute,
            watch=settings.watch,
            home=settings.home,
            protocol=settings.protocol,
        ),
        sections=tuple(
            CustomSection(name=own.name, keywords=own.keywords, sources=own.sources)
            for own in settings.sections
        ),
        script=settings.script,
        earlier=tuple(earlier),
        illustrate=_illustrate() if settings.pictures else None,
    )


def _illustrate() -> Illustrate:
    """What opens pictures; raises UsageError where it is not installed."""
    from ..read.pictures import check_installed, opened

    check_installed()
    return opened
