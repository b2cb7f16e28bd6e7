"""Pages and pictures that are made, not written: from the code, and from files at the root of the repository.

reference/*.md       by survey.py and reference.py
index.md             README.zh-CN.md; README.md in English
changelog.md …       CHANGELOG, CONTRIBUTING, the shipped model's card
assets/made/*.png    the example briefing in every bundled theme
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from reference import pages, settle

ROOT = Path(__file__).parents[2]
ROOT_PAGES = {
    "index.md": "README.zh-CN.md",
    "index.en.md": "README.md",
    "changelog.md": "CHANGELOG.md",
    "contributing.md": "CONTRIBUTING.md",
    "reference/model.md": "models/briefing-zh/README.md",
}
"""Pages of the site that are files elsewhere in the repository."""
LINKS = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "models/briefing-zh": "reference/model.md",
    "models/briefing-zh/README.md": "reference/model.md",
}
"""Where the links of these files lead to on the site; docs/NAME becomes NAME."""
COPIED = ("models/briefing-zh/NOTICE", "LICENSE", "SECURITY.md")
"""Files that are linked to and are no pages: they go along as plain text."""
OTHER_LANGUAGE = re.compile(r"^\[[^\]]+\]\(README[^)]*\)\n+", re.MULTILINE)
"""README's link to itself in the other language: the site has a switch."""


@functools.cache
def made() -> dict[str, str | bytes]:
    """The text of every page and file that is made, by its path in the site; raises RuntimeError and ValueError."""
    found = {path: _relinked(source) for path, source in ROOT_PAGES.items() if (ROOT / source).is_file()}
    for name in COPIED:
        if (ROOT / name).is_file():
            found[f"files/{Path(name).stem}.txt"] = (ROOT / name).read_text(encoding="utf-8")
    found |= _pictures()
    zh, en = _surveyed("zh"), _surveyed("en")
    for language, survey in (("zh", zh), ("en", en)):
        for name, text in pages(survey, zh["documents"], language).items():
            found[f"reference/{name}{'' if language == 'zh' else '.en'}.md"] = text
    found["reference/briefing-1.schema.json"] = json.dumps(zh["schema"], ensure_ascii=False, indent=2) + "\n"
    settle()
    return found


def _pictures() -> dict[str, str | bytes]:
    """The example briefing in every bundled theme, as the program prints it today."""
    found: dict[str, str | bytes] = {}
    for theme in sorted(file.parent.name for file in (ROOT / "templates").glob("*/theme.toml")):
        with tempfile.TemporaryDirectory() as folder:
            options = ["--template", theme, "--format", "png", "--out", folder]
            _run("-m", "briefing", "digest", "examples/pdf", *options)
            found[f"assets/made/{theme}.png"] = next(Path(folder).glob("*.png")).read_bytes()
    return found


def _surveyed(language: str) -> Any:
    """What survey.py says, in a process of its own: the program chooses its language when it starts."""
    return json.loads(_run(str(Path(__file__).with_name("survey.py")), "--lang", language))


def _run(*arguments: str) -> str:
    """What Python prints when run so at the root, with this checkout's program."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "BRIEFING_LANG": "zh"},
    )
    if run.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{run.stderr}")
    return run.stdout


def _relinked(source: str) -> str:
    """A file of the repository with its links leading to pages of the site."""
    text = OTHER_LANGUAGE.sub("", (ROOT / source).read_text(encoding="utf-8"))
    folder = Path(source).parent
    depth = "../" if source.startswith("models/") else ""

    def to(match: re.Match[str]) -> str:
        target, _, anchor = match[1].partition("#")
        path = os.path.normpath(folder / target).replace(os.sep, "/")
        if path.startswith("docs/"):
            place = path.removeprefix("docs/").replace(".en.md", ".md")
        elif path in COPIED:
            place = f"files/{Path(path).stem}.txt"
        else:
            place = LINKS.get(path, "")
        return f"]({depth}{place}{'#' + anchor if anchor else ''})" if place else match[0]

    return re.sub(r"\]\((?!https?:|mailto:|#)([^)\s]+)\)", to, text)
