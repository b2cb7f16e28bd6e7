"""Themes as users meet them: listed, shown, copied, checked, overridden; and templates that are up to no good."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from command import run_briefing
from edition import DAY

from briefing.app.themes import copy_theme
from briefing.errors import TemplateError, UsageError
from briefing.render.page import TemplateRenderer
from briefing.render.pdf import PrintRenderer
from briefing.render.sample import MARKUP, sample
from briefing.render.theme_catalog import theme_entries, theme_entry
from briefing.render.theme_check import check_theme, unused_files
from briefing.types import Form

THEMES = ("classic", "modern", "neican")


def run(*words: str, folder: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return run_briefing("--lang", lang, *words, cwd=folder)


def write(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    return folder


# ---- the gallery


def test_the_bundled_themes_are_listed_the_default_first_and_the_users_after(tmp_path: Path) -> None:
    write(tmp_path / "office", "page.css", "body {}")
    write(tmp_path / "notes", "readme.txt", "no theme")
    found = theme_entries((tmp_path,))
    assert [e.name for e in found] == [*THEMES, "office"]
    assert [e.own for e in found] == [False, False, False, True]
    assert all(e.description.zh and e.description.en for e in found[:3])


def test_each_file_is_from_the_first_folder_that_has_it(tmp_path: Path) -> None:
    write(tmp_path, "page.css", "body {}")
    homes = {part.name: part.home for part in theme_entry("modern", (tmp_path,)).parts}
    assert homes["page.css"] == "" and homes["page.html.j2"] == "modern" and homes["page.md.j2"] == "classic"


def test_a_theme_of_ones_own_comes_before_files_for_all_themes(tmp_path: Path) -> None:
    write(tmp_path, "page.md.j2", "for all")
    write(tmp_path / "office", "page.md.j2", "the office's")
    assert TemplateRenderer("md", "office", (tmp_path,))(DAY, "zh").content == b"the office's\n"
    assert TemplateRenderer("md", "classic", (tmp_path,))(DAY, "zh").content == b"for all\n"


# ---- copying


@pytest.mark.parametrize("theme", THEMES)
def test_a_copy_makes_the_same_pages(theme: str, tmp_path: Path) -> None:
    copy_theme(theme, tmp_path / "mine", ())
    for format in ("html", "md", "txt"):
        ours = TemplateRenderer(format, theme)(DAY, "zh").content
        assert TemplateRenderer(format, str(tmp_path / "mine"))(DAY, "zh").content == ours
    assert PrintRenderer("pdf", str(tmp_path / "mine"))(DAY, "zh") == PrintRenderer("pdf", theme)(DAY, "zh")


def test_a_copy_overwrites_nothing_unless_told(tmp_path: Path) -> None:
    write(tmp_path, "page.css", "mine")
    with pytest.raises(UsageError, match=r"already has: page\.css"):
        copy_theme("modern", tmp_path, ())
    assert [path.name for path in tmp_path.iterdir()] == ["page.css"]
    assert copy_theme("modern", tmp_path, ("page.css",), force=True) == [tmp_path / "page.css"]
    assert (tmp_path / "page.css").read_text("utf-8") == theme_entry("modern").part("page.css").text
    with pytest.raises(TemplateError, match=r"no nosuch\.j2"):
        copy_theme("modern", tmp_path, ("nosuch.j2",))


# ---- checking


def test_the_sample_has_everything_a_page_can_have() -> None:
    day = sample(24)
    stories = day.stories
    assert {story.form for story in stories} == set(Form)
    assert any(MARKUP in story.article.headline for story in stories)
    assert any(not story.summary.text for story in stories) and any(story.also for story in stories)
    assert any(not story.summary.checks.passed for story in stories)
    assert day.problems and day.more_problems and day.sections[-1].more and day.overview
    assert not sample(0).stories and len(sample(1).stories) == 1


@pytest.mark.parametrize("theme", THEMES)
def test_the_bundled_themes_pass(theme: str) -> None:
    trials = list(check_theme(theme))
    assert [trial.format for trial in trials] == ["html", "md", "txt", "pdf", "mail"]
    assert not any(trial.failures for trial in trials)


@pytest.mark.parametrize(
    ("name", "content", "format", "said"),
    [
        ("page.html.j2", "一\n{{ briefing.tittle }}", "html", "page.html.j2:2"),
        ("page.html.j2", "{% for s in briefing.stories %}{{ s.article.headline | safe }}{% endfor %}", "html", "unescaped"),
        ("page.md.j2", "{% if %}", "md", "page.md.j2:1"),
        ("page.txt.j2", "{{ briefing.stories[0].article.headline }}", "txt", "page.txt.j2:1"),
        ("page.typ", "#let x = 1\n#nosuch", "pdf", "page.typ:2"),
    ],
)  # fmt: skip
def test_what_fails_is_named_and_the_rest_passes(
    tmp_path: Path, name: str, content: str, format: str, said: str
) -> None:
    failed = {
        t.format: [message.en for message, _ in t.failures]
        for t in check_theme(str(write(tmp_path, name, content)))
    }
    assert [f for f, messages in failed.items() if messages] == [format]
    assert said in failed[format][0]


def test_files_that_nothing_looks_for_are_named(tmp_path: Path) -> None:
    write(tmp_path, "page.htm.j2", "a slip")
    write(tmp_path, "page.md.j2", "{% include 'credits.j2' %}")
    write(tmp_path, "credits.j2", "used")
    assert unused_files(theme_entry(str(tmp_path))) == ["page.htm.j2"]


# ---- the command


def test_the_command(tmp_path: Path) -> None:
    rows = json.loads(run("templates", "list", "--json", folder=tmp_path).stdout)
    assert [row["name"] for row in rows] == list(THEMES)
    shown = run("templates", "show", "neican", "page.css", folder=tmp_path).stdout
    assert shown == theme_entry("neican").part("page.css").text
    copied = run("templates", "copy", "modern", "mine", folder=tmp_path)
    assert copied.returncode == 0 and "mine/page.html.j2" in copied.stdout.splitlines()
    assert run("templates", "check", "mine", folder=tmp_path).returncode == 0
    write(tmp_path / "mine", "page.html.j2", "{{ nosuch }}")
    checked = run("templates", "check", "mine", "--json", folder=tmp_path)
    told = json.loads(checked.stdout)
    assert checked.returncode == 2 and told["passed"] is False
    assert "page.html.j2:1" in told["formats"][0]["failures"][0]
    chinese = run("templates", "check", "mine", folder=tmp_path, lang="zh").stdout
    assert "html  有误" in chinese and "没有定义" in chinese and "md    通过" in chinese
    missing = run("templates", "show", "nosuch", folder=tmp_path)
    assert missing.returncode == 2 and "there is no template 'nosuch'" in missing.stderr


def test_the_settings_name_folders_of_templates(tmp_path: Path) -> None:
    write(tmp_path / "ours" / "office", "page.md.j2", "{{ briefing.stories | length }} at the office")
    write(
        tmp_path,
        "briefing.toml",
        'templates = ["ours"]\ntemplate = "office"\nformat = ["md"]\nmodel = "lead"',
    )
    page = "# 望江桥通车\n\n望江桥昨日通车，两岸通勤缩短二十分钟。市民陈先生说，过江方便多了。\n"
    write(tmp_path, "2026-11-20.md", page)
    made = run("digest", "2026-11-20.md", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "briefing-2026-11-20.md").read_text("utf-8") == "1 at the office\n"
    assert "office" in run("templates", "list", folder=tmp_path).stdout


# ---- templates that are up to no good

ATTACKS = [
    "{{ '{0.__class__.__mro__}'.format(briefing) }}",
    "{{ '{0.__init__.__globals__}'.format_map({'0': briefing}) }}",
    "{{ briefing | attr('__class__') }}",
    "{{ [briefing] | map(attribute='__class__') | first }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].environ }}",
    "{{ self._TemplateReference__context.environment.loader }}",
    "{{ (1).__class__.__base__.__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ labels.__class__.__init__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{% include '/etc/passwd' %}",
    "{% include '../secret.txt' %}",
    "{% include 'bundled/../../pyproject.toml' %}",
    "{% import 'os' as os %}{{ os.getcwd() }}",
    "{{ briefing.stories.append(1) }}",
    "{% set briefing.title = 'x' %}",
    "{{ url.__globals__ }}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_reaches_nothing_but_the_briefing(attack: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    render = TemplateRenderer("html", str(write(tmp_path / "theme", "page.html.j2", attack)))
    with pytest.raises(TemplateError, match=r"page\.html\.j2"):
        render(DAY, "zh")


@pytest.mark.parametrize(
    "attack",
    [
        '#read("/etc/passwd")',
        '#read("../secret.txt")',
        '#image("../../etc/hostname")',
        '#import "@preview/cetz:0.3.0"',
        '#plugin("/lib/x.wasm")',
        '#include "/../secret.txt"',
    ],
)
def test_a_page_in_print_reaches_nothing_outside_its_folder(attack: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    theme = write(tmp_path / "theme", "page.typ", f"{attack}\n")
    with pytest.raises(TemplateError, match=r"page\.typ:1"):
        PrintRenderer("pdf", str(theme))(DAY, "zh")
