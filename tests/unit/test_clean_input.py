"""Foreign text is safe to print: nothing invisible is left, nothing visible is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.clean_input import clean_input, clean_line


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("望江桥\x1b[31m通车\x1b[0m", "望江桥通车"),
        ("a\x9b31mb", "ab"),
        ("\x1b]0;标题\x07正文", "正文"),
        ("\x1b]8;;http://x\x1b\\链接", "链接"),
        ("\x1bP1;2|x\x9c后", "后"),
        ("\x1b(B\x1bc字", "字"),
        ("\x1b[31", "31"),
        ("响\x07铃\x00", "响铃"),
        ("一\r\n二\r三\x0b四\u2028五\x85六", "一\n二\n三四\n五\n六"),
        ("左\u202e右\u202c\u2066中\u2069\u200f\u061c", "左右中"),
        ("半\ud83d个", "半\ufffd个"),
        ("\udc00\ud800", "\ufffd\ufffd"),
        ("整\ud83d\ude00个", "整\U0001f600个"),
        ("藏\U000e0041\U000e007f", "藏"),
        ("\ufeff头", "头"),
        ("制\t表\n行　全角 \u200d", "制\t表\n行　全角 \u200d"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(dirty: str, clean: str) -> None:
    assert clean_input(dirty) == clean


@given(st.text(st.characters(categories=None)))
def test_any_text_is_clean_after_one_pass(text: str) -> None:
    clean = clean_input(text)
    clean.encode("utf-8")
    assert clean_input(clean) == clean
    assert not [c for c in clean if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert (
        [c for c in text if c.isalnum()] == [c for c in clean if c.isalnum()]
        or "\x1b" in text
        or any("\x80" <= c <= "\x9f" for c in text)
    )


@pytest.mark.parametrize(
    "piece", ["\x1b[", "\x1b]", "\x1b[0;", "\x1b ", "\x9b0", "\x1bP", "\r", "\u202e", "\ud83d"]
)
@pytest.mark.timeout(60)  # a linear method takes a second
def test_cleaning_is_linear(piece: str) -> None:
    assert len(clean_input(piece * 400_000)) <= 800_000


def test_a_line_is_one_line_and_bounded() -> None:
    assert clean_line("550 \x1b[31m红\r\n  x\x07") == "550 红 x"
    assert len(clean_line("长" * 10_000, 100)) == 100
