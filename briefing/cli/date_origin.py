"""The words for where an edition's date was read."""

from __future__ import annotations

from collections.abc import Mapping

from ..messages import Message
from ..types import DateOrigin

DATE_ORIGINS: Mapping[DateOrigin, Message] = {
    DateOrigin.MASTHEAD: Message("报头", "the masthead"),
    DateOrigin.PAGE: Message("网页所写的日期", "the date on the page"),
    DateOrigin.ADDRESS: Message("网址", "the address"),
    DateOrigin.FEED: Message("订阅源", "the feed"),
    DateOrigin.TABLE: Message("表里的日期", "the table's date"),
    DateOrigin.FILE_NAME: Message("文件名", "the file name"),
    DateOrigin.COMMAND_LINE: Message("命令行", "the command line"),
    DateOrigin.EDITION: Message("排好的简报，没有重新摘要", "the finished briefing, not summarized again"),
    DateOrigin.TODAY: Message("今天", "today"),
}
