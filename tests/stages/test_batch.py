"""briefing batch: the same tables on every engine, nothing lost or done twice, whatever is killed."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from command import run_briefing

from briefing.app.batch import Job, Report, run
from briefing.errors import StoreError, UsageError
from briefing.read.corpus import Record, records
from briefing.store.shards import TABLES, Shards

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples/pages"
with_ray = pytest.mark.skipif(not find_spec("ray"), reason="ray is not installed")


def row(n: int) -> dict[str, str]:
    text = (
        f"云汀市昨日公布第{n}号文件，涉及{n % 17 + 2}个街道，要求年底前完成。\n记者看到，文件共{n + 3}条，"
        f"由市政府办公室起草。\n负责人说，第{n}号文件此前征求了{n * 3 + 5}位居民的意见，下周起施行。"
    )
    return {"id": f"r{n}", "title": f"云汀市公布第{n}号文件", "text": text, "date": "2026-11-20"}


def write_rows(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in rows)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def job(out: Path, *sources: Path | str, **more: Any) -> Job:
    return Job(sources=tuple(map(str, sources)), out=out, model="extract", length=120, **more)


def do(asked: Job) -> Report:
    return run(asked, lambda report: None)


def table(out: Path, name: str, format: str = "jsonl") -> list[dict[str, Any]]:
    return [dict(one) for one in Shards(out, format).rows(name)]


def contents(out: Path) -> dict[str, bytes]:
    return {str(one.relative_to(out)): one.read_bytes() for one in out.rglob("*") if one.is_file()}


def batch(*words: object) -> list[str]:
    return ["batch", *map(str, words), "--model", "extract", "--lang", "en"]


def briefing(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return run_briefing(*batch(*words), cwd=Path.cwd(), env={**os.environ, **env}, timeout=300)


def test_rows_and_pages_become_tables(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", map(row, range(3)))
    with rows.open("a", encoding="utf-8") as file:
        file.write('not JSON\n\n{"title": "没有正文"}\n' + json.dumps(row(1), ensure_ascii=False) + "\n")
    (tmp_path / "more.jsonl.gz").write_bytes(gzip.compress(json.dumps(row(7)).encode()))
    with (tmp_path / "table.csv").open("w", encoding="gb18030", newline="") as text:
        csv.writer(text).writerows([["标题", "正文"], ["云汀港扩建", row(9)["text"]], ["空", ""]])
    out = tmp_path / "out"
    report = do(job(out, rows, tmp_path / "more.jsonl.gz", tmp_path / "table.csv", PAGES, tmp_path / "none"))
    articles, summaries = table(out, "articles"), table(out, "summaries")
    assert report.copies == 1
    assert report.problems == {"unreadable": 4}
    assert [one["id"] for one in articles[:4]] == ["r0", "r1", "r2", "r7"]
    assert articles[4]["text"] == row(9)["text"]
    assert len(articles) == len(summaries) == report.articles > 15
    assert {one["source"] for one in table(out, "problems")} == {
        f"{rows}:4",
        f"{rows}:6",
        f"{tmp_path / 'table.csv'}:5",
        str(tmp_path / "none"),
    }
    texts = {(one["record"], one["number"]): one["text"] for one in articles}
    for one in table(out, "evidence"):
        assert texts[one["record"], one["number"]][one["start"] : one["end"]]
    records = table(out, "records")
    assert len(records) == len({one["record"] for one in records}) == report.records
    assert sum(one["articles"] for one in records) == len(articles)
    assert sorted(path.stem for path in (out / "part-000000").iterdir()) == sorted(TABLES)


def test_processes_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", map(row, range(40)))
    do(job(tmp_path / "one", rows, PAGES, shard=7))
    do(job(tmp_path / "two", rows, PAGES, shard=7, engine="processes", workers=2))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(Shards(tmp_path / "one", "jsonl").names()) == 7


def test_a_killed_job_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", map(row, range(200)))
    do(job(tmp_path / "whole", rows, shard=20))
    out = tmp_path / "killed"
    for resume in ((), ("--resume",)):
        words = batch(rows, "--out", out, "--shard", 20, "-q", *resume)
        run = subprocess.Popen([sys.executable, "-m", "briefing", *words])
        before = set(out.glob("part-*"))
        while run.poll() is None and set(out.glob("part-*")) <= before:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        run.wait()
    (out / ".part-0123456789ab").mkdir()
    again = briefing(rows, "--out", out, "--shard", 20, "--resume", "--json")
    assert again.returncode == 0, again.stderr
    report = json.loads(again.stdout)
    assert report["earlier"] >= 20
    assert report["earlier"] + report["records"] == 200
    assert report["copies"] == 0
    assert contents(out) == contents(tmp_path / "whole")
    last = briefing(rows, "--out", out, "--shard", 20, "--resume", "--json")
    assert last.returncode == 0, last.stderr
    assert json.loads(last.stdout)["records"] == 0
    assert contents(out) == contents(tmp_path / "whole")


def test_what_does_not_fit_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", map(row, range(3)))
    out = tmp_path / "out"
    do(job(out, rows))
    before = contents(out)
    for asked in (
        job(out, rows),
        job(out, rows, resume=True, shard=9),
        job(tmp_path, rows),
        job(rows, rows),
        job(tmp_path / "x", rows, address="auto"),
        job(tmp_path / "x", "https://news.example.cn/"),
        job(tmp_path / "x", "nosuch://bucket/rows.jsonl"),
    ):
        with pytest.raises(UsageError):
            do(asked)
    assert contents(out) == before
    (out / "part-000000/records.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError):
        do(job(out, rows, resume=True))


def test_the_command_line(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", map(row, range(3)))
    done = briefing(rows, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "3 articles" in done.stdout
    wrong = briefing(rows, "--out", tmp_path / "x", "--engine", "proceses")
    assert wrong.returncode == 2
    assert "processes" in wrong.stderr
    assert briefing("--out", tmp_path / "x").returncode == 2
    assert briefing(rows).returncode == 2
    none = briefing(tmp_path / "none.jsonl", "--out", tmp_path / "y")
    assert none.returncode == 3
    assert "Traceback" not in none.stderr


def test_an_encoding_is_told_and_a_line_without_it_is_a_problem(tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_bytes(json.dumps(row(1), ensure_ascii=False).encode("gb18030") + b"\n")
    late = tmp_path / "late.jsonl"
    line = json.dumps({**row(2), "pad": "云" * 400_000}, ensure_ascii=False).encode() + b"\n"
    late.write_bytes(line + b'{"text": "\xff\xfe"}\n' + json.dumps(row(3)).encode())
    out = tmp_path / "out"
    report = do(job(out, old, late))
    assert report.articles == 3
    assert table(out, "articles")[0]["text"] == row(1)["text"]
    assert [one["source"] for one in table(out, "problems")] == [f"{late}:2"]


def test_parquet_in_and_out(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = tmp_path / "in/rows.parquet"
    rows.parent.mkdir()
    parquet.write_table(arrow.Table.from_pylist([row(n) for n in range(5)]), rows)
    (tmp_path / "in/torn.parquet").write_bytes(b"PAR1 and no more")
    for name in ("one", "two"):
        report = do(job(tmp_path / name, tmp_path / "in", format="parquet", shard=2))
    assert report.articles == 5
    assert report.problems == {"unreadable": 1}
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert [one["id"] for one in table(tmp_path / "one", "articles", "parquet")] == [
        f"r{n}" for n in range(5)
    ]
    again = do(job(tmp_path / "one", tmp_path / "in", format="parquet", shard=2, resume=True))
    assert (again.records, again.earlier) == (0, 6)


def test_the_output_is_no_input(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.jsonl", map(row, range(3)))
    do(job(tmp_path / "out", tmp_path, shard=2))
    assert do(job(tmp_path / "out", tmp_path, shard=2, resume=True)).records == 0


def test_files_of_a_store_by_their_address(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    folder = tmp_path / "store"
    folder.mkdir()
    write_rows(folder / "a.jsonl", map(row, range(2)))
    write_rows(folder / "b.jsonl", map(row, range(2, 5)))
    (folder / "note.bin").write_bytes(b"no page")
    base = folder.as_uri()
    assert do(job(tmp_path / "one", base)).articles == 5
    assert do(job(tmp_path / "two", f"{base}/*.jsonl")).articles == 5
    assert do(job(tmp_path / "three", f"{base}/b.jsonl")).articles == 3
    assert do(job(tmp_path / "four", f"{base}/none.jsonl")).problems == {"unreadable": 1}


def test_how_much_of_the_input_is_read(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", map(row, range(4)))
    shares = [one.share for one in records([str(rows)]) if isinstance(one, Record)]
    assert shares == sorted(shares)
    assert 0.2 < shares[0] < 0.3
    assert shares[-1] == 1


def test_near_duplicates(tmp_path: Path) -> None:
    pytest.importorskip("datasketch", reason="datasketch is not installed")
    first = "".join(row(n)["text"] for n in range(3))
    other = "云汀大桥11月20日通车，全长3.5公里，总投资12亿元，从城东到城西的车程由40分钟缩短到8分钟。" * 2
    texts = [first, other, first.replace("起草", "编写") + "（完）", "短讯"]
    rows = write_rows(tmp_path / "rows.jsonl", ({"id": str(n), "text": text} for n, text in enumerate(texts)))
    out = tmp_path / "out"
    report = do(job(out, rows, duplicates=True))
    keys = [one["record"] for one in table(out, "articles")]
    found = [json.loads(line) for line in (out / "duplicates.jsonl").read_text("utf-8").splitlines()]
    assert report.duplicates == 1
    assert [(one["record"], one["first_record"]) for one in found] == [(keys[2], keys[0])]
    assert found[0]["likeness"] > 0.7


@with_ray
def test_ray_gives_the_same_bytes_as_one_process(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", map(row, range(60)))
    do(job(tmp_path / "one", rows, PAGES, shard=25))
    done = briefing(rows, PAGES, "--out", tmp_path / "two", "--engine", "ray", "--workers", 2, "--shard", 25)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


KILLING = """
import os
from briefing.engine import ray

ray.RETRIES = 1

class Maker:
    def __call__(self):
        return work

def work(n):
    if n == 7:
        os._exit(9)
    return 2 * n

stage = ray.ray_stage(Maker(), 1, address=None, size=lambda n: 1, lost=lambda n: -n)
print(list(stage(range(20))))
"""


@with_ray
def test_an_item_that_kills_its_actor_is_lost_alone(tmp_path: Path) -> None:
    (tmp_path / "killing.py").write_text(KILLING)
    run = subprocess.run(
        [sys.executable, "killing.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(tmp_path)))},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.stdout.strip() == str([-7 if n == 7 else 2 * n for n in range(20)]), run.stderr
