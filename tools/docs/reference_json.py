"""The page of the JSON that commands read and write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reference_words import Words, anchor, code, table
from reference_words import path as broken


def json_page(found: dict[str, Any], documents: dict[str, Any], words: Words) -> str:
    """The briefing's JSON by its schema, the --json of each command, and the words that stand in them."""
    schema = found["schema"]
    parts = [
        words.say("# JSON\n", "# JSON\n"),
        words.say(
            f"## 简报：`{schema['properties']['schema']['const']}` {{ #briefing }}\n\n"
            "`briefing digest --format json` 写出的文件，[JSON Schema](briefing-1.schema.json) 随程序附带。"
            "位置一律按字符计，从 0 起，含头不含尾。“可缺”的字段在旧文件里可能没有。\n",
            f"## The briefing: `{schema['properties']['schema']['const']}` {{ #briefing }}\n\n"
            "The file that `briefing digest --format json` writes; its [JSON Schema](briefing-1.schema.json) comes with the "
            "program. Offsets count characters from 0, the end not included. Optional fields may be absent from older files.\n",
        ),
        _table(
            [
                (path, kind, _doc(words, path, doc), need)
                for path, kind, doc, need in _fields(schema, schema, "")
            ],
            words,
        ),
    ]
    for command, fields in documents.items():
        parts.append(
            f"## {command} `--json` {{ #{anchor(command)} }}\n"
            if "--" not in command
            else f"## {command} {{ #{anchor(command)} }}\n"
        )
        parts.append(words.of("documents", command) + "\n")
        rows = [
            (_told(f["path"]), words.kinds(f["kinds"]), words.of("fields", *_names(command, f["path"])), True)
            for f in fields
        ]
        parts.append(_table(rows, words))
    parts.append(words.say("## 取值 { #values }\n", "## Values { #values }\n"))
    for noun in found["nouns"]:
        if "values" in noun:
            title = words.of("nouns", noun["name"], known=noun["doc"])
            parts.append(f"### {noun['name']} {{ #{anchor(noun['name'])} }}\n\n{title}\n")
            rows_ = [(code(v), words.of("values", f"{noun['name']}.{v}")) for v in noun["values"]]
            parts.append(table((words.say("值", "Value"), words.say("含义", "Meaning")), rows_))
    return "\n".join(parts)


def _names(context: str, path: str) -> tuple[str, ...]:
    """Under which names the words for a field may stand: the more special first."""
    bare = path.replace("[]", "")
    last = bare.rpartition(".")[2]
    return tuple(
        dict.fromkeys((f"{context}.{bare.lstrip('.')}", ".".join(bare.split(".")[-2:]).lstrip("."), last))
    )


def _told(path: str) -> str:
    """eval prints a model's name as a field."""
    return (
        path.replace("lead.", "MODEL.", 1)
        if path.startswith("lead.")
        else "MODEL"
        if path == "lead"
        else path
    )


def _doc(words: Words, path: str, known: str) -> str:
    return words.of("fields", *_names("briefing", path), known=known)


def _table(rows: list[tuple[str, str, str, bool]], words: Words) -> str:
    heads = (words.say("字段", "Field"), words.say("类型", "Type"), words.say("含义", "Meaning"))
    optional = words.say("（可缺）", " (optional)")
    return table(
        heads, [(broken(path), kind + ("" if need else optional), doc) for path, kind, doc, need in rows]
    )


def _fields(schema: Any, part: Any, path: str) -> Iterator[tuple[str, str, str, bool]]:
    """The fields below a part of the schema: path, kind, description, whether it is always there."""
    needed = part.get("required", [])
    for name, field in part.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here, _kind(schema, field), field.get("description", ""), name in needed
        inner = _resolved(schema, field)
        if inner.get("type") == "array":
            yield from _fields(schema, _resolved(schema, inner.get("items") or {}), here + "[]")
        else:
            yield from _fields(schema, inner, here)


def _resolved(schema: Any, part: Any) -> Any:
    name = part.get("$ref", "").rpartition("/")[2] if isinstance(part, dict) else ""
    return schema["$defs"][name] if name else part


def _kind(schema: Any, field: Any) -> str:
    field = _resolved(schema, field)
    if "const" in field:
        return code(f'"{field["const"]}"')
    if "enum" in field:
        return " / ".join(code(f'"{value}"') for value in field["enum"])
    kinds = field.get("type", "object")
    return " / ".join([kinds] if isinstance(kinds, str) else kinds)
