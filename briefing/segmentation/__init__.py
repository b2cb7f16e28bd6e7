"""Blocks of a page become articles: line roles, paragraph repair, headline groups, credits, jump lines."""
