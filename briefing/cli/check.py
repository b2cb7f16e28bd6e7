"""briefing check: a summary and its article in, sentence by sentence whether the article supports it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from ..errors import UsageError
from ..messages import Message, both
from ..types import CheckedSentence, Problem
from . import console, language, options
from . import options_tools as tools
from .language import say
from .progress import progress as showing_progress

if TYPE_CHECKING:
    from ..app.check_cases import CheckedCase
    from ..config import Settings
    from ..protocols import Outcome

HELP = both(
    "逐句核对一份摘要（不论谁写的），看文章支持不支持；离线运行。",
    "Check a summary, whoever wrote it, against its article, sentence by sentence; offline.",
)


def check(
    context: typer.Context,
    article: tools.ArticleOrCases,
    summary: tools.SummaryFile = None,
    as_json: tools.CheckJson = False,
    model: options.Model = None,
    offline: options.Offline = None,
    allow_private: options.AllowPrivate = None,
    delay: options.Delay = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> int:
    """Prints for each sentence whether the article supports it; 1 if there is one that it does not."""
    settings = options.chosen_settings(context, config)
    if summary is None and not as_json:
        raise UsageError(
            Message("缺少参数 SUMMARY", "SUMMARY is missing"),
            Message(
                "写成 briefing check 文章 摘要；一行一例的文件要加 --json",
                "write briefing check ARTICLE SUMMARY; a file of cases needs --json",
            ),
        )
    done = bad = unsupported = 0
    with showing_progress(quiet, say("核对", "checking"), verbose=verbose) as progress:
        for item, good in console.split(_cases(settings, article, summary, progress)):
            done, bad = done + good, bad + (not good)
            if isinstance(item, Problem):
                continue
            unsupported += sum(not sentence.supported for sentence in item.sentences)
            if as_json:
                console.print_json(as_dict(item))
            else:
                _print_sentences(item.sentences, quiet)
    return console.status(done, bad) or int(unsupported > 0)


def as_dict(case: CheckedCase) -> dict[str, Any]:
    """The JSON of one case; offsets count characters of the article's text."""
    speak = language.current()
    return {
        "id": case.id,
        "sentences": [
            {
                "text": one.text,
                "supported": one.supported,
                "score": one.score,
                "reasons": [reason(speak) for reason in one.reasons],
                "evidence": [list(span) for span in one.evidence],
                "quotes": list(one.quotes),
            }
            for one in case.sentences
        ],
    }


def _cases(
    settings: Settings, article: str, summary: str | None, progress: Any
) -> Iterator[Outcome[CheckedCase]]:
    from ..app.check_cases import checked_pair, checked_rows
    from ..app.judges import judge_of

    judge = judge_of(settings.model)
    if summary is None:
        return checked_rows(article, judge, progress)
    return checked_pair(settings, article, summary, judge, progress)


def _print_sentences(sentences: tuple[CheckedSentence, ...], quiet: bool) -> None:
    speak = language.current()
    for one in sentences:
        console.echo(f"{'✓' if one.supported else '✗'} {one.text}")
        for reason in one.reasons:
            console.echo(f"    {reason(speak)}")
        label = say("依据：", "evidence: ") if one.supported else say("最接近的原文：", "nearest: ")
        for quote in one.quotes:
            console.echo(f"    {label}{quote}")
    wrong = sum(not one.supported for one in sentences)
    if not quiet:
        count = len(sentences)
        console.talk(
            say(
                f"共 {count} 句，{wrong} 句没有得到原文支持" if wrong else f"共 {count} 句，没有查出问题",
                f"{wrong} of {count} sentences not supported"
                if wrong
                else f"{count} sentences, nothing found",
            )
        )
