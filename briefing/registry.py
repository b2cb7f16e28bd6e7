"""A name in the settings becomes a class, and the class an object with checked options.

    extract, lead, textrank        methods that need no model
    briefing-zh                    a model in the program's own models/
    ./folder                       a model of ours (model.toml), of CTranslate2 (model.bin), or of transformers
    openai:MODEL@URL               an OpenAI-compatible endpoint
    owner/name                     a transformers checkpoint of the hub

Tables of strings, so that nothing is imported before it is asked for; then entry points of the group
`briefing.summarizers`, by which other packages add methods.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from .errors import ModelError, Text, UsageError
from .protocols import Summarizer
from .resources import models_dir

METHODS = {
    "extract": "briefing.summarization.extract.extract:Extract",
    "lead": "briefing.summarization.extract.lead:Lead",
    "textrank": "briefing.summarization.extract.textrank:TextRank",
}
BUNDLE = "briefing.summarization.generate.neural:Neural"
WRITERS = {
    "ctranslate": "briefing.summarization.generate.ctranslate:Folder",
    "transformers": "briefing.summarization.generate.transformers:Checkpoint",
    "endpoint": "briefing.summarization.generate.endpoint:Endpoint",
}
DEFAULT_MODEL = "briefing-zh"
ENDPOINT = "openai:"


@dataclass(frozen=True, slots=True)
class Model:
    """A summarizer that was found by its name, not yet made; small and picklable.

    `kind` is method, bundle, ctranslate, transformers, endpoint or plugin; `address` is what its class is told.
    """

    name: str
    kind: str
    address: str

    @property
    def shared(self) -> bool:
        """Whether one object serves several threads at once, so that its weights are in memory once."""
        return self.kind in ("bundle", "endpoint")

    def make(self, workers: int = 1) -> Summarizer:
        """The summarizer, for `workers` threads where it is shared; raises ModelError."""
        if self.kind in ("method", "plugin"):
            made: Summarizer = _load(self.address)()
            return made
        from .summarization.faithful import Faithful

        if self.kind == "bundle":
            return Faithful(_load(BUNDLE)(Path(self.address), workers=workers))
        return Faithful(_load(WRITERS[self.kind])(self.address))


@dataclass(frozen=True, slots=True)
class Maker:
    """What travels to a worker instead of a summarizer."""

    model: Model
    workers: int = 1

    def __call__(self) -> Summarizer:
        """The summarizer."""
        return self.model.make(self.workers)


def model(name: str) -> Model:
    """The model of that name; raises UsageError for a name that nobody knows. Loads nothing."""
    if name in METHODS:
        return Model(name, "method", METHODS[name])
    if name.startswith(ENDPOINT):
        return Model(name, "endpoint", name.removeprefix(ENDPOINT))
    for point in entry_points(group="briefing.summarizers"):
        if point.name == name:
            return Model(name, "plugin", point.value)
    folder = Path(name).expanduser()
    if folder.is_dir() and (os.sep in name or "/" in name or name.startswith(".")):
        return Model(name, _kind(folder), str(folder))
    if name in bundled():
        return Model(name, "bundle", str(models_dir() / name))
    if name.count("/") == 1 and not name.startswith((".", "/", "~")) and " " not in name:
        return Model(name, "transformers", name)
    known = ", ".join([*bundled(), *sorted(METHODS)])
    raise UsageError(
        Text(
            f"没有名为“{name}”的摘要方法或模型", f"there is no summarization method or model named {name!r}"
        ),
        Text(
            f"可用的有：{known}；也可以是模型文件夹、openai:模型@地址 或 Hub 上的 所有者/名称",
            f"available: {known}; or a model's folder, openai:MODEL@URL, or owner/name of the hub",
        ),
    )


def bundled() -> tuple[str, ...]:
    """The names of the models that ship with the program, the default first."""
    try:
        found = sorted(path.parent.name for path in models_dir().glob("*/model.toml"))
    except ModelError:
        return ()
    return tuple(sorted(found, key=lambda name: name != DEFAULT_MODEL))


def _kind(folder: Path) -> str:
    for mark, kind in (
        ("model.toml", "bundle"),
        ("model.bin", "ctranslate"),
        ("config.json", "transformers"),
    ):
        if (folder / mark).is_file():
            return kind
    raise UsageError(
        Text(f"文件夹 {folder} 里没有模型", f"there is no model in the folder {folder}"),
        Text(
            "里面应有 model.toml、model.bin（CTranslate2）或 config.json（transformers）",
            "it should hold model.toml, model.bin (CTranslate2) or config.json (transformers)",
        ),
    )


def _load(address: str) -> Callable[..., Any]:
    module, _, name = address.partition(":")
    made: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return made
