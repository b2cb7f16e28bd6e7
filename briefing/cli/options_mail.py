"""The options of the commands that send mail, each named once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .options import Text, Words, argument, option

To = Annotated[
    Words,
    option(
        "--to",
        metavar="A",
        zh="收件人，可重复：a@b.cn 或 张三 <a@b.cn>",
        en="A recipient: a@b.cn or Name <a@b.cn>; repeatable.",
    ),
]
Recipients = Annotated[
    Text,
    option(
        "--recipients",
        metavar="FILE.csv",
        zh="收件人名单，每行：邮箱,姓名",
        en="A file of recipients, one a line: email,name.",
    ),
]
Sender = Annotated[Text, option("--from", metavar="A", zh="发件人", en="The sender.")]
Subject = Annotated[
    Text,
    option(
        "--subject", metavar="S", zh="邮件主题，可用模板变量", en="Subject line; may use template variables."
    ),
]
Bcc = Annotated[
    bool | None,
    option(
        "--bcc",
        zh="只写一封信，密送所有人；默认每人一封",
        en="Send one blind-copied letter to all; by default everyone gets their own.",
    ),
]
Attach = Annotated[
    Text,
    option(
        "--attach",
        metavar="pdf,html…",
        zh="附上完整简报的这些格式，逗号分隔",
        en="Attach the full briefing in these formats, comma-separated.",
    ),
]
DryRun = Annotated[
    Path | None,
    option(
        "--dry-run",
        metavar="FILE.eml",
        zh="不发送，把第一封信原样写入文件",
        en="Send nothing; write the first letter to a file, byte for byte.",
    ),
]
Preview = Annotated[
    bool,
    option(
        "--preview",
        zh="不发送，写成网页；有屏幕时直接打开",
        en="Send nothing; write the letter as a web page and open it if there is a screen.",
    ),
]
Again = Annotated[
    bool, option("--again", zh="已收到的人也再发一次", en="Send again to those who already have it.")
]
DeliveryIds = Annotated[
    Words, argument("ID...", "编号，见 briefing outbox list", "Numbers as shown by briefing outbox list.")
]
AllDeliveries = Annotated[
    bool, option("--all", zh="列出全部记录，包括已送达的", en="List all records, delivered mail included.")
]
DropAll = Annotated[bool, option("--all", zh="放弃所有未送达的邮件", en="Drop all undelivered mail.")]
Unknown = Annotated[
    bool,
    option(
        "--unknown",
        zh="也重发结果不明的邮件：有人可能收到两封",
        en="Also retry mail whose outcome is unknown: some may receive it twice.",
    ),
]
