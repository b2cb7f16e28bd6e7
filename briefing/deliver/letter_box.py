"""Letters that came in, out of a mailbox: an mbox, a Maildir, one letter in a file or on stdin.

Of each no more than LIMIT bytes are read, and of a mailbox no more than MOST letters, the newest. Nothing is
changed in it.
"""

from __future__ import annotations

import email
import mailbox
import sys
from collections.abc import Iterator
from email.message import Message as Letter
from pathlib import Path

LIMIT = 512 * 1024
MOST = 20_000
STDIN = "-"


def letters(place: str) -> Iterator[Letter]:
    """The letters at a place; raises OSError for one that cannot be read."""
    if place == STDIN:
        yield _parsed(sys.stdin.buffer.read(LIMIT))
        return
    path = Path(place)
    if path.is_dir():
        yield from _of_maildir(path)
        return
    with path.open("rb") as file:
        head = file.read(LIMIT)
    if head.startswith(b"From "):
        yield from _of_mbox(path)
    elif head.strip():
        yield _parsed(head)


def _of_maildir(path: Path) -> Iterator[Letter]:
    folders = [path / name for name in ("cur", "new")]
    if not all(one.is_dir() for one in folders):
        raise NotADirectoryError(20, "no Maildir", str(path))
    found = [one for folder in folders for one in folder.iterdir() if one.is_file()]
    for file in sorted(found, key=lambda one: one.name)[-MOST:]:  # names begin with the time
        with file.open("rb") as opened:
            yield _parsed(opened.read(LIMIT))


def _of_mbox(path: Path) -> Iterator[Letter]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.keys()[-MOST:]:
            file = box.get_file(key)
            try:
                yield _parsed(file.read(LIMIT))
            finally:
                file.close()
    finally:
        box.close()


def _parsed(data: bytes) -> Letter:
    return email.message_from_bytes(data)
