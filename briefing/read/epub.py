"""An EPUB becomes pages: its documents in the order of the spine (EPUB 3.3, https://www.w3.org/TR/epub-33)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..protocols import ALONE, ReadContext
from ..types import Page, Problem, Role
from .blocks import Blocks, tidy
from .foreign import foreign_errors
from .html import date_on
from .markup import parse_tree, read_markup
from .zipped import member_bytes, open_archive

LARGEST_XML = 4 * 1024 * 1024
"""Bytes of the package document; a book of a thousand chapters has a tenth."""
LEAST = 30
"""Characters; a cover or a table of contents has fewer."""
BLOCKS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "li"]


def read(source: str, data: bytes, context: ReadContext = ALONE) -> Iterator[Page | Problem]:
    """A page for each document of the spine that has text. Raises SourceError for what is no EPUB."""
    with open_archive(data) as archive:
        folder, names, paper = _spine(archive)
        read_one = False
        for name in dict.fromkeys(names):
            where = posixpath.normpath(posixpath.join(folder, unquote(name)))
            try:
                with foreign_errors():
                    text = read_markup(where, member_bytes(archive, where))
                    page = _document_page(f"{source}/{where}", text, paper)
            except BriefingError as error:
                yield Problem(source=f"{source}/{where}", message=error.message, hint=error.hint)
                continue
            if page:
                read_one = True
                yield page
        if not read_one:
            raise SourceError(
                Message("EPUB 里没有正文", "the EPUB has no text"),
                Message("可能只有图片", "perhaps it is pictures only"),
            )


def _spine(archive: zipfile.ZipFile) -> tuple[str, list[str], str | None]:
    """The folder of the package, its documents in order, and the publication's title."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        container = etree.fromstring(member_bytes(archive, "META-INF/container.xml", LARGEST_XML), parser)
        path = container.xpath("//*[local-name()='rootfile']/@full-path")[0]
        package = etree.fromstring(member_bytes(archive, path, LARGEST_XML), parser)
        items = {item.get("id"): item.get("href") for item in package.xpath("//*[local-name()='item']")}
        order = [items.get(ref.get("idref")) for ref in package.xpath("//*[local-name()='itemref']")]
    except (etree.XMLSyntaxError, IndexError, AttributeError, ValueError):
        raise SourceError(
            Message("EPUB 缺少目录信息", "the EPUB lacks its package document"),
            Message("文件可能已损坏，请重新下载", "it may be damaged: download it again"),
        ) from None
    title = "".join(package.xpath("//*[local-name()='title']//text()")[:1]).strip()
    return posixpath.dirname(path), [name for name in order if name], title or None


def _document_page(source: str, text: str, paper: str | None) -> Page | None:
    """One document: its headings open articles, the largest ones; None where it has hardly any text."""
    root = parse_tree(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    found: list[tuple[str, str]] = []
    left = 2 * len(text)
    for element in root.iter(*BLOCKS):
        words = tidy(element.text_content())
        left -= len(words)
        if left < 0:  # blocks inside one another by the hundred
            raise SourceError(
                Message("网页层层嵌套", "blocks nested too deep"),
                Message("文件可能已损坏，请重新下载", "it may be damaged: download it again"),
            )
        found.append((element.tag, words))
    heads = [tag for tag, words in found if tag[0] == "h" and words]
    top = min(heads, default="")
    blocks = Blocks()
    for tag, words in found:
        if (tag == top and words) or blocks.article is None:
            blocks.begin_article()
        blocks.add(Role.HEADLINE if tag == top else Role.BODY, words)
    if blocks.body_length() < LEAST:
        return None
    day, dated = date_on(source, root, text)
    return blocks.page(source, paper=paper, date=day, dated=dated)
