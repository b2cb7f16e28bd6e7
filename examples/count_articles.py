"""Counts the articles on each page of a folder."""

import sys
from pathlib import Path

import briefing

folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "pages")
for path in sorted(folder.glob("*.md")):
    found = briefing.segment(path.read_text(encoding="utf-8"), source=str(path))
    print(path.name, len(found.articles), "·", " / ".join(article.headline for article in found.articles))
