"""Lines that once took minutes, since a pattern could read them in very many ways. Were one to come back, a test would hang."""

from __future__ import annotations

import pytest

from briefing.read.prompts import split_prompt
from briefing.read.web_furniture import LINES as FURNITURE
from briefing.segmentation.bylines import is_agency, is_byline
from briefing.segmentation.furniture import STAFFED
from briefing.summarization.extract.compressive import CompressiveExtract
from briefing.types import Article

LINES = (
    "和" * 60,
    "；｜驻" * 20,
    "驻京" * 30,
    "本报" + "驻和特约" * 14,
    "记者" * 30,
    "（" * 60,
    "中新社驻" * 15,
    "全媒体" + "撰稿人" * 19,
    "文图" * 30,
)


@pytest.mark.parametrize("line", LINES)
def test_bylines(line: str) -> None:
    assert not is_byline(f"{line[:59]}x")
    assert not is_agency(f"{line[:39]}x")


@pytest.mark.parametrize("line", ["手机" * 30, "用手" * 30, "微博手机" * 15])
def test_furniture_of_web_pages(line: str) -> None:
    assert not FURNITURE.fullmatch(f"{line}x")


@pytest.mark.parametrize("names", ["林叶" * 60, "林" * 120, "编辑林叶" * 30, "林叶、" * 40])
def test_editors_of_a_page(names: str) -> None:
    assert not STAFFED.fullmatch(f"责任编辑：{names}x")
    assert STAFFED.fullmatch(f"责任编辑：{names}")


@pytest.mark.parametrize("line", ["></html>" * 11, ">" * 90, "点击" * 45, "»> " * 30])
def test_calls_to_read_on(line: str) -> None:
    assert split_prompt(line) == (line, "")


@pytest.mark.parametrize("unit", ["晚", "年底", "近日早\t", "一", "周一"])
def test_clauses_of_nothing_but_times(unit: str) -> None:
    text = f"前{unit * 60}好，云汀水厂投产，日供水5万吨。"
    summary = CompressiveExtract().summarize(Article(id="1", headline="水厂投产", paragraphs=(text,)), 100)
    assert 0 < len(summary.text) <= 100
