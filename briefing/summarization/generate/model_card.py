"""model.toml, the model card: name, licence, base, and size and SHA-256 of every file.

    schema = 2                      name, version, license, base, parameters, context (tokens)
    [description]                   zh, en
    [[files]]                       name, size in bytes, sha256

The card is untrusted: each value is checked, and an error names the file and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import ModelError
from ...messages import Message
from ...text.lazy_pattern import lazy_pattern
from .folder_files import folder_error, read_checked

CARD = "model.toml"
SCHEMA = 2
MEMORY_LIMIT = 500_000_000
"""Maximum bytes of a model's files; the bundled one has 121 million."""
_CARD_LIMIT = 1_000_000
_CONTEXT_LIMIT = 131_072
_WORDS_LIMIT = 1000
_FILES_LIMIT = 1000
_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DIGEST = lazy_pattern(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One file of a model."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """The content of model.toml; `context` is in tokens."""

    name: str
    version: str
    description: Message
    license: str
    base: str
    parameters: int
    context: int
    files: tuple[ModelFile, ...]


def read_card(folder: Path) -> ModelCard:
    """The card of a model folder; raises ModelError, with file and key, if it is invalid."""
    path = folder / CARD
    try:
        card = tomllib.loads(read_checked(folder, CARD, _CARD_LIMIT).decode("utf-8"))
    except RecursionError as error:
        raise folder_error(Message(f"{path} 嵌套太深", f"{path} is nested too deeply")) from error
    except ValueError as error:  # TOML and UTF-8
        raise folder_error(
            Message(f"{path} 不是有效的 TOML：{error}", f"{path} is not valid TOML: {error}")
        ) from error
    return _Fields(path, card).card()


class _Fields:
    """Checked access to one table of the card; `within` prefixes its keys in errors."""

    def __init__(self, path: Path, table: Any, within: str = "") -> None:
        self._path, self._within = path, within
        if not isinstance(table, dict):
            raise self._error("", "应为表", "should be a table")
        self._table = table

    def card(self) -> ModelCard:
        """The table as a ModelCard."""
        if self.number("schema", 10**6) != SCHEMA:
            raise self._error("schema", f"应为 {SCHEMA}", f"should be {SCHEMA}")
        words = _Fields(self._path, self._table.get("description"), "description.")
        card = ModelCard(
            name=self.text("name"),
            version=self.text("version"),
            description=Message(words.text("zh"), words.text("en")),
            license=self.text("license"),
            base=self.text("base"),
            parameters=self.number("parameters", 10**12),
            context=self.number("context", _CONTEXT_LIMIT),
            files=tuple(self.files()),
        )
        if sum(file.size for file in card.files) > MEMORY_LIMIT:
            raise self._error(
                "files", f"合计超过 {MEMORY_LIMIT} 字节", f"add up to more than {MEMORY_LIMIT} bytes"
            )
        if len({file.name for file in card.files}) < len(card.files):
            raise self._error("files", "有文件列了两次", "name a file twice")
        return card

    def files(self) -> Iterator[ModelFile]:
        """The entries of [[files]]."""
        listed = self._table.get("files")
        if not isinstance(listed, list) or len(listed) > _FILES_LIMIT:
            raise self._error("files", "应为 [[files]] 表", "should be [[files]] tables")
        for number, table in enumerate(listed):
            yield _Fields(self._path, table, f"files[{number}].").file()

    def file(self) -> ModelFile:
        """The table as a ModelFile."""
        name, digest = self.text("name"), self.text("sha256")
        if not _NAME.fullmatch(name):
            raise self._error(
                "name", "应为文件夹里一个普通的文件名", "should be a plain file name in the folder"
            )
        if not _DIGEST.fullmatch(digest):
            raise self._error("sha256", "应为 64 位十六进制数", "should be 64 hexadecimal digits")
        return ModelFile(name=name, size=self.number("size", MEMORY_LIMIT, least=0), sha256=digest)

    def text(self, key: str) -> str:
        """A short printable string."""
        value = self._table.get(key)
        if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= _WORDS_LIMIT:
            raise self._error(key, "应为一行文字", "should be a line of text")
        return value

    def number(self, key: str, most: int, *, least: int = 1) -> int:
        """An integer from `least` to `most`."""
        value = self._table.get(key)
        if type(value) is not int or not least <= value <= most:
            raise self._error(
                key, f"应为 {least} 到 {most} 的整数", f"should be a whole number from {least} to {most}"
            )
        return value

    def _error(self, key: str, zh: str, en: str) -> ModelError:
        where = f"{self._within}{key}".rstrip(".")
        return folder_error(Message(f"{self._path} 的 {where} {zh}", f"{self._path}: {where} {en}"))
