"""Makes templates/fonts/ out of Noto Sans CJK and Noto Serif CJK: the characters that a Chinese briefing needs, no more.

    apt-get install fonts-noto-cjk            # or any folder with the three files that SOURCES names
    pip install fonttools cffsubr
    python tools/build_fonts.py /usr/share/fonts/opentype/noto templates/fonts

Knows which characters a newspaper prints and how a font is cut down to them. Dropped are hints (paper and today's
screens need none), vertical forms and the alternates of other regions; the outlines are untouched. The families get
names of our own, so that a font of the system is never taken for one of these, nor the other way round.
The same sources give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCES = {
    "BriefingSerif-Regular.otf": ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "Briefing Serif"),
    "BriefingSerif-Bold.otf": ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", "Briefing Serif"),
    "BriefingSans-Regular.otf": ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "Briefing Sans"),
}
"""File made: source file, family in it, family of ours."""
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "halt", "palt", "lnum", "pnum", "tnum"]
NAMES = Path(__file__).with_name("rare_characters.txt")
TRADITIONAL = "BriefingSans-Regular.otf"
"""The one file that has the traditional characters too: each file more would cost another 0.7 MB."""
UNITS = 500
"""Units of the em: half of the source's, a thousandth of an inch at 36 points, and a seventh of the size less."""
RANGES = [
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin-1, Latin Extended-A: the names of foreigners
    (0x1CD, 0x1DC),  # tones of pinyin
    (0x2010, 0x2044),  # dashes, quotation marks, dots
    (0x2070, 0x209C),  # raised and lowered digits
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218B),  # ℃ № ™ Ⅳ
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # ① ⒈ Ⓐ
    (0x25A0, 0x27BF),  # ■ ● ★ ✓
    (0x3000, 0x303F),  # punctuation, 〇, 〓
    (0x3220, 0x33FF),  # ㈠ ㎡ ㏄
    (0xFE10, 0xFE6F),  # small and vertical punctuation
    (0xFF00, 0xFFEF),  # full-width forms
]


def gb2312() -> Iterator[str]:
    """All of GB 2312: 682 signs and letters, 3,755 characters of level 1, 3,008 of level 2."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def big5_common() -> Iterator[str]:
    """The 5,401 characters of Big5's level 1: what Taiwan and Hong Kong use every day."""
    for row in range(0xA4, 0xC7):
        for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                yield bytes([row, cell]).decode("big5")
            except UnicodeDecodeError:
                continue


def wanted() -> set[int]:
    """The code points that the fonts should have."""
    signs = {code for first, last in RANGES for code in range(first, last + 1)}
    rare = {char for char in NAMES.read_text(encoding="utf-8") if not char.isspace()}
    return signs | {ord(char) for char in {*gb2312(), *rare}}


def traditional() -> set[int]:
    """The code points that a text in traditional characters needs besides."""
    return set(map(ord, big5_common()))


def made(source: Path, family: str, ours: str, codes: set[int]) -> Any:
    """The font of that family in `source`, with `codes` only, named `ours`."""
    from fontTools import subset
    from fontTools.ttLib import TTCollection

    fonts = TTCollection(source, lazy=True).fonts
    font = next(f for f in fonts if f["name"].getBestFamilyName() == family)
    options = subset.Options(
        hinting=False, layout_features=FEATURES, name_IDs=["*"], name_languages=[0x409], notdef_outline=True
    )
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    _rename(font, ours)
    font.flavor = None
    return font


def _rename(font: Any, family: str) -> None:
    """Gives the font a family name of ours, in every record that states one; copyright and licence stay."""
    table = font["name"]
    style = table.getBestSubFamilyName()
    full, plain = f"{family} {style}", f"{family}-{style}".replace(" ", "")
    names = {1: family, 2: style, 3: f"2.002;{plain}", 4: full, 6: plain}
    kept = [record for record in table.names if record.nameID in {0, 5, 7, 8, 9, 10, 11, 12, 13, 14}]
    table.names = kept
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames[0] = plain
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = full, family


def main(fonts: Path, out: Path) -> None:
    """Makes all of it; prints the size of each file."""
    import cffsubr
    from fontTools.ttLib.scaleUpem import scale_upem

    out.mkdir(parents=True, exist_ok=True)
    codes = wanted()
    for name, (source, family, ours) in SOURCES.items():
        font = made(fonts / source, family, ours, codes | (traditional() if name == TRADITIONAL else set()))
        scale_upem(font, UNITS)
        # scale_upem leaves it at 1/1000: Typst sets by the head table, but readers of a PDF draw by this.
        font["CFF "].cff.topDictIndex[0].FontMatrix = [1 / UNITS, 0, 0, 1 / UNITS, 0, 0]
        cffsubr.subroutinize(font, keep_glyph_names=False)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(out / name)
        print(f"{name}: {len(font.getBestCmap()):,} characters, {(out / name).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
