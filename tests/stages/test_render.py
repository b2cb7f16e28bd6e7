"""What every renderer promises, and the factory of briefings for the other render tests."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest

from briefing.errors import Language, Text, UsageError
from briefing.protocols import Renderer
from briefing.render.json import JsonRenderer
from briefing.render.page import TemplateRenderer
from briefing.types import Article, Briefing, Checks, Problem, Section, Sentence, Story, Summary

DATE = datetime.date(2026, 11, 20)
TEXT = (
    "本报讯 记者林晚舟报道：云汀市地铁3号线昨日开通初期运营，全长28.6公里。",
    "首日客流达到31.2万人次。市民说，出门方便多了。",
)


def story(n: int = 1, headline: str = "地铁3号线昨日开通", **parts: str | None) -> Story:
    text = "\n".join(TEXT)
    spans = [(0, len(TEXT[0])), (len(TEXT[0]) + 1, text.index("市民说"))]
    article = Article(
        id=f"a{n}",
        headline=headline,
        paragraphs=TEXT,
        order=0,
        **({"source": "pages/01.txt", "page": "01", "byline": "本报记者 林晚舟"} | parts),
    )
    summary = Summary(
        gist="3号线串起城东城西",
        sentences=tuple(Sentence(text=text[a:b], evidence=((a, b),)) for a, b in spans),
        model="textrank",
    )
    return Story(article=article, summary=summary)


def briefing(*stories: Story, problems: tuple[Problem, ...] = (), per_section: int = 5) -> Briefing:
    groups = [stories[i : i + per_section] for i in range(0, len(stories), per_section)]
    return Briefing(
        title="每日简报",
        date=DATE,
        sections=tuple(Section(name=f"版块{i}", stories=group) for i, group in enumerate(groups, 1)),
        overview=tuple(s.summary.gist for s in stories[:3]),
        sources=("pages/01.txt", "pages/02.txt"),
        papers=("云汀日报", "云汀晚报"),
        problems=problems,
    )


def many(n: int) -> Briefing:
    return briefing(*(story(i, f"第{i}条：云汀市{i}号文件公布") for i in range(1, n + 1)))


PROBLEM = Problem(
    source="坏文件.pdf",
    message=Text("文件已损坏", "the file is damaged"),
    hint=Text("请重新下载", "fetch it again"),
)
CHECKED = Story(
    article=story().article,
    summary=Summary(gist="", sentences=(), model="neural", checks=Checks(unsupported_numbers=("35",))),
)
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
