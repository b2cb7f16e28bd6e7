"""What a search finds: words of two characters, single ones, phrases, names; in any script and width."""

from __future__ import annotations

import datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import UsageError
from briefing.store.archive_search import search
from briefing.store.search import excerpt, hits, parse
from briefing.store.search_index import add_to_index, prepare_index, remove_from_index
from briefing.store.search_words import folded, search_words
from briefing.store.tables import EDITIONS, STORIES, TABLES, first_id
from briefing.types.archived import Filter

DAYS = [datetime.date(2026, 11, n) for n in (18, 19, 20)]
ROWS = [
    ("要闻", "云汀日报", "三号线全线洞通", "云汀轨道交通三号线昨日全线洞通，市长沈砚秋到场。"),
    ("经济", "云汀晚报", "港口吞吐量增长", "云汀港前十个月吞吐量同比增长11.2%，GDP增长5%。轨道，交通。"),
    ("要闻", "云汀晚报", "市长会见来宾", "沈砚秋会见臺北来宾，谈ＮＢＡ。三号线写在第二段：三号线。"),
]


def archive() -> sa.Connection:
    connection = sa.create_engine("sqlite://").connect()
    TABLES.create_all(connection)
    prepare_index(connection)
    for n, (section, paper, headline, text) in enumerate(ROWS):
        row = {"section": section, "paper": paper, "headline": headline, "text": text}
        row |= {"gist": "", "summary": "", "page": "1"}
        day = DAYS[n].isoformat()
        made = {"id": n, "day": day, "name": "daily", "title": "t", "made": day, "count": 1, "content": "{}"}
        connection.execute(EDITIONS.insert(), [made])
        id = first_id(DAYS[n]) + 1
        connection.execute(STORIES.insert(), [{"id": id, "edition": n, "position": 0} | row])
        add_to_index(connection, id, row)
    return connection


def found(typed: str, within: Filter | None = None, *, newest: bool = False) -> list[str]:
    with archive() as connection:
        result = search(connection, parse(typed), within or Filter(), newest=newest)
    assert result.total == len(result.hits) and not result.more
    return [hit.story.headline for hit in result.hits]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("港口", {1}),
        ("秋", {0, 2}),
        ("来宾", {2}),
        ("宾", {2}),  # the last character of a run
        ("沈砚秋", {0, 2}),
        ("轨道交通", {0}),  # no phrase goes across a comma
        ("轨道 交通", {0, 1}),
        ('"轨道，交通"', {1}),
        ("三號線", {0, 2}),
        ("台北", {2}),
        ("nba", {2}),
        ("gdp增长", {1}),
        ("GDP", {1}),
        ("DP", set()),
        ("11.2%", {1}),
        ("沈砚秋 -会见", {0}),
        ("沈砚秋 NOT 会见", {0}),
        ("洞通 OR 吞吐量", {0, 1}),
        ("港口 OR 三号线 沈砚秋", {0, 2}),
        ("“三号线 沈砚秋”", set()),
        ("不存在", set()),
    ],
)
def test_what_is_found(typed: str, wanted: set[int]) -> None:
    assert set(found(typed)) == {ROWS[n][2] for n in wanted}


@pytest.mark.parametrize(
    ("within", "wanted"),
    [
        (Filter(section="要闻"), {0, 2}),
        (Filter(paper="云汀晚报"), {1, 2}),
        (Filter(section="要闻", paper="云汀晚报"), {2}),
        (Filter(since=DAYS[1]), {1, 2}),
        (Filter(until=DAYS[1]), {0, 1}),
        (Filter(since=DAYS[1], until=DAYS[1]), {1}),
        (Filter(section="要"), set()),
    ],
)
def test_within(within: Filter, wanted: set[int]) -> None:
    typed = "云汀 OR 沈砚秋"
    assert set(found(typed, within)) == {ROWS[n][2] for n in wanted}


def test_a_headline_weighs_more_and_the_newest_first_on_request() -> None:
    assert found("三号线")[0] == ROWS[0][2]
    assert found("三号线", newest=True)[0] == ROWS[2][2]


def test_a_section_is_no_word_of_the_text() -> None:
    assert found("经济") == []


def test_what_was_taken_out_is_not_found() -> None:
    with archive() as connection:
        section, paper, headline, text = ROWS[0]
        row = {"section": section, "paper": paper, "headline": headline, "text": text}
        remove_from_index(connection, first_id(DAYS[0]) + 1, row | {"gist": "", "summary": ""})
        assert [h.story.headline for h in search(connection, parse("三号线"), Filter()).hits] == [ROWS[2][2]]


@pytest.mark.parametrize("typed", ["", "  ", '""', "-港口", "，。", "OR", "NOT 港口", '"'])
def test_a_search_for_nothing_is_a_mistake(typed: str) -> None:
    with pytest.raises(UsageError):
        parse(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_search_or_a_mistake(typed: str) -> None:
    try:
        wanted = parse(typed)
    except UsageError:
        return
    with archive() as connection:
        assert search(connection, wanted, Filter()).total >= 0


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.data())
def test_every_stretch_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    """What is indexed is found by any piece of it that begins and ends between words."""
    runs = [run for run in search_words(text).split() if len(run) == 2 and "\u4e00" <= run[0] <= "\u9fff"]
    if not runs:
        return
    piece = data.draw(st.sampled_from(runs))
    with sa.create_engine("sqlite://").connect() as connection:
        prepare_index(connection)
        row = dict.fromkeys(("headline", "gist", "summary", "section", "paper"), "") | {"text": text}
        add_to_index(connection, 1, row)
        match = sa.text("SELECT count(*) FROM story_index WHERE story_index MATCH :m")
        assert connection.execute(match, {"m": parse(piece).expression}).scalar() == 1


@given(st.text(max_size=80))
def test_a_folded_text_is_as_long(text: str) -> None:
    assert len(folded(text)) == len(text)


def test_hits_are_marked_where_they_stand() -> None:
    text = "昨日，三號線開通；三号线长28公里。"
    assert [text[a:b] for a, b in hits(text, ("三号线",))] == ["三號線", "三号线"]
    assert hits("ABCAB AB", ("ab",)) == [(6, 8)]
    assert hits("云汀云汀云", ("云汀", "汀云")) == [(0, 5)]
    pieces = excerpt("前言。" * 60 + "港口开放了。" + "后话。" * 60, ("港口",))
    assert ("港口", True) in pieces and pieces[0] == ("…", False) == pieces[-1]
    assert sum(len(piece) for piece, _ in pieces) < 120
