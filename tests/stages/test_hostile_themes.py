"""Themes of strangers: nothing outside their folder is read, nothing is fetched, nothing is without end."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import run_briefing
from edition import DAY

from briefing.app.themes import copy_theme
from briefing.errors import TemplateError
from briefing.isolation.isolated import close_children
from briefing.messages import Language
from briefing.render import template_child, theme_files
from briefing.render.mail import MailRenderer
from briefing.render.page import TemplateRenderer
from briefing.render.pdf import PrintRenderer
from briefing.render.template_child import TemplateLimitError
from briefing.render.theme_catalog import theme_entries, theme_entry
from briefing.render.theme_check import FILES, check_theme
from briefing.render.theme_toml import PLAIN, read_theme_toml
from briefing.render.themes import find_theme, labels, mail_style, type_sizes
from briefing.resources import templates_dir

posix = pytest.mark.skipif(os.name == "nt", reason="links and FIFOs of POSIX")


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A stranger's theme beside a secret."""
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    (tmp_path / "theme").mkdir()
    return tmp_path / "theme"


def html(theme: Path) -> str:
    return TemplateRenderer("html", str(theme))(DAY, "zh").content.decode()


def put(theme: Path, name: str, text: str) -> None:
    (theme / name).write_text(text, encoding="utf-8")


def link_out(theme: Path, name: str) -> None:
    (theme / name).symlink_to(theme.parent / "secret.txt")


def link_to_zero(theme: Path, name: str) -> None:
    (theme / name).symlink_to("/dev/zero")


def dangling(theme: Path, name: str) -> None:
    (theme / name).symlink_to("nowhere")


def circle(theme: Path, name: str) -> None:
    (theme / name).symlink_to(name)


def fifo(theme: Path, name: str) -> None:
    os.mkfifo(theme / name)


def directory(theme: Path, name: str) -> None:
    (theme / name).mkdir()


def huge(theme: Path, name: str) -> None:
    (theme / name).touch()
    os.truncate(theme / name, theme_files.LARGEST + 1)


def server(theme: Path, name: str) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(theme)  # the path of a socket is at most 108 bytes long
        listener.bind(name)
        os.chdir(here)


ODD = (link_out, link_to_zero, dangling, circle, fifo, directory, huge, server)


# ---- 15: files


@posix
@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("name", ["page.html.j2", "page.typ", "logo.png", "theme.toml", "page.css"])
def test_an_odd_file_of_a_theme_is_refused_in_words(
    theme: Path, name: str, make: Callable[[Path, str], None]
) -> None:
    put(theme, "page.md.j2", "x")
    make(theme, name)
    refused = f"{theme / name}"
    for use in (
        lambda: theme_entry(str(theme)),
        lambda: copy_theme(str(theme), theme.parent / "copy", ()),
    ):
        with pytest.raises(TemplateError) as caught:
            use()
        assert refused in caught.value.message.en and caught.value.hint
    assert not (theme.parent / "copy").exists()
    if name not in ("page.html.j2", "page.css"):
        with pytest.raises(TemplateError):
            PrintRenderer("pdf", str(theme))(DAY, "zh")
    (result,) = check_theme(str(theme))
    assert result.format == FILES and refused in result.failures[0][0].en


@posix
@pytest.mark.parametrize("make", ODD)
def test_a_page_includes_nothing_odd(theme: Path, make: Callable[[Path, str], None]) -> None:
    put(theme, "page.html.j2", "{% include 'parts/part.css' %}")
    (theme / "parts").mkdir()
    make(theme / "parts", "part.css")
    if make is link_out:
        (theme / "parts/part.css").unlink()
        (theme / "parts/part.css").symlink_to(theme.parent / "secret.txt")
    with pytest.raises(TemplateError, match=r"part\.css"):
        html(theme)


@posix
@pytest.mark.parametrize(
    "tag",
    ["{% include 'd/secret.txt' %}", "{% extends 'd/secret.txt' %}", "{% import 'd/secret.txt' as x %}"],
)
def test_a_folder_that_is_a_link_leads_nowhere(theme: Path, tag: str) -> None:
    put(theme, "page.html.j2", tag)
    (theme / "d").symlink_to(theme.parent)
    with pytest.raises(TemplateError, match="leaves the theme's folder"):
        html(theme)


@posix
def test_links_within_a_theme_and_to_a_theme_are_followed(theme: Path) -> None:
    put(theme, "part.css", "inside")
    (theme / "page.html.j2").symlink_to("part.css")
    (theme.parent / "link").symlink_to(theme)
    assert html(theme) == html(theme.parent / "link") == "inside\n"


def test_hidden_files_are_not_included(theme: Path) -> None:
    put(theme, "page.html.j2", "{% include '.env' %}")
    put(theme, ".env", "geheim")
    with pytest.raises(TemplateError, match="no template"):
        html(theme)


def test_a_folder_of_too_many_or_too_large_files_is_refused(
    theme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        put(theme, f"{number}.svg", "x" * 100)
    for limit, value in (("MOST_FILES", 3), ("LARGEST_FOLDER", 350)):
        with monkeypatch.context() as patch:
            patch.setattr(theme_files, limit, value)
            with pytest.raises(TemplateError, match="holds more than"):
                theme_entry(str(theme))
    assert theme_entry(str(theme))


@posix
def test_a_theme_that_cannot_be_used_is_listed_with_its_problem(theme: Path) -> None:
    fifo(theme, "logo.png")
    put(theme.parent, "x.css", "no theme")
    good = theme.parent / "good"
    good.mkdir()
    put(good, "page.css", "")
    entries = {entry.name: entry for entry in theme_entries((theme.parent,))}
    assert entries["good"].problem is None and entries["good"].parts
    problem = entries["theme"].problem
    assert problem and "logo.png" in problem.en


@pytest.mark.parametrize(
    "template", ["~nosuchuser/x", "x" * 5000, "a\0b", "", "/nowhere/\0/x.j2", "nosuch\x1b[31m"]
)
def test_odd_names_of_templates_are_an_error_in_words(template: str) -> None:
    with pytest.raises(TemplateError) as caught:
        find_theme("html", template, ())
    assert "\x1b" not in caught.value.message.en and len(caught.value.message.en) < 500


# ---- 16: the network


PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A proxy that the environment names, for a child that is started from now on."""
    close_children()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{listener.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "*")
        yield listener
        with pytest.raises(BlockingIOError):  # nobody has come
            listener.accept()
    close_children()


@pytest.mark.parametrize(
    "imported",
    ['"@preview/cetz:0.2.2"', '("@pre" + "view/cetz:0.2.2")', '"@local/x:1.0.0"', '"@other/x:1.0.0": *'],
)
def test_a_page_imports_no_packages(
    theme: Path, proxy: socket.socket, imported: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = theme.parent / "cache/typst/packages/preview/cetz/0.2.2"
    package.mkdir(parents=True)
    put(package, "typst.toml", '[package]\nname = "cetz"\nversion = "0.2.2"\nentrypoint = "lib.typ"')
    put(package, "lib.typ", "#let x = 1")
    for variable in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(theme.parent / "cache"))
    put(theme, "page.typ", f"\n#import {imported}\nx")
    with pytest.raises(TemplateError, match=r"page\.typ:2: Typst packages are not available"):
        PrintRenderer("pdf", str(theme))(DAY, "zh")


def test_a_package_in_a_part_of_a_page_is_named_too(theme: Path, proxy: socket.socket) -> None:
    put(theme, "page.typ", '#import "own.typ": *')
    put(theme, "own.typ", '\n\n#import "@preview/cetz:0.2.2"')
    with pytest.raises(TemplateError, match=r"own\.typ:3: Typst packages"):
        PrintRenderer("pdf", str(theme))(DAY, "zh")


# ---- 19: time and memory


LOOP = "{% for i in range(99999) %}{% for j in range(99999) %}{% for k in range(99999) %}{% endfor %}{% endfor %}{% endfor %}"
LOOPS = [LOOP, "{{ lipsum(n=100000000) }}", "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}" + LOOP]
STRINGS = [
    "{{ 'a' * 10**10 }}",
    "{{ 'a' | center(3000000000) }}",
    "{{ ('a' * 10**9) ~ ('b' * 10**9) }}",
    "{% set ns=namespace(s='a'*1000) %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{{ 'a' * 80000000 }}",
    "{{ '%2000000000d' % 1 }}",
]
PAGES = [
    "#range(1000000000).len()",
    '#let a = "x"\n#for i in range(40) { a = a + a }\n#a.len()',
    "#set page(width: 1e30pt, height: 1e30pt)\nx",
    "#let f(n) = f(n + 1) + f(n + 1)\n#f(0)",
]


@pytest.fixture
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_child, "SECONDS", 1.0)


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_ends(theme: Path, one_second: None, loop: str) -> None:
    put(theme, "page.html.j2", loop)
    put(theme, "mail.html.j2", loop)
    with pytest.raises(TemplateLimitError, match="takes more than"):
        html(theme)
    with pytest.raises(TemplateLimitError, match="takes more than"):
        MailRenderer(str(theme))(DAY, "zh")


@pytest.mark.parametrize("text", STRINGS)
def test_a_text_of_gigabytes_is_an_error(theme: Path, text: str) -> None:
    put(theme, "page.html.j2", text)
    put(theme, "mail.txt.j2", text)
    for render in (lambda: html(theme), lambda: MailRenderer(str(theme))(DAY, "zh")):
        with pytest.raises(TemplateError, match=r"memory|too large"):
            render()
    put(theme, "page.html.j2", "{{ briefing.title }}")
    assert html(theme) == "每日简报\n"  # the child, or the next one, is there again


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_print_without_end_is_an_error(theme: Path, page: str) -> None:
    put(theme, "page.typ", page)
    with pytest.raises(TemplateError):
        PrintRenderer("pdf", str(theme))(DAY, "zh")


def test_a_loop_in_print_ends(theme: Path, one_second: None) -> None:
    put(theme, "page.typ", "#for i in range(30000) [ #for j in range(30000) [x] ]")
    with pytest.raises(TemplateError):
        PrintRenderer("pdf", str(theme))(DAY, "zh")


def test_a_part_of_the_users_in_a_bundled_page_is_bounded_too(theme: Path, one_second: None) -> None:
    put(theme, "page.css", LOOP)
    with pytest.raises(TemplateLimitError):
        TemplateRenderer("html", "classic", (theme,))(DAY, "zh")


def test_a_subject_of_gigabytes_is_an_error() -> None:
    with pytest.raises(TemplateError, match="memory"):
        MailRenderer(subject="{{ 'a' * 10**10 }}")(DAY, "zh")


def test_letters_of_a_theme_of_ones_own_share_a_child_and_see_changes(theme: Path) -> None:
    put(theme, "mail.txt.j2", "{{ recipient.name if recipient else 'all' }}")
    renderer = MailRenderer(str(theme))
    assert renderer.letter_renderer(DAY, "zh")().text == "all\n"
    put(theme, "mail.txt.j2", "changed")
    assert renderer.letter_renderer(DAY, "zh")().text == "changed\n"


def test_marks_of_another_shape_are_no_crash(theme: Path) -> None:
    for metadata in ("none", "(:)", "(columns: 0, left: 0, step: 0, top: 0, bottom: 0)", '"x"'):
        put(theme, "page.typ", f"#metadata(none)<start>x#metadata({metadata})<end>#metadata(1)<pages>")
        assert PrintRenderer("pdf", str(theme))(DAY, "zh").content.startswith(b"%PDF")


# ---- 21: theme.toml


WRONG = [
    ("type=5", "[type]"),
    ("[[type]]", "[type]"),
    ("theme=5", "[theme]"),
    ("labels=[1]", "[labels]"),
    ("mail='x'", "[mail]"),
    ("[type]\nsizes=[1e308]", "sizes"),
    ("[type]\nsizes=[nan]", "sizes"),
    ("[type]\nsizes=[inf]", "sizes"),
    ("[type]\nsizes=[73]", "sizes"),
    ("[type]\nsizes=[true]", "sizes"),
    ("[type]\nsizes=[]", "sizes"),
    ("[type]\nsizes='12'", "sizes"),
    ("[type]\nsizes=[[9]]", "sizes"),
    (f"[type]\nsizes={[9] * 51}", "sizes"),
    (f"[type]\nsizes=[1{'0' * 400}]", "sizes"),
    ("[theme]\nname=5", "[theme] name"),
    ("[theme]\ndescription=5", "description"),
    ("[theme]\ndescription={zh=5}", "description.zh"),
    ("[labels.en]\nstories=5", "[labels.en] stories"),
    ('[labels.en]\nstories={one="a"}', "stories.other"),
    ("[labels.en]\nstories={one=1,other=2}", "stories.one"),
    ("[labels.en]\ncomma=5", "[labels.en] comma"),
    ('[labels.en]\ncomma={one="a",other="b"}', "[labels.en] comma"),
    ('[labels.zh]\nsection_names="x"', "[labels.zh] section_names"),
    ('[labels.zh]\nsection_names={"要闻"=1}', "section_names 要闻"),
    ("[labels.en]\nnotice=2026-01-01", "[labels.en] notice"),
    ('[labels.en]\nnotice=["a"]', "[labels.en] notice"),
    ("[labels.en]\nmine=5", "[labels.en] mine"),
    (f'[labels.en]\nmine="{"x" * 3000}"', "[labels.en] mine"),
    ("labels.zh=1", "[labels.zh]"),
    ("[mail]\naccent=5", "[mail] accent"),
    ('[mail]\naccent="red"', "[mail] accent"),
    ('[mail]\ntitle_font="a;}"', "[mail] title_font"),
    ("a=" + "[" * 5000, "nested"),
    ("a=" + "1" * 5000, "theme.toml"),
    ("[labels", "theme.toml"),
]  # fmt: skip


@pytest.mark.parametrize(("toml", "key"), WRONG)
def test_a_wrong_theme_toml_names_the_file_and_the_key(theme: Path, toml: str, key: str) -> None:
    put(theme, "theme.toml", toml)
    found = find_theme("html", str(theme), ())
    for use in (
        lambda: read_theme_toml(theme),
        lambda: labels(found, "en"),
        lambda: mail_style(found),
        lambda: type_sizes(found),
        lambda: theme_entry(str(theme)),
        lambda: html(theme),
    ):
        with pytest.raises(TemplateError, match=r"theme\.toml") as caught:
            use()
        assert key in caught.value.message.en and len(caught.value.message.en) < 900


def test_a_good_theme_toml_is_taken_and_cleaned(theme: Path) -> None:
    put(
        theme,
        "theme.toml",
        '[theme]\ndescription="红\\u001b[31m色"\n[labels.zh]\nmine={one="a",other="b"}\n[type]\nsizes=[12, 9.5]',
    )
    content = read_theme_toml(theme)
    assert content.description.zh == content.description.en == "红色"
    assert content.sizes == (9.5, 12.0) and content.labels["zh"]["mine"] == {"one": "a", "other": "b"}


def test_the_labels_without_a_plural_are_those_of_the_default_theme() -> None:
    tables = read_theme_toml(templates_dir() / "classic").labels
    languages: tuple[Language, ...] = ("zh", "en")
    plain = {name for name in tables["zh"] if all(isinstance(tables[lang][name], str) for lang in languages)}
    assert plain == PLAIN


# ---- the command


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return run_briefing("--lang", "en", *words, cwd=folder)


@posix
def test_the_command_says_what_is_wrong(theme: Path) -> None:
    link_out(theme, "page.css")
    put(theme, "theme.toml", "type=5")
    checked = run("templates", "check", "./theme", "--json", folder=theme.parent)
    (files,) = json.loads(checked.stdout)["formats"]
    assert checked.returncode == 2 and files["format"] == FILES
    assert "page.css" in files["failures"][0] and "[type]" in files["failures"][1]
    (theme / "theme.toml").unlink()
    for words in (("show", "./theme"), ("show", "./theme", "page.css"), ("copy", "./theme", "copy")):
        shown = run("templates", *words, folder=theme.parent)
        assert shown.returncode == 2 and "leaves the theme's folder" in shown.stderr
        assert "geheim" not in shown.stdout
    put(theme.parent, "briefing.toml", 'templates = ["."]')
    listed = run("templates", "list", folder=theme.parent)
    assert listed.returncode == 2 and "classic" in listed.stdout and "page.css" in listed.stdout
