"""The extracted gist, one line: the headline, shortened at a joint if too long; without a headline,
the first clauses."""

from __future__ import annotations

import re

from ...text import datelines
from ...text.chars import bigrams, letters
from ...text.cut import balanced, cut
from ...text.lazy_pattern import lazy_pattern
from ...text.sentences import finished, sentences
from ...text.words import words
from ...types import Article
from .clause_words import lacks_subject, predication, says_when

LIMIT = 32
"""Characters of a gist."""
SHORTEST = 10
"""Characters of a part of a headline that says something by itself: 奋发有为 does not."""
NOUN = 5
"""Characters of a part that a number after it goes on with: 云汀凤梨 25公吨输往岚州."""
_OPEN_END = lazy_pattern(r"(?:之际|之时|以来|时|后|前|中|下|里|期间)$")
_HEAD = 2000
_COLUMN = lazy_pattern(r"\s*【[^】]*】\s*")
_LABEL = lazy_pattern(r"^\s*[^｜|，。：\s【《「][^｜|，。：【《「]{1,9}[｜|]\s*(?=[^｜|]{4})")
"""The name of a column before its headline: 云汀观察｜."""
_BODY = lazy_pattern(r"^[^，。：《]{0,12}(?:办|部|委|局|院|署|厅|中央|政府)$")
_BODY_ACTS = lazy_pattern(
    r"^[^，。：《\s]{1,12}?(?:办|部|委|局|院|署|厅|会|政府)(?:联合|共同)?(?:印发|发布|出台|部署|下发|召开|发文|通知|要求|关于|决定)"
)
"""Offices that act together: 市委 市政府印发."""
UNRELATED = 0.1
"""The share of a headline's pairs of characters that its text has below which it is another story's."""
LONG = 20
"""Letters from which that can be told: short headlines may be images (童享春日)."""
_TAIL = lazy_pattern(
    r"\s*[（(](?:全文|图|组图|视频|附图|图文|双语|实录|受权发布|滚动)[）)]\s*$"
    r"|(?<=[\u4e00-\u9fff”》」])(?:\s*[-_|｜]\s*[\u4e00-\u9fff]{2,8}(?:[,，、][\u4e00-\u9fff]{2,8})*)+\s*$"
)
"""What a site puts behind its headlines: (全文), and -学术 where the text does not have the word."""
_DESK = lazy_pattern(r"(?<=[\u4e00-\u9fff”》」])-[\u4e00-\u9fff]{2,5}$")
"""The same behind a hyphen, where the text may have it, if it is no place: -职工."""
_SHORTER = (
    (lazy_pattern(r"^\d{2,4}/\d{1,2}/\d{1,2}(?:[（(][一二三四五六日][)）])?"), ""),
    (lazy_pattern(r"\s*[（(](?![^（()）]*(?:[未不非否拟]|草案|意见稿|试行|暂行))[^（()）]*[)）]\s*"), ""),
    (
        lazy_pattern(
            r"^(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?(?![起底初末前后内中份以至到上下间])(?=[\u4e00-\u9fff]{6})"
        ),
        "",
    ),
    (lazy_pattern(r"(?<=《)([^《》—]{4,})—+[^《》]+(?=》)"), r"\1"),
    (
        lazy_pattern(
            r"(?<=习近平)(?:总书记|主席)|(?<=[\u4e00-\u9fff]{2})同志(?=在|的)|重要(?=文章|讲话)|杂志(?=发表)"
        ),
        "",
    ),
    (
        lazy_pattern(
            r"(?:中国共产党)?(第?[一二三四五六七八九十]{1,3}届)中央纪律检查委员会(第[一二三四五六七八九十]{1,2}次)全体会议"
        ),
        r"\1中央纪委\2全会",
    ),
    (
        lazy_pattern(
            r"(?:中国共产党)?(第?[一二三四五六七八九十]{1,3}届)中央委员会(第[一二三四五六七八九十]{1,2}次)全体会议"
        ),
        r"\1中央\2全会",
    ),
    (lazy_pattern(r"(?:中国人民)?抗日战争暨世界反法西斯战争(?=胜利)"), "抗战"),
    (
        lazy_pattern(
            r"(?<=[\u4e00-\u9fff”》」])(?<![合兼吞归一裁撤])并(?=[\u4e00-\u9fff])(?![购网列存轨不非未无没]|举(?![办行])|重(?![新启申点])|行[不发驶]|发症|入(?![选围驻]))[^，；：。“”「」《》]*$"
        ),
        "",
    ),
)
"""What a headline that is too long can do without, in the order in which it is left out."""
_SUBJECT = lazy_pattern(r"^\s*(?:主旨|主題|主题|事由|案由|摘要)[：:]\s*")
"""How an office's notice begins."""
_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"))
_ONLY_WHY = lazy_pattern(r"^(?:为了?|为?因应|响应|随着|针对|根据|按照|鉴于|由于|因)(?![期止何主其此而])")
_LATIN = lazy_pattern(r"[A-Za-z]")
_LATIN_END = lazy_pattern(r"[A-Za-z0-9]$")
_JOINT = lazy_pattern(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])|(?<=[，；。！？：])|—{2,}(?![^《》]*》)")
_SAYS = lazy_pattern(r"(?:强调|指出|表示|认为)[：:]?$")
_TAKES_MORE = lazy_pattern(
    r"(?:办理|辦理|举办|舉辦|召开|召開|推出|发布|發布|公布|成立|荣获|榮獲|提供|打造|启用|啟用)$"
)
"""Verbs whose object stands in the next part of a headline."""
_SPEAKER = lazy_pattern(r"^[^：:]{1,8}[：:]$")
_JOINED = "与和同并及也还"
_CALL = lazy_pattern(r"^(?:热烈)?(?:欢迎|歡迎|敬请|敬請|快来|快來)|^[请請](?![求愿辞願辭罪假战缨])")
"""A call upon the reader, which is no news."""
_CLAUSE = lazy_pattern(r"(?<=[，；：])")
_HAN = lazy_pattern(r"[\u4e00-\u9fff]")
_TELLING = 200
"""Characters of a text from which it would say something of its headline."""
_GLUED = "，；：。！？、!?,;:"


def gist(article: Article, limit: int = LIMIT) -> str:
    """At most `limit` characters; empty only for an article with neither headline nor text. Raises
    nothing.

    A headline that is too long gives the longest run of parts that fits: ROUGE-L 41.6, against 40.5
    for the first parts and 41.0 for the whole headline (160 training references). Column names in
    【】 and before ｜ are dropped. Of a headline that has nothing to do with the text the first clauses
    are told.
    """
    bare = article.headline.lstrip()
    whole = _COLUMN.sub("", bare, count=1) if bare.startswith("【") else bare
    headline = _LABEL.sub("", whole)
    telling = headline == whole or len(headline) >= SHORTEST or predication(headline).verb
    headline = _without_tail(headline, article.text)
    parts = _split_at(_JOINT, headline) or _split_at(_JOINT, bare.strip(" \t\n\u3000【】"))
    line = _longest_run(parts, limit) if parts and telling else ""
    if line and not _is_of_another(article) and (len(line) >= SHORTEST or len(_join_parts(parts)) <= limit):
        return line
    first = _first_clauses(article, limit)
    if first and not (_OPEN_END.search(first) or _says_only_why(first) or says_when(first + "，")):
        return first
    return _truncate_part(max(parts, key=len), limit) if parts else first


def _without_tail(headline: str, text: str) -> str:
    """The headline without what its site puts behind it."""
    tail = _TAIL.search(headline)
    if tail is None:
        return headline
    name = tail[0].strip(" -_|｜")
    if name.endswith(("）", ")")):
        return headline[: tail.start()] or headline
    left = headline[: tail.start()]
    place = all(word.tag in ("ns", "nr", "nt") for word in words(name))
    tells = predication(name)
    if (tells.subject and tells.verb) or (len(left) < SHORTEST and not predication(left).verb):
        return headline
    short = _DESK.search(headline) is not None and tail.start() >= SHORTEST
    return headline if place or (name in text and not short) else left


def _says_only_why(line: str) -> bool:
    """Whether a line breaks off before it says what is done: 为响应节水的号召。"""
    last = predication(line.rpartition("，")[2])
    return _ONLY_WHY.match(line) is not None and not (last.subject and last.verb)


def _is_of_another(article: Article) -> bool:
    """Whether a long headline shares next to no pairs of characters with its text."""
    pairs = set(bigrams(letters(article.headline)))
    if len(pairs) < LONG or len(_HAN.findall(article.text[:_HEAD])) < _TELLING:
        return False
    return len(pairs & set(bigrams(letters(article.text)))) < UNRELATED * len(pairs)


def _first_clauses(article: Article, limit: int) -> str:
    return _leading_parts(_split_at(_CLAUSE, _first_sentence(article.text[:_HEAD])), limit)


def _split_at(joint: re.Pattern[str], text: str) -> list[str]:
    return [part for part in joint.split(text.strip()) if part.strip("，；：。！？、 —")]


def _first_sentence(text: str) -> str:
    """The first sentence with final punctuation, without dateline and credits; if there is none,
    the first fragment.
    """
    text = _SUBJECT.sub("", text)
    texts = [words for start, end in sentences(text) if (words := datelines.strip(text, start, end).text)]
    return next(filter(finished, texts), texts[0] if texts else "")


def _join_parts(parts: list[str]) -> str:
    line = before = ""
    for part in parts:
        together = _BODY.match(line) and _BODY_ACTS.match(part)
        title = not balanced(line) and (_LATIN_END.search(line) or _LATIN.match(part))
        counted = (
            part[:1].isdigit()
            and not before[-1:].isdigit()
            and len(before) <= NOUN
            and not predication(before).verb
        )
        joint = " " if title else "" if counted else "、" if together else "，"
        line += (joint if line and line[-1] not in _GLUED else "") + part
        before = part
    return line.strip("，；：。、 ")


def _longest_run(parts: list[str], limit: int) -> str:
    size = min(len(parts), 12)
    ends = [j for j in range(1, size + 1) if j == size or not _SPEAKER.search(parts[j - 1])]
    runs = [(i, _join_parts(parts[i:j])) for i in range(size) for j in reversed(ends) if j > i]
    fitting = [(i, run) for i, run in runs if 0 < len(run) <= limit]
    fitting = [(i, run) for i, run in fitting if not _CALL.match(run)] or fitting * (size == 1)
    if not fitting:
        return _truncate_part(parts[0], limit) if parts else ""
    best = max(fitting, key=lambda pair: (balanced(pair[1]), _stands_alone(parts, *pair), len(pair[1])))
    return best[1]  # the first of equal runs


def _stands_alone(parts: list[str], place: int, run: str) -> bool:
    """Whether a run of parts of a headline neither begins with a predicate of the part before it nor
    breaks off before what somebody says.
    """
    if len(run) < SHORTEST or _SAYS.search(run) or (_TAKES_MORE.search(run) and run != _join_parts(parts)):
        return False
    if place == 0 or _SAYS.search(parts[place - 1]):
        return True
    return run[0] not in _JOINED and not lacks_subject(run) and words(run)[0].tag != "v"


def _leading_parts(parts: list[str], limit: int) -> str:
    size = next((n for n in range(len(parts), 0, -1) if len(_join_parts(parts[:n])) <= limit), 0)
    return _join_parts(parts[:size]) if size else _truncate_part(parts[0], limit) if parts else ""


def _without(needless: re.Pattern[str], short: str, part: str) -> str:
    """The part without what is needless outside quotations, if enough is left."""

    def left_out(found: re.Match[str]) -> str:
        quoted = any(part.count(o, 0, found.start()) > part.count(c, 0, found.start()) for o, c in _QUOTES)
        return found[0] if quoted else found.expand(short)

    shorter = needless.sub(left_out, part)
    return shorter if len(shorter) >= SHORTEST and balanced(shorter) else part


def _truncate_part(part: str, limit: int) -> str:
    """A part that is too long, without what it can do without, else cut at the last 、 that fits, else
    anywhere and closed with “…”.
    """
    shorter = part
    for needless, short in _SHORTER:
        if len(shorter) > limit:
            shorter = _without(needless, short, shorter)
    if len(shorter) <= limit:
        return shorter
    comma = part.rfind("、", 0, limit + 1)
    if comma >= limit // 3 and balanced(part[:comma]):
        return part[:comma]
    return (cut(part, limit - 1) or part[: limit - 1]) + "…" if limit > 0 else ""
