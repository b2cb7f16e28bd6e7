"""Gives a stage a memory: what is remembered passes it by, in its place; the rest goes through.

Keys are looked up where the stage is called, so that worker processes get the misses only.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ..messages import Message
from ..protocols import Outcome, Stage
from ..types import Article, Problem, Story


class Memory(Protocol):
    """What stories are looked up in and kept in."""

    def get(self, key: str, article: Article) -> Story | None:
        """The story of that key."""
        ...

    def put(self, key: str, story: Story) -> None:
        """Keeps a story."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known(Problem):
    """A remembered story on its way: a stage passes Problems through, untouched and in order."""

    story: Story


def remembered(
    stage: Stage[Article, Story],
    memory: Memory,
    key_of: Callable[[Article], str],
    keep: Callable[[Story], bool],
) -> Stage[Article, Story]:
    """The stage with that memory, which keeps the stories that `keep` wants kept."""

    def run(articles: Iterable[Outcome[Article]]) -> Iterator[Outcome[Story]]:
        keys: deque[str] = deque()

        def unknown() -> Iterator[Outcome[Article]]:
            for article in articles:
                if isinstance(article, Problem):
                    keys.append("")
                    yield article
                    continue
                key = key_of(article)
                story = memory.get(key, article)
                keys.append("" if story else key)
                yield _Known(source="", message=Message("", ""), story=story) if story else article

        for outcome in stage(unknown()):
            key = keys.popleft()
            if isinstance(outcome, _Known):
                yield outcome.story
                continue
            if key and isinstance(outcome, Story) and keep(outcome):
                memory.put(key, outcome)
            yield outcome

    return run
