#!/usr/bin/env python3
"""Prints, as JSON, every name that a user of briefing can meet: the raw material of the reference.

usage: survey.py --lang zh|en

Nothing here is written by hand: commands come from the Typer app, settings from the Settings class, the fields of
each --json from running the command on examples/pages, theme variables from the templates. One process a
language.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from survey_commands import commands
from survey_json import documents
from survey_python import python
from survey_settings import settings
from survey_themes import nouns, themes

from briefing.messages import Language

ROOT = Path(__file__).parents[2]


def exit_codes() -> list[dict[str, Any]]:
    """The codes that the expected failures carry, each with the names of its errors."""
    from briefing import errors

    found: dict[int, list[str]] = {}
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, errors.BriefingError):
            found.setdefault(value.exit_code, []).append(name)
    return [{"code": code, "errors": names} for code, names in sorted(found.items())]


def variables(known: set[str]) -> list[str]:
    """Environment variables that the source mentions and that are no setting's."""
    found: set[str] = set()
    for file in (ROOT / "briefing").rglob("*.py"):
        found |= set(re.findall(r"\bBRIEFING_[A-Z][A-Z_]*[A-Z]\b", file.read_text(encoding="utf-8")))
    return sorted(found - known)


def survey(language: Language) -> dict[str, Any]:
    """Everything, in one language; the fields of --json are the same in both and asked for once."""
    found = settings(language)
    return {
        "commands": commands(language),
        "settings": found,
        "exit_codes": exit_codes(),
        "variables": variables({row["variable"] for row in found}),
        "schema": json.loads(next((ROOT / "briefing/render").glob("*.schema.json")).read_text("utf-8")),
        "nouns": nouns(),
        "themes": themes(),
        "python": python(),
        "documents": documents(ROOT / "examples/pages") if language == "zh" else {},
    }


if __name__ == "__main__":
    json.dump(survey("en" if sys.argv[-1] == "en" else "zh"), sys.stdout, ensure_ascii=False)
