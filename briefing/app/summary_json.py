"""The JSON of one summary, as the contract fixes it; offsets count characters of the article's text."""

from __future__ import annotations

from typing import Any

from ..types import Article, Story


def summary_as_dict(story: Story) -> dict[str, Any]:
    """A summary with its sentences, their evidence, the checks, and the article."""
    article, summary = story.article, story.summary
    return {
        "id": article.id,
        "headline": article.headline,
        "gist": summary.gist,
        "summary": summary.text,
        "sentences": [
            {"text": s.text, "evidence": [list(span) for span in s.evidence], "coverage": s.coverage}
            for s in summary.sentences
        ],
        "model": summary.model,
        "origin": summary.origin.value,
        "checks": {
            "unsupported_numbers": list(summary.checks.unsupported_numbers),
            "unsupported_names": list(summary.checks.unsupported_names),
            "unsupported_claims": list(summary.checks.unsupported_claims),
        },
        "article": _article_as_dict(article),
    }


def _article_as_dict(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "source": article.source,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "byline": article.byline,
        "dateline": article.dateline,
        "agency": article.agency,
        "paragraphs": list(article.paragraphs),
        "text": article.text,
    }
