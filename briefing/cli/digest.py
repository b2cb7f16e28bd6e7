"""briefing digest: pages in, a briefing out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ..types import Briefing
from . import console
from . import reading as options
from .date_origin import DATE_ORIGINS
from .language import LANGUAGE, say

HELP = say(
    "读入当天的版面，写出一份简报，并打印写出的文件路径。",
    "Read the day's pages, write a briefing, and print the paths of the files written.",
)


def digest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SRC...",
            help=say(
                "文件、文件夹、通配符、网址、订阅源，或 -（标准输入）",
                "Files, folders, globs, addresses, feeds, or - for stdin.",
            ),
            show_default=False,
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help=say(
                "简报日期；不写则取报头、文件名、今天",
                "Date of the briefing; else from masthead, file name, today.",
            ),
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="html,md,txt,json,pdf,png",
            help=say(
                "输出格式，逗号分隔；默认 html,pdf；png 是第一页的图",
                "Output formats, comma-separated; html,pdf by default; png is a picture of the first page.",
            ),
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=say("输出文件夹；默认当前文件夹", "Output folder; the current one by default."),
            show_default=False,
        ),
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(
            metavar="N|auto",
            help=say(
                "最多排几页 A4，默认 1，排不下的逐条缩短；auto 全部排出",
                "Pages of A4 at most, 1 by default: what does not fit is shortened; auto prints all.",
            ),
            show_default=False,
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            metavar="T",
            help=say(
                "模板：主题名、文件夹、.j2 或 .typ 文件",
                "Template: a theme's name, a folder, a .j2 or a .typ file.",
            ),
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="M",
            help=say(
                "摘要模型；默认自带的 briefing-zh，briefing models list 列出其他",
                "Summarizer; the bundled briefing-zh by default, see briefing models list.",
            ),
            show_default=False,
        ),
    ] = None,
    length: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help=say("每篇摘要的字数上限；默认 120", "Characters a summary may have; 120 by default."),
            show_default=False,
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(metavar="T", help=say("简报的名称", "Title of the briefing."), show_default=False),
    ] = None,
    script: Annotated[
        str | None,
        typer.Option(
            metavar="keep|hans|hant",
            help=say(
                "简报的字体：keep 随原报（默认），hans 简体，hant 繁体",
                "Script: keep as printed (the default), hans simplified, hant traditional.",
            ),
            show_default=False,
        ),
    ] = None,
    boost: Annotated[
        str | None,
        typer.Option(
            metavar="W,W",
            help=say("含有这些词的报道排得更前", "Stories with these words come further up."),
            show_default=False,
        ),
    ] = None,
    mute: Annotated[
        str | None,
        typer.Option(
            metavar="W,W",
            help=say("含有这些词的报道排到最后", "Stories with these words go to the end."),
            show_default=False,
        ),
    ] = None,
    watch: Annotated[
        str | None,
        typer.Option(
            metavar="W,W",
            help=say("关注的人、机构或事，提到就靠前", "Names to look out for: a mention moves a story up."),
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help=say("说明每条为何排在那里", "Say why each story stands where it does.")
        ),
    ] = False,
    offline: options.Offline = None,
    follow: options.Follow = None,
    allow_private: options.Private = None,
    delay: options.Delay = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help=say(
                "同时摘要几篇；默认由模型定", "Articles summarized at a time; by default up to the model."
            ),
            show_default=False,
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=say(
                "配置文件；默认当前文件夹的 briefing.toml",
                "Settings; briefing.toml of the current folder by default.",
            ),
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=say("以 JSON 打印写出的文件、日期和问题", "Print files, date and problems as JSON."),
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=say("不显示进度", "Show no progress."))
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="zh|en",
            help=say("界面和标签的语言", "Language of messages and labels."),
            show_default=False,
        ),
    ] = None,
) -> int:
    from ..app import digest as app
    from ..config import settings

    flags = {
        "sources": tuple(sources) if sources else None,
        "date": date,
        "format": formats,
        "out": out,
        "template": template,
        "pages": pages,
        "model": model,
        "length": length,
        "title": title,
        "jobs": jobs,
        "script": script,
        **options.flags(offline, follow, allow_private, delay),
        "boost": boost,
        "mute": mute,
        "watch": watch,
        "lang": lang or LANGUAGE,
    }
    chosen = settings(flags, config)
    with console.progress(quiet) as progress:
        briefing, origin, documents = app.digest(chosen, progress)
    for item in briefing.problems:
        console.problem(item)
    code = console.status(len(briefing.stories), len(briefing.problems) or not briefing.stories)
    paths = app.save_documents(documents, chosen.out, briefing.date)
    if as_json:
        problems = [
            {"source": p.source, "message": p.message(LANGUAGE), "hint": p.hint(LANGUAGE) if p.hint else None}
            for p in briefing.problems
        ]
        console.print_json(
            {
                "files": [str(path) for path in paths],
                "date": briefing.date.isoformat(),
                "stories": len(briefing.stories),
                "problems": problems,
            }
        )
        return code
    if explain:
        for text in explained(briefing):
            console.talk(text)
    if not quiet:
        console.talk(
            say(
                f"{len(briefing.stories)} 条，{briefing.date.isoformat()}（日期取自{DATE_ORIGINS[origin].zh}）",
                f"{len(briefing.stories)} stories, {briefing.date.isoformat()} (date from {DATE_ORIGINS[origin].en})",
            )
        )
    for path in paths:
        typer.echo(str(path))
    return code


def explained(briefing: Briefing) -> Iterator[str]:
    """Why each story stands where it does: its score, and the points of each reason."""
    for section in briefing.sections:
        yield f"\n{section.name}"
        for story in section.stories:
            yield f"{story.score:6.1f}  {story.article.headline or story.summary.gist}"
            for reason in story.reasons:
                found = f"  {reason.found}" if reason.found else ""
                yield f"        {reason.points:+5.1f} {reason.name(LANGUAGE)}{found}"
