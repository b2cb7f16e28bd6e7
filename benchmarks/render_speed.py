"""How long fitting and printing take: the fit of 300 stories to a page, and all formats of 200 summarized articles.

    python benchmarks/render_speed.py [--stories 200] [--runs 5]

The stories are made up (tests/edition.py) and all differ. Each run is a process of its own, so that neither Typst nor
Python remembers anything; the imports are counted. Prints the median of the runs, in seconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ONE = """
import json, sys, time
sys.path.insert(0, "tests")
from edition import made
from briefing import pipeline
theme, count, formats = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")
of = made(count)
start = time.perf_counter()
from briefing.render.typst_printer import open_printer
asked = 0
with open_printer(theme, (), "zh") as printer:
    printer.measure(of.__class__(title="", date=of.date, sections=()), 9)  # loads Typst and the fonts
    loaded = time.perf_counter()
    within = printer.measure_up_to(1)
    def measure(briefing, size):
        global asked
        asked += 1
        return within(briefing, size)
    fitted = pipeline.fit_for_print(of, measure, printer.sizes, 1)
fit = time.perf_counter()
from briefing.app import digest as app
from briefing.config import settings
chosen = settings({"template": theme, "format": ",".join(formats)})
made = pipeline.publish(of, app.renderers(chosen, fitted.size), "zh", fitted.briefing)
end = time.perf_counter()
print(json.dumps({"load": loaded - start, "fit": fit - loaded, "formats": end - fit, "all": end - start, "asked": asked}))
"""


def run(theme: str, count: int, formats: str, runs: int) -> dict[str, float]:
    found = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", ONE, theme, str(count), formats],
                cwd=ROOT,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            ).stdout
        )
        for _ in range(runs)
    ]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print("theme    stories  loading  fit    (asked)  all formats  all")
    for theme in ("classic", "modern", "neican"):
        for count in (asked.stories, 300):
            took = run(theme, count, "html,md,txt,json,pdf,png,epub,speech,feed", asked.runs)
            print(
                f"{theme:8} {count:7} {took['load']:7.3f}s {took['fit']:6.3f}s {took['asked']:6.0f} {took['formats']:11.3f}s {took['all']:6.3f}s"
            )


if __name__ == "__main__":
    main()
