#!/usr/bin/env python3
"""Composes newspaper pages with known articles, in families that differ in layout, for `score.py`-like scorers.

usage: compose_pages.py ARTICLES.jsonl[.gz] OUT [--pages 10] [--seed 1]

Writes OUT/NNN-family.{md,txt} and NNN-family.gold.json ({kicker, headline, deck, byline, body}) for every family.
Articles are rows of {"title", "text"}; a title of two parts separated by a space becomes kicker and headline.
"""

import argparse
import gzip
import json
import random
import re
import textwrap
from pathlib import Path

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉建国海波宁晨"
PAPERS = ("云汀日报", "江屿晚报", "临川时报")


def name(rng):
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2))))


def wrap(text, width, indent):
    lines = textwrap.wrap(text, 10**9)[0] if text else ""
    first = width - len(indent)
    return "\n".join(
        [indent + lines[:first]] + [lines[i : i + width] for i in range(first, len(lines), width)]
    )


def broken(paragraph, rng, chance):
    if len(paragraph) > 60 and rng.random() < chance:
        at = rng.randint(25, len(paragraph) - 25)
        if not re.match(r"[，。；、：”’）》！？]", paragraph[at:]) and paragraph[at - 1] not in "。！？”":
            return [paragraph[:at], paragraph[at:]]
    return [paragraph]


def article(row, rng):
    title = re.sub(r"^【[^】]*】", "", row["title"]).strip()
    parts = title.split()
    gold = {"kicker": None, "headline": title, "deck": None, "byline": None}
    if len(parts) >= 2 and len(parts[0]) >= 6 and rng.random() < 0.6:
        gold["kicker"], gold["headline"] = parts[0], " ".join(parts[1:])
    paragraphs = [p.strip() for p in row["text"].split("\n") if p.strip()]
    gold["body"] = "".join(paragraphs)
    return gold, paragraphs


def opened(gold, paragraphs, rng, dateline=0.5, byline=0.3):
    """Paragraphs with a dateline or a byline line, and an agency line at the end, as chance wants it."""
    out, lines = list(paragraphs), []
    if rng.random() < byline:
        gold["byline"] = f"本报记者 {name(rng)}" + (f" {name(rng)}" if rng.random() < 0.4 else "")
        lines.append(gold["byline"])
    elif rng.random() < dateline:
        out[0] = "本报讯 " + out[0]
    return lines, out


def masthead(rng):
    return (
        f"{rng.choice(PAPERS)} 2026年{rng.randint(1, 12)}月{rng.randint(1, 28)}日 星期{rng.choice('一二三四五六日')} 第{rng.randint(1, 16):02d}版 {rng.choice(('要闻', '国内', '国际', '综合'))}",
        f"责任编辑：{name(rng)}　版式设计：{name(rng)}",
    )


def caption(rng):
    return f"图为活动现场。{rng.choice(('新华社', '本报'))}记者 {name(rng)} 摄"


def headline_lines(gold, mark):
    """Kicker and headline, each through `mark(text, is_headline)`."""
    return [mark(gold[k], k == "headline") for k in ("kicker", "headline") if gold[k]]


def bold(rows, rng):
    out = []
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        plain = rng.random() < 0.5
        out.append(
            "\n\n".join(
                [
                    "\n\n".join(headline_lines(gold, lambda t, h, p=plain: f"**{t}**" if h or not p else t)),
                    *by,
                    *(x for p in ps for x in broken(p, rng, 0.3)),
                ]
            )
        )
    return "md", "\n\n".join(out)


def bullets(rows, rng):
    bullet = rng.choice("■●◆▲")
    out = []
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        out.append(
            "\n".join(
                [*headline_lines(gold, lambda t, h: bullet + t if h else t), *by, *(("　　" + p) for p in ps)]
            )
        )
    return "txt", "\n\n".join(out)


def md_furniture(rows, rng):
    head, staff = masthead(rng)
    out = [f"# {head}" if rng.random() < 0.5 else head, staff, "---"]
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        out += headline_lines(gold, lambda t, h: f"# {t}" if h else f"## {t}")
        out += by
        ps = [x for p in ps for x in broken(p, rng, 0.3)]
        if rng.random() < 0.5:
            ps.insert(1, caption(rng))
        out += ps
        if rng.random() < 0.3:
            out.append("据新华社电")
    out.append(
        f"本报地址：云汀市江畔路{rng.randint(1, 99)}号　邮编：{rng.randint(100000, 999999)}　广告热线：0571-{rng.randint(10**7, 10**8 - 1)}"
    )
    return "md", "\n\n".join(out)


def dash(rows, rng):
    out = []
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        lines = headline_lines(gold, lambda t, h: t)
        if rng.random() < 0.6:
            gold["deck"] = rng.choice(
                ("记云汀市的一次实践", "来自一线的观察", "多地工作综述", "写在项目开工之际")
            )
            lines.append("——" + gold["deck"])
        out.append(
            "\n".join([*lines, *by]) + "\n\n" + "\n\n".join(x for p in ps for x in broken(p, rng, 0.3))
        )
    return "txt", ("\n\n\n" if rng.random() < 0.5 else "\n\n").join(out)


def columns(rows, rng):
    own_line = rng.random() < 0.5
    out = []
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        column = rng.choice(("要闻", "国际观察", "民生关注", "经济", "聚焦两会", "科技前沿", "身边事"))
        lines = headline_lines(gold, lambda t, h: t)
        lines = [f"【{column}】", *lines] if own_line else [f"【{column}】{lines[0]}", *lines[1:]]
        out.append("\n".join([*lines, *by]) + "\n\n" + "\n\n".join(ps))
    return "txt", "\n\n".join(out)


def brackets(rows, rng):
    out = []
    for gold, ps in rows:
        gold["kicker"], gold["headline"] = None, " ".join(filter(None, (gold["kicker"], gold["headline"])))
        inline = rng.random() < 0.5
        out.append(
            f"【{gold['headline']}】{ps[0]}" + "".join("\n\n" + p for p in ps[1:])
            if inline
            else f"【{gold['headline']}】\n\n" + "\n\n".join(ps)
        )
    return "txt", "\n\n".join(out)


def single_gap(rows, rng):
    out = []
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        out += [
            "\n".join(headline_lines(gold, lambda t, h: t)),
            *by,
            *(x for p in ps for x in broken(p, rng, 0.2)),
        ]
    return "txt", "\n\n".join(out)


def dense(rows, rng):
    return "txt", single_gap(rows, rng)[1].replace("\n\n", "\n")


def wrapped_bare(rows, rng):
    width = rng.choice((16, 20, 28))
    out = []
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        lines = [wrap(line, width, "") for line in headline_lines(gold, lambda t, h: t)]
        out.append("\n".join([*lines, *by]) + "\n\n" + "\n\n".join(wrap(p, width, "") for p in ps))
    return "txt", "\n\n\n".join(out)


def levels(rows, rng):
    head, staff = masthead(rng)
    out = [f"# {head}", staff]
    for gold, ps in rows:
        by, ps = opened(gold, ps, rng)
        kicker = (
            [f"*{gold['kicker']}*"]
            if gold["kicker"] and rng.random() < 0.3
            else [gold["kicker"]]
            if gold["kicker"]
            else []
        )
        out += [*kicker, f"## {gold['headline']}", *by, *ps]
    return "md", "\n\n".join(out)


FAMILIES = (bold, bullets, md_furniture, dash, columns, brackets, single_gap, dense, wrapped_bare, levels)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("articles", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--pages", type=int, default=10, help="pages a family")
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    rng = random.Random(a.seed)
    opener = gzip.open if a.articles.suffix == ".gz" else open
    with opener(a.articles, "rt", encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    rows = [r for r in rows if 60 <= len(r["text"]) <= 1500 and 6 <= len(r["title"]) <= 45]
    a.out.mkdir(parents=True, exist_ok=True)
    number = 0
    for family in FAMILIES:
        for _ in range(a.pages):
            number += 1
            chosen = [article(r, rng) for r in rng.sample(rows, rng.randint(4, 7))]
            suffix, text = family(chosen, rng)
            stem = f"{number:03d}-{family.__name__.replace('_', '')}"
            (a.out / f"{stem}.{suffix}").write_text(text + "\n", encoding="utf-8")
            (a.out / f"{stem}.gold.json").write_text(
                json.dumps([g for g, _ in chosen], ensure_ascii=False, indent=1), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
