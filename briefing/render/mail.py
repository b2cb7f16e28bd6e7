"""A briefing as the two texts of an e-mail: HTML with its styles inlined, and plain text.

And its subject.

Knows what mail programs do to HTML: web mail removes the head, Gmail clips a long message. Does not
know MIME and servers; the design is in templates/<theme>/mail.html.j2 and mail.txt.j2.
"""

from __future__ import annotations

import functools
import itertools
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..messages import Language
from ..text.clean_input import clean_input
from ..types import Briefing, Recipient
from .mail_fetches import refuse_fetches
from .page import environment
from .template_child import TemplateChild
from .template_errors import template_error
from .themes import DEFAULT, Theme, find_theme, labels, mail_style, with_section_names

if TYPE_CHECKING:  # for the annotations only: `briefing --help` must not pay for Jinja
    from jinja2 import Environment, Template

CLIP = 100_000
"""Bytes of the HTML as it is sent, in base64: Gmail shows the first 102 KB of a message, others cut
long ones too."""
LINE = "[mail] subject"
SUBJECT = "{{ briefing.title }} {{ briefing.date | date_long }}"
_NUMBERS = itertools.count()
"""Tell two mailings of a process apart: templates may have changed in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContext:
    """What surrounds the briefing in a letter; templates see it as `mail`.

    `link` is where the whole briefing can be read, `logo` the Content-ID of a picture, `picture` that
    of the lead's, `unsubscribe` an address; `shortened` means that the whole is in an attachment or
    behind the link.
    """

    link: str = ""
    logo: str = ""
    picture: str = ""
    unsubscribe: str = ""
    shortened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedMail:
    """The texts of a mail."""

    subject: str
    html: str
    text: str

    @property
    def size(self) -> int:
        """Bytes of the HTML as it is sent: base64 in lines of 76."""
        encoded = -(-len(self.html.encode("utf-8", "replace")) // 3) * 4
        return encoded + encoded // 76 * 2


class LetterRenderer(Protocol):
    """Renders the letter to a recipient, or to all if there is none, in a context."""

    def __call__(
        self, recipient: Recipient | None = None, context: MailContext | None = None
    ) -> RenderedMail:
        """The letter; raises TemplateError."""
        ...


@dataclass(frozen=True, slots=True)
class MailRenderer:
    """Renders a briefing with the mail templates of a theme.

    Those that a theme lacks are classic's.

    `template` is a theme's name or a folder; `folders` as for pages; `subject` is a template of one
    line. A template sees `briefing`, `recipient` (None in a letter to all), `mail`, `labels`,
    `language`, and `style` from theme.toml.
    """

    template: str = DEFAULT
    folders: tuple[Path, ...] = ()
    subject: str = SUBJECT
    _child: TemplateChild = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """All letters share one child process."""
        object.__setattr__(self, "_child", TemplateChild(self.template))

    def __call__(
        self,
        briefing: Briefing,
        language: Language,
        recipient: Recipient | None = None,
        context: MailContext | None = None,
    ) -> RenderedMail:
        """The texts; the same arguments give the same texts. Raises TemplateError."""
        return self.letter_renderer(briefing, language)(recipient, context)

    def letter_renderer(self, briefing: Briefing, language: Language) -> LetterRenderer:
        """A renderer of many letters: the templates are compiled once. Raises TemplateError.

        The user's own templates run in a child process.
        """
        if self.subject == SUBJECT and not find_theme("html", self.template, self.folders).has_own_files:
            return self.letters_here(briefing, language)
        mailing = pickle.dumps((self, briefing, language, next(_NUMBERS)))

        def render_letter(
            recipient: Recipient | None = None, context: MailContext | None = None
        ) -> RenderedMail:
            rendered: RenderedMail = self._child.call("letter", mailing, recipient, context)
            return rendered

        return render_letter

    def letters_here(self, briefing: Briefing, language: Language) -> LetterRenderer:
        """The same in this process, without limits of time and memory. Raises TemplateError."""
        themes = [
            replace(find_theme(f, self.template, self.folders), main=f"mail.{f}.j2") for f in ("html", "txt")
        ]
        themes.append(replace(themes[1], main=LINE))
        words = labels(themes[0], language, briefing.script)
        variables = {
            "briefing": with_section_names(briefing, words),
            "language": language,
            "labels": words,
            "style": _mail_style(themes[0]),
        }
        html, text, subject = (
            _compile_template(
                theme,
                environment(
                    theme, "html" if theme.main.startswith("mail.html") else "txt", briefing, language
                ),
                self.subject,
            )
            for theme in themes
        )

        def render_letter(
            recipient: Recipient | None = None, context: MailContext | None = None
        ) -> RenderedMail:
            own = {"recipient": recipient, "mail": context or MailContext()}
            page = clean_input(html(**variables, **own))
            refuse_fetches(page)
            return RenderedMail(
                subject=subject(**variables, **own).strip(),
                html=inline_styles(page),
                text=clean_input(text(**variables, **own)).strip("\n") + "\n",
            )

        return render_letter


def shared_by_name(render: Callable[[Recipient], RenderedMail]) -> Callable[[Recipient], RenderedMail]:
    """`render` with a memory: recipients of one name share a letter, unless the letter depends on
    the address too.

    Whether it does is found by rendering for two addresses: the template may use one anywhere.
    """
    first, second = (render(Recipient(address=f"{c}@example.com", name="x")) for c in "ab")
    if first != second:
        return render
    letters: dict[str, RenderedMail] = {}

    def render_once(recipient: Recipient) -> RenderedMail:
        if recipient.name not in letters:
            letters[recipient.name] = render(recipient)
        return letters[recipient.name]

    return render_once


def _compile_template(theme: Theme, sandbox: Environment, subject: str) -> Callable[..., str]:
    """A template of `theme` as a function, compiled at the first call.

    Its failures are TemplateErrors.
    """

    @functools.cache
    def template() -> Template:
        if theme.main != LINE:
            return sandbox.get_template(theme.main)
        code = sandbox.compile(subject, LINE, LINE)
        return sandbox.template_class.from_code(sandbox, code, sandbox.make_globals(None))

    def run(**variables: Any) -> str:
        try:
            return template().render(**variables)
        except Exception as error:  # a template is the user's program: whatever it raises is reported
            raise template_error(error, theme) from error

    return run


def inline_styles(html: str) -> str:
    """The page with the rules of its first style sheet moved into the elements, as web mail needs
    them."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)


def _mail_style(theme: Theme) -> dict[str, Any]:
    """[mail] of theme.toml, which is safe in style sheets, where nothing is escaped."""
    from markupsafe import Markup

    return {name: Markup(value) for name, value in mail_style(theme).items()}
