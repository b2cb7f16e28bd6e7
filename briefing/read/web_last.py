"""What stands alone under an article: names without a role, what an account says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.chars import HAN, letters
from ..text.lazy_pattern import lazy_pattern
from ..text.names import SURNAMES
from .web_furniture import SIMPLIFIED

ALONE = lazy_pattern(rf"[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{2,5}}")
"""Three words or more, none of them long."""
ENDED = tuple("。！？”」』）)…")
OF_ITSELF = lazy_pattern(
    r"(?:这里是)?\W{0,3}([^，。：—\s]{2,16}?)\s*(?:[，,：:|｜]|——|是|，是)\s*"
    r"(?:(?:一[个家档份本]|由)[^。]{0,30}?)?(?:专注于?|致力于?|聚焦于?|关注|记录|讲述|分享|提供|陪你)[^。]{2,70}"
    r"(?:公众号|账号|自媒体|新媒体|媒体|平台|栏目|工作室|频道|电台|周刊|读书会)[^。]{0,12}[。！]?"
    r"|([^，。：—\s]{2,16}?)[^，。]{0,12}(?:栏目|公众号|账号|频道)[“「《][^”」》]{2,12}[”」》](?:——|：|，|是).{4,120}"
)
"""A sentence in which an account, a column or a medium says what it is for."""


def is_names(text: str, before: str) -> bool:
    """Whether a line under an ended paragraph is three names or more, and perhaps a place behind them."""
    if not before.endswith(ENDED) or not ALONE.fullmatch(text):
        return False
    *names, last = text.replace("、", " ").split()
    named = [word for word in (*names, last) if word[0] in SURNAMES and len(word) <= 3]
    return len(named) >= 3 and all(word in named for word in names)


def tells_of_itself(text: str, story: Sequence[str]) -> bool:
    """Whether a line is what an account says of itself: of one that the story does not name."""
    found = OF_ITSELF.fullmatch(text.translate(SIMPLIFIED))
    if found is None:
        return False
    name = letters(found[1] or found[2])[:4]
    return len(name) >= 2 and not any(name in letters(words).translate(SIMPLIFIED) for words in story)


__all__ = ["is_names", "tells_of_itself"]
