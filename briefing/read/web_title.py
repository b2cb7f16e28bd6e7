"""The headline of an article on a web page, without the site's name.

What the page's head states is compared with the lines that the page shows: the line that both
have is the headline. Only where none is shown, the site's name is cut from the title by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..text.chars import bigrams, letters
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .structured_data import values_of
from .web_captions import is_caption
from .web_furniture import furniture_of, is_byline, is_info
from .web_lines import HEADINGS, Line

LONGEST = 90
META = ("og:title", "twitter:title", "articletitle", "headline", "title", "dc.title", "apub:title")
SPLIT = lazy_pattern(r"\s*[_|｜丨]\s*|\s+[-–—:：/»«]+\s+|\s*(?:--+|——+|::+|[<>«»]{1,2})\s*|\s+@\s+")
HYPHEN = lazy_pattern(r"\s*[-–—]\s*")
SITE = lazy_pattern(
    r".{0,12}(?:网|網|网站|網站|新闻云|新聞雲|门户|在线|線上|客户端|日报|日報|晚报|晚報|早报|晨报|时报|時報|都市报|商报|导报|快报|青年报|周报|新报|周刊|电视台|通讯社|官网|"
    r"官方网站|手机版|公众号|头条号|百家号|网易号|澎湃号|之窗|半月谈|瞭望|求是|融媒体?中心)|.{0,16}(?:\.(?:com|cn|net|org)|The Paper|News|NEWS|Online|APP|App|Daily|CCTV|BBC|PIXNET)"
)
SECTION = lazy_pattern(
    r".{0,8}(?:频道|頻道|新闻|新聞|资讯|資訊|首页|论坛|博客|专栏|中心|要闻|财经|科技|娱乐|体育|时政|社|号|站|传媒|媒体|热线)"
)
"""Names of sites, and of sections, which stand only behind a title."""
PART = lazy_pattern(r"\s*[（(]\s*(?:第?\s*\d{1,2}\s*(?:页|/\s*\d{1,2})?)\s*[)）]\s*$")
LABEL = lazy_pattern(r"\s*[【\[][^】\]]{2,10}[】\]]\s*")
"""A column's name in brackets before a headline."""
LEADING = lazy_pattern(r"^[》〉>»›▶►◆◇●■□◎※★☆・·•\s]+(?=\S)")
"""Marks of a list before a headline."""
NOTE = lazy_pattern(
    r"原创|原創|独家|獨家|置顶|置頂|推荐|推薦|转载|轉載|组图|組圖|图集|视频|快讯|专题|公告|已?(?:付费|付費|购买|購買|订阅|訂閱)|VIP|会员|會員"
)
CLOCK_BEHIND = lazy_pattern(r"\s*[【\[](?:[01]?\d|2[0-3])[:：][0-5]\d[】\]]\s*$")
"""The time of a report behind its headline; in round brackets it may be a score."""
LONGER = 1.5
"""Most that a heading may be longer than the title it ends in."""
ELLIPSIS = lazy_pattern(r"\s*(?:…+|\.{3,})\s*$")
TITLE_NAMES = lazy_pattern(r"title|headline|head|biaoti|\bbt\b|tit\b|subject", re.IGNORECASE)
UNMARKED = 12
"""Lines above an article among which a headline without markup is looked for."""
AGREES = 0.35
"""Share of a headline's pairs of characters that an article of its own repeats, at least."""
PLAIN = 8
"""Fewest characters of a first heading by which the page's own title needs half of that."""


def stated_titles(root: Any) -> list[str]:
    """What the page's head calls the page: Open Graph, JSON-LD, other tags, the title."""
    meta = {
        (
            element.get("property") or element.get("name") or element.get("itemprop") or ""
        ).lower(): element.get("content") or ""
        for element in root.xpath("//meta[@content]")
    }
    found = [meta.get(name, "") for name in META]
    found += [value for value in values_of(root, ("headline",)) if isinstance(value, str)]
    found += root.xpath("//*[@itemprop='headline']/@content")
    found.append(" ".join(root.xpath("//head//title//text()")[:1] or root.xpath("//title//text()")[:1]))
    return list(dict.fromkeys(words for text in found if 2 <= len(words := tidy(text)) <= 300))


def site_names(root: Any) -> set[str]:
    """What the page calls its site."""
    found = root.xpath(
        "//meta[@property='og:site_name' or @name='application-name' or @name='apple-mobile-web-app-title']/@content"
    )
    return {letters(name) for name in found if 2 <= len(letters(name)) <= 40}


def bare_title(title: str, sites: Iterable[str] = ()) -> str:
    """A title without the names of site and section behind or before it."""
    known = set(sites)
    parts = [part for part in SPLIT.split(title) if part]
    if len(parts) > 1:
        while len(parts) > 1 and (_is_suffix(parts[-1], known) or len(letters(parts[-1])) <= 8):
            parts.pop()
        while len(parts) > 1 and is_site(parts[0], known):
            parts.pop(0)
        if len(parts) > 1:
            size = len(letters(parts[0]))
            first = parts[0] if size >= 8 else max(parts[:2], key=len)
            kept = title[: title.find(parts[1]) + len(parts[1])] if size < 8 and first != parts[0] else first
            title = kept.strip()
        else:
            title = parts[0]
    while (pieces := list(HYPHEN.finditer(title))) and _is_suffix(title[pieces[-1].end() :], known):
        if len(letters(title[: pieces[-1].start()])) < 4:
            break
        title = title[: pieces[-1].start()]
    pieces = list(HYPHEN.finditer(title))
    if pieces and is_site(title[: pieces[0].start()], known):
        title = title[pieces[0].end() :]
    return PART.sub("", title).strip()


def is_site(words: str, known: set[str]) -> bool:
    """Whether the words are a site's name, one of the `known` ones or by its form."""
    words = words.strip("【】[]「」 ")
    return letters(words) in known or (len(words) <= 20 and SITE.fullmatch(words) is not None)


def _is_suffix(words: str, known: set[str]) -> bool:
    return is_site(words, known) or SECTION.fullmatch(words.strip()) is not None


def headline_line(lines: Sequence[Line], titles: Sequence[str], before: int) -> int:
    """The index of the line that shows one of the stated titles, before the article; -1 if none."""
    stated = [
        (letters(ELLIPSIS.sub("", title)), bool(ELLIPSIS.search(SPLIT.split(title)[0]))) for title in titles
    ]
    cuts = [letters(ELLIPSIS.sub("", SPLIT.split(title)[0])) for title in titles]
    keys = {*cuts, *(key for key, _ in stated)}
    best, found = (False, False, 0, 0, 0), -1
    for index, line in enumerate(lines[: before if before > 0 else len(lines)]):
        size = len(line.key)
        least_shown = 2 if line.tag == "h1" and line.key in cuts else 4
        if not least_shown <= size <= LONGEST or (line.linked > 0.5 and line.tag not in ("h1", "h2")):
            continue
        least = 6 if line.tag in ("h1", "h2") else 8
        shown = letters(LABEL.sub("", line.text, count=1)) if LABEL.match(line.text) else line.key
        whole = len(shown) >= least_shown and any(
            key.startswith((line.key, shown))
            or (key.endswith(line.key) and size >= least and not SITE.fullmatch(line.text))
            for key, _ in stated
        )
        cut = any(len(key) >= PLAIN and line.key.startswith(key) for key in cuts)
        cut = cut or (line.tag in HEADINGS and _ends_in_title(line, cuts))
        if not (whole or cut) or (size < 6 and line.tag not in ("h1", "h2")):
            continue
        heading = {"h1": 3, "h2": 2, "h3": 2}.get(line.tag, 1 if TITLE_NAMES.search(line.names) else 0)
        elsewhere = line.linked > 0.5 and line.tag != "h1"
        exact = heading >= 2 and size >= PLAIN and line.key in keys
        score = (not elsewhere, exact, min(size, 30) // 3, heading, -index)
        if found < 0 or score > best:
            best, found = score, index
    return found


def _ends_in_title(line: Line, titles: Sequence[str]) -> bool:
    """Whether a heading ends in a title of the page and is little longer: by words, not by a label."""
    for key in titles:
        if len(key) >= PLAIN and line.key.endswith(key) and len(line.key) <= LONGER * len(key):
            before = line.key[: len(line.key) - len(key)]
            return (
                line.text.startswith(before)
                and line.text[len(before) :][:1].strip() != ""
                and not (NOTE.fullmatch(before))
            )
    return False


def headline_of(root: Any, lines: Sequence[Line], first: int, text: str) -> str:
    """The article's headline; "" if the page has none. `first` is the line that opens its text."""
    found = CLOCK_BEHIND.sub("", LEADING.sub("", _headline_of(root, lines, first, text)))
    return without_label(found, stated_titles(root))


def without_label(headline: str, titles: Iterable[str]) -> str:
    """A headline without a label (已付费) that stands behind one of the page's titles."""
    return next(
        (
            title
            for title in titles
            if headline.startswith(title) and NOTE.fullmatch(headline[len(title) :].strip())
        ),
        headline,
    )


def _headline_of(root: Any, lines: Sequence[Line], first: int, text: str) -> str:
    titles = stated_titles(root)
    sites = site_names(root)
    index = headline_line(lines, titles, first)
    if index < 0:
        index = headline_line(lines, [bare_title(title, sites) for title in titles], first)
    of_site = index >= 0 and lines[index].key in sites
    if index >= 0 and not of_site and _is_own(lines[index], titles, sites, text):
        return PART.sub("", _with_further_lines(lines, index, titles))
    bare = [
        words
        for title in titles
        if len(letters(words := bare_title(title, sites))) >= 4 and not is_site(words, sites)
    ]
    near = [line for line in lines[max(0, first - 25) : max(0, first)] if _is_heading(line, sites)]
    near.sort(key=lambda line: {"h1": 0, "h2": 1, "h3": 2}.get(line.tag, 3))
    choices = [*bare, *(line.text for line in near)]
    if index >= 0:
        choices.insert(len(choices) if of_site else 0, lines[index].text)
    for words in choices:
        if _agrees(words, text):
            return ELLIPSIS.sub("…", words)
    return _unmarked(lines, first, sites, text) or (choices[0] if choices else "")


def _with_further_lines(lines: Sequence[Line], index: int, titles: Sequence[str]) -> str:
    """The words of a headline's line, and of the next ones of its element if the page's title has all."""
    stated = [letters(title) for title in titles]
    found, key = [lines[index].text], lines[index].key
    for line in lines[index + 1 : index + 3]:
        key += line.key
        if (
            not line.key
            or line.block is not lines[index].block
            or not any(title.startswith(key) for title in stated)
        ):
            break
        found.append(line.text)
    return " ".join(found)


def _unmarked(lines: Sequence[Line], first: int, sites: set[str], text: str) -> str:
    """The line above an article that its text repeats, where no markup tells the headline; or ""."""
    near = [
        line
        for line in lines[max(0, first - UNMARKED) : max(0, first)]
        if 6 <= len(line.key) <= 40
        and line.linked <= 0.5
        and not line.text.endswith(("。", "；", "：", "，"))
        and not (is_info(line.text) or is_byline(line.text) or furniture_of(line.text) or is_caption(line))
        and not is_site(line.text, sites)
    ]
    best = max(near, key=lambda line: repeated(line.text, text), default=None)
    return best.text if best and repeated(best.text, text) >= AGREES else ""


def _is_heading(line: Line, sites: set[str]) -> bool:
    if not 6 <= len(line.key) <= LONGEST or line.linked > 0.5 or is_site(line.text, sites):
        return False
    return (
        line.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        or bool(TITLE_NAMES.search(line.names))
        or line.bold > 0.9
    )


def _is_own(line: Line, titles: Sequence[str], sites: set[str], text: str) -> bool:
    """Whether the line of a headline belongs to the article: the first heading that the page's head
    states as it stands needs half of the agreement, since a long report may put it in other words.
    """
    if line.tag == "h1" and len(line.key) >= PLAIN:
        stated = {letters(words) for title in titles for words in (title, bare_title(title, sites))}
        if line.key in stated and repeated(line.text, text) >= AGREES / 2:
            return True
    return _agrees(LABEL.sub("", line.text, count=1), text)


def _agrees(title: str, text: str) -> bool:
    """Whether an article repeats enough of a title's pairs of characters to be its own."""
    return repeated(title, text) >= AGREES or len(text) < 120


def repeated(title: str, text: str) -> float:
    """The share of a title's pairs of characters that a text has; 1 if it has none."""
    pairs = set(bigrams(letters(title)))
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 1.0


__all__ = [
    "bare_title",
    "headline_line",
    "headline_of",
    "is_site",
    "repeated",
    "site_names",
    "stated_titles",
    "without_label",
]
