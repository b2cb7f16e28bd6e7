"""A name in the settings becomes a class, and the class an object with checked options.

    briefing-zh                    the model in the program's own models/; the default
    extract, lead, textrank        methods that need no model
    ./folder                       a model with a model.toml, of CTranslate2 (model.bin), or of transformers
    openai:MODEL@URL               an OpenAI-compatible endpoint
    owner/name                     a transformers checkpoint of the hub

Tables of strings, so that nothing is imported before it is used; then entry points of the group
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

from .errors import ModelError, UsageError, reason
from .messages import Message, nearest
from .protocols import Summarizer
from .renamed import new_import
from .resources import models_dir

METHODS = {
    "extract": "briefing.summarization.extract.compressive:CompressiveExtract",
    "lead": "briefing.summarization.extract.lead:Lead",
    "textrank": "briefing.summarization.extract.textrank:TextRank",
}
BUNDLE = "briefing.summarization.network.selector:Selector"
WRITERS = {
    "ctranslate": "briefing.summarization.generate.ctranslate:CTranslateWriter",
    "transformers": "briefing.summarization.generate.transformers:TransformersWriter",
    "endpoint": "briefing.summarization.generate.endpoint:EndpointWriter",
}
DEFAULT_MODEL = "briefing-zh"
ENDPOINT = "openai:"


@dataclass(frozen=True, slots=True)
class Model:
    """A summarizer found by its name, not yet loaded; small and picklable.

    `kind` is method, bundle, ctranslate, transformers, endpoint or plugin; `address` goes to its
    class.
    """

    name: str
    kind: str
    address: str

    @property
    def shared(self) -> bool:
        """Whether one object serves several threads at once, so that its weights are in memory
        once.
        """
        return self.kind in ("bundle", "endpoint")

    def make(self, workers: int = 1, cores: int = 0) -> Summarizer:
        """The summarizer, for `workers` threads where it is shared; raises ModelError.

        `cores` for one article; 0 for its share of the machine's.
        """
        if self.kind in ("method", "plugin"):
            try:
                loaded: Summarizer = _load_class(self.address)()
            except ImportError as error:
                raise _import_failure(self.name, error) from error
            return loaded
        if self.kind == "bundle":
            threads = cores or max(1, (os.cpu_count() or 1) // workers)
            selector: Summarizer = _load_class(BUNDLE)(Path(self.address), threads=threads)
            return selector
        from .summarization.guarded import VerifiedSummarizer

        return VerifiedSummarizer(_load_class(WRITERS[self.kind])(self.address))


@dataclass(frozen=True, slots=True)
class SummarizerMaker:
    """What is sent to a worker process instead of a summarizer."""

    model: Model
    workers: int = 1
    cores: int = 0

    def __call__(self) -> Summarizer:
        """The summarizer."""
        return self.model.make(self.workers, self.cores)


def find_model(name: str) -> Model:
    """The model of that name; raises UsageError for an unknown name. Loads nothing."""
    if name in METHODS:
        return Model(name, "method", METHODS[name])
    if name.startswith(ENDPOINT):
        return Model(name, "endpoint", name.removeprefix(ENDPOINT))
    for point in entry_points(group="briefing.summarizers"):
        if point.name == name:
            return Model(name, "plugin", point.value)
    folder = _expanded(name)
    if folder.is_dir() and (os.sep in name or "/" in name or name.startswith(".")):
        return Model(name, _folder_kind(folder), str(folder))
    if name in bundled_models():
        return Model(name, "bundle", str(models_dir() / name))
    if name.count("/") == 1 and not name.startswith((".", "/", "~")) and " " not in name:
        return Model(name, "transformers", name)
    known = [*bundled_models(), *sorted(METHODS)]
    near = nearest(name, known)
    raise UsageError(
        Message(
            f"没有名为“{name}”的摘要方法或模型", f"there is no summarization method or model named {name!r}"
        ),
        Message(
            (f"是不是想写 {near}？" if near else "")
            + f"可用的有：{'、'.join(known)}；也可以是模型文件夹、openai:模型@地址 或 Hub 上的 所有者/名称",
            (f"did you mean {near}? " if near else "")
            + f"available: {', '.join(known)}; a model's folder, openai:MODEL@URL, or owner/name on the Hub",
        ),
    )


def _expanded(name: str) -> Path:
    """The path with ~ as the user's home. Raises UsageError for an unknown user, and for one out of
    reach.
    """
    try:
        folder = Path(name).expanduser()
        folder.is_dir()
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Message(f"打不开 {name}：{why.zh}", f"cannot open {name}: {why.en}"),
            Message("请检查路径和权限", "check the path and your permissions"),
        ) from None
    except RuntimeError:
        raise UsageError(
            Message(f"{name}：系统里没有这个用户", f"{name}: there is no such user"),
            Message("请写完整的路径", "write the full path"),
        ) from None
    return folder


def bundled_models() -> tuple[str, ...]:
    """The names of the models that ship with the program."""
    try:
        return tuple(sorted(path.parent.name for path in models_dir().glob("*/model.toml")))
    except ModelError:
        return ()


def _folder_kind(folder: Path) -> str:
    for mark, kind in (
        ("model.toml", "bundle"),
        ("model.bin", "ctranslate"),
        ("config.json", "transformers"),
    ):
        if (folder / mark).is_file():
            return kind
    raise UsageError(
        Message(f"文件夹 {folder} 里没有模型", f"there is no model in the folder {folder}"),
        Message(
            "里面应有 model.toml、model.bin（CTranslate2）或 config.json（transformers）",
            "it should hold model.toml, model.bin (CTranslate2) or config.json (transformers)",
        ),
    )


def _import_failure(name: str, error: ImportError) -> ModelError:
    """The error for a plugin that cannot be imported; perhaps it uses a name of an earlier
    version.
    """
    new = new_import(error)
    return ModelError(
        Message(f"摘要方法 {name} 无法载入：{error}", f"the method {name} cannot be loaded: {error}"),
        Message(
            f"它用的是旧名字，现在叫 {new}；请升级提供它的软件包",
            f"it uses an old name, which is now {new}: upgrade the package that it comes from",
        )
        if new
        else Message(
            "请检查提供它的软件包是否装全",
            "check that the package that it comes from is installed completely",
        ),
    )


def _load_class(address: str) -> Callable[..., Any]:
    module, _, name = address.partition(":")
    loaded: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return loaded
