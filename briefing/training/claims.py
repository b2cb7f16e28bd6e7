"""A claim and its article, taken apart as the making of false claims needs them.

Mentions of persons, organizations and places with the titles before them, the clauses of the
article, and what of it stands closest to a claim. Persons count only if the article puts a title
before them or a verb of saying behind; the tagger takes too many words for names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..text.chars import bigrams, is_han, letters
from ..text.names import NameKind, names
from ..text.quantities import Quantity, quantities
from ..text.sentences import sentences
from ..text.words import PROVINCES as MAINLAND
from ..text.words import TITLES, Word, is_place, words

SAYS = "表示|指出|强调|认为|介绍|透露|呼吁|坦言|建议|提醒|回应|重申|警告|称|说"
"""Verbs of saying, longest first."""
CLAUSE = re.compile(r"[^，。；！？：\n]+")
PROVINCES = MAINLAND | frozenset(["北京", "天津", "上海", "重庆", "香港", "澳门", "台湾"])
_COUNTRIES = (
    "中国 美国 英国 法国 德国 日本 韩国 朝鲜 俄罗斯 乌克兰 印度 巴基斯坦 伊朗 伊拉克 以色列 "
    "叙利亚 土耳其 埃及 巴西 阿根廷 墨西哥 加拿大 澳大利亚 新西兰 意大利 西班牙 葡萄牙 荷兰 "
    "比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 捷克 匈牙利 希腊 越南 泰国 老挝 柬埔寨 缅甸 马来西亚 "
    "新加坡 印度尼西亚 菲律宾 蒙古 南非 沙特 阿富汗"
)
COUNTRIES = frozenset(_COUNTRIES.split())
_BODY = re.compile(
    r"(?:公司|集团|银行|大学|学院|医院|研究[院所]|委员会|协会|学会|法院|检察院|政府|大使馆|总局|中心|[部局厅署委]|基金会|俱乐部|"
    r"证监会|博物馆|图书馆|出版社|制片厂|实验室|联盟|组织|[一-龥]队)\Z"
)
_NO_BODY_NAMES = (
    "全部 内部 外部 总部 俱乐部 西部 东部 南部 北部 中部 干部 大部 一部 组织 中心 政府 公司 集团 银行"
)
_NO_BODY = frozenset(_NO_BODY_NAMES.split())
_TITLE = "|".join(sorted((one for one in TITLES.split() if len(one) > 1), key=len, reverse=True))
_TITLED = re.compile(rf"(?:{_TITLE}|选手|名将|书记)\Z")
_ACTING = re.compile(rf"{SAYS}|会见|出席|主持|致辞")
_AT = re.compile(r"(?:[在赴抵自从到于往至]|访问)\Z")
_SEATED = re.compile(r"[市省县区州]|举行|警方|地区|当地|等地")
_SAYING = re.compile(SAYS)
_NOUNS = frozenset(("n", "ns", "nt", "nz", "j", "b", "nr", "nrt", "nrfg", "vn", "x", "s", "an"))
_SURNAME_TITLED = re.compile(r"先生|女士|[某总]|老师|同志")
_NO_PLACES = frozenset(("城市", "都市", "多国", "两国", "深水", "惠及", "河马", "深度", "各国", "大国"))
_PART_OF_NAME = frozenset(
    "路街站港桥湾山河江湖岛州府人报社语党队军旗族厂坝塔寺馆园校号线岸海洋化裔籍系式元版"
)
_CREDIT = re.compile(
    r"（[^（）]{0,40}）|\([^()]{0,40}\)|(?:记者|通讯员|摄影)[^，。\n]{0,12}|[^\n，。]{0,24}电(?=[ （(\n])"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at [start, end), the nouns directly before it from `full_start` on, and its kind."""

    text: str
    start: int
    end: int
    kind: str
    full_start: int
    full: str
    listed: bool
    """Whether it is one of several: 、 or 和 on either side."""


@dataclass(frozen=True)
class Article:
    """An article's sentences, mentions and quantities; each is read once."""

    text: str

    @cached_property
    def letters(self) -> str:
        """Its letters and digits, which every check looks in."""
        return letters(self.text)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, in order."""
        return [self.text[start:end] for start, end in sentences(self.text)]

    @cached_property
    def pairs(self) -> list[frozenset[str]]:
        """The pairs of neighbouring letters of each sentence."""
        return [frozenset(bigrams(letters(one))) for one in self.sentences]

    @cached_property
    def bare(self) -> str:
        """The text without datelines and credits, whose names act in no sentence."""
        return _CREDIT.sub(lambda found: "\n" * len(found[0]), self.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions outside credits, in order."""
        return list(mentions(self.bare, self.text))

    @cached_property
    def figures(self) -> list[Quantity]:
        """Its quantities, in order."""
        return quantities(self.text)

    def closest(self, claim: str) -> int:
        """The number of the sentence that has most of the claim's pairs of letters."""
        wanted = set(bigrams(letters(claim)))
        return max(range(len(self.pairs)), key=lambda at: (len(wanted & self.pairs[at]), -at), default=0)

    def covered(self, words_: str, beside: str, *, after: bool = True) -> float:
        """The largest share of the words' pairs in a sentence with `beside`, or one `after` it."""
        wanted = set(bigrams(letters(words_)))
        shares = [
            len(wanted & pairs) / max(len(wanted), 1)
            for at, pairs in enumerate(self.pairs)
            if beside in self.sentences[at] or (after and at and beside in self.sentences[at - 1])
        ]
        return max(shares, default=0.0)


@dataclass(frozen=True)
class Claim:
    """A true sentence about an article."""

    text: str
    article: Article

    @cached_property
    def words(self) -> list[Word]:
        """Its words with tags."""
        return words(self.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Its mentions, in order."""
        return list(mentions(self.text, self.article.text))

    @cached_property
    def figures(self) -> list[Quantity]:
        """Its quantities, in order."""
        return quantities(self.text)

    @cached_property
    def source(self) -> str:
        """The closest sentence of the article, and the one before, which may name its subject."""
        at = self.article.closest(self.text)
        return "".join(self.article.sentences[max(0, at - 1) : at + 1])

    def replaced(self, start: int, end: int, new: str) -> str:
        """The claim with other words at [start, end)."""
        return self.text[:start] + new + self.text[end:]


@lru_cache(maxsize=64)
def claim_of(sentence: str, text: str) -> Claim:
    """The sentence as a claim about the article, taken apart once for all kinds."""
    return Claim(sentence, article_of(text))


@lru_cache(maxsize=16)
def article_of(text: str) -> Article:
    """The article, read once for all of its claims."""
    return Article(text)


def clause_at(text: str, offset: int) -> str:
    """The clause that the offset lies in."""
    return next((one[0] for one in CLAUSE.finditer(text) if one.start() <= offset < one.end()), "")


def mentions(text: str, article: str) -> Iterator[Mention]:
    """The persons, organizations and places of a text about the article, in that order."""
    tagged = words(text)
    for name in names(text, tagged):
        if name.kind in (NameKind.PERSON, NameKind.WRITTEN) and _is_person(name.text, article):
            mention = _mention(text, tagged, name.start, name.end, "person")
            if not _is_torn(mention, tagged, text) and not _is_plain_word(name.text, tagged):
                yield mention
    yield from _bodies(text, tagged)
    for number, word in enumerate(tagged):
        if (is_place(word) or word.text in COUNTRIES) and word.tag == "ns" and len(word.text) < 6:
            beside = [*tagged[max(0, number - 1) : number], *tagged[number + 1 : number + 2]]
            if not any(one.tag in ("nz", "nt", "j", "ns") or one.tag[:2] == "nr" for one in beside) and (
                text[word.end : word.end + 1] not in _PART_OF_NAME
                and word.text not in _NO_PLACES
                and text[word.start - 2 : word.start] != "一个"
                and is_located(word.text, article)
            ):
                yield _mention(text, tagged, word.start, word.end, place_kind(word.text))


def place_kind(place: str) -> str:
    """The rank of a place: places of one rank can stand for one another in a sentence."""
    short = place.rstrip("省市")
    if place in COUNTRIES:
        return "country"
    if short in PROVINCES:
        return "province" if place == short else "province with its rank"
    return "place" + (place[-1] if place[-1] in "省市县区镇乡村州岛" else "")


def _is_person(name: str, article: str) -> bool:
    """Whether the name follows a title or precedes a verb of saying or meeting in the article."""
    if not (is_han(name) and 2 <= len(name) <= 3) and "·" not in name:
        return False
    if _SURNAME_TITLED.search(name) or name[0] in "此该这本其上各两双" or name in COUNTRIES | PROVINCES:
        return False
    return any(
        _TITLED.search(before) or _ACTING.match(after) for before, after in _surroundings(name, article)
    )


def _surroundings(name: str, article: str) -> Iterator[tuple[str, str]]:
    """The few characters before and after each occurrence of the name."""
    at = article.find(name)
    while at >= 0:
        yield article[max(0, at - 6) : at], article[at + len(name) : at + len(name) + 4]
        at = article.find(name, at + 1)


def _bodies(text: str, tagged: list[Word]) -> Iterator[Mention]:
    """The organizations: rows of nouns from a proper name to a word like 公司, 大学 or 局."""
    at = 0
    while at < len(tagged):
        stop = at
        while stop < len(tagged) and is_noun(tagged[stop]):
            stop += 1
        row = tagged[at:stop]
        ends = [
            n
            for n, word in enumerate(row)
            if _BODY.search(word.text) and word.text not in _NO_BODY - {row[-1].text}
        ]
        if ends and ends[-1] == len(row) - 1 and not row[-1].text.endswith("常委"):
            start, end = row[0].start, row[-1].end
            if 4 <= end - start <= 14 and row[0].tag in ("ns", "nt", "nz", "j"):
                yield _mention(text, tagged, start, end, "organization")
        at = max(stop, at + 1)


def _mention(text: str, tagged: list[Word], start: int, end: int, kind: str) -> Mention:
    """The mention with the nouns before it, as far as they are its title."""
    first = start
    if kind == "person":
        for word in reversed([word for word in tagged if word.end <= start]):
            if word.end != first or not is_noun(word) or start - word.start > 20:
                break
            first = word.start
        if first < start and not _TITLED.search(text[first:start]):
            first = start
    before, after = text[first - 1 : first], text[end : end + 1]
    listed = before in set("、和与及同暨·") or after in set("、和与及同等暨·")
    return Mention(text[start:end], start, end, kind, first, text[first:end], listed)


def _is_plain_word(name: str, tagged: list[Word]) -> bool:
    """Whether a word with another tag stands where a name would: 研究员养老."""
    return any(word.text == name and word.tag[:1] != "n" and word.tag != "x" for word in tagged)


def is_noun(word: Word) -> bool:
    """Whether a word may be part of a noun phrase; marks, tagged as unknown, are not."""
    return (word.tag in _NOUNS and word.text.isalnum()) or word.text in ("县", "镇", "州")


def _is_torn(mention: Mention, tagged: list[Word], text: str) -> bool:
    """Whether the tagger cut a name: a noun of one character touches it, or 在 stands before."""
    if text[max(0, mention.full_start - 1) : mention.full_start] in set("在赴抵于从自往到驻"):
        return True
    if text[mention.end : mention.end + 1] not in "还也则又" and _SAYING.match(text, mention.end + 1):
        return _SAYING.match(text, mention.end) is None
    for word in tagged:
        if len(word.text) == 1 and word.end == mention.full_start:
            opens = word.start == 0 or not text[word.start - 1].isalnum()
            if is_noun(word) or (opens and word.text.isalnum()):
                return True
        if len(word.text) == 1 and is_noun(word) and word.start == mention.end:
            return True
    return False


def is_located(place: str, article: str) -> bool:
    """Whether the article uses a word as a place: by its rank, or by what stands beside it."""
    if place_kind(place) != "place":
        return True
    return any(_AT.search(before) or _SEATED.match(after) for before, after in _surroundings(place, article))


def distinct(one: str, other: str) -> bool:
    """Whether two names cannot mean the same: no pair of letters shared, no abbreviation."""
    if one[0] == other[0] or set(bigrams(one)) & set(bigrams(other)):
        return False
    small, large = sorted((one, other), key=len)
    return not set(small) <= set(large)
