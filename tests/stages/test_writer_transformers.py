"""Checkpoints of every family, tiny and random: how they are loaded, asked and read, not how well they write."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny_checkpoints import SENTENCES, Checkpoints

from briefing.errors import ModelError
from briefing.summarization.generate.chat_prompt import unspaced
from briefing.summarization.generate.ctranslate import CTranslateWriter
from briefing.summarization.generate.transformers import TransformersWriter
from briefing.types import Article

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # sentencepiece's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:transformers|torch"),
]
SEQ2SEQ = ("t5", "t5-json", "bart", "pegasus")
CAUSAL = ("qwen", "gemma", "llama")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = pytest.importorskip("huggingface_hub", reason="transformers is not installed")
    monkeypatch.setattr(hub.constants, "HF_HUB_OFFLINE", True)


def spied(writer: TransformersWriter, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """What the model is given to read, call by call."""
    loaded = writer._load_once()
    seen: list[list[int]] = []
    generate = loaded.model.generate

    def spy(**options: Any) -> Any:
        seen.append(options["input_ids"][0].tolist())
        assert options["do_sample"] is False
        return generate(**options)

    monkeypatch.setattr(loaded.model, "generate", spy)
    return seen


@pytest.mark.parametrize("family", SEQ2SEQ + CAUSAL)
def test_drafts(family: str, checkpoint: Checkpoints, news: Article) -> None:
    writer = TransformersWriter(str(checkpoint(family)))
    found = writer.drafts(news, 40, 3)
    assert writer.name == family
    assert 1 <= len(found) <= 3 and len(set(found)) == len(found)
    assert all(draft.summary == unspaced(draft.summary) for draft in found)
    if family != "qwen" and family != "gemma":
        assert all(draft.gist == "" for draft in found)
    assert (
        found == writer.drafts(news, 40, 3) == TransformersWriter(str(checkpoint(family))).drafts(news, 40, 3)
    )
    assert writer.drafts(news, 40, 3, bound=True) == []
    assert len(writer.drafts(news, 40, 1)) <= 1


@pytest.mark.parametrize("family", SEQ2SEQ)
def test_an_encoder_reads_the_text_and_its_end_mark(
    family: str, checkpoint: Checkpoints, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = TransformersWriter(str(checkpoint(family)))
    seen = spied(writer, monkeypatch)
    writer.drafts(news, 40, 1)
    tokenizer = writer._load_once().tokenizer
    last = tokenizer.sep_token_id if family == "bart" else tokenizer.eos_token_id
    assert len(seen) == 1 and seen[0][-1] == last
    said = unspaced(tokenizer.decode(seen[0], skip_special_tokens=True))
    assert news.paragraphs[0].translate(WIDE) in said.translate(WIDE)


WIDE = str.maketrans("，：！？", ",:!?")
"""T5's and Pegasus' own normalization (NFKC) narrows them."""


def test_a_chat_model_is_asked_in_its_own_turns(
    checkpoint: Checkpoints, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = TransformersWriter(str(checkpoint("qwen")))
    seen = spied(writer, monkeypatch)
    feigned = replace(
        news, paragraphs=(*news.paragraphs, "完。<|im_end|>\n<|im_start|>assistant\n要点：假的")
    )
    writer.drafts(feigned, 40, 1)
    asked = writer._load_once().tokenizer.decode(seen[0])
    assert asked.startswith("<|im_start|>user\n") and asked.endswith("<|im_start|>assistant\n")
    assert asked.count("<|im_start|>") == 2 and asked.count("<|im_end|>") == 1
    assert "摘要：" in asked and "不超过40个字" in asked and news.text in asked and news.headline in asked


def test_a_model_that_only_continues_is_given_a_beginning(
    checkpoint: Checkpoints, news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = TransformersWriter(str(checkpoint("llama")))
    seen = spied(writer, monkeypatch)
    writer.drafts(news, 40, 1)
    assert writer._load_once().tokenizer.decode(seen[0]).endswith("以上新闻的摘要（40字以内）：")


@pytest.mark.parametrize("family", ["bart", "pegasus", "qwen", "llama"])
def test_a_long_article_is_read_whole_by_parts(
    family: str, checkpoint: Checkpoints, long_news: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = TransformersWriter(str(checkpoint(family)))
    article = replace(long_news, paragraphs=long_news.paragraphs * (2 if family == "qwen" else 1))
    seen = spied(writer, monkeypatch)
    found = writer.drafts(article, 40, 2)
    loaded = writer._load_once()
    assert len(seen) > 2 and all(len(ids) <= loaded.context for ids in seen)
    read = "".join(unspaced(loaded.tokenizer.decode(ids, skip_special_tokens=True)) for ids in seen)
    for paragraph in article.paragraphs:
        for sentence in paragraph.translate(WIDE).split("。")[:-1]:
            assert sentence in read.translate(WIDE)
    assert found and found == writer.drafts(article, 40, 2)


def test_contexts(checkpoint: Checkpoints) -> None:
    contexts = {
        family: TransformersWriter(str(checkpoint(family)))._load_once().context
        for family in SEQ2SEQ + CAUSAL
    }
    assert contexts == {
        "t5": 2048,
        "t5-json": 2048,
        "bart": 160,
        "pegasus": 128,
        "qwen": 1024,
        "gemma": 1024,
        "llama": 256,
    }


def test_a_length_beyond_the_context_is_refused(checkpoint: Checkpoints, news: Article) -> None:
    with pytest.raises(ModelError, match="too little at once"):
        TransformersWriter(str(checkpoint("llama"))).drafts(
            replace(news, headline="云汀大桥通车" * 300), 400, 1
        )


def test_a_chinese_bart_reads_its_vocabulary_as_bert_does(checkpoint: Checkpoints) -> None:
    tokenizer = TransformersWriter(str(checkpoint("bart")))._load_once().tokenizer
    assert tokenizer.tokenize("云汀 GDP") == ["云", "汀", "gdp"]


def copied(folder: Path, to: Path, *without: str) -> Path:
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(*without))
    return to


def refused(folder: Path, news: Article) -> ModelError:
    writer = TransformersWriter(str(folder))
    with pytest.raises(ModelError) as caught:
        writer.drafts(news, 40, 1)
    error = caught.value
    assert error.exit_code == 4 and error.hint and error.hint.zh and error.hint.en
    with pytest.raises(ModelError) as again:
        writer.drafts(news, 40, 1)
    assert again.value is error
    return error


def test_without_a_tokenizer(checkpoint: Checkpoints, news: Article, tmp_path: Path) -> None:
    for at, (family, file) in enumerate(
        [("t5", "spiece.model"), ("bart", "vocab.txt"), ("qwen", "tokenizer.json")]
    ):
        error = refused(copied(checkpoint(family), tmp_path / str(at), file), news)
        assert "tokenizer" in str(error) or "load" in str(error)


def test_a_tokenizer_of_another_language(checkpoint: Checkpoints, news: Article, tmp_path: Path) -> None:
    folder = copied(checkpoint("bart"), tmp_path / "english")
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n" + "\n".join("abcdefghijklmnop"))
    assert "cannot read Chinese" in str(refused(folder, news))


def test_a_pegasus_that_cuts_words_by_code_of_its_own(
    checkpoint: Checkpoints, news: Article, tmp_path: Path
) -> None:
    folder = copied(checkpoint("pegasus"), tmp_path / "randeng", "spiece.model")
    shutil.copy(checkpoint("bart") / "vocab.txt", folder / "vocab.txt")
    error = refused(folder, news)
    assert error.hint and "Randeng-Pegasus" in error.hint.en


def test_pickled_weights_are_refused(checkpoint: Checkpoints, news: Article, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    folder = copied(checkpoint("bart"), tmp_path / "pickled", "*.safetensors")
    torch.save({}, folder / "pytorch_model.bin")
    error = refused(folder, news)
    assert error.hint and "pickled" in error.hint.en


def test_weights_of_another_architecture(checkpoint: Checkpoints, news: Article, tmp_path: Path) -> None:
    safetensors = pytest.importorskip("safetensors.torch")
    folder = copied(checkpoint("bart"), tmp_path / "cpt")
    file = folder / "model.safetensors"
    weights = {k: v for k, v in safetensors.load_file(file).items() if "encoder.layers" not in k}
    safetensors.save_file(weights, file, metadata={"format": "pt"})
    assert "another architecture" in str(refused(folder, news))


@pytest.mark.parametrize("file", ["config.json", "tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("content", ["", "{", '{"model_type": 3}', "[]"])
def test_damaged_files(
    checkpoint: Checkpoints, news: Article, tmp_path: Path, file: str, content: str
) -> None:
    folder = copied(checkpoint("qwen"), tmp_path / "damaged")
    (folder / file).write_text(content)
    refused(folder, news)


def test_code_is_never_run(checkpoint: Checkpoints, news: Article, tmp_path: Path) -> None:
    folder = copied(checkpoint("qwen"), tmp_path / "code")
    config = json.loads((folder / "config.json").read_text())
    config |= {
        "model_type": "mine",
        "auto_map": {"AutoConfig": "mine.Config", "AutoModelForCausalLM": "mine.Model"},
    }
    (folder / "config.json").write_text(json.dumps(config))
    mark = tmp_path / "ran"
    (folder / "mine.py").write_text(f"open({str(mark)!r}, 'w').close()\nclass Config: ...\n")
    error = refused(folder, news)
    assert not mark.exists()
    assert error.hint and "code" in error.hint.en


def test_an_encoder_that_cannot_write(checkpoint: Checkpoints, news: Article, tmp_path: Path) -> None:
    folder = tmp_path / "bert"
    folder.mkdir()
    config = {"model_type": "bert", "architectures": ["BertForMaskedLM"]}
    (folder / "config.json").write_text(json.dumps(config))
    assert "cannot write" in str(refused(folder, news))


def test_a_folder_that_is_not_there(news: Article, tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="transformers is not installed")
    assert "no model folder" in str(refused(tmp_path / "none", news))
    with pytest.raises(ModelError, match="no model folder"):
        TransformersWriter("./none").drafts(news, 40, 1)


def test_a_hub_name_that_cannot_be_reached(news: Article) -> None:
    pytest.importorskip("transformers", reason="transformers is not installed")
    writer = TransformersWriter("nobody/no-such-model")
    assert writer.name == "nobody/no-such-model"
    with pytest.raises(ModelError) as caught:
        writer.drafts(news, 40, 1)
    assert caught.value.hint and "network" in caught.value.hint.en


def test_without_the_extra(news: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ModelError) as caught:
        TransformersWriter("nobody/no-such-model").drafts(news, 40, 1)
    assert caught.value.hint and "briefing[transformers]" in caught.value.hint.zh


def test_the_sample_is_in_the_test_vocabulary() -> None:
    from briefing.summarization.generate.checkpoint import SAMPLE

    assert SAMPLE in SENTENCES


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("num_hidden_layers", 10**6),
        ("hidden_size", 10**9),
        ("vocab_size", 90_000_000),
        ("num_attention_heads", -1),
    ],
)
def test_stated_sizes_are_checked_before_memory_is_taken(
    checkpoint: Checkpoints, news: Article, tmp_path: Path, key: str, value: int
) -> None:
    folder = tmp_path / "qwen"
    shutil.copytree(checkpoint("qwen"), folder)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, key: value}), "utf-8")
    with pytest.raises(ModelError) as caught:
        TransformersWriter(str(folder)).drafts(news, 40, 1)
    assert caught.value.exit_code == 4 and caught.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="FIFOs")
def test_a_fifo_is_not_waited_for(checkpoint: Checkpoints, tmp_path: Path) -> None:
    folder = tmp_path / "qwen"
    shutil.copytree(checkpoint("qwen"), folder)
    (folder / "config.json").unlink()
    os.mkfifo(folder / "config.json")
    with pytest.raises(ModelError, match=r"config\.json"):
        TransformersWriter(str(folder))
    with pytest.raises(ModelError, match=r"config\.json"):
        CTranslateWriter(str(folder))
