"""A saved page with several whole stories, each in an element of its own."""

from __future__ import annotations

import pytest
from news_page import paragraphs
from test_web_posts import LINES, MORE

from briefing.read import html
from briefing.segmentation.articles import segment
from briefing.types import Article, Page

HEADLINES = ("十二座老桥修好了", "柏溪村的石板路", "望江桥头的灯")
TEXTS = (
    LINES,
    MORE,
    (
        "桥头的灯是柏舟一个人点的，他点了三十年，没有误过一个晚上。",
        "灯油由村里出，每家每年出半斤，记在桥头的木牌上。",
    ),
)


def stories(heading: str = "<h2>{}</h2>", around: str = "", title: str = "2026年11月20日晚间报道") -> Page:
    told = "".join(
        f"<article>{heading.format(headline)}{paragraphs(*texts)}</article>"
        for headline, texts in zip(HEADLINES, TEXTS, strict=True)
    )
    days = "<nav><a href='19'>上一天 2026-11-19</a> <a href='21'>下一天 2026-11-21</a></nav>"
    page = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
    (found,) = html.read("a.html", f"{page}{days}{around}{told}{days}</body></html>".encode())
    assert isinstance(found, Page)
    return found


def articles(page: Page) -> list[Article]:
    return list(segment(page).articles)


def test_each_story_with_a_heading_of_its_own_is_an_article_of_the_page_s_day() -> None:
    page = stories()
    found = articles(page)
    assert str(page.date) == "2026-11-20"
    assert [article.headline for article in found] == list(HEADLINES)
    assert all(line in article.text for article, texts in zip(found, TEXTS, strict=True) for line in texts)


@pytest.mark.parametrize("title", HEADLINES[:1])
def test_the_page_of_one_story_does_not_give_those_loaded_below_it(title: str) -> None:
    assert [article.headline for article in articles(stories(title=title))] == [title]


def test_a_story_beside_those_in_elements_is_not_lost() -> None:
    lead = ("柏舟说，老桥修好以后，河两岸的人又走到一起去了，这比修桥本身还要紧。", *LINES[:2], *MORE)
    found = articles(stories(around=f"<div>{paragraphs(*lead)}</div>"))
    assert any(lead[0] in article.text for article in found)
