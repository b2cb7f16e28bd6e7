"""A briefing as one message of a chat channel, in its own markup.

Knows what each channel prints bold and what it takes for markup; how long a message may be is the
matter of whoever fits it. Words of articles never become markup, links or mentions.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..messages import Language, Message
from ..text.clean_input import clean_line
from ..types import Briefing, Form, Story
from . import filters, follow_up

MARKS = re.compile(r"([\\`*_~\[\]<>#|])")
FULL = (Form.FULL, Form.SHORT)
MORE = Message("另有 {n} 条", "{n} more")
ONLINE = Message("全文", "Read it all")
NOTICE = Message("摘要由程序自动生成，引用前请核对原文。", "Machine-made: check the original before quoting.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How a channel writes plain words, bold ones, and a link."""

    plain: Callable[[str], str]
    bold: Callable[[str], str]
    link: Callable[[str, str], str]
    heading: Callable[[str], str]


def _full_width(text: str) -> str:
    """Words in which nothing is markup: the marks in full width, since these channels escape nothing."""
    return MARKS.sub(lambda found: chr(ord(found[1]) + 0xFEE0), text)


def _slack(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"[*_~`]", lambda found: chr(ord(found[0]) + 0xFEE0), escaped)


def _markdown(heading: str) -> Markup:
    return Markup(
        plain=_full_width,
        bold=lambda text: f"**{_full_width(text)}**",
        link=lambda text, address: f"[{_full_width(text)}]({address})",
        heading=lambda text: f"{heading}{_full_width(text)}{'**' if heading == '**' else ''}",
    )


def _html(text: str) -> str:
    return html.escape(text, quote=False)


MARKUPS: dict[str, Markup] = {
    "apprise": Markup(
        plain=str,
        bold=str,
        link=lambda text, address: f"{text} {address}",
        heading=lambda text: f"■ {text}",
    ),
    "wecom": _markdown("### "),
    "dingtalk": _markdown("### "),
    "feishu": _markdown("**"),
    "telegram": Markup(
        plain=_html,
        bold=lambda text: f"<b>{_html(text)}</b>",
        link=lambda text, address: f'<a href="{html.escape(address)}">{_html(text)}</a>',
        heading=lambda text: f"<b>■ {_html(text)}</b>",
    ),
    "slack": Markup(
        plain=_slack,
        bold=lambda text: f"*{_slack(text)}*",
        link=lambda text, address: f"<{address}|{_slack(text)}>",
        heading=lambda text: f"*■ {_slack(text)}*",
    ),
}


def message(briefing: Briefing, kind: str, language: Language, link: str = "") -> str:
    """The briefing as one message; `link` is where all of it can be read."""
    return "\n".join(_lines(briefing, MARKUPS[kind], language, link)).strip()


def _lines(briefing: Briefing, markup: Markup, language: Language, link: str) -> Iterator[str]:
    day = filters.date_long(briefing.date, language)
    yield markup.bold(_clean(f"{briefing.title} {day}"))
    for section in briefing.sections:
        if not (section.stories or section.more):
            continue
        yield ""
        if section.name:
            yield markup.heading(_clean(section.name))
        for story in section.stories:
            yield from _story(story, markup, language)
        if section.more:
            yield markup.plain(MORE(language).format(n=section.more))
    yield ""
    if link:
        yield markup.link(ONLINE(language), link)
    yield markup.plain(NOTICE(language))


def _story(story: Story, markup: Markup, language: Language) -> Iterator[str]:
    """Headline and summary, or one line, with the paper and the page."""
    where = _credit(story)
    if story.form not in FULL:
        line = filters.title_line(story.article)
        if story.form is Form.LINE:
            line = story.summary.gist or line
        yield "· " + markup.plain(_clean(follow_up.line(line, story, language=language) + where))
        return
    title = filters.title_line(story.article)
    yield markup.bold(_clean(follow_up.line(title, story, language=language)))
    before = follow_up.before(story, language=language)
    yield markup.plain(_clean(story.summary.text + before + where))


def _clean(text: str) -> str:
    """One line that mentions nobody."""
    return clean_line(text).replace("@", "＠")


def _credit(story: Story) -> str:
    parts = filter(None, (story.article.paper, filters.page_name(story.article.page_number)))
    return f"（{''.join(parts)}）" if story.article.paper else ""
