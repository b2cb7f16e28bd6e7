"""briefing summarize: one article in, its summary out."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..registry import DEFAULT_MODEL
from ..types import Problem, Story
from . import console
from . import reading as options
from .language import say

HELP = say(
    "摘要一篇文章：每个来源当作一篇；.jsonl 每行一篇（id、title、text）。整版多篇请用 digest。",
    "Summarize one article a source; a .jsonl has one a line (id, title, text). For whole pages use digest.",
)


def as_dict(story: Story) -> dict[str, Any]:
    """The JSON of one summary, as the contract fixes it; offsets count characters of article.text."""
    article, summary = story.article, story.summary
    return {
        "id": article.id,
        "headline": article.headline,
        "gist": summary.gist,
        "summary": summary.text,
        "sentences": [
            {"text": s.text, "evidence": [list(span) for span in s.evidence], "coverage": s.coverage}
            for s in summary.sentences
        ],
        "model": summary.model,
        "origin": summary.origin.value,
        "checks": {
            "unsupported_numbers": list(summary.checks.unsupported_numbers),
            "unsupported_names": list(summary.checks.unsupported_names),
            "unsupported_claims": list(summary.checks.unsupported_claims),
        },
        "article": {
            "id": article.id,
            "source": article.source,
            "kicker": article.kicker,
            "headline": article.headline,
            "deck": article.deck,
            "byline": article.byline,
            "dateline": article.dateline,
            "agency": article.agency,
            "paragraphs": list(article.paragraphs),
            "text": article.text,
        },
    }


def summarize(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SRC...",
            help=say(
                "文件、文件夹、通配符、网址、.jsonl、.csv，或 -（标准输入）",
                "Files, folders, globs, addresses, a .jsonl or .csv, or - for stdin.",
            ),
            show_default=False,
        ),
    ],
    length: Annotated[
        int,
        typer.Option(
            metavar="N", min=20, max=2000, help=say("摘要的字数上限", "Characters the summary may have.")
        ),
    ] = 120,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help=say("每个来源打印一行 JSON，带原文依据", "Print one line of JSON a source, with evidence."),
        ),
    ] = False,
    model: Annotated[
        str,
        typer.Option(
            metavar="M",
            help=say(
                "摘要模型；briefing models list 列出可用的",
                "Summarizer; briefing models list shows what there is.",
            ),
        ),
    ] = DEFAULT_MODEL,
    jobs: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            max=64,
            help=say("同时摘要几篇；0 由模型定", "Articles summarized at a time; 0 leaves it to the model."),
        ),
    ] = 0,
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
    from ..app.summaries import stories

    how = options.reading_options(options.flags(offline, follow, allow_private, delay))
    done = bad = 0
    with console.progress(quiet) as progress:
        for item, good in console.split(stories(sources, model, length, jobs, progress, how)):
            done, bad = done + good, bad + (not good)
            if isinstance(item, Problem):
                continue
            if as_json:
                console.print_json(as_dict(item))
            else:
                typer.echo(item.summary.text or item.summary.gist)
    return console.status(done, bad)
