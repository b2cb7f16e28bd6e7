"""A node of a JSON document: gives its members by type, or says where the document is wrong.

Knows JSON's types and how a place in a document is named; knows nothing of briefings but the name
of the format.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ..errors import SourceError
from ..messages import Message
from ..text.clean_input import DIRTY, clean_input, clean_line

SCHEMA = "briefing/1"
LARGEST = 10**12
"""The largest score or count: beyond it, arithmetic overflows or prints thousands of digits."""

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class JsonNode:
    """A value of the document, and its path; a member of another type is a SourceError."""

    value: object
    path: str

    def _member(self, key: str, kind: type[T]) -> T:
        if not isinstance(self.value, dict):
            raise invalid_document(f"{self.path}: object expected")
        if key not in self.value:
            raise invalid_document(f"{self.path}.{key}: missing")
        value = self.value[key]
        if not isinstance(value, kind):
            raise invalid_document(f"{self.path}.{key}: {kind.__name__} expected")
        return value

    def text(self, key: str) -> str:
        """A text, without control characters and lone surrogates."""
        return clean_input(self._member(key, str))

    def indexed_text(self, key: str) -> str:
        """A text that offsets point into: cleaned, one character for one, so that they still
        hold.
        """
        return DIRTY.sub(_replacement, self._member(key, str))

    def maybe(self, key: str, *, optional: bool = False) -> str | None:
        """A text or null; with `optional`, null where it is missing."""
        if optional and key not in self.members:
            return None
        return None if self._member(key, object) is None else self.text(key)

    def share(self, key: str) -> float:
        """A number from 0 to 1; 1 where it is missing, as in files of earlier versions."""
        value = self.number(key, 1.0)
        if not 0 <= value <= 1:
            raise invalid_document(f"{self.path}.{key}: a number from 0 to 1 expected")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """A finite number; `default`, if there is one, where it is missing."""
        match self.members.get(key, default):
            case (int() | float()) as value if not isinstance(value, bool) and abs(value) <= LARGEST:
                return float(value)
        raise invalid_document(f"{self.path}.{key}: a number up to {LARGEST:g} expected")

    def count(self, key: str) -> int:
        """A count; 0 where it is missing, as in files of earlier versions."""
        match self.members.get(key, 0):
            case int() as value if not isinstance(value, bool) and 0 <= value <= LARGEST:
                return value
        raise invalid_document(f"{self.path}.{key}: a count expected")

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """A member of an enumeration; `default` where it is missing, as in files of earlier
        versions.
        """
        if key not in self.members:
            return default
        try:
            return kind(self.text(key))
        except ValueError as error:
            raise invalid_document(f"{self.path}.{key}: {error}") from error

    @property
    def members(self) -> dict[str, object]:
        """All members; none where it is not an object."""
        return self.value if isinstance(self.value, dict) else {}

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        if optional and key not in self.members:
            return ()
        values = self._member(key, list)
        if not all(isinstance(value, str) for value in values):
            raise invalid_document(f"{self.path}.{key}: strings expected")
        return tuple(map(clean_input, values))

    def date(self, key: str) -> datetime.date:
        """A day, YYYY-MM-DD."""
        try:
            return datetime.date.fromisoformat(self.text(key))
        except ValueError as error:
            raise invalid_document(f"{self.path}.{key}: {error}") from error

    def maybe_date(self, key: str) -> datetime.date | None:
        """A day or null; null where it is missing, as in files of earlier versions."""
        return None if self.maybe(key, optional=True) is None else self.date(key)

    def spans(self, key: str, end: int) -> tuple[tuple[int, int], ...]:
        """Pairs of offsets into a text of `end` characters."""
        spans = []
        for i, pair in enumerate(self._member(key, list)):
            match pair:
                case [int(a), int(b)] if 0 <= a <= b <= end and bool not in {type(a), type(b)}:
                    spans.append((a, b))
                case _:
                    raise invalid_document(f"{self.path}.{key}[{i}]: a range within the text expected")
        return tuple(spans)

    def node(self, key: str) -> JsonNode:
        """An object."""
        return JsonNode(self._member(key, dict), f"{self.path}.{key}")

    def nodes(self, key: str, *, optional: bool = False) -> list[JsonNode]:
        """A list of what should be objects."""
        if optional and key not in self.members:
            return []
        return [JsonNode(value, f"{self.path}.{key}[{i}]") for i, value in enumerate(self._member(key, list))]


def _replacement(match: re.Match[str]) -> str:
    """A character in place of one that must not be printed."""
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return " " if char.isspace() else "\u200b"


def invalid_document(why: str | Message) -> SourceError:
    """The error for a document that is not a briefing; `why` names its place, or is worded."""
    said = Message(clean_line(why), clean_line(why)) if isinstance(why, str) else why
    return SourceError(
        Message(
            zh=f"不是 {SCHEMA} 格式的简报：{said.zh}", en=f"not a briefing in the format {SCHEMA}: {said.en}"
        ),
        Message(
            zh="请用 briefing digest --format json 生成的文件",
            en="use a file that briefing digest --format json wrote",
        ),
    )
