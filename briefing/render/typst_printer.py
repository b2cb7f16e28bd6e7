"""The press: Typst with a theme's page.typ, our fonts and a briefing's words; it sets, measures and prints.

Knows the Typst compiler (PyPI `typst`: in the wheel, no programs beside it) and what it raises; what a page says is
in print_data.py, what it looks like in templates/<theme>/page.typ. A user's page.typ reads nothing outside its folder.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..errors import TemplateError
from ..messages import Language, Message
from ..resources import templates_dir
from ..types import Briefing
from .glyphs import GETA, code_points, missing_characters
from .print_data import print_data
from .themes import DEFAULT, LEAST, Theme, find_theme, labels, template_format, type_sizes, with_section_names

if TYPE_CHECKING:  # for the annotation only: nothing but a printed page pays for Typst
    from typst import Compiler, Fonts, TypstError

PrintFormat = Literal["pdf", "png"]
STANDARD: Literal["a-2b"] = "a-2b"
"""PDF/A-2b: for archives, every font inside; and Typst then refuses a character without a glyph."""
FONTS = "fonts"
PARTS = ("*.typ", "*.png", "*.jpg", "*.svg")
"""What a template's folder may bring along: pages, pieces of them, a picture for the masthead."""
FULL = 0.985
"""The part of a page from which on its columns need no evening out."""
CLOSE = 2.0
"""Points by which the columns of a page that is not full may end apart."""
AIR = 12.0
"""Points that may be added between two pieces of a page that is not full."""
SMALL, LINE = 0.86, 1.25
"""The smallest type of our pages by the text's size, and the least height of a line by its type."""
PAPER = 538 * 808
"""Square points on which our pages print at most."""
UNPRINTED = 400
"""More characters than there are among the words that a page need not print: its labels."""
_WIDE = re.compile("[\u2e80-\U0003ffff]")
_WHERE = """(
  pages: query(<pages>).map(it => it.value),
  start: query(<start>).map(it => it.location().position().y.pt()),
  end: query(<end>).map(it => {
    let at = it.location().position()
    (page: at.page, x: at.x.pt(), y: at.y.pt(), sheet: it.value)
  }),
)"""
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class TypstPrinter:
    """A theme that is ready to print, perhaps with a page.typ of the user's `own`; its methods raise TemplateError where page.typ is at fault."""

    theme: Theme
    language: Language
    root: Path
    sizes: tuple[float, ...]
    own: bool

    def measure(self, briefing: Briefing, size: float) -> float:
        """The pages that the briefing takes at a type size in points; 1.5 is a page and a half."""
        return self._end_position(self._compiler(self._print_json(briefing), size)).pages

    def measure_up_to(self, pages: float) -> Callable[[Briefing, float], float]:
        """`measure` for who only asks whether it is more than so many pages; if far more, the answer is less than true.

        What cannot fit even without a gap is not set: of 300 stories to a page, three long settings are spared.
        """

        def measure(briefing: Briefing, size: float) -> float:
            words = self._print_json(briefing)
            letter = max(LEAST, SMALL * size) ** 2 * LINE
            least = (len(_WIDE.findall(words)) - UNPRINTED) * letter / PAPER
            return (
                least
                if least > pages and not self.own
                else self._end_position(self._compiler(words, size)).pages
            )

        return measure

    def pdf(self, briefing: Briefing, size: float) -> bytes:
        """The briefing as PDF/A-2b; the same bytes every time."""
        (compiled,) = self._compile_pages(briefing, size, "pdf", None)
        return compiled

    def png(self, briefing: Briefing, size: float, dpi: int) -> list[bytes]:
        """The pages of the briefing as PNG, at `dpi` dots an inch."""
        return self._compile_pages(briefing, size, "png", dpi)

    def _compile_pages(
        self, briefing: Briefing, size: float, format: PrintFormat, dpi: int | None
    ) -> list[bytes]:
        from typst import TypstError

        words = self._print_json(briefing)
        stamp = (briefing.date - _EPOCH).days * 86400
        while True:
            compiler = self._compiler(words, size, *self._even_columns(words, size))
            try:
                compiled = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=stamp)
                if format == "png":
                    compiled = compiler.compile(format="png", ppi=dpi)
                return compiled if isinstance(compiled, list) else [compiled or b""]
            except TypstError as error:
                missing = {char for text in _MISSING.findall(error.diagnostic) for char in text}
                if not missing & set(words):
                    raise typst_error(error, self.theme) from error
                words = words.translate({ord(char): GETA for char in missing})

    def _print_json(self, briefing: Briefing) -> str:
        words = labels(self.theme, self.language, briefing.script)
        data = print_data(with_section_names(briefing, words), words, self.language)
        return json.dumps(data, ensure_ascii=False)

    def _compiler(self, words: str, size: float, air: float = 0, cut: float = 0) -> Compiler:
        from typst import Compiler

        inputs = {"size": f"{size:g}", "cut": f"{cut:.1f}", "air": f"{air:.2f}", "language": self.language}
        return Compiler(
            input=str(self.root / "page.typ"),
            root=str(self.root),
            font_paths=fonts(bool(missing_characters(words, bundled_code_points()))),
            sys_inputs={"data": words, **inputs},
        )

    def _end_position(self, compiler: Compiler) -> EndPosition:
        """Where the text ends."""
        from typst import TypstError

        try:
            found = json.loads(compiler.eval(_WHERE))
            if found["start"] and found["end"] and found["pages"]:
                return EndPosition.of(found)
            compiled = compiler.compile(
                format="png", ppi=1
            )  # no marks: a page.typ of the user's own, in whole pages
            return EndPosition(float(len(compiled)) if isinstance(compiled, list) else 1.0, 0.0)
        except TypstError as error:
            raise typst_error(error, self.theme) from error
        except (
            RuntimeError
        ):  # says what is wrong, but not where: the same error comes with its place from here
            try:
                compiler.compile(format="pdf")
            except TypstError as error:
                raise typst_error(error, self.theme) from error
            raise

    def _even_columns(self, words: str, size: float) -> tuple[float, float]:
        """Air to add between the pieces and points to take from the columns, so that they fill the page and end together."""

        def fits(air: float, cut: float) -> bool:
            return self._end_position(self._compiler(words, size, air, cut)).pages <= 1

        end = self._end_position(self._compiler(words, size))
        if end.pages > FULL or not end.height:
            return 0.0, 0.0
        air = _largest_good(AIR, 0.5, lambda air: fits(air, 0.0))
        return air, _largest_good(end.height * (1 - end.pages) + 60, CLOSE, lambda cut: fits(air, cut))


@dataclass(frozen=True, slots=True)
class EndPosition:
    """Where a text ends: after so many pages. `height` is that of the first page's columns in points, 0 if unknown."""

    pages: float
    height: float

    @classmethod
    def of(cls, found: dict[str, Any]) -> EndPosition:
        """Out of what Typst says of the marks <start>, <end> and <pages>."""
        (start, *_), (end, *_) = found["start"], found["end"]
        sheet = end["sheet"]
        first = start if end["page"] == 1 else sheet["top"]
        height = sheet["bottom"] - first
        if start > sheet["bottom"] or end["y"] > sheet["bottom"] + 1:  # a piece that cannot break ran off
            return cls(end["page"] + 0.01, 0.0)
        column = round((end["x"] - sheet["left"]) / sheet["step"])
        part = (column + (end["y"] - first) / height) / sheet["columns"]
        return cls(max(end["page"] - 1 + min(part, 1.0), found["pages"][0] - 0.999), height)


def _largest_good(most: float, step: float, good: Callable[[float], bool]) -> float:
    """The largest number from 0 to `most` that is good, to within `step`; 0 is."""
    low, high = 0.0, most
    while high - low > step:
        middle = (low + high) / 2
        low, high = (middle, high) if good(middle) else (low, middle)
    return low


@contextmanager
def open_printer(template: str, folders: tuple[Path, ...], language: Language) -> Iterator[TypstPrinter]:
    """The press for a theme, a template's folder or a single .typ; raises TemplateError where there is none.

    For a single template of another format, the page of the default theme.
    """
    theme = find_theme("pdf", template if template_format(template) in (None, "pdf") else DEFAULT, folders)
    with tempfile.TemporaryDirectory(prefix="briefing-") as name:
        root = Path(name)
        for folder in (theme.bundled.parent / DEFAULT, theme.bundled, *reversed(theme.folders)):
            for part in (file for pattern in PARTS for file in sorted(folder.glob(pattern))):
                shutil.copyfile(part, root / part.name)
        if theme.main != "page.typ":
            shutil.copyfile(root / theme.main, root / "page.typ")
        own = theme.main != "page.typ" or any((folder / theme.main).is_file() for folder in theme.folders)
        yield TypstPrinter(theme=theme, language=language, root=root, sizes=type_sizes(theme), own=own)


@cache
def fonts(system: bool) -> Fonts:
    """Our fonts; those of the machine behind them only where ours lack a character: finding them takes 0.2 s."""
    from typst import Fonts

    return Fonts(
        include_system_fonts=system,
        include_embedded_fonts=system,
        font_paths=[str(templates_dir() / FONTS)],
    )


@cache
def bundled_code_points() -> frozenset[int]:
    """The code points that one of our fonts has: each of them stands in for the others."""
    return frozenset().union(*(code_points(font) for font in (templates_dir() / FONTS).glob("*.otf")))


def typst_error(error: TypstError, theme: Theme) -> TemplateError:
    """The failure of a page.typ, with file and line where Typst names them."""
    match = re.search(r"┌─ .*?([^/\\\s]+\.typ):(\d+)", error.diagnostic)
    place = theme.main
    if match:
        name = theme.main if match[1] == "page.typ" else match[1]
        folders = (*theme.folders, theme.bundled, theme.bundled.parent / DEFAULT)
        file = next((folder / name for folder in folders if (folder / name).is_file()), name)
        place = f"{file}:{match[2]}"
    return TemplateError(
        Message(zh=f"{place}：Typst 模板有误：{error.message}", en=f"{place}: {error.message}"),
        Message(
            zh="请改正这一行；模板里的文字来自 sys.inputs.data，写法见自带的 page.typ",
            en="mend this line; the words are in sys.inputs.data, as the bundled page.typ shows",
        ),
    )
