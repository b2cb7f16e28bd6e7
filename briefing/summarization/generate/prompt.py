"""What the shipped model reads and writes: the article, the wanted length, then gist and summary in
one go.

    {headline}\\n{text}\\n\\n{N}字\\n要点：  →  {gist}\\n摘要：{summary}

One pass over the article serves both tasks, and the summary is written knowing the gist. 标题： in
place of 要点： asks for a newspaper headline: the style of the news that the model was first trained
on.
"""

from __future__ import annotations

GIST = "要点："
HEADLINE = "标题："
SUMMARY = "摘要："
STEP = 10
"""Lengths are asked for in tens of characters: a summary of 111 to 120 is one of 120."""
SHORTEST, LONGEST = 30, 400
"""The lengths that the model was shown, in characters."""


def question(headline: str, text: str, limit: int, *, ask: str = GIST) -> str:
    """The prompt, all that stands before the answer: a summary of at most `limit` characters is
    asked for."""
    title = f"{headline}\n" if headline else ""
    stated_length = min(max(limit // STEP * STEP, SHORTEST), LONGEST)
    return f"{title}{text}\n\n{stated_length}字\n{ask}"


def answer(gist: str, summary: str) -> str:
    """What the model is to write for this gist and this summary, end mark not included."""
    return f"{gist}\n{SUMMARY}{summary}" if summary else gist


def parse(written: str) -> tuple[str, str]:
    """The gist and the first summary in what the model wrote; the summary is empty where the
    model wrote none."""
    gist, _, rest = written.partition("\n")
    return gist.strip(), rest.split(SUMMARY)[1].strip() if rest.startswith(SUMMARY) else ""


def limit_of(length: int) -> int:
    """The limit that a summary of `length` characters keeps, as it is said to the model."""
    return -(-length // STEP) * STEP
