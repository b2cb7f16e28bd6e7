"""What can be set. Names are those of the flags; descriptions are in Chinese and English
(messages.both).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from ..messages import both
from .channels import ChannelSettings
from .job import ArchiveSettings, JobSettings
from .readers import ReaderSettings
from .room import ServeSettings
from .sections import OwnSection
from .values import Date, HomePath, Json, Place, Single, Split, language_code, setting

OutputFormat = Literal["html", "md", "txt", "json", "pdf", "png", "epub", "speech", "feed"]
AttachedFormat = Literal["pdf", "html", "md", "txt", "json"]
Url = Annotated[str, Field(pattern=r"^(mailto:|https://)[!-;=?-~]+$")]
FILE_VALUES, DEFAULT_VALUES, ALONE = "_file", "_defaults", "_alone"
"""Keywords of Settings: values of a file, values of least precedence, whether to ignore the
rest.
"""


class DkimSettings(BaseModel):
    """[mail.dkim]: signs outgoing mail."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    domain: str = Field(min_length=1, description=both("签名所代表的域名", "The domain that signs."))
    selector: str = Field(min_length=1, description=both("DNS 中的选择器", "The selector in DNS."))
    key_file: HomePath = Field(description=both("私钥文件", "The file with the private key."))


class MailSettings(BaseModel):
    """[mail]: the server, the letter, the recipients. Never a password: see deliver/secret.py."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)

    host: str = setting("", "邮件服务器", "The mail server.")
    port: int = setting(0, "端口；0 由 security 决定", "Port; 0 follows from security.", ge=0, le=65535)
    security: Literal["starttls", "tls", "none"] = setting("starttls", "加密方式", "Encryption.")
    user: str = setting("", "登录用户名；不写则不登录", "User name; without it there is no login.")
    password_file: HomePath | None = setting(
        None, "密码文件，权限须为 0600", "A file with the password, of mode 0600."
    )
    ca_file: HomePath | None = setting(None, "自己的 CA 证书文件", "A file of your own CA certificates.")
    timeout: float = setting(60, "等待服务器回答的秒数", "Seconds to wait for a reply.", gt=0, le=3600)
    rate: float = setting(0, "每分钟最多几封；0 不限", "Letters a minute at most; 0 for no limit.", ge=0)
    per_connection: int = setting(
        0, "每次连接最多几封；0 不限", "Letters a connection at most; 0 for no limit.", ge=0
    )
    retries: int = setting(3, "暂时失败后重试几次", "Retries after a transient failure.", ge=0, le=20)
    backoff: float = setting(
        10, "第一次重试前等待的秒数，其后逐次加倍", "Seconds before the first retry; doubles.", ge=0, le=3600
    )
    outbox: HomePath | None = setting(
        None, "发件箱数据库的位置", "Where the outbox database is; default: the user's data folder."
    )
    sender: str = setting(
        "", "发件人：a@b.cn 或 张三 <a@b.cn>", "The sender: a@b.cn or Name <a@b.cn>.", alias="from"
    )
    reply_to: Annotated[tuple[str, ...], Single] = setting((), "回复地址", "Addresses for replies.")
    to: Annotated[tuple[str, ...], Single] = setting((), "收件人", "Recipients.")
    recipients: HomePath | None = setting(
        None, "收件人名单（CSV：邮箱,姓名）", "A file of recipients (CSV: email,name)."
    )
    bcc: bool = setting(
        False, "一封信密送所有人，而不是每人一封", "One blind-copied letter to all instead of one each."
    )
    subject: str | None = setting(None, "邮件主题，可用模板变量", "Subject line; may use template variables.")
    template: Place | None = setting(
        None, "邮件模板；默认与 template 相同", "Mail template; default: as `template`."
    )
    subscriptions: HomePath | None = setting(
        None, "订阅名单的位置", "Where subscriptions are kept; default: the user's data folder."
    )
    list_id: str = setting(
        "",
        "List-Id 邮件头",
        "The List-Id header.",
        pattern=r"^$|^[A-Za-z0-9][A-Za-z0-9._-]*\.[A-Za-z0-9._-]+$",
    )
    unsubscribe: Annotated[tuple[Url, ...], Single] = setting(
        (), "退订地址（mailto: 或 https:）", "Where to unsubscribe (mailto: or https:)."
    )
    link: str = setting(
        "",
        "网上完整版的地址，{date} 代表日期",
        "URL of the full briefing online; {date} is its date.",
        pattern=r"^$|^https?://[!-~]+$",
    )
    logo: HomePath | None = setting(None, "信头图片", "A picture for the head of the letter.")
    attach: Annotated[tuple[AttachedFormat, ...], Split] = setting(
        (), "附上完整简报的这些格式", "Attach the full briefing in these formats."
    )
    dkim: Annotated[DkimSettings | None, Json] = setting(None, "DKIM 签名", "DKIM signature.")


class Settings(BaseSettings):
    """Everything that can be set; the names are those of the flags."""

    model_config = SettingsConfigDict(
        env_prefix="BRIEFING_",
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        enable_decoding=False,  # values.py does it: commas, and no surprise from deep JSON
    )

    sources: Annotated[tuple[str, ...], Single] = setting(
        (), "要读的文件、文件夹、通配符、网址", "Files, folders, globs and URLs to read."
    )
    title: str | None = setting(None, "简报名称", "Title of the briefing.")
    date: Date | None = setting(
        None, "简报日期：2026-11-20、20261120、今天、昨天", "Date: 2026-11-20, 20261120, today, yesterday."
    )
    days: int = setting(
        1, "收入到简报日期为止的几天，1–366", "Days up to the date that are taken, 1–366.", ge=1, le=366
    )
    lang: Annotated[Literal["zh", "en"], BeforeValidator(language_code)] = setting(
        "zh", "界面和标签的语言", "Language of messages and labels."
    )
    model: Place | None = setting(None, "摘要模型或方法", "Summarization model or method.")
    length: int = setting(120, "每篇摘要的字数上限", "Maximum characters of a summary.", ge=20, le=2000)
    script: Literal["keep", "hans", "hant"] = setting(
        "keep", "keep 与原报相同，hans 简体，hant 繁体", "keep as printed, hans simplified, hant traditional."
    )
    template: Place = setting("classic", "模板：主题名、文件夹或文件", "Template: a theme, folder or file.")
    templates: Annotated[tuple[HomePath, ...], Single] = setting(
        (),
        "自己的模板文件夹：其中的同名文件优先于主题的文件，其中的文件夹就是主题",
        "Your template folders: a file overrides the theme's of the same name, a folder is a theme.",
    )
    format: Annotated[tuple[OutputFormat, ...], Split] = setting(
        ("html", "pdf"), "输出格式", "Output formats."
    )
    out: HomePath = setting(".", "输出文件夹", "Output folder.", validate_default=True)
    jobs: int = setting(
        0, "同时摘要几篇；0 由模型决定", "Articles in parallel; 0: the model decides.", ge=0, le=64
    )
    pages: Literal["auto"] | Annotated[int, Field(ge=1, le=99)] = setting(
        1, "最多排几页 A4；auto 全部排出", "A4 pages at most; auto prints everything."
    )
    boost: Annotated[tuple[str, ...], Split] = setting(
        (), "含有这些词的报道排得更前", "Rank stories with these words higher."
    )
    mute: Annotated[tuple[str, ...], Split] = setting(
        (), "含有这些词的报道排到最后", "Rank stories with these words last."
    )
    watch: Annotated[tuple[str, ...], Split] = setting(
        (), "关注的人物、机构或事件", "People, organizations or topics to watch."
    )
    home: str = setting(
        "", "报纸所在的城市或省份；不写则由报名得知", "City of the papers; found from their names if empty."
    )
    protocol: bool = setting(
        True, "按领导人和机构的礼宾次序加分", "Points for the protocol order of leaders and offices."
    )
    sections: Annotated[tuple[OwnSection, ...], Json] = setting((), "自己的栏目", "Sections of your own.")
    offline: bool = setting(False, "不使用网络", "Do not use the network.")
    follow: bool = setting(
        False, "订阅源只有提要时读取文章全文", "Where a feed has only teasers, fetch the full articles."
    )
    pictures: bool = setting(False, "头条带上原文的图片", "Give the lead the picture that its source shows.")
    allow_private: bool = setting(False, "允许读取内网地址", "Allow private network addresses.")
    delay: float = setting(
        1.0, "对同一网站两次请求的间隔秒数", "Seconds between two requests to one host.", ge=0, le=60
    )
    remember: bool = setting(
        True, "记住做过的摘要，下次不必再做", "Remember summaries, so that they are not made again."
    )
    cache: HomePath | None = setting(None, "下载内容的缓存文件夹", "A folder that caches downloads.")
    mail: Annotated[MailSettings, Json] = setting(MailSettings(), "邮件", "Mail.")
    job: Annotated[JobSettings, Json] = setting(JobSettings(), "每日任务", "The daily job.")
    channels: Annotated[tuple[ChannelSettings, ...], Json] = setting(
        (), "收到每一期的群", "Chat channels that get each edition."
    )
    reader: Annotated[tuple[ReaderSettings, ...], Json] = setting(
        (), "有自己一期的读者", "Readers with an edition of their own."
    )
    reader_files: Annotated[tuple[HomePath, ...], Single] = setting(
        (), "写着 [[reader]] 的文件", "Files with more [[reader]] tables."
    )
    archive: Annotated[ArchiveSettings, Json] = setting(ArchiveSettings(), "存档", "The archive.")
    serve: Annotated[ServeSettings, Json] = setting(ServeSettings(), "阅览室", "The reading room.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then environment, then the values of the file, then the defaults of the run."""
        flags = dict(init_settings.init_kwargs) if isinstance(init_settings, InitSettingsSource) else {}
        below = [flags.pop(name, {}) for name in (FILE_VALUES, DEFAULT_VALUES)]
        if flags.pop(ALONE, False):
            return (InitSettingsSource(settings_cls, flags),)
        sources = [InitSettingsSource(settings_cls, values) for values in (flags, *below)]
        return (sources[0], env_settings, *sources[1:])
