"""Scores each story, with reasons: page, place and headline in print, and the user's wishes.

    page            3 on the front page, 3/√n on page n
    place           2 for the first of its page, 2/n for the nth
    headline        half a point each for a kicker and a deck, which papers give to what they rate high
    length          up to 1.5, by its logarithm: papers give room to what matters
    papers          1.5 for each further paper that carries it, half for a further page of the same one
    protocol        up to 6 by the highest office it tells of (protocol.py); see `Wishes.protocol`
    home            1.5 for the papers' own city, named in a headline or at the start of the text
    lives           1 for each word of lives lost or saved and of services cut off, up to 3
    slogan          -2 for a title of set phrases over a lead without any figure
    names           0.25 for each person or place in headline and lead, up to 1.5
    boost, watch    6 for each of the user's words, up to 12: as much as the highest office, so that the
                    reader's wish prevails; a boosted word outside the headlines counts half
    mute            -100: below all others, but not removed

The points are a judgement, not a fit: there is no data on how an editor would have ranked. Does not
know what a story means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import fsum, log2, sqrt

from ..messages import Message
from ..text.lazy_pattern import lazy_pattern
from ..text.words import NO_NAMES, NO_PLACES, PERSON_TAGS, words
from ..types import Article, Reason, Story
from .protocol import office_of, slogans, weighty_words

MUTED = -100.0
"""Points of a muted story; the other rules never add up to half of that."""
LEAD = 120
"""Characters of the text that, with the headlines, are searched for names and muted words."""
HOME_LEAD = 40
"""Characters of the text in which a story's own place stands, dateline included."""
SUPPLEMENT = 16
"""Pages assumed to precede the first page of the second part (B1)."""
_PAGE = lazy_pattern(r"第?([A-Za-z])?0*(\d{1,3})版?")
_FRONT = lazy_pattern(r"头版|要闻版|第?一版")
_STARTS = (
    "人民 光明 经济 工人 农民 科技 中国 环球 参考 都市 法治 法制 新华 解放 青年 文汇 每日 今日 新闻 新民 体育"
)
_NO_HOMES = frozenset(_STARTS.split())
"""Beginnings of papers' names that are no place."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The user's words: to rank higher, to rank last, to watch for.

    `home` is the papers' own city or province, found by `home_of` if empty; without `protocol`, no
    office counts.
    """

    boost: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    home: str = ""
    protocol: bool = True


@dataclass(frozen=True, slots=True)
class _StoryView:
    """A story with the folded texts that the rules search."""

    story: Story
    wishes: Wishes
    titles: str = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        articles = (self.story.article, *self.story.also)
        object.__setattr__(self, "titles", "\n".join(article.titles for article in articles).casefold())
        object.__setattr__(self, "text", "\n".join(article.text for article in articles).casefold())


def ranked(stories: Iterable[Story], wishes: Wishes | None = None) -> tuple[Story, ...]:
    """All stories with score and reasons, highest first; independent of their order."""
    told, wishes = list(stories), wishes or Wishes()
    wishes = wishes if wishes.home else replace(wishes, home=home_of(told))
    scored = [scored_story(story, wishes) for story in told]
    return tuple(sorted(scored, key=_sort_key))


def scored_story(story: Story, wishes: Wishes) -> Story:
    """The story with its score and the reasons for it; reasons without points are left out."""
    view = _StoryView(story, wishes)
    reasons = tuple(
        Reason(name=name, points=round(points, 2), found=found)
        for name, rule in RULES
        for points, found in (rule(view),)
        if points
    )
    return replace(story, score=round(fsum(reason.points for reason in reasons), 2), reasons=reasons)


def home_of(stories: Sequence[Story]) -> str:
    """The city or province after which most stories' papers are named; "" if none is.

    The two characters that begin a paper's name are its place if the stories of that paper name it
    in at least a fifth of their leads, and in two of them: 《云汀日报》 is of 云汀, 《人民日报》 of none.
    """
    articles = [story.article for story in stories if story.article.paper]
    papers = Counter(article.paper.strip("《》 ")[:2] for article in articles if article.paper)
    for place, count in papers.most_common():
        leads = sum(place in article.text[:LEAD] for article in articles)
        if place not in _NO_HOMES and leads >= max(2, count / 5):
            return place
    return ""


def page_ordinal(page_number: str | None) -> int | None:
    """The ordinal of a page: 3 for 03, A3 and 第3版, 1 for 头版, 17 for B1; None if it has none."""
    if not page_number:
        return None
    if _FRONT.fullmatch(page_number):
        return 1
    match = _PAGE.fullmatch(page_number.strip())
    if not match or not int(match[2]):
        return None
    part = ord(match[1].upper()) - ord("A") if match[1] else 0
    return int(match[2]) + SUPPLEMENT * part


def _page_rule(view: _StoryView) -> tuple[float, str]:
    ordinal = page_ordinal(view.story.article.page_number)
    return (3 / sqrt(ordinal), view.story.article.page_number or "") if ordinal else (0.0, "")


def _place_rule(view: _StoryView) -> tuple[float, str]:
    place = view.story.article.order + 1
    return 2 / place, str(place)


def _headline_rule(view: _StoryView) -> tuple[float, str]:
    article = view.story.article
    extra_lines = [line for line in (article.kicker, article.deck) if line]
    return 0.5 * len(extra_lines), "；".join(extra_lines)


def _length_rule(view: _StoryView) -> tuple[float, str]:
    size = len(view.story.article.text)
    return (min(1.5, max(0.0, 0.75 * log2(size / 200))), str(size)) if size else (0.0, "")


def _papers_rule(view: _StoryView) -> tuple[float, str]:
    articles = (view.story.article, *view.story.also)
    papers = list(dict.fromkeys(_paper_name(article) for article in articles))
    pages = len(articles) - len(papers)
    points = min(4.5, 1.5 * (len(papers) - 1)) + min(1.0, 0.5 * pages)
    return points, "、".join(papers)


def _protocol_rule(view: _StoryView) -> tuple[float, str]:
    article = view.story.article
    return office_of(article.titles, article.text[:LEAD]) if view.wishes.protocol else (0.0, "")


def _home_rule(view: _StoryView) -> tuple[float, str]:
    article, home = view.story.article, view.wishes.home.strip()
    named = bool(home) and (home in article.titles or home in article.text[:HOME_LEAD])
    return (1.5, home) if named else (0.0, "")


def _lives_rule(view: _StoryView) -> tuple[float, str]:
    found = weighty_words(view.story.article.titles)
    return min(3.0, float(len(found))), "、".join(found)


def _slogan_rule(view: _StoryView) -> tuple[float, str]:
    article = view.story.article
    found = slogans(article.titles, article.text[:LEAD])
    return -2.0 if found else 0.0, "、".join(found)


def _names_rule(view: _StoryView) -> tuple[float, str]:
    article = view.story.article
    found = dict.fromkeys(
        word.text
        for word in words(f"{article.headline}。{article.text[:LEAD]}")
        if len(word.text) > 1
        and word.tag in PERSON_TAGS | {"ns", "nt"}
        and word.text not in NO_NAMES | NO_PLACES
    )
    return min(1.5, 0.25 * len(found)), "、".join(found)


def _boost_rule(view: _StoryView) -> tuple[float, str]:
    found = dict.fromkeys(_words_in(view.titles, view.wishes.boost), 6.0)
    found = dict.fromkeys(_words_in(view.text, view.wishes.boost), 3.0) | found
    return min(12.0, sum(found.values())), "、".join(found)


def _watch_rule(view: _StoryView) -> tuple[float, str]:
    found = _words_in(f"{view.titles}\n{view.text}", view.wishes.watch)
    return min(12.0, 6.0 * len(found)), "、".join(found)


def _mute_rule(view: _StoryView) -> tuple[float, str]:
    article = view.story.article
    lead = f"{article.titles}\n{article.text[:LEAD]}"
    found = _words_in(lead.casefold(), view.wishes.mute)
    return MUTED if found else 0.0, "、".join(found)


RULES: tuple[tuple[Message, Callable[[_StoryView], tuple[float, str]]], ...] = (
    (Message("版次", "page"), _page_rule),
    (Message("版面位置", "place on the page"), _place_rule),
    (Message("标题规格", "headline"), _headline_rule),
    (Message("篇幅", "length"), _length_rule),
    (Message("刊载", "papers"), _papers_rule),
    (Message("礼宾次序", "protocol"), _protocol_rule),
    (Message("本地", "home"), _home_rule),
    (Message("人命与民生", "lives"), _lives_rule),
    (Message("套话标题", "slogan"), _slogan_rule),
    (Message("人名地名", "names"), _names_rule),
    (Message("关心的词", "boosted words"), _boost_rule),
    (Message("关注名单", "watch list"), _watch_rule),
    (Message("屏蔽的词", "muted words"), _mute_rule),
)
"""The rules in the order of the explanation; each returns its points and what it found."""


def _words_in(text: str, wanted: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(wanted) if word.strip() and word.strip().casefold() in text]


def _paper_name(article: Article) -> str:
    return article.paper or article.source


def _sort_key(story: Story) -> tuple[object, ...]:
    """Highest score first; ties by page and place, then by names, the same on every run."""
    article = story.article
    return (
        -story.score,
        page_ordinal(article.page_number) or 1000,
        article.order,
        _paper_name(article),
        article.source,
        article.id,
        article.headline,
        article.text,
        article.page_number or "",
    )
