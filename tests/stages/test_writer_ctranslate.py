"""CTranslate2 folders converted from the tiny checkpoints: which engine, which tokenizer, how long articles are read."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny_checkpoints import Checkpoints

from briefing.errors import ModelError
from briefing.summarization.generate.chat_prompt import unspaced
from briefing.summarization.generate.ctranslate import CTranslateWriter
from briefing.types import Article

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # sentencepiece's and ctranslate2's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
FAMILIES = ("t5", "bart", "qwen", "llama")
Converted = Callable[[str], Path]
WIDE = str.maketrans("，：！？", ",:!?")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory, checkpoint: Checkpoints) -> Converted:
    """A function from a family's name to its CTranslate2 folder."""
    pytest.importorskip("ctranslate2", reason="ctranslate2 is not installed")
    from ctranslate2.converters import TransformersConverter

    made: dict[str, Path] = {}
    home = tmp_path_factory.mktemp("ctranslate2")

    def convert(family: str) -> Path:
        if family not in made:
            source = checkpoint(family)
            if family == "bart":  # the converter, too, would take an empty tokenizer for Chinese BART's
                from transformers import BertTokenizer

                source = Path(shutil.copytree(source, home / "bart-source"))
                BertTokenizer.from_pretrained(source, bos_token="[CLS]", eos_token="[SEP]").save_pretrained(
                    source
                )
            names = ("spiece.model", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja")
            files = [name for name in names if (source / name).is_file()]
            made[family] = home / family
            TransformersConverter(str(source), copy_files=files).convert(str(made[family]))
        return made[family]

    return convert


def spied(writer: CTranslateWriter, news: Article, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the model is given to read, call by call."""
    writer.drafts(news, 20, 1)
    engine: Any = writer._engine
    seen: list[list[str]] = []

    class Spy:
        def translate_batch(self, batch: list[list[str]], **options: Any) -> Any:
            seen.extend(batch)
            assert options["max_input_length"] == 0
            return engine.model.translate_batch(batch, **options)

        def generate_batch(self, batch: list[list[str]], **options: Any) -> Any:
            seen.extend(batch)
            return engine.model.generate_batch(batch, **options)

    monkeypatch.setattr(writer, "_engine", replace(engine, model=Spy()))
    return seen


@pytest.mark.parametrize("family", FAMILIES)
def test_drafts(family: str, converted: Converted, news: Article) -> None:
    writer = CTranslateWriter(converted(family), threads=1)
    found = writer.drafts(news, 40, 3)
    assert writer.name == family
    assert 1 <= len(found) <= 3 and len(set(found)) == len(found)
    if family != "qwen":
        assert all(draft.gist == "" for draft in found)
    assert (
        found
        == writer.drafts(news, 40, 3)
        == CTranslateWriter(str(converted(family)), threads=1).drafts(news, 40, 3)
    )
    assert writer.drafts(news, 40, 3, bound=True) == []


def test_what_the_engines_are(converted: Converted, news: Article) -> None:
    found = {}
    for family in FAMILIES:
        writer = CTranslateWriter(converted(family), threads=1)
        writer.drafts(news, 20, 1)
        assert writer._engine
        found[family] = (writer._engine.seq2seq, writer._engine.chats, writer._engine.context)
    assert found == {
        "t5": (True, False, 2048),
        "bart": (True, False, 160),
        "qwen": (False, True, 2048),
        "llama": (False, False, 2048),
    }


def test_the_same_as_the_checkpoint(converted: Converted, checkpoint: Checkpoints, news: Article) -> None:
    from briefing.summarization.generate.transformers import TransformersWriter

    for family in ("t5", "llama"):
        mine, theirs = (
            CTranslateWriter(converted(family), threads=1),
            TransformersWriter(str(checkpoint(family))),
        )
        one, other = mine.drafts(news, 40, 1), theirs.drafts(news, 40, 1)
        loaded = theirs._load_once()
        assert mine._engine and one and other
        text = news.paragraphs[0]
        ids = loaded.tokenizer(text)["input_ids"]
        tokens = mine._engine.tokenizer.encode(text)
        assert loaded.tokenizer.convert_tokens_to_ids(tokens) == ids
        assert one[0].summary[:4] == other[0].summary[:4]


@pytest.mark.parametrize("family", ["bart", "llama"])
def test_a_long_article_is_read_whole_by_parts(
    family: str, converted: Converted, news: Article, long_news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = CTranslateWriter(converted(family), threads=1)
    seen = spied(writer, news, monkeypatch)
    article = replace(long_news, paragraphs=long_news.paragraphs * (1 if family == "bart" else 12))
    found = writer.drafts(article, 40, 2)
    engine = writer._engine
    assert engine and len(seen) > 2 and all(len(tokens) <= engine.context for tokens in seen)
    read = "".join(unspaced(engine.tokenizer.decode(tokens)) for tokens in seen).translate(WIDE)
    for paragraph in article.paragraphs:
        assert all(sentence in read for sentence in paragraph.translate(WIDE).split("。"))
    assert found == writer.drafts(article, 40, 2)


def copied(folder: Path, to: Path, *without: str) -> Path:
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(*without))
    return to


def refused(folder: Path, news: Article) -> ModelError:
    with pytest.raises(ModelError) as caught:
        CTranslateWriter(folder, threads=1).drafts(news, 40, 1)
    error = caught.value
    assert error.exit_code == 4 and error.hint and error.hint.zh and error.hint.en
    return error


def test_a_sentencepiece_model_that_continues(
    converted: Converted, spiece: Path, news: Article, tmp_path: Path
) -> None:
    folder = copied(converted("llama"), tmp_path / "pieces", "tokenizer*")
    shutil.copy(spiece, folder / "tokenizer.model")
    assert all(draft.gist == "" for draft in CTranslateWriter(folder, threads=1).drafts(news, 40, 2))


def test_without_a_tokenizer(converted: Converted, news: Article, tmp_path: Path) -> None:
    error = refused(copied(converted("t5"), tmp_path / "t5", "spiece.model"), news)
    assert error.hint and "spiece.model" in error.hint.en


@pytest.mark.parametrize(
    ("family", "file"),
    [
        ("t5", "config.json"),
        ("t5", "model.bin"),
        ("t5", "spiece.model"),
        ("qwen", "model.bin"),
        ("qwen", "tokenizer.json"),
    ],
)
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff" * 4000])
def test_damaged_files(
    converted: Converted, news: Article, tmp_path: Path, family: str, file: str, content: bytes
) -> None:
    folder = copied(converted(family), tmp_path / "damaged")
    (folder / file).write_bytes(content)
    refused(folder, news)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_was_cut_off(converted: Converted, news: Article, tmp_path: Path, share: float) -> None:
    folder = copied(converted("qwen"), tmp_path / "short")
    data = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(data[: int(len(data) * share)])
    refused(folder, news)


def test_a_folder_that_is_not_there(news: Article, tmp_path: Path) -> None:
    pytest.importorskip("ctranslate2", reason="ctranslate2 is not installed")
    refused(tmp_path / "none", news)


@pytest.mark.parametrize(
    ("library", "family"), [("ctranslate2", "t5"), ("sentencepiece", "t5"), ("transformers", "qwen")]
)
def test_without_a_library(
    converted: Converted, news: Article, monkeypatch: pytest.MonkeyPatch, library: str, family: str
) -> None:
    folder = converted(family)
    monkeypatch.setitem(sys.modules, library, None)
    error = refused(folder, news)
    assert library in str(error) and error.hint and "pip install" in error.hint.zh
