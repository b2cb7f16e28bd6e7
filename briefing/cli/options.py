"""Every option and argument of the commands, named once.

A parameter with the name of a setting reaches Settings unconverted, by `chosen_settings`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ..messages import Message, both
from ..registry import DEFAULT_MODEL
from . import completion, language

if TYPE_CHECKING:  # for annotations only: `briefing --help` imports no pydantic
    from ..config import Settings

FORMATS = ("html", "md", "txt", "json", "pdf", "png", "epub", "speech", "feed")
Text = str | None
Words = list[str] | None


def option(*names: str, zh: str, en: str, metavar: str | None = None, **more: Any) -> Any:
    """An option that is explained in both languages; its default is told in the explanation."""
    return typer.Option(*names, metavar=metavar, help=both(zh, en), show_default=False, **more)


def argument(metavar: str, zh: str, en: str) -> Any:
    """An argument that is explained in both languages."""
    return typer.Argument(metavar=metavar, help=both(zh, en), show_default=False)


def _check_lang(value: str | None) -> str | None:
    if value not in (None, "zh", "en"):
        raise UsageError(
            Message(f"没有 {value} 这种语言", f"there is no language {value!r}"),
            Message("--lang 可选 zh 或 en", "--lang takes zh or en"),
        )
    return value


# What is read, and how

Sources = Annotated[
    Words,
    argument(
        "SRC...",
        "文件、文件夹、通配符、网址、订阅源，或 -（标准输入）",
        "Files, folders, globs, URLs, feeds, or - for stdin.",
    ),
]
MailSources = Annotated[
    Words,
    argument(
        "SRC...|briefing.json",
        "文件、文件夹、通配符、网址、-，或一个 briefing.json",
        "Files, folders, globs, URLs, -, or one briefing.json.",
    ),
]
Editions = Annotated[
    list[str],
    argument("briefing.json...", "digest 写出的 .json；- 为标准输入", "An edition's .json; - for stdin."),
]
ArticleSources = Annotated[
    Words,
    argument(
        "SRC...",
        "文件、文件夹、通配符、网址、.jsonl、.csv，或 -（标准输入）",
        "Files, folders, globs, URLs, a .jsonl or .csv, or - for stdin.",
    ),
]
Offline = Annotated[
    bool | None,
    option("--offline", zh="不使用网络，不读取任何网址", en="Do not use the network; read no URL."),
]
Follow = Annotated[
    bool | None,
    option(
        "--follow",
        zh="订阅源只有提要时，读取文章全文；文章分页时，读取其余各页",
        en="Fetch the articles behind a feed's teasers, and the other pages of an article in several.",
    ),
]
Pictures = Annotated[
    bool | None,
    option("--pictures", zh="头条配上原文的图片", en="Show the picture that the lead's source has."),
]
AllowPrivate = Annotated[
    bool | None,
    option(
        "--allow-private",
        zh="允许读取内网地址；默认只读公网地址",
        en="Allow private network addresses; by default only public ones are read.",
    ),
]
Delay = Annotated[
    Text,
    option(
        "--delay",
        metavar="SECONDS",
        zh="对同一网站两次请求的间隔秒数，0–60，默认 1",
        en="Seconds between two requests to one host, 0–60; default 1.",
    ),
]

# What becomes of it

Date = Annotated[
    Text,
    option(
        "--date",
        metavar="DATE",
        zh="简报日期：2026-11-20、20261120、今天、昨天；不写则取来源里最新的一天",
        en="Date: 2026-11-20, 20261120, today, yesterday; default: the newest day of the sources.",
    ),
]
Days = Annotated[
    Text,
    option(
        "--days",
        metavar="N",
        zh="收入到简报日期为止的 N 天，1–366，默认 1；多于一天时每条都写明日期",
        en="Take the N days up to the date, 1–366, default 1; with several, each story shows its day.",
    ),
]
Formats = Annotated[
    Text,
    option(
        "--format",
        "-f",
        metavar="html,md,…",
        autocompletion=completion.choices(*FORMATS),
        zh="逗号分隔，默认 html,pdf；还有 md、txt、json、png（首页）、epub、speech（口播稿）、feed（订阅）",
        en="Comma-separated; default html,pdf. Also md, txt, json, png (the first page), epub, speech, feed.",
    ),
]
Out = Annotated[
    Text,
    option(
        "--out",
        "-o",
        metavar="DIR|FILE|-",
        zh="输出文件夹，默认为当前文件夹；也可写文件名，如 简报.pdf；- 为标准输出",
        en="Output folder; default: the current one. Or a file, such as day.pdf; - for stdout.",
    ),
]
Pages = Annotated[
    Text,
    option(
        "--pages",
        metavar="N|auto",
        zh="最多排几页 A4（1–99），默认 1，排不下时逐条缩短；auto 全部排出",
        en="A4 pages at most (1–99), default 1; stories are shortened to fit. auto prints everything.",
    ),
]
Template = Annotated[
    Text,
    option(
        "--template",
        "-t",
        metavar="T",
        autocompletion=completion.themes,
        zh="模板：主题名、文件夹、.j2 或 .typ 文件；默认 classic",
        en="Template: a theme, a folder, a .j2 or a .typ file; default classic.",
    ),
]
MODEL_ZH = f"摘要模型或方法，默认 {DEFAULT_MODEL}；用 briefing models list 列出全部"
MODEL_EN = f"Summarization model or method; default {DEFAULT_MODEL}. See briefing models list."
Model = Annotated[
    Text, option("--model", "-m", metavar="M", autocompletion=completion.models, zh=MODEL_ZH, en=MODEL_EN)
]
Models = Annotated[
    Words,
    option(
        "--model",
        "-m",
        metavar="M",
        zh="要比较的模型，可重复；默认为自带的模型和全部方法",
        en="A model to compare; repeatable. Default: the bundled models and all methods.",
    ),
]
Length = Annotated[
    Text,
    option(
        "--length",
        metavar="N",
        zh="每篇摘要的字数上限，20–2000，默认 120",
        en="Maximum characters of a summary, 20–2000; default 120.",
    ),
]
Jobs = Annotated[
    Text,
    option(
        "--jobs",
        metavar="N",
        zh="同时摘要几篇，0–64；默认 0，由模型决定",
        en="Articles summarized in parallel, 0–64; default 0: the model decides.",
    ),
]
NoCache = Annotated[
    bool,
    option("--no-cache", zh="不用记住的摘要，也不记住新的", en="Neither use nor keep remembered summaries."),
]
Title = Annotated[
    Text, option("--title", metavar="T", zh="简报名称，默认“每日简报”", en="Title of the briefing.")
]
Script = Annotated[
    Text,
    option(
        "--script",
        metavar="keep|hans|hant",
        autocompletion=completion.choices("keep", "hans", "hant"),
        zh="简体或繁体：keep 与原报相同（默认），hans 简体，hant 繁体",
        en="Chinese script: keep as printed (default), hans for simplified, hant for traditional.",
    ),
]
Boost = Annotated[
    Text,
    option(
        "--boost", metavar="W,W", zh="含有这些词的报道排得更前", en="Rank stories with these words higher."
    ),
]
Mute = Annotated[
    Text,
    option("--mute", metavar="W,W", zh="含有这些词的报道排到最后", en="Rank stories with these words last."),
]
Watch = Annotated[
    Text,
    option(
        "--watch",
        metavar="W,W",
        zh="关注的人物、机构或事件，提到它们的报道排得更前",
        en="People, organizations or topics to watch: stories that mention them rank higher.",
    ),
]
ExplainTitles = Annotated[
    bool,
    option(
        "--explain",
        zh="说明每个标题为何另起一篇，或只是小标题",
        en="Explain why each title opens an article or is a subhead.",
    ),
]
Explain = Annotated[
    bool, option("--explain", zh="说明每条报道的得分和排序理由", en="Explain the rank of each story.")
]

# Every command

Config = Annotated[
    Path | None,
    option(
        "--config",
        metavar="FILE",
        zh="配置文件，默认为当前文件夹的 briefing.toml",
        en="Settings file; default: briefing.toml in the current folder.",
    ),
]
Json = Annotated[bool, option("--json", zh="以 JSON 打印结果", en="Print the result as JSON.")]
JsonLines = Annotated[
    bool, option("--json", zh="每个来源打印一行 JSON", en="Print one line of JSON for each source.")
]
Quiet = Annotated[bool, option("--quiet", "-q", zh="不显示进度和提示", en="Show no progress or remarks.")]
Verbose = Annotated[
    bool,
    option("--verbose", "-v", zh="逐个显示正在处理的来源", en="Name each source as it is processed."),
]
Lang = Annotated[
    Text,
    option(
        "--lang",
        metavar="zh|en",
        callback=_check_lang,
        autocompletion=completion.choices("zh", "en"),
        zh="界面和标签的语言",
        en="Language of messages and labels.",
    ),
]


def chosen_settings(context: typer.Context, config: Path | None, **more: Any) -> Settings:
    """The settings that a command line asks for; its parameters of a setting's name are the
    flags.
    """
    from ..config import Settings, settings

    flags = {
        name: None if value in ([], ()) else value  # Click's word for an argument that was not given
        for name, value in context.params.items()
        if name in Settings.model_fields
    }
    flags["lang"] = flags.get("lang") or (context.parent.params.get("lang") if context.parent else None)
    if context.params.get("no_cache"):
        flags["remember"] = False
    chosen = settings(flags | more, config, {"lang": language.current()})
    language.use(chosen.lang)
    return chosen
