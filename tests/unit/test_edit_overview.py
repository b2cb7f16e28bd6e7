"""今日要点: three to five lines that the page prints nowhere else, and no story the worse for it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.edit.overview import ENOUGH, LONGEST, lift_overview, overview
from briefing.types import Article, Section, Sentence, Story, Summary


def story(
    headline: str, gist: str = "", summary: str = "", text: str = "", score: float = 1.0, **named: Any
) -> Story:
    also = named.pop("also", ())
    article = Article(id=headline, headline=headline, paragraphs=(text,), **named)
    sentences = (Sentence(text=summary, evidence=()),) if summary else ()
    return Story(
        article=article, summary=Summary(gist=gist, sentences=sentences, model="test"), score=score, also=also
    )


def filled(*stories: Story) -> list[Section]:
    """The stories and as many more, of lower scores, as a briefing with an overview needs."""
    more = [
        story(f"第{n}则本市消息", f"第{n}个要点在这里", f"第{n}则消息的摘要。", score=0.5 - n / 100)
        for n in range(2 * ENOUGH)
    ]
    return [Section(name="要闻", stories=stories), Section(name="综合", stories=tuple(more))]


def test_the_highest_scores_are_on_top_and_their_gists_go_there() -> None:
    port = story("云汀港通航", "外贸航线增至29条", "云汀港昨日通航。", score=9)
    bridge = story("白沙大桥封闭养护", "每晚23时至次日5时绕行", "大桥今晚起养护。", score=5)
    lines, sections = lift_overview(filled(bridge, port))
    assert lines[:2] == ("外贸航线增至29条", "每晚23时至次日5时绕行")
    assert [told.summary.gist for told in sections[0].stories] == ["", ""]
    assert [told.article for told in sections[0].stories] == [bridge.article, port.article]
    assert sections[0].stories[1].summary.sentences == port.summary.sentences


def test_a_gist_that_repeats_what_is_printed_is_no_line() -> None:
    same = story("云汀港通航", "云汀港 通航。", score=9)
    leads = story("大桥养护", "白沙大桥今晚起养护", "白沙大桥今晚起养护，请绕行。", score=8)
    lines, sections = lift_overview(filled(same, leads))
    assert not {"云汀港 通航。", "白沙大桥今晚起养护"} & set(lines)
    assert [told.summary.gist for told in sections[0].stories] == ["云汀港 通航。", "白沙大桥今晚起养护"]


def test_other_words_of_the_papers_are_taken_instead() -> None:
    other = Article(id="o", headline="港口又多一条新航线", paragraphs=("",))
    stories = (
        story("云汀港通航", "云汀港通航", score=9, also=(other,)),
        story("供热提前两天升温", "供热提前两天升温", score=8, kicker="市政府常务会议"),  # printed as it is
        story("白鹤归来", "白鹤归来", score=7, deck="数量为十年最多"),
        story(
            "云汀图书馆延长开放", "云汀图书馆延长开放", "图书馆夜间开放。", score=6,
            text="图书馆夜间开放。他们说好。云汀图书馆的自习室今后开放到23时30分。馆长说，“云汀图书馆欢迎大家。”",
        ),
    )  # fmt: skip
    assert overview([told for section in filled(*stories) for told in section.stories])[:3] == (
        "港口又多一条新航线",
        "白鹤归来：数量为十年最多",
        "云汀图书馆的自习室今后开放到23时30分",
    )


def test_a_muted_story_is_never_on_top() -> None:
    muted = story("彩票开奖", "头奖落在汀南县", score=-90.0)
    rest = [story(f"消息{n}", f"要点{n}", score=-95.0) for n in range(9)]
    assert lift_overview([Section(name="要闻", stories=(muted, *rest))])[0] == ()


def test_a_short_briefing_has_none() -> None:
    few = [story(f"消息{n}", f"要点{n}") for n in range(ENOUGH - 1)]
    assert overview(few) == ()


def test_fewer_than_three_lines_are_none() -> None:
    same = [story(f"第{n}则消息", f"第{n}则消息") for n in range(9)]
    sections = [Section(name="要闻", stories=(*same, story("通航", "新航线", score=3)))]
    assert lift_overview(sections) == ((), tuple(sections))


def test_a_line_is_given_once() -> None:
    twice = (story("甲地通航", "航线增至29条", score=9), story("乙地通航", "航线增至29条", score=8))
    lines, _ = lift_overview(filled(*twice))
    assert "航线增至29条" not in lines  # the other story prints it below


STORIES = st.lists(
    st.builds(
        story,
        st.text(alphabet="云汀港通航桥", max_size=6),
        st.text(alphabet="云汀港通航桥增，", max_size=8),
        st.text(alphabet="云汀港通航桥。", max_size=12),
        st.text(alphabet="云汀港通航桥增。，“", max_size=40),
        st.floats(-5, 20, allow_nan=False),
        kicker=st.one_of(st.none(), st.text(alphabet="云汀港", max_size=4)),
        deck=st.one_of(st.none(), st.text(alphabet="通航桥", max_size=4)),
    ),
    max_size=14,
)


def bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@settings(max_examples=200, deadline=None)
@given(STORIES, st.integers(0, 5))
def test_no_line_is_printed_below_and_no_story_is_lost(stories: list[Story], at: int) -> None:
    sections = [
        Section(name="要闻", stories=tuple(stories[:at])),
        Section(name="综合", stories=tuple(stories[at:])),
    ]
    lines, below = lift_overview(sections)
    assert lines == () or 3 <= len(lines) <= 5
    assert [told.article for section in below for told in section.stories] == [
        told.article for told in stories
    ]
    assert [section.name for section in below] == ["要闻", "综合"]
    assert len(set(map(bare, lines))) == len(lines)
    for line in lines:
        assert 0 < len(line) <= LONGEST
        for told in (told for section in below for told in section.stories):
            article = told.article
            printed = [
                article.headline,
                article.kicker or "",
                article.deck or "",
                told.summary.gist,
                told.summary.text,
            ]
            assert not any(bare(line) in bare(text) for text in printed)
    assert lift_overview(sections) == (lines, below)
