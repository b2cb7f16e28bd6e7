"""What every renderer promises."""

from __future__ import annotations

import subprocess
import sys

import pytest
from briefings import PROBLEM, briefing, many, story

from briefing.errors import UsageError
from briefing.messages import Language
from briefing.protocols import Renderer
from briefing.render.json import JsonRenderer
from briefing.render.page import TemplateRenderer
from briefing.types import Article, Story, Summary

RENDERERS: list[Renderer] = [*(TemplateRenderer(format) for format in ("html", "md", "txt")), JsonRenderer()]


@pytest.fixture(params=RENDERERS, ids=lambda renderer: renderer.format)
def renderer(request: pytest.FixtureRequest) -> Renderer:
    return request.param


@pytest.mark.parametrize("n", [1, 2, 3, 14, 60])
def test_every_headline_and_summary_is_there(renderer: Renderer, n: int) -> None:
    day = many(n)
    text = renderer(day, "zh").content.decode()
    for s in day.stories:
        assert s.article.headline in text
    bare = "".join(text.split())
    assert bare.count("全长28") >= n
    assert "textrank" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_briefing_gives_the_same_bytes(renderer: Renderer, language: Language) -> None:
    assert renderer(many(14), language) == renderer(many(14), language)


def test_the_document_ends_with_one_line_feed_and_has_unix_lines(renderer: Renderer) -> None:
    content = renderer(many(3), "zh").content
    assert content.endswith(b"\n") and not content.endswith(b"\n\n")
    assert b"\r" not in content


def test_an_empty_story_and_a_lone_surrogate_do_not_stop_the_page(renderer: Renderer) -> None:
    empty = Story(
        article=Article(id="x", headline="", paragraphs=()), summary=Summary(gist="", sentences=(), model="")
    )
    assert renderer(briefing(empty, story(2, "坏字\ud800符")), "zh").content


def test_problems_speak_the_language_of_the_page(renderer: Renderer) -> None:
    zh = renderer(briefing(story(), problems=(PROBLEM,)), "zh").content.decode()
    en = renderer(briefing(story(), problems=(PROBLEM,)), "en").content.decode()
    assert "文件已损坏" in zh and "请重新下载" in zh
    assert "the file is damaged" in en and "fetch it again" in en and "文件已损坏" not in en


def test_the_module_costs_no_jinja_until_a_page_is_made() -> None:
    code = "import sys, briefing.render.page, briefing.render.json; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="docx"):
        TemplateRenderer("docx")
