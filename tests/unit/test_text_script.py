"""The two scripts: which one a text is in, and conversions that keep every offset and every name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.script import converted, restored, script_of

SIMPLE = "云汀市长沈砚秋昨日到软件园调研，指出“后方的干部要发挥示范作用”，里程表、钟表和头发都不在范围之内。"
OTHER = "雲汀市長沈硯秋昨日到軟件園調研，指出「後方的幹部要發揮示範作用」，里程錶、鐘錶和頭髮都不在範圍之內。"
MIXED = st.text(
    alphabet=[*"云雲汀发發髮后後里裡范範干幹乾于於“”「」‘’『』面麵系係繫a’t1，。\n𠮷"], max_size=40
)


def test_conversion_goes_by_words_and_back() -> None:
    assert converted(SIMPLE, "hant") == OTHER
    assert converted(OTHER, "hans") == SIMPLE


def test_a_newspaper_is_quoted_not_put_into_another_regions_words() -> None:
    assert converted("软件和网络信息", "hant") == "軟件和網絡信息"


@pytest.mark.parametrize(
    ("text", "script"),
    [(SIMPLE, "hans"), (OTHER, "hant"), ("", "hans"), ("AI 2026", "hans"), ("中山大道", "hans"), (SIMPLE * 9 + "後", "hans")],
)  # fmt: skip
def test_which_script_a_text_is_in(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("市长范明远说", "市長范明遠說"),
        ("范志强表示", "范志強表示"),
        ("记者于海波和余晓曼", "記者于海波和余曉曼"),
        ("今天于云汀开幕", "今天於雲汀開幕"),
        ("规范、示范和范围", "規範、示範和範圍"),
    ],
)
def test_names_are_written_as_names(name: str, other: str) -> None:
    assert converted(name, "hant") == other


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert converted("云汀‘旧书’市 don’t", "hant") == "雲汀『舊書』市 don’t"


@given(MIXED)
def test_every_offset_stays(text: str) -> None:
    for script in ("hans", "hant"):
        assert len(converted(text, script)) == len(text)


@given(MIXED, st.data())
def test_what_is_quoted_of_a_text_comes_back_as_it_was(text: str, data: st.DataObject) -> None:
    plain = converted(text, "hans")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    back = restored(plain[start:end], plain, text)
    assert converted(back, "hans") == converted(text[start:end], "hans") and len(back) == end - start


def test_a_name_comes_back_as_the_paper_writes_it() -> None:
    original = "市長范仲和說，範圍不變。台東的臺靜農紀念館開放。"
    plain = converted(original, "hans")
    assert (
        restored("范仲和：范围不变，台静农纪念馆开放", plain, original)
        == "范仲和：範圍不變，臺靜農紀念館開放"
    )
