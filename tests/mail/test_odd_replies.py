"""Only yes means yes: what a server says wrong, endlessly or maliciously at each step, and what is then recorded."""

from __future__ import annotations

import base64
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from odd_server import EHLO, Answer, OddServer

from briefing.deliver.outbox import Letter, Outbox
from briefing.deliver.secret import HIDDEN, Secret
from briefing.deliver.send_queue import Pace, send_queue
from briefing.deliver.smtp import DeliveryStatus, OutgoingMail, Server, SmtpConnection, UnreachableError
from briefing.errors import DeliveryError
from briefing.types import Recipient

A, B = "a@yunting.test", "b@yunting.test"
USER, PASSWORD = "desk@yunting.test", "correct-horse-7"


def server(port: int, timeout: float = 2.0, user: str = "", password: str = "") -> Server:
    return Server(
        host="127.0.0.1", port=port, security="none", timeout=timeout, user=user, secret=Secret(password)
    )


def handed(
    odd: OddServer, *to: str, international: bool = False, content: bytes = b"Subject: x\r\n\r\nx\r\n"
) -> dict[str, DeliveryStatus]:
    line = SmtpConnection(server(odd.port))
    mail = OutgoingMail(sender=USER, recipients=to or (A,), content=content, international=international)
    replies = line.hand_over(mail, lambda accepted: None)
    line.close()
    return {address: reply.status for address, reply in replies.items()}


NO = [
    ("mail", "251 ok"), ("mail", "354 go"), ("mail", "220 ok"), ("mail", "200 ok"),
    ("rcpt", "354 ok"), ("rcpt", "220 ok"), ("rcpt", "299 ok"), ("rcpt", "235 ok"),
    ("data", "250 ok"), ("data", "350 go"), ("data", "251 ok"), ("data", "334 x"),
    ("mail", "999 ok"), ("mail", "25 ok"), ("rcpt", "2500 ok"), ("rcpt", "ok"), ("rcpt", ""), ("data", b"\xff\xfe\x00"),
    ("rcpt", "250-ok\r\n550 no"), ("data", "250-a\r\n354 go"), ("mail", "drop"), ("rcpt", "drop"), ("data", "drop"),
    ("rcpt", "1e2 ok"), ("rcpt", "²50 ok"), ("rcpt", "-250 ok"), ("rcpt", "250\x00ok\r\n\x00"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "answer"), NO)
def test_before_the_final_dot_what_is_not_yes_is_not_sent(step: str, answer: Answer) -> None:
    with OddServer({step: answer}) as odd:
        assert handed(odd, A, B) == {A: DeliveryStatus.DEFERRED, B: DeliveryStatus.DEFERRED}
        assert not odd.taken


@pytest.mark.parametrize(
    "answer",
    ["354 go", "200 ok", "251 ok", "252 ok", "220 hi", "299 ok", "ok", "", "250-a\r\n550 b", "drop", "lines", "drip", b"\x00\xff"],
)  # fmt: skip
def test_after_the_final_dot_what_is_neither_yes_nor_no_is_unknown(answer: Answer) -> None:
    with OddServer({"dot": answer}) as odd:
        line = SmtpConnection(server(odd.port, timeout=0.05))
        reply = line.hand_over(
            OutgoingMail(sender=USER, recipients=(A,), content=b"x"), lambda accepted: None
        )[A]
        line.close()
        assert (reply.status, reply.code) == (DeliveryStatus.UNKNOWN, 0)


@pytest.mark.parametrize(
    "answer", ["250 a", "250-a\r\n250-b\r\n250 c", "250", b"250 \xff\xfe", "251 a", "252 a"]
)
def test_yes_in_any_form_is_yes(answer: Answer) -> None:
    with OddServer({"rcpt": answer}) as odd:
        assert handed(odd) == {A: DeliveryStatus.SENT}
        assert odd.taken == [A]


def test_an_answer_ahead_of_its_question_answers_nothing() -> None:
    with OddServer({"data": "354 go\r\n250 queued", "dot": "drip"}) as odd:
        assert handed(odd) == {A: DeliveryStatus.DEFERRED}
    with OddServer({"mail": "250 ok\r\n250 ok"}) as odd:
        assert handed(odd) == {A: DeliveryStatus.DEFERRED}


@pytest.mark.timeout(60)  # the deadline is 0.3 seconds a reply
@pytest.mark.parametrize("step", ["connect", "ehlo", "mail", "rcpt", "data", "rset", "quit"])
@pytest.mark.parametrize("answer", ["lines", "drip"])
def test_a_reply_without_end_is_ended(step: str, answer: str) -> None:
    odd_answers: dict[str, Answer] = {step: answer} | ({"rcpt": "550 no"} if step == "rset" else {})
    with OddServer(odd_answers) as odd:
        line = SmtpConnection(server(odd.port, timeout=0.3))
        mail = OutgoingMail(sender=USER, recipients=(A,), content=b"x")
        try:
            status = line.hand_over(mail, lambda accepted: None)[A].status
        except UnreachableError:
            status = DeliveryStatus.DEFERRED
        line.close()
        expected = {"quit": DeliveryStatus.SENT, "rset": DeliveryStatus.REFUSED}
        assert status is expected.get(step, DeliveryStatus.DEFERRED)


def test_a_line_of_a_megabyte_is_not_kept() -> None:
    with OddServer({"rcpt": "250 " + "x" * 1_000_000}) as odd:
        assert handed(odd) == {A: DeliveryStatus.DEFERRED}


@pytest.mark.parametrize(
    "greeting", ["250 test", "200 test", "554 no", "421 later", "hello", "", "220-a\r\n421 b"]
)
def test_only_220_is_a_greeting(greeting: str) -> None:
    with OddServer({"connect": greeting}) as odd, pytest.raises(UnreachableError):
        SmtpConnection(server(odd.port)).open()


@pytest.mark.parametrize("answer", ["251 ok", "354 ok", "500 what"])
def test_only_250_is_a_hello(answer: str) -> None:
    with OddServer({"ehlo": answer, "helo": answer}) as odd, pytest.raises(UnreachableError):
        SmtpConnection(server(odd.port)).open()


@pytest.mark.parametrize(
    ("size", "fate"),
    [
        ("9" * 5000, "sent"), ("0", "sent"), ("", "sent"), ("-1", "sent"), ("1e9", "sent"), ("²", "sent"), ("x y z", "sent"),
        ("0" * 5000, "sent"), ("10", "refused"), ("0010", "refused"), ("10 20", "refused"), ("9" * 18, "sent"),
    ],
)  # fmt: skip
def test_any_size_is_survived(size: str, fate: str) -> None:
    with OddServer({"ehlo": f"250-test\r\n250-SIZE {size}\r\n250 8BITMIME"}) as odd:
        assert handed(odd) == {A: fate}


@pytest.mark.parametrize("feature", ["SMTPUTF8", "smtputf8 x=1", "SMTPUTF8=", "SMTPUTF8 " + "x" * 3000])
def test_any_smtputf8_is_survived(feature: str) -> None:
    with OddServer({"ehlo": f"250-test\r\n250 {feature}"}) as odd:
        assert handed(odd, "林晚舟@xn--9kqp73e.cn", international=True).popitem()[1] is DeliveryStatus.SENT
    with OddServer({"ehlo": f"250-test\r\n250 {feature}", "mail": "555 what"}) as odd:
        assert handed(odd, "林晚舟@xn--9kqp73e.cn", international=True).popitem()[1] is DeliveryStatus.REFUSED


AUTHS = [
    ("PLAIN", "334 x"), ("PLAIN", "334"), ("PLAIN", "334 ="), ("LOGIN", "334 not base64!"), ("LOGIN", "235 ok"),
    ("CRAM-MD5", "334 not base64!"), ("CRAM-MD5", "334 " + "A" * 3000), ("CRAM-MD5", "334 \xff"), ("LOGIN PLAIN", "250 ok"),
    ("PLAIN", "200 ok"), ("PLAIN", "354 go"), ("PLAIN", "504 no"), ("=PLAIN", "334 x"), ("", "235 ok"), ("NTLM GSSAPI", "235 ok"),
    ("PLAIN", "drop"), ("PLAIN", "lines"), ("PLAIN", b"\xff\x00"), ("PLAIN", "454 later"), ("PLAIN", "535 no"),
]  # fmt: skip


@pytest.mark.parametrize(("offered", "answer"), AUTHS)
def test_any_answer_to_a_log_in_is_survived(offered: str, answer: Answer) -> None:
    with OddServer({"ehlo": f"250-test\r\n250 AUTH {offered}", "auth": answer}) as odd:
        line = SmtpConnection(server(odd.port, 0.5, USER, PASSWORD))
        try:
            line.open()
        except DeliveryError as error:
            assert PASSWORD not in f"{error.message} {error.hint}"
        else:
            assert answer == "235 ok" and offered == "LOGIN", "the server said 235"
        line.close()


ENCODINGS = {
    "plain": lambda user, password: password,
    "base64": lambda user, password: base64.b64encode(password.encode()).decode(),
    "plain auth": lambda user, password: base64.b64encode(f"\0{user}\0{password}".encode()).decode(),
    "url": lambda user, password: "".join(f"%{byte:02X}" for byte in password.encode()),
    "quoted": lambda user, password: quote(password),
    "hex": lambda user, password: password.encode().hex(":"),
    "html": lambda user, password: "".join(f"&#{ord(char)};" for char in password),
    "reversed": lambda user, password: password[::-1],
    "two lines": lambda user, password: password[:7] + "\r\n550 " + password[7:],
    "two lines of base64": lambda user, password: (
        (code := base64.b64encode(f"\0{user}\0{password}".encode()).decode())[:20]
        + "\r\n550-"
        + code[20:]
        + "\r\n550 x"
    ),
    "spaced": lambda user, password: " ".join(password),
    "capitals": lambda user, password: password.upper(),
    "half": lambda user, password: password[: len(password) // 2 + 1],
}


def leaks(text: str, user: str, password: str) -> bool:
    bare = "".join(filter(str.isalnum, text)).lower()
    forms = (
        password,
        base64.b64encode(f"\0{user}\0{password}".encode()).decode(),
        password[::-1],
        password.encode().hex(),
    )
    return any("".join(filter(str.isalnum, form)).lower() in bare for form in forms) or "%63%6F" in text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("user", ["d", "de", "desk@yunting.test"])
@pytest.mark.parametrize("step", ["auth", "mail", "rcpt", "data", "dot"])
def test_a_password_is_neither_shown_nor_stored(encoding: str, user: str, step: str, tmp_path: Path) -> None:
    words = ENCODINGS[encoding](user, PASSWORD)
    said = f"550-bad: {words}" if "\r\n" in words else f"550 bad: {words}"
    with OddServer({step: said}) as odd:
        box = Outbox(tmp_path / "outbox.sqlite3")
        box.queue(
            "k",
            [Letter(title="t", sender=USER, recipients=(Recipient(address=A),), content=b"S: x\r\n\r\nx")],
        )
        shown = ""
        try:
            with box.sending():
                send_queue(
                    box, SmtpConnection(server(odd.port, user=user, password=PASSWORD)), Pace(retries=0)
                )
        except DeliveryError as error:
            shown = f"{error.message} {error.hint}"
        shown += "".join(delivery.reply for delivery in box.deliveries())
        box.close()
        with sqlite3.connect(tmp_path / "outbox.sqlite3") as db:
            shown += "".join(db.iterdump())
        db.close()
    assert "550" in shown and not leaks(shown, user, PASSWORD)
    assert step == "auth" or HIDDEN in shown


def test_words_that_are_no_password_are_shown() -> None:
    secret = Secret(PASSWORD)
    for words in (
        "550 5.1.1 no such user here",
        "452 4.2.2 mailbox full",
        "554 blocked: see https://x.test/a?b=c%20d",
    ):
        assert secret.hidden_in(words, USER) == words
    assert Secret("").hidden_in("anything") == "anything"
    assert "horse" not in repr(Server(host="x", secret=secret))


def test_a_servers_controls_do_not_reach_the_outbox(tmp_path: Path) -> None:
    with OddServer({"rcpt": "550 \x1b[31mred\x07 \u202eback\u2066 \x9b31m"}) as odd:
        box = Outbox(tmp_path / "outbox.sqlite3")
        box.queue(
            "k",
            [Letter(title="t", sender=USER, recipients=(Recipient(address=A),), content=b"S: x\r\n\r\nx")],
        )
        with box.sending():
            send_queue(box, SmtpConnection(server(odd.port)), Pace(retries=0))
        assert box.deliveries()[0].reply == "red back"
        box.close()


def test_a_server_that_always_loses_the_line_is_given_up(tmp_path: Path) -> None:
    with OddServer({"rcpt": "drop"}) as odd:
        box = Outbox(tmp_path / "outbox.sqlite3")
        box.queue(
            "k",
            [
                Letter(
                    title="t",
                    sender=USER,
                    recipients=(Recipient(address=f"r{n}@yunting.test"),),
                    content=b"S: x\r\n\r\nx",
                )
                for n in range(20)
            ],
        )
        with box.sending(), pytest.raises(DeliveryError, match="keeps losing"):
            send_queue(box, SmtpConnection(server(odd.port)), Pace(retries=0))
        assert odd.connections == 3 and {one.state.value for one in box.deliveries()} == {"waiting"}
        box.close()


def test_what_follows_starttls_in_the_clear_is_refused() -> None:
    with OddServer({"ehlo": EHLO.replace("8BITMIME", "STARTTLS"), "other": "220 go\r\n250 injected"}) as odd:
        line = SmtpConnection(Server(host="127.0.0.1", port=odd.port, security="starttls", timeout=2))
        with pytest.raises(DeliveryError, match="out of turn"):
            line.open()
