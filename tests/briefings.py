"""Briefings of any number of stories, all alike, for the tests of rendering and mailing."""

from __future__ import annotations

import datetime
from typing import Any

from briefing.messages import Message
from briefing.types import Article, Briefing, Checks, Problem, Section, Sentence, Story, Summary

DATE = datetime.date(2026, 11, 20)
TEXT = (
    "本报讯 记者林晚舟报道：云汀市地铁3号线昨日开通初期运营，全长28.6公里。",
    "首日客流达到31.2万人次。市民说，出门方便多了。",
)


def story(n: int = 1, headline: str = "地铁3号线昨日开通", **parts: Any) -> Story:
    text = "\n".join(TEXT)
    spans = [(0, len(TEXT[0])), (len(TEXT[0]) + 1, text.index("市民说"))]
    article = Article(
        id=f"a{n}",
        headline=headline,
        paragraphs=TEXT,
        order=0,
        **{"source": "pages/01.txt", "page_number": "01", "byline": "本报记者 林晚舟", **parts},
    )
    summary = Summary(
        gist="3号线串起城东城西",
        sentences=tuple(Sentence(text=text[a:b], evidence=((a, b),)) for a, b in spans),
        model="textrank",
    )
    return Story(article=article, summary=summary)


def briefing(*stories: Story, problems: tuple[Problem, ...] = (), per_section: int = 5) -> Briefing:
    groups = [stories[i : i + per_section] for i in range(0, len(stories), per_section)]
    return Briefing(
        title="每日简报",
        date=DATE,
        sections=tuple(Section(name=f"版块{i}", stories=group) for i, group in enumerate(groups, 1)),
        overview=tuple(s.summary.gist for s in stories[:3]),
        sources=("pages/01.txt", "pages/02.txt"),
        papers=("云汀日报", "云汀晚报"),
        problems=problems,
    )


def many(n: int) -> Briefing:
    return briefing(*(story(i, f"第{i}条：云汀市{i}号文件公布") for i in range(1, n + 1)))


PROBLEM = Problem(
    source="坏文件.pdf",
    message=Message("文件已损坏", "the file is damaged"),
    hint=Message("请重新下载", "fetch it again"),
)
CHECKED = Story(
    article=story().article,
    summary=Summary(gist="", sentences=(), model="neural", checks=Checks(unsupported_numbers=("35",))),
)
