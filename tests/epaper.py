"""Editions of the invented newspaper as two e-paper systems save them, made from gold: of the example pages, or other."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

GOLD = Path(__file__).with_name("data") / "example-gold"
SECTIONS = ("要闻", "本市新闻", "经济", "文体")
AROUND = (
    '<div class="nav"><a href="../../index.htm">返回首页</a> <a href="#">上一版</a> <a href="#">下一版</a>'
    " 放大+ 缩小- 默认</div>"
)


def edition() -> list[list[dict[str, Any]]]:
    """The articles of each printed page: kicker, headline, deck, byline, body."""
    return [json.loads(file.read_text("utf-8")) for file in sorted(GOLD.glob("*.gold.json"))]


def sentences(body: str) -> list[str]:
    """The text in paragraphs, as a reporter might have written it."""
    parts = body.split("。")
    cut = [f"{part}。" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
    return ["".join(cut[at : at + 2]) for at in range(0, len(cut), 2)]


def section(number: int) -> str:
    """The name of a printed page."""
    return SECTIONS[(number - 1) % len(SECTIONS)]


def founder(encoding: str = "utf-8", pages: list[list[dict[str, Any]]] | None = None) -> dict[str, bytes]:
    """方正: node_N.htm with a map of areas; articles with a comment of properties."""
    files: dict[str, bytes] = {}
    pages = pages or edition()
    links = "".join(
        f'<a href="node_{n}.htm">第{n:02d}版：{section(n)}</a> ' for n in range(1, len(pages) + 1)
    )
    for number, articles in enumerate(pages, 1):
        areas = ""
        for order, article in enumerate(articles):
            name = f"content_{number}{order:02d}.htm"
            areas += f'<area coords="0,{order * 50},300,{order * 50 + 50}" shape="polygon" href="{name}#x">'
            areas += f'<area coords="300,{order * 50},400,{order * 50 + 50}" shape="polygon" href="{name}">'
            files[name] = _founder_article(article, number, encoding)
        page = (
            f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
            f"<title>云汀日报-多媒体数字报</title></head><body>{AROUND}<table><tr><td>第{number:02d}版：{section(number)}</td>"
            f"<td>2026年11月20日 星期五</td></tr></table>"
            f'<img usemap="#PagePicMap" src="p{number}.jpg"><map name="PagePicMap">{areas}</map>{links}</body></html>'
        )
        files[f"node_{number}.htm"] = page.encode(_codec(encoding), "xmlcharrefreplace")
    return files


def _codec(encoding: str) -> str:
    return "gb18030" if encoding == "gb2312" else encoding


def _founder_article(article: dict[str, Any], number: int, encoding: str) -> bytes:
    text = {name: html.escape(article[name] or "") for name in ("kicker", "headline", "deck", "byline")}
    body = "".join(f"<p>　　{html.escape(one)}</p>" for one in sentences(article["body"]))
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
        f"<title>{text['headline']}--云汀日报</title></head><body>{AROUND}"
        f"<!--enpproperty <articleid>1{number}</articleid><date>2026-11-20 00:00:00:0</date><author>{text['byline']}</author>"
        f"<title>{text['headline']}</title><keyword></keyword><subtitle>{text['deck']}</subtitle>"
        f"<introtitle>{text['kicker']}</introtitle><siteid>1</siteid><nodename>第{number:02d}版：{section(number)}</nodename>"
        f"<sourcename>云汀日报</sourcename>/enpproperty-->"
        f'<div class="bt1">{text["kicker"]}</div><div class="bt2">{text["headline"]}</div>'
        f'<div id="ozoom"><!--enpcontent--><founder-content>{body}</founder-content><!--/enpcontent--></div>'
        f"<div>云汀日报社版权所有 未经书面授权不得转载</div></body></html>"
    )
    return page.encode(_codec(encoding), "xmlcharrefreplace")


def layered(pages: list[list[dict[str, Any]]] | None = None) -> dict[str, bytes]:
    """Another system: nbs.*.htm with a list of titles; articles with h3, h1, h2, h4 above the text."""
    files: dict[str, bytes] = {}
    pages = pages or edition()
    links = "".join(
        f'<a id="pageLink" href="nbs.D110_{n:02d}.htm">{n:02d}版：{section(n)}</a>'
        for n in range(1, len(pages) + 1)
    )
    for number, articles in enumerate(pages, 1):
        titles = ""
        for order, article in enumerate(articles):
            name = f"nw.D110_20261120_{order + 1}-{number:02d}.htm"
            titles += f'<li><a href="{name}">{html.escape(article["headline"])}</a></li>'
            heads = "".join(
                f"<{tag}>{html.escape(article[key] or '')}</{tag}>"
                for tag, key in (("h3", "kicker"), ("h1", "headline"), ("h2", "deck"), ("h4", "byline"))
            )
            body = "".join(f"<P>　　{html.escape(one)}</P>" for one in sentences(article["body"]))
            files[name] = (
                f'<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{html.escape(article["headline"])}</title></head><body>'
                f'{AROUND}<div class="right_c"><div class="text_c">{heads}'
                f'<div class="lai">《云汀日报》（2026年11月20日 第{number:02d}版）</div><div id="ozoom">{body}</div></div></div></body></html>'
            ).encode()
        files[f"nbs.D110_{number:02d}.htm"] = (
            f'<!DOCTYPE html><html><head><meta charset="UTF-8"><title>云汀日报</title></head><body>{AROUND}'
            f'<div class="lai">2026年11月20日 星期五 第{number:02d}版：{section(number)}</div>'
            f'<div id="titleList"><ul>{titles}</ul></div>{links}</body></html>'
        ).encode()
    return files


def saved(files: dict[str, bytes], folder: Path) -> Path:
    """The files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
