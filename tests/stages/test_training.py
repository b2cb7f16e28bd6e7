"""The making of the shipped model, rehearsed on a tiny one: vocabulary, packing, resumable training, export, serving."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from briefing.summarization.generate import prompt
from briefing.summarization.generate.model_folder import open_model_folder
from briefing.training import prepare, vocabulary
from briefing.training.base import BYTE, CONTROL, NORMAL, USER_DEFINED, Vocabulary

WORDS = ("云汀", "云汀市", "三号", "号线", "三号线", "开通", "，三", "罕见词")


def whole() -> Vocabulary:
    """A base's vocabulary in small: specials, a run of lines, bytes, merges by rank, characters."""
    rows = [
        ("<pad>", 0.0, CONTROL),
        ("<eos>", 0.0, CONTROL),
        ("<bos>", 0.0, CONTROL),
        ("<unk>", 0.0, CONTROL),
    ]
    rows += [("<unused0>", 0.0, CONTROL), ("\n", -1000.0, USER_DEFINED), ("\n\n", -1000.0, USER_DEFINED)]
    rows += [(f"<0x{i:02X}>", 0.0, BYTE) for i in range(256)]
    rows += [(word, -float(rank), NORMAL) for rank, word in enumerate(WORDS)]
    letters = sorted(set("".join(WORDS)) | set("20日今天市：。0123456789字要点标题摘龘▁"))
    rows += [(letter, -100.0 - rank, NORMAL) for rank, letter in enumerate(letters)]
    pieces, scores, kinds = zip(*rows, strict=True)
    return Vocabulary(pieces=pieces, scores=scores, kinds=kinds)


def tokenizer(model: bytes) -> Any:
    sentencepiece = pytest.importorskip("sentencepiece")
    pytest.importorskip("google.protobuf")
    return sentencepiece.SentencePieceProcessor(model_proto=model)


@pytest.fixture(scope="module")
def kept() -> list[int]:
    base = whole()
    used = Counter({base.pieces.index("三号线"): 3, base.pieces.index("，三"): 1})
    return vocabulary.cut(base, used)


def test_what_is_kept(kept: list[int]) -> None:
    pieces = whole().keep(kept).pieces
    assert pieces[:4] == vocabulary.SPECIAL
    assert {"三号", "三号线", "\n\n", "<0xE4>", "龘", "：", "▁"} <= set(pieces)
    assert not {"罕见词", "<unused0>", "开通"} & set(pieces)


def test_the_cut_vocabulary_spells_as_the_base_does(kept: list[int]) -> None:
    pytest.importorskip("google.protobuf")
    base = tokenizer(vocabulary.sentencepiece_model(whole()))
    cut = tokenizer(vocabulary.sentencepiece_model(whole().keep(kept)))
    for text in ("三号线，三号线\n\n20日今天 字", "鑫"):
        assert [kept[i] for i in cut.encode(text)] == base.encode(text)
        assert cut.decode(cut.encode(text)) == text
    assert cut.decode(cut.encode("云汀市三号线开通，罕见词")) == "云汀市三号线开通，罕见词"


def test_prompts_and_answers_fit_together() -> None:
    asked = prompt.question("三号线开通", "云汀市三号线20日开通。", 118)
    assert asked == "三号线开通\n云汀市三号线20日开通。\n\n110字\n要点："
    assert prompt.parse(prompt.answer("要点甲", "摘要乙。")) == ("要点甲", "摘要乙。")
    assert prompt.parse("只有要点") == ("只有要点", "")
    assert prompt.parse("要点\n胡言") == ("要点", "")
    assert prompt.parse("要点\n摘要：一句。摘要：又一句。") == ("要点", "一句。")


@pytest.fixture(scope="module")
def packed(kept: list[int]) -> prepare.Packed:
    pairs = [
        (prompt.question("", f"云汀市三号线{day}日开通。", 60), prompt.answer(f"三号线{day}日开通", ""))
        for day in range(10, 30)
    ]
    cut = tokenizer(vocabulary.sentencepiece_model(whole().keep(kept)))
    return prepare.pack([*pairs, ("市" * 999, "长")], cut, 100)


def test_packing_keeps_what_fits_and_marks_the_answer(packed: prepare.Packed, tmp_path: Path) -> None:
    assert len(packed) == 20
    ids, answer = packed.example(3)
    assert (ids[0], ids[-1]) == (prepare.BOS, prepare.EOS)
    assert 0 < answer < len(ids)
    packed.save(tmp_path / "set.npz")
    again = prepare.Packed.load(tmp_path / "set.npz")
    assert (again.ids == packed.ids).all()
    assert (again.starts == packed.starts).all()


def tiny(size: int) -> Any:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    torch.manual_seed(1)
    torch.set_num_threads(1)
    config = transformers.Gemma3TextConfig(
        vocab_size=size,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=16,
        query_pre_attn_scalar=16,
        sliding_window=512,
        layer_types=["sliding_attention", "full_attention"],
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
    )
    return transformers.Gemma3ForCausalLM(config)


def test_training_learns_and_goes_on_where_it_was_stopped(
    packed: prepare.Packed, kept: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    from briefing.training.train import Plan, train

    plan = Plan(epochs=20, rate=2e-2, tokens=120, frozen=1, average=0.5, save_every=1e9)
    straight = tiny(len(kept))
    train(straight, packed, plan, tmp_path / "straight", device="cpu")
    losses = [
        json.loads(line)["loss"] for line in capsys.readouterr().err.splitlines() if line.startswith("{")
    ]
    assert losses[-1] < 0.85 * losses[0]
    stopped = replace(plan, save_every=0.0)
    with pytest.raises(KeyboardInterrupt):
        train(_Interrupting(tiny(len(kept)), after=7), packed, stopped, tmp_path / "broken", device="cpu")
    resumed = tiny(len(kept))
    train(resumed, packed, stopped, tmp_path / "broken", device="cpu")
    for name, weight in straight.state_dict().items():
        assert torch.equal(weight, resumed.state_dict()[name]), name
    assert (tmp_path / "broken/model.safetensors").exists()
    assert not (tmp_path / "broken/state.pt").exists()


class _Interrupting:
    """A model whose user loses patience after some steps."""

    def __init__(self, model: Any, after: int) -> None:
        self.__dict__.update(inner=model, left=after)

    def to(self, **options: Any) -> Any:
        self.inner.to(**options)
        return self

    def train(self) -> Any:
        self.inner.train()
        return self

    def lm_head(self, hidden: Any) -> Any:
        self.__dict__["left"] -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return self.inner.lm_head(hidden)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def test_references_are_mixed_with_news_that_has_summaries() -> None:
    hand = prepare.Packed(
        ids=np.arange(7, dtype=np.uint16),
        starts=np.array([0, 4], np.int32),
        answers=np.array([2, 6], np.int32),
    )
    long = np.arange(100, 100 + prepare.SUMMARIZED + 5)
    news = prepare.Packed(
        ids=np.concatenate([np.array([90, 91, 92]), long]).astype(np.uint16),
        starts=np.array([0, 3], np.int32),
        answers=np.array([1, 4], np.int32),
    )
    made = prepare.mixed(hand, news, seed=1, times=2, count=5)
    assert [made.example(i)[0].tolist() for i in range(len(made))] == [
        [0, 1, 2, 3],
        [4, 5, 6],
        [0, 1, 2, 3],
        [4, 5, 6],
        long.tolist(),
    ]
    assert [made.example(i)[1] for i in range(len(made))] == [2, 2, 2, 2, 1]


@pytest.fixture(scope="module")
def exported(kept: list[int], tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("ctranslate2")
    from briefing.training import export

    folder = tmp_path_factory.mktemp("tiny")
    (folder / "tokenizer.model").write_bytes(vocabulary.sentencepiece_model(whole().keep(kept)))
    tiny(len(kept)).save_pretrained(folder / "checkpoint")
    export.export(folder / "checkpoint", folder / "tokenizer.model", folder / "model")
    export.card(
        folder / "model", version="0", parameters=export.parameters(folder / "checkpoint"), context=120
    )
    return folder


def test_the_export_is_whole_and_repeatable(exported: Path, tmp_path: Path) -> None:
    from briefing.training import export

    found = open_model_folder(exported / "model")
    assert found.damaged() == ()
    assert {file.name for file in found.files} == {
        "model.bin.1.gz",
        "config.json",
        "vocabulary.json",
        "tokenizer.model",
    }
    export.export(exported / "checkpoint", exported / "tokenizer.model", tmp_path)
    assert export.digest(tmp_path / "model.bin.1.gz") == found.files[0].sha256


def test_a_later_training_is_exported_as_deltas(exported: Path, kept: list[int], tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    import ctranslate2
    import numpy as np

    from briefing.training import export

    later = tiny(len(kept))
    with torch.no_grad():
        for weight in later.model.layers.parameters():
            if weight.ndim > 1:  # norms that are alike are stored once
                weight.add_(0.01 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(1)))
    later.save_pretrained(tmp_path / "checkpoint")
    model = tmp_path / "model"
    shutil.copytree(exported / "model", model)
    export.export(tmp_path / "checkpoint", exported / "tokenizer.model", model, onto=model)
    export.card(model, version="2", parameters=1, context=120)
    names = [file.name for file in open_model_folder(model).files]
    assert names[:2] == ["model.bin.1.gz", "model.bin.1.delta.xz"]
    assert export.digest(model / "model.bin.1.gz") == export.digest(exported / "model/model.bin.1.gz")
    files = open_model_folder(model).read()
    files.pop("tokenizer.model")
    assert files["model.bin"] != export.plain(model)
    pieces = json.loads(files["vocabulary.json"])
    generator = ctranslate2.Generator("later", files=files, compute_type="float32")
    ids = [2, *range(4, 30)]
    ours = np.array(generator.forward_batch([[pieces[i] for i in ids]]))[0]
    with torch.no_grad():
        theirs = later.eval()(torch.tensor([ids])).logits[0].numpy()
    assert np.corrcoef(ours[-1], theirs[-1])[0, 1] > 0.99


@pytest.mark.parametrize("length", [8, 40, 100])
def test_the_engine_computes_what_the_checkpoint_does(exported: Path, kept: list[int], length: int) -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    import ctranslate2
    import numpy as np

    files = open_model_folder(exported / "model").read()
    files.pop("tokenizer.model")
    pieces = json.loads(files["vocabulary.json"])
    generator = ctranslate2.Generator("tiny", files=files, compute_type="float32")
    ids = [2, *(4 + 7 * i % (len(kept) - 4) for i in range(length))]
    ours = np.array(generator.forward_batch([[pieces[i] for i in ids]]))[0]
    with torch.no_grad():
        theirs = tiny(len(kept)).eval()(torch.tensor([ids])).logits[0].numpy()
    assert np.corrcoef(ours[-1], theirs[-1])[0, 1] > 0.99


def test_weights_are_packed_in_pieces_and_joined_again(tmp_path: Path) -> None:
    from briefing.training import export

    (tmp_path / "model.bin").write_bytes(bytes(range(250)))
    (tmp_path / "model.bin.9.gz").write_bytes(b"of an earlier export")
    export.pack(tmp_path / "model.bin", tmp_path, size=100)
    for name in export.FILES:
        (tmp_path / name).write_bytes(b"{}")
    export.card(tmp_path, version="1", parameters=1, context=1)
    found = open_model_folder(tmp_path)
    assert [file.name for file in found.files][:3] == ["model.bin.1.gz", "model.bin.2.gz", "model.bin.3.gz"]
    assert found.read()["model.bin"] == bytes(range(250))


def test_the_served_model_writes_the_same_each_time_and_long_articles_by_parts(exported: Path) -> None:
    from briefing.summarization.generate.bundled import BundledWriter
    from briefing.summarization.guarded import VerifiedSummarizer
    from briefing.types import Article

    writer = BundledWriter(exported / "model")
    short = Article(id="a", headline="三号线开通", paragraphs=("云汀市三号线20日开通。",))
    assert writer.drafts(short, 60, 3) == writer.drafts(short, 60, 3)
    assert len(writer.drafts(short, 60, 3)) == 3
    assert len(writer.drafts(short, 60, 2, bound=True)) == 2
    long = replace(short, paragraphs=("云汀市三号线20日开通。" * 20,) * 3)
    summary = VerifiedSummarizer(writer).summarize(long, 60)
    assert 0 < len(summary.text) <= 60
    assert summary.checks.passed


def test_bound_writing_uses_only_the_articles_pieces_and_function_words(exported: Path) -> None:
    from briefing.summarization.generate.bundled import FUNCTION, BundledWriter
    from briefing.types import Article

    article = Article(id="a", headline="开通", paragraphs=("三号线开通。",))
    allowed = set("开通三号线。\n字要点摘：0123456789") | set(FUNCTION)
    for draft in BundledWriter(exported / "model").drafts(article, 60, 4, bound=True):
        assert set(draft.gist + draft.summary) <= allowed
