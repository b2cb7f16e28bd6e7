"""Markdown as editors and site generators write it: front matter, links by reference, notes, tables, boxes."""

from __future__ import annotations

import datetime

import pytest
from source_files import BRIDGE, RAIL

from briefing.read.markdown import read
from briefing.segmentation.articles import segment
from briefing.types import Segmentation

DAY = datetime.date(2026, 11, 20)
STORIES = [("望江桥提前通车", BRIDGE), ("滨湖区护栏换新", RAIL)]


def cut(text: str) -> Segmentation:
    return segment(read("x.md", text.encode())[0])


def told(text: str) -> list[tuple[str, str]]:
    return [(article.headline, article.text) for article in cut(text).articles]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: 望江桥提前通车\ndate: 2026-11-20\nsource: 云汀日报\ntags:\n  - 民生\n---\n",
        "---\n标题：“望江桥提前通车”\n日期：2026年11月20日\n来源：云汀日报\n---\n\n",
        '+++\ntitle = "望江桥提前通车"\ndate = 2026-11-20T08:00:00+08:00\npublisher = "云汀日报"\n+++\n',
    ],
)
def test_the_front_matter_states_headline_day_and_paper(front: str) -> None:
    found = cut(f"{front}{BRIDGE}\n\n{RAIL}\n")
    assert [(a.headline, a.paragraphs) for a in found.articles] == [("望江桥提前通车", (BRIDGE, RAIL))]
    assert (found.date, found.paper) == (DAY, "云汀日报")


def test_a_title_of_the_front_matter_is_not_said_twice() -> None:
    assert told(f"---\ntitle: 望江桥提前通车\n---\n\n# 望江桥提前通车\n\n{BRIDGE}") == STORIES[:1]
    assert (
        told(f"---\ntitle: 剪报\n---\n\n# 望江桥提前通车\n\n{BRIDGE}\n\n# 滨湖区护栏换新\n\n{RAIL}")
        == STORIES
    )


def test_rules_between_stories_are_no_front_matter() -> None:
    assert told(f"# 望江桥提前通车\n\n{BRIDGE}\n\n---\n\n# 滨湖区护栏换新\n\n{RAIL}\n\n---\n") == STORIES


def test_a_story_between_two_rules_is_no_front_matter() -> None:
    assert told(f"---\n\n# 望江桥提前通车\n\n{BRIDGE}\n\n---\n\n# 滨湖区护栏换新\n\n{RAIL}\n") == STORIES
    assert told(f"---\n# 望江桥提前通车\n\n    {BRIDGE}\n\n---\n") == STORIES[:1]
    assert told(f"---\n望江桥提前通车\n\n{BRIDGE}\n\n---\n")[-1][1] == BRIDGE


def test_a_table_with_long_cells_is_text() -> None:
    long = BRIDGE + RAIL
    assert (
        long
        in cut(f"# 望江桥提前通车\n\n{BRIDGE}\n\n| 桥 | 说明 |\n|---|---|\n| 望江桥 | {long} |")
        .articles[0]
        .text
    )


def test_notes_and_links_by_reference_are_notation() -> None:
    text = (
        f"# [望江桥提前通车][1]\n\n[{BRIDGE[:12]}][桥]{BRIDGE[12:]}[^1]\n\n[^1]: 见市交通局的通报。\n\n"
        f"# [滨湖区护栏换新](http://example.cn/x_(1))\n\n{RAIL}\n\n"
        '[1]: http://example.cn/1 "桥"\n[桥]: <http://example.cn/2>\n'
    )
    assert told(text) == STORIES


def test_words_in_brackets_before_a_colon_are_no_reference() -> None:
    assert told(f"# 望江桥提前通车\n\n[本报讯]: {BRIDGE}")[0][1].endswith(BRIDGE)


def test_a_table_of_figures_is_set_aside_and_not_lost() -> None:
    table = "| 桥 | 天数 |\n|:---|---:|\n| 望江桥 | 20 |\n| 青溪桥 | 12 |"
    found = cut(f"# 望江桥提前通车\n\n{BRIDGE}\n\n{table}\n\n{RAIL}")
    assert [a.paragraphs for a in found.articles] == [(BRIDGE, RAIL)]
    assert "| 青溪桥 | 12 |" in [words for _, words in found.aside]


@pytest.mark.parametrize("edge", ["| ", ""])
def test_a_table_of_articles_gives_them(edge: str) -> None:
    rows = [
        ("标题", "正文", "日期"),
        ("---", ":---", "---"),
        *((head, text, "2026-11-20") for head, text in STORIES),
    ]
    table = "\n".join(f"{edge}{' | '.join(row)}{edge[::-1]}" for row in rows)
    found = cut(f"# 云汀日报 2026年11月20日\n\n{table}\n")
    assert [(a.headline, a.text) for a in found.articles] == STORIES
    assert (found.date, found.paper) == (DAY, "云汀日报")


def test_a_page_of_its_own_beside_a_table_of_articles_stays() -> None:
    text = f"# 望江桥提前通车\n\n{BRIDGE}\n\n| 标题 | 正文 |\n|---|---|\n| 滨湖区护栏换新 | {RAIL} |"
    found = cut(text)
    assert found.articles[0].headline == "望江桥提前通车"
    assert RAIL in "".join(a.text for a in found.articles)


def test_boxes_marked_words_and_fences_are_notation() -> None:
    text = f"# 望江桥提前通车\n\n> [!info] 来源\n> 云汀日报\n\n=={BRIDGE[:8]}==[[桥|{BRIDGE[8:10]}]]{BRIDGE[10:]}\n\n```\n{RAIL}\n```\n"
    assert [(a.headline, a.paragraphs) for a in cut(text).articles] == [("望江桥提前通车", (BRIDGE, RAIL))]


def test_a_headline_with_a_colon_between_two_rules_is_no_front_matter() -> None:
    assert told(f"---\n\n望江桥：提前通车\n\n---\n\n{BRIDGE}") == [("望江桥：提前通车", BRIDGE)]


def test_the_title_of_a_collection_is_no_headline_above_bold_ones() -> None:
    front = "---\ntitle: 云汀日报摘编\ndate: 2026-11-20\n---\n\n"
    assert told(f"{front}**望江桥提前通车**\n\n{BRIDGE}\n\n**滨湖区护栏换新**\n\n{RAIL}") == STORIES


def test_a_table_with_sentences_in_its_cells_is_text() -> None:
    found = cut(f"# 望江桥提前通车\n\n{BRIDGE}\n\n| 地区 | 动态 |\n|---|---|\n| 滨湖区 | 护栏昨天换新。 |")
    assert "护栏昨天换新。" in "".join(article.text for article in found.articles)


@pytest.mark.parametrize("words", ["[柏舟][局长]", "1+1==2，3==3", "数组]]末尾]]"])
def test_words_that_only_look_like_notation_stay(words: str) -> None:
    assert told(f"# 望江桥提前通车\n\n{words}说，{BRIDGE}") == [("望江桥提前通车", f"{words}说，{BRIDGE}")]


def test_a_headline_of_a_box_is_not_lost() -> None:
    text = "".join(f"> [!note] {head}\n> {body}\n\n" for head, body in STORIES)
    assert told(text) == STORIES


def test_the_title_of_front_matter_that_touches_the_text_is_said_once() -> None:
    (article,) = cut(f'+++\ntitle = "望江桥提前通车"\n+++\n{BRIDGE}').articles
    assert (article.headline, article.kicker, article.deck) == ("望江桥提前通车", None, None)


def test_a_programme_is_no_list_of_articles() -> None:
    found = cut("# 通车活动\n\n| 时间 | 内容 |\n|---|---|\n| 9时 | 通车仪式 |\n| 10时 | 走桥 |")
    assert not found.articles
