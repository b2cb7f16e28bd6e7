"""Lines that shorten one sentence, and lines that say what no sentence does."""

from __future__ import annotations

import pytest

from briefing.summarization.network.line_check import is_shortened_sentence
from briefing.types import Article

HEADLINE = "云汀一号卫星数据今天起开放"
TEXT = """11月23日起，市图书馆24小时自习室座位由180个增至320个，可通过微信预约。
征集截至12月31日，首批已收到捐赠67件。
首批12家农业企业可免费试用6个月。卫星已获取影像2.7万景，覆盖全市98%的耕地。
云汀轨道交通三号线车辆段昨天建成光伏屋顶，年发电量预计620万千瓦时。"""
ARTICLE = Article(id="1", headline=HEADLINE, paragraphs=tuple(TEXT.split("\n")))


@pytest.mark.parametrize(
    "line",
    [
        "三号线车辆段建成光伏屋顶，年发电量预计620万千瓦时",
        "云汀轨道交通三号线车辆段建成光伏屋顶",
        "首批12家农业企业可免费试用6个月",
        "云汀一号卫星数据开放",
        "征集截至12月31日，首批收到捐赠67件",
    ],
)
def test_words_left_out_of_one_sentence(line: str) -> None:
    assert is_shortened_sentence(line, ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "首批12家农业企业免费试用6个月，覆盖全市98%耕地",  # two sentences
        "24小时自习室增至320个",  # without the noun that grew
        "截至12月31日，首批已收到捐赠67件",  # without what ends then
        "首批已收到捐赠67件，征集截至12月31日",  # in another order
        "三号线车辆段光伏屋顶爆炸，伤亡不明",
    ],
)
def test_what_no_sentence_says(line: str) -> None:
    assert not is_shortened_sentence(line, ARTICLE)


@pytest.mark.parametrize("line", ["", "，", "。"])
def test_nothing_is_not_said(line: str) -> None:
    assert is_shortened_sentence(line, Article(id="1", headline="", paragraphs=("",))) is False


@pytest.mark.parametrize("line", ["岚州大使柏舟：云汀港扩建", "云汀港扩建受欢迎"])
def test_an_office_does_not_lose_the_word_that_says_which(line: str) -> None:
    text = "云汀驻岚州大使柏舟：云汀港扩建受欢迎，货主满意。"
    assert is_shortened_sentence(line, Article(id="1", headline="", paragraphs=(text,))) is (
        "大使" not in line
    )


def test_a_dateline_is_no_line() -> None:
    text = "【云汀网11月20日综合报道】红色通缉令涉及的三人归案。"
    article = Article(id="1", headline="", paragraphs=(text,))
    assert is_shortened_sentence("红色通缉令涉及的三人归案", article)
    assert not is_shortened_sentence("云汀网11月20日综合报道", article)


def test_a_name_does_not_lose_its_beginning() -> None:
    text = "近日，天津市公布名单，云汀大学申报的“天津市水质重点实验室”入选。"
    article = Article(id="1", headline="", paragraphs=(text,))
    assert is_shortened_sentence("云汀大学申报的天津市水质重点实验室入选", article)
    assert not is_shortened_sentence("云汀大学申报的津市水质重点实验室入选", article)


@pytest.mark.parametrize(
    ("sentence", "line", "kept"),
    [
        ("九位委员昨天接受了记者集体采访。", "九位委员采访", False),
        ("九位委员昨天接受了记者集体采访。", "九位委员接受了记者集体采访", True),
        ("柏舟因涉嫌受贿被批捕。", "柏舟因受贿被批捕", False),
        ("市长柏舟介绍，供水小组确定的改革任务基本完成。", "柏舟改革任务基本完成", False),
    ],
)
def test_what_turns_the_words_around_it_is_not_left_out(sentence: str, line: str, kept: bool) -> None:
    article = Article(id="1", headline="云汀要闻", paragraphs=(sentence,))
    assert is_shortened_sentence(line, article) is kept


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("岚州决定对医疗物资暂免征税和增值税", "岚州决定对医疗物资暂免征收关税和增值税"),
        ("不能用节水建设等同于生态建设", "不能将节水建设等同于生态建设"),
        ("云汀北外环联络道工程预计1月完工", "云汀北外环联络道工程动土，预计2027年1月完工"),
        ("第五届棒球锦标赛加油团启动", "第五届U-12棒球锦标赛加油团启动"),
        ("明年2月感染人数可能近40万", "明年2月日本感染人数可能近40万"),
    ],
)
def test_a_line_keeps_what_says_of_what_and_when(line: str, sentence: str) -> None:
    assert not is_shortened_sentence(line, Article(id="1", headline="", paragraphs=(sentence + "。",)))
