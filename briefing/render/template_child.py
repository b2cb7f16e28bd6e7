"""The user's own templates run in a child process: a loop or a gigabyte of text ends as a
TemplateError.

Bundled templates do not need it. Knows the limits; what the child does is in template_jobs.py.
"""

from __future__ import annotations

from typing import Any

from ..errors import TemplateError
from ..isolation.isolated import MEMORY, TIME, ChildDiedError, Limits, run_isolated
from ..messages import Message

JOBS = "briefing.render.template_jobs:"
MOST_MEMORY = 900 * 2**20
"""Bytes that the child may hold."""
SECONDS = 10.0
"""Seconds of computing for one page, letter or measurement."""
SECONDS_EACH = 2.0
"""Seconds that each further call adds to those of the first: what many may take on average."""


class TemplateLimitError(TemplateError):
    """A template took too long or too much memory."""


class TemplateChild:
    """Calls functions of template_jobs.py for the templates of `place`; all calls share their
    time.
    """

    def __init__(self, place: str) -> None:
        """Takes the name of the theme or file for its error messages."""
        self.place = place
        self._left = SECONDS

    def call(self, function: str, blob: bytes = b"", *arguments: Any) -> Any:
        """What the function returns; raises its TemplateError, and TemplateLimitError."""
        seconds = min(SECONDS, self._left)
        if seconds <= 0:
            raise self._too_slow()
        limits = Limits(memory=MOST_MEMORY, item_seconds=seconds, seconds=seconds)
        try:
            ((result, spent),) = run_isolated(JOBS + function, blob, *arguments, limits=limits)
        except ChildDiedError as error:
            raise self._limit_error(error.cause) from None
        self._left += SECONDS_EACH - spent
        return result

    def _limit_error(self, cause: str) -> TemplateError:
        if cause == TIME:
            return self._too_slow()
        if cause == MEMORY:
            return too_large(self.place)
        return TemplateError(
            Message(f"{self.place}：模板运行出错：{cause}", f"{self.place}: the template failed: {cause}"),
            Message("请检查模板", "check the template"),
        )

    def _too_slow(self) -> TemplateLimitError:
        return TemplateLimitError(
            Message(
                f"{self.place}：模板运行超过 {SECONDS:g} 秒",
                f"{self.place}: the template takes more than {SECONDS:g} seconds",
            ),
            Message("请检查模板里的循环", "check the loops of the template"),
        )


def too_large(place: str) -> TemplateLimitError:
    """The error for a template that takes too much memory or makes too large a page."""
    return TemplateLimitError(
        Message(
            f"{place}：模板占用太多内存，或生成的页面太大",
            f"{place}: the template takes too much memory or makes too large a page",
        ),
        Message("请检查模板里的循环和页面尺寸", "check the loops of the template and the size of its pages"),
    )
