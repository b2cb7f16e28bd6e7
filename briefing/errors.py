"""The expected failures.

    BriefingError            message, hint, exit code
    ├── UsageError           2  what was asked for cannot be
    ├── SourceError          1  one source cannot be read (3 when none can)
    ├── NothingReadable      3  no source at all could be read
    ├── ModelError           4  a summarization model is missing or damaged
    ├── TemplateError        2  a template does not render: file, line, what is wrong
    └── DeliveryError        5  a document could not be written or sent

Knows how a failure is worded; knows nothing of how it is shown.
"""

from __future__ import annotations

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


class UsageError(BriefingError):
    """What was asked for cannot be."""

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


class DeliveryError(BriefingError):
    """A document could not be written or sent; nothing half-written is left."""

    exit_code = 5
