"""What is left out inside a clause, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.summarization.extract.compression import compressions
from briefing.summarization.extract.omissions import omitted
from briefing.text.cut import balanced


def left(sentence: str, worth: float = 0.0) -> str:
    gone = omitted(sentence, [worth] * len(sentence))
    return "".join(char for at, char in enumerate(sentence) if at not in gone)


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("云汀市委常委、副市长柏舟走访水厂。", "副市长柏舟走访水厂。"),
        ("云汀省委常委、云汀市委书记、市长柏舟走访水厂。", "市长柏舟走访水厂。"),
        ("水务年会今天上午在云汀举行。", "水务年会在云汀举行。"),
        ("今日下午，望江桥通车。", "今日下午，望江桥通车。"),
        ("目前全市有35个站点。", "全市有35个站点。"),
        ("局长秦川在接受本报记者采访时表示，水价不涨。", "局长秦川表示，水价不涨。"),
        ("水務局長秦川在記者會上說，水價不漲。", "水務局長秦川說，水價不漲。"),
        ("水厂发表声明称，水质达标。", "水厂称，水质达标。"),
        ("云汀、听涛、沧浪、白石等21个县受灾。", "云汀、听涛等21个县受灾。"),
        (
            "云汀一中“节水：从我做起”、二中《水的故事》、三中“一滴水”和四中《河》等四个方案获奖。",
            "云汀一中“节水：从我做起”、二中《水的故事》等四个方案获奖。",
        ),
    ],
)
def test_cheap_words_are_left_out(sentence: str, shorter: str) -> None:
    assert left(sentence) == shorter
    assert left(sentence, 1.0) == sentence


def test_a_date_in_brackets_takes_the_place_of_its_day() -> None:
    assert left("昨天（20日），水厂投产。", 1.0) == "20日，水厂投产。"


@pytest.mark.parametrize(
    "sentence",
    [
        "沧浪省省长、白石省省长秦川会谈。",
        "水务局局长、党组书记秦川讲话。",
        "云汀市委书记、市长出席。",
        "北京时间今天凌晨，奖项揭晓。",
        "今天还举行了研讨会。",
        "截至目前全市有35个站点。",
        "望江桥是全省目前最长的桥。",
        "他说：“今天上午水厂停产。”",
        "今天的云汀不缺水。",
        "工程现在由市里管理，他存在说谎之嫌。",
        "粮食、蔬菜的生产、加工的设备、运输等环节畅通。",
        "云汀、听涛两县受灾。",
    ],
)
def test_what_others_depend_on_stays(sentence: str) -> None:
    assert left(sentence) == sentence


def test_a_form_tells_which_places_it_keeps() -> None:
    sentence = "此外，云汀市委常委、副市长柏舟在接受采访时表示，水厂投产。"
    whole = max(compressions(sentence, [0.1] * len(sentence)), key=lambda form: len(form.text))
    assert whole.text == "副市长柏舟表示，水厂投产。"
    assert "".join(sentence[start:end] for start, end in whole.spans) == whole.text


PARTS = [
    "云汀市长",
    "、",
    "书记柏舟",
    "在会上",
    "说",
    "今天",
    "目前",
    "“今天上午说、目前等”",
    "（今天说）",
    "等",
    "，",
]


@given(st.lists(st.sampled_from(PARTS)))
def test_no_quotation_or_bracket_is_torn(parts: list[str]) -> None:
    shorter = left("".join(parts))
    assert balanced(shorter)
    assert "（今天说）" in shorter or "（今天说）" not in parts
