"""Reads the package of an EPUB: its documents in reading order, title, date and table of contents.

EPUB 3.3 (https://www.w3.org/TR/epub-33), with the guide and the NCX of EPUB 2. Does not read the
documents.
"""

from __future__ import annotations

import datetime
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..text.list_numbers import count_up
from ..text.masthead import DATE, date_of, paper_of
from .blocks import tidy
from .days import day_of
from .markup import parse_tree, read_markup
from .zipped import member_bytes

LARGEST_XML = 4 * 1024 * 1024
"""Largest package document, in bytes; a book of a thousand chapters has a tenth."""
MOST_LABELS = 5000
EVENTS = ("publication", "issued", "")
"""Kinds of `dc:date` (EPUB 2), by preference; a modification date is no publication date."""
NO_STORY = frozenset(["toc", "cover", "title-page", "copyright-page", "colophon", "index", "loi", "lot"])
"""Kinds of documents in the guide that contain no stories."""


@dataclass
class Package:
    """The package's contents; names are paths in the archive, `labels` the table of contents by
    document.
    """

    names: list[str] = field(default_factory=list)
    title: str | None = None
    day: datetime.date | None = None
    aside: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    """Documents that neither the reading order nor the contents name."""
    labels: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def is_numbered(self) -> bool:
        """Whether the table of contents counts its stories: 1. … 2. …."""
        return count_up([label for labels in self.labels.values() for label in labels])

    @property
    def paper(self) -> str | None:
        """The newspaper named in the title, else the title without its date."""
        if not self.title:
            return None
        return paper_of(self.title) or DATE.sub("", self.title).strip(" -—_·|（）()") or self.title


def read_package(archive: zipfile.ZipFile) -> Package:
    """The package of an EPUB; raises SourceError if there is none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        container = etree.fromstring(member_bytes(archive, "META-INF/container.xml", LARGEST_XML), parser)
        path = container.xpath("//*[local-name()='rootfile']/@full-path")[0]
        root = etree.fromstring(member_bytes(archive, path, LARGEST_XML), parser)
        items = {item.get("id"): item for item in root.xpath("//*[local-name()='item']")}
        references = root.xpath("//*[local-name()='itemref']")
        order = [items.get(reference.get("idref")) for reference in references]
    except (etree.XMLSyntaxError, IndexError, AttributeError, ValueError):
        raise SourceError(
            Message("EPUB 缺少目录信息", "the EPUB lacks its package document"),
            Message("文件可能已损坏，请重新下载", "it may be damaged: download it again"),
        ) from None
    folder = posixpath.dirname(path)
    package = Package(title=tidy("".join(root.xpath("//*[local-name()='title']//text()")[:1])) or None)
    hrefs = [item.get("href") for item in order if item is not None]
    package.names = list(dict.fromkeys(path_in(folder, href) for href in hrefs if href))
    package.day = _published_day(root) or date_of(package.title or "")
    _read_contents(archive, package, folder, root, items)
    if package.labels:
        linear = [reference.get("linear") != "no" for reference in references]
        pairs = zip(order, linear, strict=True)
        hrefs = [item.get("href") for item, shown in pairs if item is not None and not shown and any(linear)]
        package.beside = {path_in(folder, href) for href in hrefs if href} - package.labels.keys()
    return package


def path_in(folder: str, href: str) -> str:
    """The path in the archive of a document that one in this folder refers to."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _published_day(root: Any) -> datetime.date | None:
    """The publication date from the metadata, in Beijing."""
    stated: dict[str, datetime.date] = {}
    for element in root.xpath("//*[local-name()='metadata']/*[local-name()='date']"):
        event = next((value for name, value in element.attrib.items() if str(name).endswith("event")), "")
        if day := day_of("".join(element.itertext())):
            stated.setdefault(str(event).lower(), day)
    return next((stated[event] for event in EVENTS if event in stated), None)


def _read_contents(
    archive: zipfile.ZipFile, package: Package, folder: str, root: Any, items: dict[Any, Any]
) -> None:
    """Records which documents contain no stories, and the entries of the tables of contents."""
    for reference in root.xpath("//*[local-name()='guide']/*[local-name()='reference']"):
        if (reference.get("type") or "").lower() in NO_STORY:
            package.aside.add(path_in(folder, reference.get("href") or ""))
    for item in items.values():
        is_nav = "nav" in (item.get("properties") or "").split()
        if not (is_nav or item.get("media-type") == "application/x-dtbncx+xml"):
            continue
        path = path_in(folder, item.get("href") or "")
        if is_nav:
            package.aside.add(path)
        try:
            text = read_markup(path, member_bytes(archive, path, LARGEST_XML))
            tree = parse_tree(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        except BriefingError:
            continue  # an unreadable table of contents costs headlines, not text
        _note_labels(package, posixpath.dirname(path), tree)


def _note_labels(package: Package, folder: str, tree: Any) -> None:
    """The entries of a navigation document (`a`) or an NCX (`navpoint`)."""
    entries = [(link.get("href"), link) for link in tree.iter("a")]
    for point in tree.iter("navpoint"):
        source, label = point.find("./content"), point.find("./navlabel")
        if source is not None and label is not None:
            entries.append((source.get("src"), label))
    for href, element in entries[:MOST_LABELS]:
        if href and (words := tidy(element.text_content()[:200])):
            known = package.labels.setdefault(path_in(folder, href), [])
            if words not in known:
                known.append(words)


__all__ = ["Package", "path_in", "read_package"]
