"""A first settings file: commented, checked before it is written, whole or not at all.

Knows what the answers mean; who asks the questions is the command line.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from ..config import explicit_settings
from ..deliver.addresses import parse_recipient
from ..errors import UsageError
from ..messages import Language, Message

HEAD = Message(
    "# briefing 的设置。每一项的说明：briefing config show；检查：briefing doctor\n"
    "# 相对路径从这个文件所在的文件夹算起。",
    "# Settings of briefing. All of them: briefing config show; to test them: briefing doctor\n"
    "# Relative paths count from the folder of this file.",
)
SOURCES = Message(
    "# 要读的报纸：文件夹、文件、通配符、网址、订阅源；网址里的日期写成 {date:%Y%m/%d}",
    "# What is read: folders, files, globs, addresses, feeds; a day in an address is {date:%Y%m/%d}",
)
TITLE = Message("# 简报的名称", "# Title of the briefing")
OUT = Message(
    "# 写到哪个文件夹、什么格式：html、pdf、md、txt、json、png、epub、speech、feed",
    "# Where to and in which formats: html, pdf, md, txt, json, png, epub, speech, feed",
)
MORE = Message(
    '# 关注的词（排得更前）和不想看的词（排到最后）\n# watch = ["云汀港"]\n# mute = ["彩票"]',
    '# Words to watch (rank higher) and to mute (rank last)\n# watch = ["port"]\n# mute = ["lottery"]',
)
MAIL = Message(
    "# 寄给谁、由哪台服务器寄。密码不写在这里：放进环境变量 BRIEFING_MAIL_PASSWORD，\n"
    "# 或一个权限为 0600 的文件，用 password_file 指明",
    "# To whom and by which server. No password here: set BRIEFING_MAIL_PASSWORD, or name a file of\n"
    "# mode 0600 as password_file",
)
JOB = Message(
    "# 每日任务 briefing run。timezone 决定“今天”是哪一天；catch_up 补做漏掉的几天",
    "# The daily job, briefing run. timezone decides what day it is; catch_up makes up for missed days",
)
NO_MAIL = Message("# [mail] 寄出去时再填", "# [mail] to be filled in when it is to be mailed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a first settings file is made of. `to` and `host` may be empty: then nothing is mailed."""

    sources: tuple[str, ...]
    title: str
    out: str = "briefings"
    formats: tuple[str, ...] = ("html", "pdf")
    to: tuple[str, ...] = ()
    host: str = ""
    sender: str = ""


def settings_text(answers: Answers, language: Language) -> str:
    """The file's text; raises UsageError where an answer cannot be one."""
    for person in (*answers.to, *filter(None, [answers.sender])):
        parse_recipient(person, Message("邮件地址", "e-mail address"))
    lines = [HEAD(language), ""]
    lines += [SOURCES(language), f"sources = {_list(answers.sources)}", ""]
    lines += [TITLE(language), f"title = {_text(answers.title)}", ""]
    lines += [OUT(language), f"out = {_text(answers.out)}", f"format = {_list(answers.formats)}", ""]
    lines += [MORE(language), ""]
    lines += [JOB(language), "[job]", 'timezone = "Asia/Shanghai"', "catch_up = 0", ""]
    lines += _mail(answers, language)
    text = "\n".join(lines) + "\n"
    explicit_settings(**tomllib.loads(text))
    return text


def _mail(answers: Answers, language: Language) -> list[str]:
    if not answers.to:
        return [NO_MAIL(language)]
    local = answers.host in ("localhost", "127.0.0.1")
    lines = [MAIL(language), "[mail]", f"to = {_list(answers.to)}", f"host = {_text(answers.host)}"]
    lines += (
        ['security = "none"']
        if local
        else ['security = "starttls"', f"user = {_text(_address(answers.sender))}"]
    )
    return [*lines, f"from = {_text(answers.sender)}"]


def _address(sender: str) -> str:
    """The address of a sender such as 每日简报 <desk@example.cn>: it is what one logs in with."""
    return parseaddr(sender)[1] or sender


def write_settings(path: Path, text: str, *, force: bool) -> None:
    """Writes the file; raises UsageError rather than overwrite one without `force`."""
    from ..deliver.folder import write_all

    if path.exists() and not force:
        raise UsageError(
            Message(f"已经有 {path}", f"{path} exists"),
            Message("换一个文件名，或加 --force 覆盖", "choose another name, or add --force to overwrite"),
        )
    write_all(path.parent, [(path.name, text.encode())])


def _text(value: str) -> str:
    """A basic string of TOML, which is one of JSON but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"
