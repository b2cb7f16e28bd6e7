"""Sentences that were shortened where they may be read on better than torn ones, whatever the processor."""

from __future__ import annotations

import pytest

from briefing.resources import models_dir
from briefing.summarization.network.fluency import Flow, flow
from briefing.summarization.network.network import Network
from briefing.summarization.network.writing import Words
from briefing.types import Article, Sentence

TEXT = """云汀市交通局20日说，云汀大桥维修工程昨天完工，与旧桥面相比，新桥面可通行四十吨货车，今天零时恢复通行。
市交通局副局长柏舟介绍，大桥管理处将对主缆进行检测，重点包括索夹和吊索，并公布结果。"""
ARTICLE = Article(id="1", headline="云汀大桥恢复通行", paragraphs=tuple(TEXT.split("\n")))


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(models_dir() / "briefing-zh")


def taken(*parts: str) -> Sentence:
    """A sentence of these runs of the article, one after the other."""
    spans = tuple((at, at + len(part)) for part in parts if (at := TEXT.index(part)) >= 0)
    return Sentence(text="".join(parts).rstrip("，。") + "。", evidence=spans)


def flows(network: Network, *sentences: Sentence) -> list[Flow]:
    read = network.read(ARTICLE)
    return flow(Words.of(network, ARTICLE, read), read, sentences, ARTICLE.text)


def test_a_sentence_that_waits_for_its_end_reads_worse_than_one_that_ends(network: Network) -> None:
    ((ended,), (torn,)) = (
        flows(network, taken(part)) for part in ("云汀大桥维修工程昨天完工，", "与旧桥面相比，")
    )
    assert ended.joins > torn.joins + 2


def test_a_clause_that_lost_what_it_is_about_reads_worse(network: Network) -> None:
    whole = taken("市交通局副局长柏舟介绍，大桥管理处将对主缆进行检测，重点包括索夹和吊索，")
    torn = taken("市交通局副局长柏舟介绍，", "重点包括索夹和吊索，")
    assert flows(network, whole)[0].joins > flows(network, torn)[0].joins + 2


def test_words_left_whole_have_no_joints_and_nothing_has_no_flow(network: Network) -> None:
    (line,) = flows(network, taken(TEXT.split("\n")[0]))
    assert line.joins == 0 and line.begins < 0
    assert flows(network) == []
