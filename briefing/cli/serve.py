"""briefing serve: the reading room on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ..messages import both
from . import console, options
from . import options_serve as serve_options
from .language import say
from .usage import whole_number

if TYPE_CHECKING:
    from ..store.archive import Archive

HELP = both(
    "打开阅览室：在浏览器里按日、按人、按词阅读存档。",
    "Open the reading room: the archive in a browser, by day, by name, by word.",
)


def serve(
    context: typer.Context,
    host: serve_options.Host = None,
    port: serve_options.Port = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
) -> int:
    """Prints the address, and serves until it is ended."""
    from ..app import serve as app

    settings = options.chosen_settings(context, config)
    asked = {"host": host, "port": whole_number(port, "--port", 0) if port else None}
    chosen = {name: value for name, value in asked.items() if value is not None}
    settings = settings.model_copy(update={"serve": settings.serve.model_copy(update=chosen)})

    def opened(archive: Archive, address: str) -> None:
        for note in archive.notes:
            console.problem(note)
        console.echo(address)
        console.flush()
        if not quiet:
            console.talk(say("按 Ctrl-C 关闭", "Ctrl-C closes it"))

    try:
        app.serve(settings, opened, console.failure)
    except KeyboardInterrupt:  # this is how it is ended
        return 0
    return 0
