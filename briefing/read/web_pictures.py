"""Finds the pictures that a web page shows in its article: their addresses, captions and descriptions.

Knows markup only: whether a picture is large enough, or a code to scan, is seen when it is opened. Marks
of a site (icons, buttons, codes) are left out by their names and stated sizes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from ..text.chars import han_runs
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .web_captions import is_caption, is_short_after_picture
from .web_lines import Line, page_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-echo", "_src")
"""Where pages keep the address of a picture; many load it only when it is scrolled to."""
SITE = lazy_pattern(
    r"logo|icon|avatar|qr_?-?code|erweima|ewm|weixin|wechat|weibo|share|button|btn|blank|spacer|loading|placeholder"
    r"|pixel|banner|arrow|emoji|二维码|分享|扫码|图标|\.(?:svg|gif)(?:[?\s]|$)",
)
SMALL = 120
"""Pixels of a stated side below which an image is a mark, not a picture of the news."""
PLACEHOLDER = 2000
"""Characters of a data: address up to which it stands in for a picture that is loaded later."""
MOST = 6
"""Most pictures of an article that are looked at."""
AROUND = 2
LEVELS = 5
LINKS = 4
"""More links than these around an article's text are a page's, not the article's."""


@dataclass(frozen=True, slots=True)
class WebPicture:
    """A picture of a page: its addresses, its caption, and its description."""

    references: tuple[str, ...]
    caption: str = ""
    alt: str = ""


def pictures_of(lines: Sequence[Line], base: str) -> list[WebPicture]:
    """The pictures of an article's lines; addresses are relative to `base`, if that is one."""
    found: list[WebPicture] = []
    for at, line in enumerate(lines):
        for image in line.images:
            caption = _caption(lines, at) if image is line.images[-1] else ""
            if picture := _picture(image, base, caption):
                found.append(picture)
    return found[:MOST]


def pictures_in(root: HtmlElement, base: str) -> list[WebPicture]:
    """The pictures within an element, in order."""
    return pictures_of(page_lines(root), base)


def pictures_around(container: HtmlElement, base: str) -> list[WebPicture]:
    """The pictures in an article's container, else those beside it, as e-papers have them."""
    place: Any = container
    for _ in range(LEVELS):
        if found := pictures_in(place, base):
            return found
        above = place.getparent()
        if above is None or len(above.xpath(".//a[@href]")) > LINKS or above.xpath(".//*[@usemap] | .//area"):
            break
        place = above
    return []


def _caption(lines: Sequence[Line], at: int) -> str:
    """The caption in a line after a picture, with the line of who took it, where that is apart."""
    told = list(islice(lines, at, at + AROUND))
    if not told or not (is_caption(told[0]) or is_short_after_picture(told[0])):
        return ""
    more = [line.text for line in told[1:] if not line.images and is_caption(line)]
    return " ".join([told[0].text, *more])


def _picture(image: Any, base: str, caption: str) -> WebPicture | None:
    """The picture of an <img>; None for a mark of the site."""
    if any(_is_small(image.get(side)) for side in ("width", "height")) or image.get("usemap"):
        return None
    names = " ".join(image.get(name) or "" for name in ("src", "class", "id", "alt")).lower()
    if SITE.search(names[:1000]):
        return None
    references = list(dict.fromkeys(_references(image, base)))
    if not references:
        return None
    alt = tidy(image.get("alt") or image.get("title") or "")
    return WebPicture(tuple(references), caption, alt if han_runs(alt) else "")


def _references(image: Any, base: str) -> Iterator[str]:
    """The addresses of a picture, the one that is shown first."""
    for name in ADDRESSES:
        address = (image.get(name) or "").strip()
        if address.startswith("data:"):
            if len(address) > PLACEHOLDER:
                yield address
        elif address:
            yield _absolute(base, address)
    for candidates in (image.get("srcset"), image.get("data-srcset")):
        first = (candidates or "").strip().split(" ")[0].rstrip(",")
        if first and not first.startswith("data:"):
            yield _absolute(base, first)


def _absolute(base: str, address: str) -> str:
    """The address, if `base` is one; as it is on a saved page."""
    try:
        return urljoin(base, address) if "://" in base else address
    except ValueError:  # a broken IPv6 host
        return address


def _is_small(stated: str | None) -> bool:
    digits = (stated or "").strip().removesuffix("px")
    return digits.isdigit() and len(digits) < 6 and int(digits) < SMALL


__all__ = ["WebPicture", "pictures_around", "pictures_in", "pictures_of"]
