"""Where a text may be truncated without changing what it says."""

from __future__ import annotations

from .lazy_pattern import lazy_pattern

_JOINED = lazy_pattern(r"[0-9０-９A-Za-z.,%％‰点十百千万萬亿億零〇一二三四五六七八九两]")
_BRACKETS = (
    ("“", "”"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
    ("（", "）"),
    ("(", ")"),
    ("【", "】"),
)


def cut(text: str, n: int) -> str:
    """The longest prefix of at most `n` characters that splits no number and no Latin word.

    Half a number would be a wrong one: 3.5万 is kept or dropped whole. Knows no other words.
    """
    end = max(0, min(n, len(text)))
    while 0 < end < len(text) and _JOINED.match(text[end - 1]) and _JOINED.match(text[end]):
        end -= 1
    return text[:end]


def balanced(text: str) -> bool:
    """Whether every quotation and bracket opened in `text` is closed in it."""
    return all(text.count(opening) == text.count(closing) for opening, closing in _BRACKETS)
