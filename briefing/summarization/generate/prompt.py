"""The bundled model's prompt and answer: article and length in, gist and summary out.

    {headline}\\n{text}\\n\\n{N}字\\n要点：  →  {gist}\\n摘要：{summary}

One pass over the article gives both, and the summary is conditioned on the gist. 标题： in place of 要点：
requests a newspaper headline, the style of the first training stage.
"""

from __future__ import annotations

GIST = "要点："
HEADLINE = "标题："
SUMMARY = "摘要："
STEP = 10
"""Lengths are multiples of 10 characters: a summary of 111 to 120 is one of 120."""
SHORTEST, LONGEST = 30, 400
"""The range of lengths in training, in characters."""


def question(headline: str, text: str, limit: int, *, ask: str = GIST) -> str:
    """The prompt for a gist (or what `ask` says) and a summary of at most `limit` characters."""
    title = f"{headline}\n" if headline else ""
    stated_length = min(max(limit // STEP * STEP, SHORTEST), LONGEST)
    return f"{title}{text}\n\n{stated_length}字\n{ask}"


def answer(gist: str, summary: str) -> str:
    """The answer with this gist and summary, without the end token."""
    return f"{gist}\n{SUMMARY}{summary}" if summary else gist


def parse(written: str) -> tuple[str, str]:
    """The gist and the first summary in an answer; either may be empty."""
    gist, _, rest = written.partition("\n")
    return gist.strip(), rest.split(SUMMARY)[1].strip() if rest.startswith(SUMMARY) else ""


def limit_of(length: int) -> int:
    """The limit in the prompt for a summary of `length` characters."""
    return -(-length // STEP) * STEP
