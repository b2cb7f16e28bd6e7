"""A briefing as JSON, and back: the schema "briefing/1", which briefing-1.schema.json spells out.

Knows the shape of the document, in both directions; knows nothing of files. What only the cutting of
pages needs (spans, captions, jump lines, the order on the page) is not in it and does not come back.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ..errors import Language, SourceError, Text
from ..types import (
    Article,
    Briefing,
    Checks,
    Document,
    Form,
    Origin,
    Problem,
    Reason,
    Section,
    Sentence,
    Story,
    Summary,
)

SCHEMA = "briefing/1"
SCHEMA_FILE = Path(__file__).with_name("briefing-1.schema.json")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JsonRenderer:
    """Renders a briefing as JSON in UTF-8, indented, with a line feed at the end."""

    format: str = "json"

    def __call__(self, briefing: Briefing, language: Language) -> Document:
        """The document; `language` is that of the problems' messages."""
        text = json.dumps(as_dict(briefing, language), ensure_ascii=False, indent=2)
        return Document(format=self.format, content=(text + "\n").encode("utf-8", "backslashreplace"))


def as_dict(briefing: Briefing, language: Language) -> dict[str, Any]:
    """The briefing in the shape of the schema."""
    return {
        "schema": SCHEMA,
        "title": briefing.title,
        "date": briefing.date.isoformat(),
        "language": language,
        "overview": list(briefing.overview),
        "papers": list(briefing.papers),
        "sources": list(briefing.sources),
        "sections": [
            {
                "name": section.name,
                "stories": [_story(story, language) for story in section.stories],
                "more": section.more,
            }
            for section in briefing.sections
        ],
        "problems": [
            {
                "source": problem.source,
                "message": problem.message(language),
                "hint": problem.hint(language) if problem.hint else None,
            }
            for problem in briefing.problems
        ],
        "more_problems": briefing.more_problems,
    }


def _story(story: Story, language: Language) -> dict[str, Any]:
    """One story in the shape of the schema."""
    article, summary = story.article, story.summary
    return {
        "id": article.id,
        "headline": article.headline,
        "kicker": article.kicker,
        "deck": article.deck,
        "byline": article.byline,
        "dateline": article.dateline,
        "agency": article.agency,
        "section": article.section,
        "source": article.source,
        "paper": article.paper,
        "page": article.page,
        "gist": summary.gist,
        "summary": summary.text,
        "sentences": [
            {
                "text": sentence.text,
                "evidence": [list(span) for span in sentence.evidence],
                "coverage": sentence.coverage,
            }
            for sentence in summary.sentences
        ],
        "model": summary.model,
        "origin": summary.origin.value,
        "checks": {
            "unsupported_numbers": list(summary.checks.unsupported_numbers),
            "unsupported_names": list(summary.checks.unsupported_names),
            "unsupported_claims": list(summary.checks.unsupported_claims),
        },
        "text": article.text,
        "form": story.form.value,
        "score": story.score,
        "reasons": [
            {"name": reason.name(language), "points": reason.points, "found": reason.found}
            for reason in story.reasons
        ],
        "also": [
            {"id": a.id, "headline": a.headline, "source": a.source, "paper": a.paper, "page": a.page}
            for a in story.also
        ],
    }


def load(data: bytes) -> Briefing:
    """The briefing that JsonRenderer wrote; raises SourceError where `data` is anything else.

    Keys that the schema does not know are passed over, so that a later minor addition does not lock old
    files out.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _bad(f"{error}") from error
    top = _Node(document, "$")
    schema = top.text("schema")
    if schema != SCHEMA:
        raise _bad(f"$.schema: {schema!r}, not {SCHEMA!r}")
    return Briefing(
        title=top.text("title"),
        date=top.date("date"),
        overview=top.texts("overview"),
        papers=top.texts("papers"),
        sources=top.texts("sources"),
        sections=tuple(
            Section(
                name=node.text("name"),
                stories=tuple(_load_story(n) for n in node.nodes("stories")),
                more=node.count("more"),
            )
            for node in top.nodes("sections")
        ),
        problems=tuple(_load_problem(node) for node in top.nodes("problems")),
        more_problems=top.count("more_problems"),
    )


def _load_story(node: _Node) -> Story:
    """The story of one node."""
    text = node.text("text")
    return Story(
        article=Article(
            id=node.text("id"),
            headline=node.text("headline"),
            paragraphs=tuple(text.split("\n")) if text else (),
            kicker=node.maybe("kicker"),
            deck=node.maybe("deck"),
            byline=node.maybe("byline"),
            dateline=node.maybe("dateline"),
            agency=node.maybe("agency"),
            section=node.maybe("section"),
            source=node.text("source"),
            paper=node.maybe("paper"),
            page=node.maybe("page"),
        ),
        summary=_load_summary(node, len(text)),
        also=tuple(map(_load_also, node.nodes("also", optional=True))),
        score=node.number("score", 0.0),
        form=node.form("form"),
        reasons=tuple(map(_load_reason, node.nodes("reasons", optional=True))),
    )


def _load_also(node: _Node) -> Article:
    """An article about the same event, of which only the headline and the place were kept."""
    return Article(
        id=node.text("id"),
        headline=node.text("headline"),
        paragraphs=(),
        source=node.text("source"),
        paper=node.maybe("paper"),
        page=node.maybe("page"),
    )


def _load_reason(node: _Node) -> Reason:
    """One reason; only one wording of its name was kept."""
    name = node.text("name")
    return Reason(name=Text(name, name), points=node.number("points"), found=node.text("found"))


def _load_summary(node: _Node, length: int) -> Summary:
    """The summary of a story's node, whose article's text is `length` characters long."""
    checks = node.node("checks")
    return Summary(
        gist=node.text("gist"),
        model=node.text("model"),
        sentences=tuple(
            Sentence(
                text=sentence.text("text"),
                evidence=sentence.spans("evidence", length),
                coverage=sentence.share("coverage"),
            )
            for sentence in node.nodes("sentences")
        ),
        checks=Checks(
            unsupported_numbers=checks.texts("unsupported_numbers"),
            unsupported_names=checks.texts("unsupported_names"),
            unsupported_claims=checks.texts("unsupported_claims", optional=True),
        ),
        origin=node.origin("origin"),
    )


def _load_problem(node: _Node) -> Problem:
    """The problem of one node; only one wording was kept, and it stands for both languages."""
    message, hint = node.text("message"), node.maybe("hint")
    return Problem(
        source=node.text("source"),
        message=Text(message, message),
        hint=Text(hint, hint) if hint is not None else None,
    )


@dataclass(frozen=True, slots=True)
class _Node:
    """An object of the document, and its path: hands out members of the type asked for, or SourceError."""

    value: object
    path: str

    def _member(self, key: str, kind: type[T]) -> T:
        if not isinstance(self.value, dict):
            raise _bad(f"{self.path}: object expected")
        if key not in self.value:
            raise _bad(f"{self.path}.{key}: missing")
        value = self.value[key]
        if not isinstance(value, kind):
            raise _bad(f"{self.path}.{key}: {kind.__name__} expected")
        return value

    def text(self, key: str) -> str:
        return self._member(key, str)

    def maybe(self, key: str) -> str | None:
        """A text or null."""
        return None if self._member(key, object) is None else self.text(key)

    def share(self, key: str) -> float:
        """A number from 0 to 1; 1 where it is not said, as in files of earlier versions."""
        value = self.number(key, 1.0)
        if not 0 <= value <= 1:
            raise _bad(f"{self.path}.{key}: a number from 0 to 1 expected")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        match self.members.get(key, default):
            case (int() | float()) as value if not isinstance(value, bool):
                return float(value)
        raise _bad(f"{self.path}.{key}: a number expected")

    def count(self, key: str) -> int:
        """A number of things; 0 where it is not said, as in files of earlier versions."""
        match self.members.get(key, 0):
            case int() as value if not isinstance(value, bool) and value >= 0:
                return value
        raise _bad(f"{self.path}.{key}: a count expected")

    def form(self, key: str) -> Form:
        """How much of a story is printed; all of it where it is not said, as in files of earlier versions."""
        if key not in self.members:
            return Form.FULL
        try:
            return Form(self.text(key))
        except ValueError as error:
            raise _bad(f"{self.path}.{key}: {error}") from error

    def origin(self, key: str) -> Origin:
        """The way a summary came about; extracted where it is not said, as in files of earlier versions."""
        if key not in self.members:
            return Origin.EXTRACTED
        try:
            return Origin(self.text(key))
        except ValueError as error:
            raise _bad(f"{self.path}.{key}: {error}") from error

    @property
    def members(self) -> dict[str, object]:
        return self.value if isinstance(self.value, dict) else {}

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        if optional and key not in self.members:
            return ()
        values = self._member(key, list)
        if not all(isinstance(value, str) for value in values):
            raise _bad(f"{self.path}.{key}: strings expected")
        return tuple(values)

    def date(self, key: str) -> datetime.date:
        try:
            return datetime.date.fromisoformat(self.text(key))
        except ValueError as error:
            raise _bad(f"{self.path}.{key}: {error}") from error

    def spans(self, key: str, end: int) -> tuple[tuple[int, int], ...]:
        """Pairs of offsets into a text of `end` characters."""
        spans = []
        for i, pair in enumerate(self._member(key, list)):
            match pair:
                case [int(a), int(b)] if 0 <= a <= b <= end and bool not in {type(a), type(b)}:
                    spans.append((a, b))
                case _:
                    raise _bad(f"{self.path}.{key}[{i}]: a range within the text expected")
        return tuple(spans)

    def node(self, key: str) -> _Node:
        return _Node(self._member(key, dict), f"{self.path}.{key}")

    def nodes(self, key: str, *, optional: bool = False) -> list[_Node]:
        if optional and key not in self.members:
            return []
        return [_Node(value, f"{self.path}.{key}[{i}]") for i, value in enumerate(self._member(key, list))]


def _bad(why: str) -> SourceError:
    """The error for a document that is not a briefing."""
    return SourceError(
        Text(zh=f"不是 {SCHEMA} 格式的简报：{why}", en=f"not a briefing in the format {SCHEMA}: {why}"),
        Text(
            zh="请用 briefing digest --format json 生成的文件",
            en="use a file that briefing digest --format json wrote",
        ),
    )
