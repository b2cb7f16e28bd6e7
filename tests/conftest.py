"""What all tests share: `--regenerate` writes golden files anew; `browser` is a real chromium, the system's own; the
figures of the gates are printed at the end.

Hypothesis: repeatable in CI, so that a landing does not depend on luck; new examples at every run elsewhere.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Commands that name no model do without the network, which takes a second to load: it has tests of its own.
os.environ.setdefault("BRIEFING_MODEL", "extract")

# What a user has of settings, data and remembered summaries is neither read nor changed by tests.
HOME = tempfile.mkdtemp(prefix="briefing-tests-")
for kind in ("CACHE", "CONFIG", "DATA"):
    os.environ[f"XDG_{kind}_HOME"] = os.path.join(HOME, kind.lower())  # noqa: PTH118  # as the variable has it

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew")


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.getreports(kind)]
    lines = [line for one in reports for name, line in one.user_properties if name == "gate"]
    if lines:
        terminalreporter.section("gates, in percent")
        terminalreporter.write_line("\n".join(sorted(lines)))


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """What language a command speaks that a test runs in this process, the next test does not."""
    from briefing.cli import language

    before = language.current()
    yield
    language.use(before)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Closed after each module: playwright keeps an event loop running for as long as it is open."""
    if CHROMIUM is None:
        pytest.skip("no chromium is on PATH")
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync.sync_playwright() as driver:
        # The sandbox of chromium does not start for root or in most containers; these pages are ours.
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()
