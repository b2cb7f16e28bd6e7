"""What a run did: read, set aside, replaced, written, delivered, and how long it took.

Data, and its two forms: an object for programs, one line for people.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..messages import Language, Message
from ..types import Briefing, Problem

State = Literal["made", "frozen", "nothing", "failed"]
"""Made by this run; made by an earlier one; no news on that day; failed before there was an edition."""


SLOW = 20.0
"""Seconds from which on a source is said to be slow."""


@dataclass(slots=True, kw_only=True)
class RunReport:
    """One run about one edition; it grows while the run goes on. Seconds are wall-clock time."""

    day: datetime.date
    edition: str
    started: str
    state: State = "failed"
    code: int = 0
    sources: int = 0
    articles: int = 0
    stories: int = 0
    replaced: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    files: list[str] = field(default_factory=list)
    deliveries: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)
    error: Message | None = None
    hint: Message | None = None

    def describe(self, briefing: Briefing) -> None:
        """Counts what the briefing is made of."""
        self.sources = len(briefing.sources)
        self.articles = sum(1 + len(story.also) for story in briefing.stories)
        self.stories = len(briefing.stories)
        self.replaced = briefing.replaced
        self.problems = (*briefing.problems, *self.problems)

    def took(self, seconds: Mapping[str, float], sources: Mapping[str, float]) -> None:
        """Notes how long each stage took, and the sources that took long, the slowest first."""
        self.seconds |= seconds
        slow = sorted((-spent, name) for name, spent in sources.items() if spent >= SLOW)
        self.slow = {name: -spent for spent, name in slow}

    def add_deliveries(self, states: Sequence[str]) -> None:
        """Counts what became of each recipient."""
        self.deliveries = dict(Counter(self.deliveries) + Counter(states))

    def as_dict(self, language: Language) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "day": self.day.isoformat(),
            "edition": self.edition,
            "started": self.started,
            "state": self.state,
            "code": self.code,
            "sources": self.sources,
            "articles": self.articles,
            "stories": self.stories,
            "replaced_by_extraction": self.replaced,
            "problems": [_told(one, language) for one in self.problems],
            "set_aside": [_told(one, language) for one in self.notes],
            "files": self.files,
            "deliveries": self.deliveries,
            "slow": [{"source": name, "seconds": round(value, 1)} for name, value in self.slow.items()],
            "seconds": {name: round(value, 2) for name, value in self.seconds.items()},
            "error": self.error(language) if self.error else None,
            "hint": self.hint(language) if self.hint else None,
        }

    def line(self) -> Message:
        """The run in one line."""
        head = f"{self.day.isoformat()} {self.edition}"
        if self.error:
            return Message(f"{head}：{self.error.zh}", f"{head}: {self.error.en}")
        zh = [f"{self.sources} 处来源", f"{self.articles} 篇文章", f"{self.stories} 条"]
        en = [f"{self.sources} sources", f"{self.articles} articles", f"{self.stories} stories"]
        for count, words, words_en in (
            (len(self.problems), "处有问题", "problems"),
            (len(self.notes), "项没有收入", "set aside"),
            (self.replaced, "篇改用抽取", "replaced by extraction"),
            (len(self.slow), "处来源慢", "slow sources"),
        ):
            zh += [f"{count} {words}"] if count else []
            en += [f"{count} {words_en}"] if count else []
        for state, words, words_en in DELIVERED:
            count = self.deliveries.get(state, 0)
            zh += [f"{count} 人{words}"] if count else []
            en += [f"{count} {words_en}"] if count else []
        zh.append(f"{sum(self.seconds.values()):.1f} 秒")
        en.append(f"{sum(self.seconds.values()):.1f} s")
        began = STATES[self.state]
        return Message(f"{head}：{began.zh}，{'，'.join(zh)}", f"{head}: {began.en}, {', '.join(en)}")


STATES = {
    "made": Message("写好了", "made"),
    "frozen": Message("先前已写好", "was made before"),
    "nothing": Message("这一天没有新闻", "no news of that day"),
    "failed": Message("没有写成", "failed"),
}
DELIVERED = (
    ("sent", "已收", "sent"),
    ("held", "到时再送", "later"),
    ("waiting", "待寄", "waiting"),
    ("refused", "拒收", "refused"),
    ("unknown", "不明", "unknown"),
)


def _told(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "source": problem.source,
        "message": problem.message(language),
        "hint": problem.hint(language) if problem.hint else None,
    }
