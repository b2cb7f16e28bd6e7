"""Decodes and parses untrusted HTML and XML, bounded in size and depth, without external access.

Knows encodings, bombs and trees; knows nothing of newspapers.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ..errors import SourceError
from ..messages import Message
from ..text.clean_input import clean_input
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .decode import BOMS, decode, is_likelier_otherwise

if TYPE_CHECKING:  # for the annotation only: text files need no parser
    from lxml.html import HtmlElement

LARGEST = 16 * 1024 * 1024
"""Largest page in bytes; the largest that newspapers serve have about one million."""
DEEPEST = 400
"""Deepest nesting of elements; hand-written pages have some thirty. Sanitizers need minutes for
100,000.
"""
MOST = 120_000
"""Most tags of a page."""
DECLARED = lazy_pattern(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
TEXT_CODEC = lazy_pattern(
    r"ascii|utf-(?:8|16|32)(?:-[lb]e)?|gbk|gb18030|hz|big5|big5hkscs|cp(?:125\d|437|850|866|874|932|949|950)"
    r"|iso8859-\d{1,2}|euc_(?:jp|kr)|shift_jis(?:_2004|x0213)?|koi8-[ru]|iso2022_(?:jp|kr)|mac-\w+"
)
"""Encodings of web pages (https://encoding.spec.whatwg.org) by Python's names; base64, zlib, rot13
or punycode are none.
"""
TAG = lazy_pattern(r"<(/?)([a-zA-Z][\w:.-]*+)([^<>]*+)>")
"""A tag. Possessive, so that no part of the page is scanned twice."""
OPEN = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dd",
        "dt",
        "option",
        "optgroup",
        "colgroup",
        "br",
        "img",
        "input",
        "meta",
        "link",
        "hr",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "param",
        "frame",
        "font",
        "center",
        "b",
        "i",
        "u",
    ]
)
"""Void elements, and those that old pages never close."""
ASCII = lazy_pattern(r"[\x00-\x7f]+")
REFERENCE = lazy_pattern(r"&#(?:[xX]0*+([0-9a-fA-F]++)|0*+([0-9]++));?")
ENTITY = lazy_pattern(r"<!(?:ENTITY|DOCTYPE[^>\[]*\[)", re.IGNORECASE)


def decode_declared(data: bytes) -> str | None:
    """The text in the page's declared encoding; None if it declares none or a wrong one."""
    found = DECLARED.search(data[:4096])
    if not found or any(data.startswith(mark) for mark, _ in BOMS):
        return None
    name = found[1].decode("ascii").lower()
    if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"):
        name = "gb18030"  # pages that declare GB2312 contain characters of GBK
    elif name == "big5":
        name = "big5hkscs"
    try:
        if not TEXT_CODEC.fullmatch(codecs.lookup(name).name):
            return None
        text = data.decode(name)
    except (LookupError, ValueError):
        return None
    if name.replace("_", "-") in ("utf-8", "utf8") and not text.isascii():
        return clean_input(text)  # no other encoding of Chinese is valid UTF-8 from end to end
    return None if is_likelier_otherwise(data, ASCII.sub("", text)) else clean_input(text)


def clean_references(text: str) -> str:
    """The text without references to unprintable characters: &#27; &#x202e; &#xd83d;.

    A single one makes libxml2 and feedparser fail on the page.
    """

    def kept(reference: re.Match[str]) -> str:
        digits = reference[1] or reference[2]
        code = int(digits, 16 if reference[1] else 10) if len(digits) < 8 else 0x110000
        if code in (9, 10, 13):
            return reference[0]
        return reference[0] if code < 0x110000 and clean_input(chr(code)) == chr(code) else ""

    return REFERENCE.sub(kept, text) if "&#" in text else text


def read_markup(source: str, data: bytes) -> str:
    """The text of an HTML or XML page; raises SourceError if too large, too deep or not text."""
    if len(data) > LARGEST:
        raise _bomb_error(Message("网页超过 16 MB", "the page has over 16 MB"))
    text = clean_references(decode_declared(data) or decode(source, data))
    if ENTITY.search(text[:100_000]):
        raise _bomb_error(
            Message("文件自己定义实体，可能是“实体炸弹”", "the file defines entities of its own, as bombs do")
        )
    depth = deepest = 0
    for count, found in enumerate(TAG.finditer(text), 1):
        if found[2].lower() not in OPEN and not found[3].endswith("/"):
            depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
        if deepest > DEEPEST or count > MOST:
            raise _bomb_error(
                Message("网页层层嵌套或标签过多", "the page has too many tags, or too deep in one another")
            )
    return text


def _bomb_error(what: Message) -> SourceError:
    return SourceError(
        Message(f"{what.zh}，不读", f"{what.en}: not read"),
        Message("请另存为纯文本，或换一个来源", "save it as plain text, or use another source"),
    )


def parse_tree(text: str) -> HtmlElement:
    """The tree of an HTML page; raises SourceError if it has none."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=False, no_network=True, huge_tree=False)
        found: HtmlElement | None = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        found = None
    if found is None:
        raise SourceError(
            Message("不是能识别的网页", "not a page of HTML that can be read"),
            Message("请检查下载是否完整", "check that it was downloaded completely"),
        )
    return found


def short_text(element: HtmlElement, limit: int = 4000) -> str:
    """The element's text on one line, truncated to a title's length: elements may be nested by the
    hundred.
    """
    return tidy(element.text_content()[:limit])
