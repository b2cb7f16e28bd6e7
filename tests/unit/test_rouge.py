"""ROUGE on Chinese characters, against values worked out by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.text import rouge

TEXT = st.text(alphabet="云汀市三号线开通运营12.5A，。 １Ｂ", max_size=40)


def test_tokens_are_characters_words_and_numbers() -> None:
    assert rouge.tokens("ＧＤＰ增长１２.5％，达3亿") == ["gdp", "增", "长", "12.5", "达", "3", "亿"]


def test_scores_by_hand() -> None:
    got = rouge.rouge("云汀地铁开通", "云汀三号线开通")
    assert round(got.one, 4) == round(2 * 4 / 13, 4)
    assert round(got.two, 4) == round(2 * 2 / 11, 4)
    assert round(got.longest, 4) == round(2 * 4 / 13, 4)


def test_nothing_in_common_and_nothing_at_all() -> None:
    assert rouge.rouge("甲乙", "丙丁") == (0, 0, 0)
    assert rouge.rouge("", "") == (0, 0, 0)


def _table(a: str, b: str) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        previous = 0
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], previous + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


@given(TEXT, TEXT)
def test_the_common_subsequence_is_that_of_the_textbook(a: str, b: str) -> None:
    assert rouge.longest_common_subsequence(a, b) == _table(a, b)


@given(TEXT)
def test_a_text_agrees_with_itself(text: str) -> None:
    got = rouge.rouge(text, text)
    assert got.longest in (0.0, 1.0)
    assert got.longest == 1.0 or not rouge.tokens(text)
