"""The page of the Python API."""

from __future__ import annotations

from typing import Any

from reference_words import Words

SECTIONS = {
    "functions": ("briefing：函数", "briefing: functions"),
    "types": ("返回的类型", "The types they return"),
    "errors": ("错误", "Errors"),
    "messages": ("中英文的说明", "Messages in two languages"),
    "protocols": ("约定", "Protocols"),
}


def python_page(found: dict[str, Any], words: Words) -> str:
    """Every function, type, error and protocol, with its docstring."""
    parts = [
        words.say(
            "# Python 接口\n\n怎么用，见[在 Python 里用](../how-to/python.md)。公开的就是 `briefing` 里的这些函数，以及它们所收、所给的类型；"
            "说明取自源代码，是英文的。\n",
            "# Python API\n\nHow it is used is told in [Using it from Python](../how-to/python.md). Public are the functions of `briefing`, and "
            "the types that they take and return.\n",
        )
    ]
    for section, title in SECTIONS.items():
        module = "briefing" if section == "functions" else f"briefing.{section}"
        parts.append(f"## {words.say(*title)} {{ #{section} }}\n\n`{module}`\n")
        parts += [_entry(row, module) for row in found["python"][section]]
    return "\n".join(parts)


def _entry(row: dict[str, Any], module: str) -> str:
    parts = [f"### {row['name']} {{ #{module}.{row['name']} }}\n"]
    if row["call"]:
        parts.append(f"```python\n{row['call']}\n```\n")
    parts.append(row["doc"] + "\n")
    for member in row["members"]:
        said = " ".join(member["doc"].split())
        parts.append(f"- `{member['name']}`" + (f": {said}" if said else ""))
    return "\n".join(parts) + "\n"
