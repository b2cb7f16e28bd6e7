"""The work of a batch on one record: its articles, each summarized, as rows of the tables.

Knows not where it runs: every engine makes it once in each of its workers. A record that fails in
whatever way becomes a row of `problems`, never the end of millions of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .. import pipeline
from ..edit.script import Reading, restore_original
from ..messages import Message
from ..protocols import Outcome
from ..read.corpus import Record, pages_of
from ..types import Article, Problem, Story

UNREADABLE, NO_SUMMARY, UNEXPECTED, KILLER, NOTE = "unreadable", "no-summary", "unexpected", "killer", "note"
"""Kinds of problems: not read, not summarized, a mistake of the program, a record that kills the process
that reads it, and what was left out on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A record that has been worked on: its rows by table. `share` is the record's."""

    key: str
    share: float
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchWork:
    """Makes the worker that turns a record into rows. Picklable."""

    summarize: pipeline.Summarize

    def __call__(self) -> Callable[[Record], Outcome[Done]]:
        """The worker."""
        summarize = self.summarize()

        def work(record: Record) -> Outcome[Done]:
            try:
                return done(record, list(_outcomes(record, summarize)))
            except Exception as error:  # days of work do not end with one record: the row names the mistake
                what = f"{type(error).__name__}: {error}"
                problem = Problem(
                    source=record.source, message=Message(f"程序出错：{what}", f"a mistake of ours: {what}")
                )
                return done(record, [(UNEXPECTED, problem)])

        return work


def killer(record: Record) -> Done:
    """What becomes of a record that ends the process which works on it."""
    problem = Problem(
        source=record.source,
        message=Message("处理它的进程中途退出", "the process that works on it ends"),
        hint=Message("多半是内存不够；请单独试这一条", "it may need too much memory: try it alone"),
    )
    return done(record, [(KILLER, problem)])


def unread(problem: Problem, key: str) -> Done:
    """What becomes of a part of the input that gives no record."""
    rows = [_problem_row(key, NOTE if problem.note else UNREADABLE, problem)]
    return Done(
        key=key, share=0.0, tables={"records": [_record_row(key, problem.source, 0, rows)], "problems": rows}
    )


Item = Story | tuple[str, Problem]


def _outcomes(record: Record, summarize: Callable[[Article], Outcome[Story]]) -> Iterator[Item]:
    for article in pipeline.articles(pipeline.segmented(pages_of(record))):
        if isinstance(article, Problem):
            yield NOTE if article.note else UNREADABLE, article
            continue
        reading = Reading.of(article)
        story = summarize(reading.plain)
        if isinstance(story, Problem):
            yield NO_SUMMARY, story
        else:
            yield restore_original(story, reading.original)


def done(record: Record, items: list[Item]) -> Done:
    """The rows of a record's stories and problems."""
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("articles", "summaries", "evidence", "checks", "problems")
    }
    number = 0
    for item in items:
        if isinstance(item, tuple):
            tables["problems"].append(_problem_row(record.key, *item))
            continue
        for name, rows in _story_rows(record.key, number, item).items():
            tables[name] += rows
        number += 1
    row = _record_row(record.key, record.source, number, tables["problems"])
    return Done(key=record.key, share=record.share, tables={"records": [row], **tables})


def _record_row(key: str, source: str, articles: int, problems: list[dict[str, Any]]) -> dict[str, Any]:
    return {"record": key, "source": source, "articles": articles, "problems": len(problems)}


def _story_rows(key: str, number: int, story: Story) -> dict[str, list[dict[str, Any]]]:
    summary, of = story.summary, {"record": key, "number": number}
    checks = summary.checks
    found = {
        "number": checks.unsupported_numbers,
        "name": checks.unsupported_names,
        "claim": checks.unsupported_claims,
    }
    return {
        "articles": [of | _article_row(story.article)],
        "summaries": [
            of
            | {
                "headline": story.article.headline,
                "gist": summary.gist,
                "summary": summary.text,
                "model": summary.model,
                "origin": summary.origin.value,
                "passed": checks.passed,
            }
        ],
        "evidence": [
            of | {"sentence": n, "text": one.text, "start": start, "end": end, "coverage": one.coverage}
            for n, one in enumerate(summary.sentences)
            for start, end in one.evidence
        ],
        "checks": [of | {"kind": kind, "found": one} for kind, ones in found.items() for one in ones],
    }


def _article_row(article: Article) -> dict[str, Any]:
    names = ("id", "source", "kicker", "headline", "deck", "byline", "dateline", "agency", "section", "paper")
    row = {name: getattr(article, name) for name in (*names, "page_number", "link", "text")}
    return row | {"date": article.date.isoformat() if article.date else None}


def _problem_row(key: str, kind: str, problem: Problem) -> dict[str, Any]:
    return {
        "record": key,
        "source": problem.source,
        "kind": kind,
        "message_zh": problem.message.zh,
        "message_en": problem.message.en,
        "hint_zh": problem.hint.zh if problem.hint else None,
        "hint_en": problem.hint.en if problem.hint else None,
    }


__all__ = ["BatchWork", "Done", "killer", "unread"]
