"""How well a report that was told already is known again.

    python benchmarks/told_again.py DATA [--days N] [--show]

DATA is a folder with news-train.jsonl.gz and articles-web.jsonl.xz. Two figures: precision and recall of
"told already" over the pairs of told_pairs.json; and how many pairs of a broadcaster's items of
neighbouring days, among which hardly one repeats another, are taken for told (with --days 0 not counted).
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.edit.likeness import likeness, traces
from briefing.edit.told import continuations, is_continued, news
from briefing.types import Article

PAIRS = Path(__file__).with_name("told_pairs.json")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with (gzip.open if path.suffix == ".gz" else lzma.open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def article(row: dict[str, Any]) -> Article:
    title = row["title"].partition("】")[2] if row["title"].startswith("【") else row["title"]
    year, month, day = (int(part) for part in str(row["date"]).split()[0].split("-"))
    return Article(
        id=row["id"],
        headline=title or row["title"],
        paragraphs=tuple(row["text"].split("\n")),
        date=datetime.date(year, month, day),
    )


def verdict(earlier: Article, later: Article) -> str:
    (found,) = continuations([later], [earlier])
    if found is None:
        return "other"
    return "further" if found.new else "told"


def labelled(data: Path, show: bool) -> None:
    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))
    wanted = {id for label in ("told", "further", "other") for pair in pairs[label] for id in pair.split()}
    known = {
        row["id"]: article(row)
        for name in ("news-train.jsonl.gz", "articles-web.jsonl.xz")
        for row in rows(data / name)
        if row["id"] in wanted
    }
    counts: Counter[tuple[str, str]] = Counter()
    for label in ("told", "further", "other"):
        for pair in pairs[label]:
            earlier, later = (known[id] for id in pair.split())
            said = verdict(earlier, later)
            counts[label, said] += 1
            if show and (label == "told") != (said == "told"):
                print(label, said, earlier.headline, "|", later.headline)
    all_said = sum(count for (_, one), count in counts.items() if one == "told")
    right, all_told = counts["told", "told"], len(pairs["told"])
    print(f"{sum(counts.values())} pairs, {all_told} told already: ", end="")
    print(
        f"precision {100 * right / all_said:.1f} ({right} of {all_said}), recall {100 * right / all_told:.1f}"
    )
    both = counts["further", "further"] + counts["further", "told"]
    print(f"with news: {both} of {len(pairs['further'])} known as the same event", end="; ")
    print(f"other events taken for it: {counts['other', 'further'] + counts['other', 'told']}")


def neighbours(data: Path, days: int, show: bool) -> None:
    items = [article(row) for row in rows(data / "news-train.jsonl.gz")]
    of_day = defaultdict(list)
    for number, item in enumerate(items):
        of_day[item.date].append(number)
    every, pairs, told = traces(items), 0, 0
    for number, item in enumerate(items):
        for back in range(1, days + 1):
            assert item.date
            for before in of_day.get(item.date - datetime.timedelta(days=back), ()):
                pairs += 1
                like = likeness(every[number], every[before])
                if is_continued(like) and not news(item, [items[before]], like.copied):
                    told += 1
                    if show:
                        print(items[before].headline, "|", item.headline)
    print(f"{pairs} pairs of items of neighbouring days, up to {days} apart: {told} taken for told")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    labelled(given.data, given.show)
    if given.days:
        neighbours(given.data, given.days, given.show)


if __name__ == "__main__":
    main()
