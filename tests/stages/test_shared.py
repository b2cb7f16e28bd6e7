"""The scorers of the shared benchmarks, where that folder stands beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from source_files import only_page

from briefing.read.sources import read
from briefing.segmentation.articles import segment

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "benchmarks").is_dir(), reason="no shared/ beside the checkout"
)


@needs_shared
def test_segmentation_reaches_its_mark_in_every_family() -> None:
    command = f"{sys.executable} -m briefing segment --json"
    score = SHARED / "benchmarks/segmentation/score.py"
    run = subprocess.run(
        [sys.executable, str(score), "--command", command], capture_output=True, text=True, check=True
    )
    rows = {
        row[0]: [float(x) for x in row[1:6]] for line in run.stdout.splitlines()[1:] if (row := line.split())
    }
    assert rows["all"][2] >= 97
    assert rows["all"][3] >= 95
    assert all(row[2] >= 94 for row in rows.values()), run.stdout


@needs_shared
def test_all_articles_of_the_real_page() -> None:
    gold = json.loads((SHARED / "pages/2020-06-17-front.gold.json").read_text(encoding="utf-8"))
    path = str(SHARED / "pages/2020-06-17-front.md")
    found = segment(only_page(read(path)))
    assert [(a.kicker, a.headline, "".join(a.paragraphs)) for a in found.articles] == [
        (g["kicker"], g["headline"], g["body"]) for g in gold
    ]
