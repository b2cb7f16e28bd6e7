"""The options of init and config; see options.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .options import Text, argument, option

File = Annotated[
    Path, argument("FILE", "写成哪个文件，默认 briefing.toml", "File to write; default briefing.toml.")
]
SettingsFile = Annotated[
    Path | None,
    argument("FILE", "配置文件；不写则为起作用的那个", "Settings file; default: the one that counts."),
]
Sources = Annotated[
    Text,
    option(
        "--sources",
        metavar="SRC,SRC",
        zh="要读的文件夹、文件、网址、订阅源，逗号分隔",
        en="Folders, files, addresses and feeds to read, comma-separated.",
    ),
]
To = Annotated[Text, option("--to", metavar="A,A", zh="收件人，逗号分隔", en="Recipients, comma-separated.")]
Host = Annotated[Text, option("--host", metavar="HOST", zh="邮件服务器", en="The mail server.")]
Sender = Annotated[Text, option("--from", metavar="A", zh="发件人", en="The sender.")]
Yes = Annotated[
    bool,
    option("--yes", "-y", zh="不提问，没有给出的用默认值", en="Ask nothing: defaults for what is not given."),
]
