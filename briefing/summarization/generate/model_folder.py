"""A model's folder: model.toml says what is in it, under which licence, and the SHA-256 of every file.

    schema = 1                      name, version, licence, base, parameters, context (tokens) …
    [[files]]                       name, size in bytes, sha256

Weights are in the inference engine's own format, gzipped in pieces; they are checked and unpacked in memory, so that
nothing is written and a damaged download is told before it speaks. What a later training changed may come as a delta of
a piece, bytes to be added to it modulo 256: most are 0 or near it and pack well (by xz, which comes nearer to their
entropy than gzip), so that a small file carries a new version.
"""

from __future__ import annotations

import hashlib
import lzma
import re
import tomllib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import ModelError
from ...messages import Message

CARD = "model.toml"
SCHEMA = 1
PART = re.compile(r"(.+)\.(\d+)(?:\.gz|(\.delta)\.xz)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One file of a model: name, bytes, SHA-256 in hexadecimal; `unpacked` is its size when unpacked, 0 if it is not packed."""

    name: str
    size: int
    sha256: str
    unpacked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A model's folder and what its model.toml says; `context` is in tokens."""

    path: Path
    name: str
    version: str
    description: Message
    license: str
    base: str
    parameters: int
    context: int
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    def read(self) -> dict[str, bytes]:
        """Every file by name, checked: model.bin.1.gz, model.bin.2.gz … are unpacked and joined as model.bin.

        model.bin.1.delta.xz, named after its piece, is added to it. Raises ModelError for a file that is missing or damaged.
        """
        found: dict[str, list[bytes]] = {}
        for file in self.files:
            part = PART.fullmatch(file.name)
            data = self._read_checked(file)
            if part is None:
                found[file.name] = [data]
                continue
            pieces = found.setdefault(part[1], [])
            if part[3]:
                pieces[-1:] = [_add_delta(file, pieces[-1:], _unpack(file, data))]
            else:
                pieces.append(_unpack(file, data))
        return {name: b"".join(pieces) for name, pieces in found.items()}

    def damaged(self) -> tuple[Message, ...]:
        """What is wrong with the files that are missing or not what model.toml says."""
        found = []
        for file in self.files:
            try:
                self._read_checked(file)
            except ModelError as error:
                found.append(error.message)
        return tuple(found)

    def _read_checked(self, file: ModelFile) -> bytes:
        path = self.path / file.name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _damage_error(
                Message(f"读不到模型文件 {path}", f"cannot read the model file {path}")
            ) from error
        if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
            raise _damage_error(
                Message(
                    f"模型文件 {path} 与校验值不符，可能已损坏",
                    f"the model file {path} does not match its checksum: it is damaged",
                )
            )
        return data


def open_model_folder(folder: Path) -> ModelFolder:
    """What the folder's model.toml says; raises ModelError where there is none or it is wrong."""
    path = folder / CARD
    try:
        card = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _damage_error(
            Message(f"模型文件夹里没有 {path}", f"the model's folder has no {path}")
        ) from error
    except ValueError as error:
        raise _damage_error(
            Message(f"{path} 不是有效的 TOML：{error}", f"{path} is not valid TOML: {error}")
        ) from error
    try:
        return _parse_card(folder, card)
    except (KeyError, TypeError, ValueError) as error:
        raise _damage_error(Message(f"{path} 的内容不对：{error}", f"{path} is wrong: {error}")) from error


def _parse_card(folder: Path, card: dict[str, Any]) -> ModelFolder:
    if card["schema"] != SCHEMA:
        raise ValueError(f"schema {card['schema']}, not {SCHEMA}")
    return ModelFolder(
        path=folder,
        name=str(card["name"]),
        version=str(card["version"]),
        description=Message(str(card["description"]["zh"]), str(card["description"]["en"])),
        license=str(card["license"]),
        base=str(card["base"]),
        parameters=int(card["parameters"]),
        context=int(card["context"]),
        files=tuple(
            ModelFile(
                name=str(file["name"]),
                size=int(file["size"]),
                sha256=str(file["sha256"]),
                unpacked=int(file.get("unpacked", 0)),
            )
            for file in card["files"]
        ),
    )


def _add_delta(file: ModelFile, piece: list[bytes], delta: bytes) -> bytes:
    """The piece with each byte of the delta added, modulo 256."""
    import numpy as np

    if [len(delta)] != [len(bytes_) for bytes_ in piece]:
        raise _damage_error(
            Message(
                f"模型文件 {file.name} 与它的分片长度不同",
                f"the model file {file.name} does not fit its piece",
            )
        )
    return (np.frombuffer(piece[0], np.uint8) + np.frombuffer(delta, np.uint8)).tobytes()


def _unpack(file: ModelFile, data: bytes) -> bytes:
    """The file's content; its size is known, so that no memory is taken twice."""
    try:
        if file.name.endswith(".xz"):
            return lzma.decompress(data, lzma.FORMAT_XZ)
        return zlib.decompress(data, wbits=31, bufsize=file.unpacked or zlib.DEF_BUF_SIZE)
    except (zlib.error, lzma.LZMAError) as error:
        raise _damage_error(
            Message(f"模型文件 {file.name} 无法解压", f"the model file {file.name} cannot be unpacked")
        ) from error


def _damage_error(message: Message) -> ModelError:
    return ModelError(
        message,
        Message(
            "请重新安装：pip install --force-reinstall briefing；或暂时用 --model extract",
            "reinstall it: pip install --force-reinstall briefing; or use --model extract meanwhile",
        ),
    )
