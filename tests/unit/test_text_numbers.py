"""Numbers and their values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.numbers import mentions, numbers

CASES = [
    ("１００", "100"),
    ("100元", "100"),
    ("007", "7"),
    ("3.50", "3.5"),
    ("1,200人", "1200"),
    ("1,200万", "12000000"),
    ("1，200", "1 200"),
    ("3.5万", "35000"),
    ("35000", "35000"),
    ("三万五千", "35000"),
    ("2万3千", "23000"),
    ("1亿2000万", "120000000"),
    ("三亿二千万", "320000000"),
    ("3千5百万", "35000000"),
    ("6万5000", "65000"),
    ("12.42亿", "1242000000"),
    ("十万亿", "10000000000000"),
    ("十二", "12"),
    ("二十", "20"),
    ("一百零五", "105"),
    ("一千零五十", "1050"),
    ("二〇二四年", "2024"),
    ("百分之三", "3%"),
    ("百分之三点五", "3.5%"),
    ("百分之12", "12%"),
    ("3％", "3%"),
    ("3 %", "3%"),
    ("5%至8%", "5% 8%"),
    ("3‰", "3‰"),
    ("三点五", "3.5"),
    ("三分之一", "1/3"),
    ("八成", "80%"),
    ("成立三成功", ""),
    ("第一季度", "1"),
    ("两名", "2"),
    ("一个", ""),
    ("统一", ""),
    ("几百人", ""),
    ("数十家", ""),
    ("3比0", "0 3"),
    ("2024年3月5日", "2024 3 5"),
    ("GPT-4", "4"),
    ("100多", "100"),
    ("没有数", ""),
]


@pytest.mark.parametrize(("text", "values"), CASES)
def test_values(text: str, values: str) -> None:
    assert numbers(text) == set(values.split())


def test_every_number_of_a_source_counts() -> None:
    assert numbers("统一", every=True) == {"1"}


def test_mentions_keep_the_wording_and_the_order() -> None:
    assert list(mentions("增长百分之三，达3.5万户")) == [("百分之三", "3%"), ("3.5万", "35000")]


@given(st.integers(0, 10**13))
def test_a_plain_number_is_its_own_value(value: int) -> None:
    assert numbers(f"共{value}元") == {str(value)} == numbers(f"共{value:,}元")


@given(st.text(alphabet=st.sampled_from("0123456789一二两十百千万亿零〇点分之百成第,.%％，人"), max_size=40))
def test_any_text_has_values(text: str) -> None:
    assert all(value for value in numbers(text)) and numbers(text) <= numbers(text, every=True)


@pytest.mark.parametrize("unit", ["1,000", "3,", "一二。", "百分之", "十", "1", "亿"])
@pytest.mark.timeout(60)  # a linear method takes a second
def test_a_very_long_text_is_read_in_linear_time(unit: str) -> None:
    assert numbers("共3座。" + unit * (480_000 // len(unit))) >= {"3"}


@pytest.mark.parametrize(
    "run", ["9" * 10**6 + "亿", "九" * 10**5, "九" + "亿" * 200_000, "1" + ",000" * 10**5 + "%"]
)
def test_a_run_without_end_is_no_number(run: str) -> None:
    assert set(numbers(f"投资{run}元，增长3%")) == {"3%"}
