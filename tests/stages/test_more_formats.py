"""EPUB, speech and feeds of a briefing: sound in form, complete, the same bytes each time, and never read as news."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from edition import DAY, made
from lxml import etree

from briefing.app.digest import render_documents, write
from briefing.config import explicit_settings
from briefing.protocols import Renderer
from briefing.render.epub import EpubRenderer
from briefing.render.feed import FeedRenderer, merged
from briefing.render.sample import sample
from briefing.render.speech import SpeechRenderer
from briefing.text.mark import is_marked
from briefing.text.spoken import spoken
from briefing.types import Briefing

RENDERERS = (EpubRenderer(), SpeechRenderer(), FeedRenderer("feed"), FeedRenderer("articles"))
EMPTY = Briefing(title="空报", date=DAY.date, sections=())


@pytest.mark.parametrize("render", RENDERERS, ids=lambda r: r.format)
@pytest.mark.parametrize("briefing", [DAY, EMPTY, made(40)], ids=["day", "empty", "forty"])
def test_the_same_briefing_gives_the_same_marked_bytes(render: Renderer, briefing: Briefing) -> None:
    content = render(briefing, "zh").content
    assert content == render(briefing, "en").content
    assert is_marked(content) or briefing is EMPTY


def pages(briefing: Briefing) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(EpubRenderer()(briefing, "zh").content)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("briefing", [DAY, EMPTY, made(40)], ids=["day", "empty", "forty"])
def test_a_book_is_sound_and_complete(briefing: Briefing) -> None:
    files = pages(briefing)
    package = etree.fromstring(files["book/package.opf"])
    named = {item.get("href") for item in package.iter("{*}item")}
    assert {f"book/{name}" for name in named} == {n for n in files if n.startswith("book/")} - {
        "book/package.opf"
    }
    assert {r.get("idref") for r in package.iter("{*}itemref")} < {
        i.get("id") for i in package.iter("{*}item")
    }
    text = ""
    for name, data in files.items():
        if name.endswith(".xhtml"):
            page = etree.fromstring(data)
            ids = [one.get("id") for one in page.iter() if one.get("id")]
            targets = {a.get("href")[1:] for a in page.iter("{*}a") if a.get("href").startswith("#")}
            assert len(ids) == len(set(ids)) and targets <= set(ids)
            text += "".join(page.itertext())
    assert all(story.article.headline in text for story in briefing.stories)


def test_feeds_are_sound_and_keep_earlier_editions(tmp_path: Path) -> None:
    later = replace(DAY, date=DAY.date.replace(day=21))
    for briefing in (DAY, later, later):
        write(briefing, tmp_path, ["feed"])
    editions = etree.parse(tmp_path / "feed.xml").getroot()
    days = [one.text for one in editions.iterfind("{*}entry/{*}updated")]
    assert [day[:10] for day in days] == ["2026-11-21", "2026-11-20"]
    assert editions.findtext("{*}updated") == days[0]
    stories = etree.parse(tmp_path / "articles.xml").getroot()
    ids = [one.text for one in stories.iterfind("{*}entry/{*}id")]
    assert len(ids) == len(set(ids)) == 2 * len(DAY.stories)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write(DAY, tmp_path, ["feed"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_feed_of_others_gives_no_entries() -> None:
    new = FeedRenderer("feed")(DAY, "zh").content
    for old in (b"", b"<feed><entry>\n<id>x</id></entry>\n</feed>", b"\xff\xfe"):
        assert merged(new, old) == new
    link = FeedRenderer("feed", "https://example.cn/{date}.html")(DAY, "zh").content
    assert b'href="https://example.cn/2026-11-20.html"' in link


@pytest.mark.parametrize("briefing", [DAY, made(40), sample(7)])
def test_a_script_has_neither_digits_nor_brackets(briefing: Briefing) -> None:
    lines = SpeechRenderer()(briefing, "zh").content.decode().splitlines()
    said = "\n".join(line for line in lines if "briefing" not in line)
    assert not re.search(r"[0-9０-９（）()《》“”%℃]", said)
    assert all(line[-1] in "。！？" for line in lines if line)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026年11月20日清晨6时40分，气温-8℃", "二〇二六年十一月二十日清晨六时四十分，气温零下八摄氏度"),
        ("2021—2025年，5—8月增长3.5%（同比）", "二〇二一至二〇二五年，五至八月增长百分之三点五"),
        ("总投资1,200万元，10005人", "总投资一千二百万元，一万零五人"),
        ("100000000元，1.05亿元", "一亿元，一点零五亿元"),
        ("12名，2名，2个", "十二名，两名，两个"),
        ("比分2-1，以88-83取胜", "比分二比一，以八十八比八十三取胜"),
        ("《云汀日报》第01版：“云汀一号”", "云汀日报第一版：云汀一号"),
        ("20:05开门，9：00关", "二十点零五分开门，九点关"),
        ("G15高速，面积3.5km²，下降-3.2%", "G一五高速，面积三点五平方公里，下降负百分之三点二"),
        ("2026-11-20", "二〇二六年十一月二十日"),
        ("０.５‰", "千分之零点五"),
    ],
)
def test_how_it_is_said(written: str, said: str) -> None:
    assert spoken(written) == said


def test_formats_are_asked_for_by_name() -> None:
    chosen = explicit_settings(format=("epub", "feed"))
    assert [one.format for one in render_documents(DAY, chosen)] == ["epub", "feed", "articles"]
