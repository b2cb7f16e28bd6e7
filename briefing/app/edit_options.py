"""What the settings ask of the edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import pipeline

if TYPE_CHECKING:
    from ..config import Settings


def edit_options(settings: Settings) -> pipeline.EditOptions:
    """What the settings ask of the edit."""
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
    )
