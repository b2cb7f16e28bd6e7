#!/usr/bin/env python3
"""Measures what the README promises: start-up, segmenting, a digest of the example, and a page of 50 MB.

usage: speed.py            (prints CPU seconds, megabytes a second, and peak memory; nothing is asserted)
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefing.read.plain import read
from briefing.segmentation.articles import segment

ROOT = Path(__file__).parents[1]
PARAGRAPH = (
    "本报讯 云汀市昨日宣布，望江桥维修工程提前20天完工，今天6时起恢复双向通行。市交通局副局长柏舟说，"
    "桥面荷载提高了三成，工期比同类桥梁缩短了四分之一，沿线12条公交线路同步恢复。"
)


def edition(size: int) -> bytes:
    """A hard-wrapped text of about `size` bytes: articles of a headline and five paragraphs."""

    def wrap(text: str) -> str:
        text = "　　" + text
        return "\n".join(text[i : i + 25] for i in range(0, len(text), 25))

    one = len(wrap(PARAGRAPH).encode()) * 5
    return "\n\n".join(
        "\n".join([f"望江桥提前通车第{n}次报道", *[wrap(PARAGRAPH)] * 5]) for n in range(size // one)
    ).encode()


def cpu(command: list[str]) -> tuple[float, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - started


def main() -> None:
    briefing = [sys.executable, "-m", "briefing"]
    runs = sorted(cpu([*briefing, "--help"])[0] for _ in range(5))
    print(f"briefing --help            {runs[2]:.2f} s of CPU (median of 5)")
    with tempfile.TemporaryDirectory() as folder:
        runs = sorted(
            cpu([*briefing, "digest", str(ROOT / "examples/pages"), "--out", folder])[1] for _ in range(3)
        )
        print(f"digest of the example      {runs[1]:.2f} s in all (median of 3)")
    for size in (500_000, 2_000_000, 8_000_000):
        data = edition(size)
        times = []
        for _ in range(3):
            started = time.process_time()
            segment(*read("page.txt", data))
            times.append(time.process_time() - started)
        print(
            f"segment {len(data) / 1e6:5.1f} MB            {len(data) / 1e6 / min(times):.2f} MB/s (best of 3)"
        )
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(edition(50_000_000))
        file.flush()
        started = time.monotonic()
        code = f"import sys; sys.argv = ['briefing', 'segment', {file.name!r}]; import resource\ntry:\n from briefing.__main__ import main; main()\nfinally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        print(
            f"a text of 50 MB            {time.monotonic() - started:.0f} s, peak {int(run.stderr.split()[-1]) / 1e6:.2f} GB"
        )


if __name__ == "__main__":
    main()
