"""Pages in the manner of older sites of Taiwan and Hong Kong: headlines without markup, pictures named like their captions,
reporters and hotlines under the text, lists that look like articles."""

from __future__ import annotations

import datetime

import pytest
from news_page import paragraphs, read

from briefing.errors import SourceError

TEXT = (
    "雲汀市望江橋20日通車，全長2.8公里，雙向六車道，市民從北岸到南岸只要五分鐘，比輪渡快了半小時。",
    "市長柏舟表示，大橋由市府與江嶼省各出資一半，總經費19.6億元，橋塔高128公尺。",
)
TITLE = "望江橋20日通車 兩岸五分鐘"
SITE = "雲汀廣播公司全球資訊網"


def links(count: int) -> str:
    return "".join(f"<li><a href='/{n}'>雲汀市第{n}號專題的一則舊聞標題</a></li>" for n in range(count))


@pytest.mark.parametrize("markup", ["<div class='tt26'>{}</div>", "<table><tr><td>{}</td></tr></table>"])
def test_a_headline_without_markup_is_the_line_that_the_text_repeats(markup: str) -> None:
    body = f"<div>線上收聽 節目表 生活服務</div>{markup.format(TITLE)}<div>{paragraphs(*TEXT)}</div>"
    _, article = read(SITE, body)
    assert article.headline == TITLE and article.paragraphs == TEXT


def test_the_name_of_a_site_in_all_titles_is_not_the_headline() -> None:
    name = "雲汀傳媒　一個有觀點、專注揭弊、犀利批判的新媒體！"
    head = f"<meta property='og:site_name' content='{name}'><meta property='og:title' content='{name}'>"
    _, article = read(name, f"<div>{name}</div><h3>{TITLE}</h3><div>{paragraphs(*TEXT)}</div>", head)
    assert article.headline == TITLE


def test_a_headline_of_two_lines_is_whole() -> None:
    body = f"<h1>望江橋20日通車<br>「兩岸五分鐘」</h1><div>{paragraphs(*TEXT)}</div>"
    _, article = read("望江橋20日通車 「兩岸五分鐘」 | 雲汀日報 | 20261120", body)
    assert article.headline == "望江橋20日通車 「兩岸五分鐘」"


def test_a_headline_of_three_lines_is_whole() -> None:
    body = f"<h1>望江橋20日通車<br>兩岸五分鐘<br>輪渡停航</h1><div>{paragraphs(*TEXT)}</div>"
    _, article = read("望江橋20日通車 兩岸五分鐘 輪渡停航 | 雲汀日報", body)
    assert article.headline == "望江橋20日通車 兩岸五分鐘 輪渡停航"


def test_a_columns_name_above_the_text_is_the_kicker() -> None:
    _, article = read(TITLE, f"<h1>{TITLE}</h1><div>{paragraphs('【我城‧我故事】', *TEXT)}</div>")
    assert (article.kicker, article.paragraphs) == ("我城‧我故事", TEXT)


@pytest.mark.parametrize(
    "caption", ["", "<p><img src='a.jpg'></p><p>望江橋夜景，橋面已經亮燈。攝影／黃嵐</p>"]
)
def test_times_under_the_text_are_no_paragraphs(caption: str) -> None:
    times = "建立時間：14:03<br>更新時間：18:46"
    _, article = read(TITLE, f"<h1>{TITLE}</h1><div><p>{'<br>'.join(TEXT)}<br>{times}</p>{caption}</div>")
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    "picture",
    [
        "<ul><li><img src='a.jpg' alt='{0}'><p>{0}</p></li></ul>",
        "<a href='a.jpg' title='{0}'><img src='a.jpg'></a><div>{0}</div>",
        "<div class='note'>{0}</div>",
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_what_a_picture_is_called_is_a_caption(picture: str, before: bool) -> None:
    words = "雲汀市望江橋20日通車，市長柏舟、江嶼省省長秦川與市民代表一同走過全長2.8公里的橋面。圖：雲汀市政府提供"
    shown, text = picture.format(words), paragraphs(*TEXT)
    body = f"<h1>{TITLE}</h1><div>{shown if before else ''}{text}{'' if before else shown}</div>"
    _, article = read(TITLE, body)
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("記者黃嵐 、馮岫", "記者黃嵐 、馮岫"),
        ("■記者黃嵐", "記者黃嵐"),
        ("法庭記者：黃嵐", "法庭記者：黃嵐"),
        ("記者︰黃嵐", "記者︰黃嵐"),
        ("記者黃嵐 馮岫 雲汀報導", "記者黃嵐 馮岫 雲汀報導"),
        ("雲汀 江嶼 綜合報導", "雲汀 江嶼 綜合報導"),
        ("攝影：黃嵐", None),
        ("雲汀新聞2026.11.20 黃嵐/雲汀報導", "雲汀新聞2026.11.20 黃嵐/雲汀報導"),
        ("■雲汀日報報料熱線﹕news@yunting.example / 2345 6789", None),
        ("◎照片來源：雲汀市政府", None),
        ("作品声明：内容取材于网络", None),
        ("关注我，带你解锁云汀每天的好消息！", None),
        ("※你可能還想看：", None),
        ("★再給自己一次機會 諮詢專線：0800-123456", None),
    ],
)
def test_who_reported_and_hotlines_are_no_paragraphs(line: str, byline: str | None) -> None:
    _, article = read(TITLE, f"<h1>{TITLE}</h1><div>{paragraphs(*TEXT, line)}</div>")
    assert article.paragraphs == TEXT and article.byline == byline


@pytest.mark.parametrize("call", ["★再給自己一次機會", "相關新聞刊P4版"])
def test_a_call_is_cut_from_the_last_paragraph(call: str) -> None:
    last = TEXT[-1] + call
    _, article = read(TITLE, f"<h1>{TITLE}</h1><div>{paragraphs(TEXT[0], last)}</div>")
    assert article.paragraphs == TEXT


@pytest.mark.parametrize("line", ["記者會上有人問起票價", "記者手記", "★大橋夜間點燈，市民可上橋散步。"])
def test_short_lines_of_the_story_stay(line: str) -> None:
    _, article = read(TITLE, f"<h1>{TITLE}</h1><div>{paragraphs(TEXT[0], line, TEXT[1])}</div>")
    assert any(line.lstrip("★") in text for text in article.paragraphs)


def test_the_day_may_stand_alone_under_the_text() -> None:
    body = f"<table><tr><td>{TITLE}</td></tr></table><div>{paragraphs(*TEXT)}</div><div>(2026-11-20&nbsp;12:00)&nbsp;</div>"
    page, _ = read(SITE, body)
    assert page.date == datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    "item",
    [
        "<div>雲汀市第{0}條新橋今年動工</div><div>2026-11-2{0}</div><p>{1}</p>",
        "<div>雲汀市第{0}條新橋今年動工，地點公布 2026 年 11 月 2{0} 日 17:21</div><p>{1}</p>",
    ],
)
def test_dated_titles_with_teasers_are_a_list(item: str) -> None:
    body = "".join(item.format(n, TEXT[n % 2]) for n in range(6))
    with pytest.raises(SourceError) as error:
        read("雲汀日報", f"<div class='list'>{body}</div>")
    assert "目录" in error.value.message.zh


def test_a_blurb_on_a_home_page_is_no_article() -> None:
    blurb = f"<div class='box'><p>{TEXT[0]}{TEXT[1]}</p></div>"
    with pytest.raises(SourceError) as error:
        read("雲汀新聞網 YUNTING.COM", f"<ul>{links(60)}</ul>{blurb}<ul>{links(60)}</ul>")
    assert "目录" in error.value.message.zh


def test_a_running_report_with_times_is_an_article() -> None:
    entries = "".join(f"<p>11月20日 0{n}:15</p><p>{TEXT[n % 2][: 30 + n]}。</p>" for n in range(6))
    _, article = read(TITLE, f"<h1>{TITLE}</h1><div>{entries}</div>")
    assert len(article.paragraphs) > 6
