"""False sentences out of true ones: each kind changes what it says it changes, to nothing that the article states."""

from __future__ import annotations

import random

import pytest

from briefing.text.chars import letters
from briefing.training.corruptions import KINDS, corrupted

ARTICLE = """云汀市明年改造164个老旧小区
市住建局局长陈望舒4月7日表示，明年全市将改造164个老旧小区，总投资21.6亿元，比今年增长12.5%。
河阳县副县长林其昌介绍，河阳县已建成社区食堂38个，累计服务老人超过26万人次，未发生食品安全事故。
市民政局局长周云帆指出，此前试点的15个社区全部完成验收，首次引入第三方评估，3家企业投标。
由于去年冬季雨水偏多，两处工地推迟开工，市政府决定自5月20日起向企业发放补贴3.2亿元。
云汀大学教授何晓岚认为，改造不能只看外墙，应当先修管网。
4月8日下午，何晓岚出席首个社区食堂的启用仪式并捐赠图书500册。"""
TRUE = {
    "subject": ("何晓岚出席首个社区食堂的启用仪式。", {"陈望舒出席首个社区食堂的启用仪式。"}),
    "figure": ("明年全市将改造164个老旧小区。", {"明年全市将改造38个老旧小区。", "明年全市将改造15个老旧小区。"}),
    "speaker": ("何晓岚认为，改造不能只看外墙。", {"林其昌认为，改造不能只看外墙。"}),
    "direction": ("总投资21.6亿元，比今年增长12.5%。", {"总投资21.6亿元，比今年下降12.5%。"}),
    "done": ("河阳县已建成社区食堂38个。", {"河阳县将建成社区食堂38个。"}),
    "negation": ("河阳县社区食堂未发生食品安全事故。", {"河阳县社区食堂已发生食品安全事故。"}),
    "time": ("市政府决定自5月20日起发放补贴。", {"市政府决定自4月7日起发放补贴。"}),
    "cause": ("由于去年冬季雨水偏多，两处工地推迟开工。", {"由于两处工地推迟开工，去年冬季雨水偏多。"}),
    "scope": ("试点的15个社区全部完成验收，首次引入第三方评估。", {"试点的15个社区部分完成验收，首次引入第三方评估。"}),
    "merged": ("副县长林其昌介绍，河阳县已建成社区食堂38个。", {"副县长林其昌介绍，改造不能只看外墙，应当先修管网。"}),
    "role": ("副县长林其昌介绍，河阳县已建成社区食堂38个。", {"县长林其昌介绍，河阳县已建成社区食堂38个。"}),
}  # fmt: skip


def made(kind: str, sentence: str, text: str = ARTICLE) -> set[str]:
    """All that comes out for a sentence under a few dozen seeds."""
    found = (corrupted(sentence, text, random.Random(seed), kind) for seed in range(40))
    return {one[0] for one in found if one}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_what_it_is_for(kind: str) -> None:
    sentence, expected = TRUE[kind]
    found = made(kind, sentence)
    assert expected <= found
    for false in found:
        assert letters(false) not in map(letters, ARTICLE.split("\n"))
        assert letters(false) != letters(sentence)
        assert 0.5 * len(sentence) < len(false) < 2 * len(sentence)


def test_the_same_state_gives_the_same_sentence_and_the_kind_is_named() -> None:
    for sentence, _ in TRUE.values():
        for seed in range(10):
            one, other = (corrupted(sentence, ARTICLE, random.Random(seed)) for _ in range(2))
            assert one == other
            assert one is not None
            assert one[1] in KINDS


def test_nothing_to_change_gives_nothing() -> None:
    for kind in KINDS:
        assert corrupted("雨停了，河面很静。", ARTICLE, random.Random(1), kind) is None
    with pytest.raises(KeyError):
        corrupted("雨停了，河面很静。", ARTICLE, random.Random(1), "mood")


def test_a_weaker_bound_is_not_false() -> None:
    """超过15万 follows from 超过26万; only the larger number is false."""
    text = "食堂累计服务超过26万人次。\n图书馆接待15万人次。\n车站接待40万人次。"
    assert made("figure", "食堂累计服务超过26万人次。", text) == {"食堂累计服务超过40万人次。"}


@pytest.mark.parametrize(
    ("kind", "sentence", "never"),
    [
        ("done", "他将材料移交检察机关，不久将在此任教。", "已材料"),
        ("done", "大桥有望于明年年底通车。", "已于明年"),
        ("negation", "企业不断扩大生产，不仅如此还招工。", "企业断"),
        ("direction", "今年进出口总额增长5%，经济增长率居前。", "下降率"),
        ("scope", "全国人大代表到场，人均住房面积居前。", "全省人大"),
        ("time", "活动自4月7日至20日举行。", "5月20日至20日"),
    ],
)
def test_what_would_not_be_fluent_is_left(kind: str, sentence: str, never: str) -> None:
    assert not any(never in false for false in made(kind, sentence))


def test_what_the_article_says_as_well_is_left() -> None:
    """Both places had the meeting, and both grew: neither can stand for the other."""
    text = "北京和上海都举行了会议。\n北京产值增长5%。\n上海产值增长5%。"
    assert made("subject", "北京产值增长5%。", text) == set()
