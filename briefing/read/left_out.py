"""Notes on sources that are left out on purpose: the program's own output, copies of other sources."""

from __future__ import annotations

from collections.abc import Sequence

from ..messages import Message
from ..types import Problem

FEW = 3
"""Most names that a note lists."""


def own_output_note(sources: Sequence[str]) -> Problem:
    """The note that these sources are briefings that this program made."""
    count = len(sources)
    zh = (
        "是本程序生成的简报，不当作新闻" if count == 1 else f"等 {count} 个文件是本程序生成的简报，不当作新闻"
    )
    en = "made by this program" if count == 1 else f"and so on, {count} files made by this program"
    return Problem(
        source=_names(sources),
        message=Message(zh, f"{en}: not read as news"),
        hint=Message(
            "把简报写到另一个文件夹（--out），就不会混在版面里；要重排做好的简报，只给它的 .json",
            "write briefings to a folder of their own (--out); to set one anew, give its .json alone",
        ),
        note=True,
    )


def copies_note(copies: Sequence[tuple[str, str]]) -> Problem:
    """The note that these sources (the first of each pair) have the bytes of others."""
    count, first = len(copies), copies[0][1]
    if count == 1:
        message = Message(f"与 {first} 完全相同，只算一次", f"the same as {first}: counted once")
    else:
        message = Message(
            f"等 {count} 个来源与别的来源完全相同，只算一次",
            f"and so on, {count} sources the same as others: counted once",
        )
    return Problem(source=_names([name for name, _ in copies]), message=message, note=True)


def _names(sources: Sequence[str]) -> str:
    return "、".join(sources[:FEW])


__all__ = ["copies_note", "own_output_note"]
