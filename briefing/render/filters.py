"""Small pure functions that templates use as Jinja filters.

Knows how dates, pages and sources are worded in Chinese and in English, and how Markdown is
escaped; knows nothing of Jinja and of themes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from ..messages import Language
from ..text.chars import fold
from ..text.novelty import novelty
from ..text.titles import leans
from ..text.width import width as columns
from ..types import Article, Briefing, Form, Sentence, Story

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# fmt: off
_MONTHS_EN = (  # not strftime: its names change with the machine's locale, and the bytes must not
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on

_NOT_AT_LINE_START = "，。、；：？！”’）》】」』〉…—％,.;:?!)]}%"
_NOT_AT_LINE_END = "“‘（《【「『〈([{"
TOLD = 0.3
"""The share of new pairs of characters up to which a gist says nothing that is not told beside it."""
LONGEST_TITLE = 48
"""Characters of a kicker and headline in one line."""
_INLINE = re.compile(r"[\\`*_{}\[\]#|~$]")
_LINE_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")


def date_long(date: datetime.date, language: Language = "zh") -> str:
    """2026年11月20日 星期五; Friday, 20 November 2026."""
    if language == "en":
        return f"{_WEEKDAYS_EN[date.weekday()]}, {date.day} {_MONTHS_EN[date.month - 1]} {date.year}"
    return f"{date.year}年{date.month}月{date.day}日 星期{_WEEKDAYS_ZH[date.weekday()]}"


def page_name(page_number: str | None, language: Language = "zh") -> str:
    """第01版; p. 01. A page that already reads 01版 or 头版 is left as it is."""
    if not page_number:
        return ""
    if "版" in page_number:
        return page_number
    return f"p. {page_number}" if language == "en" else f"第{page_number}版"


def is_url(source: str) -> bool:
    """Whether `source` is a web address."""
    return source.startswith(("http://", "https://"))


def url(article: Article) -> str:
    """The web address of an article, safe inside quotes and parentheses; empty for one from a
    file.
    """
    address = article.link or article.source
    return quote(address, safe="%/:?#@!$&*+,;=~-._") if is_url(address) else ""


def attribution(
    article: Article,
    briefing: Briefing,
    language: Language = "zh",
    *,
    named: bool = False,
    brief: bool = False,
) -> str:
    """Where an article was printed: 《云汀日报》第01版; in a briefing of several days its day too.

    The only paper of a briefing, which its foot names, is left out where there is a page number,
    unless `named`. Without the name of a paper, an address is named by its host, a file not at all.
    If `brief`, as behind a line: 云汀日报01版.
    """
    name, page = article.paper or article.source, page_name(article.page_number, language)
    brief = brief and language == "zh"
    if article.paper or name in briefing.papers:
        only = page and not named and briefing.papers == (name,)
        name = "" if only else name if brief else f"《{name}》"
    else:
        name = _host(name) if is_url(name) else ""
    space = "" if brief or (name.endswith("》") and language == "zh") else " "
    place = f"{name}{space}{page.removeprefix('第') if brief else page}".strip()
    day = day_short(article.date or briefing.date, language) if briefing.days > 1 else ""
    return f"{place} {day}".strip()


def day_short(date: datetime.date, language: Language = "zh") -> str:
    """11月20日; 20 November."""
    if language == "en":
        return f"{date.day} {_MONTHS_EN[date.month - 1]}"
    return f"{date.month}月{date.day}日"


def sources(story: Story, briefing: Briefing, language: Language = "zh") -> list[Article]:
    """The articles about the event, the summarized one first, each place once."""
    named: dict[str, Article] = {}
    for article in (story.article, *story.also):
        named.setdefault(attribution(article, briefing, language), article)
    return list(named.values())


def story_numbers(briefing: Briefing) -> dict[int, int]:
    """The number of each story, by its id(), from 1 in the order of the page: in a section those told,
    then the lines, then the headlines.
    """
    order = (Form.FULL, Form.SHORT), (Form.LINE,), (Form.HEADLINE,)
    stories = (
        story
        for section in briefing.sections
        for forms in order
        for story in section.stories
        if story.form in forms
    )
    return {id(story): number for number, story in enumerate(stories, 1)}


def overview_numbers(briefing: Briefing) -> list[int]:
    """The number of the story that each line of the overview is about; 0 if it is not known."""
    numbers = story_numbers(briefing)
    of_id: dict[str, int] = {}
    for story in briefing.stories:
        of_id.setdefault(story.article.id, numbers[id(story)])
    known = (*briefing.subjects, *("" for _ in briefing.overview))
    return [of_id.get(subject, 0) for subject in known[: len(briefing.overview)]]


def _host(address: str) -> str:
    """The host of a web address; the address itself where its host is malformed."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:  # a broken IPv6 host
        return address


def gist(story: Story) -> str:
    """The one-line gist; empty where headline and summary have told already what it says."""
    article, line = story.article, story.summary.gist
    told = fold("\n".join((article.kicker or "", article.headline, story.summary.text)))
    return line if novelty(fold(line), told) > TOLD else ""


def title_line(article: Article) -> str:
    """The headline for a line of its own: after its kicker where it begins with what only a kicker
    explains, a measure or a number of some group.
    """
    headline, kicker = article.headline, article.kicker or ""
    return (
        f"{kicker}：{headline}"
        if kicker and leans(headline) and len(kicker) + len(headline) < LONGEST_TITLE
        else headline
    )


def quotes(sentence: Sentence, article: Article) -> list[str]:
    """The passages of the article that support a summary sentence, literally and in order."""
    text = article.text
    passages = (text[start:end].strip() for start, end in sorted(sentence.evidence))
    return list(dict.fromkeys(passage for passage in passages if passage))


def models(briefing: Briefing) -> list[str]:
    """The names of the models that wrote the summaries, each once, in the order of the stories."""
    return list(dict.fromkeys(story.summary.model for story in briefing.stories))


def counted(label: str | Mapping[str, str], n: int) -> str:
    """A label with its number: "{n} 条新闻", or a pair of `one` and `other` in a language with a
    plural.
    """
    if isinstance(label, Mapping):
        label = label["one" if n == 1 else "other"]
    return label.replace("{n}", str(n))


def account(briefing: Briefing, labels: Mapping[str, Any]) -> str:
    """What is not in the issue, and why, in one line; empty where nothing is missing."""
    missing = (
        ("failed", len(briefing.problems) + briefing.more_problems),
        ("set_aside", len(briefing.notes)),
        ("told", len(briefing.told)),
        ("replaced", briefing.replaced),
    )
    return str(labels["comma"]).join(counted(labels[name], count) for name, count in missing if count)


def inline(text: str) -> str:
    """`text` on one line: no line breaks, no runs of spaces."""
    return " ".join(text.split())


def md(text: str) -> str:
    """`text` as Markdown that shows exactly these words: on one line, without markup.

    `<`, `>` and `&` become entities and not `\\<`: old Markdown programs pass a tag through even after
    a backslash.
    """
    text = _INLINE.sub(r"\\\g<0>", inline(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)


def wrap(text: str, width: int = 72, indent: str = "", first: str | None = None) -> str:
    """`text` in lines of at most `width` columns, each with `indent`; a Chinese character has two.

    The first line begins with `first` if given, such as a bullet. No line begins with a closing
    mark, which hangs past the edge, as in print. Numbers and words stay whole unless wider than the
    line.
    """
    lines, line, begun = [], "", indent if first is None else first
    taken = columns(begun)
    for unit in _units(inline(text), width - columns(indent)):
        fits = taken + columns(unit) <= width
        hangs = unit.isspace() or (len(unit) == 1 and unit in _NOT_AT_LINE_START)
        if line and not fits and not hangs:
            lines.append(begun + line.rstrip())
            line, begun, taken = "", indent, columns(indent)
        more = unit if line else unit.lstrip()
        line, taken = line + more, taken + columns(more)
    return "\n".join([*lines, begun + line.rstrip()])


def _units(text: str, width: int) -> Iterator[str]:
    """The units of `text` between which a line may break, none wider than `width` columns."""
    opening = re.escape(_NOT_AT_LINE_END)
    for unit in re.findall(rf"[{opening}]*(?:[!-~]+|\s|[^{opening}])|[{opening}]+", text):
        if columns(unit) <= width:
            yield unit
        else:
            yield from unit


def rule(text: str, mark: str = "=") -> str:
    """A line of `mark` as wide as `text`."""
    return mark * columns(inline(text))


def in_names(papers: Sequence[str]) -> str:
    """《云汀日报》《云汀晚报》."""
    return "".join(f"《{paper}》" for paper in papers)
