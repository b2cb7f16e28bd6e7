"""Web pages: articles of news sites, whole e-papers, and what no page should do to a reader."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from epaper import edition, founder, layered, saved
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.protocols import ReadContext
from briefing.read import html as reader
from briefing.read.sources import expand, read
from briefing.segmentation.articles import segment
from briefing.types import DateOrigin, Page, Problem, Segmentation

DAY = datetime.date(2026, 11, 20)
SYSTEMS = {"founder": founder(), "founder in GB2312": founder("gb2312"), "layered": layered()}


def cut(*arguments: Path) -> list[Segmentation | Problem]:
    found: list[Segmentation | Problem] = []
    for source in expand([str(a) for a in arguments]):
        assert isinstance(source, str)
        found += [item if isinstance(item, Problem) else segment(item) for item in read(source)]
    return found


def letters(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isalnum())


# ---- e-papers


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_edition_in_a_folder_is_one_page_a_printed_page(system: str, tmp_path: Path) -> None:
    pages = cut(saved(SYSTEMS[system], tmp_path / "2026-11-20"))
    assert [(p.page_number, p.section, p.paper, p.date) for p in pages] == [
        (f"{n:02d}", name, "云汀日报", DAY) for n, name in enumerate(("要闻", "本市新闻", "经济", "文体"), 1)
    ]
    for page, gold in zip(pages, edition(), strict=True):
        assert [letters(a.headline) for a in page.articles] == [letters(g["headline"]) for g in gold]
        assert [letters(a.kicker) for a in page.articles] == [letters(g["kicker"]) for g in gold]
        assert [letters(a.deck) for a in page.articles] == [letters(g["deck"]) for g in gold]
        for article, told in zip(page.articles, gold, strict=True):
            body = letters("".join((article.dateline or "", *article.paragraphs, *article.captions)))
            assert letters(told["body"])[-60:] in body + letters(article.agency) + letters(article.byline)


def test_an_index_leads_to_the_whole_edition(tmp_path: Path) -> None:
    saved(SYSTEMS["founder"], tmp_path)
    pages = cut(tmp_path / "node_2.htm")
    assert sorted(page.page_number or "" for page in pages) == ["01", "02", "03", "04"]


def test_a_single_article_of_an_edition(tmp_path: Path) -> None:
    saved({name: data for name, data in SYSTEMS["founder"].items() if name == "content_200.htm"}, tmp_path)
    (page,) = cut(tmp_path / "content_200.htm")
    assert (page.page_number, page.section, page.paper, page.date) == ("02", "本市新闻", "云汀日报", DAY)
    assert [letters(a.headline) for a in page.articles] == [letters(edition()[1][0]["headline"])]


def test_what_is_missing_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    files = dict(SYSTEMS["founder"])
    del files["content_101.htm"], files["node_3.htm"]
    found = cut(saved(files, tmp_path) / "node_1.htm")
    pages = [item for item in found if not isinstance(item, Problem)]
    assert [Path(p.source).name for p in found if isinstance(p, Problem)] == ["content_101.htm", "node_3.htm"]
    assert [len(p.articles) for p in pages] == [len(edition()[0]) - 1, len(edition()[1]), len(edition()[3])]


def test_articles_whose_index_is_missing_are_read_by_themselves(tmp_path: Path) -> None:
    files = {name: data for name, data in SYSTEMS["founder"].items() if name != "node_3.htm"}
    found = [item for item in cut(saved(files, tmp_path)) if isinstance(item, Segmentation)]
    assert sum(len(page.articles) for page in found) == sum(map(len, edition()))


# ---- articles of news sites

SITE = """<!DOCTYPE html><html lang="zh"><head><meta charset="{charset}">
<title>望江桥提前通车_云汀新闻网</title>
<meta property="og:title" content="望江桥提前通车"><meta property="article:published_time" content="2026-11-19T08:30:00+08:00">
<link rel="canonical" href="https://news.yunting.example/2026/11/19/c_1.html"></head><body>
<header><a href="/">首页</a> <a href="/city">城市</a> <a href="/sports">体育</a> <form><input name="q"></form></header>
<div class="breadcrumb"><a href="/">云汀新闻网</a> &gt; <a href="/city">城市</a> &gt; 正文</div>
<article><div class="yinti">全市首座双层斜拉桥</div><h1>望江桥提前通车</h1><p class="futi">两岸通勤缩短二十分钟</p>
<div class="info">2026-11-19 08:30 来源：云汀日报 作者：林叶舟</div>
<p>　　本报讯（记者 林叶舟）全长1860米的望江桥昨日提前二十天通车，首日通过车辆3.2万辆，两岸通勤时间由四十五分钟缩短到二十五分钟。</p>
<p>　　市交通局局长范明远说，桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放，市民可以步行过江。</p>
<p>　　家住江东的陈女士算了一笔账：以前绕行老桥，一个月油费六百元，现在只要三百五十元，每天还能多睡二十分钟。</p>
</article>
<aside><h3>相关阅读</h3><ul><li><a href="/1">滨湖区护栏换新</a></li><li><a href="/2">云汀港开通新航线</a></li></ul></aside>
<footer>版权所有 云汀新闻网 ICP备00000000号 违法和不良信息举报电话：000-0000</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5"])
def test_an_article_of_a_news_site(charset: str) -> None:
    page = SITE.format(charset=charset)
    data = page.encode("gb18030" if charset == "gb2312" else charset, "xmlcharrefreplace")
    (found,) = reader.read("saved.html", data)
    assert isinstance(found, Page)
    (article,) = segment(found).articles
    assert (article.kicker, article.headline, article.deck) == (
        "全市首座双层斜拉桥",
        "望江桥提前通车",
        "两岸通勤缩短二十分钟",
    )
    assert len(article.paragraphs) == 3 and article.dateline == "本报讯（记者 林叶舟）"
    assert "相关阅读" not in article.text and "版权" not in article.text
    assert (found.date, found.paper) == (datetime.date(2026, 11, 19), "云汀日报")
    assert found.link == "https://news.yunting.example/2026/11/19/c_1.html"


def test_the_day_of_the_address_is_the_last_resort() -> None:
    page = (
        SITE.format(charset="utf-8").replace("2026-11-19T08:30:00+08:00", "").replace("2026-11-19 08:30", "")
    )
    (found,) = reader.read("saved.html", page.encode())
    assert found.date == datetime.date(2026, 11, 19) and found.dated == DateOrigin.ADDRESS


LIST = "<html><body>" + "".join(
    f'<p><a href="/{n}">云汀市第{n}条新闻的标题写在这里面请点击</a></p>' for n in range(40)
)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LIST.encode(), "目录"),
        (b"<html><body><div id=app></div><script>load()</script></body></html>", "没有正文"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "PNG"),
        (b"<html><body>" + b"<div>" * 100_000 + "正文".encode(), "嵌套"),
        (b"<html><body>" + b"<p>x" * 300_000, "标签过多"),
        (b'<!DOCTYPE h [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html>&b;</html>', "实体"),
        (b"", "空"),
        (b"   \n", "空"),
        (b"<" * 50_000, ""),  # which of two reasons, the version of lxml decides
    ],
)
def test_bad_pages_are_told_in_one_line_and_soon(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(reader.read("x.html", data))
    assert said in caught.value.message.zh and caught.value.hint is not None


PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div id=ozoom>", "<area href=content_1.htm>", "<map>", "<!--enpproperty<title>", "</title>",
         "/enpproperty-->", "云汀日报", "2026年11月20日", "第01版：要闻", "<h1>", "</h1>", "<h1", "&lt;", "&#x10ffff;", "\x00",
         "<script>", "</script>", "<![CDATA[", "<!--", "-->", '<meta charset="', "gb2312", '">', "望江桥昨日通车。" * 6, "<br>",
         '<script type="application/ld+json">[{"datePublished": 1}]</script>', "<a href='http://[::1'>"]
    ),
    max_size=30,
)  # fmt: skip


@given(PIECES)
def test_whatever_a_page_is_it_is_read_or_refused(pieces: list[str]) -> None:
    def near(reference: str) -> bytes:
        return "".join(pieces).encode()

    try:
        for item in reader.read("x.html", "".join(pieces).encode(), ReadContext(resolve=near)):
            if isinstance(item, Page):
                segment(item)
    except SourceError as error:
        assert error.hint is not None
