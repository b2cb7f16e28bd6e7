"""The nouns, in the order in which they come to be: frozen dataclasses passed from verb to verb."""

from .briefings import (
    Briefing,
    Checks,
    Document,
    Earlier,
    Form,
    Origin,
    Recipient,
    Section,
    Sentence,
    Story,
    Summary,
)
from .checked import CheckedSentence
from .pages import (
    Article,
    Block,
    DateOrigin,
    HeadlineDecision,
    Page,
    Problem,
    Reason,
    Role,
    Segmentation,
    Span,
)

__all__ = [
    "Article",
    "Block",
    "Briefing",
    "CheckedSentence",
    "Checks",
    "DateOrigin",
    "Document",
    "Earlier",
    "Form",
    "HeadlineDecision",
    "Origin",
    "Page",
    "Problem",
    "Reason",
    "Recipient",
    "Role",
    "Section",
    "Segmentation",
    "Sentence",
    "Span",
    "Story",
    "Summary",
]
