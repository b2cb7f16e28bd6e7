"""The options of serve and archive site; see options.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .options import Text, argument, option

Host = Annotated[
    Text,
    option(
        "--host",
        metavar="HOST",
        zh="监听的地址，默认 127.0.0.1，只有本机能读；别的地址须有密码",
        en="Address to listen at; default 127.0.0.1, this machine only. Any other needs a password.",
    ),
]
Port = Annotated[
    Text, option("--port", metavar="N", zh="端口，默认 8300；0 任选一个", en="Port; default 8300, 0 for any.")
]
SiteFolder = Annotated[
    Path,
    argument("OUT", "目标文件夹：新的、空的，或以前的站点", "A new or empty folder, or an earlier site."),
]
