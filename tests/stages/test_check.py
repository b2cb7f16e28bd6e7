"""`briefing check`: whether an article supports a summary, by the command line and from Python."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import briefing
from briefing.app import check as checking
from briefing.cli.main import app
from briefing.text.statements import statements
from briefing.types import Article

HEADLINE = "云汀图书馆自习室延长开放"
TEXT = """云汀市图书馆昨日宣布，24小时自习室座位由180个增至320个，23日起可通过微信预约。
馆长冷凝之说，晚间到馆读者今年增加了四成，新座位都配有台灯和插座。
自习室免费开放，凭身份证或读者证入馆，每人每次最长使用8小时。"""
TRUE = "云汀市图书馆自习室座位由180个增至320个，23日起可预约。"
FALSE = "云汀市图书馆自习室座位由180个增至350个。"


class Fixed:
    """A judge that gives the same probability to every sentence, and remembers what it was asked."""

    def __init__(self, probability: float) -> None:
        self.probability = probability
        self.asked: list[tuple[Article, list[str]]] = []

    def supported(self, article: Article, sentences: Sequence[str]) -> list[float]:
        self.asked.append((article, list(sentences)))
        return [self.probability] * len(sentences)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BRIEFING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def run(*words: str, stdin: str | None = None) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of one command line."""
    result = CliRunner().invoke(app, ["check", *words], prog_name="briefing", input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def saved(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def rows(*values: object) -> str:
    lines = (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values)
    return saved("cases.jsonl", "\n".join(lines) + "\n")


def case(summary: str = TRUE, **more: object) -> dict[str, object]:
    return {"id": "a", "title": HEADLINE, "text": TEXT, "summary": summary} | more


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


# From Python


def test_each_sentence_is_told_with_reasons_score_and_evidence() -> None:
    good, bad = briefing.check(TEXT, TRUE + FALSE, headline=HEADLINE, model="extract")
    assert good.supported and good.reasons == () and good.score > 0.9
    assert not bad.supported and bad.score <= checking.OBJECTED
    assert [reason("zh") for reason in bad.reasons] == ["“350个”：原文没有这个数字，或者说的不是这件事"]
    assert "figure" in bad.reasons[0]("en")
    for one in (good, bad):
        assert one.quotes == tuple(TEXT[start:end] for start, end in one.evidence)
        assert "320个" in one.quotes[0]


@pytest.mark.parametrize(
    ("summary", "word"),
    [
        ("馆长田牧说，晚间到馆读者增加了四成。", "田牧"),
        ("馆长冷凝之说，晚间到馆读者减少了四成。", "减少"),
        ("自习室不免费开放，凭身份证入馆。", "不免费"),
        ("云汀港集团的股价上周大跌，投资者忧心忡忡。", "用词大半不见于原文"),
        ("总之，读者更方便了。", "用词大半不见于原文"),
    ],
)
def test_what_the_article_does_not_say_is_objected_to(summary: str, word: str) -> None:
    (one,) = briefing.check(TEXT, summary, headline=HEADLINE, model="extract")
    assert not one.supported
    assert any(word in reason("zh") for reason in one.reasons)


def test_what_only_the_headline_says_is_supported() -> None:
    (one,) = briefing.check(TEXT, "自习室延长开放。", headline=HEADLINE, model="extract")
    assert one.supported
    (one,) = briefing.check("", "云汀大桥通车。", headline="云汀大桥通车", model="extract")
    assert one.supported and one.evidence == () == one.quotes


@pytest.mark.parametrize("summary", ["", "  \n\t", "---", "摘要：\n\n", "**要点**"])
def test_a_summary_without_a_statement_has_no_sentences(summary: str) -> None:
    assert briefing.check(TEXT, summary, model="extract") == ()


@pytest.mark.parametrize("text", ["", "\n\n", "　"])
def test_an_empty_article_supports_nothing_and_says_why(text: str) -> None:
    (one,) = briefing.check(text, TRUE, model="extract")
    assert (one.supported, one.score, one.reasons, one.evidence) == (False, 0.0, (checking.EMPTY,), ())


def test_too_much_is_refused_and_a_long_sentence_is_not_passed_over() -> None:
    with pytest.raises(briefing.BriefingError, match="200001 characters"):
        briefing.check("云" * 200_001, TRUE, model="extract")
    with pytest.raises(briefing.BriefingError, match="301 sentences"):
        briefing.check(TEXT, "通车。" * 301, model="extract")
    (one,) = briefing.check(TEXT, "座位增加，" * 300, model="extract")
    assert (one.supported, one.score, one.reasons) == (False, 0.0, (checking.TOO_LONG,))


def test_text_as_windows_and_broken_exports_leave_it_keeps_its_offsets() -> None:
    text = TEXT.replace("\n", "\r\n") + "\r\u2028云汀\ud800大桥全长3.5公里。\x00"
    good, bad = briefing.check(text, "大桥全长3.5公里。大桥全长9.5公里。", model="extract")
    assert good.supported and not bad.supported
    ((start, end),) = good.evidence
    assert "大桥全长3.5公里。" in text[start:end]


def test_either_script_against_either() -> None:
    hant_text = "雲汀市圖書館昨日宣佈，自習室座位由180個增至320個。\n館長范凝之說，晚間讀者增加了四成。"
    hant = "雲汀市圖書館自習室座位增至320個。館長范凝之說，座位由180個增至350個。"
    hans = "云汀市图书馆自习室座位增至320个。馆长范凝之说，座位由180个增至350个。"
    for summary, unit in ((hant, "350個"), (hans, "350个")):
        good, bad = briefing.check(hant_text, summary, model="extract")
        assert good.supported and not bad.supported
        assert unit in bad.reasons[0]("zh")
        assert good.text + bad.text == summary
        assert good.quotes == ("雲汀市圖書館昨日宣佈，自習室座位由180個增至320個。",)
    good, bad = briefing.check(TEXT, "雲汀市圖書館自習室座位增至320個。座位增至350個。", model="extract")
    assert good.supported and "350個" in bad.reasons[0]("zh")


# With a judge


SPEAKERS = """市长沈砚秋19日会见罗岚市市长马雷。马雷表示，罗岚市愿开通直达云汀港的集装箱班轮。
沈砚秋说，云汀将扩建集装箱码头。"""
SWAPPED = "沈砚秋表示，罗岚市愿开通直达云汀港的集装箱班轮。"


def test_a_judge_that_is_sure_overrules_doubts_about_who_did_it() -> None:
    (alone,) = briefing.check(SPEAKERS, SWAPPED, model="extract")
    assert not alone.supported
    assert briefing.check(SPEAKERS, SWAPPED, model=Fixed(checking.SURE))[0].supported
    assert not briefing.check(SPEAKERS, SWAPPED, model=Fixed(checking.SURE - 0.01))[0].supported


def test_no_judge_overrules_a_figure_that_is_not_there() -> None:
    sure, doubtful = Fixed(0.97), Fixed(0.3)
    good, bad = briefing.check(TEXT, TRUE + FALSE, headline=HEADLINE, model=sure)
    assert good.supported and good.score <= 0.97
    assert not bad.supported and bad.score <= checking.OBJECTED
    good, bad = briefing.check(TEXT, TRUE + FALSE, headline=HEADLINE, model=doubtful)
    assert good.reasons == (checking.JUDGED,) and good.score == 0.3
    assert bad.reasons[-1] == checking.JUDGED and len(bad.reasons) == 2
    assert briefing.check(TEXT, TRUE, model=Fixed(checking.THRESHOLD))[0].supported
    assert not briefing.check(TEXT, TRUE, model=Fixed(float("nan")))[0].supported


def test_a_judge_reads_simplified_characters_without_list_marks() -> None:
    judge = Fixed(0.9)
    briefing.check("雲汀大橋全長3.5公里。", "1. 雲汀大橋全長3.5公里。", headline="雲汀大橋通車", model=judge)
    ((article, asked),) = judge.asked
    assert (article.headline, article.text) == ("云汀大桥通车", "云汀大桥全长3.5公里。")
    assert asked == ["云汀大桥全长3.5公里。"]


def test_a_judge_that_loses_a_sentence_is_no_judge() -> None:
    class Forgetful(Fixed):
        def supported(self, article: Article, sentences: Sequence[str]) -> list[float]:
            return super().supported(article, sentences)[:-1]

    with pytest.raises(ValueError, match="zip"):
        briefing.check(TEXT, TRUE + FALSE, model=Forgetful(0.9))


# As chat models write


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("1. 座位增至320个。\n2. 23日起可预约。", ["座位增至320个。", "23日起可预约。"]),
        ("1、座位增至320个。\n2）23日起可预约。", ["座位增至320个。", "23日起可预约。"]),
        ("（1）座位增至320个；（2）23日起可预约。", ["座位增至320个；23日起可预约。"]),
        ("一、座位增至320个。\n二、23日起可预约。", ["座位增至320个。", "23日起可预约。"]),
        ("- **座位**：增至320个\n* 23日起可预约", ["座位：增至320个", "23日起可预约"]),
        ("## 摘要\n> 座位增至320个。\n---", ["座位增至320个。"]),
        ("**摘要**：座位增至320个。（共8字）", ["座位增至320个。"]),
        ("【新闻摘要】座位增至320个。", ["座位增至320个。"]),
        ("好的，以下是这篇文章的摘要：\n\n座位增至320个。", ["座位增至320个。"]),
        ("Summary: 座位增至320个。", ["座位增至320个。"]),
        ("<think>是180还是\n320？</think>\n座位增至320个。", ["座位增至320个。"]),
        ("要點1：座位增至320個。\n要點2：可預約。", ["座位增至320個。", "可預約。"]),
        ("1.5万人到馆。", ["1.5万人到馆。"]),
        ("1、2号线昨日通车。", ["1、2号线昨日通车。"]),
        ("三、四级地震各一次。", ["三、四级地震各一次。"]),
        ("摘要写作课昨日开讲。", ["摘要写作课昨日开讲。"]),
        ("内容产业增长三成。", ["内容产业增长三成。"]),
        ("馆长说：座位增至320个。", ["馆长说：座位增至320个。"]),
    ],
)
def test_what_decorates_a_statement_is_no_part_of_it(written: str, bare: list[str]) -> None:
    found = statements(written)
    assert [one.bare for one in found] == bare
    assert all(one.written in written for one in found)


# On the command line


def test_a_pair_is_told_in_words() -> None:
    article, summary = (
        saved("article.txt", f"{HEADLINE}\n\n{TEXT}\n"),
        saved("summary.txt", TRUE + "\n" + FALSE),
    )
    code, out, err = run(article, summary)
    assert code == 1 and "2 句，1 句" in err
    assert out.splitlines()[0] == f"✓ {TRUE}"
    assert (
        f"✗ {FALSE}" in out
        and "    “350个”：原文没有这个数字" in out
        and "    依据：云汀市图书馆昨日宣布" in out
    )
    code, out, err = run(article, summary, "--lang", "en")
    assert code == 1 and "evidence: " in out and "1 of 2 sentences" in err
    code, out, err = run(article, saved("summary.txt", TRUE), "-q")
    assert (code, err) == (0, "")


def test_a_pair_as_json_and_either_from_stdin() -> None:
    article, summary = saved("article.txt", f"{HEADLINE}\n\n{TEXT}\n"), saved("summary.txt", TRUE + FALSE)
    whole = run(article, summary, "--json")
    assert whole[0] == 1 and whole == run(article, "-", "--json", stdin=TRUE + FALSE)
    (made,) = lines(whole[1])
    assert set(made) == {"id", "sentences"}
    assert [set(one) for one in made["sentences"]] == [
        {"text", "supported", "score", "reasons", "evidence", "quotes"}
    ] * 2
    assert [one["supported"] for one in made["sentences"]] == [True, False]
    (piped,) = lines(run("-", summary, "--json", stdin=f"{HEADLINE}\n\n{TEXT}\n")[1])
    assert piped["sentences"] == made["sentences"]


def test_a_reporter_and_a_dateline_are_of_the_article_but_no_curator() -> None:
    article = saved("article.txt", f"{HEADLINE}\n\n本报云汀11月20日讯（记者 田牧）{TEXT}\n")
    for summary, code in (("据记者田牧报道，座位增至320个。", 0), ("馆长田牧说，座位增至320个。", 1)):
        assert run(article, saved("summary.txt", summary))[0] == code


def test_rows_keep_their_order_and_ids_and_further_keys_do_no_harm() -> None:
    source = rows(
        {"model": "x", "summary": TRUE, "extra": [1], "text": TEXT, "id": 7, "title": HEADLINE},
        case(FALSE, id="b"),
        {"text": TEXT, "summary": TRUE},
        case(id="d", title=None),
    )
    code, out, err = run("--json", source)
    assert (code, err) == (1, "")
    made = lines(out)
    assert [one["id"] for one in made] == [7, "b", 3, "d"]
    assert [one["sentences"][0]["supported"] for one in made] == [True, False, True, True]
    assert run("--json", "-", stdin=Path(source).read_text("utf-8")) == (code, out, err)
    assert run("--json", rows(case()))[0] == 0


BAD = [
    ("{", "不是有效的 JSON"),
    ("[1]", "不是一个 JSON 对象"),
    (case(id=[1]), "id 应为文字或整数"),
    (case(id=True), "id 应为文字或整数"),
    (case(title=1), "title"),
    ({"id": "x", "summary": TRUE}, "缺少 text"),
    (case(text=["a"]), "缺少 text"),
    ({"id": "x", "text": TEXT}, "缺少 summary"),
    (case(text=" "), "正文是空的"),
    (case(""), "摘要是空的"),
    (case("---"), "摘要里没有句子"),
    (case(text="云" * 200_001), "200001 字"),
    ("[" * 100_000, "不是有效的 JSON"),
]


@pytest.mark.parametrize(("row", "what"), BAD)
def test_a_bad_row_is_told_with_its_line_and_the_others_go_on(row: object, what: str) -> None:
    source = rows(case(id="first"), "", row, case(id="last"))
    code, out, err = run("--json", source)
    assert code == 1
    assert [one["id"] for one in lines(out)] == ["first", "last"]
    assert re.match(rf"cases\.jsonl:3: .*{re.escape(what)}", err), err
    assert run("--json", rows(row))[:2] == (3, "")


@pytest.mark.parametrize("other", ["nonesuch.txt", "empty.txt", "blank.txt"])
def test_what_cannot_be_read_is_exit_3(other: str) -> None:
    saved("empty.txt", "")
    saved("blank.txt", " \n")
    good = saved("good.txt", f"{HEADLINE}\n\n{TEXT}\n")
    for words in ((other, good), (good, other), ("--json", other)):
        code, out, err = run(*words)
        assert (code, out) == (3, "") and other in err


def test_a_mistake_is_exit_2() -> None:
    table = saved("table.csv", "title,text\n甲,云汀大桥通车。\n乙,云汀港开港。\n")
    for words in ((), ("a.txt",), ("-", "-"), ("a.txt", "b.txt", "c.txt"), (table, saved("s.txt", TRUE))):
        code, out, err = run(*words)
        assert (code, out) == (2, ""), err
        assert "错误" in err and "→" in err


def test_a_sure_judge_overrules_a_doubt_about_a_name_never_one_about_a_figure() -> None:
    text = "云汀市图书馆馆长田牧说，自习室座位增至320个。"
    spelled, other = checking.SURE_OF_NAMES
    for summary, sure in (("田云汀说，座位增加。", spelled), ("馆长林叶舟说，座位增加。", other)):
        assert not briefing.check(text, summary, model="extract")[0].supported
        assert not briefing.check(text, summary, model=Fixed(sure - 0.01))[0].supported
        assert briefing.check(text, summary, model=Fixed(sure))[0].supported
    assert not briefing.check(text, "自习室座位增至350个。", model=Fixed(0.99))[0].supported
