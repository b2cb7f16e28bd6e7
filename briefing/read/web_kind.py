"""Says what a page is that is no article: a list, a home page, pictures, an error, a login.

Knows the words of such pages and how links and prose are shared; knows no site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ..errors import SourceError
from ..messages import Message
from ..text.lazy_pattern import lazy_pattern
from .blocks import tidy
from .web_lines import Line
from .web_roles import Body
from .web_title import AGREES, repeated

LEAST = 30
"""Fewest characters of an article."""
FEW_ITEMS, MANY_LINKS, PLAINLY_LINKS = 3, 12, 40
TITLE_BEFORE = 4
SHORT = 200
BLURB = 60
"""Fewest characters of a text that may leave its headline unsaid among many links."""
ERROR = lazy_pattern(
    r"(?:页面|网页|頁面|文章|内容|新闻|资源|文件|信息)[^。]{0,8}(?:不存在|没有找到|未找到|找不到|丢失|走丢|已?被?删除|已?下线|已?失效|已?过期|无法访问)|找不到[^。]{0,10}(?:页|内容|文件|资源)"
    r"|(?:访问|请求)[^。]{0,6}(?:被拒绝|出错|错误|异常|频繁|受限)|服务器[^。]{0,6}(?:错误|繁忙|异常)|出错了|(?:content|page|article|post)[^.]{0,12}(?:has been|is|was) (?:deleted|removed|unavailable)|not found|forbidden|bad gateway|access denied|error page",
    re.IGNORECASE,
)
CODE = lazy_pattern(
    r"\W*(?:(?:error|http|错误)\W*)?(?:404|403|500|502|503)(?:\W*(?:error|错误|出错).{0,6})?\s*(?:[-_|—].*)?\W*",
    re.IGNORECASE,
)
"""A line or title that is little but the code of an error; an article may name such a number too."""
ABOUT = lazy_pattern(
    r"(?:关于|關於)(?:我们|我們|本[站网網]|公众号|公眾號|服务号|订阅号)|about us", re.IGNORECASE
)
"""The title of a page that tells of its site or account."""
LOGIN = lazy_pattern(
    r"(?:请|需|须|后)[^。，]{0,6}(?:登录|登陆|登錄|订阅|訂閱|付费|购买|开通|注册|扫码|成为会员)[^。]{0,14}(?:查看|阅读|閱讀|继续|浏览|全文|内容|访问)|(?:登录|登陆|登錄|订阅|付费|购买|开通会员|注册)[^。，]{0,6}(?:后|即可|方可|以)[^。]{0,10}(?:查看|阅读|閱讀|继续|浏览|全文|解锁)"
    r"|(?:会员|會員|付费|订户|VIP)[^。]{0,4}(?:专享|專享|专属|可见|可读|文章|内容|阅读)|(?:剩余|余下|其余|还有)[^。]{0,12}(?:内容|全文|文字)[^。]{0,10}(?:付费|订阅|登录|购买|会员)|安全验证|(?:拖动|完成)[^。]{0,8}(?:滑块|验证)"
)
UNFOLD = lazy_pattern(
    r"\W*(?:继续|繼續)?(?:阅读|閱讀|展开|展開|查看|显示|顯示)(?:更多|全文|余下全文|餘下全文|余下内容|餘下內容)\W*"
)
PICTURES = lazy_pattern(r"组图|組圖|图集|圖集|高清(?:大)?图|图片(?:频道|新闻|故事)|摄影作品|多图")
LIST_TITLE = lazy_pattern(r"列表|滚动|频道|首页|专题|栏目|更多|目录|检索|搜索")
DAY = lazy_pattern(
    r"\W*(?:20\d{2}\s?[-./年]\s?)?\d{1,2}\s?[-./月]\s?\d{1,2}日?(?:\s{1,3}\d{1,2}:\d{2}(?::\d{2})?)?\W*"
)
"""A line that is a day and no more."""
DAY_BEHIND = lazy_pattern(
    r"\s20\d{2}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}\s?日?(?:\s{1,3}\d{1,2}:\d{2})?$"
)
SEPARATOR = lazy_pattern(r"[_|｜]|\s[-–—]|--")
"""What stands between a title and the names of its section and site."""
GALLERY = lazy_pattern(
    r"gallery|album|slide|photo-?(?:set|list|view)|pic-?(?:list|set|box)|swiper|tuji", re.IGNORECASE
)


def check_article(root: Any, lines: Sequence[Line], body: Body, shown: bool) -> None:
    """Raises SourceError if the page is no article; `shown`: it shows its title as a headline."""
    title = tidy(" ".join(root.xpath("//title//text()")[:1]))
    if body.length < SHORT and (_tells_error(title) or _error_page(lines, body)):
        raise _no_article(
            Message("这是一页出错信息，不是文章", "this is an error page, not an article"),
            Message("网页可能已删除或搬走；请核对地址", "it may be gone or have moved: check the address"),
        )
    about = body.length < SHORT and ABOUT.fullmatch(SEPARATOR.split(title)[0].strip())
    if body.length < LEAST or about:
        raise _what_it_is(root, lines, title)
    if _is_list(lines, body, title, shown):
        raise _list_error()


def check_headline(lines: Sequence[Line], text: str, headline: str, shown: bool) -> None:
    """Raises SourceError if a text has no headline of its own among many links: one blurb of a home page,
    which may show the site's name as a headline.
    """
    if (shown and len(text) >= BLURB) or repeated(headline, text) >= AGREES:
        return
    if _linked_titles(lines) >= PLAINLY_LINKS:
        raise _list_error()


def is_cut_by_login(lines: Sequence[Line], body: Body) -> bool:
    """Whether the page shows only the beginning of an article, the rest after a login or payment."""
    after = lines[body.end : body.end + 8]
    return body.length < 3000 and any(len(line.text) <= 60 and LOGIN.search(line.text) for line in after)


def is_folded(lines: Sequence[Line], body: Body) -> bool:
    """Whether a button right after the text unfolds the rest of it."""
    after = lines[body.end : body.end + 2] if body.end >= 0 else []
    return any(len(line.text) <= 20 and UNFOLD.fullmatch(line.text) for line in after)


def looks_like_list(lines: Sequence[Line]) -> bool:
    """Whether a page without an article of its own has many titles, or summaries under titles."""
    return _linked_titles(lines) >= PLAINLY_LINKS or len(_items(lines)) >= FEW_ITEMS


def _error_page(lines: Sequence[Line], body: Body) -> bool:
    """Whether a page of few words says that something went wrong."""
    if sum(len(line.text) for line in lines) > 600:
        return False
    return any(len(line.text) <= 60 and _tells_error(line.text) for line in lines)


def _tells_error(text: str) -> bool:
    return ERROR.search(text) is not None or CODE.fullmatch(text) is not None


def _what_it_is(root: Any, lines: Sequence[Line], title: str) -> SourceError:
    """The error that names the kind of a page without text."""
    linked = sum(1 for line in lines if line.linked > 0.5 and len(line.key) >= 6)
    if any(len(line.text) <= 80 and LOGIN.search(line.text) for line in lines):
        return _no_article(
            Message("要登录或订阅才能看到正文", "the text is shown only after a login or a subscription"),
            Message("请在浏览器里登录后另存网页", "log in with a browser and save the page from there"),
        )
    pictures = sum(1 for _ in root.iter("img"))
    if PICTURES.search(title) or (pictures >= 3 and _has_gallery(root) and linked < 40):
        return _no_article(
            Message("这是图片页，没有正文", "this is a page of pictures, without a text"),
            Message("请给出有文字的文章页", "name an article's page with text"),
        )
    if linked >= MANY_LINKS or looks_like_list(lines):
        return _list_error()
    return _no_article(
        Message("网页里没有正文", "the page has no text of an article"),
        Message(
            "可能是目录页，或正文要由脚本载入；请打开文章页再保存，或用订阅源",
            "a list of articles perhaps, or a script loads the text:"
            " save the article's own page, or use the feed",
        ),
    )


def _has_gallery(root: Any) -> bool:
    named = root.xpath("//div[@class or @id] | //ul[@class or @id]")[:2000]
    return any(GALLERY.search(f"{element.get('class') or ''} {element.get('id') or ''}") for element in named)


def _is_list(lines: Sequence[Line], body: Body, title: str, shown: bool) -> bool:
    """Whether the text found is that of a list: of links, or of summaries under linked titles."""
    size = sum(len(line.text) for line in body.lines)
    linked = sum(len(line.text) * line.linked for line in body.lines)
    if linked > 0.5 * size:
        return True
    if _dated_titles(body.lines) > FEW_ITEMS:
        return True
    items = _items(lines)
    if not shown or LIST_TITLE.search(SEPARATOR.split(title)[0]):
        own = sum(1 for line in body.lines if line.prose and id(line) in items)
        if len(items) >= FEW_ITEMS and own and own >= 0.6 * sum(1 for line in body.lines if line.prose):
            return True
    prose = max((line.prose for line in body.lines), default=0)
    return not shown and _linked_titles(lines) >= MANY_LINKS and (size < SHORT or prose < 40)


def _linked_titles(lines: Sequence[Line]) -> int:
    """How many lines are links as long as a title."""
    return sum(1 for line in lines if line.linked > 0.5 and len(line.key) >= 8)


def _dated_titles(lines: Sequence[Line]) -> int:
    """How many titles in a text have a day behind them or alone under them; a running report has no titles."""
    under = sum(
        1
        for above, line in pairwise(lines)
        if DAY.fullmatch(line.text)
        and not above.prose
        and len(above.key) >= 6
        and not DAY.fullmatch(above.text)
    )
    behind = [line for line in lines if "。" not in line.text and len(line.key) >= 16]
    return under + sum(1 for line in behind if DAY_BEHIND.search(line.text))


def _items(lines: Sequence[Line]) -> set[int]:
    """The paragraphs that have a linked title of their own shortly before them, by identity."""
    found: set[int] = set()
    titles: set[str] = set()
    last = -1
    for index, line in enumerate(lines):
        if line.prose:
            between = lines[max(last + 1, index - TITLE_BEFORE) : index]
            linked = {other.key for other in between if other.linked > 0.8 and len(other.key) >= 8} - titles
            if linked:
                found.add(id(line))
            titles |= linked
            last = index
    return found


def _list_error() -> SourceError:
    return _no_article(
        Message("这是一页目录，不是文章", "this page is a list of articles, not an article"),
        Message("请给出文章页的地址，或网站的订阅源", "name the articles' own pages, or the site's feed"),
    )


def _no_article(what: Message, hint: Message) -> SourceError:
    return SourceError(what, hint)


__all__ = [
    "LEAST",
    "SHORT",
    "check_article",
    "check_headline",
    "is_cut_by_login",
    "is_folded",
    "looks_like_list",
]
