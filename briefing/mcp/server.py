"""The tools on stdin and stdout, by the official package (modelcontextprotocol/python-sdk).

Stdout carries the protocol alone: while it is served, the package leads whatever else is printed to stderr.
An expected failure is a tool error in plain words; any other is written to stderr, and the client is
told only that the tool failed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from ..errors import BriefingError
from ..messages import Language, Message
from ..text.clean_input import clean_input
from .stdin_lines import StdinLines
from .tool import Tool

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp_types import CallToolResult

CRASHED = Message("内部错误，见服务器的标准错误输出", "internal error; see the server's stderr")


def serve_stdio(tools: Sequence[Tool], version: str, instructions: str, language: Language) -> None:
    """Serves until stdin is closed, or a signal ends it as it would have ended what is outside."""
    import anyio
    from mcp.server.stdio import stdio_server

    from .ending import ended_by_signal

    logging.basicConfig(level=logging.WARNING)  # on stderr

    async def serve() -> None:
        server = server_of(tools, version, instructions, language)
        lines = cast("anyio.AsyncFile[str]", StdinLines())
        async with stdio_server(stdin=lines) as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    with ended_by_signal() as watched:
        anyio.run(watched, serve)


def server_of(tools: Sequence[Tool], version: str, instructions: str, language: Language) -> Server[Any]:
    """The server; calls run in threads, so that pings are answered in between."""
    import anyio.to_thread
    import mcp_types as types
    from mcp.server.lowlevel import Server

    async def list_tools(context: Any, page: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool, language) for tool in tools])

    async def call_tool(context: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = next((one for one in tools if one.name == asked.name), None)
        if tool is None:
            names = "、".join(one.name for one in tools)
            return _failed(f"没有工具 {asked.name}；可用的有：{names} / no such tool")
        return await anyio.to_thread.run_sync(
            called, tool, asked.arguments or {}, language, abandon_on_cancel=True
        )

    return Server(
        "briefing",
        version=version,
        instructions=instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def called(tool: Tool, given: dict[str, Any], language: Language) -> CallToolResult:
    """The result of a call; a failure is one too, and marked."""
    import mcp_types as types

    try:
        answer = tool(given)
    except BriefingError as error:
        hint = f"\n→ {error.hint(language)}" if error.hint else ""
        return _failed(error.message(language) + hint)
    except Exception:
        logging.getLogger(__name__).exception("tool %s", tool.name)
        return _failed(CRASHED(language))
    text = types.TextContent(type="text", text=clean_input(answer.text))
    return types.CallToolResult(content=[text], structured_content=answer.data)


def _failed(text: str) -> CallToolResult:
    import mcp_types as types

    return types.CallToolResult(
        content=[types.TextContent(type="text", text=clean_input(text))], is_error=True
    )


def _described(tool: Tool, language: Language) -> Any:
    import mcp_types as types

    return types.Tool(
        name=tool.name,
        title=tool.title(language),
        description=f"{tool.about.zh}\n{tool.about.en}",
        input_schema=tool.schema(),
        annotations=types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )
