"""kill -9 at every step, and at random moments: nobody gets a letter twice, and nobody is lost.

BRIEFING_KILLS sets the number of random kills; 20 are quick, 200 take some minutes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest
from servers import Counting

from briefing.deliver.outbox import Outbox, QueueState
from briefing.deliver.send_queue import Pace, send_queue
from briefing.deliver.smtp import Server, SmtpConnection

SENDER = Path(__file__).with_name("sender.py")
KILLS = int(os.environ.get("BRIEFING_KILLS", "20"))
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


def started(box: Path, port: int, key: str, count: int, step: int = 0) -> subprocess.Popen[str]:
    words = [sys.executable, str(SENDER), str(box), str(port), key, str(count), str(step)]
    env = {**os.environ, "PYTHONPATH": str(SENDER.parents[2])}
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)


def ended(run: subprocess.Popen[str]) -> int:
    run.communicate(timeout=60)
    return run.returncode


def identities(handler: Counting, key: str) -> Counter[str]:
    """How many letters of that key came with each Message-ID."""
    found = (str(message_from_bytes(content)["Message-ID"]) for _, content in list(handler.letters))
    return Counter(one for one in found if one.startswith(f"<{key}."))


def checked(box: Outbox, handler: Counting, key: str, count: int) -> int:
    """Nobody twice, nobody lost; how many are unknown."""
    came = identities(handler, key)
    copies = {
        f"<{key}.{copy.address.partition('@')[0][1:]}@yunting.test>": copy for copy in box.deliveries(key)
    }
    assert len(copies) == count
    assert set(came) <= set(copies)
    assert max(came.values()) == 1, "somebody has it twice"
    for name, copy in copies.items():
        assert copy.state in (QueueState.SENT, QueueState.UNKNOWN)
        assert copy.state is QueueState.UNKNOWN or came[name] == 1, "recorded as sent, but it did not come"
    return sum(copy.state is QueueState.UNKNOWN for copy in copies.values())


def resolved(box: Outbox, port: int, key: str) -> None:
    """A person says: send the unknown ones again."""
    with box.sending():
        ids = [copy.id for copy in box.deliveries(key, (QueueState.UNKNOWN,))]
        box.retry(ids)
        send_queue(box, SmtpConnection(Server(host="127.0.0.1", port=port, security="none")), Pace(), ids)


def test_killed_at_every_step(serve: Callable[..., int], handler: Counting, tmp_path: Path) -> None:
    port, path = serve(), tmp_path / "outbox.sqlite3"
    unknown = step = 0
    while True:
        step += 1
        first = ended(started(path, port, f"k{step}", 2, step))
        assert ended(started(path, port, f"k{step}", 2)) == 0
        box = Outbox(path)
        unknown += checked(box, handler, f"k{step}", 2)
        resolved(box, port, f"k{step}")
        assert len(identities(handler, f"k{step}")) == 2, "everybody has it in the end"
        box.close()
        if first == 0:
            break
        assert first == -signal.SIGKILL
    assert step > 40
    # Unknown are only those who were cut off after "handed" was written and before the answer was: around the last dot.
    assert 0 < unknown < step / 3


def test_killed_at_random_moments(serve: Callable[..., int], handler: Counting, tmp_path: Path) -> None:
    chance = random.Random(20261120)
    handler.latency = 0.004
    port, path, count = serve(), tmp_path / "outbox.sqlite3", 40
    kills = unknown = rounds = 0
    while kills < KILLS:
        rounds += 1
        key = f"r{rounds}"
        while True:
            run = started(path, port, key, count)
            assert run.stdout and run.stdout.readline() == "ready\n"
            threading.Event().wait(chance.uniform(0, 0.4)) if kills < KILLS else None
            if kills < KILLS and run.poll() is None:
                run.kill()
            code = ended(run)
            assert code in (0, -signal.SIGKILL)
            kills += code != 0
            if code == 0:
                break
        box = Outbox(path)
        unknown += checked(box, handler, key, count)
        resolved(box, port, key)
        assert len(identities(handler, key)) == count
        box.close()
    print(
        f"{kills} kills in {rounds} letters to {count}: {unknown} of {rounds * count} copies unknown, nobody twice"
    )
    assert unknown <= kills


def test_two_at_the_same_minute_send_one_copy(
    serve: Callable[..., int], handler: Counting, tmp_path: Path
) -> None:
    port = serve()
    runs = [started(tmp_path / "outbox.sqlite3", port, "m", 30) for _ in range(3)]
    assert [ended(run) for run in runs] == [0, 0, 0]
    assert set(identities(handler, "m").values()) == {1} and len(handler.letters) == 30
