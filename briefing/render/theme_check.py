"""A theme put to the test: the sample briefing in each format and language, small and large.

Says what fails, file and line; whether a page prints the newspaper's words as they stand; and which files of the user's
nothing looks for. What is beautiful is not for it to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import BriefingError, TemplateError
from ..messages import Language, Message
from .mail import MailRenderer
from .page import TemplateRenderer
from .pdf import PrintRenderer
from .sample import MARKUP, sample
from .theme_catalog import ThemeEntry
from .themes import FORMATS, PRINT, template_format

MAIL = "mail"

SIZES = (0, 1, 6, 24)
"""Stories of the samples: none, one, one of every kind, and more than a page holds."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")
KNOWN = frozenset(
    {"page.html.j2", "page.md.j2", "page.txt.j2", "page.typ", "mail.html.j2", "mail.txt.j2", "theme.toml"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatCheck:
    """What came of one format: the errors, each once; none where all is well."""

    format: str
    failures: tuple[tuple[Message, Message | None], ...] = ()


def check_theme(template: str, folders: tuple[Path, ...] = ()) -> Iterator[FormatCheck]:
    """A trial for each format that the template makes. Raises TemplateError where there is no such template."""
    only = template_format(template)
    for format in (only,) if only else (*FORMATS, PRINT, MAIL):
        failures: dict[str, tuple[Message, Message | None]] = {}
        for language in LANGUAGES:
            for count in SIZES:
                try:
                    _render_sample(format, template, folders, language, count)
                except BriefingError as error:
                    failures.setdefault(error.message.en, (error.message, error.hint))
        yield FormatCheck(format=format, failures=tuple(failures.values()))


def _render_sample(
    format: str, template: str, folders: tuple[Path, ...], language: Language, count: int
) -> None:
    """Renders one sample; raises TemplateError for what fails, and for words that became markup."""
    if format == PRINT:
        PrintRenderer(format, template, folders)(sample(count), language)
        return
    if format == MAIL:
        rendered = MailRenderer(template, folders)(sample(count), language).html
    else:
        rendered = TemplateRenderer(format, template, folders)(sample(count), language).content.decode(
            "utf-8"
        )
    if format in ("html", MAIL) and MARKUP in rendered:
        raise TemplateError(
            Message(
                "页面里有未转义的文字：报纸上的 < 会变成标签",
                "words stand in the page unescaped: a < of the newspaper becomes a tag",
            ),
            Message("去掉模板里的 |safe", "take |safe out of the template"),
        )


def unused_files(found: ThemeEntry) -> list[str]:
    """Files of the user's own that no page is looked for under, and that none of his files mentions: often a slip."""
    mine = [part for part in found.parts if not part.home]
    texts = [part.path.read_text("utf-8", "replace") for part in mine if part.path.suffix in (".j2", ".typ")]
    named = {part.name for part in found.parts if part.home}
    return [
        part.name
        for part in mine
        if part.path != found.path
        and part.name not in KNOWN | named
        and not any(part.name in text for text in texts)
    ]


__all__ = ["FormatCheck", "check_theme", "unused_files"]
