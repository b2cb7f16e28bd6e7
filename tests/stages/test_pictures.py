"""The lead's picture, from every kind of source that has one, to every format that shows it."""

from __future__ import annotations

import base64
import email
import email.policy
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PIL", reason="briefing[pictures] is not installed")

from briefings import many, story
from epaper import edition, founder
from photographs import code, encoded, photograph

from briefing.app.digest import compose, render
from briefing.edit.illustrate import LEADING, with_one_picture
from briefing.errors import SourceError
from briefing.render.json import JsonRenderer, load
from briefing.render.mail import MailContext, MailRenderer
from briefing.types import Briefing, Form, Picture, Section

HEADLINE = "望江桥建成通车 新区到市区只要12分钟"
LEAD = "本报讯（记者 李小满）11月20日上午9时，望江桥建成通车，云汀市区到清河新区的车程由40分钟缩短到12分钟。"
MORE = "望江桥全长2.8公里，双向六车道，总投资19.6亿元，2023年3月开工。市交通运输局说，每天可分流老桥车流3.2万辆次。"
CAPTION = "11月20日，车辆驶过望江桥。本报记者 顾承安 摄"
FIGURE = f'<figure><img src="a_files/1.jpg" alt="望江桥"><figcaption>{CAPTION}</figcaption></figure>'
BODY = f"<p>{LEAD}</p>{FIGURE}<p>{MORE}</p><p><img src='a_files/code.png'></p>"


def web_page(folder: Path, body: str = BODY) -> Path:
    (folder / "a_files").mkdir(exist_ok=True)
    (folder / "a_files/1.jpg").write_bytes(encoded(photograph(1500, 1000)))
    (folder / "a_files/code.png").write_bytes(encoded(code(), "PNG"))
    head = (
        '<meta charset="utf-8"><meta property="article:published_time" content="2026-11-20T09:30:00+08:00">'
    )
    page = f"<html><head>{head}<title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><div>{body}</div></body></html>"
    (folder / "a.html").write_text(page, "utf-8")
    return folder


def composed(source: Path, **more: Any) -> Briefing:
    return compose(str(source), model="extract", **({"pictures": True} | more))


def shown(made: Briefing) -> list[tuple[str, Picture]]:
    return [(one.article.headline, one.picture) for one in made.stories if one.picture]


def test_a_saved_page_gives_its_picture(tmp_path: Path) -> None:
    ((headline, picture),) = shown(composed(web_page(tmp_path)))
    assert headline == HEADLINE
    assert (picture.width, picture.height) == (1000, 667)
    assert (picture.caption, picture.credit) == ("11月20日，车辆驶过望江桥。", "本报记者 顾承安 摄")
    assert picture.alt == picture.caption


def test_without_the_wish_there_is_none_and_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.read.pictures.opened", lambda *_: pytest.fail("a picture was opened"))
    made = composed(web_page(tmp_path), pictures=False)
    assert not shown(made)
    assert b"picture" not in JsonRenderer()(made, "zh").content


def test_what_a_page_shows_is_not_read_as_a_page(tmp_path: Path) -> None:
    made = composed(web_page(tmp_path), pictures=False)
    assert made.sources == (str(tmp_path / "a.html"),) and not made.problems


def test_a_zip_of_a_saved_page_gives_its_picture(tmp_path: Path) -> None:
    folder = web_page(tmp_path)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for name in ("a.html", "a_files/1.jpg", "a_files/code.png"):
            archive.write(folder / name, name)
    made = composed(tmp_path / "pages.zip")
    assert len(shown(made)) == 1 and not made.problems


def test_a_page_in_a_zip_may_hold_its_picture(tmp_path: Path) -> None:
    inline = f"data:image/jpeg;base64,{base64.b64encode(encoded(photograph())).decode()}"
    folder = web_page(tmp_path, f"<p>{LEAD}</p><p><img src='{inline}'></p><p>{MORE}</p>")
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.write(folder / "a.html", "a.html")
    assert len(shown(composed(tmp_path / "pages.zip"))) == 1


def test_the_words_of_a_picture_are_in_the_briefings_script(tmp_path: Path) -> None:
    ((_, picture),) = shown(composed(web_page(tmp_path), script="hant"))
    assert (picture.caption, picture.credit) == ("11月20日，車輛駛過望江橋。", "本報記者 顧承安 攝")
    assert picture.alt == picture.caption


def test_a_picture_that_is_not_at_hand_is_told(tmp_path: Path) -> None:
    folder = web_page(tmp_path)
    (folder / "a_files/1.jpg").unlink()
    made = composed(folder, offline=True)
    assert not shown(made) and not made.problems
    (note,) = made.notes
    assert HEADLINE in note.message.zh and "图片没有收入" in note.message.zh
    assert note.hint and "--follow" in note.hint.zh


def test_a_damaged_picture_is_told(tmp_path: Path) -> None:
    folder = web_page(tmp_path)
    (folder / "a_files/1.jpg").write_bytes(encoded(photograph())[:5000])
    made = composed(folder)
    assert not shown(made) and len(made.notes) == 1 and made.stories


def test_a_code_alone_is_no_picture_and_needs_no_word(tmp_path: Path) -> None:
    body = f"<p>{LEAD}</p><p><img src='a_files/code.png'></p><p>{MORE}</p>"
    made = composed(web_page(tmp_path, body))
    assert not shown(made) and not made.notes


def test_a_word_document_gives_each_article_its_own(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("市图书馆周末延长开放到22时", 1)
    document.add_paragraph(
        "本报讯 从11月22日起，市图书馆周六、周日开放时间延长到22时，自习座位增加到600个，读者凭社保卡进馆。"
    )
    document.add_heading(HEADLINE, 1)
    document.add_picture(io.BytesIO(encoded(photograph(800, 600))))
    document.add_paragraph("▲ 车辆驶过望江桥。顾承安 摄")
    document.add_paragraph(LEAD)
    document.add_paragraph(MORE)
    document.save(str(tmp_path / "20261120.docx"))
    ((headline, picture),) = shown(composed(tmp_path / "20261120.docx"))
    assert headline == HEADLINE
    assert (picture.caption, picture.credit) == ("车辆驶过望江桥。", "顾承安 摄")


def test_an_item_of_a_feed_gives_its_picture(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(encoded(photograph()))
    body = f"<p><img src='1.jpg'></p><p>图为望江桥。顾承安 摄</p><p>{LEAD}</p><p>{MORE}</p>"
    day = "<pubDate>Fri, 20 Nov 2026 08:00:00 +0800</pubDate>"
    item = f"<item><title>{HEADLINE}</title>{day}<description><![CDATA[{body}]]></description></item>"
    (tmp_path / "feed.xml").write_text(
        f'<rss version="2.0"><channel><title>云汀日报</title>{item}</channel></rss>', "utf-8"
    )
    made = composed(tmp_path / "feed.xml")
    ((_, picture),) = shown(made)
    assert (picture.caption, picture.credit) == ("望江桥。", "顾承安 摄")
    assert "图为" not in made.stories[0].article.text


def test_an_e_paper_gives_the_picture_of_its_lead(tmp_path: Path) -> None:
    files = founder()
    leading = composed_edition(tmp_path, files).stories[0].article.headline
    number, order = next(
        (n, o)
        for n, page in enumerate(edition(), 1)
        for o, article in enumerate(page)
        if article["headline"] and article["headline"] in leading
    )
    name = f"content_{number}{order:02d}.htm"
    picture = f'<table><tr><td><img src="res/1.jpg"></td></tr><tr><td>{CAPTION}</td></tr></table>'
    files[name] = files[name].replace(b'<div id="ozoom">', picture.encode() + b'<div id="ozoom">')
    (tmp_path / "res").mkdir()
    (tmp_path / "res/1.jpg").write_bytes(encoded(photograph()))
    ((headline, found),) = shown(composed_edition(tmp_path, files, pictures=True))
    assert headline == leading and found.credit == "本报记者 顾承安 摄"


def composed_edition(folder: Path, files: dict[str, bytes], pictures: bool = False) -> Briefing:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return composed(folder, pictures=pictures)


def picture(width: int = 640, height: int = 420) -> Picture:
    content = encoded(photograph(width, height))
    return Picture(
        content=content, width=width, height=height, caption="望江桥 <夜景>", credit="顾承安 摄", alt="望江桥"
    )


def pictured(count: int, **more: Any) -> Briefing:
    made = many(count)
    first, *others = made.sections
    lead = replace(first.stories[0], picture=picture(**more))
    return replace(made, sections=(replace(first, stories=(lead, *first.stories[1:])), *others))


def test_the_briefing_comes_back_with_its_picture() -> None:
    made = pictured(3)
    assert load(JsonRenderer()(made, "zh").content) == made


@pytest.mark.parametrize(
    "change",
    [
        {"data": "no base64 §"},
        {"data": ""},
        {"data": "R0lGODlhAQABAAAAACw="},
        {"data": "/9j/wAARCP//////AwEiAAIRAQMRAf/ZAAAA"},  # claims 65,535 pixels a side
        {"data": 5},
        {"caption": 5},
    ],
)
def test_a_picture_that_is_none_is_refused(change: dict[str, Any]) -> None:
    document = json.loads(JsonRenderer()(pictured(1), "zh").content)
    document["sections"][0]["stories"][0]["picture"] |= change
    with pytest.raises(SourceError):
        load(json.dumps(document).encode())


@pytest.mark.parametrize("template", ["classic", "modern", "neican"])
@pytest.mark.parametrize("count", [1, 5, 40])
def test_a_sheet_with_a_picture_is_one_page(template: str, count: int) -> None:
    import pypdfium2

    for size in ({"width": 640, "height": 420}, {"width": 420, "height": 640}):
        (document,) = render(pictured(count, **size), ("pdf",), template=template)
        pdf = pypdfium2.PdfDocument(document.content)
        images = [one for one in pdf[0].get_objects() if one.type == 3]
        assert len(pdf) == 1 and len(images) == 1
        assert "顾承安" in pdf[0].get_textpage().get_text_bounded()


def test_the_page_and_the_book_hold_the_picture() -> None:
    html, epub = render(pictured(2), ("html", "epub"))
    page = html.content.decode()
    assert page.count('<img src="data:image/jpeg;base64,') == 1 and 'alt="望江桥"' in page
    assert "望江桥 &lt;夜景&gt;\u3000顾承安 摄</figcaption>" in page
    with zipfile.ZipFile(io.BytesIO(epub.content)) as book:
        (name,) = [one for one in book.namelist() if one.endswith(".jpg")]
        assert book.read(name) == picture().content
        assert (
            f'href="{name.removeprefix("book/")}" media-type="image/jpeg"'
            in book.read("book/package.opf").decode()
        )


def test_formats_of_words_are_as_without_it() -> None:
    for with_it, without in zip(
        render(pictured(2), ("md", "txt", "speech")), render(many(2), ("md", "txt", "speech")), strict=True
    ):
        assert with_it.content == without.content


def test_a_letter_shows_it_where_it_goes_along() -> None:
    renderer = MailRenderer("classic")
    assert 'src="cid:picture"' in renderer(pictured(2), "zh", None, MailContext(picture="picture")).html
    assert "<img" not in renderer(pictured(2), "zh").html


def test_of_two_pictures_a_letter_shows_that_of_the_first(tmp_path: Path) -> None:
    from briefing.app.mail_api import send

    made = pictured(2)
    (section,) = made.sections
    both = replace(section, stories=tuple(replace(one, picture=picture()) for one in section.stories))
    send(replace(made, sections=(both,)), to=["a@example.cn"], dry_run=str(tmp_path / "a.eml"))
    message = email.message_from_bytes((tmp_path / "a.eml").read_bytes(), policy=email.policy.default)
    (html,) = [part.get_content() for part in message.walk() if part.get_content_type() == "text/html"]
    assert html.count("cid:picture") == 1
    assert [part["Content-ID"] for part in message.walk() if part.get_content_type() == "image/jpeg"] == [
        "<picture>"
    ]


def test_a_story_told_in_a_line_shows_none() -> None:
    made = pictured(1)
    (section,) = made.sections
    line = replace(made, sections=(replace(section, stories=(replace(section.stories[0], form=Form.LINE),)),))
    (page,) = render(line, ("html",))
    assert b"<figure" not in page.content


def test_of_several_briefings_one_picture_is_kept() -> None:
    stories = tuple(
        replace(story(n, f"第{n}条"), picture=picture(), score=float(n)) for n in range(1, LEADING + 2)
    )
    (section,) = with_one_picture([Section(name="要闻", stories=stories)])
    assert [one.article.headline for one in section.stories if one.picture] == ["第1条"]


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    folder = web_page(tmp_path)
    first, second = (render(composed(folder), ("json", "pdf")) for _ in range(2))
    assert [one.content for one in first] == [one.content for one in second]


def test_without_pillow_the_wish_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.errors import UsageError

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError) as raised:
        composed(web_page(tmp_path))
    assert raised.value.hint and "briefing[pictures]" in raised.value.hint.en
