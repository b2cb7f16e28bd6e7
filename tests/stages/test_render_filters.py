"""The filters that templates use."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from briefings import many, story
from hypothesis import given
from hypothesis import strategies as st

from briefing.render import filters
from briefing.render.print_size import print_size
from briefing.text.width import width
from briefing.types import Briefing

WORDS = st.text(st.sampled_from("云汀市，。、“”《》（）ab1 2.5%—…A\n"), max_size=200)


def test_date_long() -> None:
    date = datetime.date(2026, 11, 20)
    assert filters.date_long(date) == "2026年11月20日 星期五"
    assert filters.date_long(date, "en") == "Friday, 20 November 2026"


@pytest.mark.parametrize(
    ("page", "zh", "en"),
    [("01", "第01版", "p. 01"), ("头版", "头版", "头版"), (None, "", ""), ("A3", "第A3版", "p. A3")],
)
def test_page_name(page: str | None, zh: str, en: str) -> None:
    assert (filters.page_name(page), filters.page_name(page, "en")) == (zh, en)


def test_counted_takes_a_text_or_a_pair() -> None:
    pair = {"one": "{n} story", "other": "{n} stories"}
    assert [filters.counted(pair, n) for n in (0, 1, 2)] == ["0 stories", "1 story", "2 stories"]
    assert filters.counted("{n} 条", 1) == "1 条"


@given(WORDS)
def test_wrapping_loses_nothing_and_begins_no_line_with_a_closing_mark(text: str) -> None:
    lines = filters.wrap(text, 20).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not [line for line in lines[1:] if line[0] in "，。、”》）"]
    assert all(width(line.rstrip("，。、”》）…—%. ")) <= 20 for line in lines)


def test_wrapping_keeps_numbers_whole() -> None:
    assert filters.wrap("云汀市今年已建成31.2万套", 14) == "云汀市今年已建\n成31.2万套"
    assert filters.wrap("客流量达到了31.2万", 14, "  ") == "  客流量达到了\n  31.2万"


def test_wrapping_hangs_a_bullet() -> None:
    assert filters.wrap("客流量达到了31.2万", 14, "  ", "· ") == "· 客流量达到了\n  31.2万"


def test_sources_name_each_place_once_and_the_summarized_first() -> None:
    first = story(1, paper="云汀日报")
    other = story(2, paper="云汀晚报", page_number="03").article
    told = replace(first, also=(other, replace(other, id="b"), first.article))
    assert [article.id for article in filters.sources(told, _day())] == ["a1", "a2"]


@given(st.integers(0, 400))
def test_more_on_the_page_is_never_printed_larger(n: int) -> None:
    sizes = [print_size(many(count)) for count in (n, n + 1)]
    assert 9 <= sizes[1] <= sizes[0] <= 12
    assert all(size * 2 == int(size * 2) for size in sizes)


@given(st.text())
def test_markdown_stays_on_one_line(text: str) -> None:
    assert "\n" not in filters.md(text) and "<" not in filters.md(text)


def test_the_address_of_a_file_is_none() -> None:
    assert filters.url(story().article) == ""
    assert filters.attribution(story(source="http://[bad", page_number=None).article, _day()) == "http://[bad"


def _day() -> Briefing:
    return Briefing(title="", date=datetime.date(2026, 1, 1), sections=())


@pytest.mark.parametrize(
    ("kicker", "headline", "line"),
    [
        ("滨湖湿地迎来白鹤", "数量为近十年最多", "滨湖湿地迎来白鹤：数量为近十年最多"),
        ("卫星数据开放", "首批12家企业试用", "卫星数据开放：首批12家企业试用"),
        ("新品种选育", "亩产首次突破600公斤", "新品种选育：亩产首次突破600公斤"),
        ("推进会要求盯紧节点", "云汀港通航", "云汀港通航"),
        (None, "数量为近十年最多", "数量为近十年最多"),
        ("云" * 40, "数量为近十年最多", "数量为近十年最多"),
    ],
)
def test_a_headline_in_a_list_stands_alone(kicker: str | None, headline: str, line: str) -> None:
    article = replace(story(1).article, kicker=kicker, headline=headline)
    assert filters.title_line(article) == line
