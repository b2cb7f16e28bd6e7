"""The folder as it is: an edition of one day or of several, own output, copies, addresses that hold the day."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from source_files import packed
from typer.testing import CliRunner

import briefing
from briefing.app.reading import single_articles
from briefing.cli.main import app
from briefing.edit.edition_date import named_day
from briefing.errors import UsageError
from briefing.messages import Language
from briefing.read.dated import on_day, on_days
from briefing.text import beijing
from briefing.text.mark import is_marked, marked
from briefing.types import Problem

DAY = datetime.date(2026, 11, 20)
STORIES = (
    (
        "望江桥提前通车",
        "全长1860米的望江桥昨日提前二十天通车，首日通过车辆3.2万辆。桥面设双向六车道，两侧各有一条步行道。",
    ),
    (
        "水厂启用臭氧工艺",
        "清河水厂昨日启用新的臭氧工艺，城南六十万居民受益。水厂说，每吨水的耗电比设计值低百分之六。",
    ),
    (
        "书房开进旧粮仓",
        "青石镇的旧粮仓改成了社区书房，藏书一万二千册。开放首日有九百多人到访，座位坐满了大半天。",
    ),
)


def page(day: int, number: int = 0) -> str:
    headline, text = STORIES[number]
    return f"云汀日报\n2026年11月{day}日 星期五 第01版\n\n{headline}\n\n　　本报讯 {text}\n"


def run(*words: object) -> SimpleNamespace:
    found = CliRunner().invoke(app, [*map(str, words)])
    return SimpleNamespace(code=found.exit_code, out=found.stdout, said=found.stderr)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pages of three days, and one that states none."""
    monkeypatch.chdir(tmp_path)
    for day, number in ((18, 2), (19, 1), (20, 0)):
        (tmp_path / f"{number}.txt").write_text(page(day, number), encoding="utf-8")
    return tmp_path


def headlines(day: briefing.Briefing) -> list[str]:
    return sorted(story.article.headline for story in day.stories)


def test_an_edition_is_of_the_newest_day_and_says_what_it_leaves_out(folder: Path) -> None:
    day = briefing.compose(folder, model="lead")
    assert (day.date, headlines(day)) == (DAY, ["望江桥提前通车"])
    assert [note.message.zh for note in day.notes] == [
        "1 篇是 2026-11-19 的，没有收入",
        "1 篇是 2026-11-18 的，没有收入",
    ]
    assert all(note.note and note.hint for note in day.notes)
    assert not day.problems


def test_the_day_asked_for_and_a_span_of_days(folder: Path) -> None:
    assert headlines(briefing.compose(folder, model="lead", date="20261119")) == ["水厂启用臭氧工艺"]
    day = briefing.compose(folder, model="lead", days=2)
    assert headlines(day) == ["望江桥提前通车", "水厂启用臭氧工艺"]
    assert [note.message.zh for note in day.notes] == ["1 篇是 2026-11-18 的，没有收入"]
    assert headlines(briefing.compose(folder, model="lead", days=3)) == sorted(h for h, _ in STORIES)


def test_a_story_of_a_span_shows_its_day_in_every_format(folder: Path) -> None:
    day = briefing.compose(folder, model="lead", days=3)
    for name in ("html", "md", "txt"):
        text = briefing.render(day, name).content.decode()
        assert all(f"11月{number}日" in text for number in (18, 19, 20)), name
        assert "20 November" in briefing.render(day, name, lang="en").content.decode()
    made = json.loads(briefing.render(day, "json").content)
    assert made["days"] == 3
    assert sorted(story["date"][-2:] for section in made["sections"] for story in section["stories"]) == [
        "18",
        "19",
        "20",
    ]
    alone = briefing.compose(folder, model="lead")
    assert "11月20日" not in briefing.render(alone, "md").content.decode().replace("2026年11月20日", "")
    pdfium = pytest.importorskip("pypdfium2")
    words = pdfium.PdfDocument(briefing.render(day, "pdf").content)[0].get_textpage().get_text_range()
    assert "11月18日" in words.replace(" ", "")


def test_notes_and_days_survive_the_json(folder: Path) -> None:
    for days in (1, 2):
        day = briefing.compose(folder, model="lead", days=days)
        (path,) = briefing.write(day, folder / "out", ["json"])
        again = briefing.load(path)
        assert (again.days, len(again.notes)) == (days, 3 - days)
        assert briefing.render(again, "json").content == path.read_bytes()


def test_a_source_without_a_day_is_of_the_edition(folder: Path) -> None:
    (folder / "x.txt").write_text(
        "港口开通新航线\n\n　　本报讯 云汀港昨日开通到罗岚市的航线，每周两班，航程三天。\n", encoding="utf-8"
    )
    assert "港口开通新航线" in headlines(briefing.compose(folder, model="lead"))
    (folder / "x.txt").rename(folder / "2026-11-17-03.txt")
    assert "港口开通新航线" not in headlines(briefing.compose(folder, model="lead"))


def test_a_day_that_no_source_is_of_is_a_problem_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(page(20), encoding="utf-8")
    day = briefing.compose(tmp_path, model="lead", date="2026-11-21")
    assert (day.date.day, headlines(day)) == (21, ["望江桥提前通车"])
    assert [problem.message.zh for problem in day.problems] == ["来源是 2026-11-20 的，不是所要的 2026-11-21"]


def test_a_day_that_none_of_several_is_of_is_an_error(folder: Path) -> None:
    found = run("digest", folder, "-m", "lead", "-f", "md", "--date", "2026-11-01")
    assert found.code == 3
    assert "没有可以收入的新闻" in found.said and "2026-11-20" in found.said


def test_a_day_to_come_is_taken_only_where_there_is_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beijing, "today", lambda: datetime.date(2026, 11, 18))
    assert briefing.compose(folder, model="lead").date.day == 19
    monkeypatch.setattr(beijing, "today", lambda: datetime.date(2026, 1, 1))
    assert briefing.compose(folder, model="lead").date == DAY


def test_many_other_days_are_told_in_one_line(tmp_path: Path) -> None:
    for day in range(10, 21):
        (tmp_path / f"{day}.txt").write_text(page(day), encoding="utf-8")
    (note,) = briefing.compose(tmp_path, model="lead").notes
    assert note.message.zh == "10 篇是 2026-11-10 至 2026-11-19 间 10 天的，没有收入"


def test_the_command_tells_what_it_left_out(folder: Path) -> None:
    found = run("digest", folder, "-m", "lead", "-f", "md", "--json")
    assert found.code == 0
    assert json.loads(found.out)["notes"][0]["message"] == "1 篇是 2026-11-19 的，没有收入"
    assert "2026-11-18" in found.said
    assert run("digest", folder, "-m", "lead", "-f", "md", "-q").said == ""


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-11-20-01.txt", DAY),
        ("pages/20261120.md", DAY),
        ("2026-11-20/1.txt", DAY),
        ("layout/202611/20/1.html", DAY),
        ("a.zip/第1版 2026年11月20日.txt", DAY),
        ("project-2026-11-20-x/1.txt", None),
        ("1.txt", None),
        ("20261350.txt", None),
        ("https://a.example/20261120.html", None),
    ],
)
def test_the_day_in_a_name(name: str, day: datetime.date | None) -> None:
    assert named_day(name) == day


# ---- own output


def test_own_output_is_never_news(folder: Path) -> None:
    day = briefing.compose(folder, model="lead")
    briefing.write(day, folder, ["html", "md", "txt", "json"])
    again = briefing.compose(folder, model="lead")
    assert headlines(again) == headlines(day)
    assert "等 3 个文件是本程序生成的简报" in again.notes[0].message.zh
    for name in ("html", "md", "txt", "json"):
        found = run("segment", folder / f"briefing-2026-11-20.{name}")
        assert (found.code, found.out) == (3, "")
        assert "是本程序生成的简报，不当作新闻" in found.said


def test_own_output_in_an_archive(folder: Path) -> None:
    day = briefing.compose(folder, model="lead")
    files = {"1.txt": page(20).encode(), "briefing.html": briefing.render(day).content}
    (folder / "a.zip").write_bytes(packed(files))
    again = briefing.compose(folder / "a.zip", model="lead")
    assert headlines(again) == headlines(day)
    assert [Path(note.source).name for note in again.notes] == ["briefing.html"]


def test_a_run_on_own_output_alone_is_a_clear_error(folder: Path) -> None:
    briefing.write(briefing.compose(folder, model="lead"), folder / "out", ["html", "md"])
    found = run("digest", folder / "out", "-m", "lead", "-f", "md")
    assert found.code == 3
    assert "本程序生成的简报" in found.said and "--out" in found.said


@pytest.mark.parametrize("name", ["html", "md", "txt", "json", "pdf", "png"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_carries_the_mark(folder: Path, name: str, lang: Language) -> None:
    if name in ("pdf", "png"):
        pytest.importorskip("typst")
    day = briefing.compose(folder, model="lead", lang=lang)
    made = briefing.render(day, name, lang=lang).content  # type: ignore[arg-type]
    assert is_marked(made)
    assert marked(name, made) == made


def test_pages_of_own_themes_carry_it_too(folder: Path) -> None:
    day = briefing.compose(folder, model="lead")
    text = "{% for story in briefing.stories %}{{ (story.article.text ~ ' ') * 4 }}{% endfor %}"
    for name, source in (
        ("html", f"<html><head></head><body>{text}</body></html>"),
        ("md", text),
        ("txt", text),
    ):
        (folder / f"page.{name}.j2").write_text(source, encoding="utf-8")
        made = briefing.render(day, name, template=str(folder / f"page.{name}.j2"))  # type: ignore[arg-type]
        assert is_marked(made.content), name


def test_letters_are_known_and_news_is_not_taken_for_output(folder: Path) -> None:
    day = briefing.compose(folder, model="lead")
    briefing.send(day, to=["a@b.example"], dry_run=folder / "letter.eml")
    assert is_marked((folder / "letter.eml").read_bytes())
    (problem,) = single_articles([str(folder / "letter.eml")])
    assert isinstance(problem, Problem) and problem.note
    for text in (
        page(20),
        "<html><head><meta name='generator' content='briefings 2'></head></html>",
        "Message-ID: <x@y>\n\nbriefing",
    ):
        assert not is_marked(text.encode())
    assert not is_marked(b"%PDF-1.7 briefing") and not is_marked(b"") and not is_marked(b"\x89PNG\r\n\x1a\n")
    assert marked("png", b"no picture") == b"no picture"
    assert is_marked(marked("pdf", b"%PDF-1.7\n%%EOF\n"))


# ---- copies


def test_identical_files_count_once(tmp_path: Path) -> None:
    for name in ("1.txt", "副本.txt", "3.txt"):
        (tmp_path / name).write_text(page(20), encoding="utf-8")
    day = briefing.compose(tmp_path, model="lead")
    (story,) = day.stories
    assert not story.also
    assert [note.message.zh for note in day.notes] == ["等 2 个来源与别的来源完全相同，只算一次"]
    assert len(list(single_articles([str(tmp_path / "1.txt"), str(tmp_path / "3.txt")]))) == 2


# ---- addresses that hold the day


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("https://e.cn/{date:%Y%m/%d}/node_01.html", "https://e.cn/202611/05/node_01.html"),
        (
            "https://e.cn/html/{date:%Y-%m/%d}/nbs_{date:%Y%m%d}.htm",
            "https://e.cn/html/2026-11/05/nbs_20261105.htm",
        ),
        ("pages/{date}", "pages/2026-11-05"),
        ("https://e.cn/{date:%y/%-m/%-d}.pdf?a=%20b", "https://e.cn/26/11/5.pdf?a=%20b"),
        ("https://e.cn/{page}/{date:}", "https://e.cn/{page}/2026-11-05"),
        ("plain.txt", "plain.txt"),
    ],
)
def test_the_day_is_filled_in(pattern: str, address: str) -> None:
    assert on_day(pattern, datetime.date(2026, 11, 5)) == address


def test_unknown_codes_are_refused_and_days_are_several() -> None:
    with pytest.raises(UsageError):
        on_day("https://e.cn/{date:%H}", DAY)
    with pytest.raises(UsageError):
        on_day("https://e.cn/{date:%}", DAY)
    days = [DAY, DAY - datetime.timedelta(days=1)]
    assert on_days("{date}.txt", days) == ["2026-11-20.txt", "2026-11-19.txt"]
    assert on_days("a.txt", days) == ["a.txt"]


def test_a_dated_source_is_read_on_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for day, number in ((19, 1), (20, 0)):
        (tmp_path / f"202611/{day}").mkdir(parents=True)
        (tmp_path / f"202611/{day}/1.txt").write_text(page(day, number), encoding="utf-8")
    (tmp_path / "briefing.toml").write_text(
        'sources = ["{date:%Y%m/%d}/1.txt"]\nmodel = "lead"\n', encoding="utf-8"
    )
    assert run("digest", "-f", "md", "--date", "2026-11-19").out == "briefing-2026-11-19.md\n"
    assert "2 条" in run("digest", "-f", "md", "--date", "2026-11-20", "--days", "2").said
    monkeypatch.setattr("briefing.read.sources.today", lambda: DAY)
    assert "望江桥" in run("segment", "{date:%Y%m/%d}/1.txt").out
    assert run("digest", "{date:%Q}.txt", "-f", "md").code == 2
