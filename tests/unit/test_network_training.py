"""The base's layers, its vocabulary in small, what is learned from, a step of training, and the graphs."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch comes with the extra `training`")

from briefing.summarization.network.tokens import covered  # noqa: E402  (after the check for torch)
from briefing.training import blocks, network, network_batches, network_data, qwen, token_labels  # noqa: E402
from briefing.training import network_training as training  # noqa: E402
from briefing.training.corpus import Reference  # noqa: E402
from briefing.training.judge_data import Judged, Statement  # noqa: E402
from briefing.training.layers import Layer, RootNorm, Shape, layer_of, rotations  # noqa: E402

SMALL = Shape(width=32, inner=48, heads=4, key_heads=2)
EVEN = Shape(width=64, inner=96, heads=4, key_heads=2)
"""Of whole blocks of 32."""


def random_weights(layers: int) -> dict[str, Any]:
    """Tensors under the names of GGUF."""
    torch.manual_seed(0)
    names = {
        "attn_norm.weight": (32,),
        "ffn_norm.weight": (32,),
        "attn_q.weight": (32, 32),
        "attn_q.bias": (32,),
        "attn_k.weight": (16, 32),
        "attn_k.bias": (16,),
        "attn_v.weight": (16, 32),
        "attn_v.bias": (16,),
        "attn_output.weight": (32, 32),
        "ffn_gate.weight": (48, 32),
        "ffn_up.weight": (48, 32),
        "ffn_down.weight": (32, 48),
    }
    return {
        f"blk.{layer}.{name}": torch.randn(size) / 6
        for layer in range(layers)
        for name, size in names.items()
    }


def test_a_layer_computes_what_transformers_does() -> None:
    transformers = pytest.importorskip("transformers")
    from transformers.models.qwen2.modeling_qwen2 import Qwen2DecoderLayer, Qwen2RotaryEmbedding

    config = transformers.Qwen2Config(
        hidden_size=32, intermediate_size=48, num_attention_heads=4, num_key_value_heads=2, rms_norm_eps=1e-6,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6}, attn_implementation="sdpa", vocab_size=9,
    )  # fmt: skip
    weights = random_weights(1)
    theirs = Qwen2DecoderLayer(config, 0).eval()
    attention, network = theirs.self_attn, theirs.mlp
    pairs = {
        "attn_norm.weight": theirs.input_layernorm.weight,
        "ffn_norm.weight": theirs.post_attention_layernorm.weight,
        "attn_output.weight": attention.o_proj.weight,
        "ffn_gate.weight": network.gate_proj.weight,
        "ffn_up.weight": network.up_proj.weight,
        "ffn_down.weight": network.down_proj.weight,
    }
    for letter, projection in zip("qkv", (attention.q_proj, attention.k_proj, attention.v_proj), strict=True):
        pairs |= {f"attn_{letter}.weight": projection.weight, f"attn_{letter}.bias": projection.bias}
    with torch.no_grad():
        for name, parameter in pairs.items():
            parameter.copy_(weights[f"blk.0.{name}"])
        states, places = torch.randn(2, 7, 32), torch.arange(7)[None].expand(2, 7)
        mask = torch.full((7, 7), float("-inf")).triu(1)[None, None]
        turned = Qwen2RotaryEmbedding(config)(states, places)
        expected = theirs(states, attention_mask=mask, position_ids=places, position_embeddings=turned)
        expected = expected[0] if isinstance(expected, tuple) else expected
        ours = layer_of(weights, 0, SMALL)(states, rotations(places, SMALL, torch.float32), causal=True)
    assert torch.allclose(ours, expected, atol=1e-4)


def test_bytes_have_letters_of_their_own() -> None:
    letters = qwen.byte_letters()
    assert len(set(letters.values())) == 256
    assert (letters[ord("A")], letters[ord(" ")]) == ("A", "Ġ")


def small_vocabulary() -> tuple[list[str], list[tuple[str, str]]]:
    """Bytes, and merges up to 云汀 and 水."""
    letters = qwen.byte_letters()
    merges: list[tuple[str, str]] = []

    def spell(word: str) -> str:
        return "".join(letters[byte] for byte in word.encode())

    for character in "云汀水":
        first, second, third = list(spell(character))
        merges += [(first, second), (first + second, third)]
    merges.append((spell("云"), spell("汀")))
    made = dict.fromkeys(a + b for a, b in merges)
    return [*letters.values(), *made, *qwen.SPECIAL], merges


def test_the_cut_vocabulary_is_a_sentencepiece_model() -> None:
    sentencepiece = pytest.importorskip("sentencepiece")
    pytest.importorskip("google.protobuf")
    tokens, merges = small_vocabulary()
    counts = {len(tokens) - 4: 3}  # 云汀
    kept = qwen.kept_tokens(tokens, merges, counts)
    model, places = qwen.sentencepiece_model(tokens, merges, kept)
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model)
    ids = tokenizer.encode("云汀水厂 a")
    assert tokenizer.decode(ids) == "云汀水厂 a"
    assert [tokenizer.id_to_piece(i) for i in ids[:2]] == ["云汀", "水"]
    assert tokens[kept[places[ids[0]]]] == tokens[len(tokens) - 4]


@pytest.fixture
def tokenizer() -> Any:
    """The small vocabulary's."""
    sentencepiece = pytest.importorskip("sentencepiece")
    pytest.importorskip("google.protobuf")
    tokens, merges = small_vocabulary()
    kept = qwen.kept_tokens(tokens, merges, {len(tokens) - 4: 3})  # 云汀
    return sentencepiece.SentencePieceProcessor(model_proto=qwen.sentencepiece_model(tokens, merges, kept)[0])


REFERENCE = Reference(
    id="1", title="水厂", text="云汀水厂投产。云汀", gist="云汀水厂", summary="云汀水厂投产", brief=""
)


def test_what_a_summary_kept_is_labelled(tokenizer: Any) -> None:
    labelled = token_labels.tokens(REFERENCE, tokenizer, range(tokenizer.vocab_size()))
    assert (labelled.labels[: labelled.prompt] == token_labels.UNKNOWN).all()
    assert labelled.labels[labelled.prompt, 0] == 1
    assert (labelled.labels[:, 1] == token_labels.UNKNOWN).all()
    assert covered(tokenizer.encode("云汀水厂a"), tokenizer)[:2] == [(0, 2), (2, 3)]
    assert covered(tokenizer.encode("厂a"), tokenizer) == [(0, 1)] * 3 + [(1, 2)]


def rows(tokenizer: Any) -> list[network_data.Row]:
    """An article with everything, by hand and by rule; one held out; one without texts by hand."""
    maker = network_data.Maker(tokenizer)
    by_hand = [Statement("云汀水厂投产。"), Statement("云汀水厂停产。", "direction")]
    one = Judged(
        "1", REFERENCE.title, REFERENCE.text, by_hand, [Statement("云汀投产。"), Statement("水厂。", "scope")]
    )
    general = {"title": "云汀水厂昨天正式投产", "text": "昨天，云汀水厂正式投产，日供水五万吨。"}
    return [
        maker.judged(one, REFERENCE, network_data.LEARNED),
        maker.judged(one, REFERENCE, network_data.HELD),
        maker.general(general, random.Random(1)),
    ]


def test_rows_come_back_out_of_the_pack(tokenizer: Any, tmp_path: Path) -> None:
    made = rows(tokenizer)
    counts = network_data.pack(made, tmp_path / "pack.npz")
    found, kinds = network_data.unpacked(tmp_path / "pack.npz")
    assert counts["rows"] == len(found) == 3 and set(kinds) >= {"", "direction", "scope"}
    for before, after in zip(made, found, strict=True):
        assert (after.part_of, after.article, after.branches) == (
            before.part_of,
            before.article,
            before.branches,
        )
    assert found[0].keep is not None and made[0].keep is not None
    assert np.allclose(found[0].keep, made[0].keep, atol=0.01)
    assert found[2].keep is None
    held, _ = network_data.unpacked(tmp_path / "pack.npz", lambda part_of: part_of == network_data.HELD)
    assert len(held) == 1
    first = found[0].branches[0]
    assert tokenizer.decode(first.ids[first.given : -1]) == REFERENCE.gist


def small_network(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch
) -> tuple[network.Base, network.UpperLayers]:
    """A lower and an upper layer of small sizes."""
    torch.manual_seed(0)
    monkeypatch.setattr(network, "Shape", lambda: EVEN)
    table = torch.randn(tokenizer.vocab_size(), EVEN.width).bfloat16()
    return network.Base(table, [Layer(EVEN).bfloat16()]), network.UpperLayers([Layer(EVEN)], EVEN)


def test_branches_do_not_see_one_another(tokenizer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    base, model = small_network(tokenizer, monkeypatch)
    row = rows(tokenizer)[0]
    together = network_batches.collate([(row, row.branches)], "cpu")
    states = network.states_of(model, base, together)[0]
    for number, part in enumerate(row.branches, 1):
        alone = network_batches.collate([(row, [part])], "cpu")
        expected = network.states_of(model, base, alone)[0, len(row.article) :][: len(part.ids)]
        assert torch.allclose(states[together.segments[0] == number], expected, atol=0.05)


def test_training_lessens_every_loss_and_is_measured(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    base, model = small_network(tokenizer, monkeypatch)
    made = rows(tokenizer)

    def of_learned() -> list[float]:
        batch = network_batches.collate([(made[0], made[0].branches)], "cpu")
        found = training.losses(model, base, batch, network.states_of(model, base, batch))
        return [float(x.detach()) for x in (found.write, found.keep, found.check)]

    before = of_learned()
    clock = itertools.count(0, 0.1)
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    plan = training.Plan(seconds=8, general=0.1, batch=512, rate=3e-3, warmup=1, rounding=0.8, drop=0.0)
    training.train(model, base, made, plan, tmp_path / "measured.json")
    assert all(after < earlier for after, earlier in zip(of_learned(), before, strict=True))
    assert set(json.loads((tmp_path / "measured.json").read_text())["kinds"]) == {"direction", "scope"}


def test_saved_weights_come_back_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "Shape", lambda: EVEN)
    torch.manual_seed(0)
    saved = network.saved(network.UpperLayers([Layer(EVEN)], EVEN))
    restored = network.restored(saved)
    again = network.saved(restored)
    assert all(torch.equal(value, again[name]) for name, value in saved.items())
    weight = restored.layers[0].gate.weight
    assert torch.allclose(blocks.rounded(weight), weight, atol=1e-3)
    assert network.calibrated(restored.check, 2.0, 0.5).bias.item() == pytest.approx(-1.0)


def test_four_bits() -> None:
    torch.manual_seed(0)
    weight = torch.randn(5, 64) * torch.tensor([1, 1e-3, 1, 1, 0])[:, None]
    rounded = blocks.rounded(weight)
    assert (rounded - weight).norm() < 0.12 * weight.norm()
    assert torch.allclose(blocks.rounded(rounded), rounded, atol=1e-6)
    packed, scales = blocks.packed(weight)
    low, high = (packed & 15).float(), (packed >> 4).float()
    levels = torch.stack((low, high), -1).reshape(5, 2, 32)
    assert torch.allclose(((levels - 8) * scales[..., None]).reshape(5, 64), rounded)


def test_a_graph_computes_what_the_layers_do(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    onnxruntime = pytest.importorskip("onnxruntime")
    from briefing.training.onnx_graph import Graph

    shape = Shape(width=64, inner=96, heads=4, key_heads=2)
    torch.manual_seed(0)
    layer, table, head = Layer(shape), torch.randn(9, 64), torch.nn.Linear(64, 3)
    blocks.round_linears(layer)
    graph = Graph(shape)
    states = graph.layer("layer0", graph.embedding("embedding", "ids", table), layer)
    logits = graph.matrix("head", graph.norm("norm", states, RootNorm(shape)), head)
    inputs: dict[str, tuple[int, list[Any]]] = {
        "ids": (7, ["b", "n"]),
        "positions": (7, ["b", "n"]),
        "mask": (1, ["b", 1, 1, "n", "m"]),
        "keys": (1, [1, "b", 2, "p", 16]),
        "values": (1, [1, "b", 2, "p", 16]),
    }
    graph.save(tmp_path / "a.onnx", inputs, {"logits": logits} | graph.seen(), "a.safetensors")
    session = onnxruntime.InferenceSession(str(tmp_path / "a.onnx"), providers=["CPUExecutionProvider"])
    ids, places = np.array([[3, 1, 4, 1, 5]]), np.arange(5)[None]
    mask = np.triu(np.full((5, 5), -1e9, np.float32), 1)[None, None, None]
    past = np.zeros((1, 1, 2, 0, 16), np.float32)

    def run(start: int, end: int, keys: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
        given = {
            "ids": ids[:, start:end],
            "positions": places[:, start:end],
            "mask": mask[..., start:end, :end],
        }
        return list(session.run(None, given | {"keys": keys, "values": values}))

    (got, *_) = run(0, 5, past, past)
    first, keys, values = run(0, 3, past, past)
    second, *_ = run(3, 5, keys, values)
    assert np.allclose(np.concatenate((first, second), 1), got, atol=0.05)
    with torch.no_grad():
        turns = rotations(torch.from_numpy(places), shape, torch.float32)
        states = layer(blocks.rounded_rows(table)[torch.from_numpy(ids)], turns, causal=True)
        expected = head(RootNorm(shape)(states)).numpy()
    assert np.abs(got - expected).max() < 0.05 * np.abs(expected).max()
