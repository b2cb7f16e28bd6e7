"""The pages of commands, of settings, and of exit codes and environment variables."""

from __future__ import annotations

from typing import Any

from reference_words import Words, anchor, cell, code, table


def commands_page(found: dict[str, Any], words: Words) -> str:
    """Every command with its arguments and options."""
    intro = words.say(
        "# 命令\n\n每条命令都可加 `--help`（或 `-h`）看用法；`--lang zh|en` 放在命令前后均可。数据走标准输出，提示和进度走标准错误；"
        "命令的结果见[退出码](codes.md)，`--json` 打印什么见 [JSON](json.md)。\n",
        "# Commands\n\nEvery command takes `--help` (or `-h`); `--lang zh|en` may stand before or after the command. Data goes to "
        "stdout, talk and progress to stderr; how a command ends is told by its [exit code](codes.md), and what `--json` prints "
        "is described under [JSON](json.md).\n",
    )
    return "\n".join([intro, *(_command(command, words) for command in found["commands"])])


def _command(command: dict[str, Any], words: Words) -> str:
    arguments = [p for p in command["parameters"] if not p["option"]]
    options = [p for p in command["parameters"] if p["option"]]
    usage = [command["path"], words.say("[选项]", "[OPTIONS]") if options else ""]
    usage += [words.say("命令 …", "COMMAND …")] if command["group"] else [_argument(p) for p in arguments]
    depth = "##" if command["path"].count(" ") < 2 else "###"
    parts = [
        f"{depth} {command['path']} {{ #{anchor(command['path'])} }}\n",
        command["help"] + "\n",
        "```text\n" + " ".join(filter(None, usage)) + "\n```\n",
        table(
            (words.say("参数", "Argument"), words.say("说明", "Meaning")),
            [(code(p["metavar"]), _meaning(p, command, words)) for p in arguments],
        ),
        table(
            (words.say("选项", "Option"), words.say("说明", "Meaning")),
            [(_names(p), _meaning(p, command, words)) for p in options],
        ),
    ]
    return "\n".join(part for part in parts if part)


def _argument(p: dict[str, Any]) -> str:
    return p["metavar"] if p["required"] else f"[{p['metavar']}]"


def _names(p: dict[str, Any]) -> str:
    value = f" {p['metavar']}" if p["metavar"] else ""
    names = sorted(p["names"], key=lambda name: not name.startswith("--"))
    return "<br>".join(code(name + (value if name == names[0] else "")) for name in names)


def _meaning(p: dict[str, Any], command: dict[str, Any], words: Words) -> str:
    known = p["help"] or words.of("parameters", f"{command['path']} {p['names'][0]}", p["names"][0])
    stop = words.say("。", ".")
    parts = [cell(known).rstrip("。.") + stop]
    if p["least"] is not None and p["most"] is not None:
        parts.append(f"{p['least']:g}–{p['most']:g}{stop}")
    elif p["least"] is not None:
        parts.append(words.say(f"不小于 {p['least']:g}。", f"At least {p['least']:g}."))
    if p["repeat"] and p["option"]:
        parts.append(
            words.say("可重复。", "May be repeated.") if "重复" not in known and "repeat" not in known else ""
        )
    if p["default"] and p["default"] not in known:
        parts.append(words.say(f"默认 {code(p['default'])}。", f"{code(p['default'])} by default."))
    return words.say("", " ").join(filter(None, parts))


def settings_page(found: dict[str, Any], words: Words) -> str:
    """Every setting."""
    intro = words.say(
        "# 设置\n\n同一项设置可以写在三处，前面的优先：命令行选项、环境变量 `BRIEFING_*`、配置文件 `briefing.toml`"
        "（当前文件夹里的，或用 `--config` 指定）。写错名字、写错值都会当场指出。\n\n"
        "环境变量里的列表用逗号分隔，例如 `BRIEFING_FORMAT=html,pdf`，或写成 JSON，例如 `BRIEFING_SOURCES='[\"pages\"]'`。\n",
        "# Settings\n\nA setting may be given in three places, of which the earlier wins: an option on the command line, an "
        "environment variable `BRIEFING_*`, the file `briefing.toml` (of the current folder, or named by `--config`). "
        "A wrong name or value is reported at once.\n\nLists in environment variables have commas, as `BRIEFING_FORMAT=html,pdf`, or are JSON, for example "
        "`BRIEFING_SOURCES='[\"pages\"]'`.\n",
    )
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in found["settings"]:
        groups.setdefault(row["name"].rpartition(".")[0], []).append(row)
    parts = [intro]
    for group, rows in groups.items():
        head = f"[[{group[:-2]}]]" if group.endswith("[]") else f"[{group}]"
        title = code(head) if group else words.say("顶层", "Top level")
        parts.append(f"## {title} {{ #{anchor(group) or 'top'} }}\n")
        if group:
            parts.append(words.of("tables", group) + "\n")
        parts.append(
            table(
                (words.say("名称", "Name"), words.say("说明", "Meaning")), [_setting(r, words) for r in rows]
            )
        )
    return "\n".join(parts)


def _setting(row: dict[str, Any], words: Words) -> tuple[str, str]:
    name = row["name"].rpartition(".")[2]
    own = row["name"] in words.table["settings"] or not row["help"]
    known = words.of("settings", row["name"]) if own else row["help"]
    stop = words.say("。", ".")
    facts = [words.kind(row["kind"])]
    limits = row["limits"]
    low, high = limits.get("ge", limits.get("gt")), limits.get("le", limits.get("lt"))
    if low is not None and high is not None:
        facts.append(("> " if "gt" in limits else "") + f"{low:g}–{high:g}")
    elif low is not None:
        facts.append(("> " if "gt" in limits else "≥ ") + f"{low:g}")
    if row["required"]:
        facts.append(words.say("必填", "required"))
    elif row["default"]:
        facts.append(words.say("默认 ", "default ") + code(row["default"]))
    if row["variable"]:
        facts.append(code(row["variable"]))
    for flag in dict.fromkeys(flag for _, flag in row["flags"]):
        at = next(command for command, name in row["flags"] if name == flag)
        facts.append(f"[`{flag}`](commands.md#{anchor(at)})")
    return code(name), cell(known).rstrip("。.") + stop + "<br>" + " · ".join(cell(fact) for fact in facts)


def codes_page(found: dict[str, Any], words: Words) -> str:
    """Exit codes, and the environment variables that are no settings."""
    errors = {str(row["code"]): row["errors"] for row in found["exit_codes"]}
    codes = sorted({*errors, "0", "1", "129", "130", "143"}, key=int)
    rows = [(code(c), words.of("exit", c), ", ".join(map(code, errors.get(c, ())))) for c in codes]
    parts = [
        words.say(
            "# 退出码与环境变量\n\n## 退出码\n", "# Exit codes and environment variables\n\n## Exit codes\n"
        ),
        table(
            (
                words.say("退出码", "Code"),
                words.say("含义", "Meaning"),
                words.say("Python 里的错误", "Error in Python"),
            ),
            rows,
        ),
        words.say(
            "## 环境变量\n\n每项[设置](settings.md)都有一个 `BRIEFING_*` 变量；此外还有：\n",
            "## Environment variables\n\nEvery [setting](settings.md) has a variable `BRIEFING_*`; beside these there are:\n",
        ),
        table(
            (words.say("变量", "Variable"), words.say("含义", "Meaning")),
            [(code(name), cell(words.of("variables", name))) for name in found["variables"]],
        ),
    ]
    return "\n".join(parts)
