"""The shipped model: whole, the same words each time, and nothing that the article does not say.

Which words they are is not tested: the model computes in 8-bit integers, which processors round differently.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import sentencepiece
from source_files import only_page

from briefing import registry
from briefing.read.sources import read
from briefing.resources import models_dir
from briefing.segmentation.articles import segment
from briefing.summarization.extract.gist import LIMIT
from briefing.summarization.generate import prompt
from briefing.summarization.generate.bundled import BundledWriter
from briefing.summarization.generate.model_folder import open_model_folder
from briefing.summarization.guarded import VerifiedSummarizer
from briefing.text.novelty import novelty
from briefing.types import Article, Summary

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
def writer() -> BundledWriter:
    return BundledWriter(FOLDER)


@pytest.fixture(scope="module")
def summarizer(writer: BundledWriter) -> VerifiedSummarizer:
    return VerifiedSummarizer(writer)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    pages = [segment(only_page(read(str(path)))) for path in PAGES]
    return [article for page in pages for article in page.articles][:4]


@pytest.fixture(scope="module")
def summaries(summarizer: VerifiedSummarizer, articles: list[Article]) -> list[Summary]:
    return [summarizer.summarize(article, 120) for article in articles]


def test_it_ships_and_is_whole() -> None:
    found = open_model_folder(FOLDER)
    assert registry.bundled_models() == (found.name,)
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


def test_the_model_writes_about_its_article(writer: BundledWriter, articles: list[Article]) -> None:
    """One draft of four is enough: weights that are damaged write noise, or nothing, of every article."""
    drafts = [(draft, one) for one in articles for draft in writer.drafts(one, 120, 1)]
    assert any(len(draft.summary) > 20 and novelty(draft.summary, one.text) < 0.5 for draft, one in drafts)


def test_the_same_article_gives_the_same_words(summaries: list[Summary], articles: list[Article]) -> None:
    again = VerifiedSummarizer(BundledWriter(FOLDER, workers=2))
    assert again.summarize(articles[1], 120) == summaries[1]


@pytest.mark.parametrize("length", [30, 80])
def test_the_length_asked_for_is_kept(
    summarizer: VerifiedSummarizer, articles: list[Article], length: int
) -> None:
    assert 0 < len(summarizer.summarize(articles[1], length).text) <= length


def test_a_long_article_is_read_to_its_end(writer: BundledWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two thousand characters the last sentence is the only one with the headline's news: it stands in what the model is shown."""
    asked: list[str] = []
    question = prompt.question

    def recorded(*parts: Any) -> str:
        asked.append(question(*parts))
        return asked[-1]

    monkeypatch.setattr(prompt, "question", recorded)
    filler = "会议听取了有关情况的汇报，研究部署了下一步工作。" * 80
    news = "云汀市人大常委会31日任命何晓帆为云汀市副市长，任期5年。"
    long = Article(id="x", headline="何晓帆任云汀市副市长", paragraphs=(filler, news))
    assert writer.drafts(long, 120, 1)
    assert any(news in one for one in asked if len(one) < 0.8 * len(long.text))


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
