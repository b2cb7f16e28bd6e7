"""Names that newspapers shorten, written out: two reports of one event need not shorten the same ones."""

from __future__ import annotations

from .lazy_pattern import lazy_pattern

_SHORT_NAMES = {
    "卫健委": "卫生健康委",
    "发改委": "发展改革委",
    "人社部": "人力资源社会保障部",
    "人力资源和社会保障部": "人力资源社会保障部",
    "国新办": "国务院新闻办",
    "工信部": "工业和信息化部",
    "住建部": "住房城乡建设部",
    "市监总局": "市场监管总局",
    "国台办": "国务院台办",
    "中纪委": "中央纪委",
}
"""Offices under the names that newspapers shorten."""
_SHORTENED = lazy_pattern(rf"在京(?!都|东|剧|津|沪)|{'|'.join(_SHORT_NAMES)}")


def in_full(text: str) -> str:
    """The text with shortened names written out, 在京 as 在北京."""
    return _SHORTENED.sub(lambda found: _SHORT_NAMES.get(found[0], "在北京"), text)
