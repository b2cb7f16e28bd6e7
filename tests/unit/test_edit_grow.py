"""Summaries that grow where a page has room: by the article's own sentences, in its order, none twice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from briefing.edit.fit import fit
from briefing.edit.grow import LONGEST, grown, growths
from briefing.edit.subjects import subjects
from briefing.types import Article, Briefing, Section, Sentence, Story, Summary

SENTENCES = (
    "云汀港昨日新开两条外贸航线。",
    "他说，航线每周三班。",
    "港务公司把泊位增加到29个，岸桥换成了电动的。",
    "云汀港昨日新开外贸航线两条。",
    "水产商人陆晓棠订下了首班的12个冷藏箱。",
)
TEXT = "".join(SENTENCES)


def place(sentence: str) -> tuple[int, int]:
    start = TEXT.index(sentence)
    return start, start + len(sentence)


def story(*said: str, headline: str = "两条航线开通", score: float = 1.0) -> Story:
    article = Article(id=headline, headline=headline, paragraphs=(TEXT,))
    told = tuple(Sentence(text=one, evidence=(place(one),)) for one in said)
    return Story(article=article, summary=Summary(gist="", sentences=told, model="m"), score=score)


def briefing(*stories: Story) -> Briefing:
    return Briefing(
        title="每日简报",
        date=datetime.date(2026, 11, 20),
        sections=(Section(name="要闻", stories=stories),),
    )


def said(of: Briefing, number: int = 0) -> Sequence[str]:
    return [sentence.text for sentence in of.stories[number].summary.sentences]


def test_a_summary_grows_by_what_follows_and_says_nothing_twice() -> None:
    whole = briefing(story(SENTENCES[0]))
    more = [sentence.text for _, sentence in growths(whole)]
    assert more == [SENTENCES[1], SENTENCES[2], SENTENCES[4]]
    assert said(grown(whole, growths(whole))) == [SENTENCES[0], *more]


def test_a_sentence_that_leans_on_another_is_not_put_elsewhere() -> None:
    whole = briefing(story(SENTENCES[0], SENTENCES[2]))
    more = [sentence.text for _, sentence in growths(whole)]
    assert SENTENCES[4] in more
    begun = briefing(story(SENTENCES[2]))
    assert [sentence.text for _, sentence in growths(begun)] == [SENTENCES[3], SENTENCES[4]]


def test_each_story_grows_in_turn_the_first_in_rank_first() -> None:
    whole = briefing(story(SENTENCES[0], score=1.0), story(SENTENCES[0], headline="港口添了泊位", score=2.0))
    assert [number for number, _ in growths(whole)][:3] == [1, 0, 1]


def test_a_summary_without_evidence_stays_as_it_is() -> None:
    bare = Summary(gist="", sentences=(Sentence(text="云汀港通航。", evidence=()),), model="m")
    article = Article(id="a", headline="通航", paragraphs=(TEXT,))
    assert growths(briefing(Story(article=article, summary=bare))) == []


def test_where_there_is_room_the_sheet_is_filled_and_else_nothing_grows() -> None:
    def measure(of: Briefing, size: float) -> float:
        return sum(len(one.summary.text) for one in of.stories) * (size / 9) ** 2 / 120

    whole = briefing(story(SENTENCES[0]))
    fitted = fit(whole, measure, pages=1, sizes=(9.0, 12.0, 18.0))
    assert len(said(fitted.briefing)) > 1
    assert measure(fitted.briefing, fitted.size) <= 1
    tight = fit(whole, lambda of, size: measure(of, size) * 8, pages=1, sizes=(9.0, 12.0))
    assert said(tight.briefing) == [SENTENCES[0]]
    assert len(said(fitted.briefing)) <= len(SENTENCES)
    assert sum(map(len, said(fitted.briefing))) <= LONGEST


def test_a_line_of_the_overview_is_about_the_story_that_has_its_words() -> None:
    one, other = story(SENTENCES[0]), story(SENTENCES[2], headline="滨湖湿地白鹤归来")
    lines = ("两条航线开通", "滨湖湿地的白鹤归来", "客场逆转取胜")
    assert subjects(lines, briefing(one, other).sections) == ("两条航线开通", "滨湖湿地白鹤归来", "")
