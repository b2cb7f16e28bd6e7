"""Shortened sentences that people have read are kept as ranges, and the judge learns from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.training import judge_data
from briefing.training.forms import Form, forms_of, read_forms

TEXT = "云汀市昨天开馆，读者很多，馆长说。\n他还说，明年再来。"
FIRST = {"spans": [[0, 8]], "after": 0, "label": "good"}
SECOND = {"spans": [[18, 22], [22, 27]], "after": 1, "label": "torn"}
THIRD = {"spans": [[0, 3], [8, 13]], "after": 0, "label": "false"}


def test_a_form_is_its_ranges_behind_those_that_are_read_before() -> None:
    assert forms_of(TEXT, [FIRST, SECOND]) == [
        Form("云汀市昨天开馆。", "", "good"),
        Form("他还说，明年再来。", "云汀市昨天开馆。", "torn"),
    ]


def test_the_stored_forms_have_ranges_and_labels_and_no_words(tmp_path: Path) -> None:
    labels = set()
    for _, name, forms in read_forms():
        assert name
        for one in forms:
            assert all(start < end for start, end in one["spans"]) and "text" not in one
            labels.add(one["label"])
    assert labels == {"good", "torn", "false"}
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "x", "forms": []}), encoding="utf-8")
    assert list(read_forms(tmp_path)) == [("a.jsonl", "x", [])]


def test_the_judge_learns_true_and_false_forms_and_no_torn_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored(name: str, *lines: dict[str, object]) -> None:
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    stored("references-train-2.jsonl")
    stored("references-train.jsonl")
    stored("falsehoods-train.jsonl")
    stored(
        "news.jsonl", {"id": "x", "title": "开馆", "text": TEXT}, {"id": "y", "title": "开馆", "text": TEXT}
    )
    monkeypatch.setattr(judge_data, "NEWS", ("news.jsonl",))
    for name in ("WEB", "GOV"):
        monkeypatch.setattr(judge_data, name, ())
    for module in ("NEWS", "WEB", "GOV"):
        monkeypatch.setattr(f"briefing.training.corpus.{module}", ())
    monkeypatch.setattr("briefing.training.corpus.OWN", tmp_path / "none")
    monkeypatch.setattr(judge_data, "OWN", tmp_path / "none")
    found = [("web.jsonl", "x", [FIRST, SECOND, THIRD]), ("aside.jsonl", "y", [FIRST])]
    monkeypatch.setattr(judge_data, "read_forms", lambda: iter(found))
    learned, held = judge_data.judged(tmp_path, 5)
    assert [(one.id, [(said.text, said.kind) for said in one.written]) for one in learned] == [
        ("x", [("云汀市昨天开馆。", ""), ("云汀市读者很多。", "shortened")])
    ]
    assert [one.id for one in held] == ["y"]
