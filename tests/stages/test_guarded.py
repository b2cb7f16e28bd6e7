"""The ladder from a model's proposals to a summary that states only what the article states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from briefing.summarization import guarded
from briefing.summarization.extract.candidates import candidates
from briefing.summarization.extract.evidence import with_evidence
from briefing.summarization.generate.writer import Draft
from briefing.summarization.guarded import COUNT, VerifiedSummarizer
from briefing.types import Article, Origin, Summary

ARTICLE = Article(
    id="a",
    headline="云汀轨道交通三号线今日开通",
    paragraphs=(
        "云汀轨道交通三号线20日开通初期运营，全长28.6公里，设车站19座，总投资212亿元。",
        "市长周启明在开通仪式上会见了建设者代表。首班车6时从北湖站开出，首日客流预计15万人次。",
        "市交通局表示，四号线将于2028年动工，届时将与三号线在云台站换乘。",
    ),
)
SENTENCES = candidates(ARTICLE)
GOOD = "云汀轨道交通三号线20日开通初期运营，全长28.6公里，设车站19座。首日客流预计15万人次。"
WRONG_NUMBER = "云汀轨道交通三号线20日开通，全长38.6公里，设车站19座。首日客流预计15万人次。"
WRONG_NAME = "云汀轨道交通三号线20日开通，市长周启民会见建设者代表。首日客流预计15万人次。"


@dataclass
class Scripted:
    """A writer that says what it is told to, and remembers what it was asked for."""

    first: Sequence[str] = ()
    several: Sequence[str] = ()
    bound: Sequence[str] = ()
    gist: str = "三号线开通，首日客流预计15万人次"
    name: str = "scripted"
    sure: bool = True
    asked: list[tuple[int, bool]] = field(default_factory=list)

    def drafts(self, article: Article, length: int, count: int, *, bound: bool = False) -> list[Draft]:
        self.asked.append((count, bound))
        texts = self.bound if bound else self.first if count == 1 else self.several
        return [Draft(self.gist, text, sure=self.sure) for text in texts]


def clauses(summary: Summary) -> list[str]:
    return [clause for clause in re.split("[，。；]", summary.text) if clause]


def test_a_first_proposal_that_passes_is_taken() -> None:
    writer = Scripted(first=[GOOD])
    summary = VerifiedSummarizer(writer).summarize(ARTICLE, 120)
    assert (summary.text, summary.origin, summary.model) == (GOOD, Origin.GENERATED, "scripted")
    assert summary.gist == "三号线开通，首日客流预计15万人次"
    assert writer.asked == [(1, False)]
    assert summary.checks.passed


def test_what_the_writer_doubts_is_not_used_and_nothing_more_is_asked() -> None:
    writer = Scripted(first=[GOOD], several=[GOOD], sure=False)
    summary = VerifiedSummarizer(writer).summarize(ARTICLE, 120)
    assert summary.origin is Origin.EXTRACTED
    assert all(clause in ARTICLE.text for clause in clauses(summary))
    assert summary.gist == ARTICLE.headline
    assert writer.asked == [(1, False)]


def test_what_says_a_thing_twice_gives_way() -> None:
    twice = (
        "云汀轨道交通三号线20日开通初期运营，全长28.6公里。云汀轨道交通三号线20日开通初期运营，设车站19座。"
    )
    writer = Scripted(first=[twice], several=[twice, GOOD])
    summary = VerifiedSummarizer(writer).summarize(ARTICLE, 120)
    assert (summary.text, summary.origin) == (GOOD, Origin.RERANKED)


@pytest.mark.parametrize("wrong", [WRONG_NUMBER, WRONG_NAME])
def test_a_failing_one_gives_way_to_another_proposal(wrong: str) -> None:
    writer = Scripted(first=[wrong], several=[wrong, GOOD])
    summary = VerifiedSummarizer(writer).summarize(ARTICLE, 120)
    assert (summary.text, summary.origin) == (GOOD, Origin.RERANKED)
    assert writer.asked == [(1, False), (COUNT, False)]


def test_an_articles_sentences_and_facts_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counting(name: str) -> None:
        function = getattr(guarded, name)

        def counted(value: object) -> object:
            calls.append(name)
            return function(value)

        monkeypatch.setattr(guarded, name, counted)

    counting("candidates")
    counting("article_facts")
    failing = Scripted(first=[WRONG_NAME], several=[WRONG_NAME, WRONG_NUMBER], bound=[WRONG_NUMBER])
    assert VerifiedSummarizer(failing).summarize(ARTICLE, 120).origin is Origin.MENDED
    assert sorted(calls) == ["article_facts", "candidates"]


def test_then_to_bound_writing() -> None:
    writer = Scripted(first=[WRONG_NAME], several=[WRONG_NAME, WRONG_NUMBER], bound=[GOOD])
    summary = VerifiedSummarizer(writer).summarize(ARTICLE, 120)
    assert (summary.text, summary.origin) == (GOOD, Origin.BOUND)
    assert writer.asked[-1] == (1, True)


def test_then_to_its_sound_sentences_and_sentences_of_the_article() -> None:
    summary = VerifiedSummarizer(Scripted(first=[WRONG_NUMBER], several=[WRONG_NUMBER], bound=[])).summarize(
        ARTICLE, 120
    )
    assert summary.origin is Origin.MENDED
    assert "首日客流预计15万人次。" in summary.text
    assert "38.6" not in summary.text
    assert len(summary.text) <= 120
    assert summary.checks.passed


def test_and_in_the_last_resort_to_an_extract() -> None:
    broken = "云汀地铁38.6公里，周启民出席。"
    summary = VerifiedSummarizer(Scripted(first=[broken], several=[broken], bound=[broken])).summarize(
        ARTICLE, 120
    )
    assert summary.origin is Origin.EXTRACTED
    assert all(clause in ARTICLE.text for clause in clauses(summary))


def test_a_model_that_says_nothing_is_replaced_too() -> None:
    summary = VerifiedSummarizer(Scripted(first=[""], several=[""], bound=[""], gist="")).summarize(
        ARTICLE, 120
    )
    assert summary.origin is Origin.EXTRACTED
    assert summary.text
    assert summary.gist == "云汀轨道交通三号线今日开通"


@pytest.mark.parametrize("gist", ["三号线开通，首日客流预计25万人次", "三号线" * 11, "", "两行\n要点"])
def test_a_gist_that_fails_is_replaced_by_the_headline(gist: str) -> None:
    assert (
        VerifiedSummarizer(Scripted(first=[GOOD], gist=gist)).summarize(ARTICLE, 120).gist == ARTICLE.headline
    )


@pytest.mark.parametrize("length", [20, 40, 60, 120])
def test_no_summary_is_longer_than_asked(length: int) -> None:
    summary = VerifiedSummarizer(Scripted(first=[GOOD * 2])).summarize(ARTICLE, length)
    assert 0 < len(summary.text) <= length


def test_an_article_without_text_has_an_empty_summary() -> None:
    summary = VerifiedSummarizer(Scripted()).summarize(
        Article(id="x", headline="只有标题", paragraphs=()), 120
    )
    assert (summary.gist, summary.text, summary.model) == ("只有标题", "", "scripted")


def test_evidence_points_at_the_sentences_that_say_it() -> None:
    first, second = with_evidence(SENTENCES, ["三号线全长28.6公里，设车站19座。", "四号线2028年动工。"])
    assert next(ARTICLE.text[a:b] for a, b in first.evidence).startswith("云汀轨道交通三号线20日")
    assert ["四号线将于2028年动工" in ARTICLE.text[a:b] for a, b in second.evidence] == [True]
    assert first.coverage > 0.8


def test_evidence_of_a_fused_sentence_names_both_sources() -> None:
    (fused,) = with_evidence(SENTENCES, ["三号线设车站19座，首日客流预计15万人次。"])
    assert len(fused.evidence) == 2
    assert fused.evidence == tuple(sorted(fused.evidence))


def test_a_sentence_from_elsewhere_has_little_coverage() -> None:
    (strange,) = with_evidence(SENTENCES, ["昨夜大雪封山，牧民转场受阻。"])
    assert strange.coverage < 0.3
    assert len(strange.evidence) == 1
