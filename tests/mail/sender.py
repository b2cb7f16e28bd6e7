"""A program of its own that queues letters and sends them, for tests that kill it: sender.py OUTBOX PORT KEY COUNT [STEP].

With STEP it kills itself, as kill -9 does, at that step: just before or just after a thing done to the outbox or said to
the server.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from briefing.deliver.outbox import Letter, Outbox
from briefing.deliver.send_queue import Pace, send_queue
from briefing.deliver.smtp import Server, SmtpConnection
from briefing.deliver.smtp_protocol import BoundedClient
from briefing.types import Recipient


def letters(key: str, count: int) -> list[Letter]:
    return [
        Letter(
            title="每日简报",
            sender="desk@yunting.test",
            recipients=(Recipient(address=f"r{n}@yunting.test", name=f"读者{n}"),),
            content=f"Message-ID: <{key}.{n}@yunting.test>\r\nSubject: x\r\n\r\n正文\r\n".encode(),
        )
        for n in range(count)
    ]


def stepping(last: int) -> None:
    """Counts what is done, and ends the process before the step `last`."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(owner: type, name: str) -> None:
        real = getattr(owner, name)

        def call(*args: object, **options: object) -> object:
            step()
            found = real(*args, **options)
            step()
            return found

        setattr(owner, name, call)

    for name in ("queue", "mark_handed", "record_replies", "_delete_bodies", "known_addresses"):
        watched(Outbox, name)
    for name in ("send", "getreply"):
        watched(BoundedClient, name)


def main(path: str, port: str, key: str, count: str, step: str = "0") -> None:
    if int(step):
        stepping(int(step))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    box = Outbox(Path(path))
    with box.sending():
        known = box.known_addresses(key)
        fresh = [one for one in letters(key, int(count)) if one.recipients[0].address not in known]
        if fresh:
            box.queue(key, fresh)
        ids = [copy.id for copy in box.deliveries(key)]
        server = Server(host="127.0.0.1", port=int(port), security="none", timeout=20)
        send_queue(box, SmtpConnection(server), Pace(), ids)


if __name__ == "__main__":
    main(*sys.argv[1:])
