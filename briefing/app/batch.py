"""briefing batch: a corpus of any size through the stages, on one of the engines, a shard at a time.

What is done is known by the sha256 of each record: a killed job goes on where its last whole shard
ends, and the same input gives the same shards on every engine, in one run or in several.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from .. import __version__, pipeline
from ..deliver.folder_lock import FolderInUseError, folder_lock
from ..engine.local import local
from ..errors import UsageError
from ..messages import Message
from ..protocols import Outcome, Stage
from ..read.corpus import Record, records
from ..registry import SummarizerMaker, find_model
from ..store.shards import Shards
from ..types import Problem
from .batch_work import NOTE, BatchWork, Done, killer, unread

ENGINES = ("local", "processes", "ray")
FORMATS = ("jsonl", "parquet")
SHARD = 1000
"""Records of a shard: what a killed job does again at most."""
PATIENCE = 2.0
"""Seconds to wait for another job that writes into the folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is asked for. `workers` 0: one a core; `shard` counts records."""

    sources: tuple[str, ...]
    out: Path
    model: str
    length: int
    engine: str = "local"
    format: str = "jsonl"
    workers: int = 0
    shard: int = SHARD
    address: str | None = None
    resume: bool = False
    duplicates: bool = False

    @property
    def outcome(self) -> dict[str, Any]:
        """What decides on the bytes that come out; where it runs does not."""
        names = ("model", "length", "format", "shard")
        return {"schema": "briefing-batch/1", "program": __version__} | {n: getattr(self, n) for n in names}


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run did. `share` is the part of the input that is done, 0 to 1, and `share_before` the
    part that earlier runs had done; `copies` are records with the content of an earlier one.
    """

    begun: float = field(default_factory=time.monotonic)
    records: int = 0
    earlier: int = 0
    copies: int = 0
    articles: int = 0
    characters: int = 0
    summary_characters: int = 0
    shards: int = 0
    duplicates: int | None = None
    problems: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    share: float = 0.0
    share_before: float = 0.0

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.begun

    @property
    def failures(self) -> int:
        """The problems that are no mere notes."""
        return sum(count for kind, count in self.problems.items() if kind != NOTE)

    def add(self, done: Done) -> None:
        """Counts a record that is done."""
        self.records += 1
        self.share = max(self.share, done.share)
        self.articles += len(done.tables.get("articles", ()))
        self.characters += sum(len(row["text"]) for row in done.tables.get("articles", ()))
        self.summary_characters += sum(len(row["summary"]) for row in done.tables.get("summaries", ()))
        self.origins.update(row["origin"] for row in done.tables.get("summaries", ()))
        self.problems.update(row["kind"] for row in done.tables.get("problems", ()))

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        seconds = self.seconds
        return {
            "schema": "briefing-batch-report/1",
            "records": self.records,
            "earlier": self.earlier,
            "copies": self.copies,
            "articles": self.articles,
            "characters": self.characters,
            "summary_characters": self.summary_characters,
            "shards": self.shards,
            "seconds": round(seconds, 3),
            "articles_per_second": round(self.articles / seconds, 3) if seconds else 0.0,
            "problems": dict(sorted(self.problems.items())),
            "origins": dict(sorted(self.origins.items())),
            **({} if self.duplicates is None else {"duplicates": self.duplicates}),
        }


def run(job: Job, told: Callable[[Report], None]) -> Report:
    """Does the job; `told` is called with the counts so far after each record.

    Raises UsageError for a wrong option or a folder of another job, StoreError where nothing can be
    written, ModelError.
    """
    _check(job)
    stage = _stage(job)
    with _claimed(job) as shards:
        report = Report()
        seen = {bytes.fromhex(row["record"]) for row in shards.done()}
        report.earlier = len(seen)
        fresh = _unseen(records(job.sources, job.out), seen, report)
        results = (_as_done(one) for one in stage(fresh))
        while shard := list(islice(_counted(results, report, told), job.shard)):
            shards.write(_tables(shard))
            report.shards += 1
        if job.duplicates:
            from .batch_duplicates import write_duplicates

            report.duplicates = write_duplicates(shards)
        return report


def _counted(results: Iterator[Done], report: Report, told: Callable[[Report], None]) -> Iterator[Done]:
    for done in results:
        report.add(done)
        told(report)
        yield done


def _unseen(items: Iterator[Outcome[Record]], seen: set[bytes], report: Report) -> Iterator[Outcome[Record]]:
    """What neither an earlier run nor this one has met; `seen` grows by it."""
    earlier = frozenset(seen) if seen else frozenset()
    for item in items:
        key = bytes.fromhex(item.key if isinstance(item, Record) else _problem_key(item))
        if key not in seen:
            seen.add(key)
            yield item
        elif key in earlier:
            report.share = report.share_before = max(report.share, getattr(item, "share", 0.0))
        else:
            report.copies += 1


def _problem_key(problem: Problem) -> str:
    return sha256(f"{problem.source}\0{problem.message.en}".encode("utf-8", "backslashreplace")).hexdigest()


def _as_done(item: Outcome[Done]) -> Done:
    return unread(item, _problem_key(item)) if isinstance(item, Problem) else item


def _tables(shard: Sequence[Done]) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {}
    for done in shard:
        for name, rows in done.tables.items():
            tables.setdefault(name, []).extend(rows)
    return tables


def _stage(job: Job) -> Stage[Record, Done]:
    """The stage on the job's engine. Each worker has one core, so that all engines compute the same."""
    model = find_model(job.model)
    work = BatchWork(pipeline.Summarize(SummarizerMaker(model, cores=1), job.length))
    workers = job.workers or os.cpu_count() or 1
    if job.engine == "processes":
        from ..engine.processes import lasting_processes

        return lasting_processes(work, workers, killer)
    if job.engine == "ray":
        from ..engine.ray import ray_stage

        return ray_stage(work, workers, address=job.address, size=lambda one: len(one.data), lost=killer)
    if model.shared and workers > 1:
        from ..engine.threads import threads

        return threads(work, workers)
    return local(work)


def _check(job: Job) -> None:
    """Raises UsageError for what cannot be done."""
    needs = {"ray": job.engine == "ray", "pyarrow": job.format == "parquet", "datasketch": job.duplicates}
    for package, needed in needs.items():
        if needed and not find_spec(package):
            extra = f"pip install 'briefing[{'ray' if package == 'ray' else 'batch'}]'"
            raise UsageError(
                Message(f"没有装 {package}", f"{package} is not installed"), Message(extra, extra)
            )
    if job.address and job.engine != "ray":
        raise UsageError(
            Message("--address 只用于 --engine ray", "--address goes with --engine ray"),
            Message("请加 --engine ray，或去掉 --address", "add --engine ray, or leave --address out"),
        )


@contextmanager
def _claimed(job: Job) -> Iterator[Shards]:
    """The job's folder, for this run alone. Raises UsageError if it is another job's or in use."""
    shards = Shards(job.out, job.format)
    before = shards.job() if job.out.is_dir() else None
    _check_folder(job, before)
    if before is None:
        shards.begin(job.outcome)
    try:
        with folder_lock(job.out, PATIENCE):
            shards.remove_parts()
            yield shards
    except FolderInUseError:
        raise UsageError(
            Message(f"另一个任务正在写 {job.out}", f"another job is writing into {job.out}"),
            Message("请等它结束，或换一个 --out", "wait for it, or name another --out"),
        ) from None


def _check_folder(job: Job, before: dict[str, Any] | None) -> None:
    if before is None:
        if job.out.exists() and (not job.out.is_dir() or _is_foreign(job.out)):
            raise UsageError(
                Message(f"{job.out} 不是空文件夹", f"{job.out} is not an empty folder"),
                Message("请换一个 --out", "name another --out"),
            )
        return
    if not job.resume:
        raise UsageError(
            Message(f"{job.out} 里已有一个任务", f"there is a job in {job.out} already"),
            Message(
                "加 --resume 接着做，或换一个 --out", "add --resume to go on with it, or name another --out"
            ),
        )
    now = job.outcome
    differ = [name for name in now if before.get(name) != now[name]]
    if differ:
        had = ", ".join(f"{name}={before.get(name)}" for name in differ)
        raise UsageError(
            Message(f"{job.out} 里的任务与这次不同，它是：{had}", f"the job in {job.out} has {had}"),
            Message(
                "请用同样的选项和版本，或换一个 --out", "use the same options and version, or another --out"
            ),
        )


def _is_foreign(folder: Path) -> bool:
    return any(not one.name.startswith(".part-") for one in folder.iterdir())


__all__ = ["ENGINES", "FORMATS", "SHARD", "Job", "Report", "run"]
