"""Pages in traditional characters, and briefings in the script that is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from edition import DAY

from briefing.app.digest import digest
from briefing.app.summaries import stories
from briefing.config import settings
from briefing.edit.script import in_script, restore_original, simplified
from briefing.render.page import TemplateRenderer
from briefing.render.pdf import PrintRenderer
from briefing.text.script import converted, script_of
from briefing.types import Article, Briefing, Problem, Story

EXAMPLE = Path(__file__).parents[2] / "examples" / "pages" / "2026-11-20-01.md"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's front page, as a paper in traditional characters would print it."""
    path = tmp_path_factory.mktemp("pages") / EXAMPLE.name
    path.write_text(converted(EXAMPLE.read_text("utf-8"), "hant"), encoding="utf-8")
    return path


def made(*sources: Path, **flags: object) -> tuple[Briefing, dict[str, str]]:
    wanted = settings(
        {"sources": tuple(map(str, sources)), "model": "extract", "format": "html,txt,json", **flags}
    )
    briefing, _, documents = digest(wanted)
    return briefing, {d.format: d.content.decode() for d in documents}


def test_a_traditional_page_is_read_as_its_simplified_twin_and_stays_traditional(page: Path) -> None:
    ours, documents = made(page)
    twin, _ = made(EXAMPLE)
    assert [(s.name, len(s.stories)) for s in twin.sections] == [
        (converted(s.name, "hans"), len(s.stories)) for s in ours.sections
    ]
    assert [s.summary.text for s in twin.stories] == [converted(s.summary.text, "hans") for s in ours.stories]
    assert ours.script == "hant" and ours.papers == ("雲汀日報",) and script_of(ours.title) == "hant"
    assert '<html lang="zh-Hant">' in documents["html"] and "條新聞" in documents["txt"]
    assert "则" not in documents["txt"] and "云汀" not in documents["html"]


def test_evidence_of_a_traditional_page_is_in_its_own_words(page: Path) -> None:
    ours, _ = made(page)
    for story in ours.stories:
        for sentence in story.summary.sentences:
            assert sentence.evidence
            said = "".join(story.article.text[start:end] for start, end in sentence.evidence)
            assert set("".join(c for c in sentence.text if c.isalnum())) <= set(said)


def test_all_in_one_script(page: Path) -> None:
    simple, documents = made(page, script="hans")
    assert simple.script == "hans" and simple.papers == ("云汀日报",)
    assert "雲" not in documents["txt"] and "云汀" in documents["txt"] and 'lang="zh-CN"' in documents["html"]
    other, documents = made(EXAMPLE, script="hant")
    assert other.papers == ("雲汀日報",) and "云" not in documents["txt"].replace("云云", "")
    told_in_json = json.loads(documents["json"])
    for section in told_in_json["sections"]:
        for story in section["stories"]:
            assert script_of(story["text"]) == "hant"


def test_what_is_traditional_is_not_converted_a_second_time() -> None:
    article = Article(
        id="1", headline="臺北的干先生談範圍", paragraphs=("干先生於臺北說，範圍不變，後會有期。",)
    )
    story = restore_original(Story(article=simplified(article), summary=DAY.stories[0].summary), article)
    day = replace(DAY, sections=(replace(DAY.sections[0], stories=(story,)),))
    assert in_script(day, "hant").stories[0].article == article


def test_a_day_of_both_scripts_keeps_each_and_speaks_as_most_do(page: Path, tmp_path: Path) -> None:
    one = tmp_path / "2026-11-20-09.txt"
    one.write_text(
        "云汀晚报 2026年11月20日 星期五\n\n望江路书店重开\n\n　　望江路的旧书店昨日重开，馆藏旧书三万册。\n",
        "utf-8",
    )
    day, _ = made(page, one)
    assert day.script == "hant" and day.papers == ("雲汀日報", "云汀晚报")
    assert {script_of(s.article.text) for s in day.stories} == {"hans", "hant"}


def test_a_single_article_is_summarized_in_its_own_script(page: Path) -> None:
    found = stories(settings({"sources": (str(page),), "model": "extract"}))
    (story,) = (one for one in found if not isinstance(one, Problem))
    assert script_of(story.summary.text) == "hant" and script_of(story.article.text) == "hant"


@pytest.mark.parametrize("theme", ["classic", "modern", "neican"])
def test_a_traditional_page_in_print_lacks_no_character(theme: str) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    day = in_script(DAY, "hant")
    document = pdfium.PdfDocument(PrintRenderer("pdf", theme)(day, "zh").content)
    words = "".join(document[0].get_textpage().get_text_range().split())
    # Two characters beyond Big5's level 1 are printed only where the machine has a font with them.
    words = words.replace("〓燚", "禕燚").replace("刺〓", "刺蝟")
    assert "〓" not in words and "雲汀軌道交通三號線" in words and "未能處理的來源" in words
    faces = {obj.get_font().get_base_name() for obj in document[0].get_objects() if obj.type == 1}
    assert not any("Serif" in face for face in faces), faces


def test_labels_are_converted_too() -> None:
    page = TemplateRenderer("txt")(in_script(DAY, "hant"), "zh").content.decode()
    assert "標題新聞" in page and "原文未見的數字" in page
