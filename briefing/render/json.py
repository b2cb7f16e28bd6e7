"""A briefing as JSON, and back: the schema "briefing/1", defined in briefing-1.schema.json.

Knows the shape of the document, in both directions; knows nothing of files. What only segmentation
needs (spans, captions, jump lines, the order on the page) is not in it and is lost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from ..messages import Language, Message
from ..types import (
    Article,
    Briefing,
    Checks,
    Document,
    Earlier,
    Form,
    Origin,
    Problem,
    Reason,
    Section,
    Sentence,
    Story,
    Summary,
)
from .json_node import SCHEMA, JsonNode, invalid_document
from .json_picture import load_picture, picture_dict

SCHEMA_FILE = Path(__file__).with_name("briefing-1.schema.json")


class _Script(StrEnum):
    HANS = "hans"
    HANT = "hant"


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
        "script": briefing.script,
        "overview": list(briefing.overview),
        "papers": list(briefing.papers),
        "sources": list(briefing.sources),
        "sections": [
            {
                "name": section.name,
                "stories": [_story_dict(story, language) for story in section.stories],
                "more": section.more,
            }
            for section in briefing.sections
        ],
        "problems": [_problem_dict(problem, language) for problem in briefing.problems],
        "more_problems": briefing.more_problems,
        **({"notes": [_problem_dict(note, language) for note in briefing.notes]} if briefing.notes else {}),
        **({"days": briefing.days} if briefing.days > 1 else {}),
        **({"told": [_earlier_dict(one) for one in briefing.told]} if briefing.told else {}),
    }


def _problem_dict(problem: Problem, language: Language) -> dict[str, str | None]:
    """A problem or a note in the shape of the schema."""
    return {
        "source": problem.source,
        "message": problem.message(language),
        "hint": problem.hint(language) if problem.hint else None,
    }


def _story_dict(story: Story, language: Language) -> dict[str, Any]:
    """One story in the shape of the schema."""
    article = story.article
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
        "page": article.page_number,
        "date": article.date.isoformat() if article.date else None,
        "link": article.link,
        **_summary_dict(story.summary),
        "text": article.text,
        **({"earlier": _earlier_dict(story.earlier)} if story.earlier else {}),
        **({"picture": picture_dict(story.picture)} if story.picture else {}),
        "form": story.form.value,
        "score": story.score,
        "reasons": [
            {"name": reason.name(language), "points": reason.points, "found": reason.found}
            for reason in story.reasons
        ],
        "also": [
            {
                "id": a.id,
                "headline": a.headline,
                "source": a.source,
                "paper": a.paper,
                "page": a.page_number,
                "link": a.link,
            }
            for a in story.also
        ],
    }


def _earlier_dict(earlier: Earlier) -> dict[str, str]:
    """What an earlier edition told of a story."""
    return {"date": earlier.date.isoformat(), "headline": earlier.headline, "gist": earlier.gist}


def _summary_dict(summary: Summary) -> dict[str, Any]:
    """The members of a story that come from its summary."""
    checks = summary.checks
    return {
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
            "unsupported_numbers": list(checks.unsupported_numbers),
            "unsupported_names": list(checks.unsupported_names),
            "unsupported_claims": list(checks.unsupported_claims),
        },
    }


def load(data: bytes) -> Briefing:
    """The briefing that JsonRenderer wrote; raises SourceError where `data` is anything else.

    Unknown keys are ignored, so that files of a later minor version can be read. Texts are cleaned
    of control characters and lone surrogates.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        place = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise invalid_document(
            Message(f"不是 JSON（{place}）" if place else "不是 JSON", f"no JSON {place}".strip())
        ) from error
    top = JsonNode(document, "$")
    schema = top.text("schema")
    if schema != SCHEMA:
        raise invalid_document(f"$.schema: {schema!r}, not {SCHEMA!r}")
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
        notes=tuple(replace(_load_problem(node), note=True) for node in top.nodes("notes", optional=True)),
        days=max(1, top.count("days")),
        told=tuple(map(_load_earlier, top.nodes("told", optional=True))),
        script="hant" if top.choice("script", _Script, _Script.HANS) is _Script.HANT else "hans",
    )


def _load_story(node: JsonNode) -> Story:
    """The story of one node."""
    text = node.indexed_text("text")
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
            page_number=node.maybe("page"),
            date=node.maybe_date("date"),
            link=node.maybe("link", optional=True),
        ),
        summary=_load_summary(node, len(text)),
        also=tuple(map(_load_also, node.nodes("also", optional=True))),
        score=node.number("score", 0.0),
        earlier=_load_earlier(node.node("earlier")) if "earlier" in node.members else None,
        picture=load_picture(node.node("picture")) if "picture" in node.members else None,
        form=node.choice("form", Form, Form.FULL),
        reasons=tuple(map(_load_reason, node.nodes("reasons", optional=True))),
    )


def _load_also(node: JsonNode) -> Article:
    """An article about the same event; only its headline and place are in the document."""
    return Article(
        id=node.text("id"),
        headline=node.text("headline"),
        paragraphs=(),
        source=node.text("source"),
        paper=node.maybe("paper"),
        page_number=node.maybe("page"),
        link=node.maybe("link", optional=True),
    )


def _load_earlier(node: JsonNode) -> Earlier:
    """What an earlier edition told of a story."""
    return Earlier(date=node.date("date"), headline=node.text("headline"), gist=node.text("gist"))


def _load_reason(node: JsonNode) -> Reason:
    """One reason; the document has its name in one language only."""
    name = node.text("name")
    return Reason(name=Message(name, name), points=node.number("points"), found=node.text("found"))


def _load_summary(node: JsonNode, length: int) -> Summary:
    """The summary of a story's node; the article's text has `length` characters."""
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
        origin=node.choice("origin", Origin, Origin.EXTRACTED),
    )


def _load_problem(node: JsonNode) -> Problem:
    """The problem of one node; the document has one language, which serves for both."""
    message, hint = node.text("message"), node.maybe("hint")
    return Problem(
        source=node.text("source"),
        message=Message(message, message),
        hint=Message(hint, hint) if hint is not None else None,
    )
