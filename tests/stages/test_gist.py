"""One line for an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.summarization.extract.gist import gist
from briefing.types import Article


def of(headline: str, *paragraphs: str) -> Article:
    return Article(id="a", headline=headline, paragraphs=paragraphs)


CASES = [
    ("云汀大桥通车", "云汀大桥通车"),
    ("【云汀新貌】大桥通车", "大桥通车"),
    ("【云汀新貌】", "云汀新貌"),
    ("云汀观察｜大桥通车 两岸只隔八分钟", "大桥通车，两岸只隔八分钟"),
    ("云汀观察 | 大桥通车", "大桥通车"),
    ("岚市委 岚市政府印发《节水条例》", "岚市委、岚市政府印发《节水条例》"),
    ("云汀市水务局 大桥昨天通车", "云汀市水务局，大桥昨天通车"),
    ("大桥通车 两岸只隔八分钟", "大桥通车，两岸只隔八分钟"),
    ("王小明：匠心守护大桥", "王小明：匠心守护大桥"),
    ("一桥飞架——云汀大桥通车", "一桥飞架，云汀大桥通车"),
    ("云汀—潮平高铁今日开通", "云汀—潮平高铁今日开通"),
    (
        "一桥飞架云汀江上两岸从此只隔八分钟 云汀大桥经过三年建设昨日正式通车",
        "一桥飞架云汀江上两岸从此只隔八分钟",
    ),
    (
        "云汀市长会见云汀银行行长王小明先生、云汀日报社社长李大江先生和云汀大学校长",
        "云汀市长会见云汀银行行长王小明先生",
    ),
    ("云" * 40, "云" * 31 + "…"),
    ("欢迎市民参观云汀水厂", "欢迎市民参观云汀水厂"),
    ("云汀大桥检测完成 进入通车倒计时", "云汀大桥检测完成，进入通车倒计时"),
    (
        "柏舟市长在听取云汀湖保护工程汇报时强调 全力落实保护部署 建设湖清水净的云汀",
        "柏舟市长在听取云汀湖保护工程汇报时强调，全力落实保护部署",
    ),
    ("这不是演习!小心漏水! 云汀市长提醒市民", "这不是演习!小心漏水!云汀市长提醒市民"),
    (
        "云汀文化中心的公共艺术作品 文化局：配合文化中心的整建工程作全面评估与规划",
        "文化局：配合文化中心的整建工程作全面评估与规划",
    ),
    ("云汀市长接见Yunting Port公司总裁罗岚", "云汀市长接见Yunting Port公司总裁罗岚"),
    (
        "云汀水务局将在听涛路活动中心举办春季现场小型联合招聘会，欢迎求职的各位市民朋友踊跃参加！",
        "云汀水务局将在听涛路活动中心举办春季现场小型联合招聘会",
    ),
    (
        "云汀市政府劳工局听涛路就业服务台联合滨湖公司办理 10月26日及30日单一厂商招聘活动",
        "10月26日及30日单一厂商招聘活动",
    ),
    (
        "云汀大学发现湖水变清 继续深入推进全市十座水厂二十条管网的建设与维修工作",
        "云汀大学发现湖水变清",
    ),
    (
        "云汀市长结束访问返回云汀 邀请市民前往岚州参观访问 让两市的友谊更加稳固并增进彼此的人民情感",
        "云汀市长结束访问返回云汀，邀请市民前往岚州参观访问",
    ),
    (
        "云汀市长结束访问后在机场发表讲话 邀请市民一同前往岚州的港口城市参观访问",
        "云汀市长结束访问后在机场发表讲话",
    ),
    ("云汀大桥通车(全文)", "云汀大桥通车"),
    ("云汀大学赴水厂调研创先争优活动-学术", "云汀大学赴水厂调研创先争优活动"),
    ("柏舟讲“千古之谜与两千年”-柏舟,诞辰,讲座-学术经纬", "柏舟讲“千古之谜与两千年”"),
    ("《为了美好的云汀——从水的视角看共建云汀与岚州这二十年的历程》报告发布", "《为了美好的云汀》报告发布"),
    (
        "市社科重大项目“习近平总书记系列讲话的思想逻辑及其理论贡献研究”正式开题",
        "市社科重大项目“习近平总书记系列讲话的思想逻辑及其理论贡献研究…",
    ),
    ("“我爱云汀 BBS”站衫设计展现创意", "“我爱云汀 BBS”站衫设计展现创意"),
    ("柏舟支持云汀凤梨组队 云汀凤梨 25公吨输往岚州", "柏舟支持云汀凤梨组队，云汀凤梨25公吨输往岚州"),
    ("云汀凤梨 25公吨输往岚州", "云汀凤梨25公吨输往岚州"),
    (
        "111年4月云汀市劳工局职训就服中心滨湖就业服务台将办理『听涛实业』征才活动",
        "云汀市劳工局职训就服中心滨湖就业服务台将办理『听涛实业』征才活动",
    ),
    ("云汀大学第九期赴沧江县考察干部汇报成果-干部", "云汀大学第九期赴沧江县考察干部汇报成果"),
    ("云汀航空今年新开通云汀-上海", "云汀航空今年新开通云汀-上海"),
    ("云汀—岚州高铁-正文", "云汀—岚州高铁-正文"),
    ("2026年「岚港夜间飞行x 乡土文化馆」活动", "2026年「岚港夜间飞行x 乡土文化馆」活动"),
    (
        "云汀日报社播发柏舟同志在中国共产党第三届中央纪律检查委员会第五次全体会议上的工作报告",
        "云汀日报社播发柏舟在第三届中央纪委第五次全会上的工作报告",
    ),
    (
        "云汀市长接见岚州前外交部长罗岚（Roland Gerard Collins）伉俪",
        "云汀市长接见岚州前外交部长罗岚伉俪",
    ),
    (
        "云汀市长赴沧江县举行云汀沧江高级别水务联合委员会第四次会议并对岚州县进行访问",
        "云汀市长赴沧江县举行云汀沧江高级别水务联合委员会第四次会议",
    ),
    (
        "115/1/28(三)云汀市劳工局职训就服中心办理新春就业联合征才活动",
        "云汀市劳工局职训就服中心办理新春就业联合征才活动",
    ),
]


@pytest.mark.parametrize(("headline", "expected"), CASES)
def test_headlines(headline: str, expected: str) -> None:
    assert gist(of(headline, "正文。")) == expected


def test_a_bare_slogan_says_nothing() -> None:
    headline = "奋发有为——云汀市委书记在市民中心会见建设云汀大桥的全体劳动者代表并同他们亲切交谈合影"
    met = "市委书记周启明昨天会见了建桥的劳动者代表"
    assert gist(of(headline, f"{met}。")) == met
    long = f"在云汀大桥通车一周年之际，{met}，同他们亲切交谈，合影留念。"
    assert gist(of(headline, long)).startswith("云汀市委书记在市民中心会见")


def test_a_line_does_not_break_off_behind_what_for() -> None:
    text = "为响应市长公私协力，共同节水的理念，云汀旅行社和滨湖公司昨天主动捐赠水表五十个。"
    headline = "齐心节水 柏舟感谢云汀旅行社捐赠水表五十个及水管三百米予云汀市各区的小学和幼儿园"
    assert not gist(of(headline, text)).startswith("为响应")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "即日(8月6日)起，凡完成接种的儿童，皆可领取礼品一份。",
            "即日(8月6日)起，凡完成接种的儿童，皆可领取礼品一份",
        ),
        (
            "主旨：「云汀历史街区计划」案自2月10日零时起生效，特此公告。",
            "「云汀历史街区计划」案自2月10日零时起生效，特此公告",
        ),
    ],
)
def test_a_line_is_more_than_a_time_or_a_label(text: str, line: str) -> None:
    assert gist(of("", text)) == line


def test_a_column_with_two_words_behind_it_is_no_line() -> None:
    text = "科技工作者在实验室里日夜研制水质试剂。"
    assert gist(of("云汀网评｜另一条战线", text)) == "科技工作者在实验室里日夜研制水质试剂"


def test_without_headline_the_first_clauses() -> None:
    given_ = of(
        "",
        "大桥通车",
        "本报讯 云汀大桥昨日通车，全长三公里多一点，从城东到城西的车程由四十分钟缩短到八分钟。",
    )
    assert gist(given_) == "云汀大桥昨日通车，全长三公里多一点"


def test_of_another_storys_headline_nothing_is_told() -> None:
    text = "云汀大桥昨日通车，车程缩短到八分钟。" + "桥上双向通行，两岸居民往来更快。" * 20
    other = "市图书馆三月起办理读书讲座并征集志愿者欢迎热心人士踊跃报名"
    assert gist(of(other, text)) == "云汀大桥昨日通车，车程缩短到八分钟"
    assert gist(of(other.replace("市图书馆", "云汀大桥昨日通车"), text)).startswith("云汀大桥昨日通车三月起")


@pytest.mark.parametrize("headline", ["—", "——", "，", " \u3000"])
def test_a_headline_without_a_word_is_none(headline: str) -> None:
    assert gist(of(headline, "大桥通车。")) == "大桥通车"


def test_with_neither_there_is_nothing_to_say() -> None:
    assert gist(of("")) == ""


@given(
    st.text(alphabet=st.sampled_from("云汀大桥，、：；。！？“”《》【】 —3.5万A\n"), max_size=80),
    st.booleans(),
    st.integers(1, 40),
)
def test_never_longer_than_the_limit(words: str, is_headline: bool, limit: int) -> None:
    line = gist(of(words) if is_headline else of("", words), limit)
    assert len(line) <= limit and "\n" not in line


@pytest.mark.parametrize(
    "headline",
    [
        "云汀水务集团公司与岚州水务集团公司今天上午宣布合并组建云岚水务联合集团",
        "云汀市水务局回应传言称本市居民生活用水和工商业用水的价格并未上涨也无调整计划",
    ],
)
def test_a_line_is_not_cut_inside_a_word_or_before_a_denial(headline: str) -> None:
    line = gist(of(headline, ""))
    assert line.endswith("…") and len(line) >= 30 - len("合并")


@pytest.mark.parametrize(
    ("headline", "begins"),
    [
        ("2026年3月起云汀市各区居民生活用水和工商业用水的价格将按照新的标准统一核算", "2026年3月起"),
        ("云汀市人大常委会公布《云汀市城乡供水条例（草案）》向全市居民征求意见", "云汀市人大"),
    ],
)
def test_a_line_keeps_since_when_and_that_a_law_is_a_draft(headline: str, begins: str) -> None:
    line = gist(of(headline, ""))
    assert line.startswith(begins) and ("条例" not in line or "草案" in line)


def test_a_second_act_is_left_out() -> None:
    line = gist(of("云汀市长大年初二走访林叶、沧江、滨湖及港口等地水厂参观视察并发送新春福袋", ""))
    assert line == "云汀市长大年初二走访林叶、沧江、滨湖及港口等地水厂参观视察"


def test_a_tail_that_tells_something_belongs_to_the_headline() -> None:
    text = "云汀市昨天召开供水大会。"
    assert "停止供水" in gist(of("柏舟连任云汀市长-岚州市政府停止供水", text))
    assert "治水记" in gist(of("从沧江到大海-云汀治水记", text))


def test_two_numbers_are_not_joined() -> None:
    assert gist(of("云汀119 25人出动", "")) == "云汀119，25人出动"
