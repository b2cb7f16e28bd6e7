"""briefing mcp, asked by the official client of the protocol over stdin and stdout."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from edition import DATE, DAY
from library import KEY, room

from briefing.app.mcp import tools
from briefing.config import explicit_settings

pytest.importorskip("mcp", reason="the extra mcp is not installed")
from mcp import Client, StdioServerParameters, stdio_client

ROOT = Path(__file__).parents[2]
NAMES = ["list_editions", "read_edition", "search", "read_article", "summarize"]
TEXT = "云汀港今天开通至罗岚的新航线。首班货船上午10时离港，载货三千吨。港口负责人说，航线每周两班。"


def environment(folder: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "LANG", "LC_", "XDG_"))}
    return env | {"PYTHONPATH": str(ROOT), "HOME": str(folder), "BRIEFING_MODEL": "extract"}


def desk(folder: Path) -> Path:
    """A folder with settings and, if it was made, an archive of ten days."""
    (folder / "briefing.toml").write_text('[archive]\ndatabase = "archive.sqlite3"\n', encoding="utf-8")
    return folder


def library(folder: Path) -> Path:
    with room(folder, DAY):
        return desk(folder)


def asked(folder: Path, ask: Callable[[Client], Awaitable[Any]], *words: str) -> Any:
    """What a client makes of a server that it started."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "briefing", "mcp", *words],
        env=environment(folder),
        cwd=folder,
    )

    async def talk() -> Any:
        with (folder / "stderr").open("w") as said:
            async with Client(stdio_client(server, errlog=said)) as client:
                return await ask(client)

    return asyncio.run(talk())


def call(folder: Path, name: str, **arguments: Any) -> Any:
    async def ask(client: Client) -> Any:
        return await client.call_tool(name, arguments)

    return asked(folder, ask)


def text(result: Any) -> str:
    (content,) = result.content
    return str(content.text)


def test_it_says_what_it_can(tmp_path: Path) -> None:
    async def ask(client: Client) -> Any:
        return client.server_info, (await client.list_tools()).tools

    info, listed = asked(desk(tmp_path), ask)
    assert info.name == "briefing" and info.version
    assert [one.name for one in listed] == NAMES
    for one in listed:
        assert one.annotations.read_only_hint and one.description and one.title
        assert one.input_schema["additionalProperties"] is False
        assert all(row["description"] for row in one.input_schema["properties"].values())


def test_the_archive_is_read_from_the_list_down_to_the_evidence(tmp_path: Path) -> None:
    async def ask(client: Client) -> list[Any]:
        return [
            await client.call_tool("list_editions", {"limit": 3, "until": KEY}),
            await client.call_tool("read_edition", {}),
            await client.call_tool("search", {"query": "罗岚 轮渡", "limit": 2}),
            await client.call_tool("read_article", {"edition": KEY, "story": 1}),
        ]

    folder = library(tmp_path)
    before = (folder / "archive.sqlite3").read_bytes()
    editions, edition, found, article = asked(folder, ask)
    assert editions.structured_content["editions"][0]["edition"].startswith(KEY)
    assert len(editions.structured_content["editions"]) == 3
    assert "■ 要闻" in text(edition) and "沈砚秋" in text(edition)
    assert (
        edition.structured_content["stories"] == len(DAY.stories) == len(edition.structured_content["listed"])
    )
    assert found.structured_content["total"] > 2 == len(found.structured_content["hits"])
    assert "【罗岚】" in text(found).replace("【罗岚市】", "【罗岚】")
    data = article.structured_content
    assert data["article"]["paper"] == "云汀日报" and data["article"]["text"] == DAY.stories[0].article.text
    for sentence in data["sentences"]:
        assert "".join(sentence["rests_on"]) in data["article"]["text"]
    assert "来源：" in text(article)
    assert (folder / "archive.sqlite3").read_bytes() == before


def test_a_text_is_summarized_in_its_own_words(tmp_path: Path) -> None:
    result = call(desk(tmp_path), "summarize", text=TEXT, length=40)
    assert not result.is_error
    assert 0 < len(text(result)) <= 40
    data = result.structured_content
    assert data["model"] == "extract" and data["summary"] == text(result)
    assert all(one["evidence"] for one in data["sentences"])
    assert not (tmp_path / "archive.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("read_edition", {"edition": "2026-11-99"}, "2026-11-99"),
        ("read_edition", {"edition": "../etc"}, "../etc"),
        ("read_edition", {"day": "x"}, "edition"),
        ("read_article", {}, "story"),
        ("read_article", {"story": 999}, "999"),
        ("read_article", {"story": "1"}, "整数"),
        ("read_article", {"story": True}, "整数"),
        ("search", {"query": ""}, "query"),
        ("search", {"query": "-港口"}, ""),
        ("search", {"query": "港口", "since": "not a day"}, "not a day"),
        ("search", {"query": "港口", "limit": 100000}, "100"),
        ("summarize", {"text": " \n"}, "text"),
        ("summarize", {"text": TEXT, "length": 3}, "20"),
        ("publish", {}, "search"),
    ],
)
def test_what_is_wrong_is_a_tool_error_in_plain_words(
    tmp_path: Path, name: str, arguments: dict[str, Any], words: str
) -> None:
    from briefing.mcp.server import called

    with room(tmp_path):
        found = next((one for one in tools(settings(tmp_path)) if one.name == name), None)
        result = called(found, arguments, "zh") if found else call(desk(tmp_path), name, **arguments)
    assert result.is_error and words in text(result)
    assert "Error" not in text(result) and "pydantic" not in text(result)


def settings(folder: Path) -> Any:
    return explicit_settings(archive={"database": str(folder / "archive.sqlite3")}, model="extract")


def test_there_need_be_no_archive_yet(tmp_path: Path) -> None:
    result = call(desk(tmp_path), "list_editions")
    assert result.is_error and "briefing run" in text(result)
    assert not (tmp_path / "archive.sqlite3").exists()


def test_a_damaged_archive_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite3").write_bytes(b"no database " * 500)
    result = call(desk(tmp_path), "search", query="港口")
    assert result.is_error and "archive.sqlite3" in text(result)
    assert [path.name for path in tmp_path.glob("archive*")] == ["archive.sqlite3"]


def test_stdout_has_the_protocol_alone(tmp_path: Path) -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "t", "version": "1"},
        },
    }
    lines = [hello, {"jsonrpc": "2.0", "method": "notifications/initialized"}]
    lines += [
        {
            "jsonrpc": "2.0",
            "id": 2,
            "method": "tools/call",
            "params": {"name": "search", "arguments": {"query": "港"}},
        }
    ]
    given = "\n".join(["not JSON at all", *(json.dumps(one) for one in lines)]) + "\n"
    library(tmp_path)
    run = subprocess.Popen(
        [sys.executable, "-m", "briefing", "mcp"],
        cwd=tmp_path, env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdin and run.stdout
    run.stdin.write(given)
    run.stdin.flush()
    answers = {}
    while 2 not in answers:
        told = json.loads(run.stdout.readline())
        answers[told.get("id")] = told
    run.stdin.close()
    assert answers[2]["result"]["isError"] is False
    assert run.wait(30) == 0
    assert [json.loads(line)["jsonrpc"] for line in run.stdout.read().splitlines()] in ([], ["2.0"])
    run.stdout.close()
    run.stderr.close()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(tmp_path: Path, number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "briefing", "mcp"],
        cwd=desk(tmp_path), env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which a background job ignores
    ) as run:  # fmt: skip
        assert run.stdin and run.stdout and run.stderr
        run.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n' * 20)
        run.stdin.flush()
        assert b'"id":1' in run.stdout.readline()
        run.send_signal(number)
        assert run.wait(30) in (0, 128 + number)
        assert b"Traceback" not in run.stderr.read()


def test_the_day_of_the_example_is_the_newest(tmp_path: Path) -> None:
    with room(tmp_path):
        newest = next(one for one in tools(settings(tmp_path)) if one.name == "read_edition")({})
    assert newest.data["day"] == DATE.isoformat()
