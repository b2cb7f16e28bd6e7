"""A model's folder: what its card says, and that nothing damaged is loaded."""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import os
import struct
import tracemalloc
from pathlib import Path

import pytest

from briefing.errors import ModelError
from briefing.summarization.generate.folder_files import check_files, read_checked
from briefing.summarization.generate.model_folder import open_model_folder
from briefing.summarization.generate.weights_header import model_header

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


ENTRY = '[[files]]\nname = "{name}"\nsize = {size}\nsha256 = "{sha256}"\n{more}\n'


def entry(name: str = "a.bin", size: object = 5, sha256: str = "0" * 64, more: str = "") -> str:
    return ENTRY.format(name=name, size=size, sha256=sha256, more=more)


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
        (CARD + entry("a.1.gz", more=f"unpacked = {10**18}"), "files[0].unpacked"),
        (CARD + entry("a.1.gz", more="unpacked = -1"), "files[0].unpacked"),
        (CARD + entry("a.1.gz", more=f"unpacked = {10**30}"), "files[0].unpacked"),
        (CARD + entry("a.1.gz"), "files[0].unpacked"),
        (CARD + "".join(entry(f"a.{n}.gz", more="unpacked = 400_000_000") for n in (1, 2)), "files"),
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
        found.read()
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


def bomb(path: Path, *, xz: bool) -> bytes:
    """20 million zeros in a few kilobytes."""
    packed = lzma.compress(bytes(20_000_000)) if xz else gzip.compress(bytes(20_000_000), mtime=0)
    path.write_bytes(packed)
    return packed


@pytest.mark.parametrize("stated", [1, 1000, 19_999_999, 20_000_001])
def test_nothing_is_unpacked_beyond_the_stated_size(tmp_path: Path, stated: int) -> None:
    packed = bomb(tmp_path / "model.bin.1.gz", xz=False)
    text = entry("model.bin.1.gz", len(packed), hashlib.sha256(packed).hexdigest(), f"unpacked = {stated}")
    (tmp_path / "model.toml").write_text(CARD + text, encoding="utf-8")
    tracemalloc.start()
    with pytest.raises(ModelError, match=r"model\.bin\.1\.gz"):
        open_model_folder(tmp_path).read()
    assert tracemalloc.get_traced_memory()[1] < stated + 8_000_000
    tracemalloc.stop()


def test_a_delta_is_not_unpacked_beyond_its_piece(folder: Path) -> None:
    packed = bomb(folder / "model.bin.1.delta.xz", xz=True)
    with (folder / "model.toml").open("a", encoding="utf-8") as card:
        card.write(entry("model.bin.1.delta.xz", len(packed), hashlib.sha256(packed).hexdigest()))
    with pytest.raises(ModelError, match=r"model\.bin\.1\.delta"):
        open_model_folder(folder).read()


@pytest.mark.parametrize("cut", [0, 1, 100])
def test_a_torn_or_longer_piece_is_refused(tmp_path: Path, cut: int) -> None:
    content = os.urandom(3_000_000)
    packed = gzip.compress(content, mtime=0)
    packed = packed[: len(packed) - cut]
    (tmp_path / "model.bin.1.gz").write_bytes(packed)
    text = entry("model.bin.1.gz", len(packed), hashlib.sha256(packed).hexdigest(), "unpacked = 3_000_000")
    (tmp_path / "model.toml").write_text(CARD + text, encoding="utf-8")
    if cut > 8:
        with pytest.raises(ModelError):
            open_model_folder(tmp_path).read()
    else:
        assert open_model_folder(tmp_path).read() == {"model.bin": content}


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
