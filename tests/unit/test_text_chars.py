"""Characters: what is Chinese, bigrams, letters, folding."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.text.chars import bigrams, fold, han_runs, is_han, letters


def test_chinese_characters_are_told_from_all_others() -> None:
    assert is_han("云汀㐂") and not is_han("") and not is_han("云A") and not is_han("，")
    assert han_runs("云汀市 2026年，AI大会") == ["云汀市", "年", "大会"]


def test_bigrams_are_in_order_and_repeat() -> None:
    assert bigrams("望江望江") == ["望江", "江望", "望江"]
    assert bigrams("望") == bigrams("") == []


def test_letters_drop_marks_and_spaces() -> None:
    assert letters("望江桥，_ 3.5万（A）") == "望江桥35万A"


def test_folding_drops_width_case_and_spaces_but_keeps_lines() -> None:
    assert fold("ＡI 大会\n　２０２６") == "ai大会\n2026"


@given(st.text())
def test_letters_are_what_is_alphanumeric(text: str) -> None:
    assert letters(text) == "".join(char for char in text if char.isalnum())
