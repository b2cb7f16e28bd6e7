"""Small PDFs written by hand: Chinese in a font that is not embedded, at any place and angle."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
BRIDGE = "本报讯（记者林叶舟）全长一千八百六十米的望江桥昨日提前二十天通车，首日通过车辆三万二千辆，两岸通勤时间由四十五分钟缩短到二十五分钟。"
RAIL = "滨湖区三千米护栏本周换新，新护栏高一米二，工程月底完工，旧护栏全部回收利用，沿线商户说比从前亮堂了许多，晚上散步的人也多了起来。"
FOLIO = "云汀日报 2026年11月20日 星期五 第02版"
HEADS = ["望江桥提前通车", "滨湖护栏换新"]
A4 = b"/MediaBox[0 0 595 842]"


def setter() -> SimpleNamespace:
    """The benchmark's compositor, which sets pages of known articles, and its scorer."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return SimpleNamespace(**vars(import_module("print_sheet")) | vars(import_module("print_pages")))
    finally:
        sys.path.remove(str(BENCHMARKS))


def typed(x: float, y: float, size: float, text: str, matrix: bytes = b"1 0 0 1") -> bytes:
    """A run of type at a point, counted from the lower left corner."""
    code = text.encode("utf-16-be").hex().encode()
    return b"BT /F %g Tf %s %g %g Tm <%s> Tj ET\n" % (size, matrix, x, y, code)


def lines(text: str, ems: int = 20) -> list[str]:
    whole = "　　" + text
    return [whole[at : at + ems] for at in range(0, len(whole), ems)]


def column(x: float, y: float, text: str, ems: int = 20) -> bytes:
    return b"".join(typed(x, y - 15 * at, 10, line) for at, line in enumerate(lines(text, ems)))


def two_stories() -> bytes:
    """The content of a page: a folio, and two stories beside one another."""
    return (
        typed(40, 800, 10, FOLIO) + typed(40, 700, 26, HEADS[0]) + column(40, 660, BRIDGE)
        + typed(300, 700, 26, HEADS[1]) + column(300, 660, RAIL)
    )  # fmt: skip


def drawn(
    stream: bytes,
    page: bytes = A4,
    *,
    encoding: bytes = b"UniGB-UCS2-H",
    resources: bytes = b"",
    catalog: bytes = b"",
    objects: tuple[bytes, ...] = (),
) -> bytes:
    """A PDF of one page with this content; further objects are numbered from 8."""
    page = (
        b"<</Type/Page/Parent 2 0 R"
        + page
        + b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        + resources
        + b">>>>"
    )
    told = (
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream\n" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/"
        + encoding
        + b"/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/FontDescriptor 7 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
        *objects,
    )
    body = b"".join(b"%d 0 obj%sendobj\n" % (at, one) for at, one in enumerate(told, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"
