"""Recipients: what is taken, and what is refused with its line. And where passwords come from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.deliver.addresses import parse_recipient, unique
from briefing.deliver.recipient_list import from_csv
from briefing.deliver.secret import VARIABLE, password
from briefing.errors import BriefingError, UsageError
from briefing.messages import Message
from briefing.types import Problem, Recipient

HERE = Message("第 3 个", "number 3")


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("a@b.cn", "a@b.cn", ""),
        (" 张三 <zhang.san+x@B.CN> ", "zhang.san+x@b.cn", "张三"),
        ('"李, 四" <li@例子.中国>', "li@xn--fsqu00a.xn--fiqs8s", "李, 四"),
        ("林晚舟@云汀.cn", "林晚舟@xn--9kqp73e.cn", ""),
        ("root@localhost", "root@localhost", ""),
        ("a@mail.office.local", "a@mail.office.local", ""),
        ("a@straße.de", "a@xn--strae-oqa.de", ""),
    ],
)
def test_addresses_as_people_write_them(text: str, address: str, name: str) -> None:
    assert parse_recipient(text, HERE) == Recipient(address=address, name=name)


@pytest.mark.parametrize(
    "text",
    [
        "", "张三", "a b@c.cn", "a@b@c.cn", "a@", "@b.cn", "a@b..cn", ".a@b.cn", "a@b.cn\r\nBcc: x@y.cn", "a\x00@b.cn",
        "张三\n李四 <a@b.cn>", "a@-b.cn", "a@b.cn, c@d.cn", "<a@b.cn", "a" * 65 + "@b.cn", "张三 <>",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_recipient(text, HERE)
    assert refused.value.message.zh.startswith("第 3 个：") and "\n" not in refused.value.message.zh


def csv(path: Path, text: str, encoding: str = "utf-8") -> list[Recipient | Problem]:
    file = path / "名单.csv"
    file.write_bytes(text.encode(encoding))
    return list(from_csv(file))


ZHANG, LI = Recipient(address="z@b.cn", name="张三"), Recipient(address="l@b.cn", name="李四")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "text",
    [
        "姓名,邮箱\n张三,z@b.cn\n李四,l@b.cn\n",
        "email;name\r\nz@b.cn;张三\r\n\r\nl@b.cn;李四",
        "部门\tName\tE-Mail\n一\t张三\tz@b.cn\n二\t李四\tl@b.cn\n",
        "# 名单\nz@b.cn,张三\nl@b.cn,李四\n",
        '张三,z@b.cn\n"李四","l@b.cn"\n',
    ],
)
def test_tables_as_spreadsheets_save_them(tmp_path: Path, text: str, encoding: str) -> None:
    assert csv(tmp_path, text, encoding) == [ZHANG, LI]


@pytest.mark.parametrize(
    ("text", "line", "others"),
    [
        ("邮箱,姓名\nz@b.cn,张三\n坏地址,李四\nl@b.cn,李四\n", 3, 2),
        ('邮箱,姓名\n"z@b.cn","张\n三"\nl@b.cn,李四\n', 2, 1),
        ("邮箱,姓名\nz@b.cn,张三\n,李四\n", 3, 1),
        ("姓名,邮箱\n张三\n李四,l@b.cn", 2, 1),
        ("邮箱,姓名\nz@b.cn," + "长" * 300 + "\nl@b.cn,李四\n", 2, 1),
        ("邮箱,姓名\n" + "a." * 9000 + "@b.cn,张三\nl@b.cn,李四\n", 2, 1),
        ("邮箱,姓名\nz@" + "例" * 3000 + ".cn,张三\nl@b.cn,李四\n", 2, 1),
    ],
)
def test_a_bad_row_of_a_table_costs_that_row(tmp_path: Path, text: str, line: int, others: int) -> None:
    people = csv(tmp_path, text)
    (problem,) = (item for item in people if isinstance(item, Problem))
    assert f"名单.csv 第 {line} 行" in problem.message.zh and f"line {line}" in problem.message.en
    assert len(problem.message.zh) < 400 and len(people) == others + 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('邮箱,姓名\nz@b.cn,"张三\nBcc: x@y.cn"x\n', 2),
        ("姓名,部门\n张三,一处\n", 1),
        ('邮箱,姓名\nz@b.cn,张三\n"x\n', 3),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(UsageError) as refused:
        csv(tmp_path, text)
    assert f"名单.csv 第 {line} 行" in refused.value.message.zh
    assert f"line {line}" in refused.value.message.en


def test_direction_marks_and_half_characters_leave_a_name(tmp_path: Path) -> None:
    text = "邮箱,姓名\nz@b.cn,张\u202e三\n"
    assert csv(tmp_path, text) == [ZHANG]
    assert parse_recipient("张三\ud83d <z@b.cn>", HERE).name == "张三\ufffd"


def test_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nobody\.csv"):
        list(from_csv(tmp_path / "nobody.csv"))
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00\xff")
    with pytest.raises(UsageError, match="not text"):
        list(from_csv(tmp_path / "x.csv"))
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(6 * 1024**3)
    with pytest.raises(UsageError, match="larger than"):
        list(from_csv(tmp_path / "huge.csv"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_table_or_a_password_that_is_no_regular_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    os.mkfifo(tmp_path / "fifo.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for name in ("fifo.csv", "zero.csv"):
        with pytest.raises(UsageError, match="regular file"):
            list(from_csv(tmp_path / name))
        with pytest.raises(UsageError, match="regular file"):
            password("u", "h", tmp_path / name)


def test_each_address_once_and_the_first_name_stays() -> None:
    twice = Recipient(address="Z@b.cn", name="张先生")
    assert unique([ZHANG, LI, twice]) == [ZHANG, LI]


def test_a_password_comes_from_the_environment_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "password"
    file.write_text("从文件\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert password("u", "h", file).value == "从文件"
    monkeypatch.setenv(VARIABLE, "从环境")
    assert password("u", "h", file).value == "从环境"


@pytest.mark.skipif(os.name != "posix", reason="mode bits are POSIX")
def test_a_password_file_that_others_may_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    file = tmp_path / "password"
    file.write_text("x", encoding="utf-8")
    file.chmod(0o640)
    with pytest.raises(UsageError, match="0640") as refused:
        password("u", "h", file)
    assert refused.value.hint and "chmod 600" in refused.value.hint.zh


def test_without_a_password_it_says_where_one_may_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("briefing.deliver.secret._from_keyring", lambda user, host: None)
    with pytest.raises(BriefingError) as missing:
        password("desk", "mail.yunting.example")
    assert missing.value.hint and VARIABLE in missing.value.hint.zh and "keyring" in missing.value.hint.zh


def test_a_password_out_of_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring", reason="keyring is not installed")
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(keyring, "get_password", lambda service, user: f"{service}:{user}")
    assert password("desk", "mail").value == "briefing:desk@mail"
