"""A sample briefing for checking themes: everything that a page can have, some of it in excess.

The city of 云汀, its newspapers and their news are invented.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import cycle, islice

from ..messages import Message
from ..types import Article, Briefing, Checks, Earlier, Form, Problem, Section, Sentence, Story, Summary

DATE = datetime.date(2026, 1, 5)
MARKUP = '<b>&"云汀"#[*]_$\\'
"""Part of a headline that is markup in HTML, Markdown and Typst; a page must print it literally."""
HEADLINES = (
    "云汀港新航线开通 首班货轮今晨离港",
    "三号线全线洞通",
    f"读者来信：{MARKUP} 是什么意思",
    "副市长朱镕垚、喆里区区长祎燚调研数据中心："
    "AI for Science 平台接入 GPU 1,024 张，OpenLab 2.0 下月起向全市中小企业免费开放，首批名额五百个",
    "今夜有雨",
    "滨湖图书馆周末延长开放至22时",
)
BODY = "昨日上午10时，云汀港首条远洋航线开通，货轮“江屿七号”载着1,200个集装箱离港。港务局说，全年将开行48班。"
FORMS = (Form.FULL, Form.FULL, Form.FULL, Form.SHORT, Form.LINE, Form.HEADLINE)
SECTIONS = ("要闻", "经济", "社会")


def _sample_story(number: int, headline: str, form: Form) -> Story:
    article = Article(
        id=f"sample-{number}",
        headline=headline,
        paragraphs=(BODY,),
        kicker="全市重点项目推进会要求盯紧节点" if number % 6 == 0 else None,
        deck="全年将开行48班" if number % 6 == 0 else None,
        byline="记者 顾承安" if number % 2 else None,
        agency=None if number % 2 else "据新华社电",
        source="https://news.example/云汀/a?b=1&c=2" if number % 3 == 0 else "pages/1.txt",
        paper="云汀日报" if number % 3 else None,
        page_number="1" if number % 5 else None,
    )
    cut = BODY.index("港务局")
    sentences = (
        Sentence(text=BODY[:cut], evidence=((0, cut),)),
        Sentence(text=BODY[cut:], evidence=((cut, len(BODY)),)),
    )
    checks = (
        Checks(unsupported_numbers=("2,048",), unsupported_names=("云汀大学",)) if number == 3 else Checks()
    )
    summary = Summary(
        gist="首条远洋航线开通，全年48班" if number % 4 else "",
        sentences=() if headline == "今夜有雨" else sentences,
        model="briefing-zh",
        checks=checks,
    )
    also = (
        Article(id="also", headline="", paragraphs=(), paper="云汀晚报", page_number="A2", source="2.txt"),
    )
    before = Earlier(date=DATE - datetime.timedelta(days=2), headline="三号线试挖", gist="三号线掘进过半")
    return Story(
        article=article,
        summary=summary,
        form=form,
        also=also if number == 0 else (),
        earlier=before if number % 4 == 1 else None,
    )


def sample(count: int) -> Briefing:
    """A briefing of `count` stories; with none, a day on which nothing could be read."""
    chosen = list(islice(zip(cycle(HEADLINES), cycle(FORMS), strict=False), count))
    stories = [_sample_story(number, headline, form) for number, (headline, form) in enumerate(chosen)]
    return Briefing(
        title="每日简报",
        date=DATE,
        sections=tuple(_sample_sections(stories)),
        overview=("云汀港首条远洋航线开通", "三号线全线洞通") if count > 1 else (),
        sources=("pages/1.txt", "pages/2.pdf"),
        papers=("云汀日报", "云汀晚报") if count else (),
        problems=(
            Problem(
                source="pages/2.pdf",
                message=Message("文件是空的", "the file is empty"),
                hint=Message("请检查导出是否完整", "check that it was exported completely"),
            ),
        ),
        told=(Earlier(date=DATE, headline="望江桥通车", gist=""),) if count > 1 else (),
        more_problems=2 if count else 0,
    )


def _sample_sections(stories: list[Story]) -> Iterator[Section]:
    """The stories by section, in order; the last section has some that are only counted."""
    size = -(-len(stories) // len(SECTIONS))
    for n, name in enumerate(SECTIONS):
        if part := stories[n * size : (n + 1) * size]:
            yield Section(name=name, stories=tuple(part), more=3 if name == SECTIONS[-1] else 0)
