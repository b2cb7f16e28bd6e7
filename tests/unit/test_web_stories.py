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


TITLE = "2026年11月20日晚间报道"


def elements(heading: str = "<h2>{}</h2>", after: str = "") -> str:
    return "".join(
        f"<article>{heading.format(headline)}{paragraphs(*texts)}{after}</article>"
        for headline, texts in zip(HEADLINES, TEXTS, strict=True)
    )


def stories(told: str = "", around: str = "", title: str = TITLE) -> Page:
    told = told or elements()
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


def test_short_stories_and_what_comes_before_them_are_kept() -> None:
    short = "<article><h2>天气</h2><p>明天晴，风很小，最高12度。</p></article>"
    intro = "今晚的节目里有老桥，有石板路，还有刚刚收到的消息，林溪的山火灭了。"
    found = articles(stories(elements() + short, f"<div>{paragraphs(intro)}</div>"))
    assert [article.headline for article in found] == [TITLE, *HEADLINES, "天气"]
    assert found[0].text == intro


@pytest.mark.parametrize(
    "title",
    [
        "三位老人和他们的河",
        "云汀漫步",
        "2026年11月20日柏溪村石板路重修",
        "2026年11月20日老桥与桥头人",
    ],
)
def test_a_title_that_names_no_day_or_what_is_told_is_of_one_story(title: str) -> None:
    (found,) = articles(stories(title=title))
    assert all(line in found.text for texts in TEXTS for line in texts)


@pytest.mark.parametrize("around", ["<div style='display:none'>{}</div>", "<div class='comments'>{}</div>"])
def test_hidden_stories_and_comments_do_not_take_the_place_of_the_article(around: str) -> None:
    shown = ("林溪县医院昨天开了夜间门诊，晚上六点到十点都有医生坐诊。", "县卫健局说，夜间门诊先试三个月。")
    told = f"<div class='text'>{paragraphs(*shown)}</div>{around.format(elements())}"
    (found,) = articles(stories(told))
    assert list(found.paragraphs) == list(shown)


def test_teasers_that_link_to_their_stories_are_no_stories() -> None:
    assert len(articles(stories(elements(after="<a href='a.html'>阅读全文</a>")))) == 1
