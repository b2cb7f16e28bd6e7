"""The options of every command that reads sources: may the network be used, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .language import say

if TYPE_CHECKING:  # for the annotation only: `briefing --help` must not pay for settings
    from ..read.sources import ReadingOptions

Offline = Annotated[
    bool | None,
    typer.Option(
        "--offline",
        help=say("不碰网络，网址一律不读", "Do not touch the network: read no address."),
        show_default=False,
    ),
]
Follow = Annotated[
    bool | None,
    typer.Option(
        "--follow",
        help=say(
            "订阅源只有提要时，去读文章本身", "Where a feed has only a teaser, read the article behind it."
        ),
        show_default=False,
    ),
]
Private = Annotated[
    bool | None,
    typer.Option(
        "--allow-private",
        help=say("允许读内网地址；默认只读公网", "Allow addresses that are not public."),
        show_default=False,
    ),
]
Delay = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        min=0,
        max=60,
        help=say(
            "同一网站两次请求间隔的秒数；默认 1", "Seconds between two requests to a host; 1 by default."
        ),
        show_default=False,
    ),
]


def flags(
    offline: bool | None, follow: bool | None, private: bool | None, delay: float | None
) -> dict[str, object]:
    """The settings that the options stand for."""
    return {"offline": offline, "follow": follow, "allow_private": private, "delay": delay}


def reading_options(found: dict[str, object]) -> ReadingOptions:
    """How to read, for a command that has no other settings."""
    from ..app.reading import reading_options as read_as
    from ..config import settings

    return read_as(settings(found))
