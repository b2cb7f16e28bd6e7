"""A run's report as the archive keeps it, for people: what it did, how long it took, what went wrong."""

from __future__ import annotations

from typing import Any

from ..messages import Language, Message

STAGES = {
    "read": Message("读", "read"),
    "segment": Message("切成文章", "segment"),
    "summarize": Message("摘要", "summarize"),
    "edit": Message("编排", "edit"),
    "render": Message("排版写出", "render"),
    "deliver": Message("送", "deliver"),
}
LISTS = (
    ("problems", Message("出了问题", "problems")),
    ("slow", Message("慢的来源", "slow sources")),
    ("set_aside", Message("没有收入", "set aside")),
)


def report_text(report: dict[str, Any], language: Language) -> str:
    """The report in lines."""
    lines = [f"{report['started']}  {report['edition']}  {report['state']}  {report['code']}"]
    stages = [
        f"{STAGES[name](language) if name in STAGES else name} {value:.2f} s"
        for name, value in report.get("seconds", {}).items()
    ]
    if stages:
        lines.append("  " + ", ".join(stages))
    if report.get("deliveries"):
        lines.append("  " + ", ".join(f"{state} {count}" for state, count in report["deliveries"].items()))
    if report.get("error"):
        lines.append(f"  {report['error']}")
    for name, words in LISTS:
        lines += [f"  {words(language)}  {_line(one)}" for one in report.get(name, ())]
    return "\n".join(lines)


def _line(one: dict[str, Any]) -> str:
    if "seconds" in one:
        return f"{one['source']}  {one['seconds']:.1f} s"
    return f"{one['source']}  {one['message']}"
