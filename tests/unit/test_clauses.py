"""Which clauses of a sentence need which, and the shorter forms that come of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.summarization.extract.clause_words import lacks_subject
from briefing.summarization.extract.clauses import parse, split
from briefing.summarization.extract.compression import compressions
from briefing.summarization.extract.selection import points_back

MARKS = "，；：,;: 。"


def forms(sentence: str) -> set[str]:
    """All forms, whichever clause is worth most."""
    found: set[str] = set()
    for start, end in split(sentence):
        worth = [float(start <= at < end) for at in range(len(sentence))]
        found |= {form.text for form in compressions(sentence, worth)}
    return found


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("云汀市投入1,200万元，修了桥。", ["云汀市投入1,200万元，", "修了桥。"]),
        ("他说：“桥修好了，路也通了。”", ["他说：", "“桥修好了，路也通了。”"]),
        ("水厂（一期，日供5万吨）投产；二期开工。", ["水厂（一期，日供5万吨）投产；", "二期开工。"]),
    ],
)
def test_no_cut_inside_numbers_quotations_and_brackets(sentence: str, clauses: list[str]) -> None:
    assert [sentence[start:end] for start, end in split(sentence)] == clauses


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("市长柏舟表示，望江桥年底通车，票价不涨。", ["望江桥年底通车。", "票价不涨。"]),
        ("如果水位超过警戒线，市防汛办将关闭滨河路。", ["市防汛办将关闭滨河路。"]),
        ("云汀水厂投产，日供水5万吨，同比增长两成。", ["日供水5万吨。", "云汀水厂投产，同比增长两成。"]),
        ("市政府否认，水厂曾经停产。", ["水厂曾经停产。"]),
        ("工程分三步：先修桥，再通水，最后种树。", ["先修桥。", "再通水。"]),
        ("他不仅修了桥，还种了树。", ["还种了树。", "不仅修了桥。"]),
        ("随着气温下降，供热提前开始。", ["随着气温下降。"]),
        ("昨天上午，市长柏舟走访了水厂。", ["昨天上午。", "市长柏舟走访了水厂。"]),
        ("昨天清晨6时40分，巡护员老梁压低声音说：“来了。”", ["昨天清晨6时40分。", "“来了。”"]),
        ("三号线南起空港新城，北至听涛路，设车站21座。", ["北至听涛路，设车站21座。"]),
        ("三号线南起空港新城，北至听涛路，设车站21座。", ["三号线南起空港新城。"]),
        ("桥梁学会介绍，沧浪省今年实施项目27个，计划投资超86亿元。", ["桥梁学会介绍，计划投资超86亿元。"]),
        ("沧浪省杂交稻种子完成储备，化肥供应量可达120万吨。", ["化肥供应量可达120万吨。"]),
        ("在云汀市，一条管网正在建设，管网将惠及三万户。", ["管网将惠及三万户。", "一条管网正在建设。"]),
        ("在去年的亚洲竞赛中，云汀队全部获得金牌。", ["云汀队全部获得金牌。"]),
        ("市人大授权市检察院，在三个区试点。", ["市人大授权市检察院。"]),
        ("云汀大学的研究发现，湖水变清。", ["云汀大学的研究发现。"]),
        ("专家认为，学习外地经验，是最有效的方法。", ["专家认为，学习外地经验。"]),
        ("检方指控：柏某非法收受财物，数额较大。", ["检方指控：数额较大。"]),
        ("云汀作为交通枢纽，货运量创新高。", ["云汀作为交通枢纽。"]),
        ("市长柏舟要求攻克以下难题：桥墩的防腐；水下的检测。", ["市长柏舟要求攻克以下难题：桥墩的防腐。"]),
        (
            "市长柏舟表示，市水务局带领施工队，坚守一线，重塑云汀水网制度，推动供水增长。",
            ["市长柏舟表示，重塑云汀水网制度。", "市长柏舟表示，重塑云汀水网制度，推动供水增长。"],
        ),
        ("云汀图书馆依托丰富的馆藏，开设了三个专区。", ["云汀图书馆依托丰富的馆藏。"]),
        (
            "代表团团长说，年会让大家看到云汀，期待云汀走得更远，不断为沿海提供动力。",
            ["代表团团长说，年会让大家看到云汀，不断为沿海提供动力。"],
        ),
        (
            "罗岚市长肯定两市的往来，表示两地货运互补，合作前景广阔，愿再开航线。",
            ["罗岚市长肯定两市的往来，合作前景广阔，愿再开航线。", "合作前景广阔。"],
        ),
        (
            "办法提出14项举措，明确基金要投向港口，不得投向赌场。",
            ["办法提出14项举措，不得投向赌场。"],
        ),
        ("在终端产品领域，云汀的搬运机器人用于海外工程，出口增速均超过六成。", ["出口增速均超过六成。"]),
        ("云汀轴承厂有三万种轴承，高端轴承产值占比已达七成。", ["高端轴承产值占比已达七成。"]),
        ("云汀号一经下水，就赢得好评。", ["云汀号一经下水。"]),
        (
            "今年春运，两条新线和五座车站的首次投用，有效扩充运力。",
            ["今年春运，两条新线和五座车站的首次投用。"],
        ),
        (
            "会议指出，一年来，工会高举团结旗帜，认真学习新章程，切实加强队伍建设，广泛凝聚共识。",
            [
                "会议指出，一年来，切实加强队伍建设。",
                "会议指出，切实加强队伍建设。",
                "会议指出，一年来，广泛凝聚共识。",
            ],
        ),
        (
            "百货公司原定邀请市民挑选新衣，惟考量疫情，改由市长出席。",
            ["百货公司原定邀请市民挑选新衣，惟考量疫情。"],
        ),
        (
            "柏舟市长出席水务局的典礼，期许同仁凝聚共识，建立人人满意的供水制度。",
            ["柏舟市长出席水务局的典礼，建立人人满意的供水制度。"],
        ),
        ("水文站称，上游水位下降；在听涛路方向，路面水深半米。", ["水文站称，路面水深半米。"]),
        (
            "柏舟市长从三个方面阐明修桥的意义：减轻拥堵；方便居民；带动货运。",
            ["柏舟市长从三个方面阐明修桥的意义：减轻拥堵。"],
        ),
        ("近期有出海计划的游客，请于十五时前上船。", ["近期有出海计划的游客。", "请于十五时前上船。"]),
        ("水务局介绍，在云汀港里，靠自主研发投产的年轻水厂，代表着活力。", ["靠自主研发投产的年轻水厂。"]),
        ("云汀银行最新公布的三月利率，比上月降低一成。", ["云汀银行最新公布的三月利率。"]),
        ("消防局除将修订规程外，并添购水带，未来持续训练。", ["消防局除将修订规程外。"]),
        (
            "区长李岚表示，关怀服务除了政府部门的力量，也要邻里帮助。",
            ["区长李岚表示，关怀服务除了政府部门的力量。"],
        ),
        ("云汀议员18日公布一项提案，以重划选区。", ["云汀议员18日公布一项提案。"]),
        ("柏舟市长肯定工人用技术、用耐心，让世界看到云汀。", ["柏舟市长肯定工人用技术、用耐心。"]),
        ("法官就同一案件，曾参加前次裁判者，应自行回避。", ["法官就同一案件，应自行回避。"]),
        (
            "云汀港开通夜航，无论是货船通行，还是在汛期举行的船展，都有安排。",
            ["无论是货船通行，还是在汛期举行的船展。"],
        ),
        (
            "市长柏舟提到，以往没有人看好造船，罗岚毅然投入资本，领导船体制造技术。",
            ["市长柏舟提到，领导船体制造技术。"],
        ),
        (
            "气象台预报显示，下周可能有台风生成，并有接近云汀的趋势。",
            ["气象台预报显示，并有接近云汀的趋势。"],
        ),
    ],
)
def test_what_a_clause_needs_stays_with_it(sentence: str, never: list[str]) -> None:
    assert not forms(sentence) & set(never)


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("望江桥维修工程昨天完工，市民沈女士很高兴，桥上恢复双向通行。", "望江桥维修工程昨天完工。"),
        ("此外，云汀水厂新建了实验室，添置了设备。", "云汀水厂新建了实验室。"),
        ("记者从市水务局获悉，云汀水厂投产。", "云汀水厂投产。"),
        ("市长柏舟表示，望江桥年底通车，票价不涨。", "市长柏舟表示，望江桥年底通车。"),
        (
            "柏舟市长从三个方面阐明修桥的意义：减轻拥堵；方便居民；带动货运。",
            "柏舟市长从三个方面阐明修桥的意义。",
        ),
        ("二、云汀水厂应当公布水质。", "云汀水厂应当公布水质。"),
        (
            "管理处设置了隔离带，提醒市民与鸟群保持二百米距离，不要使用无人机。",
            "管理处设置了隔离带，提醒市民与鸟群保持二百米距离。",
        ),
        ("3.云汀水厂应当公布水质。", "云汀水厂应当公布水质。"),
        ("3.5万人昨天参观了云汀水厂。", "3.5万人昨天参观了云汀水厂。"),
        ("云汀水厂今天（6月25日）投产。", "云汀水厂6月25日投产。"),
        ("云汀港务公司（Yunting Port Co., 600000）昨天开港。", "云汀港务公司昨天开港。"),
        ("港口大会（星期五） 开幕，水厂（一期）投产。", "港口大会开幕，水厂（一期）投产。"),
        ("云汀日报社出版《水厂（Water）》，印了三万册。", "云汀日报社出版《水厂（Water）》。"),
    ],
)
def test_what_may_go(sentence: str, form: str) -> None:
    assert form in forms(sentence)


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("要加快推进望江桥工程。", True),
        ("督导空军，完成训练。", True),
        ("坚决对违规行为进行处置。", True),
        ("总投资3亿元，明年完工。", True),
        ("云汀水厂昨天投产。", False),
        ("据介绍，云汀水厂昨天投产。", False),
        ("截至昨天，已有三万人参观。", False),
        ("预计明天有雨。", False),
        ("暑期以来，日均进馆人数破万。", True),
        ("去年，产量达到五万吨。", True),
        ("近日，印发了通知。", True),
        ("今年以来，云汀水厂新建了实验室。", False),
        ("三年来，全长一百公里的三条地铁线先后建成。", False),
        ("未来也将持续与各界合作。", True),
        ("今(113)年再度争取到经费补助。", True),
        ("目前仍有三座水厂在建。", False),
        ("今天还举行了水务研讨会。", False),
        ("为打造希望家园，云汀市举办招聘会。", False),
        ("为打造希望家园，要加快推进工程。", True),
        ("筹款目标为6.6万元。", True),
        ("培训费用1200元。", True),
        ("全球总部位于听涛路。", True),
    ],
)
def test_a_sentence_may_lack_its_subject(sentence: str, lacks: bool) -> None:
    assert lacks_subject(sentence) is lacks


@given(st.text("云汀市水厂投产表示，；：。“”（）如果其中将12", min_size=1, max_size=60))
def test_a_form_is_the_sentence_with_clauses_left_out(sentence: str) -> None:
    for form in compressions(sentence, [1.0] * len(sentence)):
        kept = "".join(sentence[start:end] for start, end in form.spans)
        assert form.text.rstrip(MARKS) == kept.rstrip(MARKS)
        assert all(a < b for a, b in form.spans)
        assert all(left[1] < right[0] for left, right in zip(form.spans, form.spans[1:], strict=False))


@given(st.text("云汀市水厂，；：。“”（）12如", min_size=1, max_size=60))
def test_clauses_lose_no_character_and_need_only_earlier_ones(sentence: str) -> None:
    clauses = parse(sentence)
    assert "".join(clause.text for clause in clauses) == sentence
    assert all(needed < at for at, clause in enumerate(clauses) for needed in clause.needs)


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("报道称，罗岚的货运增长两成。", True),
        ("声明还称，在海外的市民应注意安全。", True),
        ("文章认为，港口需要扩建。", True),
        ("市长柏舟昨日在现场表示。", True),
        ("11月20日，市长柏舟出席年会时表示。", True),
        ("会议同意将上述草案提请表决。", True),
        ("十一点至十四点是此类案件的高发时段。", True),
        ("作者认为，这可能说明湖水在变暖。", True),
        ("市长柏舟表示，这些水厂将扩建。", True),
        ("第二方面，水厂将扩建。", True),
        ("整场比赛，双方战成平局。", True),
        ("遗憾的是，他在决赛中落地失误。", True),
        ("11月20日，他们参观了水厂。", True),
        ("11月20日，柏舟参观了水厂。", False),
        ("水厂投产，这些水来自云汀湖。", False),
        ("百分之九十以上的人赞成。", False),
        ("会议指出，港口需要扩建。", False),
        ("据云汀晚报报道，港口需要扩建。", False),
        ("港口需要扩建，市长柏舟昨日表示。", False),
        ("柏舟说：“港口需要扩建。”市长昨日在现场表示。", False),
    ],
)
def test_a_sentence_may_need_the_one_before(sentence: str, before: bool) -> None:
    assert points_back(sentence) is before
