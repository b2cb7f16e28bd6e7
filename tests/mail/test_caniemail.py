"""The letter's HTML against caniemail's data: whatever a mail program lacks has a fallback, which stands here.

There are no data for QQ Mail and 163; of the web mail that takes the head away, mail.ru stands for them, and Gmail's
accounts of others. Installed by: npm install --prefix .node caniemail@1.0.5
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from mail_samples import READER, forms, written

from briefing.render.mail import MailContext

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / ".node/node_modules/caniemail"
CLIENTS = ("gmail.*", "outlook.*", "apple-mail.*", "mail-ru.*", "samsung-email.*")
FALLBACKS = {
    "@media": "narrower margins and dark colours only: without them the letter is wide-margined and light",
    "<style> element": "everything in it but @media is in the elements",
    "<body> element": "its colour is on the outer table too",
    "role attribute": "for screen readers; a table without it is read as one",
    "display:none": "the preheader is also 1 px high, of the ground's colour, and mso-hide",
    "overflow": "the preheader is not shown at all where overflow is unknown (mso-hide)",
    "padding": "on table cells only",
    "background": "background-color only",
    "max-width": "on the table, and Word has a table of 640 around it",
    "width property": "on the body only; the tables have the attribute",
    "width attribute": "100 % on tables, 16 on a cell",
    "height property": "on the picture, which has the attribute too",
    "line-height": "a wrong one moves lines a little apart",
    "letter-spacing": "in px, positive",
    "font-weight": "bold is 700",
    "font-size": "in px",
    "text-align": "left",
    "display": "none only",
    "margin": "no negative ones",
    "align attribute": "center only",
    "border": "none or up to 3 px",
    "text-decoration": "underline only",
    "white-space": "nowrap on the parts of the date line, which may break anywhere instead",
    "height attribute": "on the picture, in px",
    "Local anchors": "the list of contents is a table of headlines too, and the stories follow it in the same order",
}
"""The feature and why the letter bears its lack, in whole or in part."""


@pytest.mark.skipif(
    not (PACKAGE.is_dir() and shutil.which("node")),
    reason="npm install --prefix .node caniemail@1.0.5 was not run",
)
def test_no_feature_is_used_that_a_mail_program_lacks_without_a_fallback() -> None:
    html = written(
        forms(), READER, MailContext(link="https://yunting.test/b", logo="logo", unsubscribe="mailto:a@b.cn")
    ).html
    run = subprocess.run(
        ["node", str(HERE / "caniemail.mjs"), str(PACKAGE), *CLIENTS],
        input=html,
        capture_output=True,
        text=True,
        check=True,
    )
    lacking = json.loads(run.stdout)
    assert set(lacking) - set(FALLBACKS) == set(), {
        name: lacking[name] for name in set(lacking) - set(FALLBACKS)
    }
    assert set(FALLBACKS) - set(lacking) == set(), "these fallbacks are for nothing"


def test_the_fallbacks_are_there() -> None:
    """What FALLBACKS says, read off the letter."""
    import re

    html = written(forms(), READER, MailContext(logo="logo")).html
    body = html.split("</head>")[1]
    for style in re.findall(r'<(?!td|body)\w+[^>]*style="([^"]*)"', body):
        assert "padding" not in style
    for tag, style in re.findall(r'<(\w+)[^>]*style="([^"]*max-width[^"]*)"', body):
        assert tag == "table" and "640px" in style
    assert '<table role="presentation" width="640"' in body
    preheader = re.search(r'<div[^>]*style="([^"]*)"', body)
    assert preheader and all(
        s in preheader[1] for s in ("display: none", "max-height: 0", "font-size: 1px", "mso-hide")
    )
    for style in re.findall(r'style="([^"]*)"', body):
        assert not re.search(r"(flex|grid|var\(|calc|rem\b|\bem\b|vw|: -)", style), style
        assert not re.search(r"background(?!-color)", style), style
    assert body.count('bgcolor="') >= 3
