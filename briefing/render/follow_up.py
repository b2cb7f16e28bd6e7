"""How a story that goes on is printed: its kicker says so, and after the summary stands what an earlier
edition told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..messages import Language, Message
from ..types import Story
from .filters import day_short

FURTHER = Message("后续", "Update")
BEFORE = Message("此前（{day}）：", "Earlier ({day}): ")


def kicker(story: Story, labels: Mapping[str, Any] | None = None, language: Language = "zh") -> str:
    """What stands above the headline: 后续, where the story goes on, and the article's kicker."""
    further = _label(labels, "further", FURTHER, language) if story.earlier else ""
    return " · ".join(filter(None, (further, story.article.kicker)))


def line(words: str, story: Story, labels: Mapping[str, Any] | None = None, language: Language = "zh") -> str:
    """A story's line in a list: 后续：…, where the story goes on."""
    if not story.earlier:
        return words
    colon = labels["colon"] if labels else ("：" if language == "zh" else ": ")
    return f"{_label(labels, 'further', FURTHER, language)}{colon}{words}"


def before(story: Story, labels: Mapping[str, Any] | None = None, language: Language = "zh") -> str:
    """What an earlier edition told of the story, with its day; empty for a new story."""
    if not (earlier := story.earlier):
        return ""
    told = (earlier.gist or earlier.headline).rstrip("。")
    day = day_short(earlier.date, language)
    return f"{_label(labels, 'before', BEFORE, language).replace('{day}', day)}{told}。"


def _label(labels: Mapping[str, Any] | None, name: str, otherwise: Message, language: Language) -> str:
    return str(labels[name]) if labels else otherwise(language)
