"""Offices moved to another level: 市委书记 is neither 全市委书记 nor 省委书记.

Only offices of party and state (党委, 政府, 人大, 政协, 纪委 at each level). A bare title (书记 for 市委书记)
states less and passes. Titles next to names: see `roles`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.chars import HAN
from ...text.lazy_pattern import lazy_pattern
from .facts import ArticleFacts

_LEVELS = "省市县区州镇乡村旗盟"
_BODY = "委|政府|人民政府|人大常委会|人大|政协|纪委|监委|军区|法院|检察院"
_OFFICE = lazy_pattern(
    rf"(全)?([{_LEVELS}])?({_BODY})(副?(?:书记|主席|主任|委员长|院长|检察长|省长|市长|县长|区长|秘书长))"
)


def altered_offices(text: str, facts: ArticleFacts) -> Iterator[str]:
    """The offices of `text` that the article has at another level, with the same body, title and
    following word."""
    for match in _OFFICE.finditer(text):
        whole, level, body, title = match[1], match[2], match[3], match[4]
        if not (whole or level) or match[0] in facts.text:
            continue
        widened = whole is not None and (level or "") + body + title in facts.text
        after = re.match(rf"[{HAN}]{{2}}", text[match.end() :])
        if widened or (after and re.search(rf"[{_LEVELS}]{body}{title}{after[0]}", facts.text)):
            yield match[0]
