"""Which sentences are taken, in which form, and that the room is kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.summarization.extract import selection
from briefing.summarization.extract.candidates import candidates
from briefing.summarization.extract.compressive import CompressiveExtract
from briefing.summarization.extract.selection import Refused, select
from briefing.types import Article

TEXT = (
    "云汀市望江桥维修工程昨天完工，桥上恢复双向通行，工期比计划提前二十天。\n"
    "他说，工人们冒雨施工。\n"
    "市交通局副局长柏舟介绍，大桥荷载提高三成，可通行四十吨货车。\n"
    "望江桥维修工程昨天完工，桥上恢复双向通行。\n"
    "快来看看吧！"
)


def article(text: str = TEXT, headline: str = "望江桥提前通车") -> Article:
    return Article(id="1", headline=headline, paragraphs=tuple(text.split("\n")))


def chosen(text: str, favoured: str, length: int = 120) -> list[str]:
    """What is taken where only `favoured` is worth something."""
    scores = np.full(len(text), 0.01)
    at = text.index(favoured)
    scores[at : at + len(favoured)] = 1.0
    return [form.text for _, form in select(candidates(article(text)), scores, length)]


def test_a_sentence_that_points_back_is_not_taken_alone() -> None:
    assert chosen(TEXT, "他说，工人们冒雨施工") == []


def test_a_sentence_tied_to_one_before_by_two_words_is_not_taken_alone() -> None:
    text = "桥面昨天完工。\n但是，市交通局却没有公布大桥的通车日期。"
    assert chosen(text, "市交通局却没有公布大桥的通车日期") == []
    assert chosen(text.replace("却", ""), "市交通局没有公布大桥的通车日期") != []


def test_a_later_item_of_a_list_is_not_taken_alone() -> None:
    text = "云汀市公布三项节水措施。\n一是更换老旧水表。二是补助用水大户。三是培训节水管理员。"
    assert chosen(text, "三是培训节水管理员") == []
    assert chosen(text, "云汀市公布三项节水措施") != []


@pytest.fixture
def taken_of_one() -> Callable[[Refused], list[str]]:
    """The form that is taken of a sentence whose beginning is worth most."""
    text = "市交通局副局长柏舟介绍，大桥荷载提高三成，可通行四十吨货车，昨天恢复通行。"
    scores = np.full(len(text), 0.2)
    scores[: text.index("，可")] = 1.0
    found = candidates(article(text))
    return lambda refused: [form.text for _, form in select(found, scores, 120, refused)]


def test_of_a_sentence_with_a_doubted_form_only_longer_ones_are_taken(
    taken_of_one: Callable[[Refused], list[str]],
) -> None:
    (first,) = taken_of_one(Refused())
    for doubted in (first, "市交通局副局长柏舟介绍，大桥荷载提高三成。"):
        assert all(len(form) > len(doubted) for form in taken_of_one(Refused(doubted={doubted})))


def test_a_torn_form_is_not_taken_and_others_of_its_sentence_are(
    taken_of_one: Callable[[Refused], list[str]],
) -> None:
    (first,) = taken_of_one(Refused())
    (other,) = taken_of_one(Refused(torn={first}))
    assert other not in (first, "")


def test_a_sentence_that_points_back_is_taken_after_the_one_before() -> None:
    scores = np.full(len(TEXT), 0.0)
    scores[: TEXT.index("市交通局")] = 1.0
    taken = [form.text for _, form in select(candidates(article()), scores, 120)]
    assert taken[-1] == "他说，工人们冒雨施工。"
    assert len(taken) == 2


def test_what_was_named_before_is_not_the_first_thing_said() -> None:
    text = "云汀市昨天召开供水大会，三百人出席。\n市民沈女士很高兴地来到现场。\n大会听取了水务局的报告。"
    assert chosen(text, "大会听取了水务局的报告") == []
    scores = np.full(len(text), 0.01)
    scores[: text.index("市民")] = scores[text.index("大会听取") :] = 1.0
    taken = [form.text for _, form in select(candidates(article(text)), scores, 120)]
    assert taken == ["云汀市昨天召开供水大会，三百人出席。", "大会听取了水务局的报告。"]


@pytest.mark.parametrize(
    ("before", "sentence", "alone"),
    [
        ("这家云汀企业更新了设备。", "今年头一个月，企业在沧江生产了1000部电梯。", False),
        ("云汀有企业三百家。", "今年头一个月，企业在沧江生产了1000部电梯。", True),
        ("市长柏舟说，水价要听证。", "供水公司必须承担责任。", False),
        ("水价昨天调整。", "供水公司必须承担责任。", True),
        ("市长柏舟说，水价要听证。", "水务局提出，供水公司必须承担责任。", True),
        ("副市长柏舟说，完全赞成报告。", "沧江县要扎实开展节水教育。", False),
        ("副市长柏舟说，完全赞成报告。我们要节水。", "沧江县要扎实开展节水教育。", False),
    ],
)
def test_that_firm_and_what_somebody_demands_are_told_after_who_it_is(
    before: str, sentence: str, alone: bool
) -> None:
    assert bool(chosen(before + sentence, sentence)) is alone


def test_who_is_introduced_late_is_told_with_his_office_or_not_at_all() -> None:
    first, second = "云汀市昨天召开供水大会。", "三百人出席。"
    third, last = "云汀大学教授张建国到会。", "张建国表示，云汀水质优良。"
    assert chosen(first + second + third + last, last) == ["云汀大学教授" + last]
    unknown = "到会的还有张建国。"
    assert chosen(first + second + unknown + last, last) == []
    assert chosen(first + unknown + second + last, last) == [last]


def test_of_whom_the_headline_speaks_is_known() -> None:
    text, last = "云汀市昨天召开大会。三百人出席。教授张建国到会。", "张建国表示，云汀水质优良。"
    found = candidates(article(text + last))
    scores = np.full(len(text + last), 0.01)
    scores[len(text) :] = 1.0
    told = select(found, scores, 120, headline="张建国谈云汀水质")
    assert [form.text for _, form in told] == [last]


def test_an_office_that_is_said_is_evidence() -> None:
    text = "云汀市昨天召开大会。三百人出席。教授张建国到会。张建国表示，云汀水质优良。"
    scores = np.full(len(text), 0.01)
    scores[text.index("张建国表示") :] = 1.0
    ((candidate, form),) = select(candidates(article(text)), scores, 120)
    spans = [(candidate.start + start, candidate.start + end) for start, end in form.spans]
    assert "".join(text[start:end] for start, end in spans) == "教授张建国表示，云汀水质优良。" == form.text


def test_an_office_is_said_behind_the_time_too() -> None:
    text = "本报记者带您认识云汀市人大代表张建国。三百人到会。今年两会，张建国准备提出节水的建议。"
    scores = np.full(len(text), 0.01)
    scores[text.index("今年两会") :] = 1.0
    ((candidate, form),) = select(candidates(article(text)), scores, 120)
    assert form.text == "今年两会，云汀市人大代表张建国准备提出节水的建议。"
    spans = [(candidate.start + start, candidate.start + end) for start, end in form.spans]
    assert "".join(text[start:end] for start, end in spans) == form.text


@pytest.mark.parametrize(
    ("introduction", "office"),
    [
        ("云汀市前市长张建国到会。", "前市长"),
        ("云汀市旅游与服务学院前院长张建国到会。", "前院长"),
        ("第一副总理张建国到会。", "第一副总理"),
        ("退休教师张建国到会。", "退休教师"),
        ("市长柏舟会见岚州总统张建国。", "岚州总统"),
        ("十年前，村民张建国买下水厂。如今，市长张建国到会。", "市长"),
        ("十年前，副市长张建国到会。如今，市长张建国到会。", "市长"),
        ("云汀大学教授张建国到会。教授张建国提问。", "云汀大学教授"),
        ("云汀市长张建国今(31)日到会。", "云汀市长"),
    ],
)
def test_an_office_is_said_whole_and_is_the_last(introduction: str, office: str) -> None:
    last = "张建国表示，云汀水质优良。"
    text = "云汀市昨天召开大会。三百人出席。" + introduction + last
    assert chosen(text, last) == [office + last]


@pytest.mark.parametrize(
    "introduction",
    [
        "他不是教授张建国。",
        "一人冒充教授张建国被捕。",
        "已卸任的市长张建国到会。",
        "云汀市政协原党组成员、副主席张建国被查。",
        "林叶说“教授张建国是好人”。",
    ],
)
def test_an_office_that_is_denied_past_or_quoted_is_not_said(introduction: str) -> None:
    last = "张建国表示，云汀水质优良。"
    text = "云汀市昨天召开大会。三百人出席。" + introduction + last
    assert chosen(text, last) == []


def test_an_office_stands_before_no_shorter_name_no_two_and_no_other_office() -> None:
    text = "云汀市昨天召开大会。三百人出席。教授{}到会。"
    shorter = "王海说，云汀水质优良。"
    assert chosen(text.format("王海明") + shorter, shorter) == []
    two = "张建国、林叶表示，云汀水质优良。"
    assert chosen(text.format("张建国") + two, two) == []
    own = "张建国院长表示，云汀水质优良。"
    assert chosen(text.format("张建国") + own, own) == [own]


def test_a_note_of_the_editors_is_not_the_story() -> None:
    assert chosen("编者按：近日，云汀公布评选结果。水厂投产。", "近日，云汀公布评选结果") == []


def test_a_wish_without_whose_stands_behind_whoever_wishes() -> None:
    text = "云汀市昨天开会。\n柏舟说，校友是财富。联谊会将搭建平台，希望大家推动资源共享。"
    assert chosen(text, "联谊会将搭建平台，希望大家推动资源共享") == []


def test_a_view_does_not_stand_behind_what_another_says() -> None:
    ours = "市长柏舟指出，云汀愿加强合作，扩大贸易规模。"
    theirs = "\n罗岚市长何青表示，两市经济联系紧密。"
    wish = "罗岚愿为两市合作发挥积极作用。"
    text = ours + theirs + wish
    scores = np.full(len(text), 0.01)
    for one in (ours, wish):
        scores[text.index(one) : text.index(one) + len(one)] = 1.0
    told = [form.text for _, form in select(candidates(article(text)), scores, 50)]
    assert wish not in told and any(form.startswith("市长柏舟") for form in told)
    assert chosen(text, wish) == [wish]


def test_a_demand_stands_behind_whoever_makes_it() -> None:
    text = "市长柏舟在贺信中指出，水事关民生。供水是各县的期望。各县应该坚持节水的方向。"
    assert "各县应该坚持节水的方向。" not in chosen(text, "各县应该坚持节水的方向")


def test_a_letter_keeps_its_writer() -> None:
    text = "市长柏舟致信全市教师。慰问信全文如下：\n教师是民族的希望。\n各级政府要把教师队伍建设抓好。"
    assert chosen(text, "各级政府要把教师队伍建设抓好") == []


def test_who_proposes_points_speaks() -> None:
    text = "柏舟对供水提出三点意见。\n何青表示，罗岚经济发展很快。罗岚期待同云汀加强协调。"
    scores = np.full(len(text), 0.01)
    for one in ("柏舟对供水提出三点意见。", "罗岚期待同云汀加强协调。"):
        scores[text.index(one) : text.index(one) + len(one)] = 1.0
    told = [form.text for _, form in select(candidates(article(text)), scores, 28)]
    assert len(told) == 1


def test_an_amount_keeps_its_currency() -> None:
    text = "居家隔离者外出，可处20万元(新台币，下同)罚款。\n各区已开罚318人，罚款2714.8万元。"
    fined = "各区已开罚318人，罚款2714.8万元"
    assert chosen(text, fined) == ["各区已开罚318人。"]
    assert chosen(text.replace("(新台币，下同)", ""), fined) == [fined + "。"]


def test_a_comparison_is_told_with_its_time() -> None:
    text = "2025年，云汀政法工作取得进展。全市立案数同比下降一成。"
    assert chosen(text, "全市立案数同比下降一成") == []
    assert chosen(text.replace("全市立案", "去年全市立案"), "去年全市立案数同比下降一成") != []
    assert chosen("全市立案数同比下降一成。", "全市立案数同比下降一成") != []


@pytest.mark.parametrize(
    "sentence",
    [
        "对于水价上涨，将会采取哪些措施？",
        "虽然受疫情影响，论坛只能线上举行。",
        "半翅目、双翅目、膜翅目……",
        "微信【设置】→【朋友权限】可关闭该功能。",
        "我们发现，配套企业分布在十个区。",
        "本联盟覆盖人口约两亿。",
        "会上柏舟用这样的话语提示学生。",
        "一是要做可靠的供水伙伴。",
        "《条例》共三十三条，主要规定了以下内容。",
    ],
)
def test_what_tells_nothing_alone_is_not_taken(sentence: str) -> None:
    assert chosen("云汀市昨天公布水价。" + sentence, sentence) == []


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("节水有两件事，第一件是修管道。", "节水的第二件事，就是装水表。"),
        ("补贴有两项条件，1.本月已投保。", "2.所得未达云汀市的标准。"),
    ],
)
def test_a_later_one_of_several_is_told_after_the_first(before: str, sentence: str) -> None:
    assert chosen(before + sentence, sentence[2:]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "影片将于9月5日全国首映。",
        "本书作者林叶舟研究云汀史。",
        "当地情况极为危急。",
        "首颗卫星已经发射。",
        "第二个，云汀也积极节水。",
        "指数显示，云汀用水量下降。",
        "代表球队出场的7场比赛中，他场均得6分。",
    ],
)
def test_what_was_named_one_sentence_before_is_not_told_alone(sentence: str) -> None:
    text = "云汀市昨天召开供水大会，三百人出席。\n" + sentence
    assert chosen(text, sentence[:-1]) == []


def test_a_share_of_nobody_named_is_not_the_first_thing_said() -> None:
    text = "云汀大学昨天公布名单。\n本科生中女生比例44.18%，研究生更多。"
    assert chosen(text, "本科生中女生比例44.18%，研究生更多") == []


def test_what_is_inside_a_quotation_is_not_what_the_paper_says() -> None:
    long = "工人们冒雨铺设了三十公里的管网，又在湖边修建了两座泵站。" * 4  # a longer one is cut inside
    text = f"柏舟市长说：“水厂昨天投产。{long}全市供水量提高三成。湖水很清。”会议昨天结束。"
    assert chosen(text, "全市供水量提高三成") == []
    unclosed = text.replace("。”", "。")
    assert chosen(unclosed, "全市供水量提高三成") != []


def test_a_quotation_needs_who_speaks() -> None:
    text = "市民很高兴。\n“另一方面云汀水厂要稳定供水，建议延长夜班。”\n“云汀好水”四个字昨天评为年度用语。"
    assert chosen(text, "另一方面云汀水厂要稳定供水，建议延长夜班") == []
    assert chosen(text, "四个字昨天评为年度用语") != []


def test_what_a_speaker_goes_on_to_say_needs_the_speaker() -> None:
    text = "市长柏舟表示，水厂将扩建。\n同时，市场也会观望云汀银行的利率。"
    assert chosen(text, "市场也会观望云汀银行的利率") == []
    assert chosen(text.replace("市长柏舟表示，", ""), "市场也会观望云汀银行的利率") != []


def test_who_sits_in_a_body_is_not_told_alone() -> None:
    text = "云汀市公布桥梁验收结果。\n评审组由七位专家组成。"
    assert chosen(text, "评审组由七位专家组成") == []


def test_all_the_province_is_that_of_the_sentence_before() -> None:
    text = "陕西推进水厂改造。\n江西今年新建水厂十座。\n截至目前，全省水厂日供水五百万吨。"
    assert chosen(text, "全省水厂日供水五百万吨", 24) == []
    both = "江西今年新建水厂十座。\n截至目前，全省水厂日供水五百万吨"
    assert len(chosen(text, both)) == 2
    assert chosen(text.replace("陕西", "江西"), "全省水厂日供水五百万吨", 24) != []


def test_what_a_later_clause_speaks_of_must_be_named() -> None:
    text = "岚报网公布榜单，云汀有三十五家面馆。\n市商务局表示，面馆今年共三十六家，比该网站所说更多。"
    assert chosen(text, "市商务局表示，面馆今年共三十六家，比该网站所说更多") in (
        [],
        ["市商务局表示，面馆今年共三十六家。"],
    )
    both = chosen(text, text)
    assert len(both) == 2 and "该网站" in both[1]


def test_what_breaks_off_is_worth_less_than_a_statement() -> None:
    text = "从测量河道到浇筑桥墩，再到铺设路面……\n望江桥昨天在云汀市区恢复双向通行。"
    scores = np.full(len(text), 1.0)
    taken = [form.text for _, form in select(candidates(article(text)), scores, 24)]
    assert taken == ["望江桥昨天在云汀市区恢复双向通行。"]


def test_what_only_announces_is_no_sentence() -> None:
    text = "云汀市昨天公布五个案例。\n其他三件案例的名称分别是。"
    assert chosen(text, "其他三件案例的名称分别是") == []


def test_a_telephone_number_is_no_news() -> None:
    text = "云汀市明天举办招聘会。\n洽询电话：服务中心06-3840346。"
    assert chosen(text, "洽询电话：服务中心06-3840346") == []


def test_what_is_said_twice_is_taken_once() -> None:
    taken = select(candidates(article()), np.ones(len(TEXT)), 200)
    assert sum("恢复双向通行" in form.text for _, form in taken) == 1


def test_evidence_is_what_was_kept() -> None:
    source = article()
    summary = CompressiveExtract().summarize(source, 60)
    assert summary.sentences
    for sentence in summary.sentences:
        kept = "".join(source.text[start:end] for start, end in sentence.evidence)
        assert kept.rstrip("，。") == sentence.text.rstrip("。")


@settings(max_examples=60, deadline=None)
@given(st.text("云汀市水厂投产他说，。\n“”！1２", max_size=300), st.integers(0, 150))
def test_no_summary_is_longer_than_asked_for(text: str, length: int) -> None:
    source = article(text, "")
    summary = CompressiveExtract().summarize(source, length)
    assert len(summary.text) <= length
    assert all(0 <= a < b <= len(source.text) for s in summary.sentences for a, b in s.evidence)


def test_of_a_long_article_only_the_most_telling_sentences_are_weighed() -> None:
    text = "\n".join(f"云汀市第{number}号桥昨天完工，桥上恢复通行。" for number in range(3000))
    found = candidates(article(text))
    assert len(selection.best(found, np.ones(len(text)))) <= 2 * selection.WEIGHED


def test_a_firm_keeps_the_words_that_name_it() -> None:
    text = "记者20日从云汀轮渡公司获悉，该公司日前收购岚州轮渡，成为其大股东。"
    (taken,) = chosen(text, "该公司日前收购岚州轮渡")
    assert taken.startswith("记者20日从云汀轮渡公司获悉，该公司日前收购岚州轮渡")
