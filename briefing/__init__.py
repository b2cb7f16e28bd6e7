"""Turns the day's Chinese newspaper pages into a one-page daily briefing, offline.

    import briefing
    briefing.segment(page_text).articles
    briefing.summarize(article_text, headline="…").summary.text
    briefing.check(article_text, summary_text)
    day = briefing.compose(["pages/"])
    briefing.write(day, "out", ["html", "pdf"])
    briefing.send(day, to=["a@b.cn"], dry_run="letter.eml")

Public is what __all__ names, and what its functions take and return. Expected failures are
BriefingErrors. The work is done in briefing.app, imported at the first call: `briefing --help`
loads none of it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .errors import BriefingError
from .types import (
    Article,
    Briefing,
    CheckedSentence,
    Document,
    Earlier,
    Page,
    Problem,
    Segmentation,
    Story,
    Summary,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Literal

    from .config import OutputFormat
    from .deliver.dispatch import Dispatched
    from .messages import Language
    from .protocols import Judge

__version__ = "0.2.0"
__all__ = [
    "Article",
    "Briefing",
    "BriefingError",
    "CheckedSentence",
    "Document",
    "Earlier",
    "Page",
    "Problem",
    "Segmentation",
    "Story",
    "Summary",
    "__version__",
    "check",
    "compose",
    "load",
    "read",
    "render",
    "segment",
    "send",
    "summarize",
    "summarize_many",
    "write",
]


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """Keeps `briefing.read` and `briefing.render` callable once the folders of these names are
    imported.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        function = self.__dict__.get(name)
        if isinstance(value, ModuleType) and callable(function):
            value.__class__ = type(
                "CallableFolder",
                (ModuleType,),
                {"__call__": staticmethod(function), "__doc__": function.__doc__},
            )
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def read(
    sources: str | Path | Sequence[str | Path], *, offline: bool = False, follow: bool = False
) -> Iterator[Page | Problem]:
    """The pages of files, folders, globs, URLs and feeds; a Problem in place of what cannot be
    read.

    `offline` reads no URL; `follow` fetches the full articles of feeds that have only teasers.
    """
    from .app import reading

    return reading.read(sources, offline=offline, follow=follow)


def segment(page: str | Page, source: str = "") -> Segmentation:
    """The articles of a page, or of a page's text, and what was set aside; any text gives a
    segmentation.

    `source` names the text in what comes of it; a Page brings its own name.
    """
    from .app import reading

    return reading.segment(page, source)


def summarize(text: str, *, headline: str = "", length: int = 120, model: str | None = None) -> Story:
    """A summary of at most `length` characters, with the article to which its evidence refers.

    `model` is any name that `briefing summarize --model` takes, None its default. Raises UsageError
    for an unknown model, and ModelError for one that cannot be loaded. The last model used stays in
    memory.
    """
    from .app import summaries

    return summaries.summarize(text, headline=headline, length=length, model=model)


def summarize_many(
    articles: Iterable[str | Article], *, length: int = 120, model: str | None = None, jobs: int = 0
) -> Iterator[Story | Problem]:
    """A summary for each article, or text of one, in order; a Problem where there can be none.

    `jobs` articles in parallel; 0 leaves it to the model. Raises UsageError for an unknown model.
    """
    from .app import summaries

    return summaries.summarize_many(articles, length=length, model=model, jobs=jobs)


def check(
    text: str, summary: str, *, headline: str = "", model: str | Judge | None = None
) -> tuple[CheckedSentence, ...]:
    """The sentences of a summary, by whomever, each with whether the article supports it, and why
    not.

    Offsets of evidence count characters of `text`. `model` is asked beside the rules: a judge, or
    the name of a model, None the shipped one; "extract" leaves it to the rules. Either text may be
    in either script. Raises UsageError for an article of over 200,000 characters, a summary of over
    300 sentences or an unknown model, and ModelError for one that cannot be loaded.
    """
    from .app import check as checking

    return checking.check(text, summary, headline=headline, model=model)


def compose(
    sources: str | Path | Sequence[str | Path],
    *,
    model: str | None = None,
    length: int = 120,
    title: str | None = None,
    date: datetime.date | str | None = None,
    days: int = 1,
    lang: Language = "zh",
    script: Literal["keep", "hans", "hant"] = "keep",
    boost: Sequence[str] = (),
    mute: Sequence[str] = (),
    watch: Sequence[str] = (),
    offline: bool = False,
    jobs: int = 0,
) -> Briefing:
    """The briefing of the day's pages; what was unreadable is in `.problems`, what was left out on
    purpose (other days, copies, adverts, own output) in `.notes`.

    The arguments are those of `briefing digest`; neither briefing.toml nor BRIEFING_* variables are
    read. Raises UsageError for a wrong argument, and ModelError.
    """
    from .app import digest

    return digest.compose(
        sources,
        model=model,
        length=length,
        title=title,
        date=date,
        days=days,
        lang=lang,
        script=script,
        boost=tuple(boost),
        mute=tuple(mute),
        watch=tuple(watch),
        offline=offline,
        jobs=jobs,
    )


def load(path: str | Path) -> Briefing:
    """The briefing in a .json that `briefing digest` or `write` wrote. Raises NothingReadable."""
    from .app import editions

    return editions.load(path)


def render(
    briefing: Briefing,
    format: OutputFormat = "html",
    *,
    template: str = "classic",
    pages: int | Literal["auto"] = 1,
    lang: Language = "zh",
) -> Document:
    """The briefing in one format, fitted to `pages` of A4; its bytes are in `.content`.

    "json" holds all there is. Raises UsageError for a wrong argument, and TemplateError.
    """
    from .app import digest

    return digest.render(briefing, (format,), template=template, pages=pages, lang=lang)[0]


def write(
    briefing: Briefing,
    folder: str | Path = ".",
    formats: Sequence[OutputFormat] = ("html", "pdf"),
    *,
    template: str = "classic",
    pages: int | Literal["auto"] = 1,
    lang: Language = "zh",
) -> list[Path]:
    """Writes briefing-YYYY-MM-DD.FORMAT into the folder, all files or none; their paths.

    Raises as `render` does, and DeliveryError where the folder cannot be written.
    """
    from .app import digest

    return digest.write(briefing, folder, formats, template=template, pages=pages, lang=lang)


def send(
    briefing: Briefing,
    *,
    to: Sequence[str] = (),
    config: str | Path | None = None,
    dry_run: str | Path | None = None,
    again: bool = False,
) -> Dispatched:
    """Mails the briefing to `to`, or to the recipients of the settings; the outcome for each.

    The server and the rest of [mail] come from `config` (default: ./briefing.toml) and BRIEFING_*
    variables. `dry_run` names a file to which the first letter is written; nothing is sent. `again`
    sends also to those who have this briefing already. Raises UsageError and DeliveryError.
    """
    from .app import mail_api

    return mail_api.send(briefing, to=to, config=config, dry_run=dry_run, again=again)
