"""The figures of an evaluation, against values worked out by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.evaluate.cases import Case, cases
from briefing.evaluate.scores import case_scores, interval, report
from briefing.types import Article, Checks, Sentence, Story, Summary

ARTICLE = Article(id="a", headline="大桥通车", paragraphs=("云汀大桥今日通车，全长三公里。",))
CASE = Case(article=ARTICLE, gist="大桥通车", summary="云汀大桥通车", facts=("大桥通车", "耗资五亿"))


def story(text: str, gist: str = "大桥通车", checks: Checks | None = None) -> Story:
    made = Summary(
        gist=gist, sentences=(Sentence(text=text, evidence=()),), model="m", checks=checks or Checks()
    )
    return Story(article=ARTICLE, summary=made)


def test_one_row() -> None:
    got = case_scores(story("云汀大桥通车。"), CASE)
    assert got.summary == (1, 1, 1)
    assert got.gist == (1, 1, 1)
    assert got.facts == pytest.approx(0.5)
    assert got.copied == pytest.approx(1.0)
    assert got.copied_long == 0
    assert got.length == 7


def test_what_the_article_lacks_is_not_copied() -> None:
    assert case_scores(story("昨夜大雪"), CASE).copied == 0


def test_the_report_counts_what_is_unsupported() -> None:
    rows = [
        case_scores(story("云汀大桥通车。"), CASE),
        case_scores(story("云汀大桥通车。", checks=Checks(unsupported_numbers=("9",))), CASE),
    ]
    got = report(rows, [1.0, 3.0], 2.0, 50.0)
    assert (got.articles, got.wrong_numbers, got.wrong_names, got.wrong_claims) == (2, 1, 0, 0)
    assert got.summary == pytest.approx((100, 100, 100))
    assert (got.seconds, got.median_seconds, got.peak_mb) == (1.0, 2.0, 50.0)
    assert got.origins == {"extracted": 2}


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [i / 40 for i in range(40)]
    low, high = interval(values)
    assert low < 100 * sum(values) / 40 < high
    assert interval(values) == (low, high)
    assert interval([0.5] * 9) == (50.0, 50.0)


@pytest.mark.parametrize(
    "text", ["", "{}\n", "[1]\n", "nonsense\n", '{"id": 1, "title": "a", "text": "b"}\n']
)
def test_wrong_cases_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="cases"):
        cases(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX")
@pytest.mark.parametrize("kind", ["fifo", "device", "folder", "sparse"])
def test_cases_are_read_from_a_regular_file_of_bounded_size(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "cases.jsonl"
    match kind:
        case "fifo":
            os.mkfifo(file)
        case "device":
            file.symlink_to("/dev/zero")
        case "folder":
            file.mkdir()
        case _:
            with file.open("wb") as stream:
                stream.truncate(6 << 30)
    with pytest.raises(UsageError):
        cases(file)


def test_cases_come_in_clean(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(
        '{"id": 1, "title": "\\ud83d桥", "text": "通\\u2028车\\u001b[31m", "gist": "\\u202e桥", "summary": "桥 ", "facts": ["\\udfff"]}\n',
        encoding="utf-8",
    )
    (one,) = cases(file)
    assert (one.article.headline, one.article.paragraphs) == ("\ufffd桥", ("通", "车"))
    assert (one.gist, one.summary, one.facts) == ("桥", "桥\n", ("\ufffd",))
