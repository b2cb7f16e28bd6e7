"""The settings of the reading room."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from .values import HomePath, Single, setting

HostName = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")]


class ServeSettings(BaseModel):
    """[serve]: where the reading room is, and who may enter. The password is no setting."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = setting(
        "127.0.0.1",
        "监听的地址；127.0.0.1 只有本机能读，0.0.0.0 为所有网卡，须有密码",
        "Address to listen at: 127.0.0.1 for this machine only; 0.0.0.0, which needs a password, for all.",
    )
    port: int = setting(8300, "端口；0 任选一个", "Port; 0 for any.", ge=0, le=65535)
    names: Annotated[tuple[HostName, ...], Single] = setting(
        (), "读者在浏览器里写的主机名", "Names of the host under which readers reach it."
    )
    address: str = setting(
        "",
        "读者看到的网址，如 https://room.example.cn/；信里的订阅和退订链接用它",
        "Where readers reach it, such as https://room.example.cn/: for links in letters.",
        pattern=r"^$|^https?://[!-~]+$",
    )
    subscribe: bool = setting(
        False,
        "任何人都可在阅览室订阅：写信去问，确认了才寄；要有 address 和邮件服务器",
        "Anybody may subscribe in the reading room: a letter asks first. Needs address and a mail server.",
    )
    password_file: HomePath | None = setting(
        None, "阅览室的密码文件，权限须为 0600", "A file of mode 0600 with the reading room's password."
    )
