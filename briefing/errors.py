"""The expected failures.

    BriefingError            message, hint, exit code
    ├── UsageError           2  what was asked for cannot be done
    ├── SourceError          1  one source cannot be read (3 when none can)
    ├── NothingReadable      3  no source at all could be read
    ├── ModelError           4  a summarization model is missing or damaged
    ├── TemplateError        2  a template does not render: file, line, cause
    ├── StoreError           5  the archive cannot be used
    └── DeliveryError        5  a document could not be written or sent

Knows how a failure is worded; knows nothing of how it is shown.
"""

from __future__ import annotations

import errno
from typing import ClassVar

from .messages import Message


class BriefingError(Exception):
    """An expected failure: what happened, and a hint that says what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        """Takes the wording in both languages; `str()` of the error is the English one."""
        super().__init__(message.en)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[BriefingError], tuple[Message, Message | None]]:
        """Travels between processes with the wording in both languages."""
        return type(self), (self.message, self.hint)


class UsageError(BriefingError):
    """What was asked for cannot be done."""

    exit_code = 2


class SourceError(BriefingError):
    """One source cannot be read; the others go on."""

    exit_code = 1


class NothingReadable(BriefingError):
    """No source at all could be read."""

    exit_code = 3


class ModelError(BriefingError):
    """A summarization model is missing or damaged."""

    exit_code = 4


class TemplateError(BriefingError):
    """A template does not render; the message names file and line."""

    exit_code = 2


class StoreError(BriefingError):
    """The archive cannot be used; nothing half-written is left in it."""

    exit_code = 5


class DeliveryError(BriefingError):
    """A document could not be written or sent; nothing half-written is left."""

    exit_code = 5


class UnfitFileError(OSError):
    """A file that is not read: no regular file, or larger than any of its kind."""

    def __init__(self, number: int, words: Message, path: str) -> None:
        """Takes the error number that comes nearest, the reason, and the file's path."""
        super().__init__(number, words.en, path)
        self.words = words


REASONS = {
    errno.ENOENT: Message("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: Message("没有权限", "permission denied"),
    errno.EPERM: Message("系统不允许", "not permitted by the system"),
    errno.EISDIR: Message("这是一个文件夹", "it is a folder"),
    errno.ENOTDIR: Message("路径中有一段不是文件夹", "a part of the path is not a folder"),
    errno.EEXIST: Message("同名的文件已经存在", "a file of that name exists"),
    errno.ENOSPC: Message("磁盘已满", "the disk is full"),
    errno.EDQUOT: Message("磁盘配额已用完", "the disk quota is used up"),
    errno.EROFS: Message("磁盘是只读的", "the disk is read-only"),
    errno.EIO: Message("磁盘读写出错", "the disk reports an error"),
    errno.EFBIG: Message("文件超过系统允许的大小", "the file is larger than the system allows"),
    errno.ELOOP: Message("链接绕成了圈", "too many links"),
    errno.ENAMETOOLONG: Message("名称太长", "the name is too long"),
    errno.EMFILE: Message("打开的文件太多", "too many open files"),
    errno.ENOMEM: Message("内存不足", "out of memory"),
}
"""What the system's refusals mean, in words."""


def reason(error: OSError) -> Message:
    """Why the system refused, in both languages; the system's own words where we have none."""
    if isinstance(error, UnfitFileError):
        return error.words
    words = error.strerror or str(error) or type(error).__name__
    return REASONS.get(error.errno or 0, Message(words, words))


def system_error(error: OSError) -> DeliveryError:
    """A refusal of the system that no part of the program expected: full disks, missing
    permissions.
    """
    why = reason(error)
    place = f"{error.filename}" if error.filename else ""
    return DeliveryError(
        Message(
            f"无法读写 {place}：{why.zh}" if place else f"系统拒绝了读写：{why.zh}",
            f"cannot access {place}: {why.en}" if place else f"the system refused: {why.en}",
        ),
        Message("请检查路径、权限和磁盘空间", "check the path, your permissions and the free space"),
    )
