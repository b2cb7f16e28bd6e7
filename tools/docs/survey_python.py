"""The Python API: what `briefing.__all__` names, the types, errors and protocols, with signatures and docstrings."""

from __future__ import annotations

import ast
import dataclasses
import enum
import importlib
import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

MODULES = {
    "types": "briefing.types",
    "errors": "briefing.errors",
    "messages": "briefing.messages",
    "protocols": "briefing.protocols",
}
WIDE = 88
"""Characters of a signature that stands on one line."""


def python() -> dict[str, list[dict[str, Any]]]:
    """The functions of `briefing`, and the classes and aliases of MODULES, in the order of the source."""
    import briefing

    functions = [_plain(getattr(briefing, name)) for name in _defined(briefing) if name in briefing.__all__]
    found = {"functions": [_function(value) for value in functions if callable(value)]}
    for section, name in MODULES.items():
        found[section] = [row for module in _modules(name) for row in _rows(module)]
    return found


def _modules(name: str) -> list[Any]:
    """A module, or the modules of a folder in the order in which its __init__ imports them."""
    module = importlib.import_module(name)
    if not hasattr(module, "__path__"):
        return [module]
    nodes = [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.ImportFrom)]
    inner = dict.fromkeys(node.module for node in nodes if node.level == 1 and node.module)
    return [importlib.import_module(f"{name}.{one}") for one in inner]


def _plain(value: Any) -> Any:
    """A function of `briefing`, also where a folder of its name has taken its place and calls it."""
    return type(value).__dict__["__call__"].__func__ if inspect.ismodule(value) else value


def _rows(module: Any) -> Iterator[dict[str, Any]]:
    """The classes and the documented aliases of a module; its helpers and constants are not public."""
    docs = _attribute_docs(module)
    for member in _defined(module):
        value = getattr(module, member)
        if inspect.isclass(value):
            yield _class(value, docs)
        elif member in docs and not member.isupper() and not inspect.isfunction(value):
            yield {"name": member, "call": "", "doc": docs[member], "members": []}


def _defined(module: Any) -> list[str]:
    """The public names that a module defines itself, in order."""
    names = []
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [name for name in names if not name.startswith("_")]


def _attribute_docs(module: Any) -> dict[str, str]:
    """The strings that stand under assignments: NAME, and Class.name."""
    found = {}
    tree = ast.parse(inspect.getsource(module))
    for prefix, body in [
        ("", tree.body),
        *((f"{n.name}.", n.body) for n in tree.body if isinstance(n, ast.ClassDef)),
    ]:
        for node, after in pairwise(body):
            target = (
                node.target
                if isinstance(node, ast.AnnAssign)
                else node.targets[0]
                if isinstance(node, ast.Assign)
                else None
            )
            said = after.value if isinstance(after, ast.Expr) else None
            if (
                isinstance(target, ast.Name)
                and isinstance(said, ast.Constant)
                and isinstance(said.value, str)
            ):
                found[prefix + target.id] = inspect.cleandoc(said.value)
    return found


def _function(value: Any, name: str = "") -> dict[str, Any]:
    return {
        "name": name or value.__name__,
        "call": _signature(value, name or value.__name__),
        "doc": inspect.getdoc(value) or "",
        "members": [],
    }


def _signature(value: Any, name: str, *, bare: bool = False) -> str:
    """The call, one parameter a line where it is long; without `self`, and, if `bare`, without what it returns."""
    signature = inspect.signature(value)
    parts: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        if parameter.name != "self":
            parts.append(_parameter(parameter))
    returned = signature.return_annotation
    tail = "" if bare or returned is signature.empty else f" -> {_annotation(returned)}"
    line = f"{name}({', '.join(parts)}){tail}"
    return (
        line if len(line) <= WIDE else f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){tail}"
    )


def _parameter(parameter: inspect.Parameter) -> str:
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    words = stars + parameter.name
    if parameter.annotation is not parameter.empty:
        words += f": {_annotation(parameter.annotation)}"
    if parameter.default is parameter.empty:
        return words
    return f"{words} = {_default(parameter.default)}"


def _default(value: Any) -> str:
    """A default as one would write it."""
    if "factory" in repr(value):
        return "…"
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if dataclasses.is_dataclass(value):
        return f"{type(value).__name__}()"
    return value.__name__ if inspect.isfunction(value) else repr(value)


def _annotation(kind: Any) -> str:
    return kind if isinstance(kind, str) else inspect.formatannotation(kind)


def _class(value: Any, docs: dict[str, str]) -> dict[str, Any]:
    """A class: how it is made, its docstring, and what it has that has a docstring of its own."""
    name = value.__name__
    members = []
    if issubclass(value, enum.Enum):
        call = ""
        members = [
            {"name": f"{one.name} = {one.value!r}", "doc": docs.get(f"{name}.{one.name}", "")}
            for one in value
        ]
    else:
        call = (
            _signature(value, name, bare=True)
            if dataclasses.is_dataclass(value) or "__init__" in vars(value)
            else ""
        )
        for field in dataclasses.fields(value) if dataclasses.is_dataclass(value) else ():
            if doc := docs.get(f"{name}.{field.name}"):
                members.append({"name": field.name, "doc": doc})
        for member, found in vars(value).items():
            if isinstance(found, property):
                members.append({"name": member, "doc": inspect.getdoc(found) or ""})
            elif (
                inspect.isfunction(found)
                and (member == "__call__" or not member.startswith("_"))
                and found.__doc__
            ):
                members.append(
                    {"name": _signature(found, member).replace("\n", " "), "doc": inspect.getdoc(found) or ""}
                )
    protocol = getattr(value, "_is_protocol", False)
    return {
        "name": name,
        "call": "" if protocol else call,
        "doc": inspect.getdoc(value) or "",
        "members": members,
    }
