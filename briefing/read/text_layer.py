"""Judges whether the text layer of a PDF page is one: Chinese that makes sense, and all that is seen.

A layer may be missing, may lack the characters of its glyphs, or hold what a poor recognizer made of
a scan. Each test is a share, with the values of true pages far from its limit.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..messages import Message
from .layout.glyphs import Glyph

LOST = 0.04
"""Largest share of characters that the file does not name; ornaments are fewer."""
RUN = 4
"""Different characters lost one after another: a headline whose font lacks its table."""
RARE = 0.15
"""Largest share of rare Chinese characters: true pages, with names and places, have a twentieth."""
FREQUENT = 0.15
"""Smallest share of the 200 most frequent characters: about a half of any Chinese text."""
FOREIGN = 0.25
"""Largest share of accented and other letters that Chinese pages have none of."""
FEWEST, ENOUGH = 30, 150
"""Fewest Chinese characters whose rareness, and whose frequency, says anything."""
OFTEN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    "四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公系很情者最立代"
    "想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头资边流路级少图山统接知较将组见计别她手角期根论运农"
    "這為個國時來們會發動過說產種後學經進著電裡現實量兩體機當點從業應開還與關數線內間樣義質氣變條結問無爾題員設長資邊級圖區"
)
"""The most frequent characters of Chinese news, simplified and traditional."""


@functools.cache
def common_characters() -> frozenset[str]:
    """The Chinese characters of the first level of GB 2312 or of Big5: 7,000."""
    simplified = bytes(
        byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail)
    )
    traditional = bytes(
        byte
        for lead in range(0xA4, 0xC7)
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        for byte in (lead, trail)
    )
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))


def fault_of(glyphs: Sequence[Glyph]) -> Message | None:
    """Why the glyphs of a page, in file order, are no text; None if they are."""
    if not glyphs:
        return None
    lost = sum(glyph.lost for glyph in glyphs)
    if lost > LOST * len(glyphs) or _loses_a_run(glyphs):
        return Message(f"有 {lost} 个字认不出", f"{lost} of its characters are unknown")
    chinese = [glyph.text for glyph in glyphs if "\u3400" <= glyph.text <= "\u9fff"]
    common = sum(map(common_characters().__contains__, chinese))
    if len(chinese) >= FEWEST and common < (1 - RARE) * len(chinese):
        return Message("生僻字太多", "too many rare characters")
    if len(chinese) >= ENOUGH and sum(map(OFTEN.__contains__, chinese)) < FREQUENT * len(chinese):
        return Message("字不成文", "its characters make no text")
    foreign = sum("\x80" <= glyph.text < "\u2000" and glyph.text not in "·×÷°±§" for glyph in glyphs)
    if foreign > FOREIGN * len(glyphs):
        return Message("像是乱码", "it looks garbled")
    return None


def _loses_a_run(glyphs: Sequence[Glyph]) -> bool:
    """Whether several different characters are lost one after another."""
    run: set[str] = set()
    for glyph in glyphs:
        if not glyph.lost:
            run.clear()
            continue
        run.add(glyph.text)
        if len(run) >= RUN:
            return True
    return False
