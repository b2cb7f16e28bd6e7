"""The pages of the reference, in either language, out of what survey.py found and the words in words.toml."""

from __future__ import annotations

from typing import Any

from reference_commands import codes_page, commands_page, settings_page
from reference_json import json_page
from reference_python import python_page
from reference_themes import themes_page
from reference_words import Words


def pages(found: dict[str, Any], documents: dict[str, Any], language: str) -> dict[str, str]:
    """The text of each page by its path below reference/."""
    words = Words(language)
    return {
        "commands": commands_page(found, words),
        "settings": settings_page(found, words),
        "codes": codes_page(found, words),
        "json": json_page(found, documents, words),
        "themes": themes_page(found, words),
        "python": python_page(found, words),
    }


def settle() -> None:
    """Raises ValueError, after all pages are made, where names lack words or words lack a name."""
    if wrong := Words.settle():
        raise ValueError("the reference is not whole:\n  " + "\n  ".join(wrong))
