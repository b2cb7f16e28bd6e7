"""A model's folder: what its card says, and that nothing damaged is loaded."""

from __future__ import annotations

import gzip
import hashlib
import lzma
from pathlib import Path

import pytest

from briefing.errors import ModelError
from briefing.summarization.generate.model_folder import open_model_folder

CARD = """schema = 1
name = "tiny"
version = "1"
license = "Apache-2.0"
base = "none"
parameters = 3
context = 10
[description]
zh = "小"
en = "small"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    packed = gzip.compress(b"weights", mtime=0)
    (tmp_path / "model.bin.1.gz").write_bytes(packed)
    digest = hashlib.sha256(packed).hexdigest()
    entry = f'[[files]]\nname = "model.bin.1.gz"\nsize = {len(packed)}\nsha256 = "{digest}"\nunpacked = 7\n'
    (tmp_path / "model.toml").write_text(CARD + entry, encoding="utf-8")
    return tmp_path


def test_files_are_checked_and_unpacked(folder: Path) -> None:
    found = open_model_folder(folder)
    assert (found.name, found.parameters, found.context) == ("tiny", 3, 10)
    assert found.read() == {"model.bin": b"weights"}
    assert found.damaged() == ()


def with_delta(folder: Path, delta: bytes) -> Path:
    packed = lzma.compress(delta)
    (folder / "model.bin.1.delta.xz").write_bytes(packed)
    digest = hashlib.sha256(packed).hexdigest()
    entry = f'[[files]]\nname = "model.bin.1.delta.xz"\nsize = {len(packed)}\nsha256 = "{digest}"\n'
    card = folder / "model.toml"
    card.write_text(card.read_text(encoding="utf-8") + entry, encoding="utf-8")
    return folder


def test_a_delta_is_added_to_its_piece(folder: Path) -> None:
    assert open_model_folder(with_delta(folder, bytes([1, 0, 0, 0, 0, 0, 250]))).read() == {
        "model.bin": b"xeightm"
    }


def test_a_delta_of_another_length_is_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="delta"):
        open_model_folder(with_delta(folder, b"\x01")).read()


@pytest.mark.parametrize("change", [b"", b"x", None])
def test_a_damaged_or_missing_file_is_refused(folder: Path, change: bytes | None) -> None:
    path = folder / "model.bin.1.gz"
    if change is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + change)
    with pytest.raises(ModelError) as caught:
        open_model_folder(folder).read()
    assert "model.bin.1.gz" in str(caught.value)
    assert caught.value.hint is not None
    assert len(open_model_folder(folder).damaged()) == 1


@pytest.mark.parametrize(
    "text",
    ["", "schema = 1\n", "not toml at all [", CARD.replace("schema = 1", "schema = 9"), CARD + "files = 3\n"],
)
def test_a_wrong_card_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError):
        open_model_folder(tmp_path)


def test_a_folder_without_a_card_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.toml"):
        open_model_folder(tmp_path)
