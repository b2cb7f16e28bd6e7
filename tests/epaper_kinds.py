"""Editions of the invented newspaper as five more e-paper systems lay them out: paths and the bytes of their files.

Each has what stands around in such editions: the list of all pages before the page's own name, the day before's edition,
articles that show their page's map again, adverts and notices, a page's editors among the titles.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from epaper import edition, section, sentences

Files = dict[str, bytes]
Pages = list[list[dict[str, Any]]]
ADVERTS = (
    {"headline": "广告", "body": "云汀百货周年店庆，全场商品八折起，满三百元赠购物袋一个。"},
    {"headline": "遗失声明", "body": "张小禾遗失身份证一张，号码略，自登报之日起声明作废。"},
    {
        "headline": "云汀市城东资产管理有限公司拍卖公告",
        "body": "受委托，我公司定于2026年12月3日上午十时公开拍卖旧车一批。",
    },
)


def _paragraphs(article: dict[str, Any], tag: str = "p") -> str:
    return "".join(f"<{tag}>　　{html.escape(one)}</{tag}>\n" for one in sentences(article["body"]))


def _name(number: int) -> str:
    return f"{number:02d}版：{section(number)}"


def _words(article: dict[str, Any], key: str) -> str:
    return html.escape(article.get(key) or "")


def with_adverts(pages: Pages | None = None) -> Pages:
    """The edition with an advert and two notices on its last page."""
    pages = [list(page) for page in pages or edition()]
    pages[-1] += [{"kicker": "", "deck": "", "byline": "", **advert} for advert in ADVERTS]
    return pages


def apart(pages: Pages | None = None, *, mapped: bool = True) -> Files:
    """As 人民日报 since December 2024: layout/ and content/ apart; not `mapped`, only lists of titles."""
    pages, files = pages or edition(), {}
    names = "".join(
        f'<div class="swiper-slide"><a id="pageLink" href="{{to}}node_{n:02d}.html">{_name(n)}</a></div>'
        for n in range(1, len(pages) + 1)
    )
    for number, articles in enumerate(pages, 1):
        links = [f"content_{number}{order:03d}.html" for order in range(len(articles))]
        titles = "".join(
            f'<li><a href="{{at}}{link}">{_words(article, "headline")}</a></li>'
            for link, article in zip(links, articles, strict=True)
        )
        areas = "".join(f'<area shape="poly" coords="1,1,9,9" href="{{at}}{link}">' for link in links)
        side = (
            f'<div class="right right-main"><div class="swiper-box">{names}</div><div class="news">'
            f'<ul class="{"news-list" if mapped else "m-title-list"}">{titles}<li><a href="{{at}}content_99.html">本版责编：何又青'
            f"</a></li></ul></div></div>"
        )
        shown = (
            f'<map name="PagePicMap">{areas}</map><img usemap="#PagePicMap" src="x.jpg">' if mapped else ""
        )
        head = (
            '<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{title}-云汀网</title></head><body>'
            f'<div class="paper-box">{shown}<p class="left ban">第{_name(number)}</p></div><div class="date left">2026年11月20日　'
            '星期五</div><div class="date-box"><a href="../19/node_01.html">上一期</a> <a href="../21/node_01.html">下一期</a></div>'
        )
        there = (head + side).replace("{to}", "").replace("{at}", "../../../content/202611/20/")
        files[f"pc/layout/202611/20/node_{number:02d}.html"] = (
            there.replace("{title}", "云汀日报") + "</body></html>"
        ).encode()
        here = (head + side).replace("{to}", "../../../layout/202611/20/").replace("{at}", "")
        for link, article in zip(links, articles, strict=True):
            page = (
                f'{here.replace("{title}", _words(article, "headline"))}<div class="article-box"><div class="article">'
                f"<h3>{_words(article, 'kicker')}</h3><h1>{_words(article, 'headline')}</h1><h2>{_words(article, 'deck')}</h2>"
                f'<p class="sec">{_words(article, "byline")}<span class="date">《云汀日报》（2026年11月20日　第 {number:02d} 版）</span></p>'
                f'<div id="articleContent"><div id="ozoom">{_paragraphs(article)}</div></div><p class="right">（责编：何又青）</p>'
                "</div></div></body></html>"
            )
            files[f"pc/content/202611/20/{link}"] = page.encode()
    return files


def unmapped(pages: Pages | None = None) -> Files:
    """The same without a map of areas."""
    return apart(pages, mapped=False)


def listed_first(pages: Pages | None = None) -> Files:
    """As old systems of 方正: the list of pages comes first, attributes unquoted, queries on articles, all in tables."""
    pages, files = pages or edition(), {}
    names = "".join(
        f"<Li>&nbsp;<a id=pageLink href={'./' if n == 1 else ''}node_{n + 1}.htm>A{n:02d}： {section(n)}</a></Li> "
        for n in range(1, len(pages) + 1)
    )
    for number, articles in enumerate(pages, 1):
        links = [f"content_{number}{order:02d}.htm" for order in range(len(articles))]
        areas = "".join(
            f'<Area coords="2,98,225,366" shape="polygon" href="{link}?div={div}">'
            for link in links
            for div in (-1, 0)
        )
        titles = "".join(
            f'<li>&middot;<a href={link}?div=-1><div style="display:inline" id=mp1>{_words(article, "headline")}</div></a>'
            for link, article in zip(links, articles, strict=True)
        )
        elsewhere = "".join(
            f"<tr><td class=px12 align=left><a href=content_{n}00.htm>{_words(page[0], 'headline')}</a></td></tr>"
            for n, page in enumerate(pages, 1)
        )
        top = (
            '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>云汀日报数字报</title></head>'
            f'<body><DIV id=pgn><UL>{names}</UL></DIV><table><tr><td class=sqq><a class=preart href="../19/node_2.htm">上一期</a></td>'
        )
        own = (
            f"<td width=202 class=px12>第A{number:02d}版：<STRONG>{section(number)}</STRONG></td><td><strong> 2026\n 年\n 11\n 月\n 20\n"
            " 日　星期<font class=weekday>五</font></strong></td></tr></table>"
        )
        page = (
            f'{top}<td><MAP NAME="pagepicmap">{areas}</MAP><img src=../../1/x_brief.jpg USEMAP=#pagepicmap></td>{own}'
            f"<ul class=ul02_l>{titles}</ul><table>{elsewhere}</table></body></html>"
        )
        files[f"html/2026-11/20/node_{number + 1}.htm"] = page.encode()
        for link, article in zip(links, articles, strict=True):
            body = "".join(f"　　{html.escape(one)}<br><br>\n" for one in sentences(article["body"]))
            text = (
                f"{top}{own}<table class=wz><tr><td><founder-pretitle>{_words(article, 'kicker')}</founder-pretitle></td></tr>"
                f"<tr><td><founder-title>{_words(article, 'headline')}</founder-title></td></tr><tr><td><founder-subtitle>"
                f"{_words(article, 'deck')}</founder-subtitle></td></tr><tr><td><founder-author>{_words(article, 'byline')}"
                f"</founder-author></td></tr></table><div id=ozoom><founder-content>{body}</founder-content></div>"
                "<div>云汀日报社版权所有</div></body></html>"
            )
            files[f"html/2026-11/20/{link}"] = text.encode()
    return files


def layered_by_day(pages: Pages | None = None) -> Files:
    """As 人民日报 until 2024: html/2026-11/20/nbs.D110000….htm, a list of titles, the author's line under the headline."""
    pages, files = pages or edition(), {}
    names = "".join(
        f'<div class="swiper-slide"><a id=pageLink href=./nbs.D110000yunting_{n:02d}.htm>{_name(n)}</a></div>'
        for n in range(1, len(pages) + 1)
    )
    for number, articles in enumerate(pages, 1):
        links = [f"nw.D110000yunting_20261120_{order + 1}-{number:02d}.htm" for order in range(len(articles))]
        titles = "".join(
            f"<li><a href={link}>{_words(article, 'headline')}</a></li>"
            for link, article in zip(links, articles, strict=True)
        )
        top = (
            '<!DOCTYPE html><html><head><meta charset="UTF-8"><title>云汀日报-云汀网</title></head><body><div class="swiper-box">'
            f"{names}</div><a href=../19/nbs.D110000yunting_01.htm>上一期</a><p class='left ban'>第{_name(number)}</p>"
            f"<div class='date'>2026年11月20日 星期五</div><div id='titleList'><ul class='news-list'>{titles}</ul></div>"
        )
        files[f"html/2026-11/20/nbs.D110000yunting_{number:02d}.htm"] = f"{top}</body></html>".encode()
        for link, article in zip(links, articles, strict=True):
            page = (
                f"{top}<div class='article'><h3>{_words(article, 'kicker')}</h3><h1>{_words(article, 'headline')}</h1>"
                f"<h2>{_words(article, 'deck')}</h2><p class='sec'>{_words(article, 'byline')} <span class='date'>《 云汀日报 》（ "
                f"2026年11月20日   第 {number:02d} 版）</span></p><div id='ozoom' style='zoom:100%;'><!--enpcontent-->"
                f"{_paragraphs(article, 'P')}<!--/enpcontent--></div></div></body></html>"
            )
            files[f"html/2026-11/20/{link}"] = page.encode()
    return files


def folder_a_page(pages: Pages | None = None) -> Files:
    """A folder for each page, in which the index is always node.htm; titles in elements named for what they are."""
    pages, files = pages or edition(), {}
    names = "".join(
        f"<td class='default' align='left'><a href='../{n:03d}/node.htm'>第{n:02d}版：{section(n)}</a></td>"
        for n in range(1, len(pages) + 1)
    )
    for number, articles in enumerate(pages, 1):
        links = [f"content_{number}{order:02d}.html" for order in range(len(articles))]
        areas = "".join(f"<area coords='1,1,9,9' href='{link}'>" for link in links)
        top = (
            "<html><head><meta charset='utf-8'><title>云汀日报</title></head><body>"
            f"<table><tr>{names}</tr></table><span id='layout'>第{number:02d}版 {section(number)}</span><b>2026-11-20</b>"
        )
        files[f"ytrb/2026-11/20/{number:03d}/node.htm"] = (
            f"{top}<map name='PagePicMap'>{areas}</map><a class='nextArt' href='../{number + 1:03d}/node.htm'>下一版</a></body></html>"
        ).encode()
        for link, article in zip(links, articles, strict=True):
            page = (
                f"{top}<p id='PreTitle'>{_words(article, 'kicker')}</p><h2 id='Title'>{_words(article, 'headline')}</h2>"
                f"<p id='SubTitle'>{_words(article, 'deck')}</p><p id='Author'>作者：{_words(article, 'byline')}</p>"
                f"<div class='attachment'><img src='x.jpg'></div><div id='ozoom'>{_paragraphs(article)}</div></body></html>"
            )
            files[f"ytrb/2026-11/20/{number:03d}/{link}"] = page.encode()
    return files


KINDS: dict[str, Callable[[Pages | None], Files]] = {
    "apart": apart,
    "unmapped": unmapped,
    "listed first": listed_first,
    "layered by day": layered_by_day,
    "folder a page": folder_a_page,
}


def first_index(files: Files) -> str:
    """The path of the edition's first index."""
    return min(name for name in files if "node" in name or "nbs." in name)
