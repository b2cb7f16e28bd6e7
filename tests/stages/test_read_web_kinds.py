"""Pages of other kinds than a site's report: entries of an encyclopedia, poems, a blog's dates, a byline cut in two."""

from __future__ import annotations

import datetime

import pytest
from news_page import paragraphs, read

TEXT = (
    "望江桥位于云汀市清河下游，全长2.8公里，双向六车道，2026年11月20日建成通车。",
    "大桥由云汀市交通投资集团建设，总投资19.6亿元，桥塔高128米，是江屿省跨度最大的斜拉桥。",
)


def test_an_entry_has_its_short_name_and_no_day_of_publication() -> None:
    sources = (
        '<script>var refs = [{"site": "云汀网", "publishDate": "2019-06-24", "title": "望江桥"}]</script>'
    )
    flowers = "<div><p>今天的鲜花送完了？</p><h3>绑定钱包</h3><p>即可领取</p></div>"
    facts = "<ul><li>2.8公里</li><li>云汀市</li></ul>"
    body = f"<div>{flowers}<h1>望江桥</h1>{facts}<div class='para'>{paragraphs(*TEXT)}</div></div>{sources}"
    page, article = read("望江桥_云汀百科", body)
    assert (article.headline, page.date) == ("望江桥", None)
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("十一月 6th, 2026", (2026, 11, 6)),
        ("三月 21st, 2026", (2026, 3, 21)),
        ("十二月 2, 2025", (2025, 12, 2)),
        ("十月 3rd, 2026 上午9:20", (2026, 10, 3)),
    ],
)
def test_a_blog_names_the_month_first(stated: str, day: tuple[int, int, int]) -> None:
    body = f"<h1>望江桥建成通车</h1><small>{stated}</small><div>{paragraphs(*TEXT)}</div>"
    page, article = read("望江桥建成通车 - 云汀博客", body)
    assert page.date == datetime.date(*day)
    assert article.paragraphs == TEXT


@pytest.mark.parametrize("byline", ["江屿社记者", "本报记者", "云汀日报记者", "本网评论员"])
def test_a_byline_without_names_is_no_paragraph(byline: str) -> None:
    body = f"<h1>望江桥建成通车</h1><div>2026-11-20</div><div>{paragraphs(byline, *TEXT)}</div>"
    _, article = read("望江桥建成通车", body)
    assert article.paragraphs == TEXT


def test_a_short_word_in_a_longer_line_is_not_the_headline() -> None:
    body = f"<h1>通知</h1><p>通知如下：</p>{paragraphs(*TEXT)}"
    _, article = read("通知", body)
    assert article.headline == "通知" and article.paragraphs[-2:] == TEXT
