"""Answers by mail: a token confirms or leaves, words alone do nothing, programs that answer by themselves do nothing."""

from __future__ import annotations

import json
import mailbox
import os
import stat
import subprocess
import sys
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_commands import ROOT, briefing

from briefing.app import subscribing
from briefing.app.answers import hear
from briefing.config import Settings, explicit_settings
from briefing.deliver.answers import answer_of
from briefing.deliver.letter_box import _parsed
from briefing.deliver.tokens import token
from briefing.errors import NothingReadable

QUOTE = "\n\n在 2026年11月20日，每日简报 写道：\n> 要订阅，请直接回复这封信，保留下面这一行：\n>\n> {token}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Settings:
    place = str(tmp_path / "subscriptions.json")
    (tmp_path / "briefing.toml").write_text(
        "[mail]\nsubscriptions = 'subscriptions.json'\nfrom = 'desk@yunting.test'\n", encoding="utf-8"
    )
    return explicit_settings(mail={"subscriptions": place, "from": "desk@yunting.test"})


def letter(
    text: str, subject: str = "Re: 请确认订阅《每日简报》", html: str = "", **headers: str
) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = headers.pop("From", "王五 <wang@yunting.test>")
    made["To"], made["Subject"] = "desk@yunting.test", subject
    made["Message-ID"] = headers.pop("message_id", "<1@yunting.test>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def heard(desk: Settings, folder: Path, *letters: EmailMessage) -> Any:
    for n, one in enumerate(letters):
        (folder / f"{n}.eml").write_bytes(one.as_bytes())
    return hear(desk, [str(folder / f"{n}.eml") for n in range(len(letters))])


def state(desk: Settings, address: str = "wang@yunting.test") -> str:
    one = subscribing.subscriptions(desk).find(address)
    return one.state if one else ""


def asked(desk: Settings) -> str:
    subscribing.begun(desk, "wang@yunting.test", "")
    return subscribing.confirmation(desk, "wang@yunting.test", "")


def leave(desk: Settings, address: str = "wang@yunting.test") -> str:
    return subscribing.by_mail(desk, token(subscribing._key(desk), "leave", "", address)).rpartition("%20")[2]


def test_an_answer_that_quotes_the_letter_confirms(desk: Settings, tmp_path: Path) -> None:
    signed = asked(desk)
    found = heard(desk, tmp_path, letter("好的。" + QUOTE.format(token=signed)))
    assert [one.state for one in found.changed] == ["active"] and state(desk) == "active"
    assert heard(desk, tmp_path, letter("好的。" + QUOTE.format(token=token))).changed == [], (
        "each letter once"
    )


def test_one_in_html_does_too(desk: Settings, tmp_path: Path) -> None:
    signed = asked(desk)
    heard(
        desk,
        tmp_path,
        letter("", html=f"<div>好的</div><blockquote><p><code>{signed}</code></p></blockquote>"),
    )
    assert state(desk) == "active"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"List_Id": "<desk.yunting.test>"},
        {"From": "MAILER-DAEMON@mx.yunting.test"},
        {"subject": "自动回复：请确认订阅"},
        {"subject": "Out of office: 请确认订阅"},
        {"subject": "Undelivered Mail Returned to Sender"},
    ],
)
def test_a_program_that_answers_by_itself_confirms_nothing(
    desk: Settings, tmp_path: Path, headers: dict[str, str]
) -> None:
    made = letter("我在休假。" + QUOTE.format(token=asked(desk)), **headers)
    assert heard(desk, tmp_path, made).changed == [] and state(desk) == "pending"


def test_a_returned_letter_confirms_nothing(desk: Settings, tmp_path: Path) -> None:
    made = letter("x" + QUOTE.format(token=asked(desk)), From="mx@yunting.test")
    made.replace_header("Content-Type", "multipart/report; report-type=delivery-status; boundary=b")
    assert heard(desk, tmp_path, made).changed == [] and state(desk) == "pending"


def test_who_answers_no_confirms_nothing(desk: Settings, tmp_path: Path) -> None:
    found = heard(desk, tmp_path, letter("退订\n" + QUOTE.format(token=asked(desk))))
    assert found.changed == [] and state(desk) == "pending"


def test_the_letter_of_a_mail_program_leaves(desk: Settings, tmp_path: Path) -> None:
    subscribing.begun(desk, "wang@yunting.test", "", confirmed=True)
    made = letter(
        "", subject=f"unsubscribe {leave(desk)}", From="somebody@else.test", Auto_Submitted="auto-generated"
    )
    assert [one.state for one in heard(desk, tmp_path, made).changed] == ["left"]
    subscribing.begun(desk, "wang@yunting.test", "", confirmed=True)
    assert heard(desk, tmp_path, made).changed == [], "read again, an old letter undoes no newer subscription"
    assert state(desk) == "active"


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        ("退订", "left"),
        ("请取消订阅，谢谢", "left"),
        ("Unsubscribe please", "left"),
        (
            "今天这期关于港口的退订潮写得好，请问三号泊位那篇报道的作者是谁？我们想约他来编辑部谈一谈这件事情。",
            "active",
        ),
        ("写得好！", "active"),
    ],
)
def test_who_answers_an_edition_leaves_by_saying_so(
    desk: Settings, tmp_path: Path, own: str, wanted: str
) -> None:
    subscribing.begun(desk, "wang@yunting.test", "", confirmed=True)
    quoted = f"\n\nOn Fri, 20 Nov 2026 desk wrote:\n> 望江桥提前通车\n> 退订：mailto:desk@yunting.test?subject=unsubscribe%20{leave(desk)}\n"
    heard(desk, tmp_path, letter(own + quoted, subject="Re: 每日简报 2026-11-20"))
    assert state(desk) == wanted


def test_words_without_a_token_are_for_a_person_once(desk: Settings, tmp_path: Path) -> None:
    subscribing.begun(desk, "wang@yunting.test", "", confirmed=True)
    foreign = token(b"another key", "leave", "", "wang@yunting.test")
    made = letter("", subject=f"unsubscribe {foreign}")
    for wanted in (1, 0):
        found = heard(desk, tmp_path, made)
        assert found.changed == [] and len(found.by_hand) == wanted
    assert state(desk) == "active"


def test_mailboxes_of_all_kinds_and_a_pipe(desk: Settings, tmp_path: Path) -> None:
    names = ("a", "b", "c")
    for name in names:
        subscribing.begun(desk, f"{name}@yunting.test", "", confirmed=True)
    made = {
        n: letter("", subject=f"unsubscribe {leave(desk, f'{n}@yunting.test')}", message_id=f"<{n}@x>")
        for n in names
    }
    box = mailbox.mbox(tmp_path / "mbox")
    box.add(letter("别的信", message_id="<z@x>"))
    box.add(made["a"])
    box.close()
    folder = mailbox.Maildir(tmp_path / "maildir")
    folder.add(made["b"])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = briefing(tmp_path, "answers", "mbox", "maildir", "--json")
    assert done.returncode == 0, done.stderr
    assert {one["address"]: one["state"] for one in json.loads(done.stdout)} == {
        "a@yunting.test": "left",
        "b@yunting.test": "left",
    }
    assert "读了 3 封信" in done.stderr
    env = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    words = [sys.executable, "-m", "briefing", "answers", "-", "--quiet"]
    piped = subprocess.run(
        words, cwd=tmp_path, env=env, input=made["c"].as_bytes(), capture_output=True, check=False
    )
    assert piped.returncode == 0 and b"c@yunting.test" in piped.stdout, piped.stderr
    kept = {path: path.read_bytes() for path in before if "subscriptions" not in path.name}
    assert kept == {path: content for path, content in before.items() if path in kept}, (
        "mailboxes stay as they are"
    )
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "subscriptions.answers").stat().st_mode) == 0o600


def test_what_is_no_mailbox_is_said(desk: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in ("nowhere", "empty"):
        with pytest.raises(NothingReadable):
            hear(desk, [str(tmp_path / place)])
    (tmp_path / "none").write_bytes(b"")
    assert hear(desk, [str(tmp_path / "none")]).read == 0
    assert briefing(tmp_path, "answers").returncode == 2


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"Subject: ",
            b"From ",
            b"Content-Type: multipart/mixed; boundary=",
            b"Content-Transfer-Encoding: base64\n\n",
        ]
    ),
)
def test_whatever_comes_in_is_read_without_an_error(data: bytes, head: bytes) -> None:
    found = answer_of(_parsed(head + data))
    assert len(found.mark) == 64
