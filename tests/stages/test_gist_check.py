"""Which of a model's lines may stand as the gist."""

from __future__ import annotations

import pytest

from briefing.summarization.gist_check import is_valid_gist
from briefing.summarization.verify.facts import article_facts
from briefing.types import Article

ARTICLE = Article(
    id="a",
    headline="河湾区低空经济开年起飞",
    paragraphs=(
        "河湾区的低空经济持续升温，云汀低空高峰时段有数百条无人机航线同时运行。",
        "南江省的低空经济企业超过1.5万家，2026年产值有望达到万亿元。云汀前海正在建设综合交通枢纽，供四方的旅客换乘。",
    ),
)
FACTS = article_facts(ARTICLE.stated)


@pytest.mark.parametrize(
    "line",
    [
        "南江低空经济企业超过1.5万家",
        "河湾区低空经济起飞，南江企业超1.5万家",
        "云汀建设综合交通枢纽",
        "河湾区低空经济产值有望达到万亿元",
    ],
)
def test_what_a_sentence_or_the_headline_says(line: str) -> None:
    assert is_valid_gist(line, ARTICLE, FACTS)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("云汀低空经济产值有望达到万亿元", "the figure is the province's"),
        ("云汀航线建设综合交通枢纽", "two sentences in one clause"),
        ("低空经济起飞起飞", "said twice"),
        ("南江低空动能增至企业航线", "words that nobody said"),
        ("云汀前海正在建设综合交通枢纽，供四方", "broken off in a phrase"),
        ("企业超过1.6万家", "another figure"),
        ("", "nothing"),
        ("河湾区低空经济持续升温，" * 3, "too long"),
    ],
)
def test_what_may_not_stand(line: str, why: str) -> None:
    assert not is_valid_gist(line, ARTICLE, FACTS), why
