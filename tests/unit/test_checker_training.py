"""What the checker learns from, and that sentences about an article do not see one another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="torch comes with the extra `training`")

from briefing.training import checker, checker_data  # noqa: E402  (after the check for torch)
from briefing.training.checker_data import Judged, Statement  # noqa: E402
from briefing.training.corpus import Reference, rows  # noqa: E402
from briefing.training.corruptions import KINDS  # noqa: E402
from briefing.training.layers import Layer, Shape  # noqa: E402

SMALL = Shape(width=32, inner=48, heads=4, key_heads=2)


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> checker.Base:
    """One layer over letters as tokens."""
    torch.manual_seed(0)
    monkeypatch.setattr(checker, "Shape", lambda: SMALL)
    tokenizer: Any = SimpleNamespace(encode=lambda text: [ord(char) % 90 for char in text])
    layer = Layer(SMALL).bfloat16()
    return checker.Base(tokenizer, range(90), torch.randn(90, 32).bfloat16(), [layer])


def articles() -> list[Judged]:
    said = [
        Statement("水厂昨天投产。"),
        Statement("水厂明天投产。", "time"),
        Statement("水厂停产。", "direction"),
    ]
    return [
        Judged("1", "水厂投产", "云汀水厂昨天投产，日供水五万吨。", said),
        Judged("2", "大桥通车", "望江桥通车。", said[:2], said[2:]),
        Judged("3", "天晴", "天气晴好。", (), said[1:]),
    ]


def test_each_sentence_sees_the_article_and_itself_alone(base: checker.Base) -> None:
    model = checker.Checker([Layer(SMALL)], SMALL)
    torch.nn.init.normal_(model.head.weight)
    model.eval()
    with torch.no_grad():
        together = checker.logits_of(model, base, [base.example(one, one.written) for one in articles()[:2]])
        alone = [
            checker.logits_of(model, base, [base.example(one, [said])])
            for one in articles()[:2]
            for said in one.written
        ]
    assert torch.allclose(together, torch.cat(alone), atol=0.1)


def test_a_step_lessens_the_loss_and_hand_written_ones_come_last(base: checker.Base) -> None:
    groups = checker.batches(articles(), base, 1)
    assert next(len(said) for group in groups for _, said, _ in group) == 2
    model = checker.Checker([Layer(SMALL)], SMALL)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    losses = []
    for _ in range(8):
        loss = checker.loss_of(model, base, groups[-1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0]
    limit, found, kinds = checker.measure(model, base, articles()[:2])
    assert 0 <= found <= 1 and set(kinds) <= {"time", "direction"} and isinstance(limit, float)


def test_references_give_true_sentences_and_corrupted_ones() -> None:
    reference = Reference(
        id="1",
        title="云汀港吞吐量增长",
        text="云汀港今年吞吐量为300万标箱，同比增长12%。副市长柏舟表示，明年将新开3条航线。",
        gist="云汀港今年吞吐量同比增长12%",
        summary="云汀港今年吞吐量为300万标箱，同比增长12%。副市长柏舟表示，明年将新开3条航线。",
    )
    made = checker_data.made_statements(reference)
    assert made == checker_data.made_statements(reference)
    assert [one.text for one in made if not one.false][-1] == reference.gist
    assert {one.kind for one in made if one.false} <= set(KINDS) and any(one.false for one in made)


def test_our_falsehoods_are_whole() -> None:
    seen: set[str] = set()
    for path in checker_data.OWN.glob("*.jsonl"):
        for row in rows(path):
            assert row["id"] not in seen and len(row["true"]) >= checker_data.SHORTEST
            seen.add(row["id"])
            assert len(row["false"]) == 2 and {one["kind"] for one in row["false"]} <= set(KINDS)
            assert row["true"] not in {one["text"] for one in row["false"]}
    assert len(seen) > 1000
