"""Cutting a long article into parts that fit, and condensing it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ModelError
from briefing.summarization.generate.chunking import chunks, map_reduce, reduced
from briefing.summarization.generate.writer import Draft
from briefing.types import Article

TEXT = st.text(alphabet=st.sampled_from("云汀大桥通车，。！？“”（）3.5万A b\n\u3000"), max_size=80) | st.text(
    max_size=40
)


def article(*paragraphs: str) -> Article:
    return Article(id="a", headline="云汀大桥通车", paragraphs=paragraphs, byline="王小明", order=3)


def within(limit: int):
    return lambda text: len(text) <= limit


@given(st.lists(TEXT, max_size=6), st.integers(0, 60))
def test_no_character_is_lost_and_every_part_fits(paragraphs: list[str], limit: int) -> None:
    given_ = article(*paragraphs)
    found = chunks(given_, within(limit))
    assert "".join(text for part in found for text in part.paragraphs) == "".join(paragraphs)
    assert all(replace(part, paragraphs=given_.paragraphs) == given_ for part in found)
    assert all(len(part.text) <= max(1, limit) for part in found)


@given(st.lists(TEXT, max_size=6), st.integers(1, 60))
def test_another_measure_than_characters(paragraphs: list[str], limit: int) -> None:
    found = chunks(article(*paragraphs), lambda text: len(text.encode("utf-8", "surrogatepass")) <= limit)
    assert "".join(text for part in found for text in part.paragraphs) == "".join(paragraphs)
    assert all(
        len(part.text.encode("utf-8", "surrogatepass")) <= limit or len(part.text) == 1 for part in found
    )


@given(st.lists(TEXT, max_size=6), st.integers(1, 60))
def test_what_is_condensed_fits(paragraphs: list[str], limit: int) -> None:
    assert within(limit)(reduced(article(*paragraphs), within(limit), lambda part: part.text).text)


def test_an_article_that_fits_is_its_own_part() -> None:
    given_ = article("云汀大桥通车。", "两岸只隔八分钟。")
    assert chunks(given_, within(100)) == [given_]
    assert reduced(given_, within(100), lambda _: pytest.fail("nothing to condense")) is given_


def test_a_question_too_long_in_itself_leaves_the_article_whole() -> None:
    given_ = article("云汀大桥通车。")
    assert chunks(given_, lambda _: False) == [given_]


@pytest.mark.parametrize(
    ("paragraphs", "limit", "expected"),
    [
        (("桥通了。路也通了。", "车多了。"), 10, [("桥通了。路也通了。",), ("车多了。",)]),
        (("桥通了。路也通了。车多了。",), 10, [("桥通了。路也通了。",), ("车多了。",)]),
        (("桥通了，路也通了，车多了。",), 10, [("桥通了，路也通了，",), ("车多了。",)]),
        (("桥长一共350万米",), 6, [("桥长一共",), ("350万米",)]),
        (("桥通了", "路通了", "车多了", "人多了"), 12, [("桥通了", "路通了"), ("车多了", "人多了")]),
        (("桥通了。 \u3000路通了。",), 6, [("桥通了。 \u3000",), ("路通了。",)]),
    ],
)
def test_where_it_is_cut(paragraphs: tuple[str, ...], limit: int, expected: list[tuple[str, ...]]) -> None:
    assert [part.paragraphs for part in chunks(article(*paragraphs), within(limit))] == expected


def test_parts_are_about_equal() -> None:
    found = chunks(article(*["云汀大桥今天通车。"] * 21), within(199))  # twenty of 10 characters fit
    assert [len(part.paragraphs) for part in found] == [11, 10]


def test_condensed_in_rounds_and_in_order() -> None:
    rounds: list[int] = []

    def first(part: Article) -> str:
        rounds.append(len(part.text))
        return part.text[:9]

    found = reduced(article(*[f"第{n:03}段大桥。" + "路通了。" * 10 for n in range(40)]), within(100), first)
    assert found.text.startswith("第000段大桥。")
    assert len(found.text) <= 100 and len(rounds) > 20


def test_a_part_of_which_nothing_is_said_drops_out() -> None:
    assert reduced(article("桥通了。" * 9, "路通了。" * 9), within(40), lambda _: " ").paragraphs == ()


@pytest.mark.timeout(60)  # a linear method takes a second
def test_a_very_long_article_is_cut_in_linear_time() -> None:
    def cut(paragraphs: int) -> list[Article]:
        return chunks(article(*["云汀大桥今天通车，两岸只隔八分钟。" * 12] * paragraphs), within(1500))

    assert len(cut(300)) > 30
    assert len(cut(600)) > 60


def test_drafts_by_parts() -> None:
    asked: list[tuple[str, int]] = []

    def write(part: Article, count: int) -> list[Draft]:
        asked.append((part.text, count))
        return [Draft("桥通了" if gists else "", part.text[:4])] * count

    gists = True
    long = article(*["桥通了。路通了。"] * 9)
    assert map_reduce(article("桥通了。"), 9, 2, within(30), write) == [Draft("桥通了", "桥通了。")] * 2
    assert len(map_reduce(long, 40, 2, within(30), write)) == 2
    assert asked[-1] == ("桥通了。\n桥通了。\n桥通了。", 2)
    gists, before = False, len(asked)
    assert map_reduce(long, 40, 2, within(30), write) == [Draft("", "桥通了。" * 3)]
    assert len(asked) == before + 3
    assert len(map_reduce(long, 8, 2, within(30), write)) == 2
    assert map_reduce(long, 40, 2, within(30), lambda _, __: []) == []
    with pytest.raises(ModelError, match="too little at once"):
        map_reduce(long, 40, 2, lambda _: False, write)
