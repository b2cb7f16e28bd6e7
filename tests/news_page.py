"""A news page of a title and a body, as the reader and segmentation take it."""

from __future__ import annotations

from briefing.read import html
from briefing.segmentation.articles import segment
from briefing.types import Article, Page


def read(title: str, body: str, head: str = "") -> tuple[Page, Article]:
    page = f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"
    (found,) = html.read("a.html", page.encode())
    assert isinstance(found, Page)
    (article,) = segment(found).articles
    return found, article


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
