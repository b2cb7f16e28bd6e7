"""Numbers and names that the source lacks are found; those it has in another writing are not."""

from __future__ import annotations

import pytest

from briefing.summarize.verify import verify

SOURCE = "云汀大桥通车 两岸只隔八分钟\n云汀大桥11月20日通车，总投资3.5万元，占百分之三。王小明在《云汀日报》上说“来之不易 贵在坚持”，ＡＩ出了力。"


@pytest.mark.parametrize(
    "summary",
    [
        "大桥投资35000元。",
        "占3%的大桥通车。",
        "十一月二十日大桥通车。",
        "大桥让两岸只隔8分钟。",
        "有AI出力的大桥。",
        "“来之不易”，王小明说。",
        "他说“来之不易，贵在坚持”。",
        "《云汀日报》报道了大桥。",
        "一座大桥通车。",
        "",
    ],
)
def test_what_the_source_states(summary: str) -> None:
    checks = verify(summary, SOURCE)
    assert checks.unsupported_numbers == () == checks.unsupported_names


@pytest.mark.parametrize(
    ("summary", "missing"),
    [
        ("大桥投资3.6万元。", ("3.6万",)),
        ("占百分之五，投资35000元。", ("百分之五",)),
        ("12月20日通车，12月竣工。", ("12",)),
        ("有十五个桥墩。", ("十五",)),
    ],
)
def test_numbers_the_source_lacks(summary: str, missing: tuple[str, ...]) -> None:
    assert verify(summary, SOURCE).unsupported_numbers == missing


@pytest.mark.parametrize(
    ("summary", "missing"),
    [
        ("大桥登上《云汀晚报》头条。", "云汀晚报"),
        ("他称之为“一步登天”。", "一步登天"),
        ("由NASA设计的大桥。", "NASA"),
        ("大桥从北京大学通到云汀。", "北京大学"),
        ("有A出力的大桥，IP很多。", "IP"),
    ],
)
def test_names_the_source_lacks(summary: str, missing: str) -> None:
    assert missing in verify(summary, SOURCE).unsupported_names


def test_each_is_reported_once_in_order() -> None:
    assert verify("《甲报》《乙报》《甲报》各发9篇、7篇、9篇。", SOURCE).unsupported_numbers == ("9", "7")
