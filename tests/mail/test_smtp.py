"""What is said to a server, against real ones: TLS, passwords, sizes, addresses, and everything that goes wrong."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from servers import PASSWORD, USER, Counting, authenticator

from briefing.deliver.secret import Secret
from briefing.deliver.smtp import (
    DeliveryStatus,
    OutgoingMail,
    Security,
    Server,
    SmtpConnection,
    UnreachableError,
)
from briefing.errors import DeliveryError

A, B = "a@yunting.test", "b@yunting.test"
CONTENT = "Subject: x\r\n\r\n.一行以点开头\r\n..两点\r\n正文\r\n".encode()


def mail(*to: str, content: bytes = CONTENT, international: bool = False) -> OutgoingMail:
    return OutgoingMail(
        sender="desk@yunting.test", recipients=to or (A,), content=content, international=international
    )


def line(port: int, *, security: Security = "none", secret: str = "", **more: object) -> SmtpConnection:
    return SmtpConnection(
        Server(
            host="127.0.0.1",
            port=port,
            security=security,
            user=USER if secret else "",
            secret=Secret(secret),
            **({"timeout": 5.0} | more),  # type: ignore[arg-type]
        )
    )


def handed(to: SmtpConnection, letter: OutgoingMail) -> tuple[dict[str, DeliveryStatus], list[list[str]]]:
    marks: list[list[str]] = []
    replies = to.hand_over(letter, lambda taken: marks.append(list(taken)))
    return {one: reply.status for one, reply in replies.items()}, marks


def test_a_message_arrives_byte_for_byte_and_is_marked_before_the_last_dot(
    serve: Callable[..., int], handler: Counting
) -> None:
    to = line(serve())
    assert handed(to, mail(A, B)) == ({A: DeliveryStatus.SENT, B: DeliveryStatus.SENT}, [[A, B]])
    to.close()
    assert handler.letters == [(A, CONTENT), (B, CONTENT)]


def test_many_go_over_one_connection(serve: Callable[..., int], handler: Counting) -> None:
    to = line(serve())
    for n in range(30):
        assert handed(to, mail(f"r{n}@yunting.test"))[0] == {f"r{n}@yunting.test": DeliveryStatus.SENT}
    to.close()
    assert (handler.connections, len(handler.letters)) == (1, 30)


@pytest.mark.filterwarnings(
    "ignore:Requiring AUTH:UserWarning"
)  # with implicit TLS aiosmtpd does not know that it has it
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_password_goes_over_an_encrypted_line(
    serve: Callable[..., int], handler: Counting, authority: tuple[ssl.SSLContext, Path], security: Security
) -> None:
    context, ca = authority
    how = {"implicit": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    port = serve(authenticator=authenticator, auth_required=True, auth_require_tls=security != "tls", **how)
    to = line(port, security=security, secret=PASSWORD, ca_file=ca)
    assert handed(to, mail())[0] == {A: DeliveryStatus.SENT}
    to.close()
    with pytest.raises(DeliveryError) as wrong:
        line(port, security=security, secret="wrong-pass-word", ca_file=ca).open()
    assert "535" in wrong.value.message.zh
    assert "wrong-pass-word" not in wrong.value.message.zh and not isinstance(wrong.value, UnreachableError)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_strangers_is_refused(
    serve: Callable[..., int], authority: tuple[ssl.SSLContext, Path], security: Security
) -> None:
    context, _ = authority
    port = serve(**({"implicit": context} if security == "tls" else {"tls_context": context}))
    with pytest.raises(DeliveryError, match="not trusted") as failed:
        line(port, security=security).open()
    assert not isinstance(failed.value, UnreachableError)


def test_without_starttls_nothing_is_sent(serve: Callable[..., int], handler: Counting) -> None:
    with pytest.raises(DeliveryError, match="STARTTLS"):
        line(serve(), security="starttls", secret=PASSWORD).open()
    assert not handler.letters


def test_a_password_is_not_sent_in_the_clear_to_another_machine() -> None:
    server = Server(host="mail.yunting.test", security="none", user=USER, secret=Secret(PASSWORD))
    with pytest.raises(DeliveryError, match="in the clear"):
        SmtpConnection(server).open()


def test_a_message_too_large_for_the_server_is_refused_before_it_is_sent(
    serve: Callable[..., int], handler: Counting
) -> None:
    to = line(serve(data_size_limit=1000))
    replies = to.hand_over(mail(content=b"x" * 2000), lambda taken: None)
    to.close()
    assert (replies[A].status, replies[A].code) == (DeliveryStatus.REFUSED, 552)
    assert not handler.letters


@pytest.mark.parametrize(("able", "fate"), [(True, DeliveryStatus.SENT), (False, DeliveryStatus.REFUSED)])
def test_an_address_in_chinese_needs_smtputf8(
    serve: Callable[..., int], handler: Counting, able: bool, fate: DeliveryStatus
) -> None:
    to = line(serve(enable_SMTPUTF8=able))
    address = "林晚舟@xn--9kqp73e.cn"
    assert handed(to, mail(address, international=True))[0] == {address: fate}
    to.close()
    assert handler.count[address] == able


@pytest.mark.parametrize(
    ("answer", "fate"),
    [("450 try later", DeliveryStatus.DEFERRED), ("550 nobody here", DeliveryStatus.REFUSED)],
)
def test_one_recipient_refused_does_not_keep_it_from_the_other(
    serve: Callable[..., int], handler: Counting, answer: str, fate: DeliveryStatus
) -> None:
    handler.rcpt[A] = [answer]
    to = line(serve())
    assert handed(to, mail(A, B)) == ({A: fate, B: DeliveryStatus.SENT}, [[B]])
    assert handed(to, mail(A))[0] == {A: DeliveryStatus.SENT}, "the same line goes on"
    to.close()


@pytest.mark.parametrize(
    ("answer", "fate"), [("451 busy", DeliveryStatus.DEFERRED), ("554 spam", DeliveryStatus.REFUSED)]
)
def test_the_answer_to_the_whole_message_counts(
    serve: Callable[..., int], handler: Counting, answer: str, fate: DeliveryStatus
) -> None:
    handler.data[A] = [answer]
    to = line(serve())
    assert handed(to, mail(A)) == ({A: fate}, [[A]])
    assert handed(to, mail(A))[0] == {A: DeliveryStatus.SENT}
    to.close()


def test_a_line_lost_before_the_last_dot_is_put_off_and_after_it_unknown(
    serve: Callable[..., int], handler: Counting
) -> None:
    handler.rcpt[A] = ["drop"]
    handler.data[B] = ["take and drop"]
    to = line(serve())
    assert handed(to, mail(A)) == ({A: DeliveryStatus.DEFERRED}, [])
    assert handed(to, mail(B)) == ({B: DeliveryStatus.UNKNOWN}, [[B]])
    assert handed(to, mail(A))[0] == {A: DeliveryStatus.SENT}, "a new line is opened by itself"
    to.close()


def test_a_silent_server_is_not_waited_for_for_ever(serve: Callable[..., int], handler: Counting) -> None:
    handler.rcpt[A] = ["hang"]
    to = line(serve(), timeout=0.2)
    assert handed(to, mail(A)) == ({A: DeliveryStatus.DEFERRED}, [])
    handler.data[B] = ["hang"]
    to = line(serve(), timeout=0.05)
    assert handed(to, mail(B)) == ({B: DeliveryStatus.UNKNOWN}, [[B]])


def test_an_idle_line_that_the_server_closed_is_opened_again(
    serve: Callable[..., int], handler: Counting
) -> None:
    to = line(serve(timeout=0.2))
    assert handed(to, mail(A))[0] == {A: DeliveryStatus.SENT}
    assert to._smtp is not None and to._smtp.sock is not None
    to._smtp.sock.settimeout(5)
    while to._smtp.sock.recv(100):
        pass  # until the server has closed the line
    assert handed(to, mail(B))[0] == {B: DeliveryStatus.SENT}
    to.close()
    assert handler.connections == 2


def test_nobody_listening_may_pass(unused_port: int) -> None:
    with pytest.raises(UnreachableError, match=f"127.0.0.1:{unused_port}"):
        line(unused_port).open()


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
