"""The settings of the daily job: when its day is, whom it tells, and where editions are kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from .values import HomePath, Place, Zone, setting

Address = Annotated[str, Field(pattern=r"^$|^https?://[!-~]+$")]


class JobSettings(BaseModel):
    """[job]: what `briefing run` does each morning. The webhook's secret is no setting."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    edition: str = setting(
        "daily",
        "期名：同一天可有几期，如 morning、evening",
        "Name of the edition; a day may have several, such as morning and evening.",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$",
    )
    timezone: Zone = setting(
        "Asia/Shanghai", "时区，“今天”由它决定", "Time zone, which decides what day it is."
    )
    catch_up: int = setting(
        0, "补做前几天漏掉的简报", "Days before today whose missed briefings are made up for.", ge=0, le=31
    )
    told_days: int = setting(
        7,
        "不重复报前几天已报过的新闻；0 为不管",
        "Days before whose editions are not told again; 0 tells everything.",
        ge=0,
        le=31,
    )
    deliver: bool = setting(True, "写好后寄给收件人", "Mail the briefing to the recipients.")
    webhook: Address = setting(
        "", "成功或失败后通知的网址", "Address that is told of each success and failure."
    )
    webhook_secret_file: HomePath | None = setting(
        None,
        "通知的签名密钥文件，权限须为 0600",
        "A file of mode 0600 with the secret that signs what is told.",
    )
    ping: Address = setting(
        "",
        "健康检查网址：开始、成功、失败各访问一次",
        "Health-check address, asked at start, success and failure.",
    )


class ArchiveSettings(BaseModel):
    """[archive]: where the editions are kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: Place | None = setting(
        None,
        "存档数据库：文件，或 postgresql:// 开头的地址",
        "The archive's database: a file, or an address that begins with postgresql://.",
    )
