"""[[channels]]: the chat groups and programs that get each edition as one message."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..messages import both
from .values import HomePath, setting

Kind = Literal["wecom", "dingtalk", "feishu", "telegram", "slack", "webhook", "apprise"]


class ChannelSettings(BaseModel):
    """[[channels]]: one group. Whoever knows its address may post there, so it may stand in a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", description=both("名称", "Name of the channel.")
    )
    kind: Kind = Field(description=both("哪一种群", "What kind of channel."))
    address: Annotated[str, Field(pattern=r"^$|^[a-z][a-z0-9+.-]*://[!-~]*$")] = setting(
        "", "机器人的网址，或 Apprise 的地址", "Address of the robot, or of Apprise."
    )
    address_file: HomePath | None = setting(
        None, "写着网址的文件，权限须为 0600", "A file of mode 0600 with the address."
    )
    secret_file: HomePath | None = setting(
        None, "签名密钥文件，权限须为 0600", "A file of mode 0600 with the secret that signs."
    )
    chat: str = setting("", "Telegram 的群号", "The chat's id, for Telegram.", max_length=64)
