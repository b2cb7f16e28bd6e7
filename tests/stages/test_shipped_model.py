"""The shipped model: whole, the same words each time, nothing but the article's own words, and a judge.

Which words they are is not tested: the model multiplies in 8-bit integers, which processors round differently.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from source_files import only_page

from briefing import registry
from briefing.errors import ModelError
from briefing.read.sources import read
from briefing.resources import models_dir
from briefing.segmentation.articles import segment
from briefing.summarization.extract.gist import LIMIT
from briefing.summarization.generate.model_folder import open_model_folder
from briefing.summarization.network.graphs import open_tokenizer
from briefing.summarization.network.passage import passage
from briefing.summarization.network.selector import Selector
from briefing.summarization.network.tokens import covered
from briefing.summarization.network.writing import PARTICLES
from briefing.types import Article, Summary

FOLDER = models_dir() / "briefing-zh"
PAGES = sorted((Path(__file__).parents[2] / "examples/pages").iterdir())
ODD = "云汀（Yunting）港口 7 月吞吐量达 1.2 亿吨\u3000，同比增长3.4%🙂𠮷；\t𪚥龘。"


@pytest.fixture(scope="module")
def selector() -> Selector:
    return Selector(FOLDER)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    pages = [segment(only_page(read(str(path)))) for path in PAGES]
    return [article for page in pages for article in page.articles][:4]


@pytest.fixture(scope="module")
def summaries(selector: Selector, articles: list[Article]) -> list[Summary]:
    return [selector.summarize(article, 120) for article in articles]


def test_it_ships_and_is_whole() -> None:
    found = open_model_folder(FOLDER)
    assert registry.bundled_models() == (found.name,) == (registry.DEFAULT_MODEL,)
    assert found.damaged() == ()
    assert found.size < 250e6
    assert all(file.size < 95e6 for file in found.files)
    assert {"NOTICE", "LICENSE", "README.md"} <= {path.name for path in FOLDER.iterdir()}


def test_summaries_are_of_the_articles_own_words(summaries: list[Summary], articles: list[Article]) -> None:
    for article, summary in zip(articles, summaries, strict=True):
        assert 0 < len(summary.text) <= 120
        assert 0 < len(summary.gist) <= LIMIT
        assert summary.checks.passed
        for sentence in summary.sentences:
            source = "".join(article.text[start:end] for start, end in sentence.evidence)
            assert sentence.text.rstrip("。！？…”’") in source.replace("\n", "")


def test_the_same_words_each_time(
    selector: Selector, articles: list[Article], summaries: list[Summary]
) -> None:
    again = Selector(FOLDER, threads=1)
    assert [again.summarize(article, 120) for article in articles] == summaries
    assert selector.summarize(articles[0], 120) == summaries[0]


def test_scores_cover_every_character(selector: Selector) -> None:
    article = Article(id="1", headline="港口吞吐量创新高", paragraphs=(ODD, "天气晴。"))
    kept = selector.kept(article)
    assert kept.shape == (len(article.text),)
    assert ((kept >= 0) & (kept <= 1)).all()
    assert kept[[at for at, char in enumerate(article.text) if char.strip()]].all()


@pytest.mark.parametrize("text", [ODD, "", "𠮷" * 30, "\n\n", "a" * 300, "é̀ ﷽ \u200d"])
def test_tokens_cover_the_text(text: str) -> None:
    tokenizer = open_tokenizer(FOLDER / "tokenizer.model")
    spans = covered(tokenizer.encode(text), tokenizer)
    assert {at for span in spans for at in range(*span)} == set(range(len(text)))


def test_a_long_article_is_read_by_its_telling_sentences(selector: Selector) -> None:
    paragraphs = [
        f"第{n}号码头今年完成吞吐量{n}万吨，同比增长百分之{n % 9 + 1}，货主说服务比去年更好。"
        for n in range(900)
    ]
    article = Article(id="1", headline="云汀港各码头增产", paragraphs=tuple(paragraphs))
    read = passage(article, len, 500)
    assert len(read.text) <= 500 and read.text.startswith(paragraphs[0])
    assert "".join(article.text[place] for place in read.places) == read.text
    assert list(read.places) == sorted(read.places)
    summary = selector.summarize(article, 100)
    assert 0 < len(summary.text) <= 100 and summary.checks.passed


def test_gists_are_of_the_articles_own_characters(summaries: list[Summary], articles: list[Article]) -> None:
    for article, summary in zip(articles, summaries, strict=True):
        known = set(article.headline + article.text + PARTICLES + "…")
        assert set(summary.gist) <= known


def test_the_judge_gives_each_sentence_a_probability(selector: Selector, articles: list[Article]) -> None:
    said = [articles[0].text.split("\n")[0][:60], "云汀市昨天下了一场大雪，三人受伤。", ODD, ""]
    together = selector.supported(articles[0], said)
    assert all(0 <= value <= 1 for value in together)
    assert together[0] > together[1]
    alone = [selector.supported(articles[0], [one])[0] for one in said]
    assert together == pytest.approx(alone, abs=0.15)
    assert selector.supported(articles[0], []) == []


def test_the_judge_reads_of_a_long_article_what_the_sentence_is_about(selector: Selector) -> None:
    filler = [f"第{n}号码头今年完成吞吐量{n}万吨，货主说服务比去年更好。" for n in range(900)]
    news = "市气象台昨日宣布，明年起在沿海增设二十座自动观测站。"
    article = Article(id="1", headline="云汀港", paragraphs=(*filler, news))
    read = passage(article, len, 500, [news])
    assert news in read.text and len(read.text) <= 500


@pytest.mark.parametrize("text", ["", "……", "图"])
def test_next_to_nothing_to_say(selector: Selector, text: str) -> None:
    summary = selector.summarize(Article(id="1", headline="标题", paragraphs=(text,)), 60)
    assert len(summary.text) <= 60


@pytest.mark.parametrize("name", ["upper.onnx", "upper-2.safetensors", "tokenizer.model"])
def test_a_damaged_model_is_refused_before_it_is_loaded(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    with (folder / name).open("r+b") as file:
        file.seek(100)
        file.write(b"damaged!")
    with pytest.raises(ModelError, match=name):
        Selector(folder)


@pytest.mark.parametrize("name", ["upper.onnx", "words.onnx", "tokenizer.model"])
def test_a_strangers_model_that_is_none(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    card, path = folder / "model.toml", folder / name
    size, digest = path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(b"none")
    text = card.read_text(encoding="utf-8").replace(digest, hashlib.sha256(b"none").hexdigest())
    card.write_text(text.replace(f"size = {size}\n", "size = 4\n"), encoding="utf-8")
    with pytest.raises(ModelError, match=name) as caught:
        Selector(folder)
    assert caught.value.hint
