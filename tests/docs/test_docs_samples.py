"""Every code sample of the documentation does what it says: it is run, and what it prints is compared."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import samples as s

sys.path.insert(0, str(Path(__file__).parents[1] / "mail"))

README, README_ZH = s.ROOT / "README.md", s.ROOT / "README.zh-CN.md"
PAGES = [
    README_ZH,
    README,
    *(
        page
        for page in sorted((s.ROOT / "docs").rglob("*.md"))
        if page.parts[-2] != "decisions" and page.name != "log.md"
    ),
]
PUBLIC = re.compile(
    r"https?://(?!localhost|127\.|\[::1\])[\w.-]+|\bpip install '?briefing\[|--model [\w-]+/[\w.-]+"
)


def english(page: Path) -> Path:
    return README if page == README_ZH else page.with_name(page.name.replace(".md", ".en.md"))


def run_alike(page: Path) -> bool:
    """Whether an English page has the samples and outputs of its Chinese one, but for comments: it need not be run."""
    chinese = README_ZH if page == README else page.with_name(page.name.replace(".en.md", ".md"))
    return page != chinese and chinese.exists() and _bare(page) == _bare(chinese)


def _bare(page: Path) -> list[tuple[str, str]]:
    comment = re.compile(r"\s+# .*$|^# .*$", re.MULTILINE)
    return [
        (x.title, comment.sub("", x.text))
        for x in s.samples(page)
        if x.mark == "output" or x.language != "text"
    ]


def shown(page: Path) -> str:
    return page.relative_to(s.ROOT).as_posix()


@pytest.fixture(scope="module")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, dict[str, str]]]:
    """A server with TLS and a login, and the settings that lead any sample's mail to it."""
    servers = pytest.importorskip("servers", reason="aiosmtpd is not installed")
    trustme = pytest.importorskip("trustme", reason="trustme is not installed")
    import ssl

    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(file)
    handler = servers.Counting()
    server = servers.Serving(
        handler,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=servers.authenticator,
    )
    server.start()
    yield (
        handler,
        {
            "BRIEFING_MAIL__HOST": "127.0.0.1",
            "BRIEFING_MAIL__PORT": str(server.port),
            "BRIEFING_MAIL__CA_FILE": str(file),
            "BRIEFING_MAIL__USER": servers.USER,
            "BRIEFING_MAIL_PASSWORD": servers.PASSWORD,
        },
    )
    handler.freed.set()
    server.stop()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Host and port of a chat model that has one answer."""
    answer = {
        "choices": [{"index": 0, "message": {"content": "要点：云汀\n摘要：云汀。"}, "finish_reason": "stop"}]
    }
    data = json.dumps(answer | {"usage": {"total_tokens": 100}}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache that the pages share, those that another process runs too."""
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "remembered"


@pytest.mark.skipif(sys.platform == "win32", reason="the samples are for a POSIX shell")
@pytest.mark.parametrize("page", [p for p in PAGES if not run_alike(p)], ids=shown)
def test_the_samples_of_a_page_run(
    page: Path, tmp_path: Path, mail_server: tuple[Any, dict[str, str]], endpoint: str, remembered: Path
) -> None:
    handler, settings = mail_server
    handler.letters.clear()
    found = s.samples(page)
    if any("ocr" in x.text for x in found):
        pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    folder = s.Folder(tmp_path / page.stem, settings, {"localhost:8000": endpoint}, remembered)
    for sample in found:
        if wrong := folder.do(sample):
            pytest.fail(f"{sample.place}\n{sample.text}\n{wrong}", pytrace=False)
    run = [c for x in found if x.language == "sh" and not x.mark for c in s.commands(x)]
    sends = any(c[:1] == ["send"] and not {"--dry-run", "--preview"} & set(c) for c in run)
    if sends or any(c[:1] == ["init"] and "--to" in c for c in run):
        assert handler.count and set(handler.count.values()) == {1}, "everybody has the briefing, and once"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_each_block_says_what_it_is(page: Path) -> None:
    for sample in s.samples(page):
        known = sample.language in (*s.RUN, *s.SHOWN) or (sample.title and sample.language in s.WRITTEN)
        assert known, (
            f"{sample.place}: a block of {sample.language or 'no language'} is neither run, written nor shown"
        )
        assert sample.mark in ("", "network", "output") or sample.mark.startswith("by hand: "), sample.place
        if sample.language == "toml":
            tomllib.loads(sample.text)


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_only_what_cannot_be_run_is_not_run(page: Path) -> None:
    for sample in s.samples(page):
        if sample.mark == "network":
            assert PUBLIC.search(sample.text), f"{sample.place} needs no network: it is to be run"
        elif (
            sample.language in s.RUN
            and not sample.title
            and not sample.mark
            and "--offline" not in sample.text
        ):
            assert not PUBLIC.search(sample.text), f"{sample.place} needs the network: mark it"
        if sample.mark.startswith("by hand"):
            assert not s.commands(sample), f"{sample.place} runs `briefing`: it is to be run"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_the_commands_that_are_not_run_are_well_formed(page: Path) -> None:
    from typer.main import get_command

    from briefing.cli.main import app

    for sample in s.samples(page):
        if sample.language != "sh" or not sample.mark:
            continue
        checked = subprocess.run(["bash", "-n", "-c", sample.text], capture_output=True, text=True)
        assert checked.returncode == 0, f"{sample.place}: {checked.stderr}"
        for words in s.commands(sample):
            command, name = get_command(app), "briefing"
            while hasattr(command, "commands"):
                assert words[0] in command.commands, (
                    f"{sample.place}: there is no command {shlex.join(words)}"
                )
                command, name, words = command.commands[words[0]], words[0], words[1:]
            command.make_context(name, list(words))  # raises for an option that there is not


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page != README and english(page).exists()], ids=shown
)
def test_the_english_page_has_the_same_samples(page: Path) -> None:
    assert [(x.language, x.mark.split(":")[0]) for x in s.samples(english(page))] == [
        (x.language, x.mark.split(":")[0]) for x in s.samples(page)
    ]


def test_the_crontab_lines_name_five_times_and_a_script_of_the_page() -> None:
    for page in PAGES:
        found = s.samples(page)
        for sample in found:
            if sample.language == "crontab":
                for line in filter(None, sample.text.splitlines()):
                    assert re.match(r"(?:[\d*,/-]+ +){5}/\S+$", line), sample.place
                    assert Path(line.split()[-1]).name in {x.title for x in found}, sample.place
