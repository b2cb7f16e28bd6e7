"""The HTML page in a real browser: on one sheet when printed, no wider than a phone, without a flaw that axe finds."""

from __future__ import annotations

from typing import Any

import pytest
from axe import violations
from edition import DAY, fitted, measure

from briefing.messages import Language
from briefing.render.page import TemplateRenderer
from briefing.types import Briefing, Form

THEMES = pytest.mark.parametrize("theme", ["classic", "modern", "neican"])
MM = 72 / 25.4
WORST = {"long": {"long": True}, "bare": {"bare": True}, "usual": {}}


def html(theme: str, briefing: Briefing, language: Language = "zh") -> str:
    return TemplateRenderer("html", theme)(briefing, language).content.decode()


def sheets(browser: Any, page: str) -> Any:
    """The page as the browser prints it."""
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    tab = browser.new_page()
    try:
        tab.set_content(page)
        return pdfium.PdfDocument(tab.pdf(prefer_css_page_size=True))
    finally:
        tab.close()


def texts(document: Any) -> list[str]:
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def sizes(document: Any) -> set[float]:
    """The heights, in points, in which text is set."""
    import pypdfium2.raw as raw

    found = set()
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            import ctypes

            size = ctypes.c_float()
            raw.FPDFTextObj_GetFontSize(item, size)
            found.add(round(size.value * item.get_matrix().d, 1))
    return found


def printed(of: Briefing) -> list[str]:
    """What a sheet must show of each story that is not only counted."""
    whole = (Form.FULL, Form.SHORT)
    lines = [
        s.summary.gist or s.article.headline if s.form is Form.LINE else s.article.headline
        for s in of.stories
    ]
    return [
        "".join(line.split())
        for line in (*lines, *(s.summary.text for s in of.stories if s.form in whole))
        if line
    ]


@THEMES
@pytest.mark.parametrize("count", [1, 12, 60, 300])
@pytest.mark.parametrize("kind", WORST)
def test_it_prints_on_one_sheet(browser: Any, theme: str, count: int, kind: str) -> None:
    of = fitted(count, **WORST[kind])
    document = sheets(browser, html(theme, of))
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (width / MM, height / MM) == pytest.approx((210, 297), abs=0.5)
    (text,) = texts(document)
    missing = [line for line in printed(of) if "".join(line.split()) not in text]
    assert not missing
    for left, bottom, right, top in (item.get_bounds() for item in document[0].get_objects(filter=[1])):
        assert left >= 9 * MM and right <= width - 9 * MM and bottom >= 9 * MM and top <= height - 9 * MM
    if count > 12:
        assert measure(of, 9.0) > 0.9 and "另有" in text
        lowest = min(item.get_bounds()[1] for item in document[0].get_objects(filter=[1]))
        assert lowest < 0.3 * height  # nor is it half empty


@THEMES
@pytest.mark.parametrize("count", [1, 8, 60])
def test_nothing_is_printed_smaller_than_9_points(browser: Any, theme: str, count: int) -> None:
    found = sizes(sheets(browser, html(theme, fitted(count))))
    assert found and min(found) >= 8.9


@THEMES
def test_two_sheets_are_two_and_cut_nothing(browser: Any, theme: str) -> None:
    of = fitted(120, pages=2)
    document = sheets(browser, html(theme, of))
    assert len(document) == 2
    text = "".join(texts(document))
    assert of.stories[0].article.headline in text and "核对原文" in text
    for story in of.stories:
        said = (
            story.summary.gist if story.form is Form.LINE and story.summary.gist else story.article.headline
        )
        # A line that begins on one sheet and ends on the other is not in one piece.
        assert "".join(said.split())[:6] in text


@THEMES
def test_everything_of_the_day_is_printed(browser: Any, theme: str) -> None:
    (text,) = texts(sheets(browser, html(theme, DAY)))
    for line in (
        *printed(DAY),
        "另有7条未列出",
        "文化12条、体育1条",
        "坏文件.pdf",
        "又见《云汀晚报》第3版、《江屿时报》第A2版",
    ):
        assert line in text, line
    assert "原文依据" not in text


@THEMES
@pytest.mark.parametrize("width", [320, 360, 820, 1280])
def test_it_does_not_scroll_sideways(browser: Any, theme: str, width: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    for of in (DAY, fitted(60, long=True)):
        tab.set_content(html(theme, of))
        tab.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


@THEMES
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_no_violation(browser: Any, theme: str, scheme: str, language: Language) -> None:
    for of in (DAY, fitted(25)):
        tab = browser.new_page(viewport={"width": 1024, "height": 900}, color_scheme=scheme)
        tab.set_content(html(theme, of, language))
        tab.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        assert violations(tab) == []
        tab.close()


@THEMES
def test_the_keyboard_shows_where_it_is(browser: Any, theme: str) -> None:
    tab = browser.new_page()
    tab.set_content(html(theme, DAY))
    seen = set()
    for _ in range(8):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.tagName") == "BODY":
            break
        style = "getComputedStyle(document.activeElement)"
        seen.add(tab.evaluate("document.activeElement.tagName"))
        assert (
            tab.evaluate(f"{style}.outlineStyle") == "solid"
            and tab.evaluate(f"{style}.outlineWidth") == "2px"
        )
    tab.close()
    assert "SUMMARY" in seen


@THEMES
def test_it_runs_no_script_and_fetches_nothing(browser: Any, theme: str) -> None:
    asked: list[str] = []
    tab = browser.new_page(java_script_enabled=False)
    tab.on("request", lambda request: asked.append(request.url))
    tab.set_content(html(theme, DAY))
    assert tab.get_by_role("heading", level=1).inner_text() == "每日简报"
    tab.close()
    assert asked == []
