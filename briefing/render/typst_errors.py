"""What Typst raised, as an expected failure: the file, the line, what is wrong, and what to do.

Knows how Typst words a diagnostic; knows nothing of how a page is compiled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import TemplateError
from ..messages import Message
from ..text.clean_input import clean_line
from .themes import Theme

if TYPE_CHECKING:
    from typst import TypstError


def typst_error(error: TypstError, theme: Theme) -> TemplateError:
    """The failure of a page.typ, with file and line where Typst names them."""
    place = _position(error.diagnostic, theme)
    if "package" in error.message:
        return TemplateError(
            Message(zh=f"{place}：不能使用 Typst 包", en=f"{place}: Typst packages are not available"),
            Message(
                zh="模板不联网，也不读本机的包；请把要用的 .typ 文件放进主题文件夹",
                en="templates reach neither the network nor this machine's packages: "
                "put the .typ files into the theme's folder",
            ),
        )
    message = clean_line(error.message)
    return TemplateError(
        Message(zh=f"{place}：Typst 模板有误：{message}", en=f"{place}: {message}"),
        Message(
            zh="请改正这一行；模板里的文字来自 sys.inputs.data，写法见自带的 page.typ",
            en="correct this line; the words are in sys.inputs.data, as the bundled page.typ shows",
        ),
    )


def _position(diagnostic: str, theme: Theme) -> str:
    """FILE:LINE, as the user knows the file; the theme's main file where Typst names none."""
    match = re.search(r"┌─ .*?([^/\\\s]+\.typ):(\d+)", diagnostic)
    if not match:
        return theme.main
    name = theme.main if match[1] == "page.typ" else match[1]
    file = next((folder / name for folder in theme.search_path if (folder / name).is_file()), name)
    return f"{file}:{match[2]}"
