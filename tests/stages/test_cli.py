"""The command line: what it prints where, its exit codes, and that bad input is told plainly and loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import run_briefing

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples/pages"
ARTICLE = "云汀大桥11月20日通车，全长3.5公里，总投资12亿元。\n从城东到城西的车程由40分钟缩短到8分钟。\n"


def briefing(*words: object, cwd: Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "LANG", "LC_"))}
    return run_briefing(*words, cwd=cwd, stdin=stdin, env={**clean, **env})


def extract(*words: object, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return briefing(*words, "--model", "extract", cwd=cwd, **more)


def test_digest_prints_only_paths_on_stdout(tmp_path: Path) -> None:
    run = extract("digest", PAGES, "--format", "md,json", "--out", tmp_path / "a/b", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert [Path(line).name for line in run.stdout.splitlines()] == [
        "briefing-2026-11-20.md",
        "briefing-2026-11-20.json",
    ]
    assert all(Path(line).is_file() for line in run.stdout.splitlines())
    assert "2026-11-20" in run.stderr


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    words = ["digest", str(PAGES), "--format", "html,md,txt,json,pdf,png", "--model", "extract"]
    for folder in (
        "one",
        "two",
    ):  # started twice, and not forked: the order of sets is another in each interpreter
        started = [sys.executable, "-m", "briefing", *words, "--out", folder]
        subprocess.run(started, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == 6
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_a_digest_on_paper_is_cut_to_its_pages_and_the_data_is_not(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    page = "云汀日报\n2026年11月20日 星期五 第01版\n\n" + "\n\n".join(
        f"云汀市公布第{n}号文件\n\n云汀市昨日公布第{n}号文件，涉及{n}个街道，要求年底前完成。\n"
        + f"记者看到，第{n}号文件共{n + 3}条。" * 3
        for n in range(1, 61)
    )
    (tmp_path / "01.txt").write_text(page, encoding="utf-8")
    found = {}
    for pages in ("1", "2", "auto"):
        run = extract(
            "digest", "01.txt", "--pages", pages, "--format", "pdf,png,md,json", "--out", pages, cwd=tmp_path
        )
        assert run.returncode == 0, run.stderr
        paths = [tmp_path / line for line in run.stdout.split()]
        assert [path.suffix for path in paths] == [".pdf", ".png", ".md", ".json"]
        stories = sum(len(s["stories"]) for s in json.loads(paths[3].read_text(encoding="utf-8"))["sections"])
        told = paths[2].read_text(encoding="utf-8").count("\n### ")
        found[pages] = (len(pdfium.PdfDocument(paths[0])), told, stories)
    assert found["1"][0] == 1 and found["2"][0] == 2 and found["auto"][0] > 2
    assert {stories for _, _, stories in found.values()} == {found["auto"][1]}
    assert found["1"][1] < found["2"][1] < found["auto"][1]
    for wrong in ("0", "half"):
        run = extract("digest", "01.txt", "--pages", wrong, cwd=tmp_path)
        assert run.returncode == 2 and "auto" in run.stderr


def test_words_of_the_users_move_stories_and_explain_says_why(tmp_path: Path) -> None:
    plain = json.loads(summarized(tmp_path, "plain"))
    asked = json.loads(summarized(tmp_path, "asked", "--boost", "托位", "--mute", "冷空气"))
    heads = [[story["headline"] for story in made["sections"][0]["stories"]] for made in (plain, asked)]
    assert sorted(heads[0]) == sorted(heads[1])
    assert "托位" in heads[1][0] and "托位" not in heads[0][0]
    assert "冷空气" in heads[1][-1]
    run = extract("digest", PAGES, "--watch", "云汀港", "--explain", "--lang", "zh", cwd=tmp_path)
    assert "版次" in run.stderr and "云汀港" in run.stderr
    assert run.stdout.count("\n") == 2


def summarized(folder: Path, name: str, *flags: str) -> str:
    run = extract("digest", PAGES, "--format", "json", "--out", name, *flags, cwd=folder)
    assert run.returncode == 0, run.stderr
    return Path(folder / run.stdout.strip()).read_text(encoding="utf-8")


def test_two_papers_with_one_event_make_one_story(tmp_path: Path) -> None:
    text = "云汀大桥11月20日上午10时正式通车，全长3.5公里，总投资12亿元，双向六车道。\n从城东到城西的车程由40分钟缩短到8分钟。"
    for paper in ("云汀日报", "江屿晚报"):
        page = f"{paper}\n2026年11月20日 星期五 第01版\n\n云汀大桥通车\n\n{text}\n" + (
            "市长出席。\n" if paper == "云汀日报" else ""
        )
        (tmp_path / f"{paper}.txt").write_text(page, encoding="utf-8")
    run = extract("digest", "云汀日报.txt", "江屿晚报.txt", "--format", "json", "--out", "o", cwd=tmp_path)
    made = json.loads(Path(tmp_path / run.stdout.strip()).read_text(encoding="utf-8"))
    (story,) = [story for section in made["sections"] for story in section["stories"]]
    assert [also["paper"] for also in story["also"]] == ["江屿晚报"]
    assert made["papers"] == ["云汀日报", "江屿晚报"]


def test_one_bad_source_is_a_problem_not_the_end(tmp_path: Path) -> None:
    run = extract("digest", PAGES, "missing.txt", "--json", cwd=tmp_path)
    assert run.returncode == 1
    report = json.loads(run.stdout)
    assert [p["source"] for p in report["problems"]] == ["missing.txt"]
    assert report["stories"] > 5
    assert "missing.txt" in run.stderr


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("zeros.txt", bytes(4096)),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("gone.txt", None),
    ],
)
def test_nothing_readable_is_exit_3_and_writes_nothing(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    run = extract("digest", name, "--out", "out", cwd=tmp_path)
    assert run.returncode == 3, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("digest", PAGES, "--model", "nonesuch"),
        ("digest", PAGES, "--model", "./"),
        ("digest", PAGES, "--template", "nonesuch"),
        ("digest", PAGES, "--format", "docx"),
        ("digest", PAGES, "--length", "3"),
        ("digest", PAGES, "--date", "heute"),
        ("digest", PAGES, "--config", "nonesuch.toml"),
        ("digest",),
        ("digets", PAGES),
        ("summarize", "--length", "x", "a.txt"),
        ("eval", "nonesuch.jsonl"),
        ("check",),
        ("check", "a.txt"),
        ("check", "-", "-"),
        ("models", "info", "extract"),
        ("models", "path", "nonesuch"),
    ],
)
def test_a_mistake_on_the_command_line_is_exit_2_with_a_hint(
    tmp_path: Path, words: tuple[object, ...]
) -> None:
    run = briefing(*words, cwd=tmp_path)
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert "错误" in run.stderr
    assert run.stdout == ""


def test_a_damaged_model_is_exit_4(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model/model.toml").write_text("schema = 1\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    run = briefing("summarize", "a.txt", "--model", "./model", cwd=tmp_path)
    assert run.returncode == 4, run.stderr
    assert "model.toml" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_out_that_is_a_file_is_exit_5(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    run = extract("digest", PAGES, "--out", "out", cwd=tmp_path)
    assert run.returncode == 5, run.stderr
    assert (tmp_path / "out").read_text(encoding="utf-8") == "in the way"


def test_settings_flags_over_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(
        f'sources = ["{PAGES.as_posix()}"]\ntitle = "文件"\nformat = ["md"]\nmodel = "lead"\n',
        encoding="utf-8",
    )
    for words, env, title in (
        ((), {}, "文件"),
        ((), {"BRIEFING_TITLE": "环境"}, "环境"),
        (("--title", "选项"), {"BRIEFING_TITLE": "环境"}, "选项"),
    ):
        run = briefing("digest", *words, cwd=tmp_path, **env)
        assert run.returncode == 0, run.stderr
        assert title in (tmp_path / "briefing-2026-11-20.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["titel = 1\n", "title = \n", "length = 5\n"])
def test_a_wrong_settings_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    run = briefing("digest", PAGES, cwd=tmp_path)
    assert run.returncode == 2
    assert "briefing.toml" in run.stderr


def test_summarize_stdin_and_records(tmp_path: Path) -> None:
    run = extract("summarize", "-", cwd=tmp_path, stdin=ARTICLE)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("云汀大桥11月20日通车")
    rows = [{"id": f"n{i}", "title": "云汀大桥通车", "text": ARTICLE} for i in range(5)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n", encoding="utf-8")
    run = extract("summarize", "a.jsonl", "--json", cwd=tmp_path)
    assert run.returncode == 1
    got = [json.loads(line) for line in run.stdout.splitlines()]
    assert [g["id"] for g in got] == ["n0", "n1", "n2", "n3", "n4"]
    assert set(got[0]) >= {"headline", "gist", "summary", "sentences", "model", "origin", "checks", "article"}
    start, end = got[0]["sentences"][0]["evidence"][0]
    assert got[0]["article"]["text"][start:end] == got[0]["sentences"][0]["text"]
    assert "6" in run.stderr


def test_segment_gives_a_line_for_each_source(tmp_path: Path) -> None:
    run = briefing("segment", PAGES, "--json", cwd=tmp_path)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert [Path(row["source"]).name for row in rows] == sorted(path.name for path in PAGES.iterdir())
    assert all(row["articles"] for row in rows)


def test_english_on_request(tmp_path: Path) -> None:
    assert "Usage:" in briefing("--lang", "en", "--help", cwd=tmp_path).stdout
    assert "用法：" in briefing("--help", cwd=tmp_path).stdout
    assert "error:" in briefing("digest", "x", "--model", "y", "--lang", "en", cwd=tmp_path).stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m briefing segment "{PAGES}" --json | head -c 10'
    run = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, cwd=tmp_path
    )
    assert run.returncode == 0
    assert "Traceback" not in run.stderr


def test_an_interrupt_is_exit_130_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source, slow = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", "digest", "-", "--out", "out", "--model", "lead"],
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.default_int_handler
        ),  # a background job ignores it
        stdin=source,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(source)
    with os.fdopen(slow, "wb", buffering=0) as pipe:
        pipe.write(b"x" * 200_000)  # more than a pipe holds: returns once the program reads
        for _ in range(
            4
        ):  # one that arrives just before the program waits for bytes is told when they come: never
            process.send_signal(2)
            try:
                _, said = process.communicate(timeout=10)
                break
            except subprocess.TimeoutExpired:
                continue
        else:
            process.kill()
            _, said = process.communicate()
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_eval_compares_side_by_side(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "title": "云汀大桥通车",
        "text": ARTICLE,
        "gist": "云汀大桥20日通车，全长3.5公里",
        "summary": "云汀大桥11月20日通车，全长3.5公里，过江车程缩短到8分钟。",
        "facts": ["云汀大桥11月20日通车", "总投资12亿元"],
    }
    (tmp_path / "cases.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    words = ("eval", "cases.jsonl", "--model", "lead", "--model", "extract")
    run = briefing(*words, "--json", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    got = json.loads(run.stdout)
    assert set(got) == {"lead", "extract"}
    assert got["lead"]["articles"] == 1
    assert 40 < got["lead"]["summary"][2] <= 100
    assert got["lead"]["peak_mb"] > 10
    table = briefing(*words, cwd=tmp_path).stdout
    assert "lead" in table.splitlines()[0]
    assert "ROUGE" in table


def test_models_list_knows_methods(tmp_path: Path) -> None:
    rows = json.loads(briefing("models", "list", "--json", cwd=tmp_path).stdout)
    assert {"extract", "lead", "textrank"} <= {row["name"] for row in rows}
