#!/usr/bin/env python3
"""Sets newspaper pages with known articles as PDF, and scans of them, and scores what `briefing` makes of them.

usage: print_pages.py ARTICLES.jsonl[.gz] [--columns 1,2,3,5] [--pages 10] [--seed 1] [--scans 0] [--kinds plain] [--keep DIR]

Articles are rows of {"title", "text"}. Stories stand beside and under one another over some of the columns, of unequal
height; heads have kickers and decks, are set over one or two lines, to the left or in the middle; some stories rise beside
their headline, some are boxed; rules between columns or stories, pictures with captions. Printed is the F1 of articles by
number of columns, as in score.py of the segmentation benchmark: an article is found when at least nine tenths of its
letters are in one article of the output with the same headline, and nine tenths of that article are its letters.
Kinds of pages, in print_kinds.py: plain, twice (the whole layer drawn again for a shadow), marked (watermarks), turned (on
its side or its head) and vertical.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import re
import time
from pathlib import Path

from print_sheet import printed

from briefing.read.pdf import read as read_pdf
from briefing.segmentation.articles import segment
from briefing.types import Page


def scanned(pdf, rng, dots=200):
    """A scan of its first page: noise, a little skew, JPEG."""
    import numpy
    import pypdfium2
    from PIL import Image

    image = pypdfium2.PdfDocument(pdf)[0].render(scale=dots / 72).to_pil().convert("L")
    image = image.rotate(rng.uniform(-0.5, 0.5), fillcolor=245, resample=Image.Resampling.BICUBIC)
    grey = numpy.asarray(image, dtype="float32")
    noise = numpy.random.default_rng(rng.randint(0, 10**6)).normal(0, 9, grey.shape)
    image = Image.fromarray(numpy.clip(grey * 0.94 + 8 + noise, 0, 255).astype("uint8")).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60, dpi=(dots, dots))
    return out.getvalue()


def letters(text):
    return "".join(c for c in text or "" if c.isalnum())


def pairs(text):
    text = letters(text)
    return {text[i : i + 4] for i in range(len(text) - 3)} or {text}


def found(gold, articles, same=0.9):
    """Articles of the gold that are found, each by another article of the output."""
    hits = 0
    left = list(articles)
    for row in gold:
        want = pairs(row["body"])
        for article in left:
            have = pairs("".join((article.dateline or "", article.byline or "", *article.paragraphs)))
            head = pairs(row["headline"])
            title = pairs("".join((article.kicker or "", article.headline, article.deck or "")))
            if (
                len(want & have) >= same * len(want)
                and len(want & have) >= same * len(have)
                and len(head & title) >= 0.7 * len(head)
            ):
                hits += 1
                left.remove(article)
                break
    return hits


def rows_of(path, rng):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    out = []
    for row in rows:
        title, text = row["title"].strip(), re.sub(r"\s+", "", row["text"])
        if not (120 <= len(text) <= 900 and 8 <= len(title) <= 40 and "。" in text):
            continue
        parts = title.split()
        two = len(parts) == 2 and all(len(p) > 5 for p in parts)
        kicker = parts[0] if two and rng.random() < 0.5 else None
        deck = parts[1] if two and not kicker else None
        headline = parts[1] if kicker else parts[0] if deck else title.replace(" ", "　")
        out.append({"kicker": kicker, "headline": headline, "deck": deck, "body": text})
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("articles", type=Path)
    ap.add_argument("--columns", default="1,2,3,5")
    ap.add_argument("--pages", type=int, default=10)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--scans", type=int, default=0, help="pages a number of columns that are scanned as well")
    ap.add_argument("--kinds", default="plain", help="plain, twice, marked, turned, vertical")
    ap.add_argument("--keep", type=Path)
    a = ap.parse_args()
    rng = random.Random(a.seed)
    rows = rows_of(a.articles, rng)
    for kind in a.kinds.split(","):
        for count in map(int, a.columns.split(",")):
            for scan, pages in ((False, a.pages), (True, a.scans)):
                if pages:
                    print(run(rows, kind, count, pages, scan, rng, a.keep), flush=True)


def run(rows, kind, count, pages, scan, rng, keep):
    """Sets, reads and scores so many pages of a kind; the line that says how well."""
    from print_kinds import KINDS, as_drawn

    hits = gold_count = made = 0
    seconds = 0.0
    for number in range(pages):
        data, gold = KINDS[kind](rng.sample(rows, 5 * count + 4), count, number + 1, rng)
        pdf = printed([as_drawn(data) if scan else data])
        source = scanned(pdf, rng) if scan else pdf
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            stem = f"{kind}-{count}-{number:02d}"
            (keep / f"{stem}.{'jpg' if scan else 'pdf'}").write_bytes(source)
            (keep / f"{stem}.json").write_text(json.dumps(gold, ensure_ascii=False))
        begun = time.perf_counter()
        articles = articles_of(source, scan)
        seconds += time.perf_counter() - begun
        here = found(gold, articles)
        if keep and here < len(gold):
            print("   ", kind, count, number, f"{here}/{len(gold)}, {len(articles)} made")
        hits, gold_count, made = hits + here, gold_count + len(gold), made + len(articles)
    f1 = 200 * hits / max(1, gold_count + made)
    told = f"{hits} of {gold_count} articles, {made} made; {seconds / pages:.2f} s a page"
    return f"{'scan' if scan else 'pdf':4} {kind:8} {count} columns: F1 {f1:5.1f}  ({told})"


def articles_of(data, scan):
    """The articles that the program finds on a page."""
    from briefing.read.ocr import read as read_image

    pages = [
        page
        for page in (read_image("p.jpg", data) if scan else read_pdf("p.pdf", data))
        if isinstance(page, Page)
    ]
    return [article for page in pages for article in segment(page).articles]


if __name__ == "__main__":
    main()
