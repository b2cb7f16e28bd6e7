"""The fields of what each command prints with --json: found by running it on the example pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

CASE = {
    "id": "1",
    "title": "云汀图书馆自习室延长开放",
    "text": "本报讯 云汀市图书馆昨日宣布，24小时自习室座位由180个增至320个，23日起可通过微信预约。",
    "gist": "云汀图书馆自习室座位增至320个",
    "summary": "云汀市图书馆自习室座位由180个增至320个。",
    "facts": ["320个"],
}
SETTINGS = """[mail]
host = "127.0.0.1"
port = 9
security = "none"
from = "desk@example.cn"
retries = 0
outbox = "outbox.sqlite3"
"""
RUNS = {
    "segment": "segment pages --json",
    "summarize": "summarize pages --model lead --json",
    "check": "check cases.jsonl --json",
    "digest": "digest pages --model lead --format md,json --json",
    "models list": "models list --json",
    "models info": "models info briefing-zh --json",
    "models bench": "models bench lead --count 1 --json",
    "templates list": "templates list --json",
    "templates show": "templates show classic --json",
    "templates check": "templates check mine --json",
    "eval": "eval cases.jsonl --model lead --json",
    "eval --show": "eval cases.jsonl --model lead --show",
    "": "send briefing-2026-11-20.json --to a@example.cn -q",
    "send, outbox list, outbox send, outbox retry": "outbox list --json",
}
"""In this order: a later one may need what an earlier one wrote. Those without a name only prepare."""


def documents(pages: Path) -> dict[str, list[dict[str, Any]]]:
    """For each command the paths of its fields, with the kinds of value seen."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        shutil.copytree(pages, here / "pages")
        (here / "pages/broken.pdf").write_bytes(b"%PDF-1.4 broken")
        (here / "mine").mkdir()
        (here / "mine/page.md.j2").write_text("{{ no.such }}", encoding="utf-8")
        (here / "cases.jsonl").write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
        (here / "briefing.toml").write_text(SETTINGS, encoding="utf-8")
        for name, line in RUNS.items():
            run = subprocess.run(
                [sys.executable, "-m", "briefing", *line.split()],
                cwd=here,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env=os.environ | {"PYTHONUTF8": "1"},
            )
            values = [json.loads(row) for row in run.stdout.splitlines() if row.startswith(("{", "["))]
            if name:
                if not values:
                    raise RuntimeError(f"briefing {line} printed no JSON: {run.stderr}")
                found[name] = fields(values)
    return found


def fields(values: list[Any]) -> list[dict[str, Any]]:
    """The paths of all fields below the values, in the order in which they are first met."""
    found: dict[str, set[str]] = {}
    for value in values:
        _walk(value, "", found)
    return [{"path": path, "kinds": sorted(kinds)} for path, kinds in found.items()]


def _walk(value: Any, path: str, found: dict[str, set[str]]) -> None:
    if path:
        found.setdefault(path, set()).add(_kind(value))
    if isinstance(value, dict):
        for name, inner in value.items():
            _walk(inner, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict):
                for name, deeper in inner.items():
                    _walk(deeper, f"{path}[].{name}", found)


def _kind(value: Any) -> str:
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")
