"""Kinds of printed pages for print_pages.py: drawn twice, with watermarks, turned, in vertical type.

Each maker takes rows, the number of columns, the number of the page and a random.Random, and gives the page's marks and gold.
"""

from __future__ import annotations

from print_sheet import EDGE, HEIGHT, WIDTH, Sheet, compose, fill, masthead, units

TOP = 56
"""Points at the top of a vertical page, for its masthead."""
OPENING = "“‘（《【「『"
BRACKETS = OPENING + "”’）》】」』…—"
"""Marks that lie on their side in vertical type."""


def twice(rows, count, number, rng):
    """All type drawn again, a little to the side, in the same order or backwards."""
    data, gold = compose(rows, count, number, rng)
    aside = rng.choice((0.0, 0.2, 0.4))
    again = [{**item, "x": item["x"] + aside, "y": item["y"] + aside / 2} for item in data["items"]]
    data["items"] += again if rng.random() < 0.5 else again[::-1]
    return data, gold


def marked(rows, count, number, rng):
    """With watermarks under or over the type: tiled at an angle or level, or a single large one."""
    data, gold = compose(rows, count, number, rng)
    words, size, turn = rng.choice(
        (
            ("仅供内部阅览", 20, -45),
            ("云汀日报数字报", 26, -30),
            ("样报请勿外传", 16, 0),
            ("样报", 200, 0),
            ("样报", 220, -35),
        )
    )
    grey = rng.choice((150, 200, 225))
    wide = len(words) * size
    steps = [(EDGE, HEIGHT / 2)] if size > 100 else [
        (x, y) for x in range(10, WIDTH - wide, wide + 60) for y in range(70, HEIGHT - 60, 3 * size)
    ]  # fmt: skip
    marks = [
        {
            "x": x,
            "y": y,
            "size": size,
            "text": words,
            "weight": "regular",
            "font": "Briefing Sans",
            "turn": turn,
            "grey": grey,
        }
        for x, y in steps
    ]
    data["items"] = marks + data["items"] if rng.random() < 0.5 else data["items"] + marks
    return data, gold


def turned(rows, count, number, rng):
    """Lying on its side or on its head."""
    data, gold = compose(rows, count, number, rng)
    return {**data, "turn": rng.choice((90, 180, 270))}, gold


def vertical(rows, count, number, rng):
    """Set in vertical type from the right, in `count` tiers, under a level masthead."""
    high = HEIGHT - TOP
    lying = Sheet()
    gold = fill(lying, rows, count, rng, high, WIDTH)
    sheet = Sheet()
    masthead(sheet, number)
    for item in lying.data["items"]:
        at, size = item["x"], item["size"]
        left = WIDTH - item["y"] - size
        for word, width in units(item["text"]):
            latin = word[0] < "\u2e80" and word[0] not in "“”‘’…—·"
            if word.strip():
                # Typst sets an opening mark that begins a line without the white on its left.
                x = left + size if latin else left + size / 2 if word in OPENING else left
                sheet.data["items"].append(
                    {**item, "x": x, "y": TOP + at, "text": word, "turn": 90 if latin else 0, "down": True}
                )
            at += width * size
    for kind in ("rules", "frames", "pictures"):
        sheet.data[kind] += [(WIDTH - y - down, TOP + x, down, wide) for x, y, wide, down in lying.data[kind]]
    return sheet.data, gold


def as_drawn(data):
    """The page with its marks as fonts draw them in vertical type: at the upper right, brackets lying."""
    for item in data["items"]:
        word, size = item["text"], item["size"]
        if not item.get("down"):
            continue
        if word in "，。、":
            item["x"], item["y"] = item["x"] + 0.55 * size, item["y"] - 0.6 * size
        elif word in BRACKETS:
            aside = size / 2 * (word in OPENING)
            item["x"], item["y"], item["turn"] = item["x"] - aside + size, item["y"] + aside, 90
    return data


KINDS = {"plain": compose, "twice": twice, "marked": marked, "turned": turned, "vertical": vertical}
