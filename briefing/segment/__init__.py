"""Blocks of a page become articles: line roles, paragraph repair, headline groups, credits, jump lines."""

from .articles import segment

__all__ = ["segment"]
