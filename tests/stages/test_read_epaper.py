"""E-papers as their systems lay them out and as people save them: each article once, on its page, with all its titles."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from epaper import edition, section
from epaper_kinds import ADVERTS, KINDS, Files, apart, first_index, listed_first, with_adverts
from source_files import packed

from briefing.errors import SourceError
from briefing.protocols import ReadContext
from briefing.read import html, zipped
from briefing.read.beside import FilesBeside, beside
from briefing.read.epaper_notices import Unread, unread_as
from briefing.read.sources import SourceReader, expand
from briefing.segmentation.articles import segment
from briefing.types import Page, Problem, Role, Segmentation

DAY = datetime.date(2026, 11, 20)
Found = list[Segmentation | Problem]


def saved(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def cut(*arguments: Path) -> Found:
    names = [str(one) for one in arguments]
    desk = SourceReader(None, names)
    items = [item for source in expand(names) if isinstance(source, str) for item in desk.read(source)]
    return [item if isinstance(item, Problem) else segment(item) for item in items]


def letters(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isalnum())


def split(found: Found) -> tuple[list[Segmentation], list[Problem]]:
    return (
        [item for item in found if isinstance(item, Segmentation)],
        [item for item in found if isinstance(item, Problem)],
    )


def check_whole(found: Found) -> list[Problem]:
    """Every article of the edition once, on its page, with its titles; the problems."""
    pages, problems = split(found)
    assert [(p.page_number or "").lstrip("A") for p in pages] == [f"{n:02d}" for n in range(1, 5)]
    assert [(p.section, p.paper, p.date) for p in pages] == [
        (section(n), "云汀日报", DAY) for n in range(1, 5)
    ]
    for page, gold in zip(pages, edition(), strict=True):
        told = [tuple(letters(one) for one in (a.kicker, a.headline, a.deck)) for a in page.articles]
        assert told == [tuple(letters(g[key]) for key in ("kicker", "headline", "deck")) for g in gold]
        for article, one in zip(page.articles, gold, strict=True):
            assert letters(one["byline"])[-4:] in letters(article.byline)
            body = letters("".join((article.dateline or "", *article.paragraphs, *article.captions)))
            assert letters(one["body"])[-60:] in body + letters(article.agency) + letters(article.byline)
    return problems


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_is_read_from_its_folder_and_from_any_of_its_indexes(kind: str, tmp_path: Path) -> None:
    files = KINDS[kind](with_adverts())
    top = saved(files, tmp_path / "e")
    indexes = sorted(name for name in files if "node" in name or "nbs." in name)
    for start in (top, top / indexes[0], top / indexes[2]):
        (note,) = check_whole(cut(start))
        assert note.note
        assert note.message.zh == "另有 1 则广告、2 则公告、启事或声明，没有收入"


@pytest.mark.parametrize("kind", KINDS)
def test_an_article_alone_is_that_article_on_its_page(kind: str, tmp_path: Path) -> None:
    files = KINDS[kind](None)
    articles = sorted(name for name in files if "node" not in name and "nbs." not in name)
    for path in (articles[-1], articles[6]):
        (page,) = split(cut(saved(files, tmp_path / "e") / path))[0]
        assert len(page.articles) == 1
        assert (page.paper, page.date) == ("云汀日报", DAY)
        number = int((page.page_number or "0").lstrip("A"))
        assert page.section == section(number)
        assert letters(page.articles[0].headline) in [letters(g["headline"]) for g in edition()[number - 1]]


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_in_an_archive(kind: str) -> None:
    data = packed({f"下载/云汀日报/{name}": content for name, content in KINDS[kind](None).items()})
    items = list(zipped.read("报纸.zip", data))
    assert not check_whole([item if isinstance(item, Problem) else segment(item) for item in items])


def flat(files: Files) -> Files:
    return {name.rpartition("/")[2]: data for name, data in files.items()}


def absolute(files: Files) -> Files:
    """As browsers save a page: every link is an address."""
    there, here = (
        "https://epaper.example.cn/pc/content/202611/20/",
        "https://epaper.example.cn/pc/layout/202611/20/",
    )
    changed = {}
    for name, data in files.items():
        text = data.decode().replace("../../../content/202611/20/", there)
        text = text.replace("../../../layout/202611/20/", here).replace('href="node_', f'href="{here}node_')
        changed[name] = text.replace('href="content_', f'href="{there}content_').encode()
    return changed


def deeper(files: Files) -> Files:
    return {f"2026-11-26 下载/站点/{name}": data for name, data in files.items()}


def with_query_names(files: Files) -> Files:
    """As wget saves addresses with a query."""
    return {f"{name}?div=-1" if "content_" in name else name: data for name, data in files.items()}


@pytest.mark.parametrize("way", [flat, absolute, deeper])
def test_however_the_edition_was_saved(way: Callable[[Files], Files], tmp_path: Path) -> None:
    files = way(apart())
    top = saved(files, tmp_path / "e")
    assert not check_whole(cut(top))
    assert not check_whole(cut(top / first_index(files)))


def test_a_query_in_the_names_of_files(tmp_path: Path) -> None:
    files = with_query_names(listed_first())
    text = {name: data.replace(b"?div=0", b"?div=-1") for name, data in files.items()}
    found = cut(saved(text, tmp_path) / first_index(text))
    assert len(split(found)[0]) == 4 or [p.message for p in split(found)[1]]


def test_two_editions_in_one_folder_stay_two(tmp_path: Path) -> None:
    files = apart()
    day_before = {
        name.replace("202611/20", "202611/19"): data.replace(b"202611/20", b"202611/19").replace(
            "11月20日".encode(), "11月19日".encode()
        )
        for name, data in files.items()
    }
    pages, problems = split(cut(saved(files | day_before, tmp_path)))
    assert not problems
    assert [page.date for page in pages] == [datetime.date(2026, 11, 19)] * 4 + [DAY] * 4
    assert sum(len(page.articles) for page in pages) == 2 * sum(map(len, edition()))


def test_what_is_not_saved_is_told_in_few_lines(tmp_path: Path) -> None:
    files = {
        name: data for name, data in apart().items() if "/content_1" not in name and "node_02" not in name
    }
    pages, problems = split(cut(saved(files, tmp_path) / first_index(files)))
    assert [page.page_number for page in pages] == ["03", "04"]
    assert [problem.message.zh[:8] for problem in problems] == ["另有 5 篇文章", "没有和这一页一起"]
    assert not any(problem.note for problem in problems)


def test_a_page_that_only_leads_on_to_the_edition(tmp_path: Path) -> None:
    entry = '<html><head><META HTTP-EQUIV="REFRESH" CONTENT="0; URL=pc/layout/202611/20/node_01.html"></head><body></body></html>'
    top = saved(apart() | {"paperindex.htm": entry.encode()}, tmp_path)
    assert not check_whole(cut(top / "paperindex.htm"))
    loop = entry.replace("pc/layout/202611/20/node_01.html", "paperindex.htm")
    with pytest.raises(SourceError):
        list(html.read("paperindex.htm", loop.encode(), ReadContext(resolve=lambda reference: loop.encode())))


def test_links_never_leave_the_folder(tmp_path: Path) -> None:
    files = apart()
    top = saved(files, tmp_path / "in" / "e")
    saved({"content_9.html": files["pc/content/202611/20/content_1000.html"]}, tmp_path)
    near = FilesBeside(top / "pc/layout/202611/20/node_01.html", (top,))
    assert near.path("../../../content/202611/20/content_1000.html")
    for reference in (
        "../../../../../../content_9.html",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://[::1/x_1.html",
    ):
        assert near.path(reference) is None
    with pytest.raises(SourceError) as caught:
        near("../../../../../../content_9.html")
    assert caught.value.hint


def test_where_a_reference_is_looked_for() -> None:
    files = {"pc/content/20/content_1.html", "pc/layout/20/node_1.html", "x/content_2.htm?div=-1"}
    assert (
        beside("pc/layout/20", "../../content/20/content_1.html", files.__contains__)
        == "pc/content/20/content_1.html"
    )
    assert beside("pc/layout/20", "https://a.cn/rmrb/pc/content/20/content_1.html", files.__contains__)
    assert beside("x", "content_2.htm?div=-1", files.__contains__) == "x/content_2.htm?div=-1"
    assert beside("pc/layout/20", "../21/node.htm", {"pc/layout/20/node.htm"}.__contains__) is None


# ---- adverts and notices


@pytest.mark.parametrize(
    "headline",
    [*["广告", "公益广告", "整版广告（一）", "分类信息", "遗失声明", "招聘启事", "注销公告", "本报启事", "严正声明", "云汀银行公告"],
     *["云汀市中级人民法院公告", "云汀市城东资产管理有限公司拍卖公告", "关于城东片区停水的通知", "国有土地使用权挂牌出让公告"]],
)  # fmt: skip
def test_adverts_and_notices_are_known(headline: str) -> None:
    assert unread_as(headline) in (Unread.ADVERT, Unread.NOTICE)


@pytest.mark.parametrize(
    "headline",
    [*["外交部发言人就渔船一事发表声明", "国务院公告", "教育部关于做好招生工作的公告", "两国元首发表联合声明", "广告法修订草案公布"],
     *["户外广告整治进入第二月", "市政府公布停水补偿办法", "云汀首批共享单车招标公告发布", "一则寻人启事背后的三十年", "云汀大桥通车"]],
)  # fmt: skip
def test_what_only_sounds_like_a_notice_is_news(headline: str) -> None:
    assert unread_as(headline) is None


def test_adverts_are_set_aside_on_their_page(tmp_path: Path) -> None:
    pages, _ = split(cut(saved(apart(with_adverts()), tmp_path)))
    aside = [text for span, text in pages[-1].aside if span.role is Role.NOTICE]
    assert aside == [words for advert in ADVERTS for words in (advert["headline"], advert["body"])]


def test_a_page_of_adverts_has_no_article(tmp_path: Path) -> None:
    told = [
        {
            "kicker": "",
            "deck": "",
            "byline": "",
            "headline": "新店开业",
            "body": "云汀百货新店开业，全场八折，欢迎光临。",
        }
    ]
    files = {
        name: data.replace("04版：文体".encode(), "04版：广告".encode())
        for name, data in apart([*edition()[:3], told]).items()
    }
    pages, problems = split(cut(saved(files, tmp_path)))
    assert [page.page_number for page in pages] == ["01", "02", "03"]
    assert [problem.message.zh for problem in problems] == ["另有 1 则广告，没有收入"]


def test_a_news_site_with_channels_named_as_pages_is_no_edition() -> None:
    channels = "".join(
        f'<a href="node_{n}.htm">频道{n}</a><a href="content_{n}.htm">新闻{n}的标题</a>' for n in range(9)
    )
    body = "".join(
        f"<p>云汀大桥昨日通车，这是第{n}段，桥长1860米，双向六车道，市民可以步行过江。</p>" for n in range(4)
    )
    page = f"<html><head><title>大桥通车_云汀网</title></head><body>{channels}<h1>大桥通车</h1><div>{body}</div></body></html>"
    (found,) = html.read("content_7.htm", page.encode())
    assert isinstance(found, Page)
    assert len(segment(found).articles) == 1
