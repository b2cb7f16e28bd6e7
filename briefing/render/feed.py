"""A briefing as Atom feeds (RFC 4287): feed.xml of editions, articles.xml of stories.

Knows the entries of one edition, and how they join a feed that is already there. Identifiers are
made of title, day and article, so that a reader's program shows nothing twice. Times are the
edition's midnight in Beijing: the bytes depend on the briefing alone.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from html import escape

from ..messages import Language
from ..text.clean_input import clean_input
from ..text.mark import FEED
from ..types import Briefing, Document, Story
from . import filters, follow_up

EDITIONS, STORIES = "feed", "articles"
MOST = {EDITIONS: 60, STORIES: 600}
"""Entries of a feed: the newest stay."""
SPACE = uuid.UUID("8c1a7f1e-2f0e-5e0b-9a3f-6d1f7d2f5b10")
_ENTRY = re.compile(r"<entry>.*?</entry>\n", re.DOTALL)
_OWN = FEED.decode()


@dataclass(frozen=True, slots=True)
class FeedRenderer:
    """Renders one edition as a feed, of itself or of its stories.

    `link` is where an edition is read on the web, with {date}; without one, its file beside the
    feed.
    """

    format: str = EDITIONS
    link: str = ""

    def __call__(self, briefing: Briefing, language: Language) -> Document:
        """The feed of this edition alone."""
        entries = (
            [self._edition(briefing)]
            if self.format == EDITIONS
            else [self._story(briefing, story) for story in briefing.stories]
        )
        text = _feed(briefing, self.format, "".join(entries))
        return Document(format=self.format, content=text.encode("utf-8", "replace"))

    def _address(self, briefing: Briefing) -> str:
        day = briefing.date.isoformat()
        return self.link.replace("{date}", day) if self.link else f"briefing-{day}.html"

    def _edition(self, briefing: Briefing) -> str:
        lines = "".join(
            f"<h3>{_html(section.name)}</h3><ul>"
            + "".join(f"<li>{_html(_line(story))}</li>" for story in section.stories)
            + "</ul>"
            for section in briefing.sections
            if section.stories
        )
        title = f"{briefing.title} {filters.date_long(briefing.date)}"
        return _entry(_identifier(briefing, ""), title, _time(briefing), self._address(briefing), lines)

    def _story(self, briefing: Briefing, story: Story) -> str:
        article = story.article
        credit = filters.attribution(article, briefing, named=True)
        told = (story.summary.text or story.summary.gist) + follow_up.before(story)
        body = f"<p>{_html(told)}</p><p>{_html(credit)}</p>"
        address = filters.url(article) or self._address(briefing)
        title = follow_up.line(article.headline or story.summary.gist, story)
        return _entry(_identifier(briefing, article.id), title, _time(briefing), address, body)


def merged(new: bytes, old: bytes) -> bytes:
    """The new feed with the entries of the old one that it does not have, the newest first.

    The old one is left as it is only in its entries; a file that is no feed of this program gives
    nothing.
    """
    text, before = new.decode(), old.decode("utf-8", "replace")
    if _OWN not in before:
        return new
    entries = _ENTRY.findall(text)
    known = {_id(entry) for entry in entries}
    day = _updated(entries[0]) if entries else ""
    kept = [e for e in _ENTRY.findall(before) if _id(e) not in known and _updated(e) != day]
    every = sorted([*entries, *kept], key=_updated, reverse=True)
    most = MOST[STORIES if f":{STORIES}<" in text else EDITIONS]
    head, _, _ = text.partition("<entry>\n") if entries else text.partition("</feed>")
    newest = max([_updated(e) for e in every], default="")
    head = re.sub(r"<updated>[^<]*</updated>", f"<updated>{newest}</updated>", head, count=1)
    return (head + "".join(every[:most]) + "</feed>\n").encode()


def _feed(briefing: Briefing, kind: str, entries: str) -> str:
    more = "" if kind == EDITIONS else " · 文章"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh">\n'
        f"<title>{_html(briefing.title + more)}</title>\n<id>urn:briefing:{_name(briefing)}:{kind}</id>\n"
        f"<updated>{_time(briefing)}</updated>\n{_OWN}\n"
        f"<author><name>{_html(briefing.title)}</name></author>\n{entries}</feed>\n"
    )


def _entry(identifier: str, title: str, time: str, address: str, body: str) -> str:
    return (
        f"<entry>\n<title>{_html(filters.inline(title))}</title>\n<id>{identifier}</id>\n"
        f"<updated>{time}</updated>\n"
        f'<link rel="alternate" href="{escape(address, quote=True)}"/>\n'
        f'<content type="html">{escape(body, quote=False)}</content>\n</entry>\n'
    )


def _html(text: str) -> str:
    """Text in XML 1.0, which knows no control characters."""
    return escape(clean_input(text), quote=False)


def _line(story: Story) -> str:
    return follow_up.line(story.summary.gist or story.article.headline, story)


def _time(briefing: Briefing) -> str:
    return f"{briefing.date.isoformat()}T00:00:00+08:00"


def _name(briefing: Briefing) -> uuid.UUID:
    return uuid.uuid5(SPACE, briefing.title)


def _identifier(briefing: Briefing, article: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_name(briefing), f'{briefing.date.isoformat()} {article}')}"


def _id(entry: str) -> str:
    return entry.partition("<id>")[2].partition("</id>")[0]


def _updated(entry: str) -> str:
    return entry.partition("<updated>")[2].partition("</updated>")[0]
