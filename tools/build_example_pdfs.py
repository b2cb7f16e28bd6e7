#!/usr/bin/env python3
"""Sets an edition of an invented evening paper in print: examples/pdf/2026-11-20-NN.pdf, four columns a page.

usage: build_example_pdfs.py [FOLDER]

The articles are those of tests/data/example-gold; the setting is that of benchmarks/print_sheet.py.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import print_sheet  # noqa: E402  # after the path
from print_sheet import EDGE, HEIGHT, WIDTH, Sheet  # noqa: E402

SECTIONS = ("要闻", "民生", "综合", "文体")
EDITORS = ("林晚舟　美编　顾承安", "芷若　版式设计　乔木", "蓝田　美编　乔木", "白澄　版式设计　乔木")
JUMPS = {1: "{}（下转第三版）", 3: "（上接第一版）{}"}
"""The lead of the front page goes on on page 3."""
COLUMNS, GUTTER, BODY = 4, 20, 12
COLUMN = (WIDTH - 2 * EDGE - (COLUMNS - 1) * GUTTER) / COLUMNS


def paragraphs(text: str, rng: random.Random) -> list[str]:
    """Two sentences each; what closes a quotation stays with it."""
    sentences = re.findall(r".*?[。！？][”’）]*|.+$", text)
    return ["".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


print_sheet.paragraphs = paragraphs


def as_printed(article: dict[str, Any]) -> dict[str, Any]:
    """The article with its byline before the text, as a paper has it, and spaces that a line's end does not swallow."""
    found = {
        name: (article[name] or "").replace(" ", "　") or None for name in ("kicker", "headline", "deck")
    }
    byline = re.sub(r"\s+", " ", article["byline"] or "")
    return found | {"body": (f"本报讯（{byline}）" if byline.startswith("记者") else "") + article["body"]}


def page(number: int, articles: list[dict[str, Any]]) -> dict[str, Any]:
    """One page: the lead over all columns, the others in pairs of half its width."""
    sheet, rng = Sheet(), random.Random(number + 4)
    words = f"2026年11月20日 星期五 第{number:02d}版 {SECTIONS[number - 1]}"
    top = 66.0
    if number == 1:
        sheet.put(EDGE, 26, 40, "云汀晚报", "bold")
        sheet.put(WIDTH - EDGE - 200, 36, 11, words, font="Briefing Sans")
        sheet.put(WIDTH - EDGE - 200, 54, 9, "国内统一刊号：CN88-0002　今日4版", font="Briefing Sans")
        sheet.data["rules"].append((EDGE, 80, WIDTH - 2 * EDGE, 0))
        top = 100.0
    else:
        sheet.put(EDGE, 24, 11, words, font="Briefing Sans")
        sheet.put(WIDTH - EDGE - 60, 22, 14, "云汀晚报", "bold")
        sheet.data["rules"].append((EDGE, 46, WIDTH - 2 * EDGE, 0))
    sheet.put(EDGE, HEIGHT - 30, 8, f"责任编辑　{EDITORS[number - 1]}", font="Briefing Sans")
    for row in [articles[:1], *(articles[at : at + 2] for at in range(1, len(articles), 2))]:
        span, ends = COLUMNS // len(row), []
        for at, article in enumerate(row):
            left = EDGE + at * span * (COLUMN + GUTTER)
            ends.append(
                print_sheet.story(sheet, article, left, top, span, COLUMN, GUTTER, BODY, rng, False, "plain")
            )
        top = max(ends) + 26
    return sheet.data


def main() -> None:
    """Writes one file a page."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples/pdf"
    folder.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(sorted((ROOT / "tests/data/example-gold").glob("*.gold.json")), 1):
        articles = [as_printed(article) for article in json.loads(file.read_text(encoding="utf-8"))]
        if number in JUMPS:
            articles[0]["body"] = JUMPS[number].format(articles[0]["body"])
        path = folder / f"2026-11-20-{number:02d}.pdf"
        path.write_bytes(print_sheet.printed([page(number, articles)]))
        print(path)


if __name__ == "__main__":
    main()
