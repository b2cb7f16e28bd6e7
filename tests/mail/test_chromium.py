"""The letter in a real browser, as mail programs show it: whole, and with the styles of the head taken away.

At 360, 600 and 1,200 px, light and dark: nothing is wider than the window, no word is hard to read. With BRIEFING_SHOTS=DIR
the pictures are kept, to be looked at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from mail_samples import READER, forms

from briefing.render.mail import MailContext, MailRenderer

HARD_TO_READ = """() => {
  const lum = c => { const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 });
    return .2126 * r + .7152 * g + .0722 * b };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c } return 'rgb(255, 255, 255)' };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, s = getComputedStyle(e);
    if (!walk.currentNode.textContent.trim() || !e.getClientRects().length) continue;
    const [a, b] = [lum(s.color), lum(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) bad.push([walk.currentNode.textContent.slice(0, 20), s.color, ground(e)]);
  }
  return bad }"""


@pytest.mark.parametrize("theme", ["classic", "modern", "neican"])
@pytest.mark.parametrize("head", ["whole", "stripped"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 600, 1200])
def test_it_fits_the_window_and_can_be_read(
    browser: Any, width: int, scheme: str, head: str, theme: str
) -> None:
    around = MailContext(link="https://yunting.test/b", unsubscribe="mailto:a@b.cn")
    html = MailRenderer(theme)(forms(), "zh", READER, around).html
    if head == "stripped":
        html = re.sub(r"(?s)<style.*?</style>", "", html)
    page = browser.new_page(viewport={"width": width, "height": 1000}, color_scheme=scheme)
    page.set_content(html)
    if folder := os.environ.get("BRIEFING_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"mail-{theme}-{width}-{scheme}-{head}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(HARD_TO_READ) == []
    sheet = page.evaluate("document.querySelector('.sheet').getBoundingClientRect().width")
    assert sheet == min(width if head == "whole" and width <= 480 else width - 16, 640)
    assert page.evaluate("document.querySelector('.preheader').getClientRects().length") == 0
    page.close()
