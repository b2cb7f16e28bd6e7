"""The data of a printed page: a briefing as plain words in the order in which they are printed.

Knows the wording, which is that of the HTML page (filters, labels of the theme); knows nothing of
the design, which is in templates/<theme>/page.typ.
"""

from __future__ import annotations

from typing import Any

from ..messages import Language
from ..types import Briefing, Form, Picture, Section, Story
from . import filters, follow_up
from .glyphs import printable
from .picture import IN_FULL, file_name, picture_of
from .themes import Labels

LISTED = (Form.LINE, Form.HEADLINE)
LONG, SHORT = 240, 80
"""Characters from which on a summary is printed in its article's paragraphs, and of the shortest of these."""


def print_data(briefing: Briefing, labels: Labels, language: Language) -> dict[str, Any]:
    """The page's words: strings, lists and dicts only, for JSON."""
    wording = _Wording(briefing, labels, language)
    data: dict[str, Any] = _printable(
        {
            "title": briefing.title,
            "script": briefing.script,
            "date": filters.date_long(briefing.date, language),
            "counts": wording.counts(),
            "overview": list(briefing.overview),
            "overview-title": labels["overview"],
            "points": filters.overview_numbers(briefing),
            "sections": [wording.section(section) for section in briefing.sections if section.stories],
            "elsewhere": wording.elsewhere(),
            "nothing": "" if wording.total else labels["nothing"],
            "problems": wording.problems(),
            "colophon": wording.colophon(),
            "labels": {name: word for name, word in labels.items() if isinstance(word, str)},
        }
    )
    return data


class _Wording:
    """The words of one briefing in one language."""

    def __init__(self, briefing: Briefing, labels: Labels, language: Language) -> None:
        self.briefing, self.labels, self.language = briefing, labels, language
        self.total = len(briefing.stories) + sum(section.more for section in briefing.sections)
        self.space = " " if language == "en" else ""
        self.numbers = filters.story_numbers(briefing)

    def counts(self) -> list[str]:
        if not self.total:
            return []
        papers = len(self.briefing.papers)
        counts = [filters.counted(self.labels["stories"], self.total)]
        return [*counts, filters.counted(self.labels["papers"], papers)] if papers else counts

    def section(self, section: Section) -> dict[str, Any]:
        return {
            "name": section.name,
            "told": [self.story(story) for story in section.stories if story.form in IN_FULL],
            "lines": [self.line(story) for form in LISTED for story in section.stories if story.form is form],
            "more": filters.counted(self.labels["more"], section.more) if section.more else "",
        }

    def story(self, story: Story) -> dict[str, Any]:
        article = story.article
        by = [name for name in (article.byline or article.agency,) if name]
        *said, last = paragraphs(story)
        before = follow_up.before(story, self.labels, self.language)
        return {
            "number": self.numbers[id(story)],
            "kicker": follow_up.kicker(story, self.labels, self.language),
            "headline": article.headline,
            "gist": filters.gist(story),
            "summary": story.summary.text + before,
            "paragraphs": [*said, last + before],
            "credit": [*self.credit(story), *by],
            "brief": [part for part in ("".join(self.brief_credit(story)), *by) if part],
            "url": filters.url(article),
            "checks": self.checks(story),
            **({"picture": self.picture(shown)} if (shown := picture_of(story)) else {}),
        }

    def picture(self, picture: Picture) -> dict[str, Any]:
        return {
            "path": file_name(picture),
            "width": picture.width,
            "height": picture.height,
            "caption": picture.caption,
            "credit": picture.credit,
            "alt": picture.alt,
        }

    def line(self, story: Story) -> dict[str, Any]:
        gist = story.summary.gist if story.form is Form.LINE else ""
        return {
            "number": self.numbers[id(story)],
            "line": follow_up.line(
                gist or filters.title_line(story.article), story, self.labels, self.language
            ),
            "credit": self.brief_credit(story),
            "url": filters.url(story.article),
            "checks": self.checks(story) if gist else [],
        }

    def credit(self, story: Story) -> list[str]:
        first, *others = (
            filters.attribution(article, self.briefing, self.language)
            for article in filters.sources(story, self.briefing, self.language)
        )
        also = f"{self.labels['also']}{self.space}"
        return [part for part in (first, *(f"{also}{other}" for other in others[:1]), *others[1:]) if part]

    def brief_credit(self, story: Story) -> list[str]:
        """The places in short, as behind a line."""
        places = [
            filters.attribution(article, self.briefing, self.language, brief=True)
            for article in filters.sources(story, self.briefing, self.language)
        ]
        *others, last = [place for place in places if place] or [""]
        return [part for part in (*(f"{other}{self.labels['comma']}" for other in others), last) if part]

    def checks(self, story: Story) -> list[str]:
        checks = story.summary.checks
        unsupported = {
            "numbers": checks.unsupported_numbers,
            "names": checks.unsupported_names,
            "claims": checks.unsupported_claims,
        }
        return [
            f"{self.labels[name]}{self.labels['colon']}{self.labels['comma'].join(items)}"
            for name, items in unsupported.items()
            if items
        ]

    def elsewhere(self) -> str:
        counts = [
            f"{section.name} {filters.counted(self.labels['count'], section.more)}"
            for section in self.briefing.sections
            if section.more and not section.stories
        ]
        if not counts:
            return ""
        return f"{self.labels['elsewhere']}{self.labels['colon']}{self.labels['comma'].join(counts)}"

    def problems(self) -> list[str]:
        lines = [
            f"{problem.source}{self.labels['colon']}{problem.message(self.language)}"
            + (f" — {problem.hint(self.language)}" if problem.hint else "")
            for problem in self.briefing.problems
        ]
        more = self.briefing.more_problems
        return [*lines, filters.counted(self.labels["more_problems"], more)] if more else lines

    def colophon(self) -> list[str]:
        lines = []
        if self.briefing.papers:
            lines.append(f"{self.labels['digest_of']}{self.space}{filters.in_names(self.briefing.papers)}")
        if account := filters.account(self.briefing, self.labels):
            lines.append(account)
        models = [name for name in filters.models(self.briefing) if name]
        if models:
            lines.append(
                f"{self.labels['summaries']}{self.labels['colon']}{self.labels['comma'].join(models)}"
            )
        if self.briefing.stories:
            lines.append(self.labels["notice"])
        return lines


def paragraphs(story: Story) -> list[str]:
    """The summary in paragraphs: one, or where it is long those of its article."""
    text, said = story.article.text, story.summary.sentences
    found: list[str] = []
    last = -1
    for sentence in said:
        of = text.count("\n", 0, sentence.evidence[0][0]) if sentence.evidence else last
        if found and (of == last or len(found[-1]) < SHORT):
            found[-1] += sentence.text
        else:
            found.append(sentence.text)
        last = of
    if len(found) > 1 and len(found[-1]) < SHORT:
        found[-2:] = ["".join(found[-2:])]
    return found if len(story.summary.text) >= LONG else ["".join(found)]


def _printable(value: Any) -> Any:
    """The same, with every string that is printed passed through `printable`."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {name: item if name == "path" else _printable(item) for name, item in value.items()}
    return value
