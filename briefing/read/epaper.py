"""Pages of e-papers as saved from the systems in use (方正 and its like): an index with a map of areas, and articles.

An index gives one page with all its articles; the indexes of the edition's other pages are followed. What is a kicker, a
headline or a deck the systems say themselves: in a comment of properties (<introtitle>, <title>, <subtitle>), in elements
with such names, or by h3, h1, h2 above the text.
"""

from __future__ import annotations

import datetime
import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import BriefingError
from ..protocols import Resolver
from ..text.chars import HAN, letters
from ..text.masthead import date_of, page_number_of, paper_of
from ..types import DateOrigin, Page, Problem, Role
from .blocks import Blocks, tidy
from .markup import parse_tree, read_markup, short_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INDEX = re.compile(r"(?:^|/)(?:node_|nbs\.|layout_|index|col\d|page_?)[^/]*\.html?$", re.IGNORECASE)
NODE = re.compile(r"(?:node_\d+|nbs\.[\w.-]+)\.html?$")
HTML = re.compile(r"\.html?$", re.IGNORECASE)
PROPERTIES = (
    re.compile(r"<!--\s*+enpproperty", re.IGNORECASE),
    re.compile(r"/enpproperty\s*+-->", re.IGNORECASE),
)
PROPERTY = re.compile(r"<(\w++)>")
BODY = (
    re.compile(r"<!--\s*+enpcontent\s*+-->", re.IGNORECASE),
    re.compile(r"<!--\s*+/enpcontent\s*+-->", re.IGNORECASE),
)
CONTAINERS = (
    "//founder-content",
    "//*[@id='ozoom']",
    "//*[@id='articleContent' or @id='articleconent' or @id='content']",
    "//*[contains(concat(' ', @class, ' '), ' text_c ') or contains(concat(' ', @class, ' '), ' article-content ')]",
)
NAMED = {
    Role.KICKER: re.compile(r"introtitle|yinti|leadtitle|pretitle|founder-?intro", re.IGNORECASE),
    Role.DECK: re.compile(r"subtitle|futi|founder-?sub", re.IGNORECASE),
    Role.HEADLINE: re.compile(r"^founder-?title$|biaoti|maintitle|(?<!sub)(?<!intro)title", re.IGNORECASE),
    Role.BYLINE: re.compile(r"founder-?author|zuozhe|author|byline", re.IGNORECASE),
}
HEADS = {"h3": Role.KICKER, "h1": Role.HEADLINE, "h2": Role.DECK, "h4": Role.BYLINE}
PAGE_NAME = re.compile(
    rf"第?\s*([A-Z]?\d{{1,3}})\s*版\s*[：:]\s*([{HAN}·]{{2,12}})|([A-Z]\d{{1,3}})\s*[：:]\s*([{HAN}·]{{2,12}})"
)
PATH_DATE = re.compile(r"(20\d{2})-?(\d{2})[/-]?(\d{2})(?=/|_)")
MOST = 64
"""Pages of an edition, and articles of a page: more is a trap."""
CAPTION = re.compile(r"^(?:图为|图[①-⑩一二三四五六]|[▲△▼▽↑↓←→]|.{0,60}(?:摄|供图|制图)$)")


@dataclass(frozen=True, slots=True)
class Index:
    """What a page's index refers to, in order: its articles, and the indexes of the edition's other pages."""

    articles: tuple[str, ...]
    others: tuple[str, ...]


def index(root: HtmlElement) -> Index | None:
    """The index that the page is; None where it is none."""
    areas = _unique_hrefs(
        [*root.xpath("//map//area/@href"), *root.xpath("//*[@id='titleList' or @id='btdh']//a/@href")]
    )
    articles = [
        href for href in areas if HTML.search(_href_path(href)) and not INDEX.search(_href_path(href))
    ]
    if not articles:
        return None
    pages = [
        *root.xpath("//a[@id='pageLink']/@href"),
        *root.xpath("//*[@id='bmdh' or @id='pageList']//a/@href"),
        *(href for href in _unique_hrefs(root.xpath("//a/@href")) if NODE.search(_href_path(href))),
    ]
    return Index(tuple(articles[:MOST]), tuple(_unique_hrefs(pages)[:MOST]))


def references(text: str) -> list[str]:
    """All files that a page of an edition refers to, by their names; none for a page that is no index."""
    if "<area" not in text.lower() and "titlelist" not in text.lower():
        return []
    found = index(parse_tree(text))
    return [*found.articles, *found.others] if found else []


def _href_path(href: str) -> str:
    return unquote(urlsplit(href).path)


def _unique_hrefs(hrefs: Iterable[str]) -> list[str]:
    """Each reference once, without its fragment; those that are no addresses are passed over."""
    found = (href.split("#")[0].strip() for href in hrefs)
    return [href for href in dict.fromkeys(found) if href and _is_valid_href(href)]


def _is_valid_href(href: str) -> bool:
    try:
        return bool(urlsplit(href).path)
    except ValueError:  # a broken IPv6 host
        return False


def pages(source: str, text: str, root: HtmlElement, resolve: Resolver) -> Iterator[Page | Problem] | None:
    """The printed pages behind a file of an e-paper; None for a file of another kind."""
    found = index(root)
    if found:
        return _edition_pages(source, text, root, found, resolve)
    if is_article(text, root):
        blocks = Blocks()
        _add_article(blocks, text, root)
        facts = page_facts(source, text, root)
        return iter((blocks.page(source, **facts),)) if blocks.body_length() else None
    return None


def is_article(text: str, root: HtmlElement) -> bool:
    """Whether the page is an article of an e-paper."""
    if _between(PROPERTIES, text) is not None or root.xpath("//founder-content"):
        return True
    return bool(root.xpath("//*[@id='ozoom']")) and bool(_printed_page(root))


def _edition_pages(
    source: str, text: str, root: HtmlElement, first: Index, resolve: Resolver
) -> Iterator[Page | Problem]:
    """The page of this index, then those of the others, each once."""
    yield from _index_page(source, text, root, first, resolve, "")
    seen = {posixpath.basename(_href_path(source))}
    waiting = list(first.others)
    while waiting and len(seen) < MOST:
        href = waiting.pop(0)
        name = posixpath.basename(_href_path(href))
        if name in seen or not _in_same_edition(source, href):
            continue
        seen.add(name)
        where = urljoin(source, href) if "://" in source else posixpath.join(posixpath.dirname(source), href)
        try:
            other = read_markup(where, resolve(href))
            leaf = parse_tree(other)
        except BriefingError as error:
            yield Problem(source=where, message=error.message, hint=error.hint)
            continue
        if found := index(leaf):
            yield from _index_page(where, other, leaf, found, resolve, posixpath.dirname(href))
            waiting += [href for href in found.others if posixpath.basename(_href_path(href)) not in seen]


def _in_same_edition(source: str, href: str) -> bool:
    """Whether a reference stays with the edition: the same host, and the same day where its path tells one."""
    there = urljoin(source, href) if "://" in source else href
    if "://" in there and urlsplit(there).netloc != urlsplit(source).netloc:
        return False
    mine, other = PATH_DATE.search(source), PATH_DATE.search(there)
    return not (mine and other and mine.groups() != other.groups())


def _index_page(
    source: str, text: str, root: HtmlElement, found: Index, resolve: Resolver, folder: str
) -> Iterator[Page | Problem]:
    """One printed page with all its articles; an article that cannot be read is a Problem beside it."""
    blocks = Blocks()
    problems: list[Problem] = []
    for href in found.articles:
        where = urljoin(source, href) if "://" in source else posixpath.join(posixpath.dirname(source), href)
        if not _in_same_edition(source, href):
            continue
        try:
            leaf = read_markup(where, resolve(posixpath.join(folder, href)))
            _add_article(blocks, leaf, parse_tree(leaf))
        except BriefingError as error:
            problems.append(Problem(source=where, message=error.message, hint=error.hint))
    if blocks.body_length():
        yield blocks.page(source, **page_facts(source, text, root))
    yield from problems


def page_facts(source: str, text: str, root: HtmlElement) -> dict[str, object]:
    """What the page says of itself beside its articles: paper, day, number, section."""
    properties = _properties(text)
    words = tidy(" ".join(root.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))[:8000])
    title = tidy(" ".join(root.xpath("//title//text()")[:1]))
    name = _printed_page(root, properties.get("nodename", ""))
    stated = " ".join((properties.get("date", "")[:10], *root.xpath("//founder-date//text()"), title, words))
    day = date_of(stated)
    if day is None and (found := PATH_DATE.search(source)):
        try:
            day = datetime.date(*map(int, found.groups()))
        except ValueError:
            day = None
    return {
        "paper": paper_of(properties.get("sourcename", "")) or paper_of(title) or paper_of(words),
        "date": day,
        "dated": DateOrigin.MASTHEAD if day else None,
        "page_number": name[0] if name else None,
        "section": name[1] if name else None,
        "link": source if source.startswith(("http://", "https://")) else None,
    }


def _printed_page(root: HtmlElement, stated: str = "") -> tuple[str, str | None] | None:
    """The number and the name of the printed page: 第02版：要闻."""
    marked = root.xpath(
        "//*[contains(@class, 'cur') or contains(@class, 'active') or @class='lai' or @id='layout']"
    )
    words = [stated, *(short_text(element)[:200] for element in marked[:MOST])]
    words.append(
        tidy(" ".join(root.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))[:4000])
    )
    for text in words:
        if found := PAGE_NAME.search(text):
            return found[1] or found[3], found[2] or found[4]
        if page_number := page_number_of(text[:200]):
            return page_number, None
    return None


def _properties(text: str) -> dict[str, str]:
    """The comment in which the system states an article's properties."""
    words = _between(PROPERTIES, text) or ""
    stated: dict[str, str] = {}
    position = 0
    for _ in range(MOST):
        if not (tag := PROPERTY.search(words, position)):
            break
        end = words.find(f"</{tag[1]}>", tag.end())
        position = tag.end()
        if end >= 0:
            stated[tag[1].lower()] = tidy(_unescaped(words[tag.end() : end]))
            position = end + len(tag[0]) + 1
    return stated


def _between(marks: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> str | None:
    """What is between the first opening mark and the closing one after it; None without both. Linear."""
    if (first := marks[0].search(text)) and (end := marks[1].search(text, first.end())):
        return text[first.end() : end.start()]
    return None


def _unescaped(words: str) -> str:
    return html.unescape(re.sub(r"<br\s*/?>", " ", re.sub(r"<!\[CDATA\[|\]\]>", "", words)))


def _add_article(blocks: Blocks, text: str, root: HtmlElement) -> None:
    """Adds the blocks of one article."""
    stated = _properties(text)
    container = _text_container(text, root)
    heads = {
        Role.KICKER: stated.get("introtitle") or stated.get("pretitle") or "",
        Role.HEADLINE: stated.get("title", ""),
        Role.DECK: stated.get("subtitle", ""),
        Role.BYLINE: stated.get("author", ""),
    }
    if not heads[Role.HEADLINE]:
        heads = _title_texts(root, container)
    blocks.begin_article()
    for role, words in heads.items():
        blocks.add(role, re.sub(r"<[^<>]+>", "", words))
    title_letters = {letters(words) for words in heads.values() if words}
    for words in _paragraph_texts(container):
        if letters(words) in title_letters:
            continue
        blocks.add(Role.CAPTION if CAPTION.match(words) and len(words) < 120 else Role.BODY, words)


def _text_container(text: str, root: HtmlElement) -> HtmlElement | None:
    """The element with the article's text."""
    marked = _between(BODY, text)
    if marked is not None:
        return parse_tree(f"<div>{marked}</div>") if marked.strip() else None
    for path in CONTAINERS:
        for element in root.xpath(path):
            if len(short_text(element)) > 10:
                return element
    return None


def _title_texts(root: HtmlElement, container: HtmlElement | None) -> dict[Role, str]:
    """Kicker, headline, deck and byline by the names of elements, else by h3, h1, h2, h4."""
    named: dict[Role, str] = dict.fromkeys(NAMED, "")
    tries: Counter[Role] = Counter()
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in (
            "title",
            "meta",
            "html",
            "body",
            "ul",
            "li",
            "a",
        ):
            continue
        name = (
            f"{element.tag if '-' in element.tag else ''} {element.get('class', '')} {element.get('id', '')}"
        )
        role = next((r for r, p in NAMED.items() if any(p.search(part) for part in name.split())), None)
        if role and not named[role] and tries[role] < MOST:
            tries[role] += 1
            words = short_text(element)
            named[role] = words if len(words) < 120 else ""
    by_tag = dict.fromkeys((Role.KICKER, Role.HEADLINE, Role.DECK, Role.BYLINE), "")
    above = container.getparent() if container is not None and container.getparent() is not None else root
    for element in (above if above.xpath(".//h1") else root).iter("h1", "h2", "h3", "h4"):
        role = HEADS[element.tag]
        by_tag[role] = by_tag[role] or short_text(element)
    chosen = by_tag if by_tag[Role.HEADLINE] else named
    return {role: chosen.get(role, "") for role in (Role.KICKER, Role.HEADLINE, Role.DECK, Role.BYLINE)}


def _paragraph_texts(container: HtmlElement | None) -> Iterator[str]:
    """The paragraphs of the text: its p elements, else what line breaks part."""
    if container is None:
        return
    found = [element for element in container.iter("p") if not any(element.iterancestors("p"))]
    for element in found or [container]:
        for gone in element.xpath(".//script | .//style"):
            gone.text = ""
        for mark in element.xpath(".//br"):
            mark.tail = "\n" + (mark.tail or "")
        yield from filter(None, map(tidy, element.text_content().split("\n\n" if found else "\n")))
