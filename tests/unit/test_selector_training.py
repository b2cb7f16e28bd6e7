"""The layers of the next base, its vocabulary in small, and a training run that is stopped and resumed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch comes with the extra `training`")

from briefing.summarization.network.tokens import covered  # noqa: E402  (after the check for torch)
from briefing.training import blocks, qwen, selector, selector_data  # noqa: E402
from briefing.training.corpus import Reference  # noqa: E402
from briefing.training.layers import Layer, RootNorm, Shape, layer_of, rotations  # noqa: E402

SMALL = Shape(width=32, inner=48, heads=4, key_heads=2)


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


def articles(tokenizer: Any, places: list[int]) -> list[selector_data.Tokens]:
    rows = [
        Reference(
            id=str(n),
            title="水厂",
            text=f"云汀水厂第{n}座投产。云汀",
            gist="云汀水厂",
            summary="云汀水厂投产",
        )
        for n in range(6)
    ]
    return [selector_data.tokens(row, tokenizer, places) for row in rows]


def test_labels_and_a_run_that_is_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sentencepiece = pytest.importorskip("sentencepiece")
    pytest.importorskip("google.protobuf")
    tokens, merges = small_vocabulary()
    kept = qwen.kept_tokens(tokens, merges, {len(tokens) - 4: 3})
    model, places = qwen.sentencepiece_model(tokens, merges, kept)
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model)
    made = articles(tokenizer, places)
    first = made[0]
    assert (first.labels[: first.prompt] == selector_data.UNKNOWN).all()
    assert covered(tokenizer.encode("云汀水厂a"), tokenizer)[:2] == [(0, 2), (2, 3)]
    assert covered(tokenizer.encode("厂a"), tokenizer) == [(0, 1)] * 3 + [(1, 2)]
    assert first.labels[first.prompt, 0] == 1 and (first.labels[:, 1] == selector_data.UNKNOWN).all()
    weights = random_weights(selector_data.LAYERS + 1) | {"token_embd.weight": torch.randn(len(tokens), 32)}
    monkeypatch.setattr("briefing.training.layers.Shape", lambda: SMALL)
    monkeypatch.setattr(selector, "Shape", lambda: SMALL)
    states = selector_data.States(tmp_path, made, 32)
    assert selector_data.compute(states, made, weights, kept) == sum(len(one.ids) for one in made)
    assert selector_data.compute(states, made, weights, kept) == 0
    monkeypatch.setattr(selector, "layer_of", lambda w, n: layer_of(w, n, SMALL))
    monkeypatch.setattr(selector, "BATCH", 40)

    def run(passes: float, path: Path) -> Any:
        plan = selector.Plan(passes=passes, layers=1, every=1, warmup=1)
        return selector.train(made[:5], made[5:], states, weights, plan, path).state_dict()

    whole = run(2, tmp_path / "a.pt")
    assert json.loads(json.dumps(sorted(whole)))
    again = run(2, tmp_path / "a.pt")
    assert all(np.allclose(whole[name], again[name]) for name in whole)
    assert isinstance(Layer(SMALL), torch.nn.Module)
    assert all(
        np.allclose(whole[name], value)
        for name, value in selector.restored(selector.Selector, whole).state_dict().items()
    )


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
        "mask": (1, ["b", 1, 1, "n", "n"]),
    }
    graph.save(tmp_path / "a.onnx", inputs, {"logits": logits}, "a.safetensors")
    session = onnxruntime.InferenceSession(str(tmp_path / "a.onnx"), providers=["CPUExecutionProvider"])
    ids, places = np.array([[3, 1, 4, 1, 5]]), np.arange(5)[None]
    mask = np.triu(np.full((5, 5), -1e9, np.float32), 1)[None, None, None]
    (got,) = session.run(None, {"ids": ids, "positions": places, "mask": mask})
    with torch.no_grad():
        turns = rotations(torch.from_numpy(places), shape, torch.float32)
        states = layer(blocks.rounded_rows(table)[torch.from_numpy(ids)], turns, causal=True)
        expected = head(RootNorm(shape)(states)).numpy()
    assert np.abs(got - expected).max() < 0.05 * np.abs(expected).max()
