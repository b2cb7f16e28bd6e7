"""Names in the settings become models; nothing is loaded by that."""

from __future__ import annotations

import importlib
import pickle
from pathlib import Path

import pytest

from briefing import registry
from briefing.errors import ModelError, UsageError


@pytest.mark.parametrize(
    ("name", "kind", "address"),
    [
        ("lead", "method", "briefing.summarization.extract.lead:Lead"),
        ("openai:qwen3@http://localhost:1/v1", "endpoint", "qwen3@http://localhost:1/v1"),
        ("owner/name", "transformers", "owner/name"),
    ],
)
def test_names(name: str, kind: str, address: str) -> None:
    found = registry.find_model(name)
    assert (found.name, found.kind, found.address) == (name, kind, address)
    assert pickle.loads(pickle.dumps(registry.SummarizerMaker(found, 3))) == registry.SummarizerMaker(
        found, 3
    )


@pytest.mark.parametrize(
    ("file", "kind"), [("model.toml", "bundle"), ("model.bin", "ctranslate"), ("config.json", "transformers")]
)
def test_a_folder_is_known_by_its_files(tmp_path: Path, file: str, kind: str) -> None:
    (tmp_path / file).touch()
    assert registry.find_model(str(tmp_path)).kind == kind


@pytest.mark.parametrize("name", ["", "nonesuch", "a/b/c", "no such/model"])
def test_unknown_names_are_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        registry.find_model(name)
    assert caught.value.hint is not None
    assert "textrank" in caught.value.hint.en


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"model\.toml|no model"):
        registry.find_model(str(tmp_path))


def test_only_models_whose_weights_can_be_shared_are() -> None:
    assert not registry.find_model("lead").shared
    assert registry.find_model("openai:a@http://b").shared


@pytest.mark.parametrize(
    ("line", "new"),
    [
        ("from briefing.summarize.candidates import candidates", "briefing.summarization"),
        ("from briefing.errors import Text", "briefing.messages.Message"),
        ("import nonesuch_library", None),
    ],
)
def test_a_plugin_with_a_name_of_an_earlier_version_is_told_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, new: str | None
) -> None:
    name = f"plugin_{abs(hash(line))}"
    (tmp_path / f"{name}.py").write_text(f"{line}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModelError) as caught:
        registry.Model("own", "plugin", f"{name}:Own").make()
    assert caught.value.hint is not None
    if new:
        assert new in caught.value.hint.en and new in caught.value.hint.zh
    else:
        assert "installed completely" in caught.value.hint.en


@pytest.mark.parametrize("address", [*registry.METHODS.values(), registry.BUNDLE, *registry.WRITERS.values()])
def test_every_address_of_the_tables_is_there(address: str) -> None:
    module, _, name = address.partition(":")
    assert isinstance(getattr(importlib.import_module(module), name), type)
