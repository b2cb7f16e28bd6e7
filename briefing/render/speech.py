"""A briefing as a script to be read aloud, by a person or by a machine: one sentence a line.

Knows the order of a newscast: the greeting, the overview, section by section, the end. How a number
or a date is said is in text/spoken.py. It is in Chinese, whatever the language of the labels is: so
are the stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..messages import Language
from ..text.mark import marked
from ..text.sentences import sentences
from ..text.spoken import spoken
from ..types import Briefing, Document, Form, Story
from . import filters, follow_up

FULL = (Form.FULL, Form.SHORT)


@dataclass(frozen=True, slots=True)
class SpeechRenderer:
    """Renders a briefing as plain text that is written to be heard."""

    format: str = "speech"

    def __call__(self, briefing: Briefing, language: Language) -> Document:
        """The script; the same briefing gives the same bytes."""
        text = "\n".join(_script(briefing)).strip() + "\n"
        return Document(format=self.format, content=marked("txt", text.encode("utf-8", "replace")))


def _script(briefing: Briefing) -> Iterator[str]:
    """The lines; an empty one is a pause."""
    count = len(briefing.stories)
    yield f"{spoken(briefing.title)}，{spoken(filters.date_long(briefing.date).replace(' ', '，'))}。"
    if papers := "、".join(spoken(paper) for paper in briefing.papers):
        yield f"本期摘自{papers}，共{spoken(f'{count}条')}。"
    if briefing.overview:
        yield from ("", "先听要点。", *(line for one in briefing.overview for line in _lines(one)))
    for section in briefing.sections:
        if section.stories:
            yield from ("", f"{spoken(section.name)}。" if section.name else "")
        for story in section.stories:
            yield from _story(story)
        if section.more:
            yield f"这一栏另有{spoken(f'{section.more}条')}，没有播出。"
    yield from ("", "以上内容由程序自动摘要，引用前请核对原文。")


def _story(story: Story) -> Iterator[str]:
    """The headline, then the summary; of a brief only one of them."""
    if story.form not in FULL:
        yield from _lines(follow_up.line(story.summary.gist or story.article.headline, story))
        return
    yield from ("", *_lines(follow_up.line(story.article.headline, story)))
    yield from _lines(filters.gist(story))
    yield from _lines(story.summary.text + follow_up.before(story))
    if story.article.paper:
        yield f"{spoken(story.article.paper)}{spoken(filters.page_name(story.article.page_number))}报道。"


def _lines(text: str) -> Iterator[str]:
    """A sentence a line, each with its full stop."""
    for start, end in sentences(text):
        if line := spoken(text[start:end]):
            yield line if line[-1] in "。！？" else line.rstrip("，、；：") + "。"
