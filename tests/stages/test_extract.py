"""What every summarizer keeps to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.protocols import Summarizer
from briefing.summarization.extract.candidates import candidates, shortened
from briefing.summarization.extract.compressive import CompressiveExtract
from briefing.summarization.extract.lead import Lead
from briefing.summarization.extract.textrank import TextRank
from briefing.types import Article

EVERY: list[Summarizer] = [Lead(), TextRank(), CompressiveExtract()]
each = pytest.mark.parametrize("summarizer", EVERY, ids=lambda s: s.name)
TEXT = (
    "本报讯（记者 王小明）云汀大桥11月20日通车，全长3.5公里，总投资12亿元。从城东到城西的车程由40分钟缩短到8分钟。",
    "大桥为何难修",
    "云汀江底多溶洞，施工队先后打下260根桩。总工程师李大江说：“最深的桩有80米。我们换了三次钻头。”去年冬天，江面结冰，工程停了21天。",
    "钱从哪儿来？",
    "市财政出资5亿元，其余由云汀银行贷款。大桥前三年免费通行。（据云汀日报客户端消息）",
)
WORDS = st.text(
    alphabet=st.sampled_from("云汀大桥通车投资记者说，；：。。！？…“”（）《》3.5万A "), max_size=120
)


def article(*paragraphs: str, headline: str = "云汀大桥通车 两岸只隔八分钟") -> Article:
    return Article(id="a", headline=headline, paragraphs=paragraphs)


def agree(summarizer: Summarizer, given_: Article, length: int) -> None:
    summary = summarizer.summarize(given_, length)
    assert len(summary.text) <= length
    assert summary.model == summarizer.name
    assert summary == summarizer.summarize(given_, length)
    text, last = given_.text, 0
    for sentence in summary.sentences:
        kept = ""
        for start, end in sentence.evidence:
            assert last <= start < end <= len(text)
            kept += text[start:end]
            last = end
        assert sentence.text == kept or sentence.text[:-1].rstrip() in kept


@each
@given(length=st.integers(20, 400))
def test_never_longer_than_asked_for(summarizer: Summarizer, length: int) -> None:
    agree(summarizer, article(*TEXT), length)
    assert summarizer.summarize(article(*TEXT), length).sentences


@each
@settings(deadline=None)
@given(paragraphs=st.lists(WORDS, max_size=5), length=st.integers(0, 80))
def test_any_text_at_any_length(summarizer: Summarizer, paragraphs: list[str], length: int) -> None:
    agree(summarizer, article(*paragraphs, headline=""), length)


@each
@pytest.mark.parametrize("length", [40, 80, 120, 400])
def test_whole_sentences_are_the_articles_own_words(summarizer: Summarizer, length: int) -> None:
    given_ = article(*TEXT)
    for sentence in summarizer.summarize(given_, length).sentences:
        kept = "".join(given_.text[start:end] for start, end in sentence.evidence)
        assert kept.rstrip("，；") == sentence.text.rstrip("。") or kept == sentence.text
        assert sentence.text[-1] in "。”"


@each
def test_datelines_credits_and_subheads_stay_out(summarizer: Summarizer) -> None:
    text = summarizer.summarize(article(*TEXT), 400).text
    assert text.startswith("云汀大桥11月20日通车") and text.endswith("大桥前三年免费通行。")
    assert not any(words in text for words in ("本报讯", "王小明", "为何难修", "哪儿来", "客户端"))


@each
def test_what_stands_in_the_article_passes_the_checks(summarizer: Summarizer) -> None:
    checks = summarizer.summarize(article(*TEXT), 120).checks
    assert not checks.unsupported_numbers and not checks.unsupported_names


@each
@pytest.mark.parametrize("paragraphs", [(), ("",), ("  ", "\u3000"), ("（据新华社电）",)])
def test_an_article_without_text_has_its_headline(
    summarizer: Summarizer, paragraphs: tuple[str, ...]
) -> None:
    summary = summarizer.summarize(article(*paragraphs, headline="云汀大桥通车"), 120)
    assert (summary.gist, summary.sentences, summary.text) == ("云汀大桥通车", (), "")


@each
def test_one_huge_sentence_is_cut_at_a_clause(summarizer: Summarizer) -> None:
    summary = summarizer.summarize(article("云汀大桥通车，" * 500 + "完工。"), 50)
    assert summary.text == "云汀大桥通车，" * 6 + "云汀大桥通车。"
    agree(summarizer, article("云汀大桥通车，" * 500 + "完工。"), 50)


@each
def test_no_number_is_cut_in_two(summarizer: Summarizer) -> None:
    summary = summarizer.summarize(
        article("云汀大桥总投资额为人民币一共是1234567890123456元整不含利息。"), 20
    )
    assert summary.text == "云汀大桥总投资额为人民币一共是。"


@each
def test_a_fragment_is_better_than_nothing(summarizer: Summarizer) -> None:
    summary = summarizer.summarize(article("云汀大桥昨日正式通车"), 50)
    assert summary.text == "云汀大桥昨日正式通车。"


@each
def test_a_repeated_sentence_is_taken_once(summarizer: Summarizer) -> None:
    if summarizer.name != "lead":
        assert summarizer.summarize(article(*["云汀大桥昨日通车。"] * 3), 100).text == "云汀大桥昨日通车。"


@each
def test_a_megabyte_is_read(summarizer: Summarizer) -> None:
    """A third of one by those that share all but the choice with the first."""
    text = "".join(
        f"云汀市第{n}座桥通车，投资{n * 7 % 97}亿元，市民{'张李王赵'[n % 4]}先生说路好走了。"
        for n in range(25_000 if summarizer.name == "extract" else 8_000)
    )
    agree(summarizer, article(text), 120)


def test_the_lead_ends_before_what_does_not_fit() -> None:
    assert (
        Lead().summarize(article("云汀大桥通车。", "甲" * 60 + "。", "市民点赞。"), 40).text
        == "云汀大桥通车。"
    )


def test_the_lead_passes_over_a_first_sentence_too_long_for_any_summary() -> None:
    assert (
        Lead().summarize(article("甲" * 60 + "。", "云汀大桥通车。市民点赞。"), 40).text
        == "云汀大桥通车。市民点赞。"
    )


def test_a_quotation_is_not_left_open() -> None:
    (only,) = candidates(article("李大江介绍，他说“桥长，桩深，水急”的那句话，后来人人都记住了。"))
    cut = shortened(only, 15)
    assert cut is not None and cut.text == "李大江介绍。"
