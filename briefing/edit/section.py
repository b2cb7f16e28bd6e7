"""Puts stories into the briefing's sections: the user's own, the column or page named in print,
else the words.

    CustomSection(...)      a word of the user's in headline or lead, or a source of his
    经济新闻, 01版·要闻       what the paper itself says, where it says it
    page 1                  要闻
    the lexicon             points for words of headline and lead; the best section, if it is clearly the best
    else                    综合

The lexicon (lexicon.py) is read by longest match, without a tagger. Measured on labels made by hand
for 320 articles, half of which were kept out of its making: see benchmarks/section_accuracy.py.
Does not know irony, nor whose city is home: a paper's local news is told from the nation's only by
the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

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
"""Characters of the text that are read for words."""
POINTS = (3, 2, 1)
HEADLINE = 2
"""How many times more a word of the headline counts."""
OFFICE = 12
"""Points of 要闻 for an office in headline or lead; several count once."""
ENOUGH = 4
"""Points below which a section is a guess."""
CLEARLY = 1.05
"""How many times the points of the second a section must have."""
FRONT = re.compile(r"(?:第?A?0*[1一]版?|头版|要闻版)")


@dataclass(frozen=True, slots=True)
class CustomSection:
    """A section of the user's own: stories with one of the words in headline or lead, or out of one
    of the sources.

    `sources` are names of papers, or beginnings of the source's address or file name. With the name
    of a section that there is, it only adds to it.
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
    """The section for a column named `printed` on page `page_number`; 综合 where neither says."""
    for word in (printed or "").split("·"):
        for name, pattern in SECTIONS.items():
            if re.search(pattern, word):
                return name
    return "要闻" if page_number is not None and FRONT.fullmatch(page_number) else OTHER


def section_of(article: Article, customs: Sequence[CustomSection] = ()) -> str:
    """The section of an article, as the module says."""
    for custom in customs:
        if custom.takes(article):
            return custom.name
    printed = printed_section(article.section, article.page_number)
    return guess_section(article) if printed == OTHER else printed


def guess_section(article: Article) -> str:
    """The section that the words of headline and lead speak for; 综合 in doubt."""
    ranked = sorted(section_points(article).items(), key=lambda item: -item[1])
    (first, most), (_, second) = ranked[0], ranked[1]
    return first if most >= ENOUGH and most >= second * CLEARLY else OTHER


def section_points(article: Article) -> dict[str, int]:
    """The points of each section, in the order of SECTIONS. A word counts once in the headlines
    and once in the lead."""
    found = dict.fromkeys(SECTIONS, 0)
    titles = article.titles
    for text, times in ((titles, HEADLINE), (article.text[:LEAD], 1)):
        for word in _lexicon_words(text):
            for name, value in _lexicon_table()[word].items():
                found[name] += value * times
    if _office_words() & (_lexicon_words(titles) | _lexicon_words(article.text[:LEAD])):
        found["要闻"] += OFFICE
    return found


def sectioned(stories: Iterable[Story], customs: Sequence[CustomSection] = ()) -> tuple[Section, ...]:
    """The stories by section, each section in the order given; empty ones are left out.

    要闻 is first, then the user's own in their order, then the others in the order of SECTIONS, and
    综合.
    """
    first, *others = SECTIONS
    found: dict[str, list[Story]] = {
        name: [] for name in (first, *(custom.name for custom in customs), *others, OTHER)
    }
    for story in stories:
        found[section_of(story.article, customs)].append(story)
    return tuple(Section(name=name, stories=tuple(group)) for name, group in found.items() if group)


def _lexicon_words(text: str) -> set[str]:
    """The words of the lexicon that a text has: at each place the longest, and none inside another."""
    table, longest = _lexicon_table(), _longest_word()
    found: set[str] = set()
    at = 0
    while at < len(text):
        word = next((w for n in range(longest, 1, -1) if (w := text[at : at + n]) in table), None)
        if word:
            found.add(word)
        at += len(word) if word else 1
    return found


@cache
def _lexicon_table() -> dict[str, dict[str, int]]:
    """Each word of the lexicon with its points for the sections that have it."""
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
