"""A briefing into a document: page (HTML, Markdown, plain text, by templates) and json."""
