"""Page layout analysis: lines, rules and frames become columns, and columns become stories."""
