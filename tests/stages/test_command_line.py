"""The command line in this process: help, language, mistakes, suggestions, completion."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefing.cli import language
from briefing.cli.help import wrapped
from briefing.cli.main import app
from briefing.text.width import width

ROOT = Path(__file__).parents[2]
PAGES = str(ROOT / "examples/pages")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMANDS = [
    ["digest"],
    ["summarize"],
    ["check"],
    ["segment"],
    ["render"],
    ["send"],
    ["eval"],
    ["help"],
    *(["models", name] for name in ("list", "info", "verify", "path", "bench")),
    *(["outbox", name] for name in ("list", "retry", "drop")),
    *(["templates", name] for name in ("list", "show", "copy", "check")),
]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BRIEFING_LANG", *language.LOCALE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command line."""
    result = CliRunner().invoke(app, list(words), prog_name="briefing")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("command", [[], ["models"], ["outbox"], ["templates"], *COMMANDS])
@pytest.mark.parametrize("speak", ["zh", "en"])
def test_every_help_page_is_in_one_language(command: list[str], speak: str) -> None:
    code, page, _ = run("--lang", speak, "help", *command)
    assert code == 0
    rest = page.replace("张三", "")
    assert bool(CHINESE.search(rest)) == (speak == "zh")
    if speak == "zh":
        assert not re.search(r"Usage|Options|Arguments|Show|default|required", rest)
    assert all(width(line) <= 100 for line in page.splitlines())


def test_without_a_command_the_help_is_printed() -> None:
    assert run() == run("--help") == run("help")
    assert run()[0] == 0
    assert run("models") == run("models", "--help")
    assert run("help", "models", "info") == run("models", "info", "--help")


def test_short_flags() -> None:
    page = run("digest", "--help")[1]
    for flag in (
        "-o, --out",
        "-f, --format",
        "-t, --template",
        "-m, --model",
        "-q, --quiet",
        "-v, --verbose",
    ):
        assert flag in page
    assert run("-V") == run("--version")
    assert run("-V")[1].startswith("briefing ")


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["digets"], "是不是想写 digest？", "did you mean digest?"),
        (["models", "inf"], "是不是想写 info？", "did you mean info?"),
        (["help", "sumarize"], "是不是想写 summarize？", "did you mean summarize?"),
        (["digest", "--formt", "x"], "是不是想写 --format？", "did you mean --format?"),
        (["digest", PAGES, "-f", "pfd"], "是不是想写 pdf？", "did you mean pdf?"),
        (["digest", PAGES, "--script", "hanss"], "是不是想写 hans？", "did you mean hans?"),
        (["digest", PAGES, "-m", "extrct"], "是不是想写 extract？", "did you mean extract?"),
        (["digest", "--format"], "选项 --format 后面要跟一个值", "option --format needs a value"),
        (["digest", "--json=1"], "选项 --json 不带值", "option --json takes no value"),
        (["summarize"], "缺少参数 SRC...", "SRC... is missing"),
        (["models", "path", "a", "b", "c"], "多出了参数：b c", "unexpected arguments: b c"),
        (["digest", PAGES, "--length", "x"], "“x”要写整数", "'x' must be a whole number"),
        (["digest", PAGES, "--length", "9" * 5000], "要写整数", "must be a whole number"),
        (["digest", PAGES, "--jobs", "65"], "“65”不能大于 64", "'65' must be at most 64"),
        (["digest", PAGES, "--delay", "nan"], "要写数字", "must be a number"),
        (["digest", PAGES, "--date", "yesterdy"], "“yesterdy”不是日期", "'yesterdy' is not a date"),
        (["digest", PAGES, "--date", "20260230"], "不是日期", "is not a date"),
        (["digest", PAGES, "--template", "~nosuchuser/x"], "没有这个用户", "a user that does not exist"),
        (["summarize", PAGES, "-m", "~nosuchuser/x"], "没有这个用户", "a user that does not exist"),
        (["templates", "show", "~nosuchuser/x"], "没有这个用户", "a user that does not exist"),
        (["models", "path", "~nosuchuser/x"], "没有这个用户", "no such user"),
        (["models", "bench", "--count", "many"], "--count 不对：many", "--count is wrong: many"),
        (["outbox", "drop", "9" * 5000], "应为不小于 1 的整数", "a whole number from 1 on"),
        (["outbox", "drop"], "没有说放弃哪些", "no delivery to drop was named"),
    ],
)
def test_a_mistake_is_named_in_one_language(words: list[str], zh: str, en: str) -> None:
    code, out, said = run(*words)
    assert (code, out) == (2, "") and zh in said
    code, out, said = run("--lang", "en", *words)
    assert (code, out) == (2, "") and en in said
    assert not CHINESE.search(said)


def test_a_language_that_does_not_exist_is_refused() -> None:
    assert run("--lang", "fr", "models", "list")[0] == 2
    assert run("digest", PAGES, "--lang", "fr")[0] == 2


@pytest.mark.parametrize(
    ("words", "variables", "speak"),
    [
        ((), {}, "zh"),
        ((), {"LANG": "en_US.UTF-8"}, "en"),
        ((), {"LANG": "de_DE.UTF-8"}, "zh"),
        ((), {"LANG": "en_US.UTF-8", "BRIEFING_LANG": "zh"}, "zh"),
        (("--lang", "en"), {"BRIEFING_LANG": "zh"}, "en"),
        (("--lang=en",), {}, "en"),
        (("--lang",), {}, "zh"),
    ],
)
def test_flag_then_variable_then_locale(
    words: tuple[str, ...], variables: dict[str, str], speak: str
) -> None:
    assert language.chosen(words, variables) == speak


def test_the_language_of_a_settings_file_counts(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('lang = "en"\nmodel = "lead"\n', "utf-8")
    assert "18 stories" in run("digest", PAGES, "-f", "md")[2]
    assert "18 条" in run("digest", PAGES, "-f", "md", "--lang", "zh")[2]


def test_a_date_as_people_write_it(tmp_path: Path) -> None:
    for word in ("20261120", "2026-11-20", "2026/11/20", "2026年11月20日"):
        out = run("digest", PAGES, "-m", "lead", "-f", "md", "--date", word)[1]
        assert out == "briefing-2026-11-20.md\n"


def test_verbose_names_each_source_and_quiet_nothing() -> None:
    said = run("segment", PAGES, "--json", "-v")[2]
    assert said.count("2026-11-20-0") == 4
    assert run("digest", PAGES, "-m", "lead", "-f", "md", "-q")[2] == ""


def test_what_a_file_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = "云汀大桥\u202e通车\x9b31m\n\n云汀大桥昨日通车，\x1b]0;x\x07全长3.5公里。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    for words in (["segment", "a.txt"], ["segment", "a.txt", "--json"], ["summarize", "a.txt", "-m", "lead"]):
        code, out, said = run(*words)
        assert code == 0
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out + said)
    assert "\x1b" not in run("digest", "\x1b[31mno.txt", "-m", "lead")[2]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("style", ["source_{}", "{}_source"])
def test_completion_scripts(monkeypatch: pytest.MonkeyPatch, shell: str, style: str) -> None:
    monkeypatch.setenv("_BRIEFING_COMPLETE", style.format(shell))
    code, out, _ = run()
    assert code == 0 and "complete_" + shell in out


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("briefing dig", ["digest"]),
        ("briefing models in", ["info"]),
        ("briefing digest --form", ["--format"]),
        ("briefing digest --format html,p", ["html,pdf", "html,png"]),
        ("briefing digest --script h", ["hans", "hant"]),
        ("briefing digest --template cl", ["classic"]),
        ("briefing digest -m ext", ["extract"]),
    ],
)
def test_completions(monkeypatch: pytest.MonkeyPatch, line: str, offered: list[str]) -> None:
    monkeypatch.setenv("_BRIEFING_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    assert run()[1].split() == offered


def test_completion_is_installed_in_the_users_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shellingham

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(shellingham, "detect_shell", lambda: ("fish", "/bin/fish"))
    code, out, _ = run("--install-completion")
    assert code == 0 and CHINESE.search(out) and "Completion" not in out
    assert (tmp_path / ".config/fish/completions/briefing.fish").is_file()
    assert "complete --command briefing" in run("--show-completion")[1]


def test_every_option_has_a_help_text_in_both_languages() -> None:
    def parameters(command: object) -> list[object]:
        own = list(command.params)  # type: ignore[attr-defined]
        return own + [p for child in getattr(command, "commands", {}).values() for p in parameters(child)]

    for parameter in parameters(typer.main.get_command(app)):
        text = getattr(parameter, "help", "") or ""
        if parameter.name not in ("install_completion", "show_completion"):  # type: ignore[attr-defined]
            assert text.count("\n") == 1 and CHINESE.search(text.split("\n")[0]), parameter
            assert not CHINESE.search(text.split("\n")[1].replace("张三", "")), parameter


def test_commands_stay_under_60_lines() -> None:
    import briefing.cli

    for path in Path(inspect.getfile(briefing.cli)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path.name}: {node.name}"


def test_lines_break_between_words_and_between_chinese_characters() -> None:
    assert wrapped("一二三四五，六七 abc def", 10) == ["一二三四五，", "六七 abc", "def"]
    assert wrapped("", 10) == []
