"""briefing segment: a page in, its articles out."""

from __future__ import annotations

from typing import Any

import typer

from ..messages import both
from ..types import Article, Problem, Segmentation
from . import console, options
from .headlines import explained
from .language import say
from .progress import progress as showing_progress

HELP = both(
    "把版面切分成一篇篇文章；--json 每个来源一行。",
    "Cut pages into articles; --json prints one line for each source.",
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


def as_dict(page: Segmentation) -> dict[str, Any]:
    """The JSON of one page: its articles, and what was set aside, each with its role and place."""
    return {
        "source": page.source,
        "paper": page.paper,
        "date": page.date.isoformat() if page.date else None,
        "page": page.page_number,
        "section": page.section,
        "articles": [article_dict(article) for article in page.articles],
        "aside": [
            {"role": span.role.value, "text": text, "start": span.start, "end": span.end}
            for span, text in page.aside
        ],
    }


def show(page: Segmentation) -> None:
    """Prints the articles for a reader at a terminal."""
    console.echo(
        say(f"{page.source}：{len(page.articles)} 篇", f"{page.source}: {len(page.articles)} articles")
    )
    for number, article in enumerate(page.articles, 1):
        console.echo(f"\n{number}. {article.headline or say('（无题）', '(no headline)')}")
        for label, value in (
            (say("引题", "kicker"), article.kicker),
            (say("副题", "deck"), article.deck),
            (say("署名", "byline"), article.byline),
            (say("电头", "dateline"), article.dateline),
        ):
            if value:
                console.echo(f"   {label}  {value}")
        paragraphs, characters = len(article.paragraphs), len(article.text)
        console.echo(
            say(
                f"   {paragraphs} 段，{characters} 字", f"   {paragraphs} paragraphs, {characters} characters"
            )
        )
    if page.aside:
        console.echo(say(f"\n另放 {len(page.aside)} 处：", f"\n{len(page.aside)} set aside:"))
        for span, text in page.aside:
            console.echo(f"   {span.role.value:12s} {text[:60]}")


def segment(
    context: typer.Context,
    sources: options.Sources,
    as_json: options.JsonLines = False,
    explain: options.ExplainTitles = False,
    offline: options.Offline = None,
    follow: options.Follow = None,
    allow_private: options.AllowPrivate = None,
    delay: options.Delay = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> int:
    """Prints the articles of each source."""
    from ..app.reading import reading_options, segmentations

    settings = options.chosen_settings(context, config)
    done = bad = 0
    with showing_progress(quiet, verbose=verbose) as progress:
        pages = segmentations(settings.sources, progress, reading_options(settings))
        for item, good in console.split(pages):
            done, bad = done + good, bad + (not good)
            if isinstance(item, Problem):
                continue
            if as_json:
                console.print_json(as_dict(item))
            else:
                show(item)
            for line in explained(item) if explain else ():
                console.talk(line)
    return console.status(done, bad or not done)
