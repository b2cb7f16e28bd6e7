"""Twins: one event told twice becomes one group, and two events never do, as far as the invented pairs go."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.edit.duplicates import EventGroup, grouped
from briefing.edit.likeness import likeness, traces
from briefing.types import Article

DATA = json.loads((Path(__file__).parents[1] / "data/edit/twins.json").read_text("utf-8"))
EVENTS: dict[str, dict[str, Any]] = {event["name"]: event for event in DATA["events"]}


def article(name: str, kind: str, headline: str, text: str) -> Article:
    return Article(
        id=f"{name}.{kind}", headline=headline, paragraphs=(text,), source=f"{kind}-{name}.txt", paper=kind
    )


@cache
def told(name: str) -> tuple[Article, ...]:
    """The event's full report, its shortened print, and another paper's words."""
    event = EVENTS[name]
    cut = event["full"][1].split("|")
    return (
        article(name, "full", event["full"][0], "".join(cut)),
        article(name, "keep", event["full"][0], "".join(cut[at] for at in event["keep"])),
        article(name, "other", *event["other"]),
    )


@cache
def apart(name: str) -> tuple[Article, ...]:
    return tuple(article(name, f"apart{at}", *row) for at, row in enumerate(EVENTS[name]["apart"]))


def half(which: str) -> list[Article]:
    return [
        one for name, event in EVENTS.items() if event["half"] == which for one in (*told(name), *apart(name))
    ]


def event_of(one: Article) -> str:
    name, kind = one.id.split(".")
    return one.id if kind.startswith("apart") else name


def members(groups: tuple[EventGroup, ...]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in (group.main, *group.also)) for group in groups}


@pytest.mark.parametrize(("which", "precision", "recall"), [("build", 1.0, 0.94), ("held", 0.94, 0.78)])
def test_twins_are_found_and_others_are_not(which: str, precision: float, recall: float) -> None:
    edition = half(which)
    found = traces(edition)
    pairs = list(combinations(range(len(edition)), 2))
    same = {pair for pair in pairs if event_of(edition[pair[0]]) == event_of(edition[pair[1]])}
    made = {pair for pair in pairs if EVENTS_OF[edition[pair[0]].id] == EVENTS_OF[edition[pair[1]].id]}
    got = {(i, j) for i, j in pairs if likeness(found[i], found[j]).is_same_event}
    figures = (len(got & same) / len(got), len(got & same) / len(same))
    print(
        f"\n{which}: {len(same)} pairs of one event, {len(made - same)} made to be mistaken, {len(pairs)} in all: "
        f"precision {len(got & same)}/{len(got)}, recall {len(got & same)}/{len(same)}"
    )
    assert figures >= (precision, 0.0)
    assert figures[1] >= recall


EVENTS_OF = {one.id: one.id.split(".")[0] for which in ("build", "held") for one in half(which)}


@pytest.mark.parametrize("name", EVENTS)
def test_a_shortened_print_is_a_twin_and_the_fullest_text_leads(name: str) -> None:
    full, keep, _ = told(name)
    (group,) = grouped([keep, full])
    assert group == EventGroup(main=full, also=(keep,))


KNOWN = {"bridge": "that the work is done is told with the numbers of the report that it would begin"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name, marks=[pytest.mark.xfail(reason=KNOWN[name], strict=True)] if name in KNOWN else []
        )
        for name in EVENTS
    ],
)
def test_what_only_looks_alike_stays_apart(name: str) -> None:
    others = apart(name)
    for one in told(name):
        for group in grouped([one, *others]):
            assert not group.also


def test_a_week_in_review_takes_no_report_in() -> None:
    review = apart("roundup")[0]
    groups = grouped(
        [review, *(told(name)[0] for name in ("port", "metro", "roundup", "volleyball", "meeting"))]
    )
    assert all(not group.also for group in groups)


def test_days_apart_are_not_one_event() -> None:
    full, keep, _ = told("port")
    first = datetime.date(2026, 11, 20)
    near = grouped([replace(full, date=first), replace(keep, date=first + datetime.timedelta(days=1))])
    far = grouped([replace(full, date=first), replace(keep, date=first + datetime.timedelta(days=2))])
    assert (len(near), len(far)) == (1, 2)


def test_one_page_tells_an_event_once_but_may_be_read_twice() -> None:
    full, keep, other = (replace(one, source="page1.txt") for one in told("port"))
    assert members(grouped([full, keep, other])) == {frozenset({full.id, keep.id}), frozenset({other.id})}


def test_numbers_are_compared_by_value() -> None:
    full, _, other = told("meeting")  # 1.8万吨 and 18000吨
    assert len(grouped([full, other])) == 1


@pytest.mark.parametrize(
    "odd",
    [
        Article(id="a", headline="", paragraphs=()),
        Article(id="b", headline="简讯", paragraphs=()),
        Article(id="c", headline="", paragraphs=("。",)),
        Article(id="d", headline="2026", paragraphs=("0 0% 1/2 00 一〇",)),
    ],
)
def test_articles_with_next_to_nothing_are_kept(odd: Article) -> None:
    full = told("port")[0]
    assert members(grouped([odd, full, replace(odd, id="z", source="z")])) >= {frozenset({full.id})}
    assert sum(1 + len(group.also) for group in grouped([odd, full, replace(odd, id="z", source="z")])) == 3


def test_no_articles_no_groups() -> None:
    assert grouped([]) == ()


POOL = [one for which in ("build", "held") for one in half(which)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(POOL), unique_by=lambda one: one.id, max_size=24),
    st.randoms(use_true_random=False),
)
def test_none_is_lost_none_invented_and_order_changes_nothing(edition: list[Article], random: Any) -> None:
    groups = grouped(edition)
    assert sorted(one.id for group in groups for one in (group.main, *group.also)) == sorted(
        a.id for a in edition
    )
    place = {one.id: at for at, one in enumerate(edition)}
    firsts = [min(place[one.id] for one in (group.main, *group.also)) for group in groups]
    assert firsts == sorted(firsts)
    for group in groups:
        assert all(len(group.main.text) >= len(one.text) for one in group.also)
        assert [place[one.id] for one in group.also] == sorted(place[one.id] for one in group.also)
    shuffled = list(edition)
    random.shuffle(shuffled)
    again = grouped(shuffled)
    assert members(again) == members(groups)
    assert {group.main.id for group in again} == {group.main.id for group in groups}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(POOL), st.sampled_from(POOL))
def test_likeness_is_symmetric(one: Article, other: Article) -> None:
    ours, theirs = traces([one, other])
    assert likeness(ours, theirs) == likeness(theirs, ours)
