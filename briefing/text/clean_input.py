"""Foreign text made safe to print: no controls, escape sequences, surrogates, overrides.

Used wherever text comes in: decoded files, rows of JSON, feeds, file names, servers' replies.
Keeps every character that a reader sees; knows nothing of the text's meaning.
"""

from __future__ import annotations

from .lazy_pattern import lazy_pattern

ESCAPE = lazy_pattern(
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"  # CSI: colours, cursor (ECMA-48, 5.4)
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,2000}+(?:\x07|\x1b\\|\x9c)"  # OSC, DCS …
    r"|\x1b[ -/]*+[0-~]"  # two-character and longer escapes
)
"""A terminal's escape sequences, whole. Possessive: no part of the text is scanned twice."""
LINE_END = lazy_pattern(r"\r\n?|[\x85\u2028\u2029]")
INVISIBLE = lazy_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, embeddings, overrides, isolates (UAX 9)
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotation
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters of the basic plane
    "\U000e0000-\U000e007f]+"  # tags, which spell hidden text
)
SURROGATE = lazy_pattern("[\ud800-\udfff]")
DIRTY = lazy_pattern(f"{INVISIBLE.pattern[:-2]}\r\u2028\u2029\ud800-\udfff]")


def clean_input(text: str) -> str:
    """The text with "\\n" as line end, U+FFFD for lone surrogates, without invisible characters.

    Tabs, line feeds and zero-width joiners stay. Cleaning twice changes nothing.
    """
    if not DIRTY.search(text):
        return text
    if SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = ESCAPE.sub("", text)
    return INVISIBLE.sub("", LINE_END.sub("\n", text))


def clean_line(text: str, limit: int = 500) -> str:
    """The same as one line of at most `limit` characters: for names, and for what a server says."""
    line = " ".join(clean_input(text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
