"""Names in the settings become models; nothing is loaded by that."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from briefing import registry
from briefing.errors import UsageError


@pytest.mark.parametrize(
    ("name", "kind", "address"),
    [
        ("lead", "method", "briefing.summarization.extract.lead:Lead"),
        ("openai:qwen3@http://localhost:1/v1", "endpoint", "qwen3@http://localhost:1/v1"),
        ("owner/name", "transformers", "owner/name"),
    ],
)
def test_names(name: str, kind: str, address: str) -> None:
    found = registry.model(name)
    assert (found.name, found.kind, found.address) == (name, kind, address)
    assert pickle.loads(pickle.dumps(registry.Maker(found, 3))) == registry.Maker(found, 3)


@pytest.mark.parametrize(
    ("file", "kind"), [("model.toml", "bundle"), ("model.bin", "ctranslate"), ("config.json", "transformers")]
)
def test_a_folder_is_known_by_its_files(tmp_path: Path, file: str, kind: str) -> None:
    (tmp_path / file).touch()
    assert registry.model(str(tmp_path)).kind == kind


@pytest.mark.parametrize("name", ["", "nonesuch", "a/b/c", "no such/model"])
def test_unknown_names_are_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        registry.model(name)
    assert caught.value.hint is not None
    assert "textrank" in caught.value.hint.en


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"model\.toml|no model"):
        registry.model(str(tmp_path))


def test_only_models_whose_weights_can_be_shared_are() -> None:
    assert not registry.model("lead").shared
    assert registry.model("openai:a@http://b").shared
