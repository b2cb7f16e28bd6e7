"""Reads a source: loads its bytes, chooses its reader, resolves its links, bounds its output."""

from __future__ import annotations

import datetime
import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from ..errors import BriefingError, SourceError
from ..messages import Message
from ..protocols import ReadContext, Resolver
from ..text.beijing import today
from ..text.chars import han_runs
from ..text.clean_input import clean_line
from ..text.mark import is_marked
from ..types import Page, Problem
from .beside import FilesBeside
from .expand import expand
from .fetch import Fetcher, FetchPolicy, is_address
from .foreign import foreign_errors
from .left_out import copies_note, own_output_note
from .load import LIMIT, is_folder, load_bytes
from .pictures import picture_bytes
from .readers import reader_for

MOST_PAGES = 5000
MOST_CHARACTERS = 30_000_000
"""Most characters of all pages of a source; a year of a newspaper has a tenth."""
MOST_PROBLEMS = 500
SECONDS, SECONDS_PER_BYTE = 20.0, 1 / 50_000
"""CPU seconds for a source, and further seconds per byte."""
MOST_REFERENCES, REFERENCE_SECONDS = 4000, 1800.0
"""Most files of an edition, and seconds for fetching them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """Reading options: the network policy, whether a feed's teasers are followed to the articles, and
    whether pictures are looked for.

    `day` and `days` fill the patterns of sources whose name holds the day. With `once`, a source
    with the same bytes as an earlier one is left out.
    """

    policy: FetchPolicy = field(default_factory=FetchPolicy)
    follow: bool = False
    pictures: bool = False
    day: datetime.date | None = None
    days: int = 1
    once: bool = False

    @property
    def dates(self) -> list[datetime.date]:
        """The days that are read, the last one first."""
        last = self.day or today()
        return [last - datetime.timedelta(days=back) for back in range(self.days)]


class SourceReader:
    """Reads sources sequentially with the same options; remembers hosts between them."""

    def __init__(self, options: ReadingOptions | None = None, sources: Sequence[str] = ()) -> None:
        """Uses the default options unless given others.

        A page refers to files in its own folder, and in the folders among the user's `sources`.
        """
        self.options = options or ReadingOptions()
        self.folders = tuple(Path(one) for one in sources if not is_address(one) and is_folder(one))
        self.fetch = Fetcher(self.options.policy)
        self.own: list[str] = []
        self.copies: list[tuple[str, str]] = []
        self.read_as: dict[bytes, str] = {}

    def read(self, source: str) -> Iterator[Page | Problem]:
        """The pages of one source, in order; a failure to read it is a Problem."""
        shown = _shown(source)
        try:
            with foreign_errors():
                if is_address(source):
                    answer = self.fetch(source)
                    shown = _shown(answer.address)
                    references = self._references_of(answer.address)
                    yield from self._pages(answer.address, answer.content, answer.media_type, references)
                else:
                    yield from self._pages(
                        source, load_bytes(source), "", FilesBeside(Path(source), self.folders)
                    )
        except BriefingError as error:
            yield Problem(source=shown, message=error.message, hint=error.hint)

    def pages_in(self, source: str, data: bytes) -> Iterator[Page | Problem]:
        """The pages of a file whose bytes are at hand; what it refers to is looked for beside it."""
        try:
            with foreign_errors():
                yield from self._pages(source, data, "", FilesBeside(Path(source), self.folders))
        except BriefingError as error:
            yield Problem(source=_shown(source), message=error.message, hint=error.hint)

    def _pages(
        self, source: str, data: bytes, media_type: str, resolve: Resolver
    ) -> Iterator[Page | Problem]:
        if is_marked(data):
            self.own.append(_shown(source))
            return
        if self.options.once and not self._is_new(source, data):
            return
        reader = reader_for(source, data, media_type)
        follow = self._references_of(source) if self.options.follow else None
        context = ReadContext(
            resolve=_bounded_resolver(resolve),
            follow=_bounded_resolver(follow) if follow else None,
            picture=partial(picture_bytes, resolve, follow) if self.options.pictures else None,
        )
        for item in _bounded(reader(_shown(source), data, context), len(data)):
            yield chinese_or_problem(item)

    def _is_new(self, source: str, data: bytes) -> bool:
        """Whether no earlier source had these bytes; one that had is remembered."""
        first = self.read_as.setdefault(hashlib.sha256(data).digest(), _shown(source))
        if first == _shown(source):
            return True
        self.copies.append((_shown(source), first))
        return False

    def notes(self) -> Iterator[Problem]:
        """What of the sources read so far was left out on purpose."""
        if self.own:
            yield own_output_note(self.own)
        if self.copies:
            yield copies_note(self.copies)

    def _references_of(self, base: str) -> Resolver:
        """Resolves links relative to an address."""
        return lambda reference: (
            self.fetch(urljoin(base, reference) if is_address(base) else reference).content
        )


def read(source: str) -> Iterator[Page | Problem]:
    """The pages of one source, read with default options."""
    yield from SourceReader().read(source)


def _shown(source: str) -> str:
    """The printable name of a source, without password and control characters."""
    return clean_line(re.sub(r"//[^/@]*+@", "//…@", source) if is_address(source) else source, 4000)


def _bounded(pages_read: Iterable[Page | Problem], size: int) -> Iterator[Page | Problem]:
    """The items of one source of `size` bytes, within limits of number, length and time.

    Rows of a table are bounded by its size and not counted; its damaged rows are.
    """
    pages = characters = problems = count = 0
    spent, most_seconds = 0.0, SECONDS + SECONDS_PER_BYTE * size
    items = iter(pages_read)
    while True:
        begun = time.thread_time()
        item = next(items, None)
        spent += time.thread_time() - begun
        if item is None:
            return
        count += 1
        if isinstance(item, Problem):
            problems += 1
        elif item.record is None:
            pages, characters = pages + 1, characters + len(item.text)
        if (
            pages > MOST_PAGES
            or characters > MOST_CHARACTERS
            or problems > MOST_PROBLEMS
            or spent > most_seconds
        ):
            raise SourceError(
                Message(
                    f"这个来源里的内容太多：读了前 {count - 1:,} 项，其余不读",
                    f"too much comes out of this source: only the first {count - 1:,} items are read",
                ),
                Message(
                    "请按期拆开，或只给出需要的版面", "split it by issue, or name the pages that are wanted"
                ),
            )
        yield item


def _bounded_resolver(resolve: Resolver) -> Resolver:
    """A resolver limited to the number of files in an edition."""
    count = size = 0
    ends = time.monotonic() + REFERENCE_SECONDS

    def bounded(reference: str) -> bytes:
        nonlocal count, size
        count += 1
        if count > MOST_REFERENCES or size > LIMIT or time.monotonic() > ends:
            raise SourceError(
                Message(
                    "这个来源引用的内容太多，其余不读", "the source refers to too much: the rest is not read"
                ),
                Message("请只给出需要的版面", "name the pages that are wanted"),
            )
        data = resolve(reference)
        size += len(data)
        return data

    return bounded


def chinese_or_problem(item: Page | Problem) -> Page | Problem:
    """The item; a Problem for a page that is not in Chinese."""
    return item if isinstance(item, Problem) or _is_chinese(item) else _foreign_problem(item.source)


def _is_chinese(page: Page) -> bool:
    """Whether the page could be from a Chinese newspaper: an English page is not."""
    sample = page.text[:20_000]
    letters = sum(char.isalpha() for char in sample)
    return letters < 200 or sum(map(len, han_runs(sample))) > 0.05 * letters


def _foreign_problem(source: str) -> Problem:
    return Problem(
        source=source,
        message=Message("这一页不是中文", "this page is not in Chinese"),
        hint=Message("本程序只处理中文报纸", "this program is for Chinese newspapers"),
    )


__all__ = ["ReadingOptions", "SourceReader", "chinese_or_problem", "expand", "load_bytes", "read"]
