"""Hands documents over: writes them and prints their paths, or prints the one document itself."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..messages import Message
from ..types import Document
from . import console
from .language import say

if TYPE_CHECKING:
    from ..config import Settings

BINARY = ("pdf", "png", "epub")


def ready(settings: Settings, *, as_json: bool = False) -> Settings:
    """The settings with the format that fits `out`.

    Raises UsageError, before anything is read, for what cannot be printed on stdout.
    """
    from ..app.output import STDOUT, with_format_of_out

    chosen = with_format_of_out(settings)
    if settings.out != STDOUT:
        return chosen
    if as_json:
        raise UsageError(
            Message("--json 和 -o - 都要用标准输出", "--json and -o - both want stdout"),
            Message("只写其中一个", "use one of them"),
        )
    if chosen.format[0] in BINARY and sys.stdout.isatty():
        raise UsageError(
            Message(f"{chosen.format[0]} 不能显示在终端里", f"a terminal cannot show {chosen.format[0]}"),
            Message(f"写进文件：-o 简报.{chosen.format[0]}", f"write a file: -o day.{chosen.format[0]}"),
        )
    return chosen


def one_for_one(editions: Sequence[str], settings: Settings) -> None:
    """Raises UsageError where several editions would go into one file or to stdout."""
    from ..app.output import is_one_file

    if len(editions) > 1 and is_one_file(settings.out):
        raise UsageError(
            Message("几期简报不能写进同一个文件", "several briefings do not fit into one file"),
            Message("用 --out 给出文件夹", "name a folder with --out"),
        )


def hand_over(
    documents: Sequence[Document], settings: Settings, date: datetime.date, *, quiet: bool
) -> list[str]:
    """Writes the documents, and says what was overwritten; the paths, none for stdout."""
    from ..app.output import STDOUT, save

    if settings.out == STDOUT:
        for document in documents:
            console.write_bytes(document.content)
        return []
    written = save(documents, settings.out, date)
    replaced = [one.path.name for one in written if one.replaced]
    if replaced and not quiet:
        console.talk(
            say(f"覆盖了原有的 {'、'.join(replaced)}", f"replaced what was there: {', '.join(replaced)}")
        )
    return [str(one.path) for one in written]
