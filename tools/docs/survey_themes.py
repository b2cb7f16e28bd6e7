"""What a theme is made of and what its templates see: from theme.toml, the templates and the nouns."""

from __future__ import annotations

import dataclasses
import enum
import functools
import inspect
import re
import tomllib
import typing
from pathlib import Path
from typing import Any

TEMPLATES = ("page.html.j2", "page.md.j2", "page.txt.j2", "mail.html.j2", "mail.txt.j2")


def nouns() -> list[dict[str, Any]]:
    """The dataclasses that a template or a Python program meets, from Briefing downwards, then the mail's.

    Last come the enumerations that stand in the outbox."""
    from briefing import types
    from briefing.deliver import outbox
    from briefing.render import mail

    found: dict[str, dict[str, Any]] = {}
    for root in (types.Briefing, types.Recipient, _mail_context(mail)):
        _noun(root, found)
    for value in vars(outbox).values():
        if isinstance(value, type) and issubclass(value, enum.StrEnum) and hasattr(value, "DROPPED"):
            found[value.__name__] = values(value)
    return list(found.values())


def _mail_context(mail: Any) -> type:
    """The class of what templates see as `mail`: the dataclass of render/mail.py with a `link` and a `logo`."""
    for value in vars(mail).values():
        if dataclasses.is_dataclass(value) and {"link", "logo"} <= {
            f.name for f in dataclasses.fields(value)
        }:
            return typing.cast(type, value)
    raise RuntimeError("no class for the variable `mail` in briefing.render.mail")


def _noun(kind: Any, found: dict[str, dict[str, Any]]) -> None:
    if kind.__name__ in found:
        return
    if issubclass(kind, enum.Enum):
        found[kind.__name__] = values(kind)
        return
    row = found[kind.__name__] = {"name": kind.__name__, "doc": inspect.getdoc(kind) or "", "fields": []}
    hints = typing.get_type_hints(kind)
    inner = []
    for field in dataclasses.fields(kind):
        row["fields"].append({"name": field.name, "kind": _words(hints[field.name])})
        inner += [part for part in _parts(hints[field.name]) if isinstance(part, type)]
    for name, value in vars(kind).items():
        if isinstance(value, property):
            returned = typing.get_type_hints(value.fget).get("return", str)
            row["fields"].append({"name": name, "kind": _words(returned), "doc": inspect.getdoc(value) or ""})
    for part in inner:
        if part.__module__.startswith("briefing.types"):
            _noun(part, found)


def values(kind: Any) -> dict[str, Any]:
    """The values of an enumeration, each of which stands as a word in JSON."""
    return {
        "name": kind.__name__,
        "doc": inspect.getdoc(kind) or "",
        "values": [str(one.value) for one in kind],
    }


def _parts(kind: Any) -> list[Any]:
    args = typing.get_args(kind)
    return [part for arg in args for part in _parts(arg)] if args else [kind]


def _words(kind: Any) -> str:
    """A type as it is written in Python, without module names."""
    text = kind.__name__ if isinstance(kind, type) and not typing.get_args(kind) else str(kind)
    return re.sub(r"(?:\w+\.)+(\w+)", r"\1", text).replace("NoneType", "None")


def themes() -> dict[str, Any]:
    """The bundled themes' files and theme.toml, what templates see, and what page.typ is given."""
    from briefing.resources import templates_dir

    folder = templates_dir()
    found = {}
    for file in sorted(folder.glob("*/theme.toml"), key=lambda path: (path.parent.name != "classic", path)):
        found[file.parent.name] = {
            "toml": tomllib.loads(file.read_text(encoding="utf-8")),
            "files": sorted(path.name for path in file.parent.iterdir()),
        }
    return {"themes": found, **_templates(), "print": _print(folder)}


def _templates() -> dict[str, Any]:
    """Filters, and the blocks and macros of each template."""
    from jinja2 import defaults, nodes

    from briefing.render.page import environment
    from briefing.render.sample import sample
    from briefing.render.themes import find_theme

    theme = find_theme("html", "classic", ())
    jinja = environment(theme, "html", sample(6), "zh")
    filters = {
        name: _filter(call)
        for name, call in sorted(jinja.filters.items())
        if name not in defaults.DEFAULT_FILTERS
    }
    files = {}
    for name in TEMPLATES:
        source = jinja.loader.get_source(jinja, name)[0] if jinja.loader else ""
        tree = jinja.parse(source)
        files[name] = {
            "blocks": [block.name for block in tree.find_all(nodes.Block)],
            "macros": [f"{m.name}({', '.join(a.name for a in m.args)})" for m in tree.find_all(nodes.Macro)],
        }
    return {"filters": filters, "files": files}


def _filter(call: Any) -> dict[str, str]:
    """How a filter is called, and what it does."""
    bound = set(call.keywords) if isinstance(call, functools.partial) else set()
    plain = call.func if isinstance(call, functools.partial) else call
    parameters = [p for name, p in inspect.signature(plain).parameters.items() if name not in bound]
    rest = ", ".join(p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in parameters[1:])
    return {"takes": parameters[0].name, "options": rest, "doc": inspect.getdoc(plain) or ""}


def _print(folder: Path) -> dict[str, Any]:
    """What page.typ is given as `day`, and what parts.typ offers."""
    from survey_json import fields

    from briefing.render.print_data import print_data
    from briefing.render.sample import sample
    from briefing.render.themes import find_theme, labels

    theme = find_theme("pdf", "classic", ())
    day = print_data(sample(6), labels(theme, "zh"), "zh")
    day["labels"] = {}
    parts = (folder / "classic/parts.typ").read_text(encoding="utf-8")
    functions = re.findall(r"((?:^//[^\n]*\n)*)^#let ([\w-]+)(\([^=]*?\))? =", parts, re.M | re.S)
    inputs = re.findall(r"^//\s+sys\.inputs\.(\w+)\s+(.+)$", parts, re.M)
    shown = [
        {
            "name": name,
            "call": re.sub(r"\s+", " ", call),
            "doc": " ".join(re.findall(r"^// ?(.*)$", doc, re.M)),
        }
        for doc, name, call in functions
    ]
    return {"day": fields([day]), "parts": shown, "inputs": dict(inputs)}
