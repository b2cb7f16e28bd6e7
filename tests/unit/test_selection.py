"""Which sentences are taken, in which form, and that the room is kept."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.summarization.extract import selection
from briefing.summarization.extract.candidates import candidates
from briefing.summarization.extract.compressive import CompressiveExtract
from briefing.summarization.extract.selection import select
from briefing.types import Article

TEXT = (
    "云汀市望江桥维修工程昨天完工，桥上恢复双向通行，工期比计划提前二十天。\n"
    "他说，工人们冒雨施工。\n"
    "市交通局副局长柏舟介绍，大桥荷载提高三成，可通行四十吨货车。\n"
    "望江桥维修工程昨天完工，桥上恢复双向通行。\n"
    "快来看看吧！"
)


def article(text: str = TEXT, headline: str = "望江桥提前通车") -> Article:
    return Article(id="1", headline=headline, paragraphs=tuple(text.split("\n")))


def chosen(text: str, favoured: str, length: int = 120) -> list[str]:
    """What is taken where only `favoured` is worth something."""
    scores = np.full(len(text), 0.01)
    at = text.index(favoured)
    scores[at : at + len(favoured)] = 1.0
    return [form.text for _, form in select(candidates(article(text)), scores, length)]


def test_a_sentence_that_points_back_is_not_taken_alone() -> None:
    assert chosen(TEXT, "他说，工人们冒雨施工") == []


def test_a_sentence_tied_to_one_before_by_two_words_is_not_taken_alone() -> None:
    text = "桥面昨天完工。\n但是，市交通局却没有公布大桥的通车日期。"
    assert chosen(text, "市交通局却没有公布大桥的通车日期") == []
    assert chosen(text.replace("却", ""), "市交通局没有公布大桥的通车日期") != []


def test_a_sentence_that_points_back_is_taken_after_the_one_before() -> None:
    scores = np.full(len(TEXT), 0.0)
    scores[: TEXT.index("市交通局")] = 1.0
    taken = [form.text for _, form in select(candidates(article()), scores, 120)]
    assert taken[-1] == "他说，工人们冒雨施工。"
    assert len(taken) == 2


def test_what_is_said_twice_is_taken_once() -> None:
    taken = select(candidates(article()), np.ones(len(TEXT)), 200)
    assert sum("恢复双向通行" in form.text for _, form in taken) == 1


def test_evidence_is_what_was_kept() -> None:
    source = article()
    summary = CompressiveExtract().summarize(source, 60)
    assert summary.sentences
    for sentence in summary.sentences:
        kept = "".join(source.text[start:end] for start, end in sentence.evidence)
        assert kept.rstrip("，。") == sentence.text.rstrip("。")


@settings(max_examples=60, deadline=None)
@given(st.text("云汀市水厂投产他说，。\n“”！1２", max_size=300), st.integers(0, 150))
def test_no_summary_is_longer_than_asked_for(text: str, length: int) -> None:
    source = article(text, "")
    summary = CompressiveExtract().summarize(source, length)
    assert len(summary.text) <= length
    assert all(0 <= a < b <= len(source.text) for s in summary.sentences for a, b in s.evidence)


def test_of_a_long_article_only_the_most_telling_sentences_are_weighed() -> None:
    text = "\n".join(f"云汀市第{number}号桥昨天完工，桥上恢复通行。" for number in range(3000))
    found = candidates(article(text))
    assert len(selection.best(found, np.ones(len(text)))) <= 2 * selection.WEIGHED
