"""How many false statements `verify` finds, and how many true ones it takes for false.

    python benchmarks/verify_corruptions.py references-train.jsonl [--seed N] [--show KIND]

Each reference gist and summary is true of its article. One thing in it is made false at a time, in the ways below; a
corruption counts as caught when `verify` objects to the corrupted text and did not to the untouched one, so that a
verifier that objects to everything scores nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import rjieba

from briefing.summarization.verify.check import verify
from briefing.summarization.verify.facts import article_facts
from briefing.text.sentences import sentences
from briefing.training import corruptions

Rows = list[dict[str, str]]
Maker = Callable[[str, dict[str, str], Rows, random.Random], str | None]
MEETINGS = ["会见", "会谈", "会晤", "通话"]
UNITS = {
    "人": "元",
    "元": "人",
    "万元": "万吨",
    "吨": "元",
    "个": "万",
    "%": "个百分点",
    "月": "日",
    "日": "年",
    "年": "月",
    "项": "名",
    "亿元": "亿吨",
    "公里": "米",
    "名": "项",
    "家": "亩",
    "亩": "家",
    "美元": "元",
    "枚": "米",
    "分钟": "小时",
    "天": "年",
}
TITLES = "主席|总统|总理|部长|书记|议长|外长|主任|委员长|首相|局长|秘书长|站长"
VERBS = "表示|会见|强调|公布|举行|出席|签署|宣布|启动|建成|实现|发布|提出|支持|恢复|批准"


def article(row: dict[str, str]) -> str:
    return row["title"] + "\n" + row["text"]


def people(text: str) -> list[str]:
    return [word for word, tag in rjieba.tag(text) if tag in ("nr", "ns", "nrt") and len(word) > 1]


def is_person(word: str, text: str) -> bool:
    """Whether a word that the tagger takes for a person stands after a title or before a verb of saying somewhere."""
    return (
        re.search(rf"(?:{TITLES}|选手|队){word}|{word}(?:表示|指出|强调|称|说|会见|出席)", text) is not None
    )


def swaps(text: str, pairs: list[tuple[str, str]], rng: random.Random) -> str | None:
    fit = [pair for pair in pairs if pair[0] in text]
    if not fit:
        return None
    old, new = rng.choice(fit)
    return text.replace(old, new, 1)


def number(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    found = list(re.finditer(r"\d+(?:\.\d+)?", text))
    if not found:
        return None
    one = rng.choice(found)
    for _ in range(20):
        digit = rng.randrange(one.start(), one.end())
        new = text[:digit] + rng.choice("123456789") + text[digit + 1 :] if text[digit] != "." else text
        if new[one.start() : one.end()] not in article(row) and "." not in text[digit]:
            return new
    return None


def number_of_article(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    """Another number of the same article."""
    found = list(re.finditer(r"\d+(?:\.\d+)?(?:[万亿]+)?", text))
    others = re.findall(r"\d+(?:\.\d+)?(?:[万亿]+)?", article(row))
    if not found:
        return None
    one = rng.choice(found)
    unit = text[one.end() : one.end() + 1]
    others = [n for n in others if n != one[0] and n + unit not in article(row)]
    return text[: one.start()] + rng.choice(others) + text[one.end() :] if others else None


def place_of_article(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    """Another place of the same article beside a figure, one that no sentence has together with the figure."""
    everywhere = {word for word, tag in rjieba.tag(row["text"]) if tag == "ns" and len(word) > 1}
    for clause in re.findall(r"[^，。；、]+", text):
        figures = re.findall(r"\d+(?:\.\d+)?[万亿%]*", clause)
        here = [word for word, tag in rjieba.tag(clause) if tag == "ns" and word in everywhere]
        if len(figures) != 1 or len(here) != 1:
            continue
        with_figure = [one for one in re.split(r"[。\n]", article(row)) if figures[0] in one]
        others = sorted(word for word in everywhere if not any(word[:2] in one for one in with_figure))
        if others:
            return text.replace(clause, clause.replace(here[0], rng.choice(others), 1), 1)
    return None


def unit(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    found = list(re.finditer(rf"(\d[万亿]*)({'|'.join(sorted(UNITS, key=len, reverse=True))})", text))
    if not found:
        return None
    one = rng.choice(found)
    return text[: one.start(2)] + UNITS[one[2]] + text[one.end(2) :]


def ordinal(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    found = list(re.finditer(r"第[\d一二三四五六七八九十]+(?=[名次届个轮天])", text))
    if not found:
        return None
    one = rng.choice(found)
    return (
        text[: one.start()] + one[0][1:] + text[one.end() :]
        if len(one[0]) > 2 or one[0][1].isdigit()
        else None
    )


def stranger(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    """A name of another article for one of this."""
    mine = people(text)
    for _ in range(20):
        theirs = [name for name in people(rng.choice(rows)["text"]) if name not in article(row)]
        if mine and theirs:
            return text.replace(rng.choice(mine), rng.choice(theirs), 1)
    return None


def letter(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    """One character of a name altered to one of another name."""
    mine = [name for name in people(text) if name in row["text"]]
    if not mine:
        return None
    name, other = rng.choice(mine), rng.choice(people(rng.choice(rows)["text"]) or ["明"])
    at = rng.randrange(len(name))
    new = name[:at] + rng.choice(other) + name[at + 1 :]
    return text.replace(name, new, 1) if new not in article(row) else None


def cut_name(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    """The last character of a name left out."""
    mine = [w for w, t in rjieba.tag(text) if t in ("nr", "nrt") and len(w) > 2 and is_person(w, row["text"])]
    if not mine:
        return None
    name = rng.choice(mine)
    return text.replace(name, name[:-1], 1)


def roles(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    """Two names of people in the text for one another."""
    mine = list(
        dict.fromkeys(
            w for w, t in rjieba.tag(text) if t in ("nr", "nrt") and len(w) > 1 and is_person(w, row["text"])
        )
    )
    if len(mine) < 2:
        return None
    one, two = rng.sample(mine, 2)
    return text.replace(one, "\0").replace(two, one).replace("\0", two)


def meeting(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    absent = [word for word in MEETINGS if word not in article(row)]
    return swaps(text, [(old, new) for old in MEETINGS for new in absent], rng)


def drop_qualifier(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    found = list(re.finditer(rf"[副前原](?=[^，。]{{0,2}}(?:{TITLES}))", text))
    if not found:
        return None
    one = rng.choice(found)
    return text[: one.start()] + text[one.end() :]


def add_qualifier(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    found = list(re.finditer(rf"(?<![副前原])(?:{TITLES})", text))
    if not found:
        return None
    one = rng.choice(found)
    return text[: one.start()] + rng.choice(["前", "副", "原", "代"]) + text[one.start() :]


def winner(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    found = re.search(
        r"([一-龥]{1,12}队|[一-龥]{2,3})(\d+比\d+)?(击败|战胜|胜)(\d+比\d+)?([一-龥]{1,6}队)", text
    )
    if not found:
        return None
    return (
        text[: found.start(1)]
        + found[5]
        + text[found.end(1) : found.start(5)]
        + found[1]
        + text[found.end(5) :]
    )


def first(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
    found = list(re.finditer(VERBS, text))
    if not found or re.search("首|第一|初", article(row)):
        return None
    one = rng.choice(found)
    return text[: one.start()] + "首次" + text[one.start() :]


def of_kind(kind: str) -> Maker:
    """One sentence of the text made false in one of the ways that a judge is trained on."""

    def make(text: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str | None:
        spans = sentences(text)
        for start, end in rng.sample(spans, len(spans)):
            if found := corruptions.corrupted(text[start:end], article(row), rng, kind):
                return text[:start] + found[0] + text[end:]
        return None

    return make


KINDS: dict[str, Maker] = {
    "a digit of a number": number,
    "another number of the article": number_of_article,
    "another place of the article": place_of_article,
    "the unit": unit,
    "第 dropped": ordinal,
    "a name of another article": stranger,
    "a character of a name": letter,
    "the end of a name dropped": cut_name,
    "two people swapped": roles,
    "会见 会谈 会晤 通话": meeting,
    "前 副 原 dropped": drop_qualifier,
    "前 副 原 代 added": add_qualifier,
    "winner and loser": winner,
    "首次 added": first,
} | {f"one sentence: {kind}": of_kind(kind) for kind in corruptions.KINDS}


def corrupted(rows: Rows, seed: int) -> Iterator[tuple[str, str, str, str]]:
    """Kind, true text, false text, article."""
    for kind, make in KINDS.items():
        rng = random.Random(f"{seed} {kind}")
        for row in rows:
            for key in ("gist", "summary"):
                new = make(row[key], row, rows, rng)
                if new and new != row[key]:
                    yield kind, row[key], new, article(row)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("references", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", help="print the misses of this kind")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.references.read_text(encoding="utf-8").splitlines()]
    texts = [(row[key], article(row)) for row in rows for key in ("gist", "summary")]
    flagged = sum(not verify(*pair).passed for pair in texts)
    print(f"true texts objected to: {flagged} of {len(texts)} = {100 * flagged / len(texts):.1f} %")
    counts: dict[str, list[bool]] = defaultdict(list)
    started = time.perf_counter()
    for kind, true, false, source in corrupted(rows, options.seed):
        # Checks is compared as a whole: a false alarm on the true text must not count as a catch.
        facts = article_facts(source)
        found = verify(false, facts)
        counts[kind].append(not found.passed and found != verify(true, facts))
        if kind == options.show and not counts[kind][-1]:
            print("missed:", false)
    spent = time.perf_counter() - started
    for kind, hits in counts.items():
        print(f"{kind:32} {sum(hits):4} of {len(hits):4} = {100 * sum(hits) / len(hits):5.1f} %")
    every = [hit for hits in counts.values() for hit in hits]
    print(
        f"{'all':32} {sum(every):4} of {len(every):4} = {100 * sum(every) / len(every):5.1f} %; {1000 * spent / len(every) / 2:.1f} ms a text"
    )


if __name__ == "__main__":
    main()
