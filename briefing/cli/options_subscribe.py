"""The options of subscribe and unsubscribe; see options.py."""

from __future__ import annotations

from typing import Annotated

from .options import Text, Words, argument, option

Address = Annotated[
    Text, argument("[ADDRESS]", "邮箱：a@b.cn 或 张三 <a@b.cn>", "An address: a@b.cn or Name <a@b.cn>.")
]
Addresses = Annotated[Words, argument("ADDRESS...", "邮箱", "Addresses.")]
Reader = Annotated[
    Text,
    option("--reader", metavar="NAME", zh="收哪位 [[reader]] 的那一期", en="Whose edition, by [[reader]]."),
]
Confirmed = Annotated[
    bool, option("--confirmed", zh="本人已经同意，不再写信去问", en="They agreed already: no letter asks.")
]
Confirm = Annotated[
    Text,
    option("--confirm", metavar="TOKEN", zh="确认回信里的那一行", en="Confirm by the line of an answer."),
]
Listed = Annotated[bool, option("--list", zh="列出订阅的人", en="List who subscribed.")]
Boxes = Annotated[
    Words,
    argument(
        "PLACE...",
        "mbox 文件、Maildir 文件夹；- 为标准输入的一封信",
        "An mbox, a Maildir; - for a letter on stdin.",
    ),
]
