#!/usr/bin/env python3
"""Lays articles out as ten families of news sites do, and scores what `briefing` and trafilatura make of them.

usage: news_pages.py [--pages 200] [--seed 1] [--keep DIR]

The stories are those of `tests/gates`; sites and layouts are invented, in the manner of wire services, portals, papers,
offices, public accounts and pages for phones. Around each story stands what such sites put there: menus, promotions,
related news with and without summaries, rankings, comments, editors, disclaimers, calls to scan. Each family states the
day in its own way; one states none. Printed for each family and both programs, in percent: the headline, the day, the
first and the last paragraph, and the milliseconds a page. A day is right where it is the one stated, or none where none is.
"""

from __future__ import annotations

import argparse
import datetime
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "gates"))

from corpus import article, references
from news_sites import FAMILIES, PLACES, WITHOUT_DAY, Story

from briefing.errors import SourceError
from briefing.read import html as reader
from briefing.types import Page, Role


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text or "")


def by_briefing(page: str) -> tuple[str, Any, list[str]]:
    try:
        (found,) = [item for item in reader.read("page.html", page.encode()) if isinstance(item, Page)]
    except (SourceError, ValueError):
        return "", "none read", []
    headline = next((block.text for block in found.blocks if block.role is Role.HEADLINE), "")
    return headline, found.date, [block.text for block in found.blocks if block.role is Role.BODY]


def by_trafilatura(page: str) -> tuple[str, Any, list[str]]:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, with_metadata=True, include_comments=False)
    if found is None:
        return "", "none read", []
    day = datetime.date.fromisoformat(found.date) if found.date else None
    return found.title or "", day, [line for line in (found.text or "").split("\n") if line.strip()]


def marks(story: Story, wanted: datetime.date | None, found: tuple[str, Any, list[str]]) -> dict[str, bool]:
    headline, day, texts = found
    return {
        "headline": letters(headline) == letters(story.headline),
        "day": day == wanted,
        "begin": bool(texts) and letters(texts[0]) == letters(story.paragraphs[0]),
        "end": bool(texts) and letters(texts[-1]) == letters(story.paragraphs[-1]),
        "paragraphs": [letters(text) for text in texts] == [letters(text) for text in story.paragraphs],
    }


def stories(count: int, chance: random.Random) -> list[Story]:
    own = [
        one
        for one in map(article, references())
        if one.headline and len(one.paragraphs) > 1 and sum(map(len, one.paragraphs)) > 80
    ]
    made = []
    for number in range(count):
        one, place = own[number % len(own)], chance.choice(PLACES)
        day = datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randrange(330))
        site = f"{place}{chance.choice(('网', '新闻网', '在线', '日报', '晚报网'))}"
        made.append(
            Story(one.headline, tuple(one.paragraphs), day, site, f"{place}{chance.choice(('日报', '晚报'))}")
        )
    return made


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pages", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    told = stories(chosen.pages, chance)
    programs = {"briefing": by_briefing, "trafilatura": by_trafilatura}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for number, story in enumerate(told):
        family = FAMILIES[number % len(FAMILIES)]
        page = family(story, chance)
        if chosen.keep:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / f"{number:04d}-{family.__name__}.html").write_text(page, encoding="utf-8")
        for name, program in programs.items():
            begun = time.process_time()
            found = program(page)
            count = counts.setdefault((name, family.__name__), Counter())
            count["milliseconds"] += round(1_000_000 * (time.process_time() - begun))
            count["pages"] += 1
            count.update(
                key
                for key, right in marks(story, None if family in WITHOUT_DAY else story.day, found).items()
                if right
            )
    table(counts)


def table(counts: dict[tuple[str, str], Counter[str]]) -> None:
    columns = ("headline", "day", "begin", "end", "paragraphs")
    print(f"{'program':12}{'family':12}" + "".join(f"{name:>12}" for name in (*columns, "ms a page")))
    for name in dict.fromkeys(name for name, _ in counts):
        total: Counter[str] = Counter()
        for (program, family), count in counts.items():
            if program == name:
                total += count
                row(name, family, count, columns)
        row(name, "all", total, columns)


def row(name: str, family: str, count: Counter[str], columns: tuple[str, ...]) -> None:
    shares = "".join(f"{100 * count[column] / count['pages']:12.1f}" for column in columns)
    print(f"{name:12}{family:12}{shares}{count['milliseconds'] / 1000 / count['pages']:12.1f}")


if __name__ == "__main__":
    main()
