"""Which quantities are specific enough to compare: neither times, dates nor small counts."""

from __future__ import annotations

import re

from ...text.quantities import Quantity

_TIMES = frozenset({"年", "月", "日", "点", "世纪", "年代", "星期", "季度", "天", "小时", "分钟", "秒", "岁"})
_SMALL = 3
"""Smaller counts occur with too many things to be compared."""


def is_specific(figure: Quantity) -> bool:
    """Whether an article is likely to state the figure of one thing only."""
    values = [float(value) for value in figure.values if re.fullmatch(r"-?\d+(?:\.\d+)?", value)]
    return figure.unit not in _TIMES and not figure.ordinal and not (values and max(values) < _SMALL)
