"""briefing send and briefing outbox as a person uses them: what is printed where, exit codes, what arrives."""

from __future__ import annotations

import json
import sqlite3
import ssl
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from briefings import many
from mail_commands import PAGES, briefing, configured
from servers import PASSWORD, USER, Counting, authenticator

from briefing.render.json import JsonRenderer


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a briefing and a list of three readers."""
    (tmp_path / "b.json").write_bytes(JsonRenderer()(many(5), "zh").content)
    (tmp_path / "名单.csv").write_text(
        "邮箱,姓名\na@yunting.test,甲\nb@yunting.test,乙\nc@yunting.test,丙\n", encoding="utf-8"
    )
    return tmp_path


def test_a_dry_run_writes_the_exact_message_without_any_settings(desk: Path) -> None:
    run = briefing(desk, "send", "b.json", "--to", "林晚舟 <lin@例子.cn>", "--dry-run", "one.eml")
    assert (run.returncode, run.stdout, run.stderr) == (0, "one.eml\n", "")
    message = message_from_bytes((desk / "one.eml").read_bytes(), policy=default)
    assert message["Subject"] == "每日简报 2026年11月20日 星期五"
    assert "林晚舟，您好" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "第5条：云汀市5号文件公布" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert not (desk / "data").exists(), "nothing was queued"


def test_pages_are_mailed_too_and_a_preview_is_a_page(desk: Path) -> None:
    run = briefing(
        desk, "send", PAGES, "--model", "extract", "--to", "a@yunting.test", "--preview", "--attach", "html"
    )
    assert (run.returncode, run.stdout) == (0, "briefing-2026-11-20-mail.html\n"), run.stderr
    assert "我市新增普惠托位4200个" in (desk / "briefing-2026-11-20-mail.html").read_text(encoding="utf-8")


def test_everybody_gets_one_and_a_second_run_sends_none(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve())
    first = briefing(desk, "send", "b.json", "--recipients", "名单.csv")
    assert (first.returncode, first.stdout, first.stderr) == (0, "3 人已收\n", "")
    again = briefing(desk, "send", "b.json", "--recipients", "名单.csv", "--to", "d@yunting.test")
    assert again.returncode == 0 and again.stdout == "4 人已收\n"
    assert handler.count == {f"{c}@yunting.test": 1 for c in "abcd"}
    assert handler.connections == 2
    to = [str(message_from_bytes(content, policy=default)["To"]) for _, content in handler.letters]
    assert to == ["甲 <a@yunting.test>", "乙 <b@yunting.test>", "丙 <c@yunting.test>", "d@yunting.test"]
    assert briefing(desk, "send", "b.json", "--to", "a@yunting.test", "--again").returncode == 0
    assert handler.count["a@yunting.test"] == 2


def test_who_was_not_reached_is_in_a_table_and_can_be_tried_again_or_dropped(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve(), retries=0, recipients="名单.csv")
    handler.rcpt["a@yunting.test"] = ["550 没有这个人"]
    handler.rcpt["b@yunting.test"] = ["450 later", "450 later"]
    handler.data["c@yunting.test"] = ["take and drop"]
    run = briefing(desk, "send", "b.json")
    assert run.returncode == 5 and run.stdout == "0 人已收，3 人未收\n"
    for part in (
        "拒收  a@yunting.test",
        "550 没有这个人",
        "待寄  b@yunting.test",
        "450 later",
        "不明  c@yunting.test",
        "--unknown",
    ):
        assert part in run.stderr
    listed = json.loads(briefing(desk, "outbox", "list", "--json").stdout)
    assert [(row["address"][0], row["state"], row["code"]) for row in listed] == [
        ("a", "refused", 550), ("b", "waiting", 450), ("c", "unknown", 0),
    ]  # fmt: skip
    assert briefing(desk, "outbox", "retry", listed[1]["id"]).returncode == 5
    assert briefing(desk, "outbox", "retry").stdout == "2 人已收\n"
    assert handler.count == {f"{c}@yunting.test": 1 for c in "abc"}, "c has it, which nobody here can know"
    assert briefing(desk, "outbox", "list").stdout.split()[1:3] == ["不明", "c@yunting.test"]
    assert briefing(desk, "outbox", "drop").returncode == 2
    assert briefing(desk, "outbox", "drop", "--all").stdout == "放弃了 1 封\n"
    assert briefing(desk, "outbox", "list").stdout == ""
    assert len(json.loads(briefing(desk, "outbox", "list", "--all", "--json").stdout)) == 3


def test_one_letter_to_all_is_one_message_that_names_nobody(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, serve(), reply_to="reply@yunting.test")
    assert briefing(desk, "send", "b.json", "--recipients", "名单.csv", "--bcc").returncode == 0
    assert len(handler.letters) == 3 and len({content for _, content in handler.letters}) == 1
    assert b"a@yunting" not in handler.letters[0][1]
    assert "您好" not in handler.message().get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "没有地址"], "收件人第 1 个：“没有地址”"),
        (["--to", "a@yunting.test", "--to", "b@yunting.test\nBcc: c@d.cn"], "收件人第 2 个"),
        (["--recipients", "bad.csv"], "bad.csv 第 2 行"),
        (["--recipients", "nobody.csv"], "nobody.csv"),
        ([], "没有说寄给谁"),
        (["--to", "a@yunting.test", "--from", "x"], "发件人"),
        (
            ["--to", "a@yunting.test", "--title", "简报\nBcc: x@y.cn", "--subject", "{{ briefing.title }}"],
            "控制字符",
        ),
        (["--to", "a@yunting.test", "--attach", "doc"], "--attach"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_place(
    desk: Path, serve: Callable[..., int], handler: Counting, words: list[str], said: str
) -> None:
    configured(desk, serve())
    (desk / "bad.csv").write_text('邮箱,姓名\nb@yunting.test,"乙\nBcc: c@d.cn"\n', encoding="utf-8")
    run = briefing(desk, "send", "b.json", *words)
    assert run.returncode == 2 and said in run.stderr and "Traceback" not in run.stderr
    assert not handler.letters


@pytest.mark.parametrize(("name", "content"), [("none.json", None), ("x.json", "{}"), ("y.json", "不是")])
def test_a_briefing_that_cannot_be_read_is_told(desk: Path, name: str, content: str | None) -> None:
    if content is not None:
        (desk / name).write_text(content, encoding="utf-8")
    run = briefing(desk, "send", name, "--to", "a@yunting.test", "--dry-run", "x.eml")
    assert run.returncode == 3 and name in run.stderr and not (desk / "x.eml").exists()


def test_without_a_server_or_a_sender_it_says_what_to_write(desk: Path) -> None:
    run = briefing(desk, "send", "b.json", "--to", "a@yunting.test")
    assert run.returncode == 2 and "[mail]" in run.stderr
    run = briefing(desk, "send", "b.json", "--to", "a@yunting.test", BRIEFING_MAIL__HOST="127.0.0.1")
    assert run.returncode == 2 and "没有说由谁发出" in run.stderr


def test_a_password_is_nowhere_but_on_the_line(
    desk: Path, serve: Callable[..., int], handler: Counting, authority: tuple[ssl.SSLContext, Path]
) -> None:
    context, ca = authority
    port = serve(authenticator=authenticator, auth_required=True, tls_context=context, require_starttls=True)
    configured(desk, port, security="starttls", ca_file=str(ca), user=USER, to=["a@yunting.test"])
    wrong = briefing(desk, "send", "b.json", BRIEFING_MAIL_PASSWORD="not-this-one")
    assert (
        wrong.returncode == 5 and "不接受 desk 的密码" in wrong.stderr and "not-this-one" not in wrong.stderr
    )
    assert [row["state"] for row in json.loads(briefing(desk, "outbox", "list", "--json").stdout)] == [
        "waiting"
    ]
    right = briefing(desk, "send", "b.json", BRIEFING_MAIL_PASSWORD=PASSWORD)
    assert right.returncode == 0 and handler.count == {"a@yunting.test": 1}
    for file in (desk / "data").rglob("*"):
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes()
    (desk / "briefing.toml").write_text('[mail]\npassword = "in-the-settings"\n', encoding="utf-8")
    written = briefing(desk, "send", "b.json")
    assert (
        written.returncode == 2
        and "BRIEFING_MAIL_PASSWORD" in written.stderr
        and "in-the-settings" not in written.stderr
    )


def test_a_server_that_is_not_there_loses_nobody(
    desk: Path, serve: Callable[..., int], handler: Counting
) -> None:
    configured(desk, 1, retries=1, to=["a@yunting.test"])
    run = briefing(desk, "send", "b.json")
    assert (
        run.returncode == 5
        and "127.0.0.1:1" in run.stderr
        and "outbox retry" in run.stderr
        and "Traceback" not in run.stderr
    )
    configured(desk, serve())
    assert briefing(desk, "outbox", "retry").returncode == 0
    assert handler.count == {"a@yunting.test": 1}


def test_the_outbox_is_a_file_of_its_owners(desk: Path, serve: Callable[..., int]) -> None:
    configured(desk, serve(), to=["a@yunting.test"], outbox="here.sqlite3")
    assert briefing(desk, "send", "b.json").returncode == 0
    with sqlite3.connect(desk / "here.sqlite3") as db:
        assert db.execute("SELECT address, state FROM copies").fetchall() == [("a@yunting.test", "sent")]
    db.close()
