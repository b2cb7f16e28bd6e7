#!/usr/bin/env python3
"""Feeds every compiled pattern of the package lines made of its own words, and names those that take SLOW seconds.

usage: fuzz_patterns.py [--seconds 60] [--seed 1]

A pattern that can read one line in very many ways looks harmless until a stranger's page has that line. Lines are as long as the
callers let through (LENGTH); a pattern is matched at the beginning and as a whole.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import re
import signal
import sys
import time
from typing import Any

import briefing

LENGTH, LINES, SLOW = 60, 60, 1.0
WORDS = re.compile(r"[\u3000-\u9fff\uff00-\uffef]{1,3}|[A-Za-z]+")
OTHERS = [*' \t：:、，。>（(—-*_1年林和驻/"<&;=']


class TooSlowError(Exception):
    """The time of one line is over."""


def patterns() -> dict[str, re.Pattern[str]]:
    """The package's patterns of text, by module and name; training aside."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if "training" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if hasattr(value, "fullmatch") and isinstance(getattr(value, "pattern", None), str):
                found.setdefault(f"{module.name}.{name}", value)
    return found


def line_of(words: list[str], chance: random.Random) -> str:
    """A few of the words, again and again, with something odd at an end."""
    unit = "".join(chance.choice(words) for _ in range(chance.randint(1, 3)))
    head = chance.choice(words) if chance.random() < 0.5 else ""
    return head + (unit * LENGTH)[:LENGTH] + chance.choice(("", "\0", "x"))


def slow(pattern: re.Pattern[str], chance: random.Random) -> str:
    """A line that takes too long, or "" """
    words = [*dict.fromkeys(WORDS.findall(pattern.pattern))][:60] + OTHERS
    for _ in range(LINES):
        line = line_of(words, chance)
        signal.setitimer(signal.ITIMER_REAL, SLOW)
        try:
            pattern.match(line)
            pattern.fullmatch(line)
        except TooSlowError:
            return line
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def main() -> None:
    def stop(*_: Any) -> None:
        raise TooSlowError

    signal.signal(signal.SIGALRM, stop)
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--seconds", type=float, default=60)
    ap.add_argument("--seed", type=int, default=1)
    asked = ap.parse_args()
    chance, end, rounds = random.Random(asked.seed), time.monotonic() + asked.seconds, 0
    every, failed = patterns(), {}
    while time.monotonic() < end:
        rounds += 1
        for name, pattern in every.items():
            if name not in failed and (line := slow(pattern, chance)):
                failed[name] = line
                print(f"{name}: {line!r}")
    print(f"{len(every)} patterns, {rounds} rounds of {LINES} lines, {len(failed)} too slow")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
