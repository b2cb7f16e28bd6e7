"""Blocks of a page become articles: line roles, paragraph repair, headline groups, credits, jump lines."""

from .articles import segment
from .jumps import stitched

__all__ = ["segment", "stitched"]
