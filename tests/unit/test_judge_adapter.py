"""The judge's adapter: it changes nothing before it is trained, is trained on its sentences alone, and
the graph takes it beside its own matrices.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch comes with the extra `training`")

from briefing.training import adapter as adapters  # noqa: E402  (after the check for torch)
from briefing.training import adapter_training as training  # noqa: E402
from briefing.training import network  # noqa: E402
from briefing.training.layers import Layer, Shape, rotations  # noqa: E402
from briefing.training.network_data import CHECK, HELD, Part, Row  # noqa: E402

EVEN = Shape(width=64, inner=96, heads=4, key_heads=2)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> tuple[network.Base, network.UpperLayers]:
    """Two lower layers and an upper one, of small sizes, and a table of 20 words."""
    torch.manual_seed(0)
    monkeypatch.setattr(adapters, "LAYERS", 2)
    lower = [Layer(EVEN).requires_grad_(False) for _ in range(2)]
    model = network.UpperLayers([Layer(EVEN)], EVEN).requires_grad_(False)
    torch.nn.init.normal_(model.check.weight)
    return network.Base(torch.randn(20, EVEN.width), lower), model


def rows() -> list[Row]:
    """Two articles of different lengths: what ends in 7 is false."""
    first = [Part(CHECK, [5, 6, 7], 0, "scope", True), Part(CHECK, [5, 6, 8], 0, "", True)]
    second = [Part(CHECK, [9, 7], 0, "time", True), Part(CHECK, [9, 8], 0, "", True), Part(CHECK, [8], 0)]
    return [Row(HELD, [1, 2, 3, 4, 5], first), Row(HELD, [3, 2, 1], second)]


def test_at_first_it_changes_nothing(small: tuple[network.Base, network.UpperLayers]) -> None:
    base, model = small
    (group,) = training.grouped(model, base, rows(), 100, 9)
    got = training.judged(model, adapters.Adapter(model, 4), [group])
    assert [part.ids[-1] for part in group.parts] == [7, 8, 8, 7, 8]  # the shorter article comes first
    for number, (article, said) in enumerate((([3, 2, 1], [9, 7]), ([3, 2, 1], [9, 8]), ([3, 2, 1], [8]))):
        assert got[number] == pytest.approx(alone(base, model, article, said), rel=1e-3, abs=1e-2)


def alone(base: network.Base, model: network.UpperLayers, article: list[int], said: list[int]) -> float:
    """The logit by whole layers, without what was read before."""
    ids = torch.tensor([article + said])
    turns = rotations(torch.arange(len(ids[0]))[None], EVEN, torch.float32)
    states = base.table[ids]
    two_way = torch.ones(len(ids[0]), len(ids[0]), dtype=torch.bool).tril()
    with torch.no_grad():
        for layer in base.layers:
            states = layer(states, turns, causal=True)
        two_way[: len(article), : len(article)] = True
        for layer in model.layers:
            states = layer(states, turns, mask=two_way[None, None])
        return float(model.check(network.norm(model.norm, states))[0, -1, 0])


def test_training_tells_them_apart(
    small: tuple[network.Base, network.UpperLayers], capsys: pytest.CaptureFixture[str]
) -> None:
    base, model = small
    groups = list(training.grouped(model, base, rows(), 100, 0))
    plan = training.Plan(passes=60, rate=1e-2, rank=4, drop=0.0, smooth=0.0, warmup=1)
    before = [value.clone() for value in model.parameters()]
    trained = training.train(model, groups, groups, plan)
    logits = training.judged(model, trained, groups)
    false = np.array([bool(part.kind) for group in groups for part in group.parts])
    assert logits[false].min() > logits[~false].max()
    assert all(torch.equal(one, other) for one, other in zip(before, model.parameters(), strict=True))
    assert training.measure(groups, logits)["found"] == 1.0
    assert '"pass": 60' in capsys.readouterr().err


def test_sentences_made_by_rule_are_drawn_and_articles_without_any_left_out(
    small: tuple[network.Base, network.UpperLayers],
) -> None:
    base, model = small
    made = [Part(CHECK, [n], 0, "", False) for n in range(9)]
    given = [Row(HELD, [1, 2], made), Row(HELD, [1], [])]
    (group,) = training.grouped(model, base, given, 100, 3)
    assert len(group.parts) == 3 and len(group.seen.there) == 1
    assert len(list(training.grouped(model, base, rows(), 5, 3))) == 2


def test_a_graph_takes_the_matrices_beside_its_own(
    small: tuple[network.Base, network.UpperLayers], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnx")
    onnxruntime = pytest.importorskip("onnxruntime")
    from briefing.training import blocks, export

    _, model = small
    blocks.round_linears(model.layers)
    monkeypatch.setattr(export, "Shape", lambda: EVEN)
    adapter = adapters.Adapter(model, 4)
    for matrix in adapter.up.values():
        torch.nn.init.normal_(matrix)
    export.upper(tmp_path, model)
    export.judge(tmp_path, adapter)

    def session(name: str) -> Any:
        return onnxruntime.InferenceSession(str(tmp_path / name), providers=["CPUExecutionProvider"])

    upper, judge = session("upper.onnx"), session("judge.onnx")
    given = dict(zip((one.name for one in judge.get_outputs()), judge.run(None, {}), strict=True))
    head = given.pop("judge.weight"), given.pop("judge.bias")
    states = torch.randn(1, 5, EVEN.width)
    past = np.zeros((1, 1, 2, 0, 16), np.float32)
    inputs = {
        "states": states.numpy(),
        "positions": np.arange(5)[None],
        "mask": np.triu(np.full((5, 5), -1e9, np.float32), 1)[None, None, None],
        "keys": past,
        "values": past,
    }
    for beside, matrices in ((None, {}), ((adapter, 0, 0.0), given)):
        got = upper.run(None, inputs | matrices)[0]
        turns = rotations(torch.arange(5)[None], EVEN, torch.float32)
        mask = torch.full((5, 5), -1e9).triu(1)[None, None]
        with torch.no_grad():
            expected, _ = adapters.step(model.layers[0], states, turns, mask, None, beside)
            expected = network.norm(model.norm, expected).numpy()
        assert np.abs(got - expected).max() < 0.05 * np.abs(expected).max()
    with torch.no_grad():
        logits = adapter.check(torch.from_numpy(expected)).numpy()
    assert np.allclose(expected @ head[0] + head[1], logits, atol=1e-4)
