"""Where sentences are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.sentences import finished, sentences

CASES = [
    ("云汀市开工。市民点赞！", ["云汀市开工。", "市民点赞！"]),
    ("谁来养老？没有人说……于是散会。", ["谁来养老？", "没有人说……", "于是散会。"]),
    ("王小明说：“路通了。生意好了。”他笑了。", ["王小明说：“路通了。生意好了。”", "他笑了。"]),
    ("“路通了。”王小明说。", ["“路通了。”王小明说。"]),
    ("“路通了。”王小明说，“生意好了。”", ["“路通了。”王小明说，“生意好了。”"]),
    ("以“谁来养老？”为题的讲座开讲。", ["以“谁来养老？”为题的讲座开讲。"]),
    ("他问：“走吗？”我答：“走！”于是走了。", ["他问：“走吗？”", "我答：“走！”", "于是走了。"]),
    ("他喊“加油！”，全场响应。", ["他喊“加油！”，全场响应。"]),
    ("《今天你读书了吗？》出版。", ["《今天你读书了吗？》出版。"]),
    ("桥通了（全长3公里。）车多了。", ["桥通了（全长3公里。）车多了。"]),
    ("桥通了。（王小明）路也通了。", ["桥通了。", "（王小明）路也通了。"]),
    ("增长3.5%。下降１．２个点。", ["增长3.5%。", "下降１．２个点。"]),
    ("Mr. Li said so. It was 3.5 km. Then he left.", ["Mr. Li said so.", "It was 3.5 km.", "Then he left."]),
    ("See a.b.c?d=1 now. 云汀", ["See a.b.c?d=1 now.", "云汀"]),
    ("云汀开工\n　　路通了。", ["云汀开工", "路通了。"]),
    ("真的吗？！真的。", ["真的吗？！", "真的。"]),
    ("「好。」他說。", ["「好。」他說。"]),
    ("", []),
    (" \n\u3000", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cuts(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_long_quotation_is_cut_inside() -> None:
    text = "他说：“" + "云汀的路修得又宽又直。" * 20 + "”散会。"
    assert len(sentences(text)) >= 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好。", True),
        ("好。”", True),
        ("好……", True),
        ("Yes.", True),
        ("一、修路", False),
        ("如下：", False),
        ("", False),
        ("…", False),
    ],
)
def test_finished(text: str, expected: bool) -> None:
    assert finished(text) is expected


@given(st.text(alphabet=st.sampled_from("云汀。！？…，：“”‘’（）《》「」\"'.!? \n\u3000Aa1说"), max_size=80))
def test_cutting_loses_no_character(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    outside = "".join(
        text[a:b]
        for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert not outside.strip()


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert "".join("".join(text[a:b] for a, b in sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", ["“云。", "云汀，", "…", ". A", "“", '"', "（。）", "“”", " "])
@pytest.mark.timeout(60)  # a linear method takes a second
def test_a_very_long_text_is_cut_in_linear_time(unit: str) -> None:
    text = unit * (480_000 // len(unit))
    assert "".join("".join(text[a:b] for a, b in sentences(text)).split()) == "".join(text.split())
