"""Posts of public accounts as their platform saves them: text and day in scripts, labels, boxes of reprints."""

from __future__ import annotations

import pytest
from news_page import paragraphs, read

from briefing.errors import SourceError
from briefing.read import html
from briefing.read.web_furniture import Furniture, furniture_of

LINES = (
    "云汀市今年修好了十二座老桥，最早的一座建于清代，最晚的一座建于1953年。",
    "市交通局说，修桥没有用一根新木料，拆下来的旧料全部编号后装了回去。",
    "望江桥下周六重新通行，行人先走，自行车要等到年底。",
)
MORE = (
    "第二座是云汀东门外的石板桥，桥板换过四次，桥墩还是原来的。",
    "第三座在柏溪村口，村里人出钱修了栏杆，每家出一个工。",
)
PLAYER = "<div>视频 小程序 赞 ，轻点两下取消赞 在看 ，轻点两下取消在看 分享 留言 收藏 听过</div>"
LIBRARY = "<script>" + "var a=function(b){return b};" * 80_000 + "</script>"


def post(title: str, text: str) -> str:
    """The script in which a platform keeps a post that is one text, without markup."""
    words = text.replace("\n", "\\x0a\\x0a")
    return (
        f"<script>var data = {{ nick: decode('云汀漫步'), title: decode('{title}'), "
        f"content_noencode: decode('{words}'), create_time: decode('2026-11-05 18:30') }};</script>"
    )


@pytest.mark.parametrize("before", ["", LIBRARY], ids=["alone", "behind a long library"])
def test_a_post_whose_text_and_day_are_in_calls_of_a_script_is_read(before: str) -> None:
    page, article = read("十二座老桥", PLAYER + before + post("十二座老桥", "\n".join(LINES)))
    assert article.headline == "十二座老桥"
    assert [block.text for block in page.blocks][1:] == list(LINES)
    assert str(page.date) == "2026-11-05"


def test_a_post_without_a_title_is_no_headline_of_its_whole_text() -> None:
    text = "".join(LINES)
    page, _ = read("", PLAYER + post(text, text), f"<meta property='og:title' content='{text}'>")
    assert [block.text for block in page.blocks] == [text]


def test_a_foreword_that_the_page_shows_stays_before_the_text_in_its_data() -> None:
    shown = (
        "我走了三个月，把能走的桥都走了一遍，下面是我记下来的。",
        "有的桥只剩桥墩，也写在里面，给想去看的人参考。",
    )
    body = f"<h1>云汀市十二座老桥全部修好<span>已付费</span></h1><div>柏舟</div>{paragraphs(*shown)}"
    title = "<meta property='og:title' content='云汀市十二座老桥全部修好'>"
    page, article = read("", body + post("云汀市十二座老桥全部修好", "\n".join([*LINES, *MORE])), title)
    assert article.headline == "云汀市十二座老桥全部修好"
    assert [block.text for block in page.blocks][1:3] == list(shown)
    assert page.blocks[3].text == LINES[0]


def test_a_box_that_says_whose_post_it_is_does_not_open_the_text() -> None:
    box = "<p>以下文章来源于云汀周刊 ，作者柏舟</p><p>封面来源｜《望江桥》</p>"
    page, _ = read("十二座老桥修好了", "<h1>十二座老桥修好了</h1>" + box + paragraphs(*LINES))
    assert [block.text for block in page.blocks][1:] == list(LINES)


def test_a_sentence_about_where_an_article_is_from_is_kept() -> None:
    assert furniture_of("以下文章来源于作者对三百名居民的访谈。他走了三个月。") is None
    assert furniture_of("以下内容来自市交通局昨天的通报：") is None
    assert furniture_of("新版软件里，在照片上轻点两下取消收藏，轻点一下放大。") is None
    assert furniture_of("以下文章来源于云汀周刊 ，作者柏舟") is Furniture.LINE


def test_a_cut_beginning_that_the_page_shows_does_not_stand_before_the_whole_text() -> None:
    title = "云汀市十二座老桥全部修好"
    shown = paragraphs(LINES[0][:28] + "…展开全文")
    page, _ = read(title, f"<h1>{title}</h1>{shown}" + post(title, "\n".join([*LINES, *MORE])))
    assert [block.text for block in page.blocks][1:] == [*LINES, *MORE]


@pytest.mark.parametrize(
    ("own", "between"), [("title: '林溪县医院开了夜间门诊', ", 90), ("title: '夜间门诊', ", 2), ("", 90)]
)
def test_the_text_of_another_story_in_a_list_is_not_given_the_page_s_title(own: str, between: int) -> None:
    title = "云汀市十二座老桥全部修好"
    values = ", ".join(f"k{number}: 'v'" for number in range(between))
    text = "林溪县医院昨天开了夜间门诊，晚上六点到十点都有医生坐诊。" * 3
    script = (
        f"<script>var d = {{ title: '{title}', {values}, hot: [{{ {own}content: '{text}' }}] }};</script>"
    )
    page = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>{script}"
    with pytest.raises(SourceError):
        list(html.read("a.html", page.encode()))


def test_the_day_in_a_long_script_beside_others_is_read() -> None:
    data = "<script>var s = {publishTime: '2026-11-05 10:00', x: '" + "a" * 1_900_000 + "'}</script>"
    program = "<script>" + "var q=1;" * 20_000 + "</script>"
    page, _ = read("十二座老桥修好了", f"<h1>十二座老桥修好了</h1>{paragraphs(*LINES)}{data}{program}")
    assert str(page.date) == "2026-11-05"
