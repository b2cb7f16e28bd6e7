"""What the tools of `briefing mcp` say of themselves, and their arguments, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from ..mcp.tool import Argument
from ..messages import Message

MOST = 100
"""Editions or hits of one call."""
EDITION = Argument(
    name="edition",
    about=Message(
        "期号，如 2026-11-20 或 2026-11-20-evening；不写为最近一期",
        "An edition, such as 2026-11-20 or 2026-11-20-evening; default: the newest.",
    ),
    most=64,
)
SINCE = Argument(
    name="since", about=Message("从这一天起，如 2026-11-01", "First day, such as 2026-11-01."), most=40
)
UNTIL = Argument(
    name="until", about=Message("到这一天止，如 2026-11-30", "Last day, such as 2026-11-30."), most=40
)
LIMIT = Argument(
    name="limit",
    about=Message("最多几条，默认 20", "How many at most, default 20."),
    kind="integer",
    least=1,
    most=MOST,
)


QUERY = (
    Argument(name="query", about=Message("要找的词", "The words to find."), required=True, least=1, most=400),
)
WITHIN = (
    Argument(name="section", about=Message("只找这一栏", "Only this section."), most=80),
    Argument(name="paper", about=Message("只找这份报纸", "Only this paper."), most=80),
    Argument(name="newest", about=Message("最近的在前", "The newest first, not the best."), kind="boolean"),
)
STORY = Argument(
    name="story",
    about=Message("这一期的第几条，从 1 数起", "The story's number in its edition, from 1."),
    kind="integer",
    required=True,
    least=1,
    most=100_000,
)
TEXT = (
    Argument(name="text", about=Message("文章正文", "The article's text."), required=True, least=1),
    Argument(name="headline", about=Message("标题", "Its headline."), most=400),
    Argument(
        name="length",
        about=Message("最多几个字，20–2000", "Characters at most, 20–2000."),
        kind="integer",
        least=20,
        most=2000,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A tool without what answers."""

    name: str
    title: Message
    about: Message
    arguments: tuple[Argument, ...]


TOOLS = (
    Described(
        name="list_editions",
        title=Message("列出各期简报", "List editions"),
        about=Message("列出存档的各期简报，最近的在前。", "The briefings that were kept, the newest first."),
        arguments=(SINCE, UNTIL, LIMIT),
    ),
    Described(
        name="read_edition",
        title=Message("读一期简报", "Read an edition"),
        about=Message(
            "读一期简报：每条的编号、标题、要点、摘要和出处。",
            "One briefing: number, headline, gist, summary and source of each story.",
        ),
        arguments=(EDITION,),
    ),
    Described(
        name="search",
        title=Message("搜索报道", "Search"),
        about=Message(
            "搜索存档的全部报道；空格隔开的词都要出现，引号为原样，-词 为不含。",
            "Search all stories; every word must occur, quotes keep a phrase, -word leaves out.",
        ),
        arguments=(*QUERY, SINCE, UNTIL, *WITHIN, LIMIT),
    ),
    Described(
        name="read_article",
        title=Message("读一篇文章", "Read an article"),
        about=Message(
            "一条报道的摘要、每句所依据的原文，和文章全文。",
            "A story's summary, the words that each sentence rests on, and the whole article.",
        ),
        arguments=(STORY, EDITION),
    ),
    Described(
        name="summarize",
        title=Message("摘要一段文字", "Summarize"),
        about=Message(
            "离线摘要一篇中文文章，并指出每句的依据。",
            "Summarize a Chinese article offline, with the evidence of each sentence.",
        ),
        arguments=TEXT,
    ),
)
"""In the order in which a client sees them."""
