"""Numbers, names and claims that the source lacks are found; those it has in another writing are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.summarization.verify.check import verify

SOURCE = "云汀大桥通车 两岸只隔八分钟\n云汀大桥11月20日通车，总投资3.5万元，占百分之三。王小明在《云汀日报》上说“来之不易 贵在坚持”，ＡＩ出了力。"
COUNTS = (
    "今天（9月26日）上午9时，云汀港投产，8月3日试运行。港口年吞吐量5.2亿吨，同比增长12.5%，环比下降3%，投资超过40亿元。"
    "来自7个国家的30万人参观，首日12个国家级项目签约。云汀队获得6枚金牌、2枚银牌，列第3名。道路长80公里，预计2027年建成。"
    "事故造成5人死亡、9人受伤。市里出台三项措施。1—5月出口额增长两成，近200艘船到港，数百家企业报名。活动周一举行。"
)
PEOPLE = (
    "云汀市市长李明远6日在青溪会见来访的东洲国前总统卡韦尔多，双方未签署协议。东洲国外交部副部长佩林娜陪同。"
    "国家发展和改革委员会表示，青溪大桥将于10月通车，不针对任何一方。卡韦尔多表示，愿同云汀市加强交流。"
    "篮球决赛中，云汀队3比0击败青溪队。王沪岭出席。"
)


def every(summary: str, source: str) -> tuple[str, ...]:
    checks = verify(summary, source)
    return checks.unsupported_numbers + checks.unsupported_names + checks.unsupported_claims


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
    assert every(summary, SOURCE) == ()


@pytest.mark.parametrize(
    "summary",
    [
        "9月26日港口投产。",
        "26日港口投产。",
        "九月二十六日，港口投产。",
        "上午9点港口投产。",
        "吞吐量５.２亿吨。",
        "吞吐量同比增长百分之十二点五。",
        "7国30万人参观。",
        "12个项目签约。",
        "云汀队获6金2银。",
        "云汀队列第三名。",
        "道路长80千米。",
        "事故致5死9伤。",
        "市里出台3项措施。",
        "前5个月出口额增长20%。",
        "港口投资40亿元。",
        "数百家企业报名。",
        "活动星期一举行。",
        "两国签约。",
    ],
)
def test_numbers_in_another_writing(summary: str) -> None:
    checks = verify(summary, COUNTS)
    assert (checks.unsupported_numbers, checks.unsupported_claims) == ((), ())


@pytest.mark.parametrize(
    ("summary", "missing"),
    [
        ("大桥投资3.6万元。", ("3.6万元",)),
        ("占百分之五，投资35000元。", ("百分之五",)),
        ("12月20日通车，12月竣工。", ("12月20日", "12月")),
        ("有十五个桥墩。", ("十五个",)),
    ],
)
def test_numbers_the_source_lacks(summary: str, missing: tuple[str, ...]) -> None:
    assert verify(summary, SOURCE).unsupported_numbers == missing


@pytest.mark.parametrize(
    ("summary", "missing"),
    [
        ("港口年吞吐量5.2亿元。", "5.2亿元"),
        ("投资超过40亿美元。", "40亿美元"),
        ("吸引30万元投资。", "30万元"),
        ("云汀队拿到3名。", "3名"),
        ("港口3日26时投产。", "26时"),
        ("10月26日港口投产。", "10月26日"),
        ("26月港口投产。", "26月"),
        ("道路长80米。", "80米"),
        ("港口投产12.5年。", "12.5年"),
        ("市里出台三名措施。", "三名"),
        ("吞吐量增长12.5个百分点。", "12.5个百分点"),
        ("活动周三举行。", "周三"),
        ("数万家企业报名。", "数万"),
    ],
)
def test_numbers_of_something_else(summary: str, missing: str) -> None:
    assert missing in verify(summary, COUNTS).unsupported_numbers


def test_a_day_needs_its_month() -> None:
    assert verify("9月26日开幕。", "8月3日报名，26日开幕。").unsupported_numbers == ("9月26日",)
    assert verify("8月26日开幕。", "8月3日报名，26日开幕。").unsupported_numbers == ()
    assert verify("9月6日闭幕。", "9月2日至6日举行。").unsupported_numbers == ()


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
    assert any(missing in name or name in missing for name in verify(summary, SOURCE).unsupported_names)


@pytest.mark.parametrize(
    "summary", ["发改委：青溪大桥10月通车。", "李明远会见卡韦尔多。", "市长李明远会见东洲国前总统卡韦尔多。"]
)
def test_names_in_full_or_short(summary: str) -> None:
    assert verify(summary, PEOPLE).unsupported_names == ()


@pytest.mark.parametrize(
    "summary",
    [
        "李明刚会见卡韦尔多。",
        "市长王明远会见卡韦尔多。",
        "李明远会见卡韦尔。",
        "李明远会见卡维尔多。",
        "王沪宁出席。",
        "陈建国在青溪会见卡韦尔多。",
        "约翰·史密斯出席。",
    ],
)
def test_altered_names(summary: str) -> None:
    assert verify(summary, PEOPLE).unsupported_names


@pytest.mark.parametrize(
    "summary",
    [
        "李明远同卡韦尔多会谈。",
        "李明远会见东洲国总统卡韦尔多。",
        "东洲国外交部部长佩林娜陪同。",
        "东洲国前外交部副部长佩林娜陪同。",
        "云汀市副市长李明远会见来宾。",
        "青溪大桥已于10月通车。",
        "大桥针对任何一方。",
        "李明远未会见卡韦尔多。",
        "李明远首次会见卡韦尔多。",
        "青溪队3比0击败云汀队。",
        "云汀队3比0不敌青溪队。",
        "总统李明远会见来宾。",
    ],
)
def test_turned_claims(summary: str) -> None:
    assert verify(summary, PEOPLE).unsupported_claims


@pytest.mark.parametrize(
    "summary",
    [
        "吞吐量同比下降12.5%。",
        "吞吐量环比增长12.5%。",
        "投资不足40亿元。",
        "事故造成9人死亡。",
        "超200艘船到港。",
        "港口已于2027年建成。",
        "港口年吞吐量全国最大。",
    ],
)
def test_turned_figures(summary: str) -> None:
    assert verify(summary, COUNTS).unsupported_claims


@pytest.mark.parametrize(
    "summary",
    [
        "云汀市市长李明远在青溪会见东洲国前总统卡韦尔多。",
        "前总统卡韦尔多愿同云汀市加强交流。",
        "青溪大桥10月将通车。",
        "双方没有签署协议。",
        "云汀队3比0胜青溪队。",
        "青溪队0比3不敌云汀队。",
        "李明远6日会见卡韦尔多，佩林娜陪同。",
    ],
)
def test_claims_the_source_makes(summary: str) -> None:
    assert every(summary, PEOPLE) == ()


def test_each_is_reported_once_in_order() -> None:
    checks = verify("《甲报》《乙报》《甲报》各发9篇、7篇、9篇。", SOURCE)
    assert (checks.unsupported_numbers, checks.unsupported_names) == (("9篇", "7篇"), ("甲报", "乙报"))


@pytest.mark.parametrize("source", [SOURCE, COUNTS, PEOPLE])
def test_the_article_itself_passes(source: str) -> None:
    assert verify(source, source).passed


@given(
    st.text(
        alphabet=st.sampled_from("李强王第一二十百万亿3059.%年月日人元个已将未不前副总统会见《》“”·，。A\n "),
        max_size=40,
    )
)
def test_any_text_can_be_checked(text: str) -> None:
    checks = verify(text, SOURCE)
    assert all(
        isinstance(found, str) and found for found in checks.unsupported_numbers + checks.unsupported_claims
    )


@pytest.mark.timeout(60)  # a linear method takes a second
def test_checks_against_a_long_article_end() -> None:
    """Ten proposals are checked against one article, as the ladder does."""

    def check(copies: int) -> None:
        for number in range(10):
            verify(
                f"云汀市市长李明远{number}日在青溪会见东洲国前总统卡韦尔多，港口吞吐量同比增长{number}%。"
                * 2,
                (COUNTS + PEOPLE) * copies,
            )

    check(16)


REGIONS = (
    "各地春耕有序展开\n眼下正是春耕的关键时期。主产区因地制宜落实各项举措。\n"
    "河南派出4.5万名农技人员，引导农户追肥。\n"
    "在江苏，农技人员深入田间地头。目前，江苏全省一类苗占比达75.8%。\n"
    "湖北1500多万亩小麦长势良好。陈立春在安徽出席现场会，他说今年墒情好于往年。\n"
    "会见来宾的有云汀市议会主席孟加法、青溪市副市长施克亚。"
)


@pytest.mark.parametrize(
    ("summary", "claim"),
    [
        ("河南一类苗占比达75.8%。", "河南75.8%"),
        ("在湖北，农户追肥，派出4.5万名农技人员。", "湖北4.5万名"),
        ("江苏1500多万亩小麦长势良好。", "江苏1500多万亩"),
        ("江苏一类苗占比达75.8%，一类苗占比比去年高75.8%。", "75.8%"),
        ("河南、湖北的小麦有1500多万亩。", "河南1500多万亩"),
        ("副市长孟加法会见来宾。", "市长孟加"),
    ],
)
def test_facts_of_another(summary: str, claim: str) -> None:
    assert claim in verify(summary, REGIONS).unsupported_claims


@pytest.mark.parametrize(
    "summary",
    [
        "江苏一类苗占比达75.8%。",
        "江苏农技人员深入田间地头，一类苗占比达75.8%。",
        "河南派出4.5万名农技人员，湖北1500多万亩小麦长势良好。",
        "议会主席孟加法和副市长施克亚会见来宾。",
    ],
)
def test_facts_of_their_own(summary: str) -> None:
    assert verify(summary, REGIONS).unsupported_claims == ()


def test_a_title_put_before_the_title_that_somebody_has() -> None:
    source = "市政协副主席方志平主持开幕会。市委书记、市长李明远出席。特别代表市委常委、秘书长贺兰舟讲话。"
    assert every("市政协主席、副主席方志平主持开幕会。", source)
    for told in (
        "市委书记、市长李明远出席开幕会。",
        "特别代表、秘书长贺兰舟讲话。",
        "市政协副主席方志平主持。",
    ):
        assert every(told, source) == ()
