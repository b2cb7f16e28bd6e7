"""The id of an article: of its words alone, so that the same article has the same one wherever it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def article_id(headline: str, paragraphs: Sequence[str]) -> str:
    """Twelve hexadecimal digits of the SHA-256 of headline and paragraphs."""
    words = "\n".join((headline, *paragraphs)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(words).hexdigest()[:12]
