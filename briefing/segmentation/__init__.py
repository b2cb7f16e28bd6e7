"""A page cut into articles: line roles, paragraph repair, headline groups, jump lines."""
