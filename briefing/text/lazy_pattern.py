"""Regular expressions that are compiled when they are first used.

The package has hundreds, and `re` takes a millisecond for each set of Chinese characters in them: compiled on
import, they take a third of a second of every command, most of it for nothing.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


def lazy_pattern(source: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """A pattern for its methods and attributes; functions of `re` do not take it.

    Its first use raises re.error where the source is no regular expression.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


class _Lazy:
    def __init__(self, source: str | bytes, flags: int | re.RegexFlag) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Asked for what is not there yet; the methods are put in its place, so that this happens once."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in METHODS})
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _Lazy, (self._source, self._flags)
