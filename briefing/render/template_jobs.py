"""What the child does for the user's own templates: a page, a letter, a measurement or a print.

Each function yields one pair: its result, and the seconds of computing that it took.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ..messages import Language
from ..types import Briefing, Document, Recipient
from .mail import LetterRenderer, MailContext, RenderedMail
from .page import TemplateRenderer
from .template_child import too_large
from .typst_printer import TypstPrinter

LARGEST = 64 * 2**20
"""Characters or bytes of a result."""


def page(
    _: bytes, renderer: TemplateRenderer, briefing: Briefing, language: Language
) -> Iterator[tuple[Document, float]]:
    """A page by Jinja templates; raises TemplateError."""
    begun = time.process_time()
    document = renderer.render_here(briefing, language)
    _check_size(renderer.template, len(document.content))
    yield document, time.process_time() - begun


def letter(
    mailing: bytes, recipient: Recipient | None, context: MailContext | None
) -> Iterator[tuple[RenderedMail, float]]:
    """A letter of a mailing, which is a pickled MailRenderer, a Briefing, a language and a number.

    Raises TemplateError.
    """
    begun = time.process_time()
    template, render = _letter_renderer(mailing)
    rendered = render(recipient, context)
    _check_size(template, len(rendered.html) + len(rendered.text) + len(rendered.subject))
    yield rendered, time.process_time() - begun


@lru_cache(maxsize=1)
def _letter_renderer(mailing: bytes) -> tuple[str, LetterRenderer]:
    """The templates of a mailing, compiled once for all its letters."""
    renderer, briefing, language, _ = pickle.loads(mailing)  # from our own parent
    return renderer.template, renderer.letters_here(briefing, language)


def printer(_: bytes, typst: TypstPrinter, method: str, *arguments: Any) -> Iterator[tuple[Any, float]]:
    """What a method of the printer returns; raises TemplateError."""
    begun = time.process_time()
    result = getattr(typst, method)(*arguments)
    pages = result if isinstance(result, list) else [result]
    _check_size(typst.theme.main, sum(len(page) for page in pages if isinstance(page, bytes)))
    yield result, time.process_time() - begun


def _check_size(place: str, size: int) -> None:
    if size > LARGEST:
        raise too_large(place)
