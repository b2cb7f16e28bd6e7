"""A model's folder: what its card says, and that nothing damaged is loaded."""

from __future__ import annotations

import hashlib
import io
import os
import struct
from pathlib import Path

import pytest

from briefing.errors import ModelError
from briefing.summarization.generate.folder_files import check_files, read_checked
from briefing.summarization.generate.model_folder import open_model_folder
from briefing.summarization.generate.weights_header import model_header

CARD = """schema = 2
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
    (tmp_path / "a.bin").write_bytes(b"weights")
    digest = hashlib.sha256(b"weights").hexdigest()
    listed = f'[[files]]\nname = "a.bin"\nsize = 7\nsha256 = "{digest}"\n'
    (tmp_path / "model.toml").write_text(CARD + listed, encoding="utf-8")
    return tmp_path


def test_files_are_checked(folder: Path) -> None:
    found = open_model_folder(folder)
    assert (found.name, found.parameters, found.context, found.size) == ("tiny", 3, 10, 7)
    assert found.checked("a.bin") == [folder.resolve() / "a.bin"]
    assert found.damaged() == ()
    with pytest.raises(ModelError, match=r"b\.bin"):
        found.checked("b.bin")


@pytest.mark.parametrize("change", [b"", b"x", None])
def test_a_damaged_or_missing_file_is_refused(folder: Path, change: bytes | None) -> None:
    path = folder / "a.bin"
    if change is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + change)
    with pytest.raises(ModelError) as caught:
        open_model_folder(folder).checked()
    assert "a.bin" in str(caught.value)
    assert caught.value.hint is not None
    assert len(open_model_folder(folder).damaged()) == 1


@pytest.mark.parametrize(
    "text",
    ["", "schema = 2\n", "not toml at all [", CARD.replace("schema = 2", "schema = 1"), CARD + "files = 3\n"],
)
def test_a_wrong_card_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError):
        open_model_folder(tmp_path)


ENTRY = '[[files]]\nname = "{name}"\nsize = {size}\nsha256 = "{sha256}"\n'


def entry(name: str = "a.bin", size: object = 5, sha256: str = "0" * 64) -> str:
    return ENTRY.format(name=name, size=size, sha256=sha256)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (CARD.replace("context = 10", "context = inf"), "context"),
        (CARD.replace("context = 10", "context = 0"), "context"),
        (CARD.replace("context = 10", "context = true"), "context"),
        (CARD.replace("context = 10", f"context = {10**18}"), "context"),
        (CARD.replace("parameters = 3", "parameters = -1"), "parameters"),
        (CARD.replace('"tiny"', "5"), "name"),
        (CARD.replace('"tiny"', r'"a\u001b[31m"'), "name"),
        (CARD.replace('"tiny"', '"' + "a" * 100_000 + '"'), "name"),
        (CARD.replace('[description]\nzh = "小"', "[description]\nzh = 1"), "description.zh"),
        (CARD.split("[description]")[0] + 'description = "x"\n', "description"),
        ("files = [5]\n" + CARD, "files[0]"),
        (CARD + entry(size=10**18), "files[0].size"),
        (CARD + entry(size=-1), "files[0].size"),
        (CARD + entry(size="nan"), "files[0].size"),
        (CARD + "".join(entry(f"a.{n}", 400_000_000) for n in (1, 2)), "files"),
        (CARD + entry() + entry(), "files"),
        (CARD + entry(sha256="0"), "files[0].sha256"),
        (CARD + entry(r"a\u0000b"), "files[0].name"),
        (CARD + entry("/dev/zero"), "files[0].name"),
        (CARD + entry("../model.toml"), "files[0].name"),
        (CARD + entry(r"a\\b"), "files[0].name"),
        (CARD + entry(""), "files[0].name"),
        ("a = " + "[" * 3000, "model.toml"),
        ("a = 1" + "0" * 5000, "model.toml"),
        ("a = 1\n" * 10 + "#" * 2_000_000, "model.toml"),
    ],
)
def test_a_strangers_card_is_refused_by_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        open_model_folder(tmp_path)
    error = caught.value
    assert "model.toml" in str(error) and key in str(error)
    assert error.exit_code == 4 and error.hint
    assert str(error).isprintable()


@pytest.mark.skipif(os.name == "nt", reason="links and FIFOs")
@pytest.mark.parametrize("kind", ["device", "outside", "folder", "fifo", "circle", "dangling", "directory"])
def test_only_regular_files_inside_the_folder_are_opened(tmp_path: Path, kind: str) -> None:
    folder, outside = tmp_path / "model", tmp_path / "outside"
    folder.mkdir()
    outside.write_bytes(b"12345")
    path = folder / "a.bin"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "directory":
        path.mkdir()
    else:
        targets = {"device": "/dev/zero", "outside": "../outside", "folder": ".", "circle": "a.bin"}
        path.symlink_to(targets.get(kind, "nothing"))
    digest = hashlib.sha256(b"12345").hexdigest()
    (folder / "model.toml").write_text(CARD + entry(sha256=digest), encoding="utf-8")
    found = open_model_folder(folder)
    with pytest.raises(ModelError, match=r"a\.bin"):
        found.checked()
    assert len(found.damaged()) == 1
    if kind != "directory":  # no library opens one in place of a file
        with pytest.raises(ModelError, match=r"a\.bin"):
            check_files(folder)


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_links_inside_the_folder_and_the_hubs_cache_are_followed(tmp_path: Path) -> None:
    blobs, folder = tmp_path / "blobs", tmp_path / "snapshots" / "1"
    blobs.mkdir()
    folder.mkdir(parents=True)
    (blobs / "b").write_bytes(b"12345")
    (folder / "a.bin").symlink_to("../../blobs/b")
    (folder / "b.bin").symlink_to("a.bin")
    check_files(folder)
    assert read_checked(folder, "b.bin") == b"12345"


def header(shape: list[int], size: int, kind: int = 0) -> bytes:
    def word(text: bytes) -> bytes:
        return struct.pack("<H", len(text) + 1) + text + b"\0"

    weight = word(b"weight") + bytes([len(shape)]) + struct.pack(f"<{len(shape)}I", *shape)
    return (
        struct.pack("<I", 6)
        + word(b"XSpec")
        + struct.pack("<II", 1, 1)
        + weight
        + struct.pack("<BI", kind, size)
    )


@pytest.mark.parametrize(
    ("data", "sound"),
    [
        (header([2, 3], 24) + bytes(24), True),
        (header([], 4) + bytes(4), True),
        (header([2, 3], 24) + bytes(23), False),
        (header([2**32 - 1, 2**32 - 1], 24) + bytes(24), False),
        (header([2**30], 2**32 - 4, 1) + bytes(24), False),
        (header([2, 3], 24, 9) + bytes(24), False),
        (header([2, 3], 24)[:-3], False),
        (b"", False),
        (b"\xff" * 1000, False),
    ],
)
def test_weights_whose_sizes_cannot_be_true(data: bytes, sound: bool) -> None:
    if sound:
        assert model_header(io.BytesIO(data), len(data)) == ("XSpec", 2048)
    else:
        with pytest.raises((ValueError, struct.error)):
            model_header(io.BytesIO(data), len(data))


def test_a_folder_without_a_card_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.toml"):
        open_model_folder(tmp_path)
