"""briefing mcp: the archive and the summarizer for programs with language models."""

from __future__ import annotations

import typer

from ..messages import both
from . import options

HELP = both(
    "MCP 服务器（标准输入输出）：让大模型程序读存档、搜索、摘要；只读，不改存档。",
    "An MCP server on stdin and stdout: programs with language models read and search the archive, "
    "and summarize. It changes nothing.",
)


def mcp(
    context: typer.Context,
    model: options.Model = None,
    config: options.Config = None,
    lang: options.Lang = None,
) -> int:
    """Serves until stdin is closed."""
    from ..app import mcp as app

    try:
        app.serve(options.chosen_settings(context, config))
    except KeyboardInterrupt:  # clients end it so
        return 0
    return 0
