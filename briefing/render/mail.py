"""A briefing as the two texts of an e-mail: HTML with its styles inlined, and plain text; and its subject.

Knows what mail programs do to HTML: web mail takes away the head, Gmail clips a long message, pictures from outside are
not loaded. Knows nothing of MIME and of servers; the look is in templates/<theme>/mail.html.j2 and mail.txt.j2.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import TemplateError
from ..messages import Language, Message
from ..types import Briefing, Recipient
from .page import environment
from .template_errors import template_error
from .themes import DEFAULT, Theme, find_theme, labels, theme_table, with_section_names

if TYPE_CHECKING:  # for the annotations only: `briefing --help` must not pay for Jinja
    from jinja2 import Environment, Template

CLIP = 100_000
"""Bytes that the HTML may have as it is sent, in base64: Gmail shows the first 102 KB of a message, and other programs less
than all of a long one."""
LINE = "[mail] subject"
SUBJECT = "{{ briefing.title }} {{ briefing.date | date_long }}"
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
FONTS = re.compile(r"[\w ,'-]+")
FETCHED = re.compile(
    r"""<(?:img|input|link|script|iframe|video|audio|source)\b[^>]*?\b(?:src|href|srcset|poster)\s*=\s*(?!["']?cid:)|\burl\(|@import""",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailContext:
    """What a mail has around the briefing; the templates see it as `mail`.

    `link` is where the whole briefing can be read, `logo` the Content-ID of a picture, `unsubscribe` an address; `shortened`
    says that the whole is in an attachment or behind the link.
    """

    link: str = ""
    logo: str = ""
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
        """Bytes of the HTML as it is sent: base64, in lines of 76."""
        encoded = -(-len(self.html.encode("utf-8", "replace")) // 3) * 4
        return encoded + encoded // 76 * 2


class LetterRenderer(Protocol):
    """Prints the letter for a recipient, or for all without one, with what is around it."""

    def __call__(
        self, recipient: Recipient | None = None, context: MailContext | None = None
    ) -> RenderedMail:
        """The letter; raises TemplateError."""
        ...


@dataclass(frozen=True, slots=True)
class MailRenderer:
    """Renders a briefing by the mail templates of a theme; those that a theme has not got are classic's.

    `template` is a theme's name or a folder; `folders` as for pages; `subject` is a template of one line. A template sees
    `briefing`, `recipient` (None in a letter to all), `mail`, `labels`, `language`, and `style` from theme.toml.
    """

    template: str = DEFAULT
    folders: tuple[Path, ...] = ()
    subject: str = SUBJECT

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
        """What prints one letter after another: the templates are compiled once. Raises TemplateError."""
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
            page = html(**variables, **own)
            if found := FETCHED.search(page):
                raise _fetch_error(found[0])
            return RenderedMail(
                subject=subject(**variables, **own).strip(),
                html=inline_styles(page),
                text=text(**variables, **own).strip("\n") + "\n",
            )

        return render_letter


def _compile_template(theme: Theme, sandbox: Environment, subject: str) -> Callable[..., str]:
    """A template of `theme` as a function, compiled at the first call; its failures are TemplateErrors."""

    @functools.cache
    def template() -> Template:
        if theme.main != LINE:
            return sandbox.get_template(theme.main)
        code = sandbox.compile(subject, LINE, LINE)
        return sandbox.template_class.from_code(sandbox, code, sandbox.make_globals(None))

    def run(**variables: Any) -> str:
        try:
            return template().render(**variables)
        except Exception as error:  # a template is a program of the user's: whatever it raises is his to mend
            raise template_error(error, theme) from error

    return run


def inline_styles(html: str) -> str:
    """The page with the rules of its first style sheet in the elements, the way that web mail needs them."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)


def _mail_style(theme: Theme) -> dict[str, Any]:
    """[mail] of theme.toml, checked: it goes into style sheets, where nothing could be escaped."""
    from markupsafe import Markup

    style = theme_table(theme, "mail")
    for name, value in style.items():
        pattern = FONTS if name.endswith("_font") else COLOR
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise TemplateError(
                Message(
                    f"theme.toml 的 [mail] {name} 写得不对：{value!r}",
                    f"[mail] {name} in theme.toml is wrong: {value!r}",
                ),
                Message(
                    "颜色写成 #rrggbb；字体名用单引号和逗号",
                    "colours are #rrggbb; fonts are names, single quotes and commas",
                ),
            )
    return {name: Markup(value) for name, value in style.items()}


def _fetch_error(what: str) -> TemplateError:
    return TemplateError(
        Message(f"邮件模板要从外面取东西：{what}", f"the mail's template fetches something: {what}"),
        Message(
            '邮件里的图片只能随信附上：<img src="cid:…">',
            'pictures of a mail go along with it: <img src="cid:…">',
        ),
    )
