"""How fast letters go out: N recipients on loopback over one connection, to an aiosmtpd server in a process of its own.

python benchmarks/mail_speed.py [N] [--named]; with --named each letter greets its reader by name, and is written by itself.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from briefing.app import mail as mail_app
from briefing.config import MailSettings, Settings


class Count:
    """Counts what comes."""

    def __init__(self, letters: Any, connections: Any) -> None:
        self.letters, self.connections = letters, connections

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, name: str, said: list[str]
    ) -> list[str]:
        self.connections.value += 1
        session.host_name = name
        return said

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.value += len(envelope.rcpt_tos)
        return "250 OK"


def serve(port: Any, letters: Any, connections: Any, done: Any) -> None:
    from aiosmtpd.controller import Controller

    class Free(Controller):
        def _trigger_server(self) -> None:
            self.port = self.server.sockets[0].getsockname()[1]
            super()._trigger_server()

    controller = Free(Count(letters, connections), hostname="127.0.0.1", port=0)
    controller.start()
    port.value = controller.port
    done.wait()
    controller.stop()


def main(count: int, named: bool) -> None:
    context = multiprocessing.get_context("spawn")
    port, letters, connections = (context.Value("i", 0) for _ in range(3))
    done = context.Event()
    server = context.Process(target=serve, args=(port, letters, connections, done))
    server.start()
    while not port.value:
        time.sleep(0.01)
    people = [
        f"读者{n} <reader{n}@yunting.test>" if named else f"reader{n}@yunting.test" for n in range(count)
    ]
    pages = Path(__file__).parents[1] / "examples/pages"
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            sources=(str(pages),),
            model="extract",
            mail=MailSettings(
                host="127.0.0.1",
                port=port.value,
                security="none",
                sender="desk@yunting.test",
                to=tuple(people),
                outbox=Path(folder) / "outbox.sqlite3",
            ),
        )
        begin = time.perf_counter()
        post = mail_app.prepare_mailing(settings)
        made = time.perf_counter()
        copies = mail_app.send(settings, post).deliveries
        sent = time.perf_counter()
        again = mail_app.send(settings, post).deliveries
        end = time.perf_counter()
        size = len(mail_app.message_bytes(post))
        box = sum(file.stat().st_size for file in Path(folder).iterdir())
    done.set()
    server.join()
    assert {copy.state.value for copy in [*copies, *again]} == {"sent"}
    assert letters.value == count
    print(
        f"{count} recipients, {'named' if named else 'all alike'}: briefing {made - begin:.1f} s; written down and sent"
        f" {sent - made:.2f} s, {count / (sent - made):.0f} a second; {connections.value} connection(s); {size} bytes a"
        f" letter; second run {end - sent:.2f} s, nobody twice; outbox {box / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main(int(next((word for word in sys.argv[1:] if word.isdigit()), "1000")), "--named" in sys.argv)
