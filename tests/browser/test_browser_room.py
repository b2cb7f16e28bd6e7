"""The reading room in a real browser: no wider than a phone, without a flaw that axe finds, its links in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe import violations
from edition import DAY
from library import ALONE, KEY, room

from briefing.app.site import write_site
from briefing.store.archive import Archive

PLACES = (
    "index.html",
    f"day/{KEY}/index.html",
    f"day/{KEY}/1.html",
    "people.html",
    "places.html",
    "trends.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room")
    with room(folder, DAY):
        pass
    with Archive(folder / "archive.sqlite3") as archive:
        write_site(archive, folder / "site", ALONE)
    return folder / "site"


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation_or_is_too_wide(browser: Any, site: Path, width: int, scheme: str) -> None:
    for place in PLACES:
        tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        tab.goto((site / place).as_uri())
        assert violations(tab) == [], place
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, place
        tab.close()


def test_a_sentence_lights_up_what_it_rests_on(browser: Any, site: Path) -> None:
    tab = browser.new_page()
    tab.goto((site / f"day/{KEY}/1.html").as_uri())
    before = tab.evaluate("getComputedStyle(document.querySelector('#e1')).backgroundColor")
    tab.click("a[href='#e1']")
    assert tab.evaluate("getComputedStyle(document.querySelector('#e1')).backgroundColor") != before
    assert tab.evaluate("document.querySelector('#e1').getBoundingClientRect().top") < 900
    tab.close()
