"""Jinja's templates as they were compiled, kept for as long as the process runs.

A mailing is fitted by rendering its letter a dozen times, each time in an environment of its own: half of
the work was compiling the same four templates again. Imports Jinja, so it is imported only where a page
is rendered.
"""

from __future__ import annotations

from functools import cache
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from ..messages import Language


@cache
def compiled_templates(autoescape: bool, language: Language) -> BytecodeCache:
    """The memory for environments that escape alike and speak one language: what a filter makes of a
    constant, as in {{ "01" | page_name }}, is in the code already.
    """
    return _Kept()


class _Kept(BytecodeCache):
    """The code of each file's last version."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the bucket its code, if the source is the one that was compiled."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the bucket's code."""
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code
