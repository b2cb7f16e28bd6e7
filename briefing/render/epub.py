"""A briefing as an EPUB 3 book for e-ink readers: a chapter a section, the source text as notes.

Follows https://www.w3.org/TR/epub-33/. The same briefing gives the same bytes: the archive's times
are the edition's day.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from ..messages import Language
from ..text.clean_input import clean_input
from ..text.mark import ZIP_COMMENT
from ..types import Briefing, Document, Picture, Section, Story
from . import filters, follow_up
from .picture import caption_line, file_name

SPACE = uuid.UUID("5a0c5d0e-7e0f-5d43-8f0b-3c6a5c1b9e77")
STYLE = """body{line-height:1.6;text-align:justify}h1,h2,h3{line-height:1.3;text-align:left}
figure{margin:.6em 0}img{max-width:100%}figcaption{font-size:.85em}
.kicker,.credit{font-size:.85em;margin:.2em 0}.gist{font-weight:bold}aside{font-size:.9em;margin:1em 0}
a.note{text-decoration:none;font-size:.75em;vertical-align:super}
"""
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""


@dataclass(frozen=True, slots=True)
class EpubRenderer:
    """Renders a briefing as an EPUB with all its stories."""

    format: str = "epub"

    def __call__(self, briefing: Briefing, language: Language) -> Document:
        """The book."""
        chapters = list(_chapters(briefing))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.comment = ZIP_COMMENT
            _add(archive, briefing, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            _add(archive, briefing, "META-INF/container.xml", CONTAINER)
            _add(archive, briefing, "book/package.opf", _package(briefing, len(chapters)))
            _add(archive, briefing, "book/nav.xhtml", _contents(briefing, [title for title, _ in chapters]))
            _add(archive, briefing, "book/style.css", STYLE)
            for picture in _pictured(briefing):
                _add(archive, briefing, f"book/{file_name(picture)}", picture.content, zipfile.ZIP_STORED)
            for number, (title, body) in enumerate(chapters):
                _add(archive, briefing, f"book/{number}.xhtml", _page(briefing, title, body))
        return Document(format=self.format, content=out.getvalue())


def _add(
    archive: zipfile.ZipFile,
    briefing: Briefing,
    name: str,
    content: str | bytes,
    kind: int = zipfile.ZIP_DEFLATED,
) -> None:
    day = briefing.date
    info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    info.compress_type = kind
    archive.writestr(info, content.encode("utf-8", "replace") if isinstance(content, str) else content)


def _pictured(briefing: Briefing) -> list[Picture]:
    """The book's pictures, each once."""
    found = {file_name(one): one for story in briefing.stories if (one := story.picture)}
    return list(found.values())


def _chapters(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Title and body of each chapter: the front, then a section each."""
    points = "".join(f"<li>{_x(point)}</li>" for point in briefing.overview)
    papers = f"<p>本期摘自{_x(filters.in_names(briefing.papers))}</p>" if briefing.papers else ""
    yield (
        briefing.title,
        f"<h1>{_x(briefing.title)}</h1><p>{filters.date_long(briefing.date)}</p>{papers}"
        + (f"<h2>今日要点</h2><ul>{points}</ul>" if points else "")
        + "<p>摘要由程序自动生成，引用前请核对原文。</p>",
    )
    for number, section in enumerate(briefing.sections, 1):
        if section.stories:
            yield section.name or briefing.title, _section(briefing, section, number)


def _section(briefing: Briefing, section: Section, number: int) -> str:
    notes: list[str] = []
    stories = "".join(
        _story(briefing, story, f"s{number}-{at}", notes) for at, story in enumerate(section.stories, 1)
    )
    more = f"<p>另有 {section.more} 条未列出</p>" if section.more else ""
    return f"<h1>{_x(section.name or briefing.title)}</h1>{stories}{more}{''.join(notes)}"


def _story(briefing: Briefing, story: Story, anchor: str, notes: list[str]) -> str:
    """The story; the source text of its sentences is added to the notes."""
    article, said = story.article, []
    for at, sentence in enumerate(story.summary.sentences, 1):
        quotes = "……".join(filters.quotes(sentence, article))
        mark = ""
        if quotes:
            note = f"{anchor}-{at}"
            mark = f'<a class="note" epub:type="noteref" href="#{note}">{at}</a>'
            notes.append(f'<aside id="{note}" epub:type="footnote"><p>{at} 原文：{_x(quotes)}</p></aside>')
        said.append(_x(sentence.text) + mark)
    gist, kicker, before = filters.gist(story), follow_up.kicker(story), follow_up.before(story)
    credit = " · ".join(
        filters.attribution(one, briefing, named=True) for one in filters.sources(story, briefing)
    )
    return (
        f'<section id="{anchor}">'
        + (f'<p class="kicker">{_x(kicker)}</p>' if kicker else "")
        + f"<h2>{_x(article.headline or story.summary.gist)}</h2>"
        + (f'<p class="gist">{_x(gist)}</p>' if gist else "")
        + (_figure(story.picture) if story.picture else "")
        + (f"<p>{''.join(said)}</p>" if said else "")
        + (f"<p>{_x(before)}</p>" if before else "")
        + f'<p class="credit">{_x(credit)}</p></section>'
    )


def _figure(picture: Picture) -> str:
    line = caption_line(picture)
    caption = f"<figcaption>{_x(line)}</figcaption>" if line else ""
    return f'<figure><img src="{file_name(picture)}" alt="{_x(picture.alt)}"/>{caption}</figure>'


def _page(briefing: Briefing, title: str, body: str) -> str:
    tongue = "zh-Hant" if briefing.script == "hant" else "zh-Hans"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' xml:lang="{tongue}" lang="{tongue}"><head><title>{_x(title)}</title>'
        '<meta name="generator" content="briefing"/>'
        f'<link rel="stylesheet" href="style.css"/></head><body>{body}</body></html>\n'
    )


def _contents(briefing: Briefing, titles: list[str]) -> str:
    items = "".join(f'<li><a href="{n}.xhtml">{_x(title)}</a></li>' for n, title in enumerate(titles))
    return _page(briefing, "目录", f'<nav epub:type="toc"><h1>目录</h1><ol>{items}</ol></nav>')


def _package(briefing: Briefing, chapters: int) -> str:
    day = briefing.date.isoformat()
    tongue = "zh-Hant" if briefing.script == "hant" else "zh-Hans"
    pages, name = range(chapters), uuid.uuid5(SPACE, f"{briefing.title} {day}")
    spine = "".join(f'<itemref idref="c{n}"/>' for n in pages)
    items = "".join(f'<item id="c{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in pages)
    items += "".join(
        f'<item id="p{n}" href="{file_name(picture)}" media-type="image/jpeg"/>'
        for n, picture in enumerate(_pictured(briefing))
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{name}</dc:identifier>'
        f"<dc:title>{_x(briefing.title)} {day}</dc:title><dc:language>{tongue}</dc:language>"
        f"<dc:date>{day}</dc:date>"
        f'<meta property="dcterms:modified">{day}T00:00:00Z</meta></metadata><manifest>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'<item id="style" href="style.css" media-type="text/css"/>{items}</manifest>'
        f"<spine>{spine}</spine></package>\n"
    )


def _x(text: str | None) -> str:
    """Text in XML 1.0, which knows no control characters."""
    return escape(clean_input(filters.inline(text or "")), quote=True)
