"""Pages by templates: escaping, overriding, and failures that name file and line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from briefings import CHECKED, PROBLEM, briefing, many, story
from edition import DAY

from briefing.errors import TemplateError
from briefing.render.page import TemplateRenderer
from briefing.render.themes import template_format
from briefing.resources import templates_dir
from briefing.types import Section, Sentence

HTML, MD, TXT = (TemplateRenderer(format) for format in ("html", "md", "txt"))
PAGES = pytest.mark.parametrize("render", [HTML, MD, TXT], ids=["html", "md", "txt"])
EVIL = '<script>alert(1)</script> & "引" # *星* [链接](javascript:x) _下_'


def text(render: TemplateRenderer, day: object = None, language: str = "zh") -> str:
    return render(day or many(3), language).content.decode()  # type: ignore[arg-type]


# ---- the words of the page


def test_html_escapes_every_word_of_the_newspaper() -> None:
    evil = story(1, EVIL, kicker=EVIL, byline=EVIL, source=EVIL, page_number=EVIL)
    day = replace(
        briefing(evil),
        title=EVIL,
        overview=(EVIL,),
        papers=(EVIL,),
        problems=(replace(PROBLEM, source=EVIL),),
    )
    page = text(HTML, day)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 8
    for tag in ("<h1", "<h3", "<blockquote"):
        assert tag in page


def test_html_is_self_contained() -> None:
    page = text(HTML)
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert "src=" not in page and "@import" not in page and "<link" not in page and "url(" not in page


def test_only_web_addresses_become_links() -> None:
    page = text(
        HTML, briefing(story(1, source="https://news.example/a?b=1&c='\")("), story(2, source="javascript:x"))
    )
    assert 'href="https://news.example/a?b=1&amp;c=%27%22%29%28"' in page
    assert 'href="javascript' not in page
    assert "[news.example 第01版](https://news.example/1%29)" in text(
        MD, briefing(story(1, source="https://news.example/1)"))
    )


@pytest.mark.parametrize(
    "hit",
    [
        "# 一",
        "- 二",
        "1. 三",
        "+ 四",
        "> 五",
        "===",
        "<b>六</b>",
        "[七](八)",
        "`九`",
        "*十*",
        "_a_ &amp; |b| ~c~",
    ],
)
def test_markdown_says_exactly_the_words(hit: str) -> None:
    markdown = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    page = markdown.render(text(MD, replace(briefing(story(1, hit, kicker=hit)), overview=(hit,), title=hit)))
    shown = hit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<h1>{shown}</h1>" in page
    assert f"<li>{shown}</li>" in page
    assert f"<h3>{shown}</h3>" in page
    assert f"<em>{shown}</em>" in page


def test_a_line_break_in_a_headline_does_not_break_the_markdown() -> None:
    assert "### 上行 下行\n" in text(MD, briefing(story(1, "上行\n\n下行")))


@PAGES
def test_no_stories_says_so_and_still_lists_the_problems(render: TemplateRenderer) -> None:
    page = text(render, briefing(problems=(PROBLEM,)))
    assert "本期没有可收录的新闻。" in page
    assert "坏文件.pdf" in page
    assert "摘要模型" not in page


@PAGES
def test_the_masthead(render: TemplateRenderer) -> None:
    page = text(render, many(14))
    assert "2026年11月20日 星期五" in page and "14 条新闻" in page and "2 份报纸" in page
    english = text(render, many(1), "en")
    assert "Friday, 20 November 2026" in english and "1 story<" in english.replace(" ·", "<").replace(
        "\n", "<"
    )
    assert "In brief" in english and "今日要点" not in english


@PAGES
def test_a_gist_that_repeats_the_headline_is_left_out(render: TemplateRenderer) -> None:
    first = story(1, "云汀市：3号线串起城东城西")
    repeated = replace(first, summary=replace(first.summary, gist="云汀市3号线串起城东城西。"))
    assert "云汀市3号线" not in text(render, replace(briefing(repeated), overview=()))
    assert "3号线串起城东城西" in text(render, briefing(story()))


@PAGES
def test_a_gist_that_headline_and_summary_tell_together_is_left_out(render: TemplateRenderer) -> None:
    first = story(1, "我市新增普惠托位4200个")
    said = (Sentence(text="今年每千人口托位数达到4.8个。", evidence=((0, 1),)),)
    told = replace(first.summary, gist="我市新增普惠托位4200个，每千人口托位达4.8个", sentences=said)
    page = text(render, replace(briefing(replace(first, summary=told)), overview=()))
    assert page.count("普惠托位4200个") == 1 and "4.8个" in page
    news = replace(told, gist="普惠托位明年免费开放")
    assert "明年免费开放" in text(render, replace(briefing(replace(first, summary=news)), overview=()))


@PAGES
def test_what_the_checks_found_is_on_the_page(render: TemplateRenderer) -> None:
    assert "原文未见的数字：35" in text(render, briefing(CHECKED))


def test_the_paper_is_named_where_the_masthead_names_it() -> None:
    named, unnamed = story(1), story(2, source="x/云汀.txt", page_number=None)
    named = replace(named, article=replace(named.article, paper="云汀日报"))
    page = text(TXT, briefing(named, unnamed))
    assert "《云汀日报》第01版 · 本报记者 林晚舟" in page and "云汀.txt" not in page


def test_evidence_is_quoted_by_offsets() -> None:
    page = text(HTML, briefing(story()))
    assert "<details" in page
    assert "<blockquote>首日客流达到31.2万人次。</blockquote>" in page


# ---- the forms


@PAGES
def test_each_form_shows_what_it_should_and_nothing_is_lost(render: TemplateRenderer) -> None:
    page = "".join(text(render, DAY).split())
    for seen in (
        "云汀轨道交通三号线全线洞通明年9月试运行",
        "简讯",
        "罗岚市夜间轮渡下月恢复，每晚6班",
        "原文未见的数字：6",
        "标题新闻",
        "埃莱娜·马雷连任罗岚市市长",
        "另有7条未列出",
        "另有：",
        "30条新闻",
        "原文未见的说法：会谈",
    ):
        assert seen in page, seen
    assert "罗岚市恢复夜间轮渡" not in page  # a one-liner is its gist
    words = re.sub("<[^>]+>", "", page)
    assert "文化12条、体育1条" in words and "另有2个来源未能处理" in words


@PAGES
def test_all_papers_that_tell_a_story_are_named_once(render: TemplateRenderer) -> None:
    page = re.sub(r"<[^>]+>|[\s]", "", text(render, DAY))
    assert page.count("又见《云汀晚报》第3版、") == 1
    english = text(render, DAY, "en")
    assert (
        "also in" in english and "Briefs" in english and "1 more story" in english and "又见" not in english
    )


@PAGES
def test_a_briefing_of_counts_alone_is_not_empty(render: TemplateRenderer) -> None:
    page = text(render, replace(briefing(), sections=(Section(name="社会", stories=(), more=3),)))
    assert "本期没有" not in page and "3 条新闻" in page and "社会" in page


@pytest.mark.parametrize("theme", ["modern", "neican"])
def test_a_theme_without_its_own_text_page_has_the_classic_one(theme: str) -> None:
    assert "### 云汀轨道交通三号线" in text(TemplateRenderer("md", theme), DAY)
    overview = "要目" if theme == "neican" else "今日要点"
    assert f"## {overview}" in text(TemplateRenderer("md", theme), DAY)


# ---- templates of the user's


def write(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def test_a_file_in_the_users_folder_overrides_by_name(tmp_path: Path) -> None:
    write(tmp_path, "page.css", "body { color: tomato }")
    page = text(TemplateRenderer("html", folders=(tmp_path,)))
    assert "tomato" in page and "wen-wu" not in page and "第1条" in page


@pytest.mark.parametrize("base", ["bundled/page.html.j2", "bundled/classic/page.html.j2"])
def test_a_users_page_can_build_on_the_bundled_one(tmp_path: Path, base: str) -> None:
    write(tmp_path, "page.html.j2", f"{{% extends '{base}' %}}{{% block colophon %}}市府办{{% endblock %}}")
    for render in (TemplateRenderer("html", folders=(tmp_path,)), TemplateRenderer("html", str(tmp_path))):
        page = text(render)
        assert "市府办" in page and "第1条" in page and "摘要模型" not in page


def test_a_folder_of_the_users_with_a_name_is_a_theme(tmp_path: Path) -> None:
    write(tmp_path / "office", "page.md.j2", "{{ briefing.title }} {{ labels.overview }} {{ labels.notice }}")
    write(tmp_path / "office", "theme.toml", '[labels.zh]\noverview = "要闻"')
    assert text(TemplateRenderer("md", "office", (tmp_path,))) == (
        "每日简报 要闻 摘要由程序自动生成，引用前请核对原文。\n"
    )
    assert "第1条" in text(
        TemplateRenderer("txt", "office", (tmp_path,))
    )  # the classic page, with the labels


def test_a_single_file(tmp_path: Path) -> None:
    file = write(tmp_path, "my.html.j2", "{{ briefing.title }}{{ '<' }}")
    assert template_format(str(file)) == "html" and template_format("classic") is None
    assert text(TemplateRenderer("html", str(file))) == "每日简报&lt;\n"
    with pytest.raises(TemplateError, match=r"my\.html\.j2 is a template for html"):
        text(TemplateRenderer("md", str(file)))
    assert text(TemplateRenderer("md", str(write(tmp_path, "plain.j2", "{{ '<' }}")))) == "<\n"


@pytest.mark.parametrize("template", ["clasic", "./nowhere", "nowhere/my.html.j2", ".", ""])
def test_a_template_that_is_nowhere(template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if template in {".", ""}:
        assert "第1条" in text(TemplateRenderer("html", template or "classic"))
        return
    with pytest.raises(TemplateError) as caught:
        text(TemplateRenderer("html", template))
    assert caught.value.hint is not None


# ---- failures

FAILURES = [
    ("{{ briefing.titel }}", 1, "titel", "没有定义"),
    ("一\n二\n{{ 作者 }}", 3, "作者", "没有定义"),
    ("{% for s in briefing.stories %}\n{{ s.article.heading }}\n{% endfor %}", 2, "heading", "没有定义"),
    ("{{ labels.nosuch }}", 1, "nosuch", "没有定义"),
    ("一\n{% if %}", 2, "", "语法"),
    ("一\n{{ 1 | nofilter }}", 2, "nofilter", "语法"),
    ("\n{{ ''.__class__ }}", 2, "__class__", "不允许"),
    ("\n{{ ''.__class__.__mro__ }}", 2, "__class__", "不允许"),
    ("\n{{ briefing.title.__init__.__globals__ }}", 2, "__init__", "不允许"),
    ("\n{% include 'nosuch.j2' %}", 2, "nosuch.j2", "找不到"),
    ("\n{{ 1 // 0 }}", 2, "ZeroDivisionError", "出错"),
    ("\n{{ range(10000000) | list }}", 2, "OverflowError", "出错"),
    ("\n{{ 'x' | date_long }}", 2, "AttributeError", "出错"),
]


@pytest.mark.parametrize("format", ["html", "md", "txt"])
@pytest.mark.parametrize(("source", "line", "name", "word"), FAILURES)
def test_a_failure_names_file_line_and_reason(
    tmp_path: Path, format: str, source: str, line: int, name: str, word: str
) -> None:
    file = write(tmp_path, f"page.{format}.j2", source)
    with pytest.raises(TemplateError) as caught:
        text(TemplateRenderer(format, folders=(tmp_path,)))
    error = caught.value
    for said in (error.message.zh, error.message.en):
        assert f"{file}:{line}" in said and name in said
    assert word in error.message.zh
    assert error.hint is not None and error.hint.zh and error.hint.en


def test_a_name_of_an_earlier_version_is_told_the_new_one(tmp_path: Path) -> None:
    write(tmp_path, "page.md.j2", "{% for s in briefing.stories %}{{ s.article.page }}{% endfor %}")
    with pytest.raises(TemplateError) as caught:
        text(TemplateRenderer("md", folders=(tmp_path,)))
    assert caught.value.hint is not None
    assert "page_number" in caught.value.hint.zh and "page_number" in caught.value.hint.en


def test_a_failure_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    file = write(tmp_path, "page.css", "a\n{{ nosuch }}")
    with pytest.raises(TemplateError, match=r"page\.css:2.*nosuch") as caught:
        text(TemplateRenderer("html", folders=(tmp_path,)))
    assert str(file) in str(caught.value)


def test_a_failure_in_a_block_of_a_child_names_the_child(tmp_path: Path) -> None:
    child = "{% extends 'bundled/page.html.j2' %}\n{% block story %}\n{{ story.articl }}\n{% endblock %}"
    write(tmp_path, "page.html.j2", child)
    with pytest.raises(TemplateError, match=r"page\.html\.j2:3.*articl") as caught:
        text(TemplateRenderer("html", folders=(tmp_path,)))
    assert str(tmp_path) in str(caught.value)


def test_a_template_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_bytes("简报".encode("gbk"))
    with pytest.raises(TemplateError, match="not text in UTF-8"):
        text(TemplateRenderer("md", folders=(tmp_path,)))


@pytest.mark.parametrize("toml", ["[labels", "labels = 1", "[labels]\nzh = 1"])
def test_a_bad_theme_file(tmp_path: Path, toml: str) -> None:
    write(tmp_path, "theme.toml", toml)
    with pytest.raises(TemplateError, match=r"theme\.toml"):
        text(TemplateRenderer("md", folders=(tmp_path,)))


def test_templates_cannot_change_the_briefing(tmp_path: Path) -> None:
    write(tmp_path, "page.md.j2", "{{ labels.update({'overview': 'x'}) }}")
    with pytest.raises(TemplateError, match="may not do this"):
        text(TemplateRenderer("md", folders=(tmp_path,)))


def test_both_languages_have_the_same_labels() -> None:
    import tomllib

    for file in templates_dir().glob("*/theme.toml"):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["labels"]
        assert tables["zh"].keys() == tables["en"].keys()
