"""Common names of the columns of a table of articles and of the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..text.clean_input import clean_line
from ..types import Role

TEASERS = ("summary", "description", "abstract", "excerpt")
"""Names of what stands for a text where there is none; a list of articles has them too."""
SUMS_UP = ("正文摘要", "内容摘要", "内容提要", "文章摘要", "摘要", *TEASERS)
"""Names of what is never the text beside one, be it longer."""
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "编号", "序号", "稿件编号", "文章编号", "news_id", "article_id", "no", "編號"),
    "title": (
        "title", "headline", "标题", "题目", "標題", "题名", "文章标题", "新闻标题", "稿件标题", "标题名称", "主标题",
        "正题", "新闻题目", "文章题目", "article_title", "news_title", "subject", "題目", "新聞標題", "文章標題",
        "邮件主题", "主题", "主題",
    ),
    "text": (
        "text", "content", "body", "正文", "内容", "全文", "內容", "文章内容", "新闻内容", "正文内容", "稿件内容",
        "文章正文", "新闻正文", "全文内容", "稿件正文", "内容正文", "报道内容", "文本", "article", "fulltext",
        "full_text", "full text", "article_text", "article_body", "maintext", "content_text", "文章內容", "新聞內容",
        "paragraphs", "段落", "content_html",
        *SUMS_UP,
    ),
    "date": (
        "date", "published", "日期", "发布日期", "发布时间", "發佈日期", "發佈時間", "发表时间", "发表日期", "时间",
        "刊发日期", "刊登日期", "见报日期", "出版日期", "发稿时间", "发稿日期", "报道时间", "报道日期", "新闻时间",
        "新闻日期", "刊期", "pubdate", "pubtime", "pub_time", "publishtime", "publishdate", "pub_date", "pub date", "publish_time", "publish_date", "publish date",
        "published_at", "publishedat", "date_published", "datepublished", "publication date", "publication_date",
        "datetime", "time", "日期时间", "發布日期", "發布時間", "時間",
    ),
    "paper": (
        "paper", "media", "报纸", "媒体", "来源", "來源", "source", "媒体名称", "媒体名", "报纸名称", "报刊", "报刊名称",
        "刊物", "来源媒体", "媒体来源", "信息来源", "新闻来源", "稿件来源", "文章来源", "来源名称", "发布媒体", "刊发媒体",
        "站点", "网站名称", "newspaper", "publisher", "site", "site_name", "media_name", "source_name", "媒體", "報紙",
        "媒體名稱", "報紙名稱",
    ),
    "section": ("section", "column", "栏目", "版面", "欄目", "版名", "版面名称", "栏目名称", "频道", "分类", "类别", "category", "channel", "分類"),
    "page": ("page", "版次", "版号", "版面号", "page_number", "版號"),
    "link": (
        "link", "url", "链接", "网址", "連結", "文章链接", "原文链接", "原文地址", "链接地址", "原文网址", "新闻链接", "href", "網址",
    ),
    "kicker": ("kicker", "引题", "肩题", "眉题", "引題", "肩題", "眉題"),
    "deck": ("deck", "subtitle", "副题", "副标题", "副題", "副標題"),
    "author": ("author", "作者", "记者", "署名", "撰稿", "byline", "記者"),
}  # fmt: skip
"""Kinds of columns, and the names used for each."""
FIELD_ROLES = {
    "title": Role.HEADLINE,
    "kicker": Role.KICKER,
    "deck": Role.DECK,
    "text": Role.BODY,
    "author": Role.BYLINE,
    "date": Role.MASTHEAD,
    "paper": Role.MASTHEAD,
    "section": Role.NOTICE,
    "page": Role.FOLIO,
    "id": Role.NOTICE,
    "link": Role.NOTICE,
}
"""What the cell of a field, or the line of one, is on a page."""
LONGEST = 80
"""Longest part of a column's name that is compared, in characters."""
_KNOWN = {name: known for known, names in NAMES.items() for name in names}
_RANK = {name: rank for names in NAMES.values() for rank, name in enumerate(names)}
_KEPT = 2000
"""Characters of all names of a row, up to which what they mean is remembered for the next row."""


def normalized(name: str) -> str:
    """A column's name in lower case, without blanks, quotes, colons and bracketed remarks."""
    name = clean_line(name, LONGEST)
    bare = re.sub(r"[（(\[【].*?[)）\]】]", "", name) or name
    return re.sub(r"\s+", " ", bare.strip(" \t\u3000\u00a0\ufeff\u200b\"'“”：:*#")).lower()


def field_of(name: str) -> str | None:
    """The kind of a column with this name, a key of NAMES; None if unknown."""
    bare = normalized(name)
    return _KNOWN.get(bare) or _KNOWN.get(bare.replace(" ", ""))


def names_by_kind(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The names that are known, by the keys of NAMES, those that stand first there first.

    Of two columns of one name, the later comes first. The same names as in the row before cost
    nothing.
    """
    kept = len(names) < _KEPT and sum(map(len, names)) < _KEPT
    return (_names_by_kind if kept else _names_by_kind.__wrapped__)(names)


@lru_cache(maxsize=64)
def _names_by_kind(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[tuple[int, int, str]]] = {}
    for place, name in enumerate(names):
        bare = normalized(name)
        bare = bare if bare in _KNOWN else bare.replace(" ", "")
        if bare in _KNOWN:
            kinds.setdefault(_KNOWN[bare], []).append((_RANK[bare], -place, name))
    return {kind: tuple(name for _, _, name in sorted(found)) for kind, found in kinds.items()}


def header_index(rows: Sequence[Sequence[str]]) -> int | None:
    """The header row: the first with a column for the text; None if there is none."""
    for index, row in enumerate(rows):
        if any(field_of(name) == "text" for name in row):
            return index
    return None


__all__ = [
    "FIELD_ROLES",
    "NAMES",
    "SUMS_UP",
    "TEASERS",
    "field_of",
    "header_index",
    "names_by_kind",
    "normalized",
]
