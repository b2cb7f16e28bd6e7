"""Days are told by the dateline where the paper's day is another."""

from __future__ import annotations

import datetime

import pytest

from briefing.summarization.extract.compressive import CompressiveExtract
from briefing.summarization.extract.day_words import DayWords
from briefing.types import Article, Sentence

PRINTED = datetime.date(2026, 11, 20)


def report(text: str, date: datetime.date | None = PRINTED, dateline: str | None = None) -> Article:
    return Article(id="1", headline="标题", paragraphs=(text,), date=date, dateline=dateline)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("大桥今天起通车。", "大桥19日起通车。"),
        ("昨晚，大桥亮灯；今晨七时开放。", "18日晚，大桥亮灯；19日晨七时开放。"),
        ("大桥昨日上午验收，明天起收费。", "大桥18日上午验收，20日起收费。"),
        ("今天晚上有雨。", "19日晚上有雨。"),
        ("今天的云汀已是新城，今天，我们再出发。", "今天的云汀已是新城，今天，我们再出发。"),
        ("他说：“今天真冷。”", "他说：“今天真冷。”"),
        ("《明日之星》今日开播。", "《明日之星》19日开播。"),
        ("时至今日，大桥没有修过。", "时至今日，大桥没有修过。"),
        ("据今日美国报道，云汀今晚报记者到场。", "据今日美国报道，云汀今晚报记者到场。"),
    ],
)
def test_words_for_a_day_become_the_day(words: str, told: str) -> None:
    days = DayWords.of(report("本报云汀11月19日电（记者 方既白）大桥通车。"))
    assert days.told(words, 100) == told


@pytest.mark.parametrize(
    ("article", "day"),
    [
        (report("本报云汀11月19日讯 大桥通车。"), datetime.date(2026, 11, 19)),
        (report("大桥通车。", dateline="新华社云汀11月18日电"), datetime.date(2026, 11, 18)),
        (report("本报云汀12月31日电 大桥通车。", None), datetime.date(2000, 12, 31)),
        (report("本报云汀11月20日电 大桥通车。"), None),
        (report("本报云汀13月40日电 大桥通车。"), None),
        (report("大桥11月19日通车。"), None),
        (report("大" * 70 + "11月19日电 大桥通车。"), None),
    ],
)
def test_the_dateline_tells_the_day(article: Article, day: datetime.date | None) -> None:
    assert DayWords.of(article).day == day


@pytest.mark.parametrize(("date", "told"), [(None, "大桥昨天通车。"), (PRINTED, "大桥2月28日通车。")])
def test_the_day_before_march_is_told_only_where_the_year_is_known(
    date: datetime.date | None, told: str
) -> None:
    days = DayWords.of(report("本报云汀3月1日凌晨电 大桥通车。", date))
    assert days.told("大桥昨天通车。", 20) == told
    assert days.told("大桥今天通车。", 20) == "大桥1日通车。"


def test_a_day_of_another_month_has_its_month() -> None:
    days = DayWords.of(report("本报云汀12月1日电 大桥通车。"))
    assert days.told("大桥昨日通车。", 20) == "大桥11月30日通车。"


def test_the_summary_tells_it_and_is_no_longer_than_it_may_be() -> None:
    text = "本报云汀11月19日电 云汀大桥今天起向行人开放，全长3.5公里。过桥的人昨天排到了江边的路口。"
    for length in (20, 30, 38, 60):
        summary = CompressiveExtract().summarize(report(text), length)
        assert len(summary.text) <= length
        assert "今天" not in summary.text and "昨天" not in summary.text, summary.text
        assert summary.checks.passed
        whole = report(text).text
        assert all(whole[start:end] for one in summary.sentences for start, end in one.evidence)


def test_what_does_not_fit_stays_as_it_is() -> None:
    days = DayWords.of(report("本报云汀11月19日电 大桥通车。"))
    given = [Sentence(text="大桥今天通车。", evidence=()), Sentence(text="昨天验收。", evidence=())]
    assert [one.text for one in days.sentences(given, 13)] == ["大桥19日通车。", "昨天验收。"]
    assert [one.text for one in days.sentences(given, 12)] == ["大桥今天通车。", "昨天验收。"]
