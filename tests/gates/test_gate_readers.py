"""Articles on the web, in six layouts: the headline, the day, the paper and the body come out, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus import article, references, segmented
from scorer import fold, similarity
from sites import DAY, LAYOUTS, PAPER


def test_news_pages(gate: Callable[..., None], tmp_path: Path) -> None:
    wanted = [article(one) for one in references()]
    files = []
    for number, one in enumerate(wanted):
        layout = LAYOUTS[number % len(LAYOUTS)]
        files.append(tmp_path / f"{number:02d}-{layout.__name__}.html")
        files[-1].write_text(layout(one), encoding="utf-8")
    headlines = dates = papers = bodies = 0
    missed = []
    for one, file, page in zip(wanted, files, segmented(files), strict=True):
        found = page["articles"]
        headline = len(found) == 1 and fold(found[0]["headline"]) == fold(one.headline)
        body = len(found) == 1 and similarity(fold(one.body), fold("".join(found[0]["paragraphs"]))) >= 0.98
        headlines += headline
        bodies += body
        dates += page["date"] == DAY
        papers += page["paper"] == PAPER
        if not (headline and body):
            missed.append(f"{file.stem}: {one.headline}")
    share = 100 / len(wanted)
    gate("readers, news pages: headline", headlines * share, missed)
    gate("readers, news pages: body", bodies * share, missed)
    gate("readers, news pages: date", dates * share)
    gate("readers, news pages: paper", papers * share)
