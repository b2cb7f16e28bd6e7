#!/usr/bin/env python3
"""Seconds for 1, 4, 18 and 100 stories: ours in a new process, again with what it remembers, and loaded; beside peers.

usage: one_machine.py ARTICLES.jsonl [--stories 1,4,18,100] [--models extract,briefing-zh] [--peers lexrank,mt5]

Prints wall and CPU seconds; CPU seconds are what to compare where the machine is busy. `lexrank` is sumy's on jieba's words, `mt5`
a transformers mT5-small with random weights that writes 60 tokens: what it says is noise, what it takes is not.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from briefing.registry import find_model
from briefing.types import Article

Row = dict[str, Any]


def spent() -> tuple[float, float]:
    """Wall seconds, and CPU seconds of this process and of those that it has waited for."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.monotonic(), sum(one.ru_utime + one.ru_stime for one in usages)


def measured(work: Callable[[], object]) -> str:
    wall, cpu = spent()
    work()
    wall_after, cpu_after = spent()
    return f"{wall_after - wall:7.2f} s wall {cpu_after - cpu:7.2f} s CPU"


def command(model: str, rows: list[Row]) -> Iterator[tuple[str, str]]:
    """In a new process: cold, then with the summaries remembered."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        words = [sys.executable, "-m", "briefing", "summarize", str(file), "--json", "--model", model, "-q"]
        env = {**os.environ, "XDG_CACHE_HOME": folder}
        for when in ("new process", "again"):
            yield when, measured(lambda: subprocess.run(words, check=True, capture_output=True, env=env))


def loaded(model: str) -> Callable[[list[Row]], None]:
    summarizer = find_model(model).make()

    def run(rows: list[Row]) -> None:
        for row in rows:
            article = Article(id="", headline=row["title"], paragraphs=tuple(row["text"].split("\n")))
            summarizer.summarize(article, 120)

    run([{"title": "", "text": "云汀大桥昨日通车。"}])
    return run


def lexrank() -> Callable[[list[Row]], None]:
    import jieba
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.lex_rank import LexRankSummarizer

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(jieba.cut(text))

    jieba.initialize()

    def run(rows: list[Row]) -> None:
        for row in rows:
            paragraphs = [
                Paragraph([Sentence(part + "。", Words()) for part in line.split("。") if part.strip()])
                for line in row["text"].split("\n")
            ]
            LexRankSummarizer()(ObjectDocumentModel(paragraphs), 3)

    return run


def mt5() -> Callable[[list[Row]], None]:
    import torch
    from transformers import MT5Config, MT5ForConditionalGeneration

    torch.manual_seed(1)
    config = MT5Config(
        vocab_size=250_112,
        d_model=512,
        d_kv=64,
        d_ff=1024,
        num_layers=8,
        num_heads=6,
        decoder_start_token_id=0,
    )
    model = MT5ForConditionalGeneration(config).eval()

    def run(rows: list[Row]) -> None:
        for row in rows:
            length = min(512, max(8, int(len(row["text"]) / 1.4)))  # characters a token of its vocabulary
            tokens = torch.randint(10, 250_000, (1, length))
            with torch.inference_mode():
                model.generate(tokens, min_new_tokens=60, max_new_tokens=60, do_sample=False)

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--stories", default="1,4,18,100")
    parser.add_argument("--models", default="extract,briefing-zh")
    parser.add_argument("--peers", default="")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.articles.read_text("utf-8").splitlines()]
    counts = [int(word) for word in args.stories.split(",")]
    for model in filter(None, args.models.split(",")):
        for count in counts:
            for when, figures in command(model, rows[:count]):
                print(f"{model:12} {count:4} {when:12} {figures}", flush=True)
    peers = {"lexrank": lexrank, "mt5": mt5}
    names = [*args.models.split(","), *args.peers.split(",")]
    for name in filter(None, names):
        run = peers[name]() if name in peers else loaded(name)
        for count in counts:
            print(f"{name:12} {count:4} loaded       {measured(lambda: run(rows[:count]))}", flush=True)  # noqa: B023


if __name__ == "__main__":
    main()
