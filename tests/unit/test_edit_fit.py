"""Fitting: never over the pages, nothing lost, nothing invented, the first stories give way last, more room shows no less."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.edit.fit import fit
from briefing.messages import Message
from briefing.types import Article, Briefing, Form, Problem, Section, Sentence, Story, Summary

SIZES = (9.0, 9.5, 10.0, 10.5, 11.0)
PARTS = {Form.FULL: 3, Form.SHORT: 3, Form.LINE: 1, Form.HEADLINE: 1}
ORDER = (Form.FULL, Form.SHORT, Form.LINE, Form.HEADLINE)


def story(number: int, score: float, sentences: tuple[int, ...]) -> Story:
    article = Article(id=str(number), headline=f"云汀市第{number}号新闻", paragraphs=("甲" * 100,))
    said = tuple(Sentence(text="乙" * size, evidence=()) for size in sentences)
    return Story(
        article=article, summary=Summary(gist="云汀要点" * 3, sentences=said, model="m"), score=score
    )


def briefing(stories: list[Story], problems: int = 0, sections: int = 3) -> Briefing:
    return Briefing(
        title="每日简报",
        date=datetime.date(2026, 11, 20),
        sections=tuple(
            Section(name=str(i), stories=tuple(stories[i::sections]))
            for i in range(sections)
            if stories[i::sections]
        ),
        overview=tuple("要点" * 8 for _ in range(5)),
        problems=tuple(Problem(source=f"{i}.txt", message=Message("坏", "bad")) for i in range(problems)),
    )


def measure(of: Briefing, size: float) -> float:
    """Pages of 2,000 characters at 9 points, as a typesetter would count them; titles and counts take a little."""
    letters = 60 + sum(map(len, of.overview)) + 30 * len(of.problems)
    for section in of.sections:
        letters += 12
        for one in section.stories:
            if one.form in (Form.FULL, Form.SHORT):
                letters += 30 + len(one.article.headline) + len(one.summary.text)
            else:
                letters += 14 if one.form is Form.LINE else 12
    return letters * (size / SIZES[0]) ** 2 / 2000


briefings = st.lists(
    st.tuples(st.floats(-5, 50), st.lists(st.integers(10, 70), min_size=0, max_size=3).map(tuple)),
    max_size=120,
).map(lambda rows: briefing([story(i, *row) for i, row in enumerate(rows)]))


@given(briefings)
def test_never_over_and_nothing_lost(of: Briefing) -> None:
    fitted = fit(of, measure, pages=1, sizes=SIZES)
    assert measure(fitted.briefing, fitted.size) <= 1
    before = {one.article.id: one for one in of.stories}
    after = fitted.briefing.stories
    assert len(after) + sum(section.more for section in fitted.briefing.sections) == len(of.stories)
    assert {one.article.id for one in after} <= before.keys()
    for one in after:
        said = before[one.article.id].summary.sentences
        assert one.summary.sentences == said[: len(one.summary.sentences)]
        assert said == () or one.summary.sentences


@given(briefings)
def test_a_better_story_never_has_a_lesser_form(of: Briefing) -> None:
    fitted = fit(of, measure, pages=1, sizes=SIZES).briefing
    forms = {one.article.id: ORDER.index(one.form) for one in fitted.stories}
    best = {max(section.stories, key=lambda one: one.score).article.id for section in of.sections}
    several = [one for one in of.stories if len(one.summary.sentences) > 1 and one.article.id not in best]
    ranked = [forms.get(one.article.id, len(ORDER)) for one in sorted(several, key=lambda one: -one.score)]
    assert ranked == sorted(ranked)


@given(briefings)
def test_more_room_never_shows_less(of: Briefing) -> None:
    small, large = (fit(of, measure, pages=pages, sizes=SIZES) for pages in (1, 2))
    assert large.steps_taken <= small.steps_taken
    shown = [
        {one.article.id: ORDER.index(one.form) for one in made.briefing.stories} for made in (small, large)
    ]
    assert all(shown[1][id] <= form for id, form in shown[0].items())


@given(briefings)
def test_no_step_is_taken_too_many(of: Briefing) -> None:
    """A hair less room than the fitted page takes asks for one step more at least."""
    fitted = fit(of, measure, pages=1, sizes=SIZES[:1])
    if fitted.steps_taken not in (0, fitted.steps):
        taken = measure(fitted.briefing, SIZES[0])
        tighter = fit(of, lambda b, size: measure(b, size) + 1 - taken + 1e-9, pages=1, sizes=SIZES[:1])
        roomier = fit(of, lambda b, size: measure(b, size) + 1 - taken - 1e-9, pages=1, sizes=SIZES[:1])
        assert roomier.steps_taken <= fitted.steps_taken < tighter.steps_taken
        assert measure(roomier.briefing, SIZES[0]) <= 1


def test_little_takes_large_type_and_gives_nothing() -> None:
    of = briefing([story(0, 1.0, (40, 40))])
    fitted = fit(of, measure, pages=1, sizes=SIZES)
    assert (fitted.briefing, fitted.size, fitted.steps_taken) == (of, 11.0, 0)


def test_many_leave_the_first_whole_and_count_the_last() -> None:
    of = briefing([story(i, 300.0 - i, (60, 50)) for i in range(300)])
    fitted = fit(of, measure, pages=1, sizes=SIZES).briefing
    assert fitted.sections[0].stories[0] == of.sections[0].stories[0]
    assert sum(section.more for section in fitted.sections) > 200
    assert {one.form for one in fitted.stories} == set(ORDER)
    assert measure(fitted, SIZES[0]) > 0.95


def test_no_section_is_left_without_a_line() -> None:
    of = briefing([story(i, 300.0 - i if i % 3 else -float(i), (60, 50)) for i in range(300)])
    fitted = fit(of, measure, pages=1, sizes=SIZES).briefing
    assert all(section.stories for section in fitted.sections)
    assert fitted.sections[0].stories[0] == replace(of.sections[0].stories[0], form=Form.HEADLINE)
    assert [section.more + len(section.stories) for section in fitted.sections] == [100, 100, 100]


def test_problems_are_counted_before_a_story_gives_way() -> None:
    of = briefing([story(0, 1.0, (40,))], problems=200)
    fitted = fit(of, measure, pages=1, sizes=SIZES).briefing
    assert (len(fitted.problems), fitted.more_problems) == (3, 197)
    assert fitted.stories == of.stories and fitted.overview == of.overview


def test_the_overview_gives_way_last() -> None:
    of = replace(briefing([story(0, 1.0, (40,))]), overview=("要" * 500,) * 5)
    fitted = fit(of, measure, pages=1, sizes=SIZES).briefing
    assert (len(fitted.overview), fitted.stories) == (3, ())
    assert sum(section.more for section in fitted.sections) == 1


def test_one_story_that_is_longer_than_the_page_becomes_a_line() -> None:
    of = briefing([story(0, 1.0, (5000,))])
    (fitted,) = fit(of, measure, pages=1, sizes=SIZES).briefing.stories
    assert fitted.form is Form.LINE


@pytest.mark.parametrize("count", [0, 1, 25, 300])
def test_it_asks_about_fifteen_times(count: int) -> None:
    asked = 0

    def counting(of: Briefing, size: float) -> float:
        nonlocal asked
        asked += 1
        return measure(of, size)

    fit(briefing([story(i, float(-i), (60, 50)) for i in range(count)]), counting, pages=1, sizes=SIZES)
    assert asked <= 16
