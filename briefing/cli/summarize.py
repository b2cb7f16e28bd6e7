"""briefing summarize: one article in, its summary out."""

from __future__ import annotations

from typing import Any

import typer

from ..messages import both
from ..types import Problem, Story
from . import console, options

HELP = both(
    "摘要一篇文章：每个来源当作一篇；.jsonl 每行一篇（id、title、text）。整版多篇请用 digest。",
    "Summarize one article per source, or per line of a .jsonl (id, title, text). For pages use digest.",
)


def as_dict(story: Story) -> dict[str, Any]:
    """The JSON of one summary, as the contract fixes it; offsets count characters of
    article.text.
    """
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
    context: typer.Context,
    sources: options.ArticleSources,
    length: options.Length = None,
    as_json: options.JsonLines = False,
    model: options.Model = None,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    offline: options.Offline = None,
    follow: options.Follow = None,
    allow_private: options.AllowPrivate = None,
    delay: options.Delay = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> int:
    """Prints a summary for each article."""
    from ..app.summaries import stories

    settings = options.chosen_settings(context, config)
    done = bad = 0
    with console.progress(quiet, verbose=verbose) as progress:
        for item, good in console.split(stories(settings, progress)):
            done, bad = done + good, bad + (not good)
            if isinstance(item, Problem):
                continue
            if as_json:
                console.print_json(as_dict(item))
            else:
                console.echo(item.summary.text or item.summary.gist)
    return console.status(done, bad or not done)
