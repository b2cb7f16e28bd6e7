"""Which pictures of a page are its article's, by their markup; and which files a saved page only shows."""

from __future__ import annotations

import pytest
from lxml import html

from briefing.read.saved_parts import saved_with_pages, shown_on_page
from briefing.read.web_pictures import pictures_around, pictures_in


def found(markup: str, base: str = "a.html") -> list[tuple[str, str]]:
    return [
        (one.references[0], one.caption) for one in pictures_in(html.fromstring(f"<div>{markup}</div>"), base)
    ]


def test_a_picture_has_its_caption() -> None:
    figure = '<figure><img src="1.jpg"><figcaption>望江桥通车。顾承安 摄</figcaption></figure><p>正文。</p>'
    assert found(figure) == [("1.jpg", "望江桥通车。顾承安 摄")]
    assert found('<p><img src="1.jpg"></p><p>图为望江桥。</p><p>顾承安 摄</p>') == [
        ("1.jpg", "图为望江桥。 顾承安 摄")
    ]
    assert found('<p><img src="1.jpg"></p><p>本报讯 望江桥昨日通车，全长2.8公里。</p>') == [("1.jpg", "")]


def test_of_two_pictures_together_the_second_has_the_caption() -> None:
    markup = '<p><img src="1.jpg"><img src="2.jpg"></p><p>图为望江桥。</p>'
    assert found(markup) == [("1.jpg", ""), ("2.jpg", "图为望江桥。")]


@pytest.mark.parametrize(
    "image",
    [
        '<img src="logo.png">',
        '<img src="a.jpg" width="60" height="60">',
        '<img src="/images/qrcode_258.jpg">',
        '<img src="a.jpg" class="share-icon">',
        '<img src="a.jpg" alt="扫码下载客户端">',
        '<img src="a.gif">',
        '<img usemap="#page" src="p1.jpg">',
        "<img>",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<div style="display:none"><img src="a.jpg"></div>',
    ],
)
def test_marks_of_the_site_are_none(image: str) -> None:
    assert found(f"<p>{image}</p><p>本报讯 望江桥昨日通车。</p>") == []


def test_a_picture_that_is_loaded_later_has_both_addresses() -> None:
    (picture,) = pictures_in(
        html.fromstring(
            '<div><img src="files/1.jpg" data-src="https://img.example.cn/1.jpg"><p>正文。</p></div>'
        ),
        "a.html",
    )
    assert picture.references == ("files/1.jpg", "https://img.example.cn/1.jpg")


def test_addresses_are_relative_to_the_page() -> None:
    assert found('<img src="../p/1.jpg"><p>正文。</p>', "https://news.example.cn/a/b.html") == [
        ("https://news.example.cn/p/1.jpg", "")
    ]


def test_an_e_paper_shows_its_picture_beside_the_text() -> None:
    root = html.fromstring(
        '<body><div class="list"><a href="1">一</a><a href="2">二</a><a href="3">三</a><a href="4">四</a><a href="5">五</a>'
        '<img usemap="#m" src="page.jpg"></div><div class="main"><table><tr><td><img src="../res/1.jpg"></td></tr>'
        '<tr><td>望江桥通车。顾承安 摄</td></tr></table><div id="ozoom"><p>本报讯 望江桥昨日通车。</p></div></div></body>'
    )
    (picture,) = pictures_around(root.get_element_by_id("ozoom"), "content_1.htm")
    assert (picture.references, picture.caption) == (("../res/1.jpg",), "望江桥通车。顾承安 摄")


def test_what_a_browser_saved_with_a_page_is_no_page() -> None:
    names = [
        "a.html",
        "a_files/1.jpg",
        "a_files/deep/ad.html",
        "b.htm",
        "b.files/x.png",
        "c_files/scan.jpg",
        "scan.png",
    ]
    assert list(saved_with_pages(names)) == ["a_files/1.jpg", "a_files/deep/ad.html", "b.files/x.png"]


def test_pictures_that_a_page_shows_are_found_by_its_source() -> None:
    text = """<IMG class=x SRC=res/1.jpg><img src='res/2.jpg'><img alt="a b" src="res/3.jpg"><img src="data:x,y">"""
    assert list(shown_on_page(text, lambda name: name.removeprefix("res/") or None)) == [
        "1.jpg",
        "2.jpg",
        "3.jpg",
    ]
