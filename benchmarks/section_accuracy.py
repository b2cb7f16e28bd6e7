"""How often the section told from the words is the one that a person gave.

    python benchmarks/section_accuracy.py DATA [--half build|held] [--show]

DATA is the folder of news-dev.jsonl.gz and articles-web.jsonl.xz; section_labels.json has ids and labels only. The
lexicon was made with the half `build` in view and is judged on `held`. Printed columns and pages are not used here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from briefing.edit.section import OTHER, SECTIONS, guess_section, section_points
from briefing.types import Article

LABELS = Path(__file__).with_name("section_labels.json")
CAMPUS = "南开"
"""A third of articles-web is of a university's own news; no newspaper is like that, so figures without it are given too."""


def articles(data: Path, wanted: set[str]) -> Iterator[Article]:
    with (
        gzip.open(data / "news-dev.jsonl.gz", "rt", encoding="utf-8") as news,
        lzma.open(data / "articles-web.jsonl.xz", "rt", encoding="utf-8") as web,
    ):
        for stream in (news, web):
            for line in stream:
                row = json.loads(line)
                if row["id"] in wanted:
                    paragraphs = tuple(row["text"].split("\n"))
                    source = row.get("source", "news")
                    yield Article(id=row["id"], headline=row["title"], paragraphs=paragraphs, source=source)


def report(name: str, rows: list[tuple[str, list[str]]]) -> None:
    told = [(got, labels) for got, labels in rows if got != OTHER]
    first = sum(got == labels[0] for got, labels in rows)
    either = sum(got in labels for got, labels in rows)
    right = sum(got in labels for got, labels in told)
    print(
        f"{name}: {len(rows)} articles; first label {first / len(rows):.1%}, either label {either / len(rows):.1%}; "
        f"told at all {len(told) / len(rows):.1%}, of these right {right / max(1, len(told)):.1%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=("build", "held"), default="held")
    parser.add_argument("--show", action="store_true", help="print the headlines that go wrong")
    options = parser.parse_args()
    labels = {
        key: value.split("/") for key, value in json.loads(LABELS.read_text("utf-8"))[options.half].items()
    }
    found = sorted(articles(options.data, set(labels)), key=lambda article: article.id)
    began = time.perf_counter()
    got = {article.id: guess_section(article) for article in found}
    took = time.perf_counter() - began
    report(options.half, [(got[a.id], labels[a.id]) for a in found])
    report("  without the campus", [(got[a.id], labels[a.id]) for a in found if CAMPUS not in a.source])
    report("  broadcast news", [(got[a.id], labels[a.id]) for a in found if a.source == "news"])
    pairs = Counter((labels[a.id][0], got[a.id]) for a in found)
    for name in SECTIONS:
        row = {other: pairs[name, other] for other in (*SECTIONS, OTHER) if pairs[name, other]}
        print(f"  {name} -> {row}")
    print(f"  {len(found)} articles in {took * 1000:.0f} ms")
    if options.show:
        for article in found:
            if got[article.id] not in labels[article.id]:
                best = {k: v for k, v in section_points(article).items() if v}
                print(article.id, labels[article.id], got[article.id], article.headline[:44], best)


if __name__ == "__main__":
    main()
