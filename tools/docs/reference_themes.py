"""The page of themes: theme.toml, what templates see, what page.typ is given."""

from __future__ import annotations

from typing import Any

from reference_json import _names
from reference_words import Words, anchor, cell, code, path, table


def themes_page(found: dict[str, Any], words: Words) -> str:
    """Everything that a theme may name."""
    seen = found["themes"]
    classic = seen["themes"]["classic"]
    parts = [
        words.say(
            "# 主题\n\n怎样做一个主题，见[写一个主题](../extend/theme.md)。这里列出主题里能用到的每个名称。\n",
            "# Themes\n\nHow a theme is made is told in [Writing a theme](../extend/theme.md). Here is every name it may use.\n",
        ),
        _files(seen, words),
        _toml(classic["toml"], words),
        _seen(found, words),
        _filters(seen["filters"], words),
        _blocks(seen["files"], words),
        _print(seen["print"], words),
    ]
    return "\n".join(parts)


def _files(seen: dict[str, Any], words: Words) -> str:
    rows = [
        (
            code(name),
            cell(theme["toml"]["theme"]["description"][words.say("zh", "en")]),
            " ".join(map(code, theme["files"])),
        )
        for name, theme in seen["themes"].items()
    ]
    head = words.say(
        "## 自带的主题\n\n主题里没有的文件，用 `classic` 的。\n",
        "## The bundled themes\n\nFiles that a theme has not got are those of `classic`.\n",
    )
    return (
        head
        + "\n"
        + table(
            (words.say("主题", "Theme"), words.say("样子", "Look"), words.say("自己的文件", "Own files")),
            rows,
        )
    )


def _toml(toml: dict[str, Any], words: Words) -> str:
    heads = (words.say("名称", "Name"), words.say("含义", "Meaning"))
    parts = [
        words.say("## theme.toml\n", "## theme.toml\n"),
        words.say(
            "每一项都可单独覆盖：没写的沿用所基于的主题，再没有就用 `classic` 的。\n",
            "Each entry may be overridden alone: what is not given is the base theme's, else that of `classic`.\n",
        ),
        table(
            heads,
            [(code(f"[{t}] {n}"), words.of("theme", f"{t}.{n}")) for t in ("theme", "type") for n in toml[t]],
        ),
        words.say("### [labels.zh]、[labels.en] { #labels }\n", "### [labels.zh], [labels.en] { #labels }\n"),
        words.say(
            "页面自己的字样；模板里写作 `labels.名称`。`{n}` 是数目，用过滤器 `counted` 填入。\n",
            "The words of the page's own; `labels.NAME` in a template. `{n}` is a number, filled in by the filter `counted`.\n",
        ),
        table(
            (words.say("名称", "Name"), "zh", "en"),
            [
                (code(n), _label(v), _label(toml["labels"]["en"].get(n, "")))
                for n, v in toml["labels"]["zh"].items()
            ],
        ),
        words.say("### [mail] { #mail }\n", "### [mail] { #mail }\n"),
        words.say(
            "邮件的颜色（`#rrggbb`）和字体；邮件模板里写作 `style.名称`。`dark_` 开头的用于深色模式。\n",
            "The mail's colours (`#rrggbb`) and fonts; `style.NAME` in a mail template. Those with `dark_` are for dark mode.\n",
        ),
        table(
            (*heads, "classic"),
            [
                (code(n), words.of("style", n, n.removeprefix("dark_")), code(v))
                for n, v in toml["mail"].items()
            ],
        ),
    ]
    return "\n".join(parts)


def _label(value: Any) -> str:
    if isinstance(value, dict):
        return cell(" / ".join(f"{name}: {word}" for name, word in value.items())) or "{}"
    return cell(str(value))


def _seen(found: dict[str, Any], words: Words) -> str:
    """The variables of templates, and the nouns below them."""
    variables = words.table["variables_of_templates"]
    parts = [
        words.say("## 模板里的变量 { #variables }\n", "## What templates see { #variables }\n"),
        table(
            (words.say("变量", "Variable"), words.say("含义", "Meaning")),
            [(code(name), cell(words.of("variables_of_templates", name))) for name in variables],
        ),
    ]
    for noun in found["nouns"]:
        if "values" in noun:
            continue
        parts.append(f"### {noun['name']} {{ #{anchor(noun['name'])} }}\n")
        parts.append(words.of("nouns", noun["name"], known=_first(noun["doc"])) + "\n")
        rows = [
            (
                code(f["name"]),
                code(f["kind"]),
                words.of("fields", *_names(noun["name"], f["name"]), known=f.get("doc", "")),
            )
            for f in noun["fields"]
        ]
        parts.append(
            table(
                (words.say("属性", "Attribute"), words.say("类型", "Type"), words.say("含义", "Meaning")),
                rows,
            )
        )
    return "\n".join(parts)


def _first(doc: str) -> str:
    return " ".join(doc.split("\n\n")[0].split())


def _filters(filters: dict[str, Any], words: Words) -> str:
    rows = []
    for name, found in filters.items():
        options = f"({found['options']})" if found["options"] else ""
        rows.append(
            (code(f"{found['takes']} | {name}{options}"), cell(words.of("filters", name, known=found["doc"])))
        )
    head = words.say(
        "## 过滤器 { #filters }\n\nJinja 自带的过滤器之外，还有这些：\n",
        "## Filters { #filters }\n\nBeside those of Jinja:\n",
    )
    return head + "\n" + table((words.say("写法", "Use"), words.say("结果", "Result")), rows)


def _blocks(files: dict[str, Any], words: Words) -> str:
    names = list(dict.fromkeys(name for file in files.values() for name in file["blocks"]))
    rows = [
        (
            code(name),
            words.of("blocks", name),
            "<br>".join(code(f) for f, found in files.items() if name in found["blocks"]),
        )
        for name in names
    ]
    macros = list(dict.fromkeys(name for file in files.values() for name in file["macros"]))
    macro_rows = [
        (
            code(name),
            words.of("macros", name),
            "<br>".join(code(f) for f, found in files.items() if name in found["macros"]),
        )
        for name in macros
    ]
    heads = (
        words.say("名称", "Name"),
        words.say("内容", "Content"),
        words.say("在哪些模板里", "In the templates"),
    )
    return "\n".join(
        [
            words.say("## 可覆盖的块 { #blocks }\n", "## Blocks to override { #blocks }\n"),
            table(heads, rows),
            words.say("宏，供覆盖块时调用：\n", "Macros, for those who override a block:\n"),
            table(heads, macro_rows),
        ]
    )


def _print(found: dict[str, Any], words: Words) -> str:
    heads = (words.say("名称", "Name"), words.say("含义", "Meaning"))
    day = [
        (path("day." + f["path"]), words.kinds(f["kinds"]), words.of("print", "day." + f["path"]))
        for f in found["day"]
    ]
    parts = [
        (code(p["name"] + p["call"]), cell(words.of("print", p["name"], known=p["doc"])))
        for p in found["parts"]
    ]
    inputs = [
        (code(f"sys.inputs.{n}"), cell(words.of("print", f"inputs.{n}", known=d)))
        for n, d in found["inputs"].items()
    ]
    return "\n".join(
        [
            words.say("## page.typ：印刷版面 { #print }\n", "## page.typ: the printed page { #print }\n"),
            words.say(
                '`#import "parts.typ": *` 之后，`page.typ` 里有下列名称。`day` 是当天要印的文字，已按顺序排好、措辞完毕。\n',
                'After `#import "parts.typ": *`, `page.typ` has these names. `day` holds the words to be printed, in order and '
                "ready worded.\n",
            ),
            table((heads[0], words.say("类型", "Type"), heads[1]), day),
            table(heads, parts),
            table(heads, inputs),
        ]
    )
