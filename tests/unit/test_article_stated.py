"""What an article states: its titles and its text, as far as there are."""

from __future__ import annotations

from briefing.types import Article


def test_the_titles_and_the_text_are_what_an_article_states() -> None:
    article = Article(
        id="1", headline="望江桥通车", kicker="全市首座", deck="两岸更近", paragraphs=("昨日通车。", "免费。")
    )
    assert article.titles == "全市首座\n望江桥通车\n两岸更近"
    assert article.stated == "全市首座\n望江桥通车\n两岸更近\n昨日通车。\n免费。"


def test_what_is_missing_leaves_no_empty_line() -> None:
    assert Article(id="1", headline="", paragraphs=("更正。",)).stated == "更正。"
    assert Article(id="1", headline="更正", paragraphs=()).stated == "更正"
