"""The printer: Typst with a theme's page.typ, our fonts and a briefing's words; it sets and
measures.

Knows the Typst compiler (PyPI `typst`: in the wheel, no programs beside it); what a page says is in
print_data.py, what it looks like in templates/<theme>/page.typ. A user's page.typ runs in a child
process and reads nothing outside its folder.
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
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ..messages import Language
from ..resources import templates_dir
from ..types import Briefing
from .end_position import END_QUERY, EndPosition
from .glyphs import GETA, code_points, missing_characters
from .picture import lay_out
from .print_data import print_data
from .sheet_layout import DRAFT, Layout, Sheet, draft_end, layout_of
from .template_child import TemplateChild
from .theme_files import theme_files
from .theme_toml import LEAST
from .themes import DEFAULT, Theme, find_theme, labels, template_format, type_sizes, with_section_names
from .typst_errors import typst_error

if TYPE_CHECKING:  # for the annotations only: nothing but a printed page pays for Typst
    from typst import Compiler, Fonts

PrintFormat = Literal["pdf", "png"]
STANDARD: Literal["a-2b"] = "a-2b"
"""PDF/A-2b: for archives, every font inside; and Typst then refuses a character without a glyph."""
FONTS = "fonts"
PARTS = frozenset({".typ", ".png", ".jpg", ".svg"})
"""What a template may use: pages, pieces of them, a picture for the masthead."""
NO_PACKAGES = "no-packages"
"""A folder that does not exist: Typst finds no packages."""
SMALL, LINE = 0.86, 1.25
"""The smallest type of our pages by the text's size, and the least height of a line by its type."""
PAPER = 538 * 808
"""Square points of the largest printed area of our pages."""
UNPRINTED = 400
"""More characters than the labels have, which a page need not print."""
_WIDE = re.compile("[\u2e80-\U0003ffff]")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_EPOCH = datetime.date(1970, 1, 1)


class Printer(Protocol):
    """A theme ready to print; the methods raise TemplateError where page.typ is at fault."""

    @property
    def sizes(self) -> tuple[float, ...]:
        """The type sizes in points that the theme allows, rising."""
        ...

    def measure(self, briefing: Briefing, size: float) -> float:
        """The pages that the briefing takes at a type size in points; 1.5 is a page and a half."""
        ...

    def measure_up_to(self, pages: float) -> Callable[[Briefing, float], float]:
        """Like `measure`, but may underestimate what is clearly over `pages`."""
        ...

    def pdf(self, briefing: Briefing, size: float) -> bytes:
        """The briefing as PDF/A-2b; the same bytes every time."""
        ...

    def png(self, briefing: Briefing, size: float, dpi: int) -> list[bytes]:
        """The pages of the briefing as PNG, at `dpi` dots per inch."""
        ...


@dataclass(frozen=True, slots=True)
class TypstPrinter:
    """A Printer in this process; `root` is a folder with the theme's files, page.typ among them."""

    theme: Theme
    language: Language
    root: Path
    sizes: tuple[float, ...]

    def measure(self, briefing: Briefing, size: float) -> float:
        """The pages that the briefing takes at a type size in points; 1.5 is a page and a half."""
        return draft_end(self._sheet(self._print_json(briefing), size)).pages

    def measure_up_to(self, pages: float) -> Callable[[Briefing, float], float]:
        """Like `measure`, but may underestimate what is clearly over `pages`.

        What cannot fit even without gaps is not set: of 300 stories to a page, this spares three
        long settings.
        """

        def measure(briefing: Briefing, size: float) -> float:
            words = self._print_json(briefing)
            letter = max(LEAST, SMALL * size) ** 2 * LINE
            least = (len(_WIDE.findall(words)) - UNPRINTED) * letter / PAPER
            return least if least > pages else draft_end(self._sheet(words, size)).pages

        return measure

    def pdf(self, briefing: Briefing, size: float) -> bytes:
        """The briefing as PDF/A-2b; the same bytes every time."""
        (compiled,) = self._compile_pages(briefing, size, "pdf", None)
        return compiled

    def png(self, briefing: Briefing, size: float, dpi: int) -> list[bytes]:
        """The pages of the briefing as PNG, at `dpi` dots per inch."""
        return self._compile_pages(briefing, size, "png", dpi)

    def _compile_pages(
        self, briefing: Briefing, size: float, format: PrintFormat, dpi: int | None
    ) -> list[bytes]:
        from typst import TypstError

        words = self._print_json(briefing)
        stamp = max(0, (briefing.date - _EPOCH).days) * 86400
        while True:
            compiler = self._compiler(words, size, layout_of(self._sheet(words, size)))
            try:
                if format == "png" and not missing_characters(words, bundled_code_points()):
                    return _as_pages(compiler.compile(format="png", ppi=dpi))
                compiled = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=stamp)
                if format == "png":  # which prints a box where the PDF says what is missing
                    compiled = compiler.compile(format="png", ppi=dpi)
                return _as_pages(compiled)
            except TypstError as error:
                missing = {char for text in _MISSING.findall(error.diagnostic) for char in text}
                if not missing & set(words):
                    raise typst_error(error, self.theme) from error
                words = words.translate({ord(char): GETA for char in missing})

    def _print_json(self, briefing: Briefing) -> str:
        lay_out(briefing, self.root)
        words = labels(self.theme, self.language, briefing.script)
        data = print_data(with_section_names(briefing, words), words, self.language)
        return json.dumps(data, ensure_ascii=False)

    def _sheet(self, words: str, size: float) -> Sheet:
        def marks(layout: Layout) -> Any:
            return self._marks(self._compiler(words, size, layout))

        def end(layout: Layout) -> EndPosition:
            return self._end_position(self._compiler(words, size, layout))

        return Sheet(self.theme, self.language, words, size, marks, end)

    def _compiler(self, words: str, size: float, layout: Layout = DRAFT) -> Compiler:
        from typst import Compiler

        inputs = {"size": f"{size:g}", "cut": f"{layout.cut:.1f}", "air": f"{layout.air:.2f}"}
        draft = "draft" if layout.extra is None else ""
        inputs |= {"extra": json.dumps(layout.extra or {}), "draft": draft, "language": self.language}
        return Compiler(
            input=str(self.root / "page.typ"),
            root=str(self.root),
            package_path=str(self.root / NO_PACKAGES),
            package_cache_path=str(self.root / NO_PACKAGES),
            font_paths=fonts(bool(missing_characters(words, bundled_code_points()))),
            sys_inputs={"data": words, **inputs},
        )

    def _end_position(self, compiler: Compiler) -> EndPosition:
        """Where the text ends."""
        marks = self._marks(compiler)
        position = EndPosition.from_marks(marks) if marks else None
        if position:
            return position
        pages = compiler.compile(format="png", ppi=1)  # no marks: whole pages
        return EndPosition(float(len(pages)) if isinstance(pages, list) else 1.0, 0.0)

    def _marks(self, compiler: Compiler) -> Any:
        """The marks that parts.typ leaves."""
        from typst import TypstError

        try:
            return json.loads(compiler.eval(END_QUERY))
        except TypstError as error:
            raise typst_error(error, self.theme) from error
        except RuntimeError:  # does not say where: `compile` raises the same error with its place
            try:
                compiler.compile(format="pdf")
            except TypstError as error:
                raise typst_error(error, self.theme) from error
            raise


@dataclass(frozen=True, slots=True)
class ChildPrinter:
    """A Printer of the user's own page.typ: each call runs in the child process."""

    printer: TypstPrinter
    child: TemplateChild

    @property
    def sizes(self) -> tuple[float, ...]:
        """As of Printer."""
        return self.printer.sizes

    def measure(self, briefing: Briefing, size: float) -> float:
        """As of Printer."""
        return float(self.child.call("printer", b"", self.printer, "measure", briefing, size))

    def measure_up_to(self, pages: float) -> Callable[[Briefing, float], float]:
        """`measure`: how densely a user's page prints is unknown."""
        return self.measure

    def pdf(self, briefing: Briefing, size: float) -> bytes:
        """As of Printer."""
        return bytes(self.child.call("printer", b"", self.printer, "pdf", briefing, size))

    def png(self, briefing: Briefing, size: float, dpi: int) -> list[bytes]:
        """As of Printer."""
        return list(self.child.call("printer", b"", self.printer, "png", briefing, size, dpi))


def _as_pages(compiled: bytes | list[bytes] | None) -> list[bytes]:
    return compiled if isinstance(compiled, list) else [compiled or b""]


@contextmanager
def open_printer(template: str, folders: tuple[Path, ...], language: Language) -> Iterator[Printer]:
    """The printer for a theme, a template's folder or a single .typ.

    For a single template of another format, the page of the default theme. Raises TemplateError.
    """
    theme = find_theme("pdf", template if template_format(template) in (None, "pdf") else DEFAULT, folders)
    with tempfile.TemporaryDirectory(prefix="briefing-") as name:
        root = Path(name)
        for folder in reversed(theme.search_path):
            for part in theme_files(folder, PARTS):
                shutil.copyfile(part, root / part.name)
        if theme.main != "page.typ":
            shutil.copyfile(root / theme.main, root / "page.typ")
        printer = TypstPrinter(theme=theme, language=language, root=root, sizes=type_sizes(theme))
        own = any(any(theme_files(folder, PARTS)) for folder in theme.folders)
        yield ChildPrinter(printer, TemplateChild(theme.place)) if own else printer


@cache
def fonts(system: bool) -> Fonts:
    """Our fonts; the machine's as well if `system`, which takes 0.2 s."""
    from typst import Fonts

    return Fonts(
        include_system_fonts=system,
        include_embedded_fonts=system,
        font_paths=[str(templates_dir() / FONTS)],
    )


@cache
def bundled_code_points() -> frozenset[int]:
    """The code points that at least one of our fonts has: each is a fallback of the others."""
    return frozenset().union(*(code_points(font) for font in (templates_dir() / FONTS).glob("*.otf")))
