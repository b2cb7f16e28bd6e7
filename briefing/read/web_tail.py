"""Cuts off what a site sells, asks or links to under a story, by its form.

No list of words can know it: each site has its own. Each of the last lines gets points for and against
by its form and by what it shares with the story: it names an address or a price, calls out, speaks to
its readers, holds a link, ends without a stop, stands in another element, shares few words with the
story. A sign counts only where the story itself does without it. The points are the log-odds of a
logistic model, rounded and mended by hand, so that the sum over all lines from one down to the last
says how much likelier they are the site's than the story's; the cut is where that sum is highest. A
plain paragraph, a row of data and a signature stop the search: nothing above them is cut, nor is
anything for its place and length alone. Knows lines and their forms; knows no site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from .web_captions import is_caption, is_short_after_picture
from .web_furniture import SIMPLIFIED, is_byline, without_editors
from .web_lines import Line
from .web_places import shape
from .web_roles import SIGNED

MOST_LINES, MOST_SHARE = 8, 0.4
"""Most lines that are cut, and most of the story's characters in them."""
FEWEST = 3
"""Fewest lines of an article that is cut."""
TOLD = 0.2
"""Share of the pairs of a line in the headline from which it tells of it."""
LIST = 3
"""Lines of one form that make a list."""
LEAST_POINTS = 0.9
"""Fewest points of what is cut."""
CAP = 4.0
"""Most points of one line for or against."""
OWN_WAY = 0.15
"""Share of the story's lines that have a sign, from which it is the story's own way of writing."""
SHORT, LONG, PLAIN = 20, 60, 25
"""Chinese characters: of a short line, of a long one, of a paragraph that may stop the search."""
RUN = lazy_pattern(rf"[{HAN}]+")
QUOTED = lazy_pattern(r"「[^」]*」|『[^』]*』|“[^”]*”|《[^》]*》|\"[^\"]*\"")
ADDRESS = lazy_pattern(r"[你您妳]|我们|咱们")
CALLS_OUT = lazy_pattern(r"[！!]")
MARK = lazy_pattern(r"[•►▶▼▲◀※☆★◎◆◇■□➤➜→←↓⬇⭐✔✅❤\U0001F300-\U0001FAFF]|>>|^[#＃*＊]")
CONTACT = lazy_pattern(
    r"https?:|www\.|(?<![\w.])[\w.]++@[\w.]|@\w{3,}|\.(?:com|cn|tw|hk|net)\b"
    r"|(?<![\d.])(?!(?:19|20)\d\d)\d{2,4}[-－ ]?\d{3,4}[-－ ]?\d{3,4}(?!\d)"
    r"|(?i:(?<![a-z])(?:app|line|facebook|fb|ig|instagram|youtube|telegram|whatsapp|qr|podcast|email)(?![a-z]))"
)
PRICE = lazy_pattern(r"[元块币圆][/／]|[$＄]\s?\d")
STOP = lazy_pattern(r"(?:[。！？!?…」』”’）)；;]|\.{3})$")
ASIDE = lazy_pattern(r"[（(][^，。：:）)]{1,12}[）)]")
"""A word or two in brackets, alone in a line."""
LABEL = lazy_pattern(r"[^。，]{1,12}[：:｜|／/]")
SIGNED_OFF = lazy_pattern(r"[（(](?:完|记者[^）)]{2,12}|编辑[^）)]{0,12})[）)]\s*$")
FIGURE = lazy_pattern(r"(?!(?:19|20)\d\d(?!\d))\d[\d.,]+")
SIGNS = ("address", "calls", "mark", "contact", "price", "open", "aside", "label", "link", "apart", "short")
"""The signs that count only where the story does without them."""
POINTS = {
    "always": -2.0,
    "address": 2.0,
    "calls": 1.0,
    "mark": 2.0,
    "contact": 2.0,
    "price": 1.5,
    "open": 2.0,
    "aside": 2.5,
    "label": 2.0,
    "link": 2.0,
    "linked": 2.0,
    "apart": 2.0,
    "short": 1.0,
    "strange": 3.0,
    "signed off": 1.0,
    "shared": -1.5,
    "long": -1.0,
    "figures": -1.5,
    "headline": -1.0,
}
"""Log-odds that a line is the site's, fitted on 1600 lines of 225 pages. Mended by hand: `always` is lower,
for safety; what addresses readers or is left open counts more, since stories have such lines further up.
"""
PLACE = frozenset(("apart", "short"))
"""The signs that a line of the story may have as well: a heading, a list."""
SIGNATURE = lazy_pattern(
    r".{0,40}(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[一二三四五六七八九十]日)|.{2,24}(?:办公厅|办公室|委员会|人民政府|局|厅|部|公司|协会|编辑部)"
)
ANNEX = lazy_pattern(r"\W{0,2}附[件表录錄]")
NUMBER = lazy_pattern(r"(?:[^。，：:]{1,12}[：:]\s?)?[\d\s\-－、；;()（）转轉]{7,}")
"""A telephone number, with a label or not: whom to ask, as a notice says."""
END_MARKS = "□■◆◇●▲"
"""What a magazine sets behind the last word."""


class Story(NamedTuple):
    """What the last lines are compared with: the story's earlier lines."""

    grams: frozenset[str]
    """Pairs of characters in it."""
    headline: frozenset[str]
    """Pairs of characters in its headline."""
    figures: frozenset[str]
    shared: float
    """Share of the pairs of a paragraph that stand in those before it."""
    shapes: frozenset[object]
    usual: frozenset[str]
    """The signs that are its own way of writing."""


def _grams(text: str) -> set[str]:
    runs = RUN.findall(text.translate(SIMPLIFIED))
    return {run[place : place + 2] for run in runs for place in range(len(run) - 1)}


def _signs(line: Line, shapes: frozenset[object] | set[object]) -> set[str]:
    """The signs of a line's form that speak for the site."""
    text = without_editors(line.text).translate(SIMPLIFIED).rstrip(END_MARKS) or line.text
    bare = QUOTED.sub("", text)
    found = {
        "address": ADDRESS.search(bare),
        "calls": CALLS_OUT.search(bare),
        "mark": MARK.search(text),
        "contact": CONTACT.search(text),
        "price": PRICE.search(text),
        "open": not STOP.search(text),
        "aside": ASIDE.fullmatch(text),
        "label": LABEL.match(bare) and not text.endswith("。"),
        "link": line.linked > 0,
        "apart": shape(line) not in shapes,
        "short": sum(map(len, RUN.findall(text))) < SHORT,
    }
    return {sign for sign, there in found.items() if there}


def story_of(own: Sequence[Line], titles: Iterable[str]) -> Story:
    """The first half of the lines or more, all but the last few, which may be the site's."""
    own = own[: max((len(own) + 1) // 2, len(own) - MOST_LINES)]
    told = [line for line in own if line.prose] or list(own)
    shapes = frozenset(shape(line) for line in told)
    grams: set[str] = set()
    shares = []
    for line in told:
        new = _grams(line.text)
        shares += [len(new & grams) / len(new)] if new and grams else []
        grams |= new
    signs = [_signs(line, shapes) for line in told]
    usual = {sign for sign in SIGNS if sum(sign in each for each in signs) > OWN_WAY * len(told)}
    return Story(
        frozenset(grams),
        frozenset(set[str]().union(*map(_grams, titles))),
        frozenset(FIGURE.findall(" ".join(line.text for line in told))),
        sum(shares) / len(shares) if shares else 0.2,
        shapes,
        frozenset(usual),
    )


def features(line: Line, story: Story, signed_off: bool) -> dict[str, float]:
    """What speaks for and against a line's being the site's; `signed_off`: a sign-off stands above it."""
    grams = _grams(line.text)
    shared = len(grams & story.grams) / len(grams) if grams else 0.0
    found: dict[str, float] = dict.fromkeys(_signs(line, story.shapes) - story.usual, 1.0)
    found |= {
        "always": 1.0,
        "linked": line.linked,
        "shared": shared,
        "strange": max(0.0, story.shared - shared),
    }
    found["long"] = float(sum(map(len, RUN.findall(line.text))) >= LONG)
    found["headline"] = float(bool(grams & story.headline))
    found["figures"] = float(any(figure in story.figures for figure in FIGURE.findall(line.text)))
    found["signed off"] = float(signed_off)
    return found


def _points(line: Line, story: Story, signed_off: bool) -> float:
    points = sum(POINTS[name] * value for name, value in features(line, story, signed_off).items())
    return max(-CAP, min(CAP, points))


def _stops(line: Line, story: Story) -> bool:
    """Whether nothing is cut above a line: one like the story's paragraphs or one that tells of the headline,
    a row of data, a signature, an annex, a telephone number.
    """
    if line.row or ANNEX.match(line.text) or any(kind.fullmatch(line.text) for kind in (SIGNATURE, NUMBER)):
        return True
    signs = _signs(line, story.shapes) - story.usual
    unended = line.prose >= LONG or line.text.endswith(("：", ":"))
    if line.prose >= PLAIN and signs <= (PLACE | {"open"} if unended else PLACE):
        return True
    grams = _grams(line.text)
    return not (line.linked or ASIDE.fullmatch(line.text)) and len(grams & story.headline) > TOLD * len(grams)


def without_site_tail(lines: Sequence[Line], chosen: Sequence[int], titles: Iterable[str]) -> list[int]:
    """The article's lines, given by their indexes, before what the site puts under it."""
    kept = list(chosen)
    own = [lines[index] for index in kept]
    if len(own) < FEWEST or any(line.row for line in own[-MOST_LINES:]):
        return kept
    story = story_of(own, titles)
    most = MOST_SHARE * sum(len(line.text) for line in own)
    best, cut, points, gone = LEAST_POINTS, len(own), 0.0, 0
    signs: list[str] = []
    for place in range(len(own) - 1, max(0, len(own) - 1 - MOST_LINES), -1):
        line = own[place]
        if _is_beside(line):
            continue
        gone += len(line.text)
        if gone > most or _stops(line, story):
            break
        above = own[max(0, place - MOST_LINES) : place]
        points += _points(
            line, story, any(SIGNED_OFF.search(each.text.translate(SIMPLIFIED)) for each in above)
        )
        signs += _signs(line, story.shapes) - story.usual - PLACE
        if signs not in ([], ["open"]) and points > best:
            best, cut = points, place
    cut = _behind_own_kind(own, cut, story)
    return kept[:cut] + [index for index in kept[cut:] if _is_beside(lines[index])]


def _behind_own_kind(own: Sequence[Line], cut: int, story: Story) -> int:
    """The cut, behind lines of a form that three kept ones have: the rest of the story's own list."""
    if cut == len(own):
        return cut
    kept = Counter(frozenset(_signs(line, story.shapes)) for line in own[:cut])
    while cut < len(own):
        signs = frozenset(_signs(own[cut], story.shapes))
        if signs <= PLACE | {"open"} or kept[signs] < LIST:
            break
        cut += 1
    return cut


def _is_beside(line: Line) -> bool:
    """Whether a line is a caption or names the authors: it is no paragraph in any case."""
    named = is_byline(line.text) or bool(SIGNED.fullmatch(line.text))
    return named or is_caption(line) or is_short_after_picture(line)


__all__ = ["SIGNATURE", "without_site_tail"]
