"""The program as a person runs it in a folder: settings with a mail server, and a command."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from command import run_briefing

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples/pages"


def configured(desk: Path, port: int, **more: object) -> None:
    values = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "from": "云汀编辑部 <desk@yunting.test>",
        "backoff": 0,
    }
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in (values | more).items()]
    (desk / "briefing.toml").write_text("[mail]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def briefing(desk: Path, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "LANG", "LC_"))}
    own = {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(desk / "data"), "HOME": str(desk)}
    return run_briefing(*words, cwd=desk, env={**clean, **own, **env})
