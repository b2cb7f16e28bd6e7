"""A day is read in the forms that people and programs write; what could be two days is none."""

import datetime

import pytest

from briefing.read.days import day_of

DAY = datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    "words",
    [
        "2026-11-20", "2026/11/20", "2026.11.20", "2026/11/20 8:15", "20261120", "20261120081500", "2026年11月20日",
        "二〇二六年十一月二十日", "11/20/2026", "20/11/2026", "20.11.2026", "46346", "46346.34", "1795104000", "1795104000000",
        "Fri, 20 Nov 2026 08:15:00 +0800", "Nov 20, 2026", "20 November 2026", "20-Nov-2026", "2026-11-20T08:15:00+08:00",
        "'2026-11-20", " 2026-11-20 星期五",
    ],
)  # fmt: skip
def test_a_day_in_its_many_forms(words: str) -> None:
    assert day_of(words) == DAY


@pytest.mark.parametrize(
    "words",
    ["", "11月20日", "昨天", "01/02/2026", "26-11-20", "2026-13-40", "0101-01-01T00:00:00+00:00", "20269999", "123", "Foo 20, 2026"],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two(words: str) -> None:
    assert day_of(words) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-11-19T18:30:00Z", 20),
        ("2026-11-19T15:30:00Z", 19),
        ("Thu, 19 Nov 2026 23:30:00 GMT", 20),
        ("Thu, 19 Nov 2026 23:30:00 +0800", 19),
        ("2026-11-20T23:00:00-05:00", 21),
        ("2026-11-20 23:30", 20),
    ],
)
def test_the_day_is_that_in_beijing(words: str, day: int) -> None:
    assert day_of(words) == datetime.date(2026, 11, day)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("云汀日报 ２0 26年1１月20日 星期五 第02版", (2026, 11, 20)),
        ("云汀日报 202 6年11月20日", (2026, 11, 20)),
        ("第02版 2026年11月20日", (2026, 11, 20)),
        ("A1 2026年11月20日", (2026, 11, 20)),
    ],
)
def test_a_year_that_recognition_cut_is_whole(line: str, day: tuple[int, int, int]) -> None:
    from briefing.text.masthead import date_of

    assert date_of(line) == datetime.date(*day)
