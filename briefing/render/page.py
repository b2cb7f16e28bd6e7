"""A briefing as a page: HTML, Markdown or plain text, by Jinja templates that a user may replace.

Knows how a template is run: in a sandbox, without undefined names, the user's own in a child
process, with errors that name file and line. Knows nothing of what the page looks like: that is in
templates/<theme>/.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..messages import Language, Message
from ..text.mark import marked
from ..text.width import width
from ..types import Briefing, Document
from . import filters, follow_up
from .picture import caption_line, data_uri, picture_of
from .print_size import print_size
from .template_child import TemplateChild
from .template_errors import template_error
from .themes import DEFAULT, FORMATS, Theme, find_theme, labels, with_section_names

if TYPE_CHECKING:  # for the annotation only: `briefing --help` must not pay for Jinja
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class TemplateRenderer:
    """Renders a briefing by the templates of a theme.

    `format` is html, md or txt; `template` a theme's name, a folder, or a single .j2 file;
    `folders` are the user's template folders, in which a file overrides the theme's file of the
    same name. A user's template may extend the bundled one: {% extends "bundled/page.html.j2" %}. A
    template sees `briefing`, `labels` and `language`, and the filters of `FILTERS`.
    """

    format: str
    template: str = DEFAULT
    folders: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        """Raises UsageError for a format that no template makes."""
        if self.format not in FORMATS:
            raise UsageError(
                Message(
                    zh=f"模板不能生成 {self.format} 格式",
                    en=f"templates do not make the format {self.format!r}",
                ),
                Message(zh=f"可用的格式：{'、'.join(FORMATS)}", en=f"formats: {', '.join(FORMATS)}"),
            )

    def __call__(self, briefing: Briefing, language: Language) -> Document:
        """The page; the same briefing gives the same bytes. Raises TemplateError."""
        theme = find_theme(self.format, self.template, self.folders)
        if not theme.has_own_files:
            return self.render_here(briefing, language)
        document: Document = TemplateChild(theme.place).call("page", b"", self, briefing, language)
        return document

    def render_here(self, briefing: Briefing, language: Language) -> Document:
        """The page, rendered in this process without limits of time and memory. Raises
        TemplateError.
        """
        theme = find_theme(self.format, self.template, self.folders)
        words = labels(theme, language, briefing.script)
        try:
            template = environment(theme, self.format, briefing, language).get_template(theme.main)
            text = template.render(
                briefing=with_section_names(briefing, words), labels=words, language=language
            )
        except Exception as error:  # a template is the user's program: whatever it raises is reported
            raise template_error(error, theme) from error
        content = (text.rstrip("\n") + "\n").encode("utf-8", "replace")
        spoken = "hant" if language == "zh" and briefing.script == "hant" else language
        return Document(format=self.format, content=marked(self.format, content, spoken))


FILTERS: dict[str, Callable[..., Any]] = {
    "account": filters.account,
    "columns": width,
    "caption_line": caption_line,
    "counted": filters.counted,
    "data_uri": data_uri,
    "gist": filters.gist,
    "title_line": filters.title_line,
    "in_names": filters.in_names,
    "inline": filters.inline,
    "md": filters.md,
    "models": filters.models,
    "overview_numbers": filters.overview_numbers,
    "picture": picture_of,
    "print_size": print_size,
    "quotes": filters.quotes,
    "rule": filters.rule,
    "url": filters.url,
    "wrap": filters.wrap,
}
"""The filters that need only their argument; the others are bound to the language and briefing."""


def environment(theme: Theme, format: str, briefing: Briefing, language: Language) -> Environment:
    """The sandbox in which the templates of `theme` run; HTML escapes its values."""
    from jinja2 import ChoiceLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from .compiled_templates import compiled_templates
    from .theme_loader import ThemeLoader

    bundled = ThemeLoader((theme.bundled, theme.bundled.parent / DEFAULT, theme.bundled.parent))
    loader = ChoiceLoader([ThemeLoader(theme.folders), PrefixLoader({"bundled": bundled}), bundled])
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=format == "html",
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(format == "html", language),
    )
    environment.filters |= FILTERS
    environment.filters["date_long"] = partial(filters.date_long, language=language)
    environment.filters["page_name"] = partial(filters.page_name, language=language)
    environment.filters["attribution"] = partial(filters.attribution, briefing=briefing, language=language)
    for function in (follow_up.kicker, follow_up.line, follow_up.before):
        environment.filters[function.__name__] = partial(function, language=language)
    numbers = filters.story_numbers(briefing)
    environment.filters["number"] = lambda story: numbers.get(id(story), 0)
    environment.filters["sources"] = partial(filters.sources, briefing=briefing, language=language)
    return environment
