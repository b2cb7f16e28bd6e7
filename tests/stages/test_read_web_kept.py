"""Lines of a story that look like the site's: a day and an hour, a score, a subhead, an organisation alone."""

from __future__ import annotations

import pytest
from news_page import paragraphs, read
from test_read_web_offices import HEADLINE, TEXT, story

from briefing.read.epaper_article import EpaperArticle, read_article
from briefing.read.markup import parse_tree
from briefing.read.web_lines import Line
from briefing.read.web_roles import body_of
from briefing.read.web_stamp import is_stamp
from briefing.types import Role

OPENED = "望江桥2026年11月20日10:00正式通车"


def epaper(first: str, deck: str = "") -> EpaperArticle:
    told = f"<!--enpproperty <title>{HEADLINE}</title><subtitle>{deck}</subtitle>/enpproperty-->"
    told += f"<!--enpcontent-->{paragraphs(first, *TEXT)}<!--/enpcontent-->"
    source = f"<html><body>{told}</body></html>"
    return read_article(source, parse_tree(source))


# ---- a day and an hour


def test_a_sentence_with_a_day_and_an_hour_opens_the_story_of_an_epaper() -> None:
    first = f"{OPENED}，市民步行过江。"
    assert epaper(first).paragraphs == [first, *TEXT]


def test_a_deck_with_a_day_and_an_hour_is_kept() -> None:
    assert epaper("市民等了四年。", OPENED).titles[Role.DECK] == OPENED
    deck = f"<h2 class='subtitle'>{OPENED}</h2>"
    _, article = read(HEADLINE, f"<h1>{HEADLINE}</h1>{deck}<div>{paragraphs(*TEXT)}</div>")
    assert article.deck == OPENED


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-20 14:55:58 来源：云汀日报",
        "2026-11-20 14:55:58 來源：雲汀日報",
        "云汀日报 2026年11月20日 10:00",
        "2026年11月20日 星期五 10:00 字号：大 中 小",
        "来源：云汀网 作者：柏舟 江屿 发布时间：2026-11-20 10:00 浏览：231",
        "2026年11月20日 来源：云汀日报 打印",
        "柏舟 2026/11/20 08:10",
        "【北京时间 2026年11月20日 15:33】 我要评论(0)",
    ],
)
def test_a_line_of_nothing_but_day_hour_and_source_is_a_stamp(line: str) -> None:
    assert is_stamp(line)
    assert epaper(line).paragraphs == [*TEXT]


@pytest.mark.parametrize(
    "line", ["2026年11月20日，市民来源：江东", "市民2026年11月20日10:00起步行过江", "10:00 来源：云汀网"]
)
def test_a_line_that_tells_more_or_no_day_is_no_stamp(line: str) -> None:
    assert not is_stamp(line)


@pytest.mark.parametrize(
    "title",
    ["云汀女排首局胜望江（25:23）", "云汀队半场领先望江桥[38:31]", "望江桥球赛(2:15)", "云汀队险胜【21:65】"],
)
def test_a_score_behind_a_headline_is_no_clock(title: str) -> None:
    _, article = read(title, f"<h1>{title}</h1><div>2026-11-20</div><div>{paragraphs(*TEXT)}</div>")
    assert article.headline == title


# ---- what ends a story


@pytest.mark.parametrize(
    "subhead", ["网友对望江桥的评论", "市交通局对市民来信的回复", "市交通局对市民来信的回复："]
)
def test_a_subhead_about_answers_does_not_end_the_story(subhead: str) -> None:
    after = f"<p><strong>{subhead}</strong></p>{paragraphs(*TEXT[1:])}"
    _, article = read(HEADLINE, story(TEXT[0], after=after))
    assert article.paragraphs[-1] == TEXT[-1]


# ---- the first lines


@pytest.mark.parametrize(
    "line", ["村民盼来好消息", "山村终于通了电", "合作社传来喜讯", "全市昨晚停了电", "他们都在等消息"]
)
def test_a_line_that_ends_like_a_dateline_stands_by_itself(line: str) -> None:
    _, article = read(HEADLINE, story(line, *TEXT))
    assert article.paragraphs[-len(TEXT) :] == TEXT
    assert line in (*article.paragraphs, article.deck)


@pytest.mark.parametrize(
    "line",
    ["云汀新闻网讯", "云汀网消息", "本报讯", "本报望江11月20日电", "望江11月20日电", "（云汀社望江20日电）"],
)
def test_a_dateline_by_itself_goes_with_the_text(line: str) -> None:
    _, article = read(HEADLINE, story(line, *TEXT))
    assert len(article.paragraphs) == len(TEXT)
    assert article.paragraphs[0].endswith(TEXT[0])


def test_a_dateline_without_a_text_is_kept() -> None:
    line = Line("云汀新闻网讯", None, linked=0.0, bold=0.0, prose=0, key="云汀新闻网讯", names="")
    assert body_of([line], [0], []).texts == [line.text]


@pytest.mark.parametrize("line", ["一、桥面设双向六车道，货车不得上桥", "桥面设双向六车道，货车不得上桥"])
def test_a_subhead_behind_a_picture_is_no_caption(line: str) -> None:
    above = f"<p><img src='a.jpg'></p><p><strong>{line}</strong></p>"
    _, article = read(HEADLINE, story(*TEXT, above=above))
    assert not article.captions


@pytest.mark.parametrize("line", ["市交通局昨日通告，桥上这样走：", "市民等了四年，桥终于通了……"])
def test_what_leads_to_the_next_paragraph_behind_a_picture_is_no_caption(line: str) -> None:
    _, article = read(HEADLINE, story(*TEXT, above=f"<p><img src='a.jpg'></p><p>{line}</p>"))
    assert (article.captions, article.paragraphs) == ((), (line, *TEXT))


@pytest.mark.parametrize(
    "line", ["云汀消防救援总队", "全市干部", "全市干部 青年干部", "云汀足球队 望江足球队"]
)
def test_an_organisation_alone_above_the_text_is_no_byline(line: str) -> None:
    _, article = read(HEADLINE, story(line, *TEXT))
    assert article.byline != line


def test_one_office_above_a_bulletin_is_its_author() -> None:
    title = "云汀县关于望江桥通车的公告"
    body = f"<h1>{title}</h1><div>2026-11-20</div><div>{paragraphs('云汀县交通局', *TEXT)}</div>"
    _, article = read(title, body)
    assert article.paragraphs == TEXT
