"""Compares the built-in summarizers on articles with reference summaries; run from the checkout's root.

usage: python benchmarks/compare_summarizers.py SCORE.py CASES.jsonl [LENGTH]

SCORE.py is the summarization benchmark's scorer, of which ROUGE and bigrams are borrowed; a case is
{title, text, gist, summary, facts}. Printed for each method: ROUGE-1/2/L, fact coverage, characters, seconds an article.
LexRank is sumy's (pip install sumy), on rjieba's words and our sentences. `briefing eval` compares what can be chosen.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from briefing.summarization.extract.candidates import build_summary, candidates
from briefing.summarization.extract.compressive import CompressiveExtract
from briefing.summarization.extract.gist import gist
from briefing.summarization.extract.lead import Lead
from briefing.summarization.extract.textrank import TextRank
from briefing.types import Article, Summary


class LexRank:
    """Sentences by LexRank (Erkan and Radev, JAIR 2004) as sumy has it, the best that fit, in the order of the text."""

    name = "lexrank"

    def summarize(self, article: Article, length: int) -> Summary:
        import rjieba
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers.lex_rank import LexRankSummarizer

        class Words:
            def to_words(self, text: str) -> list[str]:
                return [word for word in rjieba.cut(text) if len(word) > 1]

        found = [c for c in candidates(article) if c.complete and len(c) <= length]
        by_text = {c.text: c for c in found}
        document = ObjectDocumentModel([Paragraph([Sentence(c.text, Words()) for c in found])])
        chosen = []
        ranker = LexRankSummarizer()
        for count in range(1, len(found) + 1):
            best = [by_text[str(s)] for s in ranker(document, count)]
            if sum(map(len, best)) > length:
                break
            chosen = best
        return build_summary(article, found, chosen, length, self.name)


def load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(scorer: str, cases_path: str, length: str = "120") -> None:
    score = load(scorer)
    cases = [json.loads(line) for line in Path(cases_path).read_text(encoding="utf-8").splitlines() if line]
    articles = [
        Article(id="", headline=case["title"], paragraphs=tuple(case["text"].split("\n"))) for case in cases
    ]
    lexrank: list[Any] = [LexRank()] if importlib.util.find_spec("sumy") else []
    for method in (Lead(), TextRank(), *lexrank, CompressiveExtract()):
        started = time.perf_counter()
        texts = [method.summarize(article, int(length)).text for article in articles]
        seconds = (time.perf_counter() - started) / len(cases)
        covered = []
        for text, case in zip(texts, cases, strict=True):
            have = score.bigrams(text)
            covered += [
                (want & have).total() / max(1, want.total()) for want in map(score.bigrams, case["facts"])
            ]
        rouge = score.rouge([(text, case["summary"]) for text, case in zip(texts, cases, strict=True)])
        size = sum(map(len, texts)) / len(texts)
        print(
            f"{method.name:10} {rouge}   facts {100 * sum(covered) / len(covered):.1f} %   {size:.0f} characters   {seconds:.4f} s"
        )
    print(
        "gist      ", score.rouge([(gist(a), case["gist"]) for a, case in zip(articles, cases, strict=True)])
    )
    print("headline  ", score.rouge([(case["title"], case["gist"]) for case in cases]))


if __name__ == "__main__":
    main(*sys.argv[1:])
