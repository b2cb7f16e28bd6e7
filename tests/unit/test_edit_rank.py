"""Rank: every score is explained, wishes are heard, nothing is dropped, and ties fall the same way each time."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.edit.rank import MUTED, Wishes, home_of, page_ordinal, ranked, scored_story
from briefing.types import Article, Story, Summary

TEXT = "云汀港昨日开通第29条外贸航线，港口集团董事长鲁平舟说，首航装运光伏组件812箱。"
NONE = Wishes()


def story(
    headline: str = "云汀港再添一条航线", text: str = TEXT, *, also: tuple[Article, ...] = (), **named: Any
) -> Story:
    named = {"id": headline, "source": "a.txt"} | named
    article = Article(headline=headline, paragraphs=(text,), **named)
    return Story(article=article, summary=Summary(gist=headline, sentences=(), model="test"), also=also)


def points(told: Story, wishes: Wishes = NONE) -> dict[str, float]:
    return {reason.name.en: reason.points for reason in scored_story(told, wishes).reasons}


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("1", 1), ("01", 1), ("A1", 1), ("a01", 1), ("第01版", 1), ("第一版", 1), ("头版", 1), ("12", 12), ("A12", 12),
        ("B1", 17), ("第3版", 3), (None, None), ("", None), ("综合新闻", None), ("0", None), ("2026", None),
    ],
)  # fmt: skip
def test_pages_have_numbers(page: str | None, number: int | None) -> None:
    assert page_ordinal(page) == number


def test_the_front_page_and_the_first_place_come_first() -> None:
    pages = [
        story(f"第{n}条", page_number=page, order=order)
        for n, (page, order) in enumerate([("3", 0), ("1", 1), ("1", 0), ("B1", 0)])
    ]
    assert [told.article.headline for told in ranked(pages)] == ["第2条", "第1条", "第0条", "第3条"]


def test_every_rule_gives_its_points_and_says_what_it_found() -> None:
    other = Article(id="b", headline="云汀港通航", paragraphs=(TEXT,), source="b.txt", paper="江屿晚报")
    told = story(page_number="01", kicker="新航线", paper="云汀日报", also=(other,), text=TEXT * 12)
    scored = scored_story(told, Wishes(boost=("航线",), watch=("鲁平舟",), mute=("港口",)))
    found = {reason.name.zh: (reason.points, reason.found) for reason in scored.reasons}
    assert found["版次"] == (3.0, "01")
    assert found["版面位置"] == (2.0, "1")
    assert found["标题规格"] == (0.5, "新航线")
    assert found["篇幅"][0] == round(0.75 * math.log2(len(TEXT * 12) / 200), 2)
    assert found["刊载"] == (1.5, "云汀日报、江屿晚报")
    assert found["关心的词"] == (6.0, "航线")
    assert found["关注名单"] == (6.0, "鲁平舟")
    assert found["屏蔽的词"] == (MUTED, "港口")
    assert scored.score == round(sum(reason.points for reason in scored.reasons), 2)


def test_a_boosted_word_counts_more_in_the_headline_and_a_watched_one_anywhere() -> None:
    wishes = Wishes(boost=("光伏",), watch=("光伏",))
    assert points(story("光伏出海"), wishes)["boosted words"] == 6.0
    assert points(story(), wishes)["boosted words"] == 3.0
    assert points(story("光伏出海"), wishes)["watch list"] == points(story(), wishes)["watch list"] == 6.0
    assert "boosted words" not in points(story(), Wishes(boost=("", " ", "熊猫")))


def test_words_are_found_in_any_case_and_in_what_other_papers_wrote() -> None:
    other = Article(id="b", headline="Robotaxi上路", paragraphs=("",), source="b.txt")
    assert points(story(also=(other,)), Wishes(boost=("robotaxi",)))["boosted words"] == 6.0


def test_a_muted_story_sinks_below_all_and_stays() -> None:
    front = story("彩票开奖", page_number="1", kicker="特别关注", text="云汀市福利彩票昨日开奖。" * 200)
    poor = story("一则短讯", text="", order=40)
    wishes = Wishes(mute=("彩票",), boost=("彩票",), watch=("彩票", "开奖", "福利"))
    assert [told.article.headline for told in ranked([front, poor], wishes)] == ["一则短讯", "彩票开奖"]


def test_a_muted_word_far_down_mutes_nothing() -> None:
    assert "muted words" not in points(story(text=TEXT * 20 + "彩票"), Wishes(mute=("彩票",)))


def test_ties_fall_the_same_way() -> None:
    pages = [story("同分", id=name, source=name) for name in "cab"]
    assert [told.article.id for told in ranked(pages)] == ["a", "b", "c"]


STORIES = st.lists(
    st.builds(
        story,
        st.text(alphabet="云汀港市江屿彩票通航", max_size=8),
        st.text(alphabet="云汀港市，。彩票3 ", max_size=60),
        id=st.text(alphabet="abc", min_size=1, max_size=2),
        page_number=st.sampled_from([None, "1", "02", "B3", "综合"]),
        order=st.integers(0, 9),
        paper=st.sampled_from([None, "云汀日报"]),
    ),
    max_size=12,
)
WISHES = st.builds(
    Wishes, *(st.lists(st.sampled_from(["云汀", "彩票", "港", ""]), max_size=2).map(tuple) for _ in range(3))
)


@settings(max_examples=60, deadline=None)
@given(STORIES, WISHES, st.randoms(use_true_random=False))
def test_none_is_lost_and_the_order_given_does_not_matter(
    stories: list[Story], wishes: Wishes, random: Any
) -> None:
    found = ranked(stories, wishes)
    assert sorted(told.article.id for told in found) == sorted(told.article.id for told in stories)
    assert list(found) == sorted(found, key=lambda told: -told.score)
    for told in found:
        assert told.score == round(math.fsum(reason.points for reason in told.reasons), 2)
        assert all(reason.points for reason in told.reasons)
        assert (told.score < 0) == any(reason.points == MUTED for reason in told.reasons)
    shuffled = list(stories)
    random.shuffle(shuffled)
    assert ranked(shuffled, wishes) == found


def test_offices_come_in_their_order_and_may_be_switched_off() -> None:
    told = [
        story("市长调研供热管网", "市长沈砚秋19日到热力公司调研。"),
        story("省委书记到港口调研", "江屿省委书记李明山19日到云汀港调研。"),
        story("供热管网提前升温", "本报讯 云汀市市长沈砚秋19日说，供热提前两天。"),
        story("市长热线接通率提高", "云汀市民服务热线上月接通率提高。"),
        story("原副省长受审", "江屿省原副省长受贿一案开庭。"),
    ]
    assert [points(one).get("protocol", 0.0) for one in told] == [2.0, 3.0, 1.5, 0.0, 0.0]
    assert not any("protocol" in points(one, Wishes(protocol=False)) for one in told)


def test_the_papers_own_city_comes_before_far_places() -> None:
    near = [story(f"新馆{n}开放", f"本报讯 云汀图书馆{n}号馆昨日开放。", paper="云汀日报") for n in (1, 2)]
    far = story("远港通航", "本报讯 北泽港昨日通航。", paper="云汀日报")
    assert home_of([*near, far]) == "云汀" and home_of([far]) == ""
    assert home_of([story(paper="人民日报", text="人民大会堂今日开放。") for _ in range(3)]) == ""
    homes = {
        r.article.headline: [x.found for x in r.reasons if x.name.en == "home"] for r in ranked([*near, far])
    }
    assert homes == {"新馆1开放": ["云汀"], "新馆2开放": ["云汀"], "远港通航": []}
    assert points(far, Wishes(home="北泽"))["home"] == 1.5


def test_lives_rise_and_slogans_without_news_sink() -> None:
    assert points(story("化工厂爆炸3人遇难"))["lives"] == 2.0
    slogan = story("凝心聚力谱写新篇章", "今年以来，全市上下积极行动。")
    assert points(slogan)["slogan"] == -2.0
    assert "slogan" not in points(story("高质量发展：产值增长9%", "前10月，全市工业产值增长9%。"))
