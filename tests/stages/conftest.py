"""What the tests of generating models share: an article, a long one, and checkpoints made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_checkpoints import LINES, MAKERS, SENTENCES, Checkpoints

from briefing.types import Article


@pytest.fixture(scope="session")
def news() -> Article:
    return Article(id="a", headline="云汀大桥通车", paragraphs=("".join(LINES[:3]), "".join(LINES[3:5])))


@pytest.fixture(scope="session")
def long_news() -> Article:
    """Sixteen paragraphs: more than the tiny models' contexts."""
    paragraphs = tuple(f"第{n}段。" + "".join(LINES[n % 8 : n % 8 + 3]) for n in range(16))
    return Article(id="b", headline="云汀一日", paragraphs=paragraphs)


@pytest.fixture(scope="session")
def spiece(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentencepiece model in T5's order: pad, end, unknown."""
    sentencepiece = pytest.importorskip("sentencepiece")
    folder = tmp_path_factory.mktemp("spiece")
    (folder / "text.txt").write_text(SENTENCES * 3, encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(folder / "text.txt"),
        model_prefix=str(folder / "spiece"),
        vocab_size=260,
        hard_vocab_limit=False,
        character_coverage=1.0,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        minloglevel=2,
    )
    return folder / "spiece.model"


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory, spiece: Path) -> Checkpoints:
    """A function from a family's name to a folder with a tiny random checkpoint of it."""
    torch = pytest.importorskip("torch", reason="torch is not installed")
    pytest.importorskip("transformers", reason="transformers is not installed")
    torch.set_num_threads(1)
    made: dict[str, Path] = {}

    def make(family: str) -> Path:
        if family not in made:
            folder = made[family] = tmp_path_factory.mktemp("checkpoints") / family
            folder.mkdir()
            torch.manual_seed(3)
            MAKERS[family](folder, spiece)
        return made[family]

    return make
