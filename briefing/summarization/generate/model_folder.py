"""A model folder: its card (model.toml) and its files, each checked before use.

Weights are in the inference engine's format, gzipped in pieces; they are checked and unpacked in
memory, so that nothing is written and damage is detected before use. A retrained version can ship
as deltas: bytes to add to a piece modulo 256, most of them near 0, which compress well (by xz,
closer to their entropy than gzip). Nothing is unpacked beyond the size in the card.
"""

from __future__ import annotations

import hashlib
import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from ...errors import ModelError
from ...messages import Message
from .folder_files import open_checked, read_checked
from .model_card import ModelCard, ModelFile, read_card

PART = re.compile(r"(.+)\.(\d+)(?:\.gz|(\.delta)\.xz)")
_XZ_MEMORY = 256_000_000
"""Memory limit in bytes to unpack an xz file; the dictionary of the bundled deltas takes 4
million.
"""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder(ModelCard):
    """A model card with the folder of its files."""

    path: Path

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    def read(self) -> dict[str, bytes]:
        """Every file by name, checked; raises ModelError for a missing or damaged one.

        model.bin.1.gz, model.bin.2.gz … are unpacked and joined as model.bin; model.bin.1.delta.xz,
        listed after its piece, is added to it.
        """
        contents: dict[str, list[bytes | bytearray]] = {}
        for file in self.files:
            part = PART.fullmatch(file.name)
            data = self._read_checked(file)
            if part is None:
                contents[file.name] = [data]
                continue
            pieces = contents.setdefault(part[1], [])
            if part[3]:
                pieces[-1:] = [_add_delta(file, pieces[-1] if pieces else b"", data)]
            else:
                pieces.append(_unpack(file, data, file.unpacked))
        return {name: b"".join(pieces) for name, pieces in contents.items()}

    def damaged(self) -> tuple[Message, ...]:
        """A message for each file that is missing or does not match the card."""
        messages = []
        for file in self.files:
            try:
                self._read_checked(file)
            except ModelError as error:
                messages.append(error.message)
        return tuple(messages)

    def _read_checked(self, file: ModelFile) -> bytes:
        path = open_checked(self.path, file.name)
        # The size first: a file of another size is neither read nor hashed.
        data = read_checked(self.path, file.name, file.size) if path.stat().st_size == file.size else b""
        if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
            raise _damage_error(
                Message(
                    f"模型文件 {path} 与校验值不符，可能已损坏",
                    f"the model file {path} does not match its checksum: it is damaged",
                )
            )
        return data


def open_model_folder(folder: Path) -> ModelFolder:
    """The folder with its card; raises ModelError if the card is missing or invalid."""
    card = read_card(folder)
    return ModelFolder(path=folder, **{item.name: getattr(card, item.name) for item in fields(card)})


def _add_delta(file: ModelFile, piece: bytes | bytearray, packed: bytes) -> bytes:
    """The piece with each byte of the delta added, modulo 256."""
    import numpy as np

    delta = _unpack(file, packed, len(piece))
    return (np.frombuffer(piece, np.uint8) + np.frombuffer(delta, np.uint8)).tobytes()


def _unpack(file: ModelFile, data: bytes, size: int) -> bytearray:
    """The file's content, which must have exactly `size` bytes; only these are allocated."""
    content, filled = bytearray(size), 0
    try:
        for chunk in _unpacked_chunks(file.name, memoryview(data)):
            if filled + len(chunk) > size:
                filled = -1
                break
            content[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
    except (zlib.error, lzma.LZMAError) as error:
        raise _damage_error(
            Message(f"模型文件 {file.name} 无法解压", f"the model file {file.name} cannot be unpacked")
        ) from error
    if filled != size:
        raise _damage_error(
            Message(
                f"模型文件 {file.name} 解压后应有 {size} 字节",
                f"the model file {file.name} should have {size} bytes when unpacked",
            )
        )
    return content


def _unpacked_chunks(name: str, data: memoryview) -> Iterator[bytes]:
    """The unpacked content in chunks of at most _CHUNK bytes; raises zlib.error and
    lzma.LZMAError.
    """
    slices = (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))
    if name.endswith(".xz"):
        unxz = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
        while not unxz.eof and (packed := b"" if not unxz.needs_input else next(slices, None)) is not None:
            yield unxz.decompress(packed, _CHUNK)
        return
    unzip = zlib.decompressobj(wbits=31)
    for piece in slices:
        rest: bytes | memoryview = piece
        chunk = b""
        # After a full chunk, more output may be pending even if all input is consumed.
        while (rest or len(chunk) == _CHUNK) and not unzip.eof:
            chunk = unzip.decompress(rest, _CHUNK)
            rest = unzip.unconsumed_tail
            yield chunk


def _damage_error(message: Message) -> ModelError:
    return ModelError(
        message,
        Message(
            "自带的模型请重新安装：pip install --force-reinstall "
            "briefing；别处来的请重新下载；或暂时用 --model extract",
            "reinstall a bundled model: pip install --force-reinstall briefing; download another one again; "
            "or use --model extract meanwhile",
        ),
    )
