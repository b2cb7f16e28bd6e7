"""[[reader]]: those who get an edition of their own, made of the common one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..messages import both
from .sections import OwnSection
from .values import HomePath, Place, Single, Split, setting

HOURS = r"^$|^([01]?\d|2[0-3]):[0-5]\d(-([01]?\d|2[0-3]):[0-5]\d)?$"


class ReaderSettings(BaseModel):
    """[[reader]]: whom it goes to, and what is different; what is not written is as in the common edition."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$", description=both("名称", "Name of the reader.")
    )
    to: Annotated[tuple[str, ...], Single] = setting((), "收件人", "Recipients.")
    recipients: HomePath | None = setting(
        None, "收件人名单（CSV：邮箱,姓名）", "A file of recipients (CSV: email,name)."
    )
    channels: Annotated[tuple[str, ...], Split] = setting(
        (),
        "[[channels]] 里的名称：这些群收这一期，不收大家的",
        "Names of [[channels]], which get this edition.",
    )
    hours: str = setting(
        "", "收取的时段，如 07:00-22:00", "Hours of delivery, such as 07:00-22:00.", pattern=HOURS
    )
    public: bool = setting(
        False, "阅览室的订阅页上可选这一期", "May be chosen where strangers subscribe in the reading room."
    )
    title: str | None = setting(None, "简报名称", "Title of the briefing.")
    watch: Annotated[tuple[str, ...], Split] | None = setting(
        None, "关注的人物、机构或事件", "People, organizations or topics to watch."
    )
    boost: Annotated[tuple[str, ...], Split] | None = setting(
        None, "含有这些词的报道排得更前", "Rank stories with these words higher."
    )
    mute: Annotated[tuple[str, ...], Split] | None = setting(
        None, "含有这些词的报道排到最后", "Rank stories with these words last."
    )
    sections: tuple[OwnSection, ...] = setting((), "自己的栏目", "Sections of their own.")
    only: Annotated[tuple[str, ...], Split] = setting((), "只要这些栏目", "Only these sections.")
    length: int | None = setting(
        None, "每篇摘要的字数上限", "Maximum characters of a summary.", ge=20, le=2000
    )
    script: Literal["keep", "hans", "hant"] | None = setting(None, "简体或繁体", "Chinese script.")
    template: Place | None = setting(None, "模板", "Template.")
    pages: Literal["auto"] | Annotated[int, Field(ge=1, le=99)] | None = setting(
        None, "最多排几页 A4；auto 全部排出", "A4 pages at most; auto prints everything."
    )
