"""What makes two letters the same news: their articles' texts, and the day that the pages state.

Paths, titles, summaries, languages, scripts, problems and the order of the pages make no
difference. Does not know who has which letter.
"""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from dataclasses import dataclass

from ..text.clean_input import clean_input
from ..text.script import converted
from ..types import Article, Briefing


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsKey:
    """The identity of a letter's news.

    `day` is "" where the pages state none; `again` is a time for an extra letter.
    """

    articles: str
    day: str = ""
    again: str = ""

    def __str__(self) -> str:
        """The key as the outbox keeps it."""
        return f"{self.articles}/{self.day}/{self.again}"

    def same_news(self, key: str) -> bool:
        """Whether `key`, as the outbox keeps it, is of the same news.

        An unstated day agrees with any.
        """
        articles, _, rest = key.partition("/")
        day = rest.partition("/")[0]
        return articles == self.articles and (not day or not self.day or day == self.day)


def news_key(briefing: Briefing, again: str = "") -> NewsKey:
    """The key of a briefing."""
    articles = [story.article for story in briefing.stories]
    texts = sorted({_text(article) for article in articles})
    day = max((article.date for article in articles if article.date), default=None)
    return NewsKey(
        articles=hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest(),
        day=_iso(day),
        again=again,
    )


def _text(article: Article) -> str:
    """The letters and digits of an article, in simplified characters: what its copies share."""
    text = converted(clean_input(f"{article.headline}\n{article.text}"), "hans")
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
