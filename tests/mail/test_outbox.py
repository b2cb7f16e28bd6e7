"""The outbox and the round: states, further tries, pace; what is kept and what is forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import Counting, people

from briefing.deliver.outbox import Letter, Outbox, QueueState
from briefing.deliver.send_queue import Pace, send_queue
from briefing.deliver.smtp import DeliveryStatus, Reply, Server, SmtpConnection
from briefing.errors import DeliveryError
from briefing.types import Recipient

BODY = b"Subject: x\r\n\r\n" + "每人一样的正文".encode() + b"\r\n"


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path / "发件箱" / "outbox.sqlite3")
    yield made
    made.close()


def letter(*to: Recipient, content: bytes = BODY) -> Letter:
    return Letter(title="每日简报", sender="desk@yunting.test", recipients=to, content=content)


def each(n: int) -> list[Letter]:
    return [letter(one) for one in people(n)]


def went(box: Outbox, port: int, pace: Pace | None = None, **more: object) -> Clock:
    clock = Clock()
    line = SmtpConnection(Server(host="127.0.0.1", port=port, security="none", timeout=5))
    with box.sending():
        send_queue(box, line, pace or Pace(), clock=clock, sleep=clock.sleep, **more)  # type: ignore[arg-type]
    return clock


def states(box: Outbox) -> list[tuple[str, int, int]]:
    return [(copy.state.value, copy.attempts, copy.code) for copy in box.deliveries()]


def test_what_was_put_off_is_tried_again_later_and_later(
    box: Outbox, serve: Callable[..., int], handler: Counting
) -> None:
    handler.rcpt["reader1@yunting.test"] = ["450 later"] * 2
    handler.data["reader2@yunting.test"] = ["451 later"]
    box.queue("k", each(3))
    ticks: list[str] = []
    clock = went(box, serve(), on_address=ticks.append)
    assert states(box) == [("sent", 3, 250), ("sent", 2, 250), ("sent", 1, 250)]
    assert clock.slept == [10, 20]
    assert handler.count == {one.address: 1 for one in people(3)}
    assert [tick[6] for tick in ticks] == ["3", "2", "1"]


def test_after_the_last_try_it_waits_for_another_round(
    box: Outbox, serve: Callable[..., int], handler: Counting
) -> None:
    handler.rcpt["reader1@yunting.test"] = ["450 later"] * 4
    box.queue("k", each(1))
    port = serve()
    assert went(box, port, Pace(retries=3, backoff=1)).slept == [1, 2, 4]
    assert states(box) == [("waiting", 4, 450)]
    went(box, port)
    assert states(box) == [("sent", 5, 250)]


def test_refused_and_unknown_are_not_tried_again_unless_somebody_says_so(
    box: Outbox, serve: Callable[..., int], handler: Counting
) -> None:
    handler.rcpt["reader1@yunting.test"] = ["550 nobody here"]
    handler.data["reader2@yunting.test"] = ["take and drop"]
    box.queue("k", each(3))
    port = serve()
    went(box, port)
    went(box, port)
    assert states(box) == [("refused", 1, 550), ("unknown", 1, 0), ("sent", 1, 250)]
    box.retry([copy.id for copy in box.deliveries() if copy.state is QueueState.REFUSED])
    went(box, port)
    assert [state for state, _, _ in states(box)] == ["sent", "unknown", "sent"]


def test_a_server_that_is_not_there_loses_nobody(
    box: Outbox, serve: Callable[..., int], handler: Counting
) -> None:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box.queue("k", each(2))
    clock = Clock()
    line = SmtpConnection(Server(host="127.0.0.1", port=port, security="none", timeout=5))
    with pytest.raises(DeliveryError, match="cannot reach"), box.sending():
        send_queue(box, line, Pace(retries=2, backoff=5), clock=clock, sleep=clock.sleep)
    assert clock.slept == [5, 10]
    went(box, serve())
    assert [state for state, _, _ in states(box)] == ["sent", "sent"]


def test_the_rate_and_the_messages_of_a_connection_are_kept_to(
    box: Outbox, serve: Callable[..., int], handler: Counting
) -> None:
    box.queue("k", each(5))
    clock = went(box, serve(), Pace(rate=30, per_connection=2))
    assert clock.slept == [2, 2, 2, 2]
    assert handler.connections == 3


def test_one_letter_to_all_is_one_message(box: Outbox, serve: Callable[..., int], handler: Counting) -> None:
    handler.rcpt["reader2@yunting.test"] = ["450 later"]
    handler.rcpt["reader3@yunting.test"] = ["550 no"]
    box.queue("k", [letter(*people(4))])
    went(box, serve())
    assert [state for state, _, _ in states(box)] == ["sent", "sent", "refused", "sent"]
    assert handler.count == {f"reader{n}@yunting.test": 1 for n in (1, 2, 4)}


def test_a_letter_is_all_queued_or_not_at_all(box: Outbox) -> None:
    def broken() -> Iterator[Letter]:
        yield from each(2)
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        box.queue("k", broken())
    assert not box.deliveries()
    box.queue("k", each(2))
    assert box.known_addresses("k") == {
        "reader1@yunting.test",
        "reader2@yunting.test",
    } and not box.known_addresses("other")


def test_an_address_has_one_copy_of_a_briefing_whatever_its_case(box: Outbox) -> None:
    box.queue("k", each(1))
    with pytest.raises(DeliveryError, match="UNIQUE"):
        box.queue("k", [letter(Recipient(address="READER1@yunting.test"))])
    assert len(box.deliveries()) == 1


def bodies(box: Outbox) -> int:
    with sqlite3.connect(box.path) as db:
        (count,) = db.execute("SELECT count(*) FROM bodies").fetchone()
    db.close()
    return int(count)


def test_the_same_text_is_kept_once_and_only_as_long_as_it_is_needed(
    box: Outbox, serve: Callable[..., int], handler: Counting
) -> None:
    handler.rcpt["reader5@yunting.test"] = ["550 no"]
    box.queue("k", each(5))
    assert bodies(box) == 1
    went(box, serve())
    assert bodies(box) == 1, "one was not reached"
    with box.sending():
        box.drop([copy.id for copy in box.deliveries() if copy.state is QueueState.REFUSED])
    assert bodies(box) == 0
    assert [copy.state for copy in box.deliveries()] == [QueueState.SENT] * 4 + [QueueState.DROPPED]


def test_cut_off_copies_become_unknown_and_an_answer_is_kept(box: Outbox) -> None:
    box.queue("k", each(3))
    first, second, _ = box.deliveries()
    box.mark_handed([first, second])
    box.record_replies([(second, Reply(DeliveryStatus.SENT, 250, "OK"))])
    box.settle()
    assert [copy.state for copy in box.deliveries()] == [
        QueueState.UNKNOWN,
        QueueState.SENT,
        QueueState.WAITING,
    ]
    assert [copy.attempts for copy in box.deliveries()] == [1, 1, 0]


def test_while_one_sends_another_waits_and_settles_nothing(box: Outbox) -> None:
    other = Outbox(box.path)
    box.queue("k", each(1))
    with box.sending():
        box.mark_handed(box.deliveries())
        other.settle()
        assert box.deliveries()[0].state is QueueState.HANDED
        told: list[bool] = []
        with (
            pytest.raises(DeliveryError, match="keeps sending"),
            other.sending(0.01, lambda: told.append(True)),
        ):
            pass
        assert told == [True]
    other.settle()
    assert other.deliveries()[0].state is QueueState.UNKNOWN
    other.close()


def test_only_its_owner_reads_the_outbox(box: Outbox) -> None:
    assert box.path.stat().st_mode & 0o077 == 0


def test_what_is_no_outbox_or_a_later_one_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"not a database, but long enough to be looked at" * 40)
    with pytest.raises(DeliveryError, match="cannot be used"):
        Outbox(tmp_path / "x")
    made = Outbox(tmp_path / "y")
    made.close()
    with sqlite3.connect(tmp_path / "y") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(DeliveryError, match="later version"):
        Outbox(tmp_path / "y")
