"""Puts stories into the briefing's sections, by the name of the column or page in print.

Does not read the articles: a page that names no column leaves its stories in 综合, those of page 1 in 要闻.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..types import Section, Story

SECTIONS: dict[str, str] = {
    "要闻": r"要闻|时政|头版|头条|要聞|政要|特别报道",
    "国内": r"国内|全国|国家|各地|國內|中国",
    "国际": r"国际|國際|环球|世界|海外|外交|天下",
    "经济": r"经济|财经|金融|产业|經濟|財經|市场|商业|证券|三农",
    "社会": r"社会|民生|城事|本地|本市|法治|社會|城市|县域|生活|身边|人物|健康|教育|天气|交通|区县|乡村",
    "科技": r"科技|科学|科學|数码|网络|生态|环保",
    "文化": r"文化|副刊|读书|文艺|文藝|旅游|娱乐|文旅|艺术",
    "体育": r"体育|體育|赛场|运动",
}
OTHER = "综合"


def name_of(printed: str | None, page: str | None) -> str:
    """The section for a column named `printed` on page `page`."""
    for word in (printed or "").split("·"):
        for name, pattern in SECTIONS.items():
            if re.search(pattern, word):
                return name
    return "要闻" if page is not None and re.fullmatch(r"A?0*1", page) else OTHER


def sectioned(stories: Iterable[Story]) -> tuple[Section, ...]:
    """The stories by section, in the order of SECTIONS, each section in the order given; empty ones are left out."""
    found: dict[str, list[Story]] = {name: [] for name in (*SECTIONS, OTHER)}
    for story in stories:
        found[name_of(story.article.section, story.article.page)].append(story)
    return tuple(Section(name=name, stories=tuple(group)) for name, group in found.items() if group)
