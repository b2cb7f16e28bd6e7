"""What stands alone under an article: names without a role, what an account says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from ..text.chars import HAN, letters
from ..text.lazy_pattern import lazy_pattern
from ..text.names import SURNAMES
from ..text.words import PERSON_TAGS, is_known_word, words
from .web_furniture import SIMPLIFIED

ALONE = lazy_pattern(rf"[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{2,5}}")
"""Three words or more, none of them long."""
ENDED = tuple("。！？”」』）)…")
PLACES = tuple("庄口港岛市县州")
"""Last characters of places that begin with a surname's and that the dictionary takes for people."""
LEADS_ON = lazy_pattern(
    r"名单|如下|以下|分别|包括|[当入][选圍围]|获奖|授予|表彰|公布|[\d两一二三四五六七八九十几数多][余多]?[名位人座个条项种家支]"
)
"""Words of a paragraph by which what stands under it is what it tells of."""
NAME = r"(?P<{}>[^，。：—|｜\s]{{2,16}}?)"
FOR = r"(?:专注于?|致力于?|聚焦于?|关注|记录|讲述|分享|提供|陪你)[^。]{2,70}"
MEDIUM = (
    r"(?:公众号|账号|自媒体|新媒体|媒体|平台|栏目|工作室|频道|电台|周刊|读书会)"
    r"(?:[，,](?:欢迎|期待|请)[^。]{2,12})?[。！]?"
)
OF_ITSELF = lazy_pattern(
    rf"(?:这里是)?\W{{0,3}}{NAME.format('one')}\s*(?:[，,：:|｜]|——)\s*一[个家档份本][^。]{{0,30}}?{FOR}{MEDIUM}"
    rf"|\W{{0,3}}{NAME.format('two')}\s*[|｜]\s*{FOR}{MEDIUM}"
    rf"|{NAME.format('three')}[^，。]{{0,12}}(?:栏目|公众号|账号|频道)[“「《][^”」》]{{2,12}}[”」》]——.{{4,120}}"
)
"""What an account, a column or a medium says it is for: no whole sentence, as news would be."""
OPENS = lazy_pattern(
    r"据|此外|另外|同时|与此|目前|今[后年天日]|[明去昨][年天日]|下一步|近[日年期]|日前|其中|对此|随后|最后|如今|未来|接下来|[这那该他她它]"
    r"|.*(?:[日月年时后前间上会说称]|推出|开设|开办|新增|创办)$"
)
"""Words that open a sentence of news; no name."""


def is_names(text: str, before: str) -> bool:
    """Whether a line under an ended paragraph is three names or more, and perhaps a place behind them."""
    if not before.endswith(ENDED) or not ALONE.fullmatch(text) or LEADS_ON.search(before):
        return False
    *names, last = text.replace("、", " ").split()
    named = [word for word in (*names, last) if _may_be_person(word)]
    return len(named) >= 3 and all(word in named for word in names)


def _may_be_person(word: str) -> bool:
    """Whether a word begins with a surname and is neither a place nor another word of the dictionary."""
    if word[0] not in SURNAMES or len(word) > 3 or (len(word) == 3 and word.endswith(PLACES)):
        return False
    return not is_known_word(word) or all(part.tag in PERSON_TAGS for part in words(word))


def tells_of_itself(text: str, story: Sequence[str]) -> bool:
    """Whether a line is what an account says of itself: of one that the story does not name."""
    found = OF_ITSELF.fullmatch(text.translate(SIMPLIFIED))
    if found is None:
        return False
    called = found["one"] or found["two"] or found["three"]
    name = letters(called)[:4]
    if len(name) < 2 or OPENS.match(called):
        return False
    return not any(name in letters(told).translate(SIMPLIFIED) for told in story)


__all__ = ["is_names", "tells_of_itself"]
