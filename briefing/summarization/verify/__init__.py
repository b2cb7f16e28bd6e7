"""A summary against its article: which numbers, names and claims the article does not state. Pure."""
