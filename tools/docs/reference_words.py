"""The words of the reference: names and their meaning from words.toml, types in words, and Markdown tables.

A name without words, and words without a name, are errors: the reference is whole or it is not built.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, ClassVar

KINDS = {
    "str": ("文字", "text"),
    "int": ("整数", "integer"),
    "float": ("数", "number"),
    "bool": ("true 或 false", "true or false"),
    "date": ("日期 YYYY-MM-DD", "date, YYYY-MM-DD"),
    "Path": ("路径", "path"),
    "string": ("文字", "string"),
    "number": ("数", "number"),
    "integer": ("整数", "integer"),
    "boolean": ("布尔", "boolean"),
    "array": ("数组", "array"),
    "object": ("对象", "object"),
    "null": ("null", "null"),
}


class Words:
    """The words for names, in one language; keeps account of what was missing and what was used."""

    used: ClassVar[set[tuple[str, str]]] = set()
    missing: ClassVar[set[str]] = set()

    def __init__(self, language: str) -> None:
        """`language` is zh or en."""
        self.en = language == "en"
        self.table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

    def say(self, zh: str, en: str) -> str:
        """The wording in the page's language."""
        return en if self.en else zh

    def of(self, section: str, *names: str, known: str = "") -> str:
        """The words for the first of `names` that has some; what the code itself says (`known`) serves English.

        The table gives a pair, Chinese and English, or Chinese alone where the code says it in English.
        """
        for name in names:
            if name in self.table[section]:
                self.used.add((section, name))
                zh, *en = self.table[section][name]
                found = (en[0] if en else known) if self.en else zh
                if found:
                    return str(found)
        if not known or not self.en:
            self.missing.add(f"[{section}] {' | '.join(names)}" + (f"  # {known}" if known else ""))
        return known

    def kind(self, kind: dict[str, Any]) -> str:
        """A type in words."""
        word = kind["word"]
        if word == "one of":
            return self.say("、", ", ").join(f"`{value}`" for value in kind["values"])
        if word == "list":
            return self.say("列表：", "list: ") + self.kind(kind["of"])
        if word == "or":
            return self.say(" 或 ", " or ").join(self.kind(part) for part in kind["parts"])
        return self.say(*KINDS.get(word, (word, word)))

    def kinds(self, kinds: list[str]) -> str:
        """The kinds of value of a JSON field."""
        return self.say("或", " or ").join(
            self.say(*KINDS[kind]) for kind in sorted(kinds, key=lambda k: k == "null")
        )

    @classmethod
    def settle(cls) -> list[str]:
        """What is wrong with the table after all pages are made: names without words, words without a name."""
        table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
        all_words = {(section, name) for section, names in table.items() for name in names}
        return [
            *(f"words.toml lacks {name}" for name in sorted(cls.missing)),
            *(f"words.toml has words for nothing: [{s}] {n}" for s, n in sorted(all_words - cls.used)),
        ]


def cell(text: str) -> str:
    """`text` fit for a cell of a table: on one line, and nothing in it but `code` and links is markup."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(
        part if part[:1] == "`" else part.replace("|", r"\|").replace("<", "&lt;") for part in parts
    )


def code(text: str) -> str:
    """`text` as code; a bar in it does not end the cell of a table."""
    return f"`{text}`" if text else ""


def path(name: str) -> str:
    """The path of a field as code, which may be broken after its points where there is no room."""
    return f"<code>{name.replace('.', '.<wbr>')}</code>"


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; nothing without rows."""
    if not rows:
        return ""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines) + "\n"


def anchor(name: str) -> str:
    """A name as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
