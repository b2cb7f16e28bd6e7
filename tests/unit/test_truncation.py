"""A text made shorter by leaving out whole sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.summarization.extract.truncation import truncate
from briefing.types import Article

PARAGRAPHS = (
    "云汀大桥11月20日通车，全长3.5公里，总投资12亿元。天很蓝。",
    "从城东到城西的车程由40分钟缩短到8分钟。老人们站在桥头看。",
    "市交通局说，二期工程2027年动工。孩子们放起了风筝。",
)
ARTICLE = Article(id="a", headline="云汀大桥通车", paragraphs=PARAGRAPHS)


def test_what_fits_is_left_alone() -> None:
    assert truncate(ARTICLE, lambda text: True) is ARTICLE


def test_the_best_sentences_stay_in_order_and_in_their_paragraphs() -> None:
    short = truncate(ARTICLE, lambda text: len(text) <= 60)
    assert len(short.text) <= 60
    assert short.paragraphs[0] == "云汀大桥11月20日通车，全长3.5公里，总投资12亿元。"
    assert "天很蓝" not in short.text
    assert all(any(part in whole for whole in PARAGRAPHS) for part in short.paragraphs)


def test_where_nothing_fits_nothing_is_left_out() -> None:
    assert truncate(ARTICLE, lambda text: False) is ARTICLE


@given(st.integers(1, 120))
def test_as_much_stays_as_fits(room: int) -> None:
    short = truncate(ARTICLE, lambda text: len(text) <= room)
    assert len(short.text) <= room or short is ARTICLE
    assert short.headline == ARTICLE.headline
