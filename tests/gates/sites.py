"""Articles of the corpus as six kinds of news site would put them on the web, with all that stands around an article.

The layouts are our own, drawn after habits that many Chinese sites share: metadata in Open Graph, in the meta tags of
content systems, in JSON-LD, or only in a line of text; paragraphs in <p>, in tables, parted by <br>, or in <section>.
"""

from __future__ import annotations

import html
import json

from corpus import Gold

DAY = "2026-12-08"
PAPER = "云汀日报"
LINKS = "".join(
    f'<li><a href="/2026/1207/c{n}.html">{title}</a></li>'
    for n, title in enumerate(("滨湖区护栏换新", "云汀港开通新航线", "南岭片区供暖提前", "夜市摊位今起摇号"))
)
NAV = '<div class="nav"><a href="/">首页</a> <a href="/city/">本地</a> <a href="/eco/">经济</a> <a href="/sports/">体育</a></div>'
LEGAL = (
    '<div class="copyright">云汀新闻网版权所有 未经书面授权禁止复制 ICP备00000000号 举报电话：000-0000</div>'
)


def _paragraphs(article: Gold, tag: str = "p", indent: str = "　　") -> str:
    return "".join(f"<{tag}>{indent}{html.escape(text)}</{tag}>\n" for text in article.paragraphs)


def open_graph(article: Gold) -> str:
    """A modern site: Open Graph, <article>, a list of related stories."""
    title = html.escape(article.headline)
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}_云汀新闻网</title>'
        f'<meta property="og:title" content="{title}"><meta property="article:published_time" content="{DAY}T07:30:00+08:00">'
        f'</head><body><header>{NAV}</header><article><h1>{title}</h1><div class="info">{DAY} 07:30 来源：{PAPER}</div>'
        f"{_paragraphs(article)}</article><aside><h3>相关阅读</h3><ul>{LINKS}</ul></aside><footer>{LEGAL}</footer></body></html>"
    )


def tables(article: Gold) -> str:
    """An old portal: tables, the day only in a line of text, fonts, a row of sharing buttons."""
    title = html.escape(article.headline)
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title}-云汀新闻网</title></head>'
        f'<body>{NAV}<table width="960"><tr><td>您现在的位置：<a href="/">云汀新闻网</a> &gt;&gt; <a href="/city/">本地</a> &gt;&gt; 正文</td></tr>'
        f'<tr><td align="center"><h1>{title}</h1></td></tr><tr><td>2026年12月08日 09:15　来源：{PAPER}　字号：大 中 小</td></tr>'
        f'<tr><td class="content"><font size="3">{_paragraphs(article)}</font></td></tr>'
        f"<tr><td>分享到：微博 微信 QQ空间</td></tr><tr><td><ul>{LINKS}</ul></td></tr></table>{LEGAL}</body></html>"
    )


def account(article: Gold) -> str:
    """A public account: sections of spans, the day in a field of its own, a call to follow at the end."""
    title = html.escape(article.headline)
    body = "".join(
        f'<section style="margin:0 8px"><p><span style="font-size:15px">{html.escape(text)}</span></p></section>'
        for text in article.paragraphs
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta name="author" content="{PAPER}"></head><body><div id="img-content"><h1 class="rich_media_title" id="activity-name">{title}</h1>'
        f'<div id="meta_content"><a id="js_name">{PAPER}</a> <em id="publish_time">2026年12月8日 06:58</em></div>'
        f'<div class="rich_media_content" id="js_content">{body}</div></div>'
        f'<div class="tools"><span>阅读 1.2万</span> <span>赞</span> <span>在看</span></div></body></html>'
    )


def government(article: Gold) -> str:
    """A content system of offices: meta tags named in its own way, a print button, an attachment list."""
    title = html.escape(article.headline)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="{DAY} 08:00"><meta name="ContentSource" content="{PAPER}"></head><body>{NAV}'
        f'<div class="main"><div class="bt"><h2>{title}</h2></div><div class="xx">发布时间：{DAY} 08:00 来源：{PAPER} 浏览次数：126 次 [打印] [关闭]</div>'
        f'<div class="TRS_Editor">{_paragraphs(article)}</div><div class="next">上一篇：<a href="/1">无</a> 下一篇：<a href="/2">无</a></div></div>{LEGAL}</body></html>'
    )


def json_ld(article: Gold) -> str:
    """A site drawn by script that still sends its text: JSON-LD, <div>s with classes that mean nothing, comments."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "datePublished": f"{DAY}T05:20:00+08:00",
        "publisher": {"@type": "Organization", "name": PAPER},
    }
    title = html.escape(article.headline)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} | {PAPER}</title>'
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script></head><body><div class="a1x">{NAV}'
        f'<div class="b7"><h1>{title}</h1><div class="c3">{DAY} 05:20</div><div class="d9">{_paragraphs(article, indent="")}</div></div>'
        f'<div class="e2"><h4>网友评论</h4><div>楼主说得对</div><div>坐等后续</div></div></div>{LEGAL}</body></html>'
    )


def breaks(article: Gold) -> str:
    """A page for phones: one <div> whose paragraphs are parted by two <br>, an advertisement in the middle."""
    title = html.escape(article.headline)
    body = "<br><br>".join(f"　　{html.escape(text)}" for text in article.paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_手机云汀网</title></head><body>{NAV}'
        f'<div class="article"><h1>{title}</h1><p class="time">{DAY} 10:02:11 来源：{PAPER}</p><div class="text">{body}</div></div>'
        f'<div class="ad"><a href="/ad">下载客户端，看更多云汀新闻</a></div><div class="hot"><h3>热门</h3><ul>{LINKS}</ul></div>{LEGAL}</body></html>'
    )


LAYOUTS = (open_graph, tables, account, government, json_ld, breaks)
