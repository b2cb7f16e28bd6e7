"""The patterns of furniture are in simplified script: every traditional form that they need is mapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from opencc import OpenCC

from briefing.read import web_captions, web_furniture

MODULES = (web_captions, web_furniture)


def missing() -> Iterator[str]:
    patterns = "".join(Path(module.__file__ or "").read_text(encoding="utf-8") for module in MODULES)
    used = set(re.findall(r"[\u4e00-\u9fff]", patterns))
    simplify = OpenCC("t2s").convert
    for char in map(chr, range(0x4E00, 0xA000)):
        simple = simplify(char) if is_in_use(char) else char
        if simple != char and simple in used and char.translate(web_furniture.SIMPLIFIED) != simple:
            yield char


def is_in_use(char: str) -> bool:
    """Whether a character is among the 5,401 most frequent ones of Big5."""
    try:
        return b"\xa4\x40" <= char.encode("big5") <= b"\xc6\x7e"
    except UnicodeEncodeError:
        return False


def test_every_frequent_traditional_form_of_a_patterns_character_is_known() -> None:
    assert "".join(missing()) == ""
