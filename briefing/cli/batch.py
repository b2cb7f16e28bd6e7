"""briefing batch: many pages or articles, a shard at a time, on one machine or a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..errors import UsageError
from ..messages import Message, both, nearest
from . import console, options
from . import options_batch as batch_options
from .language import say
from .progress import progress as showing_progress
from .usage import whole_number, with_help

if TYPE_CHECKING:
    from ..app.batch import Job, Report
    from ..config import Settings

HELP = both(
    "大批量摘要：成千上万的版面或稿件，分片写成表，中断后可接着做，可用多进程或 Ray 集群。",
    "Summarize pages or articles by the million into tables, a shard at a time; on processes or on Ray.",
)


def batch(
    context: typer.Context,
    corpus: batch_options.Corpus = None,
    into: batch_options.OutFolder = None,
    engine: batch_options.Engine = "local",
    address: batch_options.Address = None,
    workers: batch_options.Workers = None,
    resume: batch_options.Resume = False,
    model: options.Model = None,
    length: options.Length = None,
    tables: batch_options.TableFormat = "jsonl",
    shard: batch_options.ShardSize = None,
    duplicates: batch_options.Duplicates = False,
    as_json: options.Json = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
) -> int:
    """Prints a report at the end; progress goes to stderr."""
    from ..app import batch as app

    settings = options.chosen_settings(context, config)
    job = _job(context, settings)
    with showing_progress(quiet, say("批量摘要", "batch")) as progress:
        report = app.run(job, lambda now: progress.show(_so_far(now)) if progress else None)
    if as_json:
        console.print_json(report.as_dict())
    else:
        console.echo(_as_text(report, job.out))
    return console.status(
        report.articles + report.earlier, report.failures or not report.records + report.earlier
    )


def _job(context: typer.Context, settings: Settings) -> Job:
    """The job that the command line asks for; raises UsageError."""
    from ..app import batch as app
    from ..registry import DEFAULT_MODEL

    asked = context.params
    if not asked["corpus"]:
        raise with_help("缺少参数 IN...", "IN... is missing", context=context)
    if asked["into"] is None:
        raise with_help("缺少 --out", "--out is missing", context=context)
    return app.Job(
        sources=tuple(asked["corpus"]),
        out=asked["into"],
        model=settings.model or DEFAULT_MODEL,
        length=settings.length,
        engine=_one_of(asked["engine"], "--engine", app.ENGINES),
        format=_one_of(asked["tables"], "--format", app.FORMATS),
        workers=whole_number(asked["workers"], "--workers ", 1) if asked["workers"] else 0,
        shard=whole_number(asked["shard"], "--shard ", 1) if asked["shard"] else app.SHARD,
        address=asked["address"],
        resume=asked["resume"],
        duplicates=asked["duplicates"],
    )


def _one_of(word: str, name: str, known: Sequence[str]) -> str:
    """The word, if it is one of those known; raises UsageError."""
    if word in known:
        return word
    near = nearest(word, known)
    raise UsageError(
        Message(f"{name} 不能是 {word}", f"{name} cannot be {word}"),
        Message(
            (f"是不是想写 {near}？" if near else "") + f"可选 {'、'.join(known)}",
            (f"did you mean {near}? " if near else "") + f"it takes {', '.join(known)}",
        ),
    )


def _so_far(report: Report) -> str:
    """Articles, rate and time left."""
    seconds = max(report.seconds, 1e-9)
    rate = report.articles / seconds
    text = say(
        f"已完成 {report.articles:,} 篇，每秒 {rate:,.1f} 篇",
        f"{report.articles:,} articles, {rate:,.1f} a second",
    )
    done = report.share - report.share_before
    if done <= 0 or seconds < 1:
        return text
    left = _duration(seconds / done * (1 - report.share))
    return text + say(f"，约剩 {left}", f", about {left} left")


def _duration(seconds: float) -> str:
    """5:07 or 26:05:07."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _as_text(report: Report, out: Path) -> str:
    """The report for people."""
    found = report.as_dict()
    rate = found["articles_per_second"]
    lines = [
        say(
            f"{out}：{report.articles:,} 篇，{report.seconds:,.1f} 秒，每秒 {rate:,.1f} 篇，"
            f"正文 {report.characters:,} 字",
            f"{out}: {report.articles:,} articles in {report.seconds:,.1f} s, {rate:,.1f} a second; "
            f"{report.characters:,} characters",
        )
    ]
    counts = (
        (report.earlier, "以前已完成的记录", "records done before"),
        (report.copies, "内容相同而略去的记录", "records left out as copies"),
        (report.duplicates or 0, "近似重复的稿件", "near-duplicate articles"),
    )
    lines += [say(f"{zh}：{n:,}", f"{en}: {n:,}") for n, zh, en in counts if n]
    lines += [say(f"问题 {kind}：{n:,}", f"problems, {kind}: {n:,}") for kind, n in found["problems"].items()]
    return "\n".join(lines)
