"""Books as programs make them: any scheme of headings, navigation that is no story, the day out of the metadata."""

from __future__ import annotations

import datetime

import pytest
from source_files import BRIDGE, CONTAINER, RAIL, packed

from briefing.read import epub
from briefing.segmentation.articles import segment
from briefing.types import Page, Segmentation

DAY = datetime.date(2026, 11, 20)
STORIES = [("望江桥提前通车", BRIDGE), ("滨湖区护栏换新", RAIL)]
NCX = "application/x-dtbncx+xml"


def book(
    documents: dict[str, str], metadata: str = "<dc:title>云汀日报</dc:title>", others: str = ""
) -> list[Segmentation]:
    """The pages of a book with these documents; `nav.xhtml` is its table of contents, `.ncx` are not in the spine."""

    def item(name: str) -> str:
        kind = (
            f'media-type="{NCX}"'
            if name.endswith(".ncx")
            else 'properties="nav"'
            if name == "nav.xhtml"
            else ""
        )
        return f'<item id="{name}" href="{name}" {kind}/>'

    spine = "".join(f'<itemref idref="{name}"/>' for name in documents if not name.endswith(".ncx"))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{''.join(map(item, documents))}</manifest><spine>{spine}</spine>{others}</package>"
    )
    files = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/p.opf": package.encode(),
    }
    for name, body in documents.items():
        files[f"OEBPS/{name}"] = (
            body if name.endswith(".ncx") else f"<html><body>{body}</body></html>"
        ).encode()
    return [segment(page) for page in epub.read("x.epub", packed(files)) if isinstance(page, Page)]


def articles(pages: list[Segmentation]) -> list[tuple[str, str]]:
    return [(article.headline, article.text) for page in pages for article in page.articles]


def stories(pattern: str) -> str:
    return "".join(pattern.format(head=head, text=text) for head, text in STORIES)


@pytest.mark.parametrize(
    "body",
    [
        stories("<h1>{head}</h1><p>{text}</p>"),
        stories("<h4>{head}</h4><div>{text}</div>"),
        "<h1>要闻</h1>" + stories("<h2>{head}</h2><p>{text}</p>"),
        "<h1>云汀日报精选</h1><p>2026年11月20日</p>"
        + stories("<h2>{head}</h2><blockquote><p>{text}</p></blockquote>"),
        stories('<p class="article-title">{head}</p><p>{text}</p>'),
        stories('<div class="biaoti">{head}</div><div>{text}</div>'),
        stories("<p><b>{head}</b></p><p>{text}</p>"),
        '<div class="calibre_navbar"><a href="#">下一项</a></div>' + stories("<h2>{head}</h2><p>{text}</p>"),
        '<div class="nav-content">' + stories("<h2>{head}</h2><p>{text}</p>") + "</div>",
    ],
)
def test_any_scheme_of_headings(body: str) -> None:
    assert articles(book({"a.xhtml": body})) == STORIES


def test_headings_that_only_the_contents_name() -> None:
    point = '<navPoint><navLabel><text>{head}</text></navLabel><content src="a.xhtml#x"/></navPoint>'
    ncx = f"<ncx><navMap>{stories(point)}</navMap></ncx>"
    assert articles(book({"a.xhtml": stories("<p>{head}</p><p>{text}</p>"), "toc.ncx": ncx})) == STORIES


def test_navigation_is_no_story_and_names_the_articles() -> None:
    links = "".join(f'<li><a href="{n}.xhtml">{head}</a></li>' for n, (head, _) in enumerate(STORIES))
    documents = {
        "nav.xhtml": f"<nav><ol>{links * 3}</ol></nav>",
        "list.xhtml": f"<h1>目录</h1><ol>{links * 3}</ol>",
    }
    documents |= {f"{n}.xhtml": f"<p>{text}</p>" for n, (_, text) in enumerate(STORIES)}
    assert articles(book(documents)) == STORIES


def test_a_list_of_stories_with_their_first_words_is_no_story() -> None:
    listed = "".join(
        f'<li><a href="{n}.xhtml">{head}</a><div class="summary">{text[:40]}…</div></li>'
        for n, (head, text) in enumerate(STORIES)
    )
    documents = {"index.xhtml": f"<h1>要闻</h1><ul>{listed}</ul>"}
    documents |= {f"{n}.xhtml": f"<h2>{head}</h2><p>{text}</p>" for n, (head, text) in enumerate(STORIES)}
    assert articles(book(documents)) == STORIES


BRIEFS = [(f"{street}本周换新护栏", f"{street}的旧护栏本周拆除，新护栏高一米二，月底完工，施工期间请绕行。") for street in
          ("青溪路", "望江路", "城南街", "滨湖道")]  # fmt: skip


@pytest.mark.parametrize("target", ["toc.xhtml#s{n}", "#s{n}", "{n}-top.xhtml", "https://example.cn/{n}"])
def test_briefs_whose_titles_lead_back_are_stories(target: str) -> None:
    body = "".join(
        f'<h2><a href="{target.format(n=n)}">{head}</a></h2><p>{text}</p>'
        for n, (head, text) in enumerate(BRIEFS)
    )
    contents = "".join(f'<li><a href="a.xhtml#{n}">{head}</a></li>' for n, (head, _) in enumerate(BRIEFS))
    tops = {f"{n}-top.xhtml": f"<ol>{contents}</ol>" for n in range(4)}
    assert (
        articles(book({"toc.xhtml": f"<h1>目录</h1><ol>{contents}</ol>", **tops, "a.xhtml": body})) == BRIEFS
    )


def test_a_document_that_was_split_is_one_article() -> None:
    parts = {
        "i_split_000.xhtml": f"<h1>望江桥提前通车</h1><p>{BRIDGE}</p>",
        "i_split_001.xhtml": f"<p>{RAIL}</p>",
    }
    assert articles(book(parts)) == [("望江桥提前通车", f"{BRIDGE}\n{RAIL}")]


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ("<dc:date>2026-11-20</dc:date>", DAY),
        ("<dc:date>2026-11-19T16:30:00+00:00</dc:date>", DAY),
        ('<dc:date opf:event="modification">2026-12-01</dc:date><dc:date opf:event="publication">2026-11-20</dc:date>', DAY),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", None),
        ("<dc:title>云汀日报 2026年11月20日</dc:title>", DAY),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_metadata_never_one_of_the_story(
    metadata: str, day: datetime.date | None
) -> None:
    (page,) = book({"a.xhtml": f"<h1>望江桥提前通车</h1><p>2019年3月1日开工。{BRIDGE}</p>"}, metadata)
    assert page.date == day


def test_the_title_names_the_paper() -> None:
    (page,) = book(
        {"a.xhtml": f"<h1>望江桥提前通车</h1><p>{BRIDGE}</p>"}, "<dc:title>云汀日报 2026-11-20</dc:title>"
    )
    assert page.paper == "云汀日报"


NAMED = (
    '<navPoint><navLabel><text>望江桥提前通车</text></navLabel><content src="a.xhtml"/></navPoint>'
    '<navPoint><navLabel><text>滨湖区护栏换新</text></navLabel><content src="c.xhtml"/></navPoint>'
)


def two_stories(first: str, middle: str, contents: str = NAMED) -> list[tuple[str, str]]:
    """A book of two stories with a document between them that has no heading."""
    documents = {
        "a.xhtml": f"<h1>望江桥提前通车</h1><p>{first}</p>",
        "b.xhtml": middle,
        "c.xhtml": f"<h1>滨湖区护栏换新</h1><p>{RAIL}</p>",
    }
    ncx = {"toc.ncx": f"<ncx><navMap>{contents}</navMap></ncx>"} if contents else {}
    return articles(book(documents | ncx))


def test_a_document_that_the_contents_leave_out_goes_on_with_the_story_before() -> None:
    more = "桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放。"
    assert two_stories(BRIDGE, f"<p>{more}</p>") == [("望江桥提前通车", f"{BRIDGE}\n{more}"), STORIES[1]]


def test_a_sentence_that_is_cut_between_two_documents_is_whole_again() -> None:
    assert two_stories(BRIDGE[:20], f"<p>{BRIDGE[20:]}</p>", "") == STORIES


@pytest.mark.parametrize(
    "middle",
    [
        "<p>本报讯 云汀港新航线昨日开通，首船载箱三百二十只，每周两班，直达三个港口。</p>",
        "<p>云汀日报社出版　社址城南街一号　零售每份一元　印数八万</p>",
    ],
)
def test_a_story_with_a_dateline_and_an_imprint_are_no_part_of_the_story_before(middle: str) -> None:
    assert ("望江桥提前通车", BRIDGE) in two_stories(BRIDGE, middle)


def test_notes_are_set_aside_and_the_marks_that_lead_to_them_are_gone() -> None:
    note = '<aside epub:type="footnote" id="n"><p>见市交通局的通报。</p></aside>'
    reference = '<a epub:type="noteref" href="#n">1</a>'
    pages = book(
        {
            "a.xhtml": f"<h1>望江桥提前通车</h1><p>{BRIDGE}{reference}</p>{note}<h1>滨湖区护栏换新</h1><p>{RAIL}</p>"
        }
    )
    assert articles(pages) == STORIES
    assert "见市交通局的通报。" in [words for _, words in pages[0].aside]


def test_an_imprint_is_no_story() -> None:
    imprint = (
        "<p>云汀日报社出版</p><p>社址：城南街一号。电话：0888-66221199。版权所有，未经许可不得转载。</p>"
    )
    assert two_stories(BRIDGE, imprint) == STORIES


@pytest.mark.parametrize("number", ["{}. ", "（{}）"])
def test_the_numbers_of_the_contents_are_no_part_of_the_headlines(number: str) -> None:
    heads = [number.format(at) + head for at, (head, _) in enumerate(STORIES, 1)]
    points = "".join(
        f'<navPoint><navLabel><text>{head}</text></navLabel><content src="{at}.xhtml"/></navPoint>'
        for at, head in enumerate(heads)
    )
    documents = {
        f"{at}.xhtml": f"<h1>{head}</h1><p>{text}</p>"
        for at, (head, (_, text)) in enumerate(zip(heads, STORIES, strict=True))
    }
    assert articles(book({**documents, "toc.ncx": f"<ncx><navMap>{points}</navMap></ncx>"})) == STORIES


def test_a_story_of_its_own_is_no_part_of_the_story_before() -> None:
    more = "桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放。"
    headed = two_stories(BRIDGE, f"<p>桥面设六车道</p><p>{more}</p>")
    assert headed == [STORIES[0], ("桥面设六车道", more), STORIES[1]]
    signed = two_stories(f"{BRIDGE}</p><p>云汀日报记者 柏舟", f"<p>{more}</p>", "")
    assert more in [text for _, text in signed]


def test_news_of_a_publisher_is_no_imprint() -> None:
    news = "云汀出版社昨天宣布，《江志》今天出版，首次印数达到三万册，作者柏舟在滨湖书店签名。"
    assert ("新书问世", news) in two_stories(BRIDGE, f"<p>新书问世</p><p>{news}</p>", "")


@pytest.mark.parametrize(("heading", "count"), [("<h1>桥面设六车道</h1>", 3), ("<p>注</p>", 2)])
def test_a_story_beside_the_reading_order_is_read_and_a_note_is_not(heading: str, count: int) -> None:
    more = "桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放。"
    documents = {
        "a.xhtml": f"<h1>望江桥提前通车</h1><p>{BRIDGE}</p>",
        "c.xhtml": f"<h1>滨湖区护栏换新</h1><p>{RAIL}</p>",
    }
    spine = '<spine><itemref idref="n.xhtml" linear="no"/></spine>'
    found = book(
        documents | {"n.xhtml": f"{heading}<p>{more}</p>", "toc.ncx": f"<ncx><navMap>{NAMED}</navMap></ncx>"},
        others=spine,
    )
    assert len(articles(found)) == count
