"""Newspaper pages with known articles, composed for print_pages.py and set by Typst.

A page is filled with stories of made-up shapes: columns, decks, boxes, rules, pictures with captions. Knows where each
article stands on it (the gold); knows nothing of scoring.
"""

from __future__ import annotations

import json
import re
from typing import Any

from briefing.resources import templates_dir

WIDTH, HEIGHT = 842, 1191
EDGE, LEADING = 40, 1.5
TEMPLATE = """
#let page-of(data) = {
  for it in data.items {
    place(dx: it.x * 1pt, dy: it.y * 1pt, rotate(it.at("turn", default: 0) * 1deg, origin: top + left,
      text(fill: luma(it.at("grey", default: 0)), size: it.size * 1pt, font: it.font, weight: it.weight, top-edge: 0.88em, bottom-edge: -0.12em, it.text)))
  }
  for r in data.rules { place(dx: r.at(0) * 1pt, dy: r.at(1) * 1pt, line(end: (r.at(2) * 1pt, r.at(3) * 1pt), stroke: 0.5pt)) }
  for f in data.frames { place(dx: f.at(0) * 1pt, dy: f.at(1) * 1pt, rect(width: f.at(2) * 1pt, height: f.at(3) * 1pt, stroke: 0.6pt)) }
  for f in data.pictures { place(dx: f.at(0) * 1pt, dy: f.at(1) * 1pt, rect(width: f.at(2) * 1pt, height: f.at(3) * 1pt, fill: luma(190))) }
}
#let sheets = json(bytes(sys.inputs.data))
#let turn = sheets.at(0).at("turn", default: 0)
#let (wide, high) = if calc.rem(turn, 180) == 0 { (842pt, 1191pt) } else { (1191pt, 842pt) }
#set page(width: wide, height: high, margin: 0pt)
#for (n, data) in sheets.enumerate() {
  if n > 0 { pagebreak() }
  if turn == 0 { page-of(data) } else {
    place(center + horizon, rotate(turn * 1deg, box(width: 842pt, height: 1191pt, page-of(data))))
  }
}
"""
CLOSERS = "，。、；：？！”’）》】…"


def units(text):
    """Characters, Latin words and numbers whole, each with its width in ems."""
    for word in re.findall(r"[A-Za-z0-9.%\-]+|.", text):
        yield word, sum(1.0 if ord(c) > 0x2E80 or c in "“”‘’…—·" else 0.56 for c in word)


def broken(text, ems, indent=0):
    """Lines of a paragraph, no closing mark at the beginning of one."""
    lines, line, used = [], "", float(indent)
    for word, width in units(text):
        if used + width > ems + 0.01 and word not in CLOSERS:
            lines.append(line)
            line, used = "", 0.0
        line += word
        used += width
    return [*lines, line]


class Sheet:
    """One page in the making."""

    def __init__(self):
        self.data: dict[str, list[Any]] = {"items": [], "rules": [], "frames": [], "pictures": []}

    def put(self, x, y, size, text, weight="regular", font="Briefing Serif"):
        self.data["items"].append(
            {"x": x, "y": y, "size": size, "text": text, "weight": weight, "font": font}
        )

    def sizes(self):
        return {kind: len(marks) for kind, marks in self.data.items()}

    def cut(self, sizes):
        for kind, size in sizes.items():
            del self.data[kind][size:]


def paragraphs(text, rng):
    parts = [p + "。" for p in text.rstrip("。").split("。")]
    out = []
    while parts:
        take = rng.randint(1, 3)
        out.append("".join(parts[:take]))
        parts = parts[take:]
    return out


def lines_of(text, ems, rng):
    """The text's lines, each with its indent in ems."""
    out = []
    for paragraph in paragraphs(text, rng):
        for at, line in enumerate(broken(paragraph, ems, 2)):
            out.append((0 if at else 2, line))
    return out


def head(sheet, gold, x, y, width, body, rng):
    """Sets kicker, headline and deck; where they end."""
    size = rng.choice((20, 24, 28)) if width > 250 else rng.choice((15, 17, 19))
    middle = rng.random() < 0.5
    rows = [(text, scale, "headline") for text in [gold["headline"]] for scale in [size]]
    if gold["kicker"]:
        rows.insert(0, (gold["kicker"], max(body * 1.3, size * 0.55), "kicker"))
    if gold["deck"]:
        rows.append((gold["deck"], max(body * 1.3, size * 0.58), "deck"))
    for text, scale, kind in rows:
        for line in broken(text, width / scale):
            wide = sum(w for _, w in units(line)) * scale
            left = x + (width - wide) / 2 if middle else x
            font = "Briefing Serif" if kind == "headline" else "Briefing Sans"
            sheet.put(left, y, scale, line, "bold" if kind == "headline" else "regular", font)
            y += scale * 1.22
        y += scale * 0.15
    return y + body * 0.5


def story(sheet, gold, x, y, span, column, gutter, body, rng, boxed, shape):
    """Sets a story over `span` columns; where it ends."""
    pad = 8 if boxed else 0
    x0, top = x, y
    x, y = x + pad, y + pad
    width = span * column + (span - 1) * gutter - 2 * pad
    each = (width - (span - 1) * gutter) / span
    ems = int(each / body)
    lines = lines_of(gold["body"], ems, rng)
    rises = shape == "rising" and span >= 2
    under = head(sheet, gold, x, y, width - (each + gutter if rises else 0), body, rng)
    step = body * LEADING
    caption = None
    if shape == "picture" and len(lines) > 12 * span:
        high = each * 0.6
        sheet.data["pictures"].append((x, under, each, high))
        caption = f"▲图为{gold['headline'][:8]}现场。 {rng.choice('林顾陆宋')}{rng.choice('晚承晓知')} 摄"
        sheet.put(x, under + high + 3, body * 0.88, caption, font="Briefing Sans")
        used = int((high + 3 + body * 1.6) / step) + 1
    else:
        used = 0
    extra = int((under - y) / step) if rises else 0
    total = len(lines) + used
    rows = max(1, -(-(total - extra) // span)) if total > extra else 1
    at = 0
    bottom = under
    for n in range(span):
        begin = y if rises and n == span - 1 else under
        room = rows + (extra if rises and n == span - 1 else 0) - (used if n == 0 else 0)
        begin += used * step if n == 0 else 0
        if n == span - 1:
            room = len(lines) - at
        for k, (indent, line) in enumerate(lines[at : at + max(room, 0)]):
            sheet.put(x + n * (each + gutter) + indent * body, begin + k * step, body, line)
            bottom = max(bottom, begin + (k + 1) * step)
        at += max(room, 0)
    if boxed:
        sheet.data["frames"].append((x0, top, width + 2 * pad, bottom + pad - top))
    return bottom + pad


def masthead(sheet, number, width=WIDTH, height=HEIGHT):
    sheet.put(EDGE, 24, 11, f"2026年11月20日 星期五 第{number:02d}版：要闻", font="Briefing Sans")
    sheet.put(width - EDGE - 60, 22, 14, "云汀日报", "bold")
    sheet.data["rules"].append((EDGE, 44, width - 2 * EDGE, 0))
    sheet.put(EDGE, height - 30, 8, "责任编辑 林晚舟 美编 顾承安 校对 陆晓棠", font="Briefing Sans")


def splits(count, rng):
    out: list[int] = []
    while sum(out) < count:
        out.append(rng.randint(1, min(3, count - sum(out))))
    return out


def compose(rows, count, number, rng):
    """A page of `count` columns and its gold."""
    sheet = Sheet()
    masthead(sheet, number)
    return sheet.data, fill(sheet, rows, count, rng, WIDTH, HEIGHT)


def fill(sheet, rows, count, rng, page_width, page_height):
    """Sets stories under the masthead of a page; those that are on it."""
    gold = []
    gutter, body = rng.choice((14, 18, 22)), rng.choice((8.5, 9, 9.5))
    column = (page_width - 2 * EDGE - (count - 1) * gutter) / count
    columns_ruled, bands_ruled = rng.random() < 0.4, rng.random() < 0.4
    y = 60.0
    pool = list(rows)
    while pool:
        parts = splits(count, rng) if count > 1 else [1]
        ends, at = [], 0
        for span in parts:
            x = EDGE + at * (column + gutter)
            at += span
            low = y
            for _ in range(rng.choice((1, 1, 2))):
                if not pool:
                    break
                row = pool[-1]
                ems = int(column / body)
                need = (len(row["body"]) / ems / span + 4) * body * LEADING + 90
                if low + need > page_height - 60:
                    break
                pool.pop()
                shape = rng.choice(("plain", "plain", "rising", "picture"))
                before, top = sheet.sizes(), low
                boxed = rng.random() < 0.12
                low = story(sheet, row, x, low, span, column, gutter, body, rng, boxed, shape) + 16
                if low > page_height - 20:  # pictures take room that was not reckoned with
                    sheet.cut(before)
                    low = top
                    break
                gold.append(row)
            ends.append(low)
            if columns_ruled and at < count and low > y:
                sheet.data["rules"].append(
                    (x + span * column + (span - 0.5) * gutter, y, 0, max(low, y + 20) - y - 10)
                )
        if max(ends) <= y:
            break
        y = max(ends)
        if bands_ruled:
            sheet.data["rules"].append((EDGE, y - 6, page_width - 2 * EDGE, 0))
        y += 4
    return gold


def printed(pages):
    """The pages as one PDF."""
    import typst

    compiler = typst.Compiler(
        input=TEMPLATE.encode(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(templates_dir() / "fonts")]),
        sys_inputs={"data": json.dumps(pages, ensure_ascii=False)},
    )
    return compiler.compile(format="pdf")
