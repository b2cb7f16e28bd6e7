"""briefing segment: a page in, its articles out."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..types import Article, Problem, Segmentation
from . import console
from . import reading as options
from .headlines import explained
from .language import say

HELP = say(
    "把版面切成一篇篇文章；--json 每个来源一行。", "Cut pages into articles; --json prints one line a source."
)


def article_dict(article: Article) -> dict[str, Any]:
    """The JSON of one article."""
    return {
        "id": article.id,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "byline": article.byline,
        "dateline": article.dateline,
        "agency": article.agency,
        "section": article.section,
        "paragraphs": list(article.paragraphs),
        "text": article.text,
        "captions": list(article.captions),
        "jumps": list(article.jumps),
        "spans": [[span.start, span.end, span.role.value] for span in article.spans],
    }


def as_dict(found: Segmentation) -> dict[str, Any]:
    """The JSON of one page: its articles, and what was set aside, each with its role and place."""
    return {
        "source": found.source,
        "paper": found.paper,
        "date": found.date.isoformat() if found.date else None,
        "page": found.page_number,
        "section": found.section,
        "articles": [article_dict(article) for article in found.articles],
        "aside": [
            {"role": span.role.value, "text": text, "start": span.start, "end": span.end}
            for span, text in found.aside
        ],
    }


def show(found: Segmentation) -> None:
    """The articles for a reader at a terminal."""
    typer.echo(
        say(f"{found.source}：{len(found.articles)} 篇", f"{found.source}: {len(found.articles)} articles")
    )
    for number, article in enumerate(found.articles, 1):
        typer.echo(f"\n{number}. {article.headline or say('（无题）', '(no headline)')}")
        for label, value in (
            (say("引题", "kicker"), article.kicker),
            (say("副题", "deck"), article.deck),
            (say("署名", "byline"), article.byline),
            (say("电头", "dateline"), article.dateline),
        ):
            if value:
                typer.echo(f"   {label}  {value}")
        typer.echo(
            say(
                f"   {len(article.paragraphs)} 段，{len(article.text)} 字",
                f"   {len(article.paragraphs)} paragraphs, {len(article.text)} characters",
            )
        )
    if found.aside:
        typer.echo(say(f"\n另放 {len(found.aside)} 处：", f"\n{len(found.aside)} set aside:"))
        for span, text in found.aside:
            typer.echo(f"   {span.role.value:12s} {text[:60]}")


def segment(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SRC...",
            help=say(
                "文件、文件夹、通配符、网址、订阅源，或 -（标准输入）",
                "Files, folders, globs, addresses, feeds, or - for stdin.",
            ),
            show_default=False,
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help=say("每个来源打印一行 JSON", "Print one line of JSON a source."))
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help=say(
                "说明每个标题为何另起一篇，或只是小标题",
                "Say why each title opens an article or is a subhead.",
            ),
        ),
    ] = False,
    offline: options.Offline = None,
    follow: options.Follow = None,
    allow_private: options.Private = None,
    delay: options.Delay = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=say("不显示进度", "Show no progress."))
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(metavar="zh|en", help=say("界面的语言", "Language of messages."), show_default=False),
    ] = None,
) -> int:
    from ..app.reading import segmentations

    how = options.reading_options(options.flags(offline, follow, allow_private, delay))
    done = bad = 0
    with console.progress(quiet) as progress:
        for item, good in console.split(segmentations(sources, progress, how)):
            done, bad = done + good, bad + (not good)
            if isinstance(item, Problem):
                continue
            console.print_json(as_dict(item)) if as_json else show(item)
            if explain:
                for line in explained(item):
                    console.talk(line)
    return console.status(done, bad)
