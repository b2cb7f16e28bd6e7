"""Datelines and credits come off; what tells the reader something stays."""

from __future__ import annotations

import pytest

from briefing.text import datelines

HEADS = [
    "本报讯 ", "本报讯（记者 张三 通讯员 李四）", "本报北京3月5日电（记者 张三）", "新华社北京3月5日电 ", "中新网3月5日电", "中新网3月5日电\u00a0",
    "据新华社电 ", "（据新华社电）", "（记者 张三 通讯员 李四）", "央视网消息：", "央视网消息(新闻联播)：", "人民网讯 ", "云汀日报11月20日讯（记者 王小明）",
    "云汀日报讯 记者 张三 报道：", "本报记者 张三 报道：", "【云汀时报综合报道】", "中新社云汀９月９日电(记者李四) ", "中新网云汀9月9日电(李四)", "本报云汀专电（记者 王一）", "【云汀时报驻岚州特约记者王一】", "综合消息：", "岚港消息：", "本报记者 李响 摄", "综合外媒报道：", "通讯员王五报道：",
]  # fmt: skip
TAILS = [
    "（据新华社电）",
    "（记者 张三 通讯员 李四）",
    "（李四 摄）",
    "（原标题：云汀通车）",
    "[责任编辑：王五]",
    "（下转第2版）",
    "（完）",
    "（文/张三 图/李四）",
]
STAY = [
    "【云汀市记者节】昨天举行。", "今天（3月24日），大桥通车。", "据介绍，大桥长3公里。", "据新华社报道，大桥通车。", "据云汀市政府网站消息，大桥通车。", "新华社消息人士称，大桥通车。", "中央电视台电视剧《云汀》开播。", "人民日报讯息中心成立。",
    "上网电价上调。", "北京时间3月5日电影节开幕。", "他是会长（记者协会）。", "记者从市政府获悉，大桥通车。", "网讯公司成立。", "云汀市（代管）通车。", "国家电网电力充足。",
]  # fmt: skip
NEWS = "大桥昨日通车。"


@pytest.mark.parametrize("head", HEADS)
def test_a_dateline_comes_off(head: str) -> None:
    kept = datelines.strip(head + NEWS, 0, len(head + NEWS))
    assert (kept.text, kept.start, kept.end) == (NEWS, len(head), len(head + NEWS))


@pytest.mark.parametrize("tail", TAILS)
def test_a_credit_comes_off(tail: str) -> None:
    kept = datelines.strip(NEWS + tail, 0, len(NEWS + tail))
    assert (kept.text, kept.start, kept.end) == (NEWS, 0, len(NEWS))


@pytest.mark.parametrize("tail", TAILS)
def test_a_credit_before_the_stop_comes_off_and_evidence_covers_it(tail: str) -> None:
    text = NEWS[:-1] + tail + "。"
    kept = datelines.strip(text, 0, len(text))
    assert (kept.text, kept.start, kept.end) == (NEWS, 0, len(text))


@pytest.mark.parametrize("text", STAY)
def test_news_stays(text: str) -> None:
    assert datelines.strip(text, 0, len(text)).text == text


def test_only_the_range_is_looked_at() -> None:
    text = "前文。本报讯 " + NEWS + "后文。"
    start, end = 3, 3 + len("本报讯 " + NEWS)
    kept = datelines.strip(text, start, end)
    assert kept.text == text[kept.start : kept.end] == NEWS


def test_nothing_but_a_credit_leaves_nothing() -> None:
    assert datelines.strip("（据新华社电）", 0, 7).text == ""


def test_a_paper_s_own_wire_comes_off_before_a_day_only() -> None:
    for text, rest in (
        ("本报电日前，大桥通车。", "日前，大桥通车。"),
        ("本报电话采访了他。", "本报电话采访了他。"),
    ):
        assert datelines.strip(text, 0, len(text)).text == rest
