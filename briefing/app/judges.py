"""The judge that a model brings, if it brings one."""

from __future__ import annotations

from typing import cast

from ..protocols import Judge
from ..registry import DEFAULT_MODEL
from .summaries import last_model


def judge_of(model: str | None) -> Judge | None:
    """The judge of the model of that name, None for the default one; None for a model that does not
    judge, such as `extract`. Raises UsageError for an unknown model, ModelError for one that cannot
    be loaded.
    """
    loaded = last_model.get(model or DEFAULT_MODEL)
    return cast(Judge, loaded) if hasattr(loaded, "supported") else None
