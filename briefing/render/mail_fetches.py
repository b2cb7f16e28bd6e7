"""What a mail program would fetch when it shows a letter: pictures, styles and other files from
outside.

Parses the page (lxml) and its styles (tinycss2), including what is in conditional comments, and
looks at tags, attributes and styles only: article text may say url( or @import. Does not know what
a link leads to: links are followed by people.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import TemplateError
from ..messages import Message

ATTACHED = re.compile(r"\s*cid:", re.I)
INSIDE = re.compile(r"\s*(?:#|cid:)", re.I)
FETCHING_ELEMENTS = frozenset(
    [
        "applet",
        "audio",
        "base",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "import",
        "link",
        "object",
        "portal",
        "script",
        "source",
        "track",
        "video",
        "animate",
        "animatemotion",
        "animatetransform",
        "set",
    ]
)
"""Elements that fetch, or change what is fetched; SVG's animations can set an address."""
FETCHING_ATTRIBUTES = frozenset(
    [
        "src",
        "srcset",
        "imagesrcset",
        "poster",
        "background",
        "lowsrc",
        "dynsrc",
        "data",
        "code",
        "codebase",
        "archive",
        "classid",
        "manifest",
        "profile",
        "icon",
    ]
)
STYLE_ATTRIBUTES = frozenset(
    [
        "style",
        "fill",
        "stroke",
        "filter",
        "mask",
        "clip-path",
        "cursor",
        "marker",
        "marker-start",
        "marker-mid",
        "marker-end",
        "color-profile",
    ]
)
"""Attributes that hold CSS, SVG's presentation attributes among them."""
LINKS = ("a", "area")
HTTP_EQUIV = ("content-type", "content-language", "x-ua-compatible", "default-style")
"""What <meta http-equiv> may say; the rest loads or sets something."""
RAW_TEXT = ("noscript", "noembed", "noframes", "xmp", "plaintext", "template")
"""Elements whose content is text for one program and markup for another."""
FETCHING_FUNCTIONS = frozenset(
    [
        "src",
        "image",
        "image-set",
        "-webkit-image-set",
        "cross-fade",
        "-webkit-cross-fade",
        "element",
        "expression",
        "alphaimageloader",
    ]
)
PROCESSING = re.compile(r"href|src", re.I)
FRAME = re.compile(r"<(/?)(html|head|body)(?=[\s/>])", re.I)
"""Tags of which the parser keeps only the first; browsers take the attributes of all."""
DEPTH = 4
"""Comments within comments that are looked into."""


def refuse_fetches(page: str) -> None:
    """Raises TemplateError if a mail program would fetch something to show the page."""
    if what := next(fetches(page), None):
        shown = " ".join(what.split())
        raise TemplateError(
            Message(
                f"邮件模板要从外面取东西：{shown:.120}",
                f"the mail's template fetches something: {shown:.120}",
            ),
            Message(
                '邮件里的图片只能随信附上：<img src="cid:…">',
                'pictures of a mail go along with it: <img src="cid:…">',
            ),
        )


def fetches(page: str, depth: int = DEPTH) -> Iterator[str]:
    """The tags and styles that fetch something, and what keeps the page from being looked
    through.
    """
    root, failure = _parsed(page)
    if failure:
        yield f"({failure})"
    for node in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        if not isinstance(node.tag, str):
            yield from _hidden_fetches(node, depth)
            continue
        name = node.tag.lower().rpartition("}")[2]
        attributes = {key.lower().rpartition("}")[2]: value for key, value in node.attrib.items()}
        yield from _element_fetches(name, attributes)
        if name == "style":
            yield from _css_fetches("".join(node.itertext()))
        elif name in RAW_TEXT and depth and "<" in (text := "".join(node.itertext())):
            yield from fetches(text, depth - 1)


def _parsed(page: str) -> tuple[Any, str]:
    """The root of the page, and why the parser gave up before its end, if it did."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    # Without what is added, an empty page, or one that is only a comment, has no root.
    markup = FRAME.sub(r"<\1x-\2", page) + "--><p></p>"
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    fatal = (entry.message for entry in parser.error_log if entry.level_name == "FATAL")
    return root, next(fatal, "")


def _hidden_fetches(node: Any, depth: int) -> Iterator[str]:
    """What a comment, which Outlook may read, or a processing instruction would fetch."""
    text = node.text or ""
    if type(node).__name__.endswith("ProcessingInstruction"):
        yield from (f"<?{text}>" for _ in PROCESSING.finditer(text))
    elif "<" in text and depth:
        yield from fetches(f"{text}>", depth - 1)
    elif "<" in text or text.startswith("?xml-stylesheet"):
        yield f"<!--{text}-->"


def _element_fetches(name: str, attributes: dict[str, str]) -> Iterator[str]:
    bare = name.rpartition(":")[2]
    if bare in FETCHING_ELEMENTS:
        yield _tag(name, attributes, attributes)
    if name == "meta" and attributes.get("http-equiv", HTTP_EQUIV[0]).strip().lower() not in HTTP_EQUIV:
        yield _tag(name, attributes, ("http-equiv", "content"))
    for key, value in attributes.items():
        bare_key = key.rpartition(":")[2]
        addresses = value.split(",") if "srcset" in key else [value]
        outside = bare_key in FETCHING_ATTRIBUTES and not all(map(ATTACHED.match, addresses))
        if outside or (bare_key == "href" and bare not in LINKS and not INSIDE.match(value)):
            yield _tag(name, attributes, [key])
        elif bare_key in STYLE_ATTRIBUTES:
            yield from (f"{key}: {found}" for found in _css_fetches(value))


def _tag(name: str, attributes: dict[str, str], shown: Iterable[str]) -> str:
    name = name.removeprefix("x-")
    words = (f'{key}="{attributes[key]}"' for key in shown if key in attributes)
    return f"<{' '.join((name, *words))}>"


@functools.lru_cache(maxsize=64)
def _css_fetches(css: str) -> tuple[str, ...]:
    """The rules and values of a style sheet or declaration list that fetch."""
    import tinycss2

    found: list[str] = []
    left: list[Any] = list(tinycss2.parse_component_value_list(css, skip_comments=True))
    while left:
        token = left.pop()
        kind, name = token.type, getattr(token, "lower_name", "")
        inside = list(getattr(token, "content", None) or getattr(token, "arguments", None) or ())
        if kind == "at-keyword" and token.lower_value == "import":
            found.append("@import")
        elif (
            (kind == "url" and not INSIDE.match(token.value))
            or (kind == "error" and token.kind.startswith("bad-url"))
            or (kind == "function" and name in FETCHING_FUNCTIONS)
            or (kind == "function" and name == "url" and not _inside(inside))
        ):
            found.append(token.serialize() if kind != "error" else "url(")
        left += inside
    return tuple(found)


def _inside(arguments: list[Any]) -> bool:
    """Whether the argument of url() is a string that names a part of the letter."""
    words = [token for token in arguments if token.type != "whitespace"]
    return len(words) == 1 and words[0].type == "string" and bool(INSIDE.match(words[0].value))
