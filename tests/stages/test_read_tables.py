"""Tables of articles in the dialects that people export, and feeds in the states that they are found in."""

from __future__ import annotations

import datetime
import json

import pytest
from source_files import BRIDGE, RAIL, packed

from briefing.errors import SourceError
from briefing.read import docx, feed, plain, records, zipped
from briefing.read.days import day_of
from briefing.segmentation.articles import segment
from briefing.types import Page, Problem, Segmentation

DAY = datetime.date(2026, 11, 20)


def table(text: str) -> tuple[list[Segmentation], list[Problem]]:
    found = list(records.read("x.csv", text.encode()))
    return [segment(page) for page in found if isinstance(page, Page)], [
        p for p in found if isinstance(p, Problem)
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"标题,正文,日期,来源\n望江桥提前通车,{BRIDGE},2026-11-20,云汀日报\n",
        f"sep=;\n标题;正文;日期;来源\n望江桥提前通车;{BRIDGE};20261120;云汀日报\n",
        f'"sep=\t"\n标题\t正文\t日期\t来源\n望江桥提前通车\t{BRIDGE}\t46346\t云汀日报\n',
        f"标题|正文|日期|来源\n望江桥提前通车|{BRIDGE}|2026/11/20|云汀日报\n",
        f"\n云汀日报稿件列表,,,\n文章标题 ,新闻内容（全文）,见报日期,媒体名称\n望江桥提前通车,{BRIDGE},2026年11月20日,云汀日报\n",
        f"Title,Content,Publish Date,Source\n望江桥提前通车,{BRIDGE},11/20/2026,云汀日报\n",
        f"标题,正文,日期,来源\n望江桥提前通车,<p>{BRIDGE}</p>,2026-11-19T18:00:00Z,云汀日报\n\n,,,\n",
        f"标题,正文,日期,来源,\n望江桥提前通车,&lt;p&gt;{BRIDGE}&lt;/p&gt;,2026.11.20,云汀日报,\n",
    ],
)
def test_dialects_of_tables(text: str) -> None:
    (page,), problems = table(text)
    assert [(a.headline, a.text) for a in page.articles] == [("望江桥提前通车", BRIDGE)]
    assert (page.date, page.paper) == (DAY, "云汀日报") and not problems


def test_html_in_a_cell_becomes_paragraphs() -> None:
    (page,), _ = table(
        f'标题,正文\n<b>望江桥</b>提前通车&nbsp;,"<p>{BRIDGE}</p><p style=""display:none"">x</p>{RAIL}<br>完"\n'
    )
    assert page.articles[0].headline == "望江桥提前通车"
    assert page.articles[0].paragraphs == (BRIDGE, RAIL, "完")


def test_without_names_of_columns_the_message_says_so_and_prints_no_article() -> None:
    with pytest.raises(SourceError) as caught:
        list(
            records.read(
                "x.csv",
                f'望江桥提前通车,"{BRIDGE}\n{RAIL}",2026-11-20\n护栏换新,{RAIL},2026-11-20\n'.encode(),
            )
        )
    assert (
        "第一行" in caught.value.message.zh and "first row must name the columns" in caught.value.message.en
    )
    assert BRIDGE[:9] not in caught.value.message.zh


def test_a_text_cut_at_a_delimiter_is_a_problem_not_half_an_article() -> None:
    pages, (problem,) = table("标题,正文,日期\n望江桥提前通车,大桥通车,首日三万辆,2026-11-20\n")
    assert not pages and problem.source == "x.csv:2" and "引号" in problem.hint.zh


def test_dates_that_could_be_two_days_are_one_problem() -> None:
    pages, (problem,) = table(
        f"标题,正文,日期\n望江桥提前通车,{BRIDGE},01/02/2026\n护栏换新,{RAIL},03/02/2026\n"
    )
    assert [page.date for page in pages] == [None, None]
    assert "2 行" in problem.message.zh and "01/02/2026" in problem.message.zh


@pytest.mark.parametrize("name", ["x.csv", "x.tsv"])
def test_tables_with_tabs(name: str) -> None:
    (page,) = records.read(name, f"标题\t正文\t版次\n望江桥提前通车\t{BRIDGE}\t第3版\n".encode())
    assert isinstance(page, Page) and page.page_number == "3"


def test_lines_of_json_as_databases_export_them() -> None:
    row = {
        "_id": {"$oid": "a1"},
        "title": "望江桥提前通车",
        "content": [BRIDGE, RAIL],
        "pubDate": {"$date": "2026-11-19T16:30:00Z"},
    }
    (page,) = records.read("x.jsonl", json.dumps(row).encode())
    assert isinstance(page, Page) and page.date == DAY
    assert segment(page).articles[0].paragraphs == (BRIDGE, RAIL)


def items(*parts: str) -> list[Segmentation]:
    body = "".join(f"<item>{part}</item>" for part in parts)
    source = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>云汀日报</title>{body}</channel></rss>"
    )
    return [segment(page) for page in feed.read("x.xml", source.encode()) if isinstance(page, Page)]


def test_a_feed_escaped_twice() -> None:
    (page,) = items(
        "<title>望江桥&amp;lt;b&amp;gt;提前&amp;lt;/b&amp;gt;通车&amp;amp;nbsp;首日三万辆</title>"
        f"<description>&amp;lt;p&amp;gt;{BRIDGE}&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;{RAIL}&amp;lt;/p&amp;gt;</description>"
    )
    assert [(a.headline, a.paragraphs) for a in page.articles] == [
        ("望江桥提前通车 首日三万辆", (BRIDGE, RAIL))
    ]


def test_hidden_elements_are_gone_and_calls_to_read_on_set_aside() -> None:
    (page,) = items(
        f'<title>望江桥提前通车</title><content:encoded><![CDATA[<p style="display:none">x</p><p>{BRIDGE}</p><p>{RAIL} <a href="/">阅读全文</a></p>'
        '<p>本文来自微信公众号“云汀日报”，<a href="/">点击查看原文</a></p>]]></content:encoded>'
    )
    assert page.articles[0].paragraphs == (BRIDGE, RAIL)
    assert [words for _, words in page.aside] == ["阅读全文", "本文来自微信公众号“云汀日报”，点击查看原文"]


@pytest.mark.parametrize("title", ["", BRIDGE, BRIDGE[:30] + "…"])
def test_an_item_without_a_title_of_its_own_says_nothing_twice(title: str) -> None:
    (page,) = items(
        f"<title>{title}</title><description><![CDATA[<p>{BRIDGE}</p><p>{RAIL}</p>]]></description>"
    )
    assert [(a.headline, a.paragraphs) for a in page.articles] == [("", (BRIDGE, RAIL))]


def test_the_day_of_an_item_is_that_in_beijing() -> None:
    pages = items(
        *(
            f"<title>望江桥提前通车</title><pubDate>{stated}</pubDate><description>{BRIDGE}</description>"
            for stated in ("Thu, 19 Nov 2026 23:30:00 GMT", "2026-11-20 08:00:00", "2026/11/20 08:00")
        )
    )
    assert [page.date for page in pages] == [DAY] * 3


def test_a_flash_without_a_title_has_its_headline_in_brackets() -> None:
    (page,) = items(
        f"<title></title><description><![CDATA[<p><b>【望江桥提前通车】</b>{BRIDGE}</p><p>{RAIL}</p>]]></description>"
    )
    assert [(a.headline, a.paragraphs) for a in page.articles] == [("望江桥提前通车", (BRIDGE, RAIL))]


def test_a_flash_after_a_call_to_read_on_has_its_headline_in_brackets() -> None:
    (page,) = items(
        "<title></title><description><![CDATA[<p>点击查看原文</p>"
        f"<p><b>【望江桥提前通车】</b>{BRIDGE}</p><p>{RAIL}</p>]]></description>"
    )
    assert [(a.headline, a.paragraphs) for a in page.articles] == [("望江桥提前通车", (BRIDGE, RAIL))]


def test_a_headline_after_a_call_to_read_on_is_not_said_twice() -> None:
    (page,) = items(
        "<title>望江桥提前通车</title><description><![CDATA[<p>点击查看原文</p><p>望江桥提前通车</p>"
        f"<p>{BRIDGE}</p>]]></description>"
    )
    assert [(a.headline, a.paragraphs) for a in page.articles] == [("望江桥提前通车", (BRIDGE,))]


def test_the_editor_of_an_item_is_no_text() -> None:
    (page,) = items(
        f"<title>望江桥提前通车</title><description><![CDATA[<p>{BRIDGE}</p><p>责任编辑：林叶舟</p>]]></description>"
    )
    assert page.articles[0].paragraphs == (BRIDGE,)


def test_kickers_and_decks_of_a_table() -> None:
    table = f"引题,主标题,副标题,内容摘要,日期\n首日三万辆,望江桥提前通车,两岸只要二十五分钟,{BRIDGE}\\n{RAIL},2026-11-20\n"
    (page,) = records.read("x.csv", table.encode())
    assert isinstance(page, Page)
    (article,) = segment(page).articles
    assert (article.kicker, article.headline, article.deck) == (
        "首日三万辆",
        "望江桥提前通车",
        "两岸只要二十五分钟",
    )
    assert article.paragraphs == (BRIDGE, RAIL)


@pytest.mark.parametrize(
    "around",
    [
        "%s",
        '{"version":"https://jsonfeed.org/version/1.1","items":%s}',
        '{"data":{"list":%s}}',
        '{"results":{"data":{"list":%s}}}',
        '{"items":[],"data":{"news":[],"list":%s}}',
    ],
)
def test_a_json_document_of_articles(around: str) -> None:
    row = json.dumps({"title": "望江桥提前通车", "paragraphs": [BRIDGE, RAIL], "date": "2026-11-20"})
    (page,) = records.read("x.json", (around % f"[{row}]").encode())
    assert isinstance(page, Page)
    assert page.date == DAY
    assert segment(page).articles[0].paragraphs == (BRIDGE, RAIL)


@pytest.mark.parametrize(
    "beside", [{"data": {"views": 3}}, {"news": []}, {"news": [{"title": "滨湖护栏换新"}]}]
)
def test_a_json_article_with_a_member_that_is_named_like_a_list(beside: dict[str, object]) -> None:
    row = {"title": "望江桥提前通车", "text": BRIDGE} | beside
    (page,) = records.read("x.json", json.dumps(row).encode())
    assert isinstance(page, Page)
    assert segment(page).articles[0].paragraphs == (BRIDGE,)


@pytest.mark.parametrize(
    ("told", "paragraphs"),
    [
        (r"稿件放在 C:\news\new.txt 里，编辑部随时可以取用，共享盘是 \\desk\night 。", 1),
        (rf"{BRIDGE}\n{RAIL}", 2),
        (rf"{BRIDGE}\r\nAI {RAIL}", 2),
        (rf"{BRIDGE}\nAI {RAIL}", 2),
        (r"The bridge opened on Friday.\nThe museum opens on Saturday.", 2),
        (rf"一、护栏\n　　{RAIL}\n\nAI {BRIDGE}", 3),
    ],
)
def test_an_escaped_break_ends_a_paragraph_and_a_path_does_not(told: str, paragraphs: int) -> None:
    (page,) = records.read("x.csv", f"标题,正文\n望江桥提前通车,{told}\n".encode())
    assert isinstance(page, Page)
    (article,) = segment(page).articles
    assert len([one for one in article.paragraphs if one]) == paragraphs
    assert paragraphs > 1 or article.text == told


@pytest.mark.parametrize("text", ["[1, 2]", '{"a": [', "[]", '{"items": []}'])
def test_a_json_document_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        list(records.read("x.json", text.encode()))


def test_what_is_no_page_is_named() -> None:
    with pytest.raises(SourceError, match="RTF"):
        plain.read("x.doc", b"{\\rtf1\\ansi text}")
    with pytest.raises(SourceError, match="Excel"):
        list(zipped.read("x.xlsx", packed({"xl/workbook.xml": b"<workbook/>"})))
    with pytest.raises(SourceError) as old:
        docx.read("x.docx", b"\xd0\xcf\x11\xe0" + bytes(600))
    assert old.value.hint and "old .doc" in old.value.hint.en


def rows_of(name: str, text: str) -> list[Page]:
    return [page for page in records.read(name, text.encode()) if isinstance(page, Page)]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("listed", [True, False])
def test_one_json_document_that_is_named_as_lines_of_json(indent: int | None, listed: bool) -> None:
    row = {"title": "望江桥提前通车", "text": BRIDGE}
    (page,) = rows_of("x.jsonl", json.dumps([row] if listed else row, ensure_ascii=False, indent=indent))
    assert segment(page).articles[0].text == BRIDGE


@pytest.mark.parametrize(
    "row",
    [
        {"title": {"rendered": "望江桥提前通车"}, "content": {"rendered": f"<p>{BRIDGE}</p><p>{RAIL}</p>"}},
        {"title": "望江桥提前通车", "body": [{"type": "p", "text": BRIDGE}, {"type": "p", "text": RAIL}]},
        {"title": "望江桥提前通车", "content_text": "提要", "content_html": f"<p>{BRIDGE}</p><p>{RAIL}</p>"},
    ],
)
def test_texts_in_members_of_members_and_the_longer_of_two(row: dict[str, object]) -> None:
    stated = {**row, "pubTime": 1795132800000, "source": {"name": "云汀日报"}}
    (page,) = rows_of("x.jsonl", json.dumps(stated, ensure_ascii=False))
    (article,) = segment(page).articles
    assert (article.headline, article.paragraphs) == ("望江桥提前通车", (BRIDGE, RAIL))
    assert (page.date, page.paper) == (DAY, "云汀日报")


def test_a_json_feed_names_its_paper() -> None:
    text = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "云汀日报",
        "items": [{"content_text": BRIDGE}],
    }
    assert rows_of("x.json", json.dumps(text, ensure_ascii=False))[0].paper == "云汀日报"


def test_the_day_of_an_item_in_the_server_s_own_language() -> None:
    assert day_of("星期五, 20 十一月 2026 08:00:00 +0800") == DAY
    assert day_of("星期五, 20 11月 2026 08:00:00 +0800") == DAY


def test_a_teaser_stands_for_a_text_that_is_missing_and_hides_no_list() -> None:
    rows = [
        {"title": "望江桥提前通车", "content": None, "summary": BRIDGE},
        {"title": "护栏换新", "text": RAIL},
    ]
    text = json.dumps({"description": "云汀日报的稿件", "items": rows}, ensure_ascii=False)
    assert [segment(page).articles[0].text for page in rows_of("x.json", text)] == [BRIDGE, RAIL]


@pytest.mark.parametrize("name", ["description", "summary", "摘要"])
def test_what_sums_up_is_not_the_text_beside_a_short_one(name: str) -> None:
    row = {"title": "望江桥提前通车", "content": "望江桥昨天通车。", name: BRIDGE + RAIL}
    assert segment(rows_of("x.jsonl", json.dumps(row, ensure_ascii=False))[0]).articles[0].text == (
        "望江桥昨天通车。"
    )


def test_a_teaser_is_no_text_where_the_text_has_another_name() -> None:
    row = {"title": "望江桥提前通车", "summary": "桥通了", "report": BRIDGE}
    (problem,) = records.read("x.jsonl", json.dumps(row, ensure_ascii=False).encode())
    assert not isinstance(problem, Page)


def test_the_words_of_an_object_are_its_text_and_pictures_among_paragraphs_are_left_out() -> None:
    text = [{"type": "p", "text": BRIDGE}, {"type": "img", "src": "a.jpg"}, {"title": "桥", "html": RAIL}]
    (page,) = rows_of("x.jsonl", json.dumps({"title": "望江桥提前通车", "body": text}, ensure_ascii=False))
    assert segment(page).articles[0].paragraphs == (BRIDGE, RAIL)
