"""Lines under a story that are the site's: whom it cares for, hotlines, what is for members only; and captions."""

from __future__ import annotations

import pytest

from briefing.read.web_captions import WORDS
from briefing.read.web_furniture import SIMPLIFIED, Furniture, furniture_of, is_byline, without_editors


@pytest.mark.parametrize(
    "line",
    [
        "★云汀日报关心您：再给自己一次机会",
        "●《雲汀新聞網》提醒您，請給自己機會：",
        "自殺防治諮詢安心專線：0800-000000（24小時）",
        "生命线协谈专线：1999",
        "心理援助热线：0570-88880000，全天24小时",
        "自殺解決不了問題，卻留給家人悲痛。請珍惜生命。",
        "云汀晚报提醒您：饮酒过量，有害健康",
        "禁止酒驾 酒后不开车，安全有保障",
        "您所瀏覽的新聞已過查詢時效。建議您加入雲汀社付費會員。",
        "登录会员后可阅读全文",
        "本文为付费内容",
        "还有76%未读",
    ],
)
def test_a_notice_ends_the_article(line: str) -> None:
    assert furniture_of(line) is Furniture.CREDIT


@pytest.mark.parametrize(
    "line",
    [
        "警方提醒大家，出行请注意安全。",
        "气象台提醒您，明天有雨，请带伞。",
        "市反诈中心热线开通，市民可拨打96110咨询。",
        "市妇联负责人说，家暴求助电话去年接到2300个来电。",
        "云汀剧院会员日，订阅全年节目单的观众可八折观看。",
        "市民应珍惜生命，远离毒品，这是柏舟在会上说的第一句话。",
    ],
)
def test_what_the_story_tells_is_kept(line: str) -> None:
    assert furniture_of(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "下月拍卖的房子在万大路。（圖翻攝自地圖）",
        "大火后的轮胎行。（记者林叶摄）",
        "柏舟在现场。（資料照）",
        "望江桥夜景（照片由市档案馆提供）",
    ],
)
def test_a_caption_may_name_its_source_in_brackets(line: str) -> None:
    assert WORDS.fullmatch(line.translate(SIMPLIFIED))


def test_a_sentence_with_brackets_is_no_caption() -> None:
    assert not WORDS.fullmatch("三号线（一期）昨日开通，票价两元（学生半价）。")


@pytest.mark.parametrize(
    "line", ["記者林葉／罗岚報導", "社會中心／綜合報導", "〔即時新聞／綜合報導〕", "国际新闻组/综合外电"]
)
def test_a_byline_of_two_parts(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["云汀社记者", "本报记者", "云汀日报特约评论员", "本网通讯员"])
def test_a_byline_whose_names_are_lost(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["他做过六年记者", "柏舟在现场答记者", "本报记者走访了三个菜场"])
def test_a_line_about_reporters_is_no_byline(line: str) -> None:
    assert not is_byline(line)


def test_a_call_at_the_end_of_a_paragraph_goes() -> None:
    assert (
        without_editors("将进一步厘清死因。（林叶／云汀报导）《云汀》關心你")
        == "将进一步厘清死因。（林叶／云汀报导）"
    )


@pytest.mark.parametrize("line", ["云汀社记者柏舟 江屿", "记者蒋 凌", "本报记者 柏舟 江屿"])
def test_reporters_are_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize("line", ["云汀社记者在现场看到大桥", "记者手记", "记者从市交通局获悉"])
def test_what_reporters_do_is_no_byline(line: str) -> None:
    assert not is_byline(line)
