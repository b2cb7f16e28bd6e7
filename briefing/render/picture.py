"""A story's picture as pages show it: its file name, its address within a page, and the line below it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from ..types import Briefing, Form, Picture, Story

IN_FULL = (Form.FULL, Form.SHORT)


def picture_of(story: Story) -> Picture | None:
    """The picture that is shown with a story: none where it is told in a line."""
    return story.picture if story.form in IN_FULL else None


def pictures(briefing: Briefing) -> list[Picture]:
    """The pictures that a page of the briefing shows."""
    return [found for story in briefing.stories if (found := picture_of(story))]


def file_name(picture: Picture) -> str:
    """A name that depends on the picture alone: another picture has another one."""
    return f"picture-{hashlib.sha256(picture.content).hexdigest()[:12]}.jpg"


def data_uri(picture: Picture) -> str:
    """The picture as an address that holds it (RFC 2397)."""
    return f"data:image/jpeg;base64,{base64.b64encode(picture.content).decode()}"


def caption_line(picture: Picture) -> str:
    """What stands below the picture: what is to be seen, and whose it is."""
    return "\u3000".join(filter(None, (picture.caption, picture.credit)))


def lay_out(briefing: Briefing, folder: Path) -> None:
    """Writes the briefing's pictures into a folder, from which a page takes them."""
    for picture in pictures(briefing):
        path = folder / file_name(picture)
        if not path.exists():
            path.write_bytes(picture.content)


__all__ = ["IN_FULL", "caption_line", "data_uri", "file_name", "lay_out", "picture_of", "pictures"]
