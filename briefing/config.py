"""Settings: flags over environment (BRIEFING_*) over briefing.toml; frozen, with unknown names refused."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import UsageError
from .messages import Message

FILE = Path("briefing.toml")
OutputFormat = Literal["html", "md", "txt", "json", "pdf", "png"]


class OwnSection(BaseModel):
    """A section of the user's own: stories with one of the keywords, or from one of the sources or papers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    keywords: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class DkimSettings(BaseModel):
    """[mail.dkim]: the domain and selector that mail is signed for, and the file with the private key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    domain: str = Field(min_length=1)
    selector: str = Field(min_length=1)
    key_file: Path


class MailSettings(BaseModel):
    """[mail]: the server, the letter and the recipients. No password stands here: see deliver/secret.py."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    host: str = ""
    port: int = Field(default=0, ge=0, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    timeout: float = Field(default=60, gt=0, le=3600)
    rate: float = Field(default=0, ge=0)
    per_connection: int = Field(default=0, ge=0)
    retries: int = Field(default=3, ge=0, le=20)
    backoff: float = Field(default=10, ge=0, le=3600)
    outbox: Path | None = None
    sender: str = Field(default="", alias="from")
    reply_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    recipients: Path | None = None
    bcc: bool = False
    subject: str | None = None
    template: str | None = None
    list_id: str = Field(default="", pattern=r"^$|^[A-Za-z0-9][A-Za-z0-9._-]*\.[A-Za-z0-9._-]+$")
    unsubscribe: tuple[Annotated[str, Field(pattern=r"^(mailto:|https://)[!-;=?-~]+$")], ...] = ()
    link: str = Field(default="", pattern=r"^$|^https?://[!-~]+$")
    logo: Path | None = None
    attach: tuple[Literal["pdf", "html", "md", "txt", "json"], ...] = ()
    dkim: DkimSettings | None = None

    @field_validator("to", "reply_to", "unsubscribe", "attach", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class Settings(BaseSettings):
    """Everything that can be set; the names are those of the flags."""

    model_config = SettingsConfigDict(
        env_prefix="BRIEFING_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    sources: tuple[str, ...] = ()
    title: str | None = None
    date: datetime.date | None = None
    lang: Literal["zh", "en"] = "zh"
    model: str | None = None
    length: int = Field(default=120, ge=20, le=2000)
    script: Literal["keep", "hans", "hant"] = "keep"
    template: str = "classic"
    templates: tuple[Path, ...] = ()
    """Folders of the user's own: a file in them overrides a theme's of the same name, a folder is a theme."""
    format: tuple[OutputFormat, ...] = ("html", "pdf")
    out: Path = Path()
    jobs: int = Field(default=0, ge=0, le=64)
    pages: Literal["auto"] | Annotated[int, Field(ge=1, le=99)] = 1
    boost: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    sections: tuple[OwnSection, ...] = ()
    offline: bool = False
    follow: bool = False
    allow_private: bool = False
    delay: float = Field(default=1.0, ge=0, le=60)
    cache: Path | None = None
    mail: MailSettings = MailSettings()

    @field_validator("templates")
    @classmethod
    def _expand_home(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(path.expanduser() for path in value)

    @field_validator("format", "boost", "mute", "watch", mode="before")
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then environment, then the file that the class is told of."""
        toml = settings_cls.model_config.get("toml_file")
        files = (TomlConfigSettingsSource(settings_cls),) if toml else ()
        return (init_settings, env_settings, *files)


WRONG = {
    "extra_forbidden": Message("没有这一项设置", "there is no such setting"),
    "greater_than_equal": Message("数值太小", "the number is too small"),
    "less_than_equal": Message("数值太大", "the number is too large"),
    "literal_error": Message("不是可选的值", "not one of the possible values"),
    "missing": Message("还没有写", "it is missing"),
    "string_pattern_mismatch": Message("写法不对", "not written as it should be"),
}


def settings(flags: dict[str, Any], file: Path | None = None) -> Settings:
    """The settings for one run; flags that are None were not given.

    Raises UsageError for a file that is named but missing, not TOML, or has a wrong or unknown entry.
    """
    path = file or (FILE if FILE.is_file() else None)
    if file is not None and not file.is_file():
        raise UsageError(
            Message(f"找不到配置文件 {file}", f"configuration file not found: {file}"),
            Message("请检查 --config 后面的路径", "check the path after --config"),
        )
    config = SettingsConfigDict(**{**Settings.model_config, "toml_file": path})
    chosen = type(
        "Settings", (Settings,), {"model_config": config, "__module__": __name__, "__doc__": Settings.__doc__}
    )
    try:
        loaded = chosen(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(part for part in first["loc"] if isinstance(part, str))
        known = WRONG.get(first["type"])
        where = f"（{path}）" if path and flags.get(str(first["loc"][0])) is None else ""
        where_en = f" ({path})" if where else ""
        allowed = "1–99, auto" if name == "pages" else str(first.get("ctx", {}).get("expected", ""))
        if name == "mail.password":
            raise UsageError(
                Message(
                    f"密码不能写在配置文件里{where}", f"a password has no place in the settings{where_en}"
                ),
                Message(
                    "请用环境变量 BRIEFING_MAIL_PASSWORD，或 password_file 指明一个权限为 0600 的文件",
                    "use the variable BRIEFING_MAIL_PASSWORD, or name a file of mode 0600 as password_file",
                ),
            ) from None
        raise UsageError(
            Message(
                f"设置 {name}{where} 不对：{known.zh if known else first['msg']}",
                f"setting {name}{where_en} is wrong: {known.en if known else first['msg']}",
            ),
            Message(f"可选的值：{allowed}", f"possible values: {allowed}")
            if allowed
            else Message("briefing digest --help 列出全部设置", "briefing digest --help lists all settings"),
        ) from None
    except ValueError as error:  # tomllib names line and column
        raise UsageError(
            Message(f"配置文件 {path} 不是有效的 TOML：{error}", f"{path} is not valid TOML: {error}"),
            Message("请按提示的行列修改", "mend it at the line and column named"),
        ) from None
    return loaded  # type: ignore[no-any-return]  # the class is made by type(), with Settings as its base
