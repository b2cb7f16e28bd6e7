"""Which of two title lines is the headline: what they say decides, and a story never has none."""

from __future__ import annotations

import pytest

from briefing.edit.headline import headlined, named, told_apart
from briefing.text.titles import leans, stands_alone
from briefing.types import Article, Section, Sentence, Story, Summary


def article(kicker: str | None, headline: str, text: str = "正文。", deck: str | None = None) -> Article:
    return Article(id="a", kicker=kicker, headline=headline, deck=deck, paragraphs=(text,))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("云汀大学卫星数据向企业开放", "首批12家农业企业免费试用"),
        ("江屿省农科院选育耐盐水稻", "亩产首次突破600公斤"),
        ("滨湖湿地迎来首批白鹤", "数量为近十年同期最多"),
        ("老旧小区加装新式电梯", "一个电话有人跑全程"),
        ("市图书馆展出修复的古籍", "136件成果首次公开"),
        ("两部门：严查网络平台“大数据杀熟”", "违规企业最高可罚上年销售额的5%"),
    ],
)
def test_the_line_with_subject_and_verb_is_the_headline(first: str, second: str) -> None:
    found = headlined(article(first, second, deck="另有细则"))
    assert (found.headline, found.kicker, found.deck) == (first, None, f"{second} 另有细则")


@pytest.mark.parametrize(
    ("kicker", "headline"),
    [
        ("全市重点项目推进会要求盯紧节点", "云汀轨道交通三号线全线洞通"),
        ("连续三年财政投入超百亿元", "我市新增普惠托位4200个"),
        ("末节连得17分", "市青年篮球队客场逆转取胜"),
        ("系列报道", "首批白鹤抵达湿地"),
        ("全市经济工作会议", "数量为近十年最多"),
    ],
)
def test_a_kicker_stays_a_kicker(kicker: str, headline: str) -> None:
    assert headlined(article(kicker, headline)) == article(kicker, headline)


def test_of_two_places_the_one_that_the_text_begins_with_is_the_headline() -> None:
    text = "今年以来，江西省清理规定137件。湖南省新设企业同比增长8.6%。"
    lines = ("江西积极融入统一大市场", "湖南不断优化营商环境")
    assert headlined(article(lines[0], lines[1], text)).headline == lines[0]
    assert headlined(article(lines[1], lines[0], text)).headline == lines[0]


TWO = ("江西积极融入统一大市场", "湖南不断优化营商环境")


@pytest.mark.parametrize("lines", [TWO, TWO[::-1]])
def test_headlines_of_two_places_over_a_text_in_two_parts_are_two_stories(lines: tuple[str, str]) -> None:
    text = "今年以来，江西省清理规定137件。这项工作仍在继续。湖南省新设企业同比增长8.6%。"
    found = told_apart(article(lines[0], lines[1], text))
    assert [(one.headline, one.text) for one in found] == [
        (TWO[0], "今年以来，江西省清理规定137件。这项工作仍在继续。"),
        (TWO[1], "湖南省新设企业同比增长8.6%。"),
    ]
    assert [(one.kicker, one.deck) for one in found] == [(None, None)] * 2
    assert found[0].id != found[1].id


@pytest.mark.parametrize(
    ("kicker", "headline", "deck", "text"),
    [
        (*TWO, None, "江西省和湖南省签署协议。湖南省新设企业同比增长8.6%。"),
        (*TWO, None, "江西省清理规定137件。湖南省新设企业增长8.6%。江西省还将继续。"),
        (*TWO, "两省同日发布", "江西省清理规定137件。湖南省新设企业增长8.6%。"),
        (TWO[0], "江西企业再添百家", None, "江西省清理规定137件。江西企业增长8.6%。"),
        ("江西营商环境大会", TWO[1], None, "江西省清理规定137件。湖南省新设企业增长8.6%。"),
    ],
)
def test_what_is_told_together_stays_one_story(
    kicker: str, headline: str, deck: str | None, text: str
) -> None:
    one = article(kicker, headline, text, deck)
    assert told_apart(one) == (headlined(one),)


def test_what_leans_and_what_stands() -> None:
    assert leans("首批12家企业试用") and not leans("白鹤抵达湿地")
    assert stands_alone("滨湖湿地迎来首批白鹤")
    assert not stands_alone("全市经济工作会议") and not stands_alone("白鹤归来")


def test_a_story_without_headline_takes_the_first_clause_of_its_summary() -> None:
    def headline(*said: str, gist: str = "") -> str:
        told = tuple(Sentence(text=one, evidence=()) for one in said)
        one = Story(article=article(None, ""), summary=Summary(gist=gist, sentences=told, model="m"))
        return named([Section(name="", stories=(one,))])[0].stories[0].article.headline

    assert headline("三号线车辆段同步建成光伏屋顶，年发电量620万千瓦时。") == "三号线车辆段同步建成光伏屋顶"
    assert headline("光伏屋顶建成，可供三成照明。") == "光伏屋顶建成，可供三成照明"
    assert headline("长" * 90) == headline() == ""
