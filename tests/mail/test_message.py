"""The message: what other programs read out of its bytes."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, compat32, default

import pytest

from briefing.deliver.addresses import parse_recipient
from briefing.deliver.message import Attachment, Content, Envelope, build_message, message_id
from briefing.deliver.signature import Signer
from briefing.errors import UsageError
from briefing.messages import Message
from briefing.types import Recipient

HERE = Message("这里", "here")
NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
DESK = parse_recipient("云汀 Daily Briefing 编辑部 <desk@yunting.example>", HERE)
READER = parse_recipient("林晚舟 <lin@例子.cn>", HERE)
ENVELOPE = Envelope(
    key="k",
    sender=DESK,
    reply_to=(parse_recipient('"编辑, \\"部\\"" <reply@yunting.example>', HERE),),
    list_id="briefing.yunting.example",
    list_name="每日简报",
    unsubscribe=(
        "mailto:leave@yunting.example?subject={recipient}",
        "https://yunting.example/leave?who={recipient}",
    ),
)
CONTENT = Content(
    subject="每日简报 2026年11月20日 AI 与 5G",
    text="云汀地铁开通。\n" * 40,
    html="<p>云汀地铁开通。</p>" * 40,
    files=(
        Attachment(name="每日简报-2026-11-20.pdf", content=b"%PDF-1.7 \x00\xff"),
        Attachment(name="logo.png", content=b"\x89PNG", cid="logo"),
    ),
)


def made(content: Content = CONTENT, envelope: Envelope = ENVELOPE, *to: object, **more: object) -> bytes:
    return build_message(content, envelope, to or (READER,), date=NOON, **more).as_bytes()  # type: ignore[arg-type]


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def header(raw: bytes, name: str) -> str:
    return str(make_header(decode_header(message_from_bytes(raw, policy=compat32)[name])))


def test_both_texts_the_picture_and_the_file_come_out_as_they_went_in() -> None:
    message = read(made())
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    parts = {part.get_content_type(): part for part in message.walk()}
    assert parts["text/plain"].get_content().replace("\r\n", "\n") == CONTENT.text
    assert parts["text/html"].get_content().strip() == CONTENT.html
    assert (
        parts["text/plain"]["Content-Transfer-Encoding"]
        == parts["text/html"]["Content-Transfer-Encoding"]
        == "base64"
    )
    assert parts["image/png"]["Content-ID"] == "<logo>"
    assert parts["application/pdf"].get_filename() == "每日简报-2026-11-20.pdf"
    assert parts["application/pdf"].get_content() == CONTENT.files[0].content


def test_the_headers_of_automatic_and_of_list_mail() -> None:
    raw = made()
    message = read(raw)
    assert message["Date"] == "Fri, 20 Nov 2026 12:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["MIME-Version"] == "1.0" and raw.count(b"MIME-Version") == 1
    assert message["Content-Language"] == "zh-CN"
    assert all(part["Content-Language"] is None for part in list(message.walk())[1:])
    assert header(raw, "List-Id") == "每日简报 <briefing.yunting.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"] == (
        "<mailto:leave@yunting.example?subject=lin%40xn--fsqu00a.cn>, <https://yunting.example/leave?who=lin%40xn--fsqu00a.cn>"
    )
    assert header(raw, "From") == "云汀 Daily Briefing 编辑部 <desk@yunting.example>"
    assert header(raw, "To") == "林晚舟 <lin@xn--fsqu00a.cn>"
    assert message["Reply-To"].addresses[0].display_name == '编辑, "部"'
    assert max(map(len, raw.split(b"\r\n"))) <= 78 and b"\n" not in raw.replace(b"\r\n", b"")


def test_without_an_address_to_leave_by_nothing_is_promised() -> None:
    message = read(made(CONTENT, replace(ENVELOPE, list_id="", unsubscribe=())))
    assert not {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"} & set(message.keys())
    mailto = read(made(CONTENT, replace(ENVELOPE, unsubscribe=("mailto:a@b.cn",))))
    assert mailto["List-Unsubscribe-Post"] is None


def test_4000_mixed_subjects_come_back_as_they_were() -> None:
    chance = random.Random(6)
    words = [
        "每日简报",
        "AI",
        "5G",
        "云汀",
        "Daily Briefing",
        "3.5%",
        "“一带一路”",
        "GDP",
        "与",
        "a",
        "镕喆垚",
        "é",
        "🚇",
        "=?x?=",
    ]
    for _ in range(4000):
        subject = "".join(
            word + chance.choice(["", " ", " ", "  "])
            for word in chance.choices(words, k=chance.randint(1, 14))
        ).strip()
        raw = build_message(replace(CONTENT, subject=subject, files=()), ENVELOPE, (READER,), date=NOON)
        line = next(one for one in raw.as_bytes().split(b"\r\nDate:")[0].split(b"\r\nSubject: ")[1:])
        back = str(make_header(decode_header(line.decode("ascii"))))
        assert back == subject


def test_the_standard_folding_is_still_the_wrong_one() -> None:
    """If this fails, Python's own folding keeps spaces, and message.Folding can go."""
    chance = random.Random(6)
    lost = 0
    for _ in range(400):
        subject = " ".join(chance.choices(["每日简报", "AI", "5G", "云汀", "Daily Briefing", "GDP"], k=12))
        message = EmailMessage(policy=SMTP)
        message["Subject"] = subject
        raw = message_from_bytes(message.as_bytes(), policy=compat32)["Subject"]
        lost += str(make_header(decode_header(raw))) != subject
    assert lost


def test_the_message_id_is_the_briefings_and_the_recipients() -> None:
    other = parse_recipient("b@yunting.example", HERE)
    assert message_id(ENVELOPE, [READER]) == message_id(
        ENVELOPE, [replace(READER, name="", address="LIN@xn--fsqu00a.cn")]
    )
    ids = {
        message_id(ENVELOPE, [READER]), message_id(ENVELOPE, [other]), message_id(replace(ENVELOPE, key="l"), [READER]),
        message_id(ENVELOPE, [READER, other]),
    }  # fmt: skip
    assert len(ids) == 4 and all(one.endswith("@yunting.example>") for one in ids)
    assert made() == made()


def test_a_letter_to_all_names_nobody() -> None:
    raw = made(CONTENT, ENVELOPE, READER, parse_recipient("张三 <b@yunting.example>", HERE), hidden=True)
    assert read(raw)["To"] == "undisclosed-recipients:;"
    assert b"b@yunting" not in raw and b"fsqu00a" not in raw


def test_an_address_in_chinese_makes_headers_of_utf8() -> None:
    raw = made(CONTENT, ENVELOPE, parse_recipient("张三 <张三@例子.cn>", HERE))
    assert '"张三" <张三@xn--fsqu00a.cn>'.encode() in raw
    assert header(raw, "Subject") == CONTENT.subject


@pytest.mark.parametrize("subject", ["简报\r\nBcc: a@b.cn", "简报\nX: y", "a\x00b", "a\u2028b"])
def test_a_subject_cannot_bring_headers_along(subject: str) -> None:
    with pytest.raises(UsageError, match="control character"):
        made(replace(CONTENT, subject=subject))


ENCODED = [
    "=?utf-8?b?YQpCY2M6IHhAeS5jbg==?=",
    "=?utf-8?q?a=0D=0ABcc:_x=40y.cn?=",
    "=?x?=",
    "=?utf-8?b?=",
    "李 =?gb2312?B?wO4=?= 四",
]


@pytest.mark.parametrize("text", ENCODED)
@pytest.mark.parametrize("place", ["to", "from", "reply", "subject", "list", "file", "to in UTF-8"])
def test_encoded_words_are_shown_as_they_are_written(text: str, place: str) -> None:
    reader = Recipient(address="lin@b.cn", name=text if place == "to" else "")
    if place == "to in UTF-8":
        reader = Recipient(address="林@b.cn", name=text)
    envelope = replace(
        ENVELOPE,
        sender=replace(DESK, name=text) if place == "from" else DESK,
        reply_to=(replace(DESK, name=text),) if place == "reply" else (),
        list_name=text if place == "list" else "简报",
    )
    files = (Attachment(name=f"{text}.pdf", content=b"x"),) if place == "file" else ()
    subject = text if place == "subject" else "简报"
    raw = made(replace(CONTENT, subject=subject, files=files), envelope, reader)
    assert sorted({*message_from_bytes(raw, policy=compat32).keys()} - {"Reply-To"}) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id", "List-Unsubscribe",
         "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "Content-Language"]
    )  # fmt: skip
    names = {
        "to": "To",
        "to in UTF-8": "To",
        "from": "From",
        "reply": "Reply-To",
        "subject": "Subject",
        "list": "List-Id",
    }
    if place in names:
        if place == "to in UTF-8":
            raw = raw.replace("林".encode(), b"lin")
        assert text in header(raw, names[place])
    assert b"\nBcc:" not in raw


@pytest.mark.parametrize("letter", ["a", "字", "é", "🚇", "=?", "a "])
@pytest.mark.parametrize("place", ["subject", "name", "title", "utf8"])
def test_no_line_is_too_long(letter: str, place: str) -> None:
    long = (letter * 5000).strip()
    address = "林@b.cn" if place == "utf8" else "lin@b.cn"
    reader = Recipient(address=address, name=long[:200] if place in ("name", "utf8") else "")
    envelope = replace(ENVELOPE, list_name=long if place == "title" else "x")
    raw = made(replace(CONTENT, subject=long if place == "subject" else "x"), envelope, reader)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    if place == "subject":
        assert header(raw, "Subject").replace("\r\n ", " ") == long


def test_a_link_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="List-Unsubscribe"):
        made(CONTENT, replace(ENVELOPE, unsubscribe=(f"https://b.cn/{'a' * 1000}",)))


def test_half_characters_are_replaced() -> None:
    raw = made(replace(CONTENT, subject="简\ud83d报", text="甲\ud800乙", html="<p>\udc00</p>"))
    assert header(raw, "Subject") == "简\ufffd报"
    assert "甲\ufffd乙" in read(raw).get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_a_signature_that_verifies(tmp_path: object) -> None:
    dkim = pytest.importorskip("dkim", reason="dkimpy is not installed")
    rsa = pytest.importorskip(
        "cryptography.hazmat.primitives.asymmetric.rsa", reason="cryptography is not installed"
    )
    from base64 import b64encode
    from pathlib import Path

    from cryptography.hazmat.primitives import serialization as s

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = Path(str(tmp_path)) / "dkim.pem"
    file.write_bytes(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption()))
    signer = Signer(domain="yunting.example", selector="s1", key_file=file)
    with pytest.raises(UsageError, match="others may read"):
        file.chmod(0o644)
        signer(made())
    file.chmod(0o600)
    signed = signer(made())
    public = b64encode(key.public_key().public_bytes(s.Encoding.DER, s.PublicFormat.SubjectPublicKeyInfo))

    def dns(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"s1._domainkey.yunting.example."
        return b"v=DKIM1; k=rsa; p=" + public

    assert signed.endswith(made())
    assert dkim.verify(signed, dnsfunc=dns)
    assert not dkim.verify(
        signed.replace(b"Auto-Submitted: auto-generated", b"Auto-Submitted: no"), dnsfunc=dns
    )
    assert b"list-unsubscribe-post" in signed.partition(b"\r\nFrom")[0].replace(b"\r\n ", b"")
    file.write_bytes(b"no key")
    with pytest.raises(UsageError, match="cannot sign"):
        signer(made())
