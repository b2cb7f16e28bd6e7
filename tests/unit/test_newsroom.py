"""One grammar of outlets, reporters and datelines: bylines, furniture and the cleaning of sentences read it alike."""

from __future__ import annotations

import re

import pytest

from briefing.segmentation import bylines
from briefing.segmentation.furniture import furniture_role
from briefing.text import datelines, newsroom
from briefing.types import Role

NEWS = "望江桥昨日通车，两岸通勤缩短二十分钟。"


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        (newsroom.OWN, ("本报", "本報", "本网", "本台")),
        (newsroom.WIRE_SERVICE, ("新华社", "中新网", "云汀通讯社", "云汀新闻网")),
        (newsroom.OUTLET, ("本刊", "新华社", "云汀日报", "云汀电视台", "澄江客户端")),
        (newsroom.REPORTER, ("记者", "本报记者", "本报特约通讯员", "驻岚州记者", "首席评论员")),
        (newsroom.SIGNER, ("本报记者", "责任编辑", "摄影", "来源")),
        (newsroom.NAMES, ("林叶舟", "林叶舟 何又青", "林叶舟、何又青", "彼得·彼得森")),
        (newsroom.DATE, ("11月19日", "2026年11月19日", "11月19日晚间", "１１月１９日")),
        (newsroom.WIRE, ("电", "专电")),
        (newsroom.NEWS, ("讯", "消息")),
        (newsroom.PHOTOGRAPHED, ("摄", "摄影报道", "供图")),
    ],
)
def test_each_fragment_reads_what_it_says(fragment: str, words: tuple[str, ...]) -> None:
    assert all(re.fullmatch(fragment, word) for word in words)


@pytest.mark.parametrize("words", ["电视", "电力", "电网"])
def test_a_wire_is_not_the_beginning_of_another_word(words: str) -> None:
    assert not re.match(newsroom.BARE_WIRE, words)


def test_what_a_reporter_does_is_no_name() -> None:
    assert not re.match(newsroom.NAME, "从市交通局获悉") and not re.match(newsroom.NAME, "昨日")


@pytest.mark.parametrize(
    "head",
    [
        "本报讯 ",
        "本报讯（记者 林叶舟）",
        "本网讯（通讯员 何又青）",
        "新华社云汀11月19日电（记者 林叶舟）",
        "中新社岚州11月19日电 ",
        "据新华社电 ",
        "新华社岚州11月19日电",
        "中新网岚州11月19日电(林叶舟)",
    ],
)
def test_segmentation_and_summaries_take_off_the_same_dateline(head: str) -> None:
    text = head + NEWS
    assert bylines.dateline(text) == len(head)
    assert datelines.strip(text, 0, len(text)).text == NEWS


def test_after_a_date_a_wire_is_a_wire_whatever_follows() -> None:
    text = "中新社岚州11月19日电商务局昨日公布名单。"
    assert bylines.dateline(text) == len("中新社岚州11月19日电")
    assert datelines.strip(text, 0, len(text)).text == "商务局昨日公布名单。"


def test_a_photo_credit_is_furniture_and_a_reporters_line_a_byline() -> None:
    assert furniture_role("本报记者 林叶舟 摄") is Role.CREDIT
    assert bylines.is_byline("本报记者 林叶舟") and furniture_role("本报记者 林叶舟") is None
