"""How many false sentences `briefing check` finds, by kind, and how many true ones it takes for false.

    python benchmarks/check_falsehoods.py FALSEHOODS [--data DATA] [--aside N] [--references N] [--model M] [--show KIND]

A row has true sentences about an article and false ones with their kind, all names and numbers in place (DATA's
falsehoods-train.jsonl; briefing/training/falsehoods/aside.jsonl, ours that nothing was trained on); its article is looked
up by id in the files of DATA, beside it by default. With --references the sentences of N references held out from training are
counted as well: they are true, and join more of an article than the true sentences of the rows.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from briefing.app.check import article_of, checked
from briefing.app.judges import judge_of
from briefing.protocols import Judge
from briefing.training.corpus import GOV, NEWS, WEB, for_selection, rows
from briefing.types import CheckedSentence


def of_falsehoods(
    path: Path, data: Path, judge: Judge | None, aside: int
) -> list[tuple[str, CheckedSentence]]:
    """The kind of each sentence ("true" for true ones), and the sentence checked; of `aside` articles
    that the judge was not trained on, or of all.
    """
    written: dict[str, Any] = {row["id"]: row for row in rows(path)}
    if aside:
        names = sorted(written, key=lambda name: hashlib.sha1(name.encode()).hexdigest())[:aside]
        written = {name: written[name] for name in names}
    found = []
    for name in (*NEWS, *WEB, *GOV):
        for row in rows(data / name):
            if one := written.get(row["id"]):
                article = article_of(row["id"], row["text"], row["title"])
                true = [one["true"]] if isinstance(one["true"], str) else one["true"]
                kinds = dict.fromkeys(true, "true") | {false["text"]: false["kind"] for false in one["false"]}
                for sentence in checked(article, "\n".join(kinds), judge):
                    found.append((next(kinds[text] for text in kinds if sentence.text in text), sentence))
    return found


def of_references(data: Path, count: int, judge: Judge | None) -> list[tuple[str, CheckedSentence]]:
    """The sentences of held-out references, checked."""
    found = []
    for one in for_selection(data, count)[1]:
        article = article_of(one.id, one.text, one.title)
        found += [("reference", sentence) for sentence in checked(article, one.summary, judge)]
    return found


def main() -> None:
    """Prints a line a kind."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("falsehoods", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--references", type=int, default=0)
    parser.add_argument("--aside", type=int, default=0)
    parser.add_argument("--model", default="extract", help="extract (rules alone), briefing-zh, a folder")
    parser.add_argument("--show", help="print the misses of this kind; the false alarms of true, reference")
    options = parser.parse_args()
    started = time.perf_counter()
    data = options.data or options.falsehoods.parent
    found = of_falsehoods(options.falsehoods, data, judge_of(options.model), options.aside)
    if options.references:
        found += of_references(data, options.references, judge_of(options.model))
    spent = time.perf_counter() - started
    kinds: dict[str, list[bool]] = defaultdict(list)
    for kind, sentence in found:
        kinds[kind].append(not sentence.supported)
        if kind == options.show and sentence.supported == (kind not in ("true", "reference")):
            print(sentence.text, *(reason.en for reason in sentence.reasons), sep="\n    ")
    alarms = {kind: kinds.pop(kind) for kind in ("true", "reference") if kind in kinds}
    for kind, hits in sorted(kinds.items(), key=lambda one: sum(one[1]) / len(one[1])):
        print(_line(kind, hits))
    print(_line("all false sentences", [hit for hits in kinds.values() for hit in hits]))
    for kind, hits in alarms.items():
        print(_line(f"false alarms: {kind}", hits))
    print(f"{1000 * spent / len(found):.1f} ms a sentence, reading the data files included")


def _line(kind: str, hits: list[bool]) -> str:
    return f"{kind:24} {sum(hits):4} of {len(hits):4} = {100 * sum(hits) / len(hits):5.1f} %"


if __name__ == "__main__":
    main()
