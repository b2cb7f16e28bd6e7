"""The reading room in a real browser: no wider than a phone, without a flaw that axe finds, its links in place."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
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


class Wishes:
    """A desk that only writes down who came."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    def editions(self) -> list[tuple[str, str]]:
        return [("", "云汀简报"), ("zhang", "张三的简报")]

    def seal(self) -> str:
        return "sealed"

    def is_sealed(self, given: str) -> bool:
        return given == "sealed"

    def is_address(self, written: str) -> bool:
        return written.endswith(".test")

    def take(self, address: str, edition: str) -> bool:
        self.taken.append((address, edition))
        return True


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Wishes]]:
    uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    from briefing.serve.door import Door
    from briefing.serve.signup import SignupPage
    from briefing.serve.subscription import SubscriptionPages
    from briefing.serve.web import RoomApp

    wishes = Wishes()
    with room(tmp_path) as of, socket.create_server(("127.0.0.1", 0)) as listener:
        of = replace(of, open=True)
        app = RoomApp(of, Door("long enough"), None, SignupPage(of, wishes))
        app.subscriptions = SubscriptionPages(of, None)  # what opens room.css to strangers
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        running.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/subscribe.html", wishes
        server.should_exit = True
        running.join(20)


@pytest.mark.parametrize("width", [1200, 360])
def test_one_subscribes_without_scripts(browser: Any, served: tuple[str, Wishes], width: int) -> None:
    address, wishes = served
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    tab = context.new_page()
    tab.goto(address)
    assert (
        not tab.locator("[name=website]").is_editable()
        or tab.locator("[name=website]").bounding_box()["x"] < 0
    )
    tab.fill("#address", "wang@yunting.test")
    tab.select_option("#edition", "zhang")
    tab.focus("#edition")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # the next thing that the keyboard reaches is the button, not the trap
    tab.wait_for_selector("[role=status]")
    assert "请查收邮件" in tab.inner_text("h1")
    assert wishes.taken == [("wang@yunting.test", "zhang")]
    context.close()


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_has_no_violation_and_is_not_too_wide(
    browser: Any, served: tuple[str, Wishes], width: int, scheme: str
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.goto(served[0])
    for wanted in ("signup", "wrong", "taken"):
        if wanted != "signup":
            tab.fill("#address", f"wang@yunting.{'test' if wanted == 'taken' else 'nowhere'}")
            tab.click("button")
            tab.wait_for_load_state()
        assert violations(tab) == [], wanted
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, wanted
    tab.close()
