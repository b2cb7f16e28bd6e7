"""News pages: where the article begins and ends, what it is called, on which day it was published."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from briefing.errors import SourceError
from briefing.protocols import ReadContext, no_references
from briefing.read import html as reader
from briefing.read.sources import expand, read
from briefing.segmentation.articles import segment
from briefing.types import Page, Problem, Role

HEADLINE = "望江桥提前通车"
DAY = datetime.date(2026, 11, 19)
PARAGRAPHS = (
    "全长1860米的望江桥昨日提前二十天通车，首日通过车辆3.2万辆，两岸通勤时间由四十五分钟缩短到二十五分钟。",
    "市交通局局长范明远说，桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放，市民可以步行过江。",
    "家住江东的陈女士算了一笔账：以前绕行老桥，一个月油费六百元，现在只要三百五十元，每天还能多睡二十分钟。",
    "老桥建于1987年5月1日，2024年3月15日起限行，明年全面检修。",
)
INFO = "2026-11-19 08:30　来源：云汀日报"


def site(
    body: str = "",
    *,
    after: str = "",
    head: str = "",
    info: str = INFO,
    title: str = f"{HEADLINE}_云汀新闻网",
) -> str:
    body = body or "".join(f"<p>　　{words}</p>" for words in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<div class="nav"><a href="/">首页</a> <a href="/city">城市</a> <a href="/eco">经济</a></div>'
        f'<h1>{HEADLINE}</h1><div class="info">{info}</div><div class="content">{body}{after}</div></body></html>'
    )


def told(page: str, source: str = "saved.html") -> Page:
    (found,) = reader.read(source, page.encode())
    assert isinstance(found, Page)
    return found


def words(page: Page, role: Role = Role.BODY) -> list[str]:
    return [block.text for block in page.blocks if block.role is role]


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


# ---- furniture

LINKS = "".join(f'<li><a href="/{n}">云汀港开通第{n}条新航线</a></li>' for n in range(6))
AFTER = {
    "related": f"<h3>相关新闻</h3><ul>{LINKS}</ul>",
    "related, plain": "<p>相关阅读：</p><p>滨湖区护栏换新　评论 86　赞 602</p><p>南岭片区供暖提前　评论 59　赞 413</p>",
    "in brackets": f"<div>【延伸阅读】</div><div>{LINKS}</div>",
    "ranking": "<h3>24小时热点</h3><p>1国际油价连跌三日，业内称仍有空间</p><p>2南方多地大雾，航班取消</p>",
    "comments": "<h4>网友评论</h4><div>楼主说得对，我家就在桥边，天天走</div><div>坐等后续，希望公交也快点开，拜托了</div>",
    "editors": "<p>责任编辑：王小草</p><p>审核 李小满</p>",
    "editors, in one line": "<p>（来源：云汀日报　编辑：王小草）</p>",
    "copyright": "<div>Copyright © 2026 云汀新闻网 版权所有，未经书面授权禁止复制。</div>",
    "disclaimer": "<p>免责声明：本文仅代表作者观点，不代表本网立场，其真实性由作者负责。</p>",
    "platform": "<p>特别声明：以上内容为自媒体平台用户上传并发布，本平台仅提供信息存储服务。</p>",
    "no advice": "<p>以上内容仅供参考，不构成投资建议，据此操作风险自担。</p>",
    "app": "<p>下载云汀客户端，看更多本地新闻</p><p>打开APP阅读全文</p>",
    "code to scan": "<p>扫描二维码，关注“云汀日报”公众号</p><p>长按识别二维码</p>",
    "share": "<div>分享到：微博 微信 QQ空间</div><div>点赞 12 收藏 评论 3</div>",
    "next story": '<p>上一篇：<a href="/1">滨湖区护栏换新，居民点赞</a></p><p>下一篇：<a href="/2">云汀港开通新航线</a></p>',
    "in traditional script": f"<h3>相關新聞</h3><ul>{LINKS}</ul><p>責任編輯：王小草</p>",
    "a box in its own class": f'<div class="recommend-list"><p>滨湖区护栏换新，全长三公里，年底完工，居民都说好。</p>{LINKS}</div>',
    "staff, set apart": "<p>总监制：邹某</p><p>监 制：王小草</p><p>审 读：李小满</p>",
    "who brought it out": "<p>出品︱云汀科学栏目组 小草</p>",
    "a source, then a call": "<p>（本文来源：云汀日报 作者：王小草）返回云汀网，查看更多</p>",
    "a reporter with a source": "<p>云汀日报·云汀网记者 王小草 来源：云汀日报</p>",
    "a reprint by leave": "<p>（本文经云汀新闻授权转载）</p>",
    "staff between bars": "<p>编辑 王小草 ｜ 排版 李小满</p>",
    "a source behind a bar": "<p>来源 | 综合云汀日报、滨湖晚报</p>",
    "a source in brackets": "<p>（本文来源：云汀日报 作者：云汀大学经济研究所研究员，青年学者王小草）</p>",
    "a printed page": "<p>《云汀日报》（2026年11月19日 03版）</p>",
    "not interested": "<p>不喜欢这个内容</p><p>减少或屏蔽此类内容推荐</p><p>已标记为不喜欢内容，系统将减少此类推荐</p>",
    "a promise of more": "<p>更多“望江桥通车时间”的相关资讯请关注www.yunting.example</p>",
    "a feed in elements of its own": '<div class="stream"><h2 class="header">其他人也在看</h2><ul>'
    + "".join(f'<li class="item"><h4><a href="/{n}">云汀港开通第{n}条新航线</a></h4><p class="sum">云汀港昨日开通第{n}条新航线，{"每周两班，航程六小时，船票一百二十元，老人和学生半价，" * n}首航日上座率超过八成。</p></li>' for n in range(5))
    + "</ul></div>",
    "a comment box": '<div class="comment-area"><p>这座桥等了三年，终于通车了，以后上班不用绕路，给建设者点赞。</p></div>',
}  # fmt: skip


@pytest.mark.parametrize("kind", AFTER)
def test_the_body_ends_where_furniture_begins(kind: str) -> None:
    assert words(told(site(after=AFTER[kind]))) == list(PARAGRAPHS)


def test_an_article_goes_on_after_a_list_of_others_in_its_middle() -> None:
    parts = [f"<p>　　{text}</p>" for text in PARAGRAPHS]
    box = '<div class="inner"><p>相关阅读</p><p><a href="/1">滨湖区护栏换新</a></p></div>'
    flat = '<p>推荐阅读：</p><p><a href="/1">滨湖区护栏换新</a></p><p>广告</p>'
    for between in (box, flat):
        assert words(told(site("".join((*parts[:2], between, *parts[2:]))))) == list(PARAGRAPHS)


def test_the_editor_at_the_end_of_a_paragraph_is_cut_in_either_script() -> None:
    for tail in ("（编辑：王小草）", "（編輯：王小草）1151119", "（责任编辑：王小草）"):
        assert words(
            told(site("".join(f"<p>{one}</p>" for one in PARAGRAPHS[:-1]) + f"<p>{PARAGRAPHS[-1]}{tail}</p>"))
        ) == list(PARAGRAPHS)


def test_words_of_furniture_inside_a_story_stay() -> None:
    text = "记者从版权局获悉，未经授权转载新闻的网站将被处罚，相关新闻单位可以举报，编辑部应当保存证据，读者评论不在此列。"
    page = told(site("".join(f"<p>{one}</p>" for one in (text, *PARAGRAPHS))))
    assert words(page)[0] == text and len(words(page)) == 5


# ---- paragraphs

MARKUP: dict[str, Callable[[], str]] = {
    "p": lambda: "".join(f"<p>{one}</p>" for one in PARAGRAPHS),
    "div": lambda: "".join(f"<div>{one}</div>" for one in PARAGRAPHS),
    "br": lambda: "<br><br>".join(PARAGRAPHS),
    "one br and indents": lambda: "<br>".join(f"　　{one}" for one in PARAGRAPHS),
    "indents only": lambda: "\n".join(f"　　{one}" for one in PARAGRAPHS),
    "a table": lambda: "<table><tr><td>" + "<br>".join(PARAGRAPHS) + "</td></tr></table>",
    "rows": lambda: "<table>" + "".join(f"<tr><td>{one}</td></tr>" for one in PARAGRAPHS) + "</table>",
    "sections of spans": lambda: "".join(f"<section><span>{one}</span></section>" for one in PARAGRAPHS),
    "two columns apart": lambda: f"<div><p>{PARAGRAPHS[0]}</p></div><div>广告</div><div>"
    + "".join(f"<p>{one}</p>" for one in PARAGRAPHS[1:]) + "</div>",
}  # fmt: skip


@pytest.mark.parametrize("markup", MARKUP)
def test_paragraphs_come_as_paragraphs(markup: str) -> None:
    assert words(told(site(MARKUP[markup]()))) == list(PARAGRAPHS)


def test_a_lead_that_stands_apart_is_the_first_paragraph() -> None:
    page = site("".join(f"<p>{one}</p>" for one in PARAGRAPHS[1:])).replace(
        '<div class="content">', f'<div class="summary"><p>{PARAGRAPHS[0]}</p></div><div class="content">'
    )
    assert words(told(page)) == list(PARAGRAPHS)


def test_the_words_of_a_picture_are_its_caption() -> None:
    picture = '<p><img src="a.jpg"></p><p>通车首日的望江桥。 李小满摄</p>'
    page = told(site(picture + "".join(f"<p>{one}</p>" for one in PARAGRAPHS)))
    assert words(page) == list(PARAGRAPHS) and words(page, Role.CAPTION) == ["通车首日的望江桥。 李小满摄"]


# ---- tables and captions

ROWS = (
    ("区", "车流（万辆）", "同比"),
    ("江东", "3.2", "+12%"),
    ("2025", "1,860", "25"),
    ("滨湖", "", "持平"),
)
ROW_TEXTS = ["区　车流（万辆）　同比", "江东　3.2　+12%", "2025　1,860　25", "滨湖　持平"]


def table(rows: Sequence[Sequence[str]] = ROWS, cell: str = "<td>{}</td>") -> str:
    made = "".join(f"<tr>{''.join(cell.format(words) for words in row)}</tr>" for row in rows)
    return f"<table><tbody>{made}</tbody></table>"


@pytest.mark.parametrize("place", range(len(PARAGRAPHS) + 1))
def test_the_rows_of_a_table_are_lines_where_it_stands(place: int) -> None:
    body = [f"<p>{one}</p>" for one in PARAGRAPHS]
    page = told(site("".join((*body[:place], f'<div class="wrap">{table()}</div>', *body[place:]))))
    assert words(page) == [*PARAGRAPHS[:place], *ROW_TEXTS, *PARAGRAPHS[place:]]


TABLES = {
    "header cells": table(ROWS[:1], "<th>{}</th>")[:-16] + table(ROWS[1:])[14:],
    "paragraphs in cells": table(cell="<td><p>{}</p></td>"),
    "a centred picture of numbers": table(cell='<td align="center"><span>{}</span></td>'),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_the_cells_of_a_row_are_one_line(kind: str) -> None:
    body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    assert words(told(site(body + TABLES[kind]))) == [*PARAGRAPHS, *ROW_TEXTS]


def test_a_ruled_table_of_remarks_is_read_by_rows() -> None:
    rows = [
        ("项目", "说明"),
        *((f"第{n}项工程的名称和所在的街道、社区以及负责单位", PARAGRAPHS[n]) for n in (1, 2)),
    ]
    ruled = table(rows).replace("<table>", '<table border="1">')
    page = told(site("".join(f"<p>{one}</p>" for one in PARAGRAPHS[:2]) + ruled))
    assert words(page)[2:] == ["　".join(row) for row in rows]


def test_the_table_of_an_office_s_facts_is_no_text() -> None:
    facts = table(
        (
            ("索引号", "000014349/2026-00012", "主题分类", "城乡建设"),
            ("发文机关", "云汀市", "成文日期", "2026年11月19日"),
        )
    )
    assert words(told(site(facts + "".join(f"<p>{one}</p>" for one in PARAGRAPHS)))) == list(PARAGRAPHS)


CENTRED = {
    "align": '<p align="center"><img src="a.jpg"></p><p align="center">{}</p>',
    "style": '<p style="text-align: center"><img src="a.jpg"></p><p style="text-align: center">{}</p>',
    "a break": '<p align="center"><img src="a.jpg"><br>{}</p>',
    "around both": '<div style="text-align:center"><img src="a.jpg"><p>{}</p></div>',
    "center": "<center><img src='a.jpg'></center><center>{}</center>",
    "a class that centres": '<p class="f_center"><img src="a.jpg"></p><p class="f_center">{}</p>',
    "a class": '<div class="pic"><img src="a.jpg"><p class="desc">{}</p></div>',
    "figcaption": '<figure><img src="a.jpg"><figcaption>{}</figcaption></figure>',
}  # fmt: skip


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("kind", CENTRED)
def test_a_short_line_at_a_picture_is_its_caption(kind: str, place: int) -> None:
    body = [f"<p>　　{one}</p>" for one in PARAGRAPHS]
    picture = CENTRED[kind].format("夜色里的望江桥")
    page = told(site("".join((*body[:place], picture, *body[place:]))))
    assert words(page) == list(PARAGRAPHS) and words(page, Role.CAPTION) == ["夜色里的望江桥"]


def test_a_centred_line_is_text_without_a_picture_or_where_all_are_centred() -> None:
    body = [f"<p>{one}</p>" for one in PARAGRAPHS]
    page = told(site("".join((*body[:2], '<p align="center">二、检修</p>', *body[2:]))))
    assert words(page)[2] == "二、检修"
    page = told(site('<img src="a.jpg">' + "".join(f'<p align="center">{one}</p>' for one in PARAGRAPHS)))
    assert words(page) == list(PARAGRAPHS)


def test_text_that_a_script_would_unveil_is_read() -> None:
    body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    assert words(told(site(f'<div id="js_content" style="visibility: hidden">{body}</div>'))) == list(
        PARAGRAPHS
    )


# ---- the printed page that a source line names

PRINTED = {
    "below": {"after": "<p>　　《云汀日报》（2026年11月19日 03版）</p>"},
    "below, of one paragraph": {"after": "<div>《 云汀日报 》（ 2026年11月19日　第 03 版）</div>"},
    "with a source": {"after": "<p>来源：《云汀日报》（2026年11月19日 03版）</p>"},
    "in brackets": {"after": "<p>（《云汀日报》 2026年11月19日 第03版）</p>"},
    "without marks": {"info": "来源：云汀日报 2026年11月19日 03版"},
    "under the headline": {"info": "《云汀日报》（2026年11月19日 03版）"},
}  # fmt: skip


@pytest.mark.parametrize("kind", PRINTED)
@pytest.mark.parametrize("links", ["", '<a href="node_11.htm">时政</a><a href="node_12.htm">图片</a>'])
def test_an_article_with_a_printed_page_is_a_web_article(kind: str, links: str) -> None:
    page = site(**PRINTED[kind], head=links).replace(
        '<div class="content">', '<div class="content" id="articleContent">'
    )
    found = told(
        page.replace("</body>", f"<div>责任编辑：何又青</div><h3>相关新闻</h3><ul>{LINKS}</ul></body>")
    )
    assert words(found) == list(PARAGRAPHS) and words(found, Role.HEADLINE) == [HEADLINE]
    assert (found.page_number, found.paper, found.date) == ("03", "云汀日报", DAY)


# ---- the article in the data of scripts

HTML_TEXT = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
RELATED = [
    {
        "title": f"云汀港开通第{n}条新航线",
        "content": f"<p>云汀港昨日开通第{n}条新航线，每周两班。{'船票一百二十元，老人和学生半价，首航日上座率超过八成。' * 9}</p>",
        "publishTime": "2026-11-25",
    }
    for n in range(6)
]
ARTICLE = {"id": 7, "title": HEADLINE, "content": HTML_TEXT, "publishTime": "2026-11-19 08:30:00"}


def script(data: object, before: str = "", kind: str = "application/json", after: str = "") -> str:
    return f'<script type="{kind}">{before}{json.dumps(data, ensure_ascii=False).replace("</", "<" + chr(92) + "/")}{after}</script>'


JS = "text/javascript"
JS_TEXT = HTML_TEXT.replace("<", chr(92) + "u003C").replace("/", chr(92) + "u002F")
OTHER_TEXT = "每周两班，航程六小时，船票一百二十元，老人和学生半价。" * 30
NUXT = (
    (
        'window.__NUXT__=(function(a,b){return {layout:"default",data:[{related:[{title:"云汀港开通新航线",content:"OTHER"}],'
        'detail:{title:"TITLE",ctime:"2026-11-19 08:30",content:"TEXT",id:a},more:{title:"滨湖区护栏换新",content:"OTHER"}}]}}(1,null));'
    )
    .replace("OTHER", OTHER_TEXT)
    .replace("TITLE", HEADLINE)
    .replace("TEXT", JS_TEXT)
)
DATA = {
    "initial state": script({"list": RELATED, "detail": {"article": ARTICLE}}, "window.__INITIAL_STATE__ = ", JS, ";(function(){})()"),
    "with undefined": script({"a": 1, "article": ARTICLE}, "window.__INITIAL_STATE__={'x':0};window.__DATA__ = ", JS).replace('"a": 1', '"a": undefined'),
    "next": script({"props": {"pageProps": {"related": RELATED, "detailData": {"contentDetail": ARTICLE}}}}),
    "application/json": script({"data": {"info": {"title": HEADLINE, "pubTime": "2026-11-19"}, "content": HTML_TEXT}}),
    "the title beside": script({"info": {"title": HEADLINE}, "publishTime": "2026-11-19", "content": HTML_TEXT, "more": RELATED}),
    "JSON in a string": script({"state": json.dumps({"article": ARTICLE, "more": RELATED}, ensure_ascii=False)}),
    "JSON.parse": script(json.dumps({"article": ARTICLE}, ensure_ascii=False), "window.__STATE__ = JSON.parse(", JS, ")"),
    "escaped HTML": script({"article": {**ARTICLE, "content": HTML_TEXT.replace("<", "&lt;").replace(">", "&gt;")}}),
    "plain lines": script({"article": {**ARTICLE, "content": "\n".join(PARAGRAPHS)}}),
    "a list of parts": script({"article": {**ARTICLE, "content": [{"type": "text", "value": f"<p>{one}</p>"} for one in PARAGRAPHS]}}),
    "an object of JavaScript": f"<script>{NUXT}</script>",
    "Nuxt 3": script(["x", {"title": 3, "content": 4, "publishTime": 5}, True, HEADLINE, HTML_TEXT, "2026-11-19 08:30"]),
    "JSON-LD": ld({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": HTML_TEXT, "datePublished": "2026-11-19"}),
}  # fmt: skip


def built(data: str, shown: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{HEADLINE}_云汀新闻网</title></head><body><div id="app">{shown}</div>{data}</body></html>'


@pytest.mark.parametrize("kind", DATA)
def test_an_article_in_the_page_s_data_is_read(kind: str) -> None:
    for shown in ("", f"<h1>{HEADLINE}</h1><p>{PARAGRAPHS[0][:40]}…</p>"):
        page = told(built(DATA[kind], shown))
        assert (words(page, Role.HEADLINE), words(page), page.date) == ([HEADLINE], list(PARAGRAPHS), DAY)


def test_text_on_the_page_goes_before_its_data() -> None:
    other = script(
        {
            "article": {
                **ARTICLE,
                "content": HTML_TEXT.replace("望江桥", "长安桥"),
                "publishTime": "2026-11-25",
            }
        }
    )
    page = told(site(after=other))
    assert (words(page), page.date) == (list(PARAGRAPHS), DAY)


def test_related_news_in_the_data_is_no_article() -> None:
    for data in ({"list": RELATED}, {"title": HEADLINE, "list": RELATED}, {"list": RELATED[:1]}):
        with pytest.raises(SourceError):
            told(built(script(data)))


def test_a_short_article_above_a_long_list_is_the_article() -> None:
    items = "".join(
        f"<li><p>5月{n}日，在云汀市滨湖区，农户在采摘蓝莓，自2005年种植以来，全镇蓝莓面积扩大到三千亩...【详细】</p><p>热点 2026-11-{n} 09:41</p></li>"
        for n in range(10, 20)
    )
    page = site(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>").replace(
        "</body>",
        f'<div class="box"><p>责任编辑：王小草</p></div><div class="more"><ul>{items}</ul></div></body>',
    )
    assert words(told(page)) == list(PARAGRAPHS[:2])
    assert words(told(page.replace(f"{HEADLINE}_云汀", f"{HEADLINE}_城市频道_云汀"))) == list(PARAGRAPHS[:2])


def test_the_element_of_a_common_editor_holds_the_article() -> None:
    side = "".join(
        f"<p>云汀港昨日开通第{n}条新航线，每周两班，船票一百二十元，首航日上座率超过八成。</p>"
        for n in range(8)
    )
    page = site(f'<div class="TRS_Editor"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>')
    page = page.replace("</body>", f'<h3>相关新闻</h3><div class="list">{side}</div></body>')
    assert words(told(page)) == list(PARAGRAPHS[:2])


def test_titles_inside_the_text_are_no_paragraphs() -> None:
    lines = f"<p><b>{HEADLINE}强调</b></p><p><b>两岸通勤缩短二十分钟</b></p><p><b>步行道夜间开放</b></p>"
    dated = f"<p>本报云汀11月18日讯 （记者王小草）{PARAGRAPHS[0]}</p>"
    page = told(site(lines + dated + f"<p>{PARAGRAPHS[1]}</p>"))
    assert words(page)[0].endswith(PARAGRAPHS[0]) and words(page, Role.DECK) == [
        "两岸通勤缩短二十分钟 步行道夜间开放"
    ]
    page = told(site(f"<p><b>一、提前通车的原因</b></p>{dated}"))
    assert words(page)[0] == "一、提前通车的原因"


def test_a_system_s_marks_alone_are_no_e_paper() -> None:
    marks = (
        f"<!--enpproperty <title>{HEADLINE}</title><nodename>城市</nodename> /enpproperty--><!--enpcontent-->"
    )
    page = site(
        marks
        + "".join(f"<p>　　{one}</p>" for one in PARAGRAPHS)
        + "<!--/enpcontent--><p>[ 责编：王小草 ]</p>"
    )
    found = told(page)
    assert (words(found), found.paper, found.date) == (list(PARAGRAPHS), "云汀日报", DAY)


# ---- the headline


@pytest.mark.parametrize(
    "title",
    [
        "{}_云汀新闻网", "{}-云汀新闻网", "{} - 云汀日报", "{}--时政--云汀网", "{}|云汀网", "{}｜云汀日报", "{}_城市_云汀新闻网", "{}——云汀新闻网",
        "{}-云汀日报-云汀网", "云汀新闻网-{}", "{} | 云汀在线 – 本地新闻", "{}(2)_云汀网", "{}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("shown", ["h1", "div", "nothing"])
def test_the_headline_has_no_name_of_a_site(title: str, shown: str) -> None:
    page = site(title=title.format(HEADLINE))
    page = page.replace(
        f"<h1>{HEADLINE}</h1>", {"h1": f"<h1>{HEADLINE}</h1>", "div": f"<div>{HEADLINE}</div>"}.get(shown, "")
    )
    assert words(told(page), Role.HEADLINE) == [HEADLINE]


def test_the_headline_has_no_word_of_a_print_version() -> None:
    assert words(told(site(title=f"打印：{HEADLINE}")), Role.HEADLINE) == [HEADLINE]


def test_the_headline_is_not_the_sites() -> None:
    page = site().replace('<div class="nav">', '<h1><a href="/">云汀新闻网</a></h1><div class="nav">')
    assert words(told(page), Role.HEADLINE) == [HEADLINE]
    page = (
        site(title="云汀市人民政府门户网站").replace("<h1>", '<h3 class="title">').replace("</h1>", "</h3>")
    )
    assert words(told(page), Role.HEADLINE) == [HEADLINE]


@pytest.mark.parametrize(
    "headline", ["滨湖区建成青年文化中心", "云汀有了第一家夜间书社", "小城迎来直达新干线-青江号"]
)
def test_a_headline_may_end_like_the_name_of_a_site(headline: str) -> None:
    page = site(title=f"{headline}_云汀网").replace(f"<h1>{HEADLINE}</h1>", f"<h1>{headline}</h1>")
    assert words(told(page), Role.HEADLINE) == [headline]


# ---- the day


STATED = {
    "under the headline": {"info": INFO},
    "slashes": {"info": "2026/11/19 8:30"},
    "points": {"info": "时间：2026.11.19　作者：林叶舟"},
    "Chinese": {"info": "2026年11月19日08:30 | 来源：云汀日报"},
    "Chinese numerals": {"info": "二〇二六年十一月十九日"},
    "two digits": {"info": "发布时间：26-11-19"},
    "a blog's frame, translated": {"info": "其它内容 十一月 19th, 2026"},
    "month, day, year": {"info": "11月 19, 2026 由 柏舟"},
    "day, month, year": {"info": "19 十一月 2026"},
    "with a zone": {"info": "2026-11-19T08:30:00+08:00"},
    "compact": {"info": "发布：20261119"},
    "another story's": {"info": "最新推荐文章于 2026-11-23 22:12 发布</div><div>云汀日报 于 2026-11-19 08:30 发布"},
    "published, then changed": {"info": "于 2026-11-19 08:30 发布"},
    "changed, then published": {"info": "已于 2026-11-21 16:11:45 修改</div><div>2026-11-19 08:30"},
    "published before changed": {"info": "更新时间：2026-11-21 10:00 发布时间：2026-11-19 08:30"},
    "not the clock": {"info": "2026-11-19 08:30</div><div>今天是2026年11月25日 星期三"},
    "Open Graph": {"info": "", "head": '<meta property="article:published_time" content="2026-11-19T08:30:00+08:00">'},
    "PubDate": {"info": "", "head": '<meta name="PubDate" content="2026-11-19 08:30">'},
    "publishdate": {"info": "", "head": '<meta name="publishdate" content="2026-11-19">'},
    "JSON-LD": {"info": "", "head": ld({"@type": "NewsArticle", "datePublished": "2026-11-19T08:30:00+08:00"})},
    "JSON-LD, a list": {"info": "", "head": ld([{"@type": "Organization"}, {"@type": "NewsArticle", "datePublished": "2026-11-19"}])},
    "JSON-LD, a graph": {"info": "", "head": ld({"@graph": [{"@type": "WebSite"}, {"@type": "Article", "datePublished": "2026-11-19"}]})},
    "microdata": {"info": '<span itemprop="datePublished" content="2026-11-19">前天</span>'},
    "a time element": {"info": '<time datetime="2026-11-19T08:30:00+08:00">前天</time>'},
    "a data attribute": {"info": '<span data-publish-time="1795048200">前天</span>'},
    "JSON in a script": {"info": "", "head": '<script>window.__DATA__ = {"id": 7, "publishTime": "2026-11-19 08:30:00"}</script>'},
    "a variable": {"info": "", "head": '<script>var publish_time = "2026-11-19";</script>'},
    "seconds in a variable": {"info": "", "head": "<script>var ct = '1795048200';</script>"},
    "a label after the text": {"info": "", "after": "<p>发布时间：2026年11月19日</p>"},
    "month and day, the year in the address": {
        "info": "11-19 08:30", "head": '<link rel="canonical" href="https://news.yunting.example/2026/11/19/c_1.html">',
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", STATED)
def test_the_day_is_that_of_publication(kind: str) -> None:
    assert told(site(**STATED[kind])).date == DAY


@pytest.mark.parametrize("info", ["", "昨天 08:30", "11-19 08:30", "来源：云汀日报", "3小时前"])
def test_where_no_day_is_stated_there_is_none(info: str) -> None:
    assert told(site(info=info)).date is None


# ---- pages that are no article

PAGES = {
    "目录": f"<title>城市频道_云汀网</title><ul>{LINKS * 5}</ul>",
    "目录，不": "<title>云汀网首页</title>"
    + "".join(
        f'<div><h3><a href="/{n}">云汀港开通第{n}条新航线</a></h3><p>云汀港昨日开通第{n}条新航线，每周两班，船票一百二十元。</p></div>' for n in range(8)
    ),
    "图片": '<title>组图：望江桥通车</title><div class="gallery">' + '<img src="a.jpg">' * 5 + "</div><p>望江桥通车</p>",
    "出错": "<title>404 页面不存在</title><p>您访问的页面不存在或已删除，请返回首页看看别的新闻，五秒后自动跳转到云汀网首页。</p>",
    "登录": "<title>望江桥通车_云汀网</title><h1>望江桥通车</h1><div>请先登录后阅读全文</div>",
    "没有正文": "<title>望江桥通车_云汀网</title><div id=app></div><script>load()</script>",
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_that_is_no_article_is_named(kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        told(f"<html><head><meta charset=utf-8></head><body>{PAGES[kind]}</body></html>")
    assert kind in caught.value.message.zh and caught.value.hint is not None


@pytest.mark.parametrize("title", ["404", "404 - 云汀网", "HTTP 500 错误", "Error 403", "502 Bad Gateway"])
def test_the_code_of_an_error_is_an_error(title: str) -> None:
    with pytest.raises(SourceError) as caught:
        told(
            f"<html><head><title>{title}</title></head><body><p>请您稍后再来看一看，或者回到云汀网首页。</p></body></html>"
        )
    assert "出错" in caught.value.message.zh


@pytest.mark.parametrize(
    "sentence",
    [
        "市民每月可领500元补贴，户籍不限，云汀市民政局说。",
        "热线0000-404-0000今起开通，全天有人接听，云汀市民政局说。",
        "参加的有4,500人，503路公交车加开了三班，云汀市交通局说。",
    ],
)
def test_a_number_in_a_short_article_is_no_error(sentence: str) -> None:
    assert words(told(site(f"<p>{PARAGRAPHS[0]}</p><p>{sentence}</p>")))[1:] == [sentence]


def test_an_article_cut_by_a_login_is_told() -> None:
    page, problem = reader.read("x.html", site(after="<div>登录后阅读全文</div>").encode())
    assert isinstance(page, Page) and isinstance(problem, Problem) and "登录" in problem.message.zh


# ---- articles of several pages


def parts(name: Callable[[int], str]) -> dict[str, bytes]:
    pager = "".join(f'<a href="{name(n)}">{n}</a> ' for n in (1, 2, 3))
    return {
        name(n): site(
            f"<p>{PARAGRAPHS[n - 1]}</p>",
            after=f'<div class="pages">{pager}<a href="{name(min(3, n + 1))}">下一页</a></div>',
        ).encode()
        for n in (1, 2, 3)
    }


NAMES: dict[str, Callable[[int], str]] = {
    "_2": lambda n: "c_7.htm" if n == 1 else f"c_7_{n}.htm",
    "_1 is the second": lambda n: "t7.html" if n == 1 else f"t7_{n - 1}.html",
    "-2": lambda n: f"news-7-{n}.shtml",
}


@pytest.mark.parametrize("names", NAMES)
def test_the_pages_of_an_article_are_joined(names: str, tmp_path: Path) -> None:
    for name, data in parts(NAMES[names]).items():
        (tmp_path / name).write_bytes(data)
    for start in (tmp_path, tmp_path / NAMES[names](1)):
        found = [item for source in expand([str(start)]) for item in read(str(source))]
        assert len(found) == 1 and isinstance(found[0], Page)
        (article,) = segment(found[0]).articles
        assert article.paragraphs == PARAGRAPHS[:3]


def test_what_is_not_at_hand_is_named(tmp_path: Path) -> None:
    (tmp_path / "c_7.htm").write_bytes(parts(NAMES["_2"])["c_7.htm"])
    page, problem = read(str(tmp_path / "c_7.htm"))
    assert isinstance(page, Page) and isinstance(problem, Problem)
    assert "2、3" in problem.message.zh and problem.hint is not None


def test_the_pages_behind_an_address_are_fetched_if_asked() -> None:
    files = parts(NAMES["_2"])
    address = "https://news.yunting.example/a/c_7.htm"
    (page,) = reader.read(address, files["c_7.htm"], ReadContext(follow=lambda name: files[name]))
    assert isinstance(page, Page) and words(page) == list(PARAGRAPHS[:3])
    page, problem = reader.read(address, files["c_7.htm"], ReadContext(resolve=no_references))
    assert isinstance(problem, Problem) and "--follow" in problem.hint.zh


# ---- comments


def test_long_comments_are_never_the_article() -> None:
    lines = "<br>".join(
        ["一波波寒流报到 后山披上红叶", "顺路下切 蜿蜒而过 抵达营地", "第二次造访 招牌换了原木"] * 4
    )
    talk = "".join(
        f"<p>路过的网友说，{words}我也想去看看，什么时候再约一次呢？</p>"
        for words in ("好美！", "真好！", "羡慕！") * 9
    )
    page = (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>后山赏枫 | 云汀博客</title></head><body>'
        f'<h2>后山赏枫</h2><div class="article-content">{lines}</div>'
        f'<div id="user-post"><ul class="post-list" id="comment-text"><li>{talk}</li></ul></div></body></html>'
    )
    with pytest.raises(SourceError):
        told(page)


def test_a_column_called_comment_is_an_article() -> None:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    page = site(f'<div class="comment-content">{body}</div>')
    assert words(told(page))[0] == PARAGRAPHS[0]
