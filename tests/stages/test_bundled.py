"""The shipped model: whole, quick to load, the same words each time, and nothing that the article does not say."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
import sentencepiece

from briefing import registry
from briefing.read.sources import read
from briefing.resources import models_dir
from briefing.segmentation.articles import segment
from briefing.summarization.extract.gist import LIMIT
from briefing.summarization.generate.bundled import BundledWriter
from briefing.summarization.generate.model_folder import open_model_folder
from briefing.summarization.guarded import VerifiedSummarizer
from briefing.types import Article, Origin, Summary

FOLDER = models_dir() / "briefing-zh"
PAGES = sorted((Path(__file__).parents[2] / "examples/pages").iterdir())
SHARED = Path(__file__).parents[3] / "shared"
SPELLED = {
    "news-train": "b0a2b0f271479d531597d4a7444cd4df49f1035ace0aa7ef75b25e56ef6e3dcd",
    "news-dev": "9f2822f5be5779193402ae09aa6e192f3c9fb41b8f0c7ca7533b42794404a17f",
    "briefs-dev": "6566bf754041c83896f7607553bc18da3b32d5cddadb88c46d8a2cc90c53c1da",
}
"""SHA-256 of the pieces of all titles and texts as the base's own 262,144 tokens spell them."""


@pytest.fixture(scope="module")
def summarizer() -> VerifiedSummarizer:
    return VerifiedSummarizer(BundledWriter(FOLDER))


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    pages = [segment(next(read(str(path)))) for path in PAGES]
    return [article for page in pages for article in page.articles][:4]


@pytest.fixture(scope="module")
def summaries(summarizer: VerifiedSummarizer, articles: list[Article]) -> list[Summary]:
    return [summarizer.summarize(article, 120) for article in articles]


def test_it_is_the_default_and_whole() -> None:
    found = open_model_folder(FOLDER)
    assert registry.bundled_models()[0] == registry.DEFAULT_MODEL == found.name
    assert found.damaged() == ()
    assert found.size < 125e6
    assert all(file.size < 95e6 for file in found.files)
    assert {"NOTICE", "GEMMA_TERMS.md", "README.md"} <= {path.name for path in FOLDER.iterdir()}


def test_summaries_fit_and_are_supported(summaries: list[Summary], articles: list[Article]) -> None:
    for article, summary in zip(articles, summaries, strict=True):
        assert 0 < len(summary.text) <= 120
        assert 0 < len(summary.gist) <= LIMIT
        assert summary.checks.passed
        for sentence in summary.sentences:
            assert all(0 <= start < end <= len(article.text) for start, end in sentence.evidence)


def test_most_are_written_not_extracted(summaries: list[Summary]) -> None:
    ways = [summary.origin for summary in summaries]
    assert sum(way is not Origin.EXTRACTED for way in ways) >= len(ways) / 2


def test_the_same_article_gives_the_same_words(summaries: list[Summary], articles: list[Article]) -> None:
    again = VerifiedSummarizer(BundledWriter(FOLDER, workers=2))
    assert again.summarize(articles[1], 120) == summaries[1]


@pytest.mark.parametrize("length", [30, 80])
def test_the_length_asked_for_is_kept(
    summarizer: VerifiedSummarizer, articles: list[Article], length: int
) -> None:
    assert 0 < len(summarizer.summarize(articles[1], length).text) <= length


def test_a_long_article_is_read_to_its_end(summarizer: VerifiedSummarizer, articles: list[Article]) -> None:
    """Of two thousand characters the last sentence is the only one with the headline's news."""
    filler = "会议听取了有关情况的汇报，研究部署了下一步工作。" * 80
    news = "云汀市人大常委会31日任命何晓帆为云汀市副市长，任期5年。"
    long = Article(id="x", headline="何晓帆任云汀市副市长", paragraphs=(filler, news))
    assert "何晓帆" in summarizer.summarize(long, 120).text


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="no shared/ beside the checkout")
@pytest.mark.parametrize("name", SPELLED)
def test_news_is_spelled_as_by_the_base(name: str) -> None:
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(FOLDER / "tokenizer.model"))
    digest = hashlib.sha256()
    with gzip.open(SHARED / f"data/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            digest.update(
                "\x1f".join(tokenizer.encode(f"{row['title']}\n{row['text']}", out_type=str)).encode()
            )
    assert digest.hexdigest() == SPELLED[name]
