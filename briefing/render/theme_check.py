"""A theme put to the test: the sample briefing in each format and language, small and large.

Reports what fails, with file and line; whether a page escapes the newspaper's words; and which
files no page uses. Knows nothing of beauty.
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
from .template_child import TemplateLimitError
from .theme_catalog import ThemeEntry, theme_problems
from .themes import FORMATS, PRINT, find_theme, template_format

MAIL = "mail"
FILES = "files"
"""The check of the theme's files themselves: reported only where it fails."""
SIZES = (0, 1, 6, 24)
"""Stories of the samples: none, one, one of every kind, and more than a page holds."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")
KNOWN = frozenset(
    {"page.html.j2", "page.md.j2", "page.txt.j2", "page.typ", "mail.html.j2", "mail.txt.j2", "theme.toml"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatCheck:
    """The result of one format: its errors, each once; none if all is well."""

    format: str
    failures: tuple[tuple[Message, Message | None], ...] = ()


def check_theme(template: str, folders: tuple[Path, ...] = ()) -> Iterator[FormatCheck]:
    """The result of each format that the template makes; of its files alone where these are
    refused.

    Raises TemplateError where there is no such template.
    """
    only = template_format(template)
    problems = theme_problems(find_theme(only or PRINT, template, folders))
    if problems:
        failures = tuple((problem.message, problem.hint) for problem in problems)
        yield FormatCheck(format=FILES, failures=failures)
        return
    for format in (only,) if only else (*FORMATS, PRINT, MAIL):
        yield FormatCheck(format=format, failures=tuple(_failures(format, template, folders)))


def _failures(format: str, template: str, folders: tuple[Path, ...]) -> list[tuple[Message, Message | None]]:
    """The errors of one format, each once; the first that takes too long ends the check."""
    failures: dict[str, tuple[Message, Message | None]] = {}
    for language in LANGUAGES:
        for count in SIZES:
            try:
                _render_sample(format, template, folders, language, count)
            except BriefingError as error:
                failures.setdefault(error.message.en, (error.message, error.hint))
                if isinstance(error, TemplateLimitError):
                    return list(failures.values())
    return list(failures.values())


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
        document = TemplateRenderer(format, template, folders)(sample(count), language)
        rendered = document.content.decode("utf-8")
    if format in ("html", MAIL) and MARKUP in rendered:
        raise TemplateError(
            Message(
                "页面里有未转义的文字：报纸上的 < 会变成标签",
                "unescaped words on the page: a < in the newspaper becomes a tag",
            ),
            Message("去掉模板里的 |safe", "remove |safe from the template"),
        )


def unused_files(entry: ThemeEntry) -> list[str]:
    """User files that no template loads or mentions: usually misnamed."""
    own = [part for part in entry.parts if not part.home]
    texts = [part.path.read_text("utf-8", "replace") for part in own if part.path.suffix in (".j2", ".typ")]
    overriding = {part.name for part in entry.parts if part.home}
    return [
        part.name
        for part in own
        if part.path != entry.path
        and part.name not in KNOWN | overriding
        and not any(part.name in text for text in texts)
    ]
