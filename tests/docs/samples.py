"""The code samples of a page of docs/: what they are, and a folder in which they are run one after another.

A fenced block is a sample by its language. One with title="NAME" is a file, written to that name first; `sh` and `python`
are run, `text` after `<!-- output -->` is what the block before must have printed, with … for anything. Two marks exempt a
block from being run, each with a condition that test_docs_samples.py enforces:

    <!-- network -->           it cannot work without the Internet: it names a public address, a package or a hub's model
    <!-- by hand: WHY -->      it installs, prints or changes the system; no command of ours is in it
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from command import shell_command

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"^(?P<indent> *)(?:<!-- (?P<mark>[^\n]*?) -->\n(?P=indent))?"
    r"(?P<ticks>```+)(?P<language>[\w+-]*)(?: title=\"(?P<title>[^\"]+)\")?[^\n]*\n(?P<body>.*?)^(?P=indent)(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)
RUN = ("sh", "python")
SHOWN = ("text", "crontab", "ini", "bat")
"""Languages of blocks that are shown only; what is said of them is checked in another way, or nothing can be."""
WRITTEN = ("toml", "csv", "json", "xml", "jinja", "typst", "css", "sh", "python", "ini", "text")
"""Languages of files."""
BLOCKED = """
import socket

_connect = socket.socket.connect


def connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a sample without the mark `network` wants to reach {address[0]}")
    return _connect(self, address)


socket.socket.connect = connect
"""


@dataclass(frozen=True)
class Sample:
    """A fenced block: its page, the line of its fence, its language, title, mark and text."""

    page: Path
    line: int
    language: str
    title: str
    mark: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def samples(page: Path) -> list[Sample]:
    """Every fenced block of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        indent = match["indent"]
        body = "".join(line.removeprefix(indent) for line in match["body"].splitlines(keepends=True))
        line = text.count("\n", 0, match.start("ticks")) + 1
        found.append(Sample(page, line, match["language"], match["title"] or "", match["mark"] or "", body))
    return found


def commands(sample: Sample) -> list[list[str]]:
    """The command lines of a shell block that run `briefing`, split into words; comments and what follows | > || are not."""
    found = []
    for line in re.sub(r"\\\n", " ", sample.text).splitlines():
        part: list[str] = []
        for word in [*shlex.split(line, comments=True), ";"]:
            if word in ("|", "||", "&&", ";") or re.match(r"\d?>", word):
                if part[:1] == ["briefing"]:
                    found.append(part[1:])
                part = []
            else:
                part.append(word)
    return found


@dataclass
class Folder:
    """Where the samples of a page are run: the examples are in it; `briefing`, `python` and `pip` are this checkout's.

    `environment` overrides settings; `replaced` are words of samples that stand for something of the test's.
    `remembered` is the cache of several pages: the examples, which they all digest, are summarized once.
    """

    path: Path
    environment: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    remembered: Path | None = None
    output: str = ""

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "examples", self.path / "examples")
        tools = self.path.parent / "tools"
        tools.mkdir()
        python = f'"{sys.executable}"'
        install = "install --quiet --no-index --no-deps --no-build-isolation --disable-pip-version-check"
        for name, line in {
            "briefing": f'exec {shell_command()} "$@"',
            "python": f'exec {python} "$@"',
            "pip": f'shift; exec {python} -m pip {install} --target "{tools}/site" "$@"',
        }.items():
            (tools / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
            (tools / name).chmod(0o755)
        (tools / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
        self.environment = {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(map(str, (tools, tools / "site", ROOT))),
            **({} if sys.platform == "linux" else {"PYTHONUTF8": "1"}),  # with it no command could be forked
            "HOME": str(tools),
            "XDG_DATA_HOME": str(tools / "data"),
            "XDG_CACHE_HOME": str(self.remembered or tools / "cache"),
            "HF_HUB_OFFLINE": "1",
            "BRIEFING_LANG": "en" if self.path.name.endswith(".en") else "zh",
            **self.environment,
        }

    def do(self, sample: Sample) -> str:
        """Writes or runs one sample; what is wrong with it, or nothing."""
        text = sample.text
        for word, other in self.replaced.items():
            text = text.replace(word, other)
        if sample.mark == "output":
            return _unlike(sample.text, self.output)
        if sample.title:
            path = self.path / sample.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return ""
        if sample.language not in RUN or sample.mark:
            return ""
        line = ["bash", "-euo", "pipefail", "-c", text]
        if sample.language == "python":
            line = [sys.executable, "-W", "error", "-c", text]
        run = subprocess.run(
            line,
            cwd=self.path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment,
            timeout=600,
        )
        self.output = run.stdout + run.stderr
        return f"exit code {run.returncode}\n{self.output}" if run.returncode else ""


def _unlike(wanted: str, output: str) -> str:
    """Empty where the lines of `wanted` stand in `output` in this order, with … for what is left out."""
    pattern = ".*?".join(re.escape(part.strip("\n")) for part in wanted.split("…"))
    return "" if re.search(pattern, output, re.DOTALL) else f"the output is another:\n{output}"
