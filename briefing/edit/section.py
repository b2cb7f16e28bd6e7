"""Assigns stories to the briefing's sections. The first rule that applies decides:

    CustomSection(...)      a user's keyword in headline or lead, or a user's source
    经济新闻, 01版·要闻       the printed column or page
    page 1                  要闻
    the lexicon             points for words of headline and lead, if one section clearly wins
    else                    综合

The lexicon (lexicon.py) is matched longest word first, without a tagger. Measured on 320 articles
labelled by hand, half of them held out while the lexicon was written: see
benchmarks/section_accuracy.py. Does not know irony, or which city is home: only the column
separates local from national news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ..text.lazy_pattern import lazy_pattern
from ..types import Article, Section, Story
from .lexicon import OFFICES, WORDS

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
LEAD = 160
"""Characters of the text that are searched for words."""
POINTS = (3, 2, 1)
HEADLINE = 2
"""Factor for words of the headline."""
OFFICE = 12
"""Points of 要闻 for an office in headline or lead; several count once."""
ENOUGH = 4
"""Minimum points of a section."""
CLEARLY = 1.05
"""Minimum ratio to the points of the second section."""
FRONT = lazy_pattern(r"(?:第?A?0*[1一]版?|头版|要闻版)")


@dataclass(frozen=True, slots=True)
class CustomSection:
    """A user's section: stories with one of the keywords in headline or lead, or from one of the
    sources.

    `sources` are names of papers, or prefixes of the source's address or file name. With the name
    of a built-in section, it adds to that section.
    """

    name: str
    keywords: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def takes(self, article: Article) -> bool:
        """Whether the article belongs here."""
        words = f"{article.titles}\n{article.text[:LEAD]}".casefold()
        named = (article.paper or "", article.source, re.split(r"[/\\]", article.source)[-1])
        return any(word and word.casefold() in words for word in self.keywords) or any(
            source and (source == named[0] or name.startswith(source))
            for source in self.sources
            for name in named[1:]
        )


def printed_section(printed: str | None, page_number: str | None) -> str:
    """The section of the printed column, else of the page number; 综合 if neither decides."""
    for word in (printed or "").split("·"):
        for name, pattern in SECTIONS.items():
            if re.search(pattern, word):
                return name
    return "要闻" if page_number is not None and FRONT.fullmatch(page_number) else OTHER


def section_of(article: Article, customs: Sequence[CustomSection] = ()) -> str:
    """The section of an article, by the rules above."""
    for custom in customs:
        if custom.takes(article):
            return custom.name
    printed = printed_section(article.section, article.page_number)
    return guess_section(article) if printed == OTHER else printed


def guess_section(article: Article) -> str:
    """The section by the words of headline and lead; 综合 in doubt."""
    ranked = sorted(section_points(article).items(), key=lambda item: -item[1])
    (first, most), (_, second) = ranked[0], ranked[1]
    return first if most >= ENOUGH and most >= second * CLEARLY else OTHER


def section_points(article: Article) -> dict[str, int]:
    """The points of each section, in the order of SECTIONS. A word counts once in the headlines and
    once in the lead."""
    points = dict.fromkeys(SECTIONS, 0)
    titles = article.titles
    for text, factor in ((titles, HEADLINE), (article.text[:LEAD], 1)):
        for word in _lexicon_words(text):
            for name, value in _lexicon_table()[word].items():
                points[name] += value * factor
    if _office_words() & (_lexicon_words(titles) | _lexicon_words(article.text[:LEAD])):
        points["要闻"] += OFFICE
    return points


def sectioned(stories: Iterable[Story], customs: Sequence[CustomSection] = ()) -> tuple[Section, ...]:
    """The stories by section, in the order given within each; empty sections are left out.

    First 要闻, then the custom sections, then the others in the order of SECTIONS, then 综合.
    """
    first, *others = SECTIONS
    groups: dict[str, list[Story]] = {
        name: [] for name in (first, *(custom.name for custom in customs), *others, OTHER)
    }
    for story in stories:
        groups[section_of(story.article, customs)].append(story)
    return tuple(Section(name=name, stories=tuple(group)) for name, group in groups.items() if group)


def _lexicon_words(text: str) -> set[str]:
    """The lexicon's words in a text: the longest match at each position, without overlaps."""
    table, longest = _lexicon_table(), _longest_word()
    matches: set[str] = set()
    index = 0
    while index < len(text):
        word = next((w for n in range(longest, 1, -1) if (w := text[index : index + n]) in table), None)
        if word:
            matches.add(word)
        index += len(word) if word else 1
    return matches


@cache
def _lexicon_table() -> dict[str, dict[str, int]]:
    """Each word of the lexicon with its points by section."""
    table: dict[str, dict[str, int]] = {}
    for name, rows in WORDS.items():
        for value, row in zip(POINTS, rows, strict=True):
            for word in row.split():
                table.setdefault(word, {}).setdefault(name, value)
    for word in OFFICES.split():
        table.setdefault(word, {})
    return table


@cache
def _office_words() -> frozenset[str]:
    return frozenset(OFFICES.split())


@cache
def _longest_word() -> int:
    return max(map(len, _lexicon_table()))
