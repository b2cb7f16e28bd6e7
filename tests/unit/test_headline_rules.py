"""The rules by which a group of title lines opens an article: named, exclusive, and reported."""

from __future__ import annotations

from briefing.read.markdown import read
from briefing.read.plain import page_of
from briefing.segmentation.articles import segment
from briefing.segmentation.headline_rules import RULES
from briefing.types import HeadlineDecision

PAGE = """## 望江桥提前通车

本报讯（记者 林叶舟）望江桥昨日通车，两岸通勤缩短二十分钟，市民排队驶上桥面。

### 桥下公园同步开放

桥下公园占地三公顷，望江桥通车当晚开放，市民在桥面下散步。

## 滨湖区护栏换新

滨湖区三千米护栏本周换新，工程月底完工，旧护栏全部回收。（记者 何又青）

## 三座老桥列入明年计划
"""


def decisions(text: str, *, single: bool = False) -> tuple[HeadlineDecision, ...]:

    return segment(next(iter(read("p.md", text.encode()))), single=single).headlines


def test_each_rule_has_its_own_name_and_counts() -> None:
    rules = [rule for question in RULES for rule in question]
    for names in ([rule.name.zh for rule in rules], [rule.name.en for rule in rules]):
        assert len(set(names)) == len(names)
    assert all(rule.points for rule in rules)


def test_every_group_is_decided_and_says_why() -> None:
    first, subhead, second, guide = decisions(PAGE)
    assert [d.titles for d in (first, subhead, second, guide)] == [
        ("望江桥提前通车",),
        ("桥下公园同步开放",),
        ("滨湖区护栏换新",),
        ("三座老桥列入明年计划",),
    ]
    assert [d.opens for d in (first, subhead, second, guide)] == [True, False, True, False]
    assert [reason.name.en for reason in first.reasons] == ["no article is open before it"]
    assert ("heading of a lower level", -1.5) in [(r.name.en, r.points) for r in subhead.reasons]
    assert ("marked as the open article's headline", 4.5) in [(r.name.en, r.points) for r in second.reasons]
    assert [reason.name.en for reason in guide.reasons] == ["no text follows"]


def test_a_page_taken_for_one_article_says_so() -> None:
    assert [reason.name.en for d in decisions(PAGE, single=True)[1:3] for reason in d.reasons] == [
        "the page is taken for one article"
    ] * 2


def test_the_points_add_up_to_the_decision() -> None:
    found = segment(
        page_of("p", "■望江桥通车\n\n望江桥昨日通车。\n\n■护栏换新\n\n护栏本周换新。\n")
    ).headlines
    assert [sum(r.points for r in d.reasons) > 0.5 for d in found[1:]] == [d.opens for d in found[1:]]
