"""A caption's words and its credit."""

from __future__ import annotations

import pytest

from briefing.text.captions import LONGEST, split_credit


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("市民在湿地公园观鸟。本报记者 李小满 摄", "市民在湿地公园观鸟。", "本报记者 李小满 摄"),
        ("图为建成通车的望江桥。（江屿社发）", "建成通车的望江桥。", "江屿社发"),
        ("▲ 望江桥建成通车 顾承安 摄", "望江桥建成通车", "顾承安 摄"),
        ("望江桥建成通车（顾承安/摄）", "望江桥建成通车", "顾承安/摄"),
        ("沈砚秋在云东县调研。 图片来源：云汀发布", "沈砚秋在云东县调研。", "图片来源：云汀发布"),
        ("江屿社记者 王禾 摄", "", "江屿社记者 王禾 摄"),
        ("11月20日，市民在清河公园散步。", "11月20日，市民在清河公园散步。", ""),
        ("望江桥夜景。（资料图片）", "望江桥夜景。", "资料图片"),
        ("俯瞰清河入海口。云汀市水务局供图", "俯瞰清河入海口。", "云汀市水务局供图"),
        ("图1：望江桥", "望江桥", ""),
        ("孩子们在展厅里看一幅图", "孩子们在展厅里看一幅图", ""),
        ("", "", ""),
    ],
)
def test_the_credit_is_told_from_the_words(caption: str, words: str, credit: str) -> None:
    assert split_credit(caption) == (words, credit)


def test_a_long_caption_keeps_its_first_sentences() -> None:
    words, credit = split_credit("工人在车间作业。" * 12 + "顾承安 摄")
    assert len(words) <= LONGEST and words.endswith("作业。") and credit == "顾承安 摄"
    words, _ = split_credit("云汀市清河新区的建设者们" * 10)
    assert len(words) == LONGEST and words.endswith("…")
