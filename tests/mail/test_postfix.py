"""End to end: `briefing send` to Debian's Postfix, delivered to Dovecot, and read back by IMAP."""

from __future__ import annotations

import imaplib
import shutil
import ssl
import tempfile
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import postfix
import pytest
from mail_commands import PAGES, ROOT, briefing, configured

PASSWORD = "rain-4-spring"
pytestmark = pytest.mark.skipif(bool(postfix.missing()), reason=postfix.missing() or "here")
PATIENCE = 200
"""Looks into the mailbox, a tenth of a second apart."""


@pytest.fixture(scope="module")
def house() -> Iterator[postfix.House]:
    trustme = pytest.importorskip("trustme", reason="trustme is not installed")
    folder = Path(tempfile.mkdtemp(prefix="briefing-mail-"))
    folder.chmod(0o755)
    ca = trustme.CA()
    cert = ca.issue_cert("127.0.0.1")
    ca.cert_pem.write_to_path(folder / "ca.pem")
    try:
        yield postfix.started(
            folder, PASSWORD, cert.private_key_and_cert_chain_pem.bytes(), folder / "ca.pem"
        )
    finally:
        postfix.stopped(folder)
        shutil.rmtree(folder, ignore_errors=True)


def inbox(house: postfix.House, user: str, at_least: int = 1) -> list[tuple[EmailMessage, bytes, str]]:
    """The letters of a mailbox, as objects, as bytes, and as the server itself describes their structure."""
    context = ssl.create_default_context(cafile=house.ca)
    with imaplib.IMAP4_SSL("127.0.0.1", house.imap, ssl_context=context, timeout=30) as imap:
        imap.login(user, PASSWORD)
        numbers: list[bytes] = []
        for _ in range(PATIENCE):
            imap.select("INBOX", readonly=True)
            numbers = imap.search(None, "ALL")[1][0].split()
            if len(numbers) >= at_least:
                break
            threading.Event().wait(0.1)
        assert len(numbers) >= at_least, house.log()
        found = []
        for number in numbers:
            raw = imap.fetch(number.decode(), "(BODY.PEEK[])")[1][0]
            structure = imap.fetch(number.decode(), "(BODYSTRUCTURE)")[1][0]
            assert isinstance(raw, tuple) and isinstance(structure, bytes)
            message = message_from_bytes(raw[1], policy=default)
            assert isinstance(message, EmailMessage)
            found.append((message, raw[1], structure.decode()))
        return found


def test_sent_delivered_and_read_back(house: postfix.House, tmp_path: Path) -> None:
    configured(
        tmp_path, house.smtp, security="starttls", ca_file=str(house.ca), user="desk@yunting.test", attach=["html", "md"],
        list_id="briefing.yunting.test", unsubscribe="https://yunting.test/leave?who={recipient}",
        logo=str(ROOT / "docs/briefing.png"),
    )  # fmt: skip
    (tmp_path / "readers.csv").write_text(
        "邮箱,姓名\nlin@yunting.test,林晚舟\ngu@yunting.test,顾 承安 Gu\n", encoding="utf-8"
    )
    send = (
        "send",
        PAGES,
        "--model",
        "extract",
        "--recipients",
        "readers.csv",
        "--title",
        "云汀 Daily 每日简报",
    )
    run = briefing(tmp_path, *send, BRIEFING_MAIL_PASSWORD=PASSWORD)
    assert run.returncode == 0, run.stderr + house.log()
    assert briefing(tmp_path, *send, BRIEFING_MAIL_PASSWORD=PASSWORD).returncode == 0
    briefing(tmp_path, *send, "--dry-run", "lin.eml")
    exact = (tmp_path / "lin.eml").read_bytes()
    for user, name in (("lin@yunting.test", "林晚舟"), ("gu@yunting.test", "顾 承安 Gu")):
        letters = inbox(house, user)
        assert len(letters) == 1, "the second run sent nobody a second one"
        message, raw, structure = letters[0]
        assert message["Subject"] == "云汀 Daily 每日简报 2026年11月20日 星期五"
        assert message["To"].addresses[0].display_name == name
        assert (
            message["Content-Language"] == "zh-CN"
            and message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        )
        assert f"{name}，您好" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert "我市新增普惠托位4200个" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]
        files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
        assert list(files) == ["云汀 Daily 每日简报-2026-11-20.html", "云汀 Daily 每日简报-2026-11-20.md"]
        assert "<!DOCTYPE html>" in files["云汀 Daily 每日简报-2026-11-20.html"]
        assert "全市重点项目推进会要求盯紧节点" in files["云汀 Daily 每日简报-2026-11-20.md"]
        picture = next(part for part in message.walk() if part["Content-ID"])
        assert picture.get_content() == (ROOT / "docs/briefing.png").read_bytes()
        for kind in ('"alternative"', '"related"', '"mixed"', '"base64"'):
            assert kind in structure
        if name == "林晚舟":
            date = b"\r\nDate: "
            assert raw[raw.index(b"From: ") :].split(date)[0] == exact.split(date)[0]
            assert raw.partition(b"\r\nMessage-ID")[2] == exact.partition(b"\r\nMessage-ID")[2], (
                "not a byte was changed"
            )


def test_a_wrong_password_is_told_as_such(house: postfix.House, tmp_path: Path) -> None:
    configured(
        tmp_path,
        house.smtp,
        security="starttls",
        ca_file=str(house.ca),
        user="desk@yunting.test",
        to=["lin@yunting.test"],
    )
    run = briefing(
        tmp_path, "send", PAGES, "--model", "extract", "--title", "试", BRIEFING_MAIL_PASSWORD="not-it"
    )
    assert run.returncode == 5 and "535" in run.stderr and "not-it" not in run.stderr


def test_a_stranger_is_refused_for_each_recipient(house: postfix.House, tmp_path: Path) -> None:
    configured(
        tmp_path,
        house.smtp,
        security="starttls",
        ca_file=str(house.ca),
        to=["lin@yunting.test", "x@yunting.test"],
    )
    run = briefing(tmp_path, "send", PAGES, "--model", "extract", "--title", "再试")
    assert run.returncode == 5 and run.stderr.count("554") == 2


def test_an_address_in_chinese_is_taken_by_postfix(house: postfix.House, tmp_path: Path) -> None:
    """Dovecot's LMTP has no SMTPUTF8, so that it is the submission that is seen here."""
    configured(
        tmp_path,
        house.smtp,
        security="starttls",
        ca_file=str(house.ca),
        user="desk@yunting.test",
        to=["林晚舟@yunting.test"],
    )
    run = briefing(
        tmp_path, "send", PAGES, "--model", "extract", "--title", "中文地址", BRIEFING_MAIL_PASSWORD=PASSWORD
    )
    assert run.returncode == 0, run.stderr + house.log()
