"""A model folder: its card (model.toml) and its files, each checked before use.

Weights lie in safetensors files, which the inference engine maps into memory; a damaged file is
found by its size and SHA-256 before anything is loaded.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

from ...errors import ModelError
from ...messages import Message
from .folder_files import open_checked
from .model_card import ModelCard, ModelFile, read_card


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder(ModelCard):
    """A model card with the folder of its files."""

    path: Path

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    def checked(self, *names: str) -> list[Path]:
        """The paths of these files of the model, after all of its files were checked.

        Raises ModelError for a file that is missing, damaged, or not on the card.
        """
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # hashing leaves the interpreter to others
            paths = dict(
                zip((file.name for file in self.files), pool.map(self._checked, self.files), strict=True)
            )
        for name in names:
            if name not in paths:
                raise _damage_error(
                    Message(f"模型 {self.name} 没有 {name}", f"the model {self.name} has no {name}")
                )
        return [paths[name] for name in names]

    def damaged(self) -> tuple[Message, ...]:
        """A message for each file that is missing or does not match the card."""
        messages = []
        for file in self.files:
            try:
                self._checked(file)
            except ModelError as error:
                messages.append(error.message)
        return tuple(messages)

    def _checked(self, file: ModelFile) -> Path:
        path = open_checked(self.path, file.name)
        # The size first: a file of another size is not read.
        if path.stat().st_size != file.size or _digest(path) != file.sha256:
            raise _damage_error(
                Message(
                    f"模型文件 {path} 与校验值不符，可能已损坏",
                    f"the model file {path} does not match its checksum: it is damaged",
                )
            )
        return path


def open_model_folder(folder: Path) -> ModelFolder:
    """The folder with its card; raises ModelError if the card is missing or invalid."""
    card = read_card(folder)
    return ModelFolder(path=folder, **{item.name: getattr(card, item.name) for item in fields(card)})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
