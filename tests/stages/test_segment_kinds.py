"""Texts as people keep them: named fields, several pages in one file, lists, source lines, notices between the news."""

from __future__ import annotations

import datetime

import pytest

from briefing.read.markdown import read as read_markdown
from briefing.read.plain import page_of
from briefing.segmentation.articles import segment
from briefing.segmentation.jumps import stitched
from briefing.text.masthead import date_of, page_number_of, paper_of
from briefing.types import Role, Segmentation

BRIDGE = (
    "云汀市昨天宣布，望江桥维修工程提前20天完工，恢复双向通行。市交通局副局长柏舟说，桥面荷载提高了三成。"
)
RAIL = "在滨湖区，工人们正在给最后一段护栏刷漆。附近居民说，绕行的日子终于结束了，上班能少走15分钟。"
BIRDS = "昨天清晨，巡护员在芦苇荡数到73只白鹤，其中幼鹤19只。管理处主任秋实说，今年浅滩多了1260亩。"
DAY = datetime.date(2026, 11, 20)


def cut(text: str) -> Segmentation:
    return segment(page_of("test", text))


def told(found: Segmentation) -> list[tuple[str, tuple[str, ...]]]:
    return [(article.headline, article.paragraphs) for article in found.articles]


@pytest.mark.parametrize("label", ["【{}】", "{}：", "【{}】\n", "{}: ", "【{}】："])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_that_name_their_fields(label: str, between: str) -> None:
    def line(name: str, value: str) -> str:
        return label.format(name) + value

    text = between.join(
        [
            *("监测摘编", line("标题", "望江桥提前通车"), line("作者", "柏舟"), line("来源", "云汀日报")),
            *(line("发布时间", "2026-11-20"), line("正文", f"{BRIDGE}\n{RAIL}")),
            *(line("标题", "芦苇荡来了73只白鹤"), line("摘要", "白鹤来了。"), line("正文", BIRDS)),
        ]
    )
    found = cut(text)
    assert told(found) == [("望江桥提前通车", (BRIDGE, RAIL)), ("芦苇荡来了73只白鹤", (BIRDS,))]
    assert (found.articles[0].byline, found.date, found.paper) == ("柏舟", DAY, "云汀日报")
    for article in found.articles:
        assert all(text[span.start : span.end].strip() for span in article.spans)


def test_words_of_a_text_that_only_look_like_a_field_stay_in_it() -> None:
    event = "时间：11月22日上午9时"
    found = cut(
        f"标题：望江桥提前通车\n来源：云汀日报\n\n{BRIDGE}\n{event}\n地点：望江桥头\n{RAIL}\n作者：柏舟"
    )
    assert told(found) == [("望江桥提前通车", (BRIDGE, event, "地点：望江桥头", RAIL))]
    assert (found.articles[0].byline, found.date) == ("柏舟", None)


def test_a_text_in_fields_that_is_broken_at_a_width_keeps_its_paragraphs() -> None:
    wrapped = "\n".join(BRIDGE[at : at + 20] for at in range(0, len(BRIDGE), 20))
    assert told(cut(f"标题：望江桥提前通车\n正文：\n{wrapped}\n\n{RAIL}")) == [
        ("望江桥提前通车", (BRIDGE, RAIL))
    ]


def test_a_page_with_one_line_that_looks_like_a_field_is_no_form() -> None:
    found = cut(f"望江桥提前通车\n\n{BRIDGE}\n\n标题：芦苇荡来了73只白鹤\n\n正文：{BIRDS}")
    assert found.articles[0].headline == "望江桥提前通车"


@pytest.mark.parametrize("jump", ["（上接第1版）", "　　（上接第一版）", "（紧接第1版）\n\n", "上接第1版\n"])
def test_a_story_that_goes_on_from_another_page_is_not_glued_to_the_one_before(jump: str) -> None:
    found = cut(f"# 望江桥提前通车\n\n{BRIDGE}\n\n{jump}{RAIL}\n\n# 芦苇荡来了73只白鹤\n\n{BIRDS}")
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("", (RAIL,)), ("芦苇荡来了73只白鹤", (BIRDS,))]


def test_two_pages_in_one_text_and_a_story_on_both() -> None:
    found = cut(
        f"云汀日报 2026年11月20日 第01版 要闻\n\n# 望江桥提前通车\n\n{BRIDGE}（下转第三版）\n\n"
        f"云汀日报 2026年11月20日 第03版 文化\n\n# 芦苇荡来了73只白鹤\n\n{BIRDS}\n\n（上接第一版）{RAIL}"
    )
    assert [(a.page_number, a.section) for a in found.articles] == [
        ("01", "要闻"),
        ("03", "文化"),
        ("03", "文化"),
    ]
    whole = stitched(found.articles)
    assert [(a.headline, a.paragraphs) for a in whole] == [
        ("望江桥提前通车", (BRIDGE, RAIL)),
        ("芦苇荡来了73只白鹤", (BIRDS,)),
    ]


def test_a_list_of_the_paper_s_pages_at_the_top_moves_no_story() -> None:
    found = cut(f"云汀日报 2026年11月20日 第01版\n第02版 文化\n第03版 体育\n\n# 望江桥提前通车\n\n{BRIDGE}")
    assert [(a.headline, a.page_number) for a in found.articles] == [("望江桥提前通车", "01")]


def test_folios_below_their_pages() -> None:
    found = cut(
        f"# 望江桥提前通车\n\n{BRIDGE}\n\n第1版 要闻\n\n# 芦苇荡来了73只白鹤\n\n{BIRDS}\n\n第2版 文化"
    )
    assert [a.page_number for a in found.articles] == ["1", "2"]


def test_a_headline_below_the_jump_line_keeps_it() -> None:
    found = cut(f"# 望江桥提前通车\n\n{BRIDGE}\n\n（上接第一版）\n\n# 护栏刷新漆\n\n{RAIL}")
    assert [(a.headline, a.jumps) for a in found.articles] == [
        ("望江桥提前通车", ()),
        ("护栏刷新漆", ("上接第一版",)),
    ]


@pytest.mark.parametrize(
    "source", ["云汀日报 2026年11月20日", "《云汀日报》2026年11月20日第3版", "责任编辑：柏舟"]
)
@pytest.mark.parametrize("title", ["{}\n=====\n", "{}\n-----\n\n", "# {}\n\n", "**{}**\n\n"])
def test_a_line_of_paper_and_day_below_a_headline(source: str, title: str) -> None:
    text = "".join(
        f"{title.format(head)}{source}\n\n{body}\n\n"
        for head, body in (("望江桥提前通车", BRIDGE), ("芦苇荡来了73只白鹤", BIRDS))
    )
    found = segment(read_markdown("test.md", text.encode())[0])
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("芦苇荡来了73只白鹤", (BIRDS,))]


@pytest.mark.parametrize("numbers", ["一、二、三、", "1.2.3.", "1、2、3、", "①②③", "（一）（二）（三）"])
def test_the_numbers_of_a_list_are_no_part_of_its_headlines(numbers: str) -> None:
    size = len(numbers) // 3
    told_of = [("望江桥提前通车", BRIDGE), ("芦苇荡来了73只白鹤", BIRDS), ("护栏刷新漆", RAIL)]
    text = "".join(
        f"## {numbers[at * size : (at + 1) * size]}{head}\n\n{body}\n\n"
        for at, (head, body) in enumerate(told_of)
    )
    assert told(cut(text)) == [(head, (body,)) for head, body in told_of]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一季度外贸增三成", "二胡传人进课堂"),
        ("1.5万只白鹤来了", "2.3公里护栏换新"),
        ("1、望江桥提前通车", "芦苇荡来了73只白鹤"),
        ("3、望江桥提前通车", "4、芦苇荡来了73只白鹤"),
    ],
)
def test_headlines_that_begin_with_a_number_of_their_own_keep_it(first: str, second: str) -> None:
    assert [head for head, _ in told(cut(f"## {first}\n\n{BRIDGE}\n\n## {second}\n\n{BIRDS}"))] == [
        first,
        second,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "云 汀 日 报　2 0 2 6 年 1 1 月 2 0 日　星 期 五　第 0 3 版",
        "云汀日报　二 〇 二 六 年 十 一 月 二 十 日　第 三 版",
        "云 汀 日 报  ２ ０ ２ ６ 年 １ １ 月 ２ ０ 日  第 ３ 版",
    ],
)
def test_a_masthead_with_its_characters_set_apart(line: str) -> None:
    found = cut(f"{line}\n\n望江桥提前通车\n\n{BRIDGE}\n\n{RAIL}")
    assert (found.date, found.paper) == (DAY, "云汀日报")
    assert told(found) == [("望江桥提前通车", (BRIDGE, RAIL))]
    assert page_number_of(line) in ("03", "3")


def test_words_that_are_not_set_apart_are_read_as_they_are() -> None:
    assert date_of("a b 2026 年 11 月 20 日") == DAY
    assert paper_of("云汀日报 云汀晚报") == "云汀日报"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_news_behind_notices_is_news(gap: str) -> None:
    lost = f"遗失声明{gap}云汀市某商行遗失营业执照正本，声明作废。"
    let = f"招租公告{gap}城南街18号门面房招租，面积120平方米，电话0888-66221199。"
    found = cut(f"{lost}\n\n{let}\n\n望江桥提前通车{gap}{BRIDGE}\n\n芦苇荡来了73只白鹤{gap}{BIRDS}")
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("芦苇荡来了73只白鹤", (BIRDS,))]


def test_a_notice_with_a_heading_of_its_own_is_none() -> None:
    found = cut(f"望江桥提前通车\n\n{BRIDGE}\n\n停水公告\n\n城南片区\n\n11月23日8时至17时停水，请提前储水。")
    assert told(found) == [("望江桥提前通车", (BRIDGE,))]
    assert {span.role for span, _ in found.aside} == {Role.NOTICE}


def test_a_mail_that_is_quoted_whole() -> None:
    page = f"云汀日报 2026年11月20日\n\n望江桥提前通车\n\n　　{BRIDGE}\n　　{RAIL}\n\n芦苇荡来了73只白鹤\n\n　　{BIRDS}"
    found = cut("\n".join(f"> {line}" for line in page.split("\n")))
    assert told(found) == [("望江桥提前通车", (BRIDGE, RAIL)), ("芦苇荡来了73只白鹤", (BIRDS,))]


def test_a_text_with_a_quoted_line_is_no_quoted_mail() -> None:
    assert cut(f"> 望江桥\n\n# 望江桥提前通车\n\n{BRIDGE}").articles[-1].paragraphs[-1] == BRIDGE


@pytest.mark.parametrize("source", ["（云汀日报 2026年11月20日）", "（《云汀晚报》2026年11月20日第3版）"])
def test_where_a_clipping_comes_from_is_no_part_of_its_text(source: str) -> None:
    found = cut(f"【望江桥提前通车】{BRIDGE}{source}\n【芦苇荡来了73只白鹤】{BIRDS}{source}")
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("芦苇荡来了73只白鹤", (BIRDS,))]
    assert found.articles[0].agency == source.strip("（）")


@pytest.mark.parametrize(
    "text", ["市长说，桥通了（2026年11月20日，云汀日报记者在场）", "桥在2026年11月20日通车（见云汀日报）"]
)
def test_other_words_in_brackets_at_the_end_stay(text: str) -> None:
    assert cut(f"# 望江桥提前通车\n\n{BRIDGE}{text}").articles[0].paragraphs == (BRIDGE + text,)


@pytest.mark.parametrize(
    "day", ["２０２６／１１／２０", "二零二六年十一月廿日", "2026．11．20", "二〇二六年十一月二十日"]
)
def test_days_as_mastheads_write_them(day: str) -> None:
    assert cut(f"云汀日报　{day}\n\n# 望江桥提前通车\n\n{BRIDGE}").date == DAY


@pytest.mark.parametrize("between", ["====\n\n", "2.\n", "（二）\n", "----------\n"])
def test_rules_and_numbers_between_articles_in_fields_are_no_text(between: str) -> None:
    one = f"1.\n标题：望江桥提前通车\n来源：云汀日报\n正文：{BRIDGE}\n\n"
    found = cut(f"{one}{between}标题：芦苇荡来了73只白鹤\n来源：云汀日报\n正文：{BIRDS}\n")
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("芦苇荡来了73只白鹤", (BIRDS,))]


def test_the_head_of_a_mail_names_its_headline() -> None:
    head = "发件人：编辑部 <a@example.cn>\n收件人：柏舟\n日期：2026年11月20日\n主题：望江桥提前通车\n"
    found = cut(f"{head}\n{BRIDGE}\n\n{RAIL}\n")
    assert (told(found), found.date) == ([("望江桥提前通车", (BRIDGE, RAIL))], DAY)


def test_a_colon_after_a_bold_headline_is_no_text() -> None:
    text = f"- **望江桥提前通车**：{BRIDGE}\n- **芦苇荡来了73只白鹤**：{BIRDS}\n"
    found = segment(read_markdown("test.md", text.encode())[0])
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("芦苇荡来了73只白鹤", (BIRDS,))]


def test_a_call_to_read_on_is_no_title() -> None:
    found = cut(
        f"### 望江桥提前通车\n\n{BRIDGE}\n\n阅读全文\n\n### 芦苇荡来了73只白鹤\n\n{BIRDS}\n\n查看原文\n"
    )
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("芦苇荡来了73只白鹤", (BIRDS,))]
    assert [a.kicker for a in found.articles] == [None, None]


def test_subheads_that_count_on_open_no_article() -> None:
    more = "青石镇旧粮仓改成的社区书房昨天开门，首日接待读者410人。镇长林叶说，书房每天开到晚上九点。"
    subheads = f"## 一、护栏换新\n\n{RAIL}\n\n## 二、书房开门\n\n{more}"
    found = cut(f"# 望江桥提前通车\n\n{BRIDGE}\n\n{subheads}\n\n# 芦苇荡来了73只白鹤\n\n{BIRDS}")
    assert told(found) == [
        ("望江桥提前通车", (BRIDGE, "一、护栏换新", RAIL, "二、书房开门", more)),
        ("芦苇荡来了73只白鹤", (BIRDS,)),
    ]


@pytest.mark.parametrize(
    "box",
    [
        "主题：让桥走进生活\n时间：11月22日\n地点：望江桥头",
        "时间：2026年11月20日\n主题：云汀市两会\n内容：分组讨论",
        "标题：《望江谣》\n作者：柏舟",
        "记者：桥何时通车？\n柏舟：下月通车。\n主题：看桥",
    ],
)
def test_a_box_at_the_top_of_a_page_makes_no_form_of_it(box: str) -> None:
    text = f"{box}\n\n望江桥今天提前通车\n\n{BRIDGE}\n\n芦苇荡来了73只白鹤\n\n{BIRDS}"
    assert [article.paragraphs[-1:] for article in cut(text).articles][-1] == (BIRDS,)
    assert all(words in "".join(a.text for a in cut(text).articles) for words in (BRIDGE, BIRDS))
    assert "芦苇荡来了73只白鹤" in [a.headline for a in cut(text).articles] or "记者" in box


def test_what_an_event_is_about_opens_no_article_of_a_form() -> None:
    event = ("时间：11月22日", "主题：护桥", "内容：清理桥面")
    lines = "\n".join(event)
    found = cut(f"标题：望江桥提前通车\n来源：云汀日报\n正文：{BRIDGE}\n{lines}\n{RAIL}\n来源：云汀日报")
    assert told(found) == [("望江桥提前通车", (BRIDGE, *event, RAIL))]


def test_numbered_forms_with_the_masthead_of_another_page_between() -> None:
    link = "链接：http://example.cn/a?id=3"
    found = cut(
        f"云汀日报 2026年11月20日 第01版\n\n1、标题：望江桥提前通车\n{link}\n正文：{BRIDGE}\n\n"
        f"云汀日报 2026年11月20日 第02版\n2、标题：芦苇荡来了73只白鹤\n{link}\n正文：{BIRDS}"
    )
    assert told(found) == [("望江桥提前通车", (BRIDGE,)), ("芦苇荡来了73只白鹤", (BIRDS,))]


def test_text_below_a_summary_that_stands_below_the_text_is_text() -> None:
    assert told(cut(f"标题：望江桥提前通车\n正文：{BRIDGE}\n摘要：桥通了。\n{RAIL}")) == [
        ("望江桥提前通车", (BRIDGE, RAIL))
    ]


def test_headlines_that_name_two_numbers_keep_both() -> None:
    heads = ["一、二年级不留作业", "二、三产业齐发力"]
    assert [a.headline for a in cut(f"# {heads[0]}\n\n{BRIDGE}\n\n# {heads[1]}\n\n{BIRDS}").articles] == heads


def test_a_list_of_pages_between_two_stories_moves_none() -> None:
    found = cut(
        f"云汀日报 2026年11月20日 第01版\n\n# 望江桥提前通车\n\n{BRIDGE}\n\n第02版 文化\n第03版 体育\n\n# 芦苇荡来了73只白鹤\n\n{BIRDS}"
    )
    assert [a.page_number for a in found.articles] == ["01", "01"]


def test_a_line_above_a_masthead_is_no_headline_of_a_story_from_another_page() -> None:
    found = cut(
        f"# 望江桥提前通车\n\n{BRIDGE}\n\n爱护江水人人有责\n\n云汀日报 2026年11月20日 第02版\n\n（上接第一版）{RAIL}"
    )
    assert told(found)[-1] == ("", (RAIL,))


def test_a_second_line_below_a_title_that_is_named_is_its_deck() -> None:
    found = cut(f"标题：望江桥提前通车\n两岸同庆\n来源：云汀日报\n正文：{BRIDGE}\n{RAIL}")
    assert told(found) == [("望江桥提前通车", (BRIDGE, RAIL))]
    assert (found.articles[0].deck, found.paper) == ("两岸同庆", "云汀日报")


def test_paragraphs_that_are_broken_at_a_width_and_verses() -> None:
    lines = [part[at : at + 20] for part in (BRIDGE, RAIL) for at in range(0, len(part), 20)]
    text = "\n".join(lines)
    assert told(cut(f"标题：望江桥提前通车\n正文：\n{text}"))[0][1] == (BRIDGE, RAIL)
