"""A finished briefing mailed from Python; all decisions are those of `briefing send`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..config import settings
from ..deliver.dispatch import Dispatched
from ..types import Briefing
from . import mail
from .digest import render, write_file


def send(
    briefing: Briefing,
    *,
    to: Sequence[str] = (),
    config: str | Path | None = None,
    dry_run: str | Path | None = None,
    again: bool = False,
) -> Dispatched:
    """Mails the briefing, or writes the first letter to `dry_run`; the outcome for each
    recipient.
    """
    named = {"to": tuple(to), "recipients": None} if to else {}
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        source = Path(folder) / "briefing.json"
        source.write_bytes(render(briefing, ("json",))[0].content)
        chosen = settings(
            {"sources": (str(source),), "mail": named}, Path(config) if config is not None else None
        )
        mailing = mail.prepare_mailing(chosen, again=again)
    if dry_run is not None:
        write_file(Path(dry_run), mail.message_bytes(mailing))
        return Dispatched(deliveries=())
    return mail.send(chosen, mailing)
