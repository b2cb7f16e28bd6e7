"""Sections: the user's first, then the paper's own word, then the words of the story; doubt goes to 综合."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.edit.lexicon import OFFICES, WORDS
from briefing.edit.section import (
    OTHER,
    SECTIONS,
    CustomSection,
    guess_section,
    printed_section,
    section_of,
    section_points,
    sectioned,
)
from briefing.types import Article, Story, Summary

GOLDEN = json.loads((Path(__file__).parents[1] / "data/edit/sections.json").read_text("utf-8"))


def article(headline: str = "", text: str = "", **named: str) -> Article:
    return Article(id=headline or "a", headline=headline, paragraphs=(text,), **named)  # type: ignore[arg-type]


def story(told: Article) -> Story:
    return Story(article=told, summary=Summary(gist=told.headline, sentences=(), model="test"))


@pytest.mark.parametrize(("name", "headline", "text"), GOLDEN, ids=[row[1] for row in GOLDEN])
def test_words_tell_the_section(name: str, headline: str, text: str) -> None:
    assert guess_section(article(headline, text)) == name


@pytest.mark.parametrize(
    ("printed", "page", "name"),
    [
        ("经济新闻", None, "经济"), ("要闻·综合", "03", "要闻"), ("体坛", None, OTHER), (None, "01", "要闻"), (None, "A1", "要闻"),
        (None, "第1版", "要闻"), (None, "头版", "要闻"), (None, "11", OTHER), (None, None, OTHER), ("國際", "1", "国际"),
    ],
)  # fmt: skip
def test_the_paper_has_the_first_word(printed: str | None, page: str | None, name: str) -> None:
    assert printed_section(printed, page) == name


def test_the_words_are_asked_where_the_paper_is_silent() -> None:
    win = article(
        "云汀女排四连胜",
        "昨晚，云汀女排在主场战胜岚州队，主教练仇万里说，联赛还长。",
        section="综合新闻",
        page_number="5",
    )
    assert section_of(win) == "体育"
    assert section_of(article(win.headline, win.text, section="社会")) == "社会"
    assert section_of(article(win.headline, win.text, page_number="1")) == "要闻"


def test_the_user_has_the_last() -> None:
    port = CustomSection("港口", keywords=("云汀港",))
    evening = CustomSection("晚报", sources=("江屿晚报", "https://evening.example/"))
    assert section_of(article("云汀港通航", section="经济"), (port, evening)) == "港口"
    assert section_of(article("通航", "鲁平舟昨日在云汀港说。"), (port,)) == "港口"
    assert section_of(article("通航", "云" * 300 + "云汀港"), (port,)) == OTHER
    assert section_of(article("某事", paper="江屿晚报"), (port, evening)) == "晚报"
    assert section_of(article("某事", source="https://evening.example/a/1.html"), (evening,)) == "晚报"
    assert (
        section_of(
            article("某事", source="in/evening-01.txt"), (CustomSection("晚报", sources=("evening",)),)
        )
        == "晚报"
    )
    assert (
        section_of(article("某事", source="evening"), (CustomSection("空", keywords=("",), sources=("",)),))
        == OTHER
    )


def test_sections_stand_in_their_order() -> None:
    stories = [
        story(article(headline, section=section))
        for headline, section in [
            ("甲", "体育"),
            ("乙", "不明"),
            ("云汀港", "经济"),
            ("丙", "要闻"),
            ("丁", "国际"),
            ("戊", "体育"),
        ]
    ]
    found = sectioned(
        stories, (CustomSection("港口", keywords=("云汀港",)), CustomSection("国际", keywords=("丁",)))
    )
    assert [section.name for section in found] == ["要闻", "港口", "国际", "体育", OTHER]
    assert [told.article.headline for told in found[3].stories] == ["甲", "戊"]


def test_doubt_goes_to_the_rest() -> None:
    assert guess_section(article("", "")) == OTHER
    assert guess_section(article("说说心里话", "一些想法。")) == OTHER


def test_the_lexicon_is_well_formed() -> None:
    assert list(WORDS) == list(SECTIONS)
    for name, rows in WORDS.items():
        assert len(rows) == 3, name
        words = [word for row in rows for word in row.split()]
        assert all(len(word) > 1 for word in words), name
    assert all(len(word) > 1 for word in OFFICES.split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="云汀市港大学总统股市比赛博物馆卫星", max_size=10),
            st.sampled_from([None, "经济", "综合", "港口"]),
            st.sampled_from([None, "1", "5"]),
        ),
        max_size=12,
    )
)
def test_every_story_stands_in_one_section(rows: list[tuple[str, str | None, str | None]]) -> None:
    stories = [
        story(
            Article(id=str(at), headline=headline, paragraphs=(headline,), section=section, page_number=page)
        )
        for at, (headline, section, page) in enumerate(rows)
    ]
    found = sectioned(stories, (CustomSection("港口", keywords=("港",)),))
    assert sorted(int(told.article.id) for section in found for told in section.stories) == list(
        range(len(rows))
    )
    for section in found:
        assert section.stories
        assert [int(told.article.id) for told in section.stories] == sorted(
            int(s.article.id) for s in section.stories
        )
    for told in stories:
        assert set(section_points(told.article)) == set(SECTIONS)
