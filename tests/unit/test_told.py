"""What was told before: a report without news is known, one with news goes on."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from briefing.edit.duplicates import EventGroup
from briefing.edit.follow_up import follow_ups
from briefing.edit.told import continuations
from briefing.types import Article, Briefing, Earlier, Section, Sentence, Story, Summary

DAY = datetime.date(2026, 11, 19)
NEXT = DAY + datetime.timedelta(days=1)
HEADLINE = "望江桥11月19日提前通车"
BRIDGE = (
    "全长1860米的望江桥11月19日提前二十天通车，两岸通勤时间由四十五分钟缩短到二十五分钟。",
    "市交通局局长范明远说，桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放。",
    "家住江东的陈女士算了一笔账：以前绕行老桥，一个月油费六百元，现在只要三百五十元。",
)


def article(headline: str, *paragraphs: str, day: datetime.date = NEXT) -> Article:
    return Article(id=headline, headline=headline, paragraphs=paragraphs, date=day, paper="云汀日报")


TOLD = article(HEADLINE, *BRIDGE, day=DAY)


def news(headline: str, *paragraphs: str, told: Article = TOLD) -> tuple[str, ...] | None:
    """What a report brings beside the one that was told; None where it is another event."""
    (found,) = continuations([article(headline, *paragraphs)], [told])
    return found.new if found else None


@pytest.mark.parametrize(
    ("headline", "paragraphs"),
    [
        (HEADLINE, BRIDGE),
        (HEADLINE, BRIDGE[:2]),
        ("望江桥提前通车 通勤二十五分钟", ("本报讯（记者 顾承安）" + BRIDGE[0], BRIDGE[2])),
        ("望江桥提前二十天通车", (BRIDGE[0].replace("11月19日", "昨日"), *BRIDGE[1:])),
        ("望江桥提前开通", (BRIDGE[0].replace("通车", "开通"), *BRIDGE[1:])),
        (
            HEADLINE,
            ("“望江桥”11月19日提前二十天通车，全长1860米，两岸通勤时间缩短到二十五分钟。", *BRIDGE[1:]),
        ),
    ],
)
def test_a_report_without_news_is_told_already(headline: str, paragraphs: tuple[str, ...]) -> None:
    assert news(headline, *paragraphs) == ()


@pytest.mark.parametrize(
    ("headline", "first", "word"),
    [
        (
            HEADLINE,
            "望江桥11月19日提前二十天通车，首日通过车辆3.2万辆，公交客流1.1万人次，发放手册8600份。",
            "32000",
        ),
        ("望江桥通车第二天封闭检修", "望江桥11月20日零时起封闭检修，两岸通勤改走老桥。", "封闭"),
        ("望江桥通车引发各界热烈反响", "望江桥提前二十天通车，引发市民热烈反响。", "反响"),
        ("望江桥单日车流破3万辆", "望江桥11月19日提前通车，两岸通勤时间缩短到二十五分钟。", "30000"),
        (
            "市长李明远走访望江桥",
            "市长李明远11月20日走访提前通车的望江桥，步行过江用了二十五分钟。",
            "11月20日",
        ),
    ],
)
def test_a_report_with_news_goes_on(headline: str, first: str, word: str) -> None:
    new = news(headline, first, *BRIDGE[1:])
    assert new is not None and word in new


def test_a_longer_report_of_a_clear_headline_is_told_already() -> None:
    more = (
        "桥梁设计师顾承安回忆，当年勘察时江面还有渡船，老艄公带着他们量过水深。",
        "茶馆老板娘把窗户换成了落地玻璃，说以后喝茶的人可以看灯。",
        "摄影协会会长组织会员架起三脚架，拍下晨雾里的钢索。",
    )
    assert news(HEADLINE, *BRIDGE[:2], *more) == ()
    assert news("望江桥11月19日提前通车 老桥同日封闭", *BRIDGE[:2], *more)


def test_a_statement_on_what_was_told_is_news() -> None:
    assert news(HEADLINE, "“望江桥通车，两岸就是一座城。”范明远在桥头说。", *BRIDGE) == ("评论",)


def test_what_was_ahead_and_now_is_done_is_news() -> None:
    planned = article("望江桥将于11月19日通车", "全长1860米的望江桥将于11月19日通车。", *BRIDGE[1:], day=DAY)
    assert news("望江桥11月19日通车", *BRIDGE, told=planned) == ("已",)


@pytest.mark.parametrize(
    ("headline", "first"),
    [
        ("云汀港开通新航线", "云汀港11月19日开通首条远洋航线，全年将开行48班。"),
        ("滨湖大桥开工", "全长2300米的滨湖大桥11月20日开工，工期三年。"),
    ],
)
def test_another_event_is_no_continuation(headline: str, first: str) -> None:
    assert news(headline, first) is None


def test_the_next_of_a_series_is_not_told_already() -> None:
    second = "市人大常委会第二次会议11月18日在云汀举行，主任周启明主持，审议了城市更新条例草案。"
    third = "市人大常委会第三次会议11月20日在云汀举行，主任周启明主持，审议了养犬管理条例草案。"
    told = article("市人大常委会举行第二次会议", second, day=DAY)
    assert news("市人大常委会举行第三次会议", third, told=told) != ()


def test_what_is_new_is_new_beside_all_that_was_told() -> None:
    both = [
        TOLD,
        article(
            "望江桥通车首日车流3.2万辆", "望江桥11月19日通车，首日通过车辆3.2万辆。", *BRIDGE[1:], day=DAY
        ),
    ]
    today = article("望江桥首日车流3.2万辆", "望江桥11月19日提前通车，首日通过车辆3.2万辆。", *BRIDGE[1:])
    (alone,), (beside,) = continuations([today], both[:1]), continuations([today], both)
    assert alone and alone.new and beside and beside.new == ()


# ---- the edition


def story(one: Article, *sentences: str) -> Story:
    said = tuple(Sentence(text=text, evidence=((0, 1),)) for text in sentences)
    return Story(article=one, summary=Summary(gist="望江桥通车", sentences=said, model="extract"))


def edition(*stories: Story) -> Briefing:
    return Briefing(title="每日简报", date=DAY, sections=(Section(name="", stories=stories),))


def test_events_told_are_counted_and_others_say_what_stood_before() -> None:
    yesterday = edition(story(TOLD, BRIDGE[0]))
    again = article("望江桥提前通车", *BRIDGE)
    further = article(
        "望江桥封闭检修", "望江桥11月20日零时起封闭检修，两岸通勤改走老桥，全长1860米。", *BRIDGE[1:]
    )
    other = article("云汀港开通新航线", "云汀港11月20日开通首条远洋航线，全年将开行48班。")
    found = follow_ups([EventGroup(main=one) for one in (again, further, other)], [yesterday])
    assert [group.main for group in found.groups] == [further, other]
    assert found.told == (Earlier(date=DAY, headline=HEADLINE, gist="望江桥通车"),)
    going_on, new = found.applied(
        [story(further, BRIDGE[0], "望江桥20日起封闭检修。"), story(other, "云汀港开通航线。")]
    )
    assert going_on.earlier == found.told[0] and new.earlier is None
    assert [one.text for one in going_on.summary.sentences] == ["望江桥20日起封闭检修。", BRIDGE[0]]


def test_sentences_that_lean_on_one_another_keep_their_order() -> None:
    further = article(
        "望江桥封闭检修", "望江桥11月20日零时起封闭检修，两岸通勤改走老桥，全长1860米。", *BRIDGE[1:]
    )
    found = follow_ups([EventGroup(main=further)], [edition(story(TOLD, BRIDGE[0]))])
    told = (BRIDGE[0], "此后封闭检修三天。")
    (going_on,) = found.applied([story(further, *told)])
    assert tuple(one.text for one in going_on.summary.sentences) == told


def test_without_earlier_editions_everything_is_news() -> None:
    groups = (EventGroup(main=TOLD), EventGroup(main=replace(TOLD, id="other")))
    assert follow_ups(groups, []).groups == groups
