"""What stands alone under the last paragraph: names, a motto, a list of the story's own; a caption; pages of no story."""

from __future__ import annotations

import time

import pytest
from news_page import paragraphs, read
from test_web_posts import LINES, MORE

from briefing.errors import SourceError
from briefing.read import html
from briefing.read.web_last import is_names, tells_of_itself
from briefing.types import Role

HEADLINE = "云汀市十二座老桥全部修好"


def texts(body: str) -> list[str]:
    page, _ = read(HEADLINE, f"<h1>{HEADLINE}</h1><div>{body}</div>")
    return [block.text for block in page.blocks if block.role is Role.BODY]


@pytest.mark.parametrize(
    "line", ["王小草 李江屿 陈柏舟 云汀", "王小草、李江屿、陈柏舟", "王小草　李江屿　陈柏　林叶"]
)
def test_names_without_a_role_under_the_text_are_its_byline(line: str) -> None:
    page, _ = read(HEADLINE, f"<h1>{HEADLINE}</h1><div>{paragraphs(*LINES, line)}</div>")
    assert [block.text for block in page.blocks if block.role is Role.BODY] == list(LINES)
    assert [block.text for block in page.blocks if block.role is Role.BYLINE] == [" ".join(line.split())]


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("王小草 李江屿 陈柏舟", "获奖的有："),
        ("王小草 李江屿 陈柏舟", "当选者的名单昨天公布。"),
        ("王小草 李江屿 陈柏舟", "市里表扬了修桥的三名工匠。"),
        ("石家庄 张家口 唐山", LINES[-1]),
        ("安全 方便 高效", LINES[-1]),
        ("王小草 李江屿", LINES[-1]),
        ("望江桥 石板桥 柏溪桥", LINES[-1]),
        ("王小草 李江屿 陈柏舟都来了", LINES[-1]),
    ],
)
def test_a_list_that_the_text_leads_to_and_other_words_are_no_byline(line: str, before: str) -> None:
    assert not is_names(line, before)


@pytest.mark.parametrize(
    "line",
    [
        "云汀漫步，一个专注于老城故事的公众号。",
        "河边晚报｜记录普通人的生活，一家有温度的媒体。",
        "河边数据图文栏目“透视河流”——用数字说话，用图画看见水。",
    ],
)
def test_what_an_account_says_of_itself_under_its_post_is_left_out(line: str) -> None:
    assert texts(paragraphs(*LINES, *MORE, line)) == [*LINES, *MORE]


def test_what_the_story_tells_of_a_medium_is_kept() -> None:
    line = "老桥工作室是一家专注于修桥的平台。"
    assert not tells_of_itself(line, [HEADLINE, "修桥的是老桥工作室。", *LINES])
    assert not tells_of_itself("柏舟说，他只想记录这些桥，办一个频道。", list(LINES))


@pytest.mark.parametrize(
    "line",
    [
        "今后，由市交通局提供线路查询平台。",
        "据悉，一家专注于老桥修复的媒体平台。",
        "目前，记录这些桥的片子已在河边频道播出。",
        "林叶的新雇主江上周刊是一家专注于环境的媒体。",
        "江上新闻，由两名记者创办，关注河流与渔村的平台，昨天获奖。",
        "古树基金会：致力于记录全市的树，去年开设了讲述频道。",
        "林溪交通，一个提供实时路况的平台，今天上线。",
        "林溪电视台新闻频道“桥上”，今晚八点播出纪录片。",
    ],
)
def test_a_whole_sentence_about_a_medium_or_a_service_is_news(line: str) -> None:
    assert texts(paragraphs(*LINES, *MORE, line)) == [*LINES, *MORE, line]


def test_the_end_of_a_long_list_of_addresses_stays_with_its_beginning() -> None:
    links = [f"[{number}]第{number}座桥的照片:https://qiao.example/{number}" for number in range(1, 21)]
    assert texts(paragraphs(*LINES, *MORE, *links)) == [*LINES, *MORE, *links]


def test_a_line_behind_a_picture_that_says_where_it_is_from_is_its_caption() -> None:
    shown = "柏舟写道，桥修好以后他第一个走了过去。（取自柏舟主页）"
    page, _ = read(
        HEADLINE,
        f"<h1>{HEADLINE}</h1><div><img src='a.jpg'><p>{shown}</p></div><div>{paragraphs(*LINES)}</div>",
    )
    assert [block.text for block in page.blocks if block.role is Role.CAPTION] == [shown]


def test_a_paragraph_that_ends_in_the_source_of_its_quotation_is_no_caption() -> None:
    quoted = "碑上刻着一句诗，“逝者如斯夫，不舍昼夜”（取自《论语》）"
    assert texts(paragraphs(*LINES, quoted, *MORE)) == [*LINES, quoted, *MORE]


def test_a_paragraph_of_one_endless_word_is_searched_once() -> None:
    begun = time.process_time()
    assert texts(paragraphs(*LINES, *MORE, "云汀漫步，" + "一个一家关注记录平台频道" * 8_000))[:5] == [
        *LINES,
        *MORE,
    ]
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "",
            "<div>The content has been deleted by the author.</div><p>Account Platform Operation Center</p>",
        ),
        (
            "关于公众号",
            "<div>公众号简介</div><p>云汀漫步，坚持原创，用心写文，分享老城的桥与河，也分享修桥的人。</p>",
        ),
    ],
)
def test_a_page_of_a_deleted_post_or_of_the_account_is_no_article(title: str, body: str) -> None:
    page = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"
    with pytest.raises(SourceError):
        list(html.read("a.html", page.encode()))
