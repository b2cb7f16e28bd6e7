"""Pages in print: exactly one sheet, every character inside the margins, every headline in the text, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from edition import DAY, made, told

from briefing.edit.fit import Fitted
from briefing.errors import TemplateError
from briefing.pipeline import fit_for_print
from briefing.render.glyphs import GETA, code_points, printable
from briefing.render.pdf import PrintRenderer
from briefing.render.themes import find_theme, type_sizes
from briefing.render.typst_printer import bundled_code_points, open_printer
from briefing.resources import templates_dir
from briefing.types import Briefing, Form, Section, Story

THEMES = ("classic", "modern", "neican")
MARGIN = 10 / 25.4 * 72
"""Points from the edge of the paper within which nothing is printed: the narrowest margin of the themes."""
NAMES = "镕喆垚祎燚犇淼赟翀旻昇珺堃龑𬭚𫖯"


def fitted(briefing: Briefing, theme: str = "classic", pages: int | None = 1) -> tuple[Fitted, bytes]:
    with open_printer(theme, (), "zh") as ready:
        made = fit_for_print(briefing, ready.measure_up_to(pages or 1), ready.sizes, pages)
        return made, ready.pdf(made.briefing, made.size)


def opened(pdf: bytes) -> tuple[int, str, list[str]]:
    """The number of pages, the text without spaces, and the characters that are not inside the margins."""
    document = pdfium.PdfDocument(pdf)
    texts, outside = [], []
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        texts.append(text.get_text_range())
        for index, (left, low, right, high) in boxes(text):
            inside = (
                left >= MARGIN and right <= width - MARGIN and low >= MARGIN - 4 and high <= height - MARGIN
            )
            if not inside:
                outside.append(text.get_text_range(index, 1))
    return len(document), bare("".join(texts)), outside


def boxes(text: pdfium.PdfTextPage) -> Iterator[tuple[int, tuple[float, ...]]]:
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1).strip():
            yield index, text.get_charbox(index)


def smallest(pdf: bytes) -> float:
    """The smallest type in points."""
    page = pdfium.PdfDocument(pdf)[0]
    text = page.get_textpage()
    return min(raw.FPDFText_GetFontSize(text, index) for index, _ in boxes(text))


def bare(text: str) -> str:
    """`text` without what the setting may add or leave out: spaces, hyphens at line ends, invisible characters."""
    return re.sub(r"[\s\u200b\u2060\ufffe\x02]", "", text)


def shown(briefing: Briefing) -> list[str]:
    """What must be read on the page for every story that is not only counted."""
    return [
        bare(printable(s.summary.gist or s.article.headline if s.form is Form.LINE else s.article.headline))
        for s in briefing.stories
    ]


def day(*stories: Story) -> Briefing:
    return replace(
        DAY, sections=(Section(name="要闻", stories=stories),), overview=(), problems=(), more_problems=0
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("count", [1, 8, 25, 120, 300])
def test_one_page_with_everything_inside(theme: str, count: int) -> None:
    of = made(count)
    fit, pdf = fitted(of, theme)
    pages, text, outside = opened(pdf)
    assert (pages, outside) == (1, [])
    assert [headline for headline in shown(fit.briefing) if headline not in text] == []
    assert all(bare(line) in text for line in fit.briefing.overview)
    assert len(fit.briefing.stories) + sum(s.more for s in fit.briefing.sections) == count
    assert f"{count}条新闻" in text and "2026年11月20日星期五" in text and "摘要由程序自动生成" in text
    assert smallest(pdf) >= 8.99


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("how", ["long", "bare"])
def test_long_headlines_and_no_summaries(theme: str, how: str) -> None:
    fit, pdf = fitted(made(25, **{how: True}), theme)
    pages, text, outside = opened(pdf)
    assert (pages, outside) == (1, [])
    assert [headline for headline in shown(fit.briefing) if headline not in text] == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_form_and_every_word_of_the_page(theme: str) -> None:
    with open_printer(theme, (), "zh") as ready:
        pages, text, outside = opened(ready.pdf(DAY, 9))
    assert (pages, outside) == (1, [])
    assert [headline for headline in shown(DAY) if headline not in text] == []
    for said in (
        "原文未见的数字：2,048",
        "另有7条未列出",
        "另有：文化12条、体育1条",
        "坏文件.pdf：文件已损坏",
    ):
        assert said in text
    assert "另有2个来源未能处理" in text and "本期摘自《云汀日报》《云汀晚报》" in text
    assert "又见《云汀晚报》第3版" in text and "数据中心算力12月起向中小企业开放" in text


def test_a_page_of_many_is_full() -> None:
    for theme in THEMES:
        with open_printer(theme, (), "zh") as ready:
            fit = fit_for_print(made(120), ready.measure, ready.sizes, 1)
            assert 0.93 < ready.measure(fit.briefing, fit.size) <= 1


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_not_even_set_would_not_have_fitted(theme: str) -> None:
    with open_printer(theme, (), "zh") as ready:
        for count in (20, 30, 45, 60):
            of, asked = made(count, bare=count == 60), ready.measure_up_to(1)
            for size in (ready.sizes[0], ready.sizes[-1]):
                least, true = asked(of, size), ready.measure(of, size)
                assert least == true or 1 < least <= true


def test_more_pages_show_more_and_auto_shows_all() -> None:
    of = made(60)
    one, two = fitted(of, pages=1), fitted(of, pages=2)
    assert two[0].steps_taken < one[0].steps_taken
    assert (opened(one[1])[0], opened(two[1])[0]) == (1, 2)
    every, pdf = fitted(of, pages=None)
    pages, text, outside = opened(pdf)
    assert pages > 2 and outside == [] and len(every.briefing.stories) == 60
    assert [headline for headline in shown(every.briefing) if headline not in text] == []
    assert f"1/{pages}" in text and f"{pages}/{pages}" in text


def test_one_story_of_five_thousand_characters() -> None:
    one = told("云汀市公布全文", ("云汀市今天公布了这份文件的全文。" * 312,), gist="全文公布")
    fit, pdf = fitted(day(one))
    pages, text, outside = opened(pdf)
    assert (pages, outside) == (1, []) and "全文公布" in text
    assert fit.briefing.stories[0].form is Form.LINE


@pytest.mark.parametrize("theme", THEMES)
def test_words_that_look_like_markup_are_printed_as_they_are(theme: str) -> None:
    evil = '#panic("x") $x$ *粗* _斜_ \\u{41} @ref <end> `代码` // 注 “引” "直" [方] = 题 ~ -- --- 1. - + https://news.example/a'
    of = replace(
        day(told(evil, (evil,), gist=evil + "！", kicker=evil, byline=evil, page_number=evil, paper=evil)),
        title=evil,
        papers=(evil,),
        overview=(evil,),
    )
    with open_printer(theme, (), "zh") as ready:
        pages, text, outside = opened(ready.pdf(of, 9))
    assert (pages, outside) == (1, [])
    assert text.count(bare(evil)) >= 5


@pytest.mark.parametrize("theme", THEMES)
def test_a_word_without_end_stays_in_its_column(theme: str) -> None:
    word = "https://news.example/" + "abcdefghij" * 40
    with open_printer(theme, (), "zh") as ready:
        of = day(told("网址" + word, (word,)), told(word, (word,), paper=word, form=Form.LINE))
        pages, text, outside = opened(ready.pdf(replace(of, title=word[:60]), 9))
    assert (pages, outside) == (1, [])
    assert word in text


def test_rare_characters_of_names_are_in_our_fonts() -> None:
    pdf = PrintRenderer()(day(told(f"{NAMES}出席", (f"{NAMES}到会。",))), "zh").content
    text = opened(pdf)[1]
    assert text.count(NAMES) == 2 and GETA not in text


def test_each_of_our_fonts_has_all_of_gb_2312() -> None:
    codes = set()
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            codes |= {ord(char) for char in bytes([row, cell]).decode("gb2312", "ignore")}
    assert len(codes) == 6763
    codes |= set(map(ord, f"{NAMES}，。、；：？！“”‘’（）《》【】〓〇—…·￥％①Ⅳ℃㎡éüЖαA9"))
    fonts = sorted((templates_dir() / "fonts").glob("*.otf"))
    assert [font.stem for font in fonts] == [
        "BriefingSans-Regular",
        "BriefingSerif-Bold",
        "BriefingSerif-Regular",
    ]
    assert all(codes <= code_points(font) for font in fonts)
    assert "SIL OPEN FONT LICENSE" in (templates_dir() / "fonts/OFL.txt").read_text(encoding="utf-8")


def test_traditional_characters_need_no_font_of_the_machine() -> None:
    said = "臺灣學者參觀雲汀圖書館，體驗古籍修復與數據庫檢索"
    assert {ord(char) for char in said} <= bundled_code_points()
    assert opened(PrintRenderer()(day(told(said, (said,))), "zh").content)[1].count(said) == 2


def test_a_character_that_no_font_has_is_marked_and_the_rest_is_there() -> None:
    nowhere = "\U00016800\U00013000"  # Bamum and Egyptian
    pdf = PrintRenderer()(
        day(told(f"甲{nowhere}乙镕", ("坏\ud800字\ue000节\x00\x07\u202e\ufe0f。",))), "zh"
    ).content
    text = opened(pdf)[1]
    assert text.startswith("每日简报") and "乙镕" in text
    assert f"坏{GETA}字{GETA}节。" in text
    assert f"甲{GETA}{GETA}乙" in text or f"甲{nowhere}乙" in text  # a machine may have even these


@pytest.mark.parametrize("format", ["pdf", "png"])
def test_the_same_briefing_gives_the_same_bytes(format: str) -> None:
    first, second = (PrintRenderer(format)(made(25), "zh") for _ in range(2))
    assert first == second
    assert first.content.startswith(b"%PDF-1.7" if format == "pdf" else b"\x89PNG")


def test_it_is_an_archive_pdf_with_title_and_date() -> None:
    pdf = PrintRenderer()(DAY, "zh").content
    document = pdfium.PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"] == "每日简报"
    assert document.get_metadata_dict()["CreationDate"].startswith("D:20261120")
    assert b"pdfaid:part>2<" in pdf.replace(b" ", b"")


def test_english_words_and_an_empty_day() -> None:
    english = opened(PrintRenderer()(DAY, "en").content)[1]
    assert "Friday,20November2026" in english and "Inbrief" in english and "今日要点" not in english
    empty = opened(PrintRenderer()(replace(DAY, title="", sections=(), overview=(), papers=()), "zh").content)
    assert empty[0] == 1 and "本期没有可收录的新闻。" in empty[1] and empty[2] == []


def test_a_page_of_the_users_own(tmp_path: Path) -> None:
    page = tmp_path / "page.typ"
    page.write_text(
        '#let day = json(bytes(sys.inputs.data))\n#set text(font: "Briefing Sans")\n#day.title#pagebreak()市府办'
    )
    for template in (str(tmp_path), str(page)):
        with open_printer(template, (), "zh") as ready:
            assert ready.measure(DAY, 9) == 2
            assert opened(ready.pdf(DAY, 9))[:2] == (2, "每日简报市府办")
    page.write_text('#import "parts.typ": *\n#show: sheet\n#metadata(none)<start>\n#day.date')
    with open_printer("classic", (tmp_path,), "zh") as ready:
        assert ready.measure(DAY, 9) < 1
        assert "2026年11月20日" in opened(ready.pdf(DAY, 9))[1]


@pytest.mark.parametrize("bad", ["#nosuch", "#let x = (", '#read("/etc/passwd")'])
def test_a_fault_in_a_page_names_file_and_line(tmp_path: Path, bad: str) -> None:
    (tmp_path / "page.typ").write_text(f"\n\n{bad}")
    with open_printer("classic", (tmp_path,), "zh") as ready:
        for failing in (lambda: ready.measure(DAY, 9), lambda: ready.pdf(DAY, 9)):
            with pytest.raises(TemplateError, match=r"page\.typ:3: ") as caught:
                failing()
            assert str(tmp_path / "page.typ") in str(caught.value)


def test_no_theme_goes_below_nine_points(tmp_path: Path) -> None:
    for theme in THEMES:
        sizes = type_sizes(find_theme("pdf", theme, ()))
        assert min(sizes) >= 9 and list(sizes) == sorted(sizes)
    (tmp_path / "theme.toml").write_text("[type]\nsizes = [8.5, 9]")
    with pytest.raises(TemplateError, match=r"theme\.toml"):
        type_sizes(find_theme("pdf", "classic", (tmp_path,)))
    (tmp_path / "theme.toml").write_text("[type]\nsizes = [12, 10]")
    assert type_sizes(find_theme("pdf", "classic", (tmp_path,))) == (10.0, 12.0)


@pytest.mark.parametrize("theme", THEMES)
def test_a_reader_draws_the_characters_as_large_as_they_are_set(theme: str) -> None:
    """A font whose own matrix is wrong is set well and drawn at half its size: the boxes of the ink tell."""
    text = pdfium.PdfDocument(PrintRenderer("pdf", theme)(DAY, "zh").content)[0].get_textpage()
    words = text.get_text_range()
    shares = []
    for at, char in enumerate(words):
        if char in "国圆新闻题":
            left, _, right, _ = text.get_charbox(at)
            wide_left, _, wide_right, _ = text.get_charbox(at, loose=True)
            shares.append((right - left) / (wide_right - wide_left))
    assert len(shares) > 5 and min(shares) > 0.75
