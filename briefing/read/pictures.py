"""A picture that a page shows, opened: upright, no larger than it is printed, nothing hidden in it.

Opened in a child process with limits (Pillow, the extra `pictures`). What is too small, too slim, of one
colour or a code to scan is no picture of the news.
"""

from __future__ import annotations

import base64
import binascii
import importlib.util
from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from ..errors import SourceError, UsageError
from ..isolation.isolated import Limits, run_isolated
from ..messages import Message
from ..protocols import Outcome, Resolver
from ..text.captions import split_credit
from ..types import Article, FoundPicture, Picture, Problem
from .fetch import is_address

LARGEST = 24 * 1024 * 1024
"""Largest picture in bytes; news sites serve some 0.3 million, cameras make 12 million."""
LIMITS = Limits(memory=700 * 1024 * 1024, item_seconds=8.0, seconds=8.0)
MOST = 4
"""Most pictures of an article that are opened."""


SAVE = Message(
    "图片要和网页存在一起（存为“网页，全部”）；在网上的，加 --follow 去取",
    "save the page with its pictures (“web page, complete”); with --follow they are fetched",
)


def check_installed() -> None:
    """Raises UsageError where pictures cannot be opened."""
    if importlib.util.find_spec("PIL") is None:
        raise UsageError(
            Message("收图片需要 Pillow", "pictures need Pillow"),
            Message(
                'pip install "briefing[pictures]"，或去掉 --pictures', 'pip install "briefing[pictures]"'
            ),
        )


def picture_bytes(resolve: Resolver, follow: Resolver | None, reference: str) -> bytes:
    """The bytes of a picture: within the page, saved beside it, or, where links are followed, at its address.

    Raises SourceError.
    """
    if reference.startswith("data:"):
        return _inline(reference)
    try:
        return resolve(reference)
    except SourceError:
        if follow is None or not is_address(reference):
            raise
        return follow(reference)


def opened(found: Sequence[FoundPicture], article: Article) -> Outcome[Picture] | None:
    """The first of an article's pictures that can be shown; None where none is one of the news.

    A Problem, which is a note, where there is one and it cannot be opened.
    """
    problem: Problem | None = None
    for picture in found[:MOST]:
        for reference in picture.references:
            try:
                data = picture.load(reference)
                if len(data) > LARGEST:
                    raise SourceError(Message("图片过大", "it is too large"))
                ((content, width, height),) = run_isolated(
                    "briefing.read.picture_file:opened", data, limits=LIMITS
                )
            except SourceError as error:
                problem = problem or _problem(article, error)
                continue
            if content:
                return _picture(content, width, height, picture, article)
            break
    return problem


def _picture(content: bytes, width: int, height: int, found: FoundPicture, article: Article) -> Picture:
    caption, credit = split_credit(found.caption)
    if not credit and article.paper:
        credit = f"图自《{article.paper.strip('《》')}》"
    alt = caption or found.alt or article.headline
    return Picture(content=content, width=width, height=height, caption=caption, credit=credit, alt=alt)


def _problem(article: Article, error: SourceError) -> Problem:
    """The note that a picture was left out."""
    zh, en = error.message.zh, error.message.en
    return Problem(
        source=article.source,
        message=Message(
            f"《{article.headline}》的图片没有收入：{zh}",
            f"the picture of {article.headline} is left out: {en}",
        ),
        hint=SAVE,
        note=True,
    )


def _inline(address: str) -> bytes:
    """The bytes of a data: address (RFC 2397); raises SourceError."""
    head, _, body = address.partition(",")
    try:
        data = unquote_to_bytes(body)
        return base64.b64decode(data, validate=False) if head.endswith(";base64") else data
    except (binascii.Error, ValueError):
        raise SourceError(Message("图片已损坏", "it is damaged")) from None


__all__ = ["check_installed", "opened", "picture_bytes"]
