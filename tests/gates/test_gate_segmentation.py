"""Pages as they come: text, Markdown, e-papers, PDF. Articles found, and their kickers, decks and bylines."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import printed
import pytest
from corpus import PAGES, article, gold, pairs, references, segmented
from epaper import founder, layered, saved
from scorer import Score, fold

Gate = Callable[..., None]
OLD = Path(__file__).parents[1] / "data/pages"


def score(paths: list[Path]) -> Score:
    """The score on pages that have their gold beside them."""
    total = Score()
    for path, found in zip(paths, segmented(paths), strict=True):
        total.add(gold(path.stem, path.parent), found["articles"], path.stem)
    return total


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_pages_of_text(gate: Gate, kind: str) -> None:
    got = score([path for path in PAGES if path.suffix == f".{kind}"])
    gate(f"segmentation, our {kind} pages: F1", got.f1, got.missed)
    gate(f"segmentation, our {kind} pages: kickers", got.share(got.kickers))
    gate(f"segmentation, our {kind} pages: decks", got.share(got.decks))
    gate(f"segmentation, our {kind} pages: bylines", got.share(got.bylines))


def test_small_pages_of_every_family(gate: Gate) -> None:
    got = score(sorted(path for path in OLD.iterdir() if path.suffix in (".md", ".txt")))
    gate("segmentation, pages of every family: F1", got.f1, got.missed)


def headed() -> list[list[dict[str, Any]]]:
    """The articles that have a headline, page by page: e-papers give no others a file of their own."""
    return [[{**one.row, "body": one.body} for one in gold(path.stem) if one.headline] for path in PAGES]


@pytest.mark.parametrize("system", [founder, layered])
def test_e_papers(gate: Gate, system: Callable[..., dict[str, bytes]], tmp_path: Path) -> None:
    pages = headed()
    found = segmented([saved(system(pages=pages), tmp_path)])
    total = Score()
    for path, page in zip(PAGES, found, strict=True):
        total.add([one for one in gold(path.stem) if one.headline], page["articles"], path.stem)
    gate(f"segmentation, e-paper {system.__name__}: F1", total.f1, total.missed)
    gate(f"segmentation, e-paper {system.__name__}: kickers", total.share(total.kickers))


def test_printed_pages(gate: Gate, tmp_path: Path) -> None:
    """Sixteen sheets of one to five columns, set by Typst from our articles; by the benchmark's own looser measure."""
    pytest.importorskip("typst")
    setter = printed.setter()
    rows = [row for page in headed() for row in page if len(row["body"]) >= 80]
    golds, files = [], []
    for number, count in enumerate([1, 2, 3, 5] * 4, 1):
        chance = random.Random(number)
        data, told = setter.compose(chance.sample(rows, 5 * count + 4), count, number, chance)
        files.append(tmp_path / f"{number:02d}.pdf")
        files[-1].write_bytes(setter.printed([data]))
        golds.append(told)
    hits = made = 0
    for told, page in zip(golds, segmented(files), strict=True):
        hits += setter.found(told, [SimpleNamespace(**one) for one in page["articles"]])
        made += len(page["articles"])
    gate("segmentation, printed pages: F1", 200 * hits / (sum(map(len, golds)) + made))


def test_the_scorer_counts_what_is_wrong() -> None:
    """A headline altered, a body cut, an article made up: each costs what it should."""
    wanted = gold("04-nation")
    rows = [{**one.row, "paragraphs": list(one.paragraphs)} for one in wanted]
    whole, worse = Score(), Score()
    whole.add(wanted, rows, "x")
    assert (whole.f1, whole.share(whole.kickers)) == (100, 100)
    rows[0] |= {"headline": "别的标题"}
    rows[1] |= {"paragraphs": rows[1]["paragraphs"][:1]}
    worse.add(wanted, [*rows, {**rows[0], "headline": "多出来的"}], "x")
    assert (worse.gold, worse.made, worse.found) == (5, 6, 3)
    assert worse.f1 == pytest.approx(600 / 11)
    assert fold(" Ａ１ \u3000甲") == "A1甲"


def test_the_corpus_is_whole() -> None:
    """Each paragraph of the gold stands on its page, but for column breaks; references and pairs are about articles."""
    articles = [(path, one) for path in PAGES for one in gold(path.stem)]
    assert (len(PAGES), len(articles), len(references()), len(pairs())) == (14, 67, 36, 72)
    for path, one in articles:
        page = fold(path.read_text(encoding="utf-8"))
        assert all(fold(paragraph) in page for paragraph in one.paragraphs), (path.name, one.headline)
    assert all(article(one) for one in (*references(), *pairs()))
    assert all(len(one.gist) <= 30 and len(one.summary) <= 120 for one in references())
