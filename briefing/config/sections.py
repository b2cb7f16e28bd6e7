"""[[sections]]: sections of one's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..messages import both
from .values import Single, setting


class OwnSection(BaseModel):
    """[[sections]]: a section of one's own; it takes stories by keyword, or by source or paper."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, description=both("栏目名称", "Name of the section."))
    keywords: Annotated[tuple[str, ...], Single] = setting(
        (), "报道含有其中一个词，就归入这一栏", "A story with one of these words belongs here."
    )
    sources: Annotated[tuple[str, ...], Single] = setting(
        (), "来自这些来源或报纸的报道归入这一栏", "Stories from these sources or papers belong here."
    )
