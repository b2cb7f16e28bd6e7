"""What mkdocs is told beside mkdocs.yml: one language of the site, what is made (made.py), all decisions in the nav."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from made import ROOT, made

WRAPPED = re.compile(
    r"(?<=[\u2014-\u2026\u3000-\u9fff\uff00-\uffef])\n(?=[\u2014-\u2026\u3000-\u9fff\uff00-\uffef])"
)
TEXT = {
    "en": {
        "site_description": "Turns the day's Chinese newspaper pages into a one-page daily briefing, offline",
        "首页": "Home",
        "教程": "Tutorial",
        "怎么做": "How-to",
        "扩展": "Extending",
        "参考": "Reference",
        "背景": "Background",
        "决定": "Decisions",
    }
}
"""What stands in mkdocs.yml in Chinese, in another language."""


def on_config(config: Any) -> Any:
    """Chooses the language, which is extra.language: zh unless build.py says otherwise."""
    language = config.extra.get("language", "zh")
    words = TEXT.get(language, {})
    decisions = sorted(f"decisions/{file.name}" for file in (ROOT / "docs/decisions").glob("*.md"))
    config.nav = _nav(config.nav, decisions, words)
    config.site_description = words.get("site_description", config.site_description)
    config.theme["language"] = language
    config.docs_dir = str(_staged(language))
    return config


def on_page_content(content: str, **_: Any) -> str:
    """Joins the lines of Chinese paragraphs: a browser would put a space where the source has a line's end."""
    parts = re.split(r"(<pre.*?</pre>)", content, flags=re.DOTALL)
    return "".join(part if part.startswith("<pre") else WRAPPED.sub("", part) for part in parts)


def _nav(nav: Any, decisions: list[str], words: dict[str, str]) -> Any:
    """The nav with its titles in `words`, and every decision where it says so."""
    if isinstance(nav, list):
        return [_nav(item, decisions, words) for item in nav]
    if isinstance(nav, dict):
        return {words.get(name, name): _nav(item, decisions, words) for name, item in nav.items()}
    return decisions if nav == "decisions" else nav


def _staged(language: str) -> Path:
    """A folder with docs/ and all that is made, in one language; gone when the process ends.

    NAME.en.md is the English page NAME; where there is none, English readers get the Chinese one.
    """
    folder = Path(tempfile.mkdtemp(prefix="briefing-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder, dirs_exist_ok=True)
    for name, content in made().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    for page in folder.rglob("*.en.md"):
        if language == "en":
            page.replace(page.with_name(page.name.replace(".en.md", ".md")))
        else:
            page.unlink()
    return folder
