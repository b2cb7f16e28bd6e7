"""Bylines, datelines and agency lines at the edges of an article's text.

Reads one line or paragraph at a time and answers with offsets into it.
"""

from __future__ import annotations

import re

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import DATE as ISSUE
from ..text.masthead import PAGE_NUMBER, PAPER
from ..text.newsroom import (
    BARE_WIRE,
    DATE,
    DATELINE_PLACE,
    NAMES,
    NEWS,
    OWN,
    REPORTER,
    WIRE,
    WIRE_SERVICE,
)

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪"
    "舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房缪干解应宗丁宣邓郁单杭洪包"
    "诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄曲封储靳段富巫乌焦巴弓牧谷车侯班仰仲宫宁仇栾甘厉祖武符刘景詹束龙叶司韶黎薄印白怀蒲邰从鄂"
    "索籍赖卓屠蒙池乔阴胥能苍双闻党翟谭贡劳申扶冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终居衡"
    "步都耿满弘匡国文寇广东殴沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠须丰关蒯相查荆红游权覃佟肖仝岳付闫代兰邝"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華謝鄒蘇魯韋馬鳳費賀湯羅畢鄔樂時顧黃蕭湯貝計談龐紀項閔賈婁顏鍾駱萬盧莫繆應鄧單諸陸榮儲葉劉龍黎賴喬譚連關歐"
)
BYLINE = lazy_pattern(
    rf"[□■○●◎*＊\s（(【]*(?:"
    rf"{REPORTER}[\s：:／/]*(?:{NAMES})?(?:[\s／/，,；;|]*{REPORTER}[\s：:／/]*{NAMES}){{0,4}}\s*(?:文|摄影报道|文／?图|/文|/摄|报道|報道|報導|报导|整理|执笔|图文)?(?:\s*[（(]?图[:：/].{{2,12}})?"
    rf"|(?:文|图文|文字|撰文|撰稿|采写|作者|编译|整理|執筆|执笔)\s*[/／|｜：:]\s*(?:{REPORTER})?\s*{NAMES}(?:[\s；;，,|｜]*(?:图|摄影|摄|图片|摄像)\s*[/／|｜：:]\s*(?:{REPORTER})?\s*{NAMES})?"
    rf"|(?:撰文|文字|采写|采访|编译|撰稿|主笔)\s+{NAMES}(?:[\s|｜]*(?:摄影|图片|插图|制图|摄)\s+{NAMES})?"
    rf"|{NAMES}\s*[/／]\s*(?:文|撰文|图文|编译|整理)"
    rf")[）)】\s]*"
)
BARE_NAMES = lazy_pattern(
    rf"[□■○●◎◇\s]*[{HAN}]{{2,3}}(?:\s+[{HAN}]{{2,3}}){{0,3}}|[□○◎◇]\s*[{HAN}]{{2,4}}|[{HAN}]\s[{HAN}]"
)
SENDER = rf"(?:{OWN}|据?{WIRE_SERVICE})"
"""Senders named in a dateline: the paper itself, and wire services."""
BRACKETED_NAMES = (
    rf"[（(]\s*[{''.join(sorted(SURNAMES))}][{HAN}]{{1,3}}(?:[\s、]+[{HAN}]{{2,4}}){{0,3}}\s*[）)]"
)
"""Who wrote it, without the word for it: 中新网云汀3月31日电(柏舟)."""
DATELINE = lazy_pattern(
    rf"[【\[（(]?(?:{SENDER}{NEWS}|{SENDER}{DATELINE_PLACE}{DATE}\s*(?:{WIRE}|{NEWS})|[据據]新[华華]社{BARE_WIRE}|{SENDER}[{HAN}]{{2,8}}[电電讯訊](?=[\s（(]))"
    rf"[】\])）]?\s*(?:[（(【]\s*(?:{REPORTER})[^（）()。\n]{{1,40}}[）)】]|{BRACKETED_NAMES}|{REPORTER}\s*{NAMES}(?:\s*{REPORTER}\s*{NAMES})?\s*(?:报道|報道)?(?=[\s：:]))?\s*[：:]?\s*"
)
LEADING_BYLINE = lazy_pattern(
    rf"[（(【]\s*{REPORTER}[^（）()。\n]{{1,40}}[）)】]\s*|{REPORTER}\s*{NAMES}\s*(?:报道|報道)[：:]?\s*"
)
AGENCY = lazy_pattern(
    rf"[（(]?(?:据|據)?(?:{OWN}|{WIRE_SERVICE})"
    rf"(?:记者|記者|[{HAN}]{{2,10}})?(?:{DATE})?(?:供本报|供本報)?(?:专?电|專?電|专稿|專稿|特稿|供稿|消息|综合消息|综合报道|综合|讯|訊|报道|報道)[）)]?"
    rf"|[（(](?:综合|據|据)[^（）()。]{{2,30}}(?:电|電|消息|报道|報道|综合)?[）)]|[（(]?(?:来源|來源)[：:][^（）()。？！]{{2,24}}[）)]?|[（(](?:完|未完待续|全文完)[）)]"
)
TAIL = lazy_pattern(r"[（(]([^（）()]{2,60})[）)]\s*$")
TAIL_NAMES = lazy_pattern(
    rf"(?:\s*(?:{REPORTER}|文|图|文图|图文|摄影|执笔|采写)[\s：:／/]*{NAMES}){{1,4}}|{NAMES}"
)


def is_byline(text: str) -> bool:
    """Whether the line names who wrote the article, with the word for it (记者, 文/…)."""
    if len(text) > 60 or text[-1] in "。！？" or not BYLINE.fullmatch(text):
        return False
    stuck = re.match(
        rf"(?:本报|本報)?(?:记者|記者|作者|通讯员)([{HAN}]+?)(?:报道|報道|報導|报导|摄影报道)?$",
        text.strip("□■○●◎*＊（(【 \u3000"),
    )
    return not stuck or (stuck[1][0] in SURNAMES and len(stuck[1]) <= 6)


def is_bare_names(text: str) -> bool:
    """Whether the line may be people's names only: short words that begin with a surname."""
    if len(text) > 16 or not BARE_NAMES.fullmatch(text):
        return False
    words = re.findall(rf"[{HAN}]+", text)
    return all(word[0] in SURNAMES for word in words[:1]) and all(
        word[0] in SURNAMES or len(words) == 2 for word in words
    )


def is_agency(text: str) -> bool:
    """Whether the line only names the article's source."""
    return len(text) <= 40 and AGENCY.fullmatch(text) is not None


def dateline(text: str) -> int:
    """Length of the dateline (本报讯, 新华社…3月5日电) that opens the paragraph, 0 if none."""
    found = DATELINE.match(text)
    return found.end() if found else 0


def leading_byline(text: str) -> int:
    """Length of the byline that opens the paragraph, 0 if none."""
    found = LEADING_BYLINE.match(text)
    return found.end() if found else 0


def byline_in(text: str) -> str | None:
    """The reporters named in a dateline, without its brackets."""
    found = re.search(rf"({REPORTER}[^（）()：:。]{{1,40}}?)(?:报道|報道)?\s*(?:[）)】：:]|$)", text)
    if found:
        return found[1].strip()
    bare = re.search(BRACKETED_NAMES, text)
    return bare[0].strip("（()） ") if bare else None


def _is_clipping(words: str) -> bool:
    """Whether words tell only in which paper something stood, and when."""
    paper = PAPER.search(words)
    rest = PAGE_NUMBER.sub("", ISSUE.sub("", PAPER.sub("", words)))
    return bool(paper and ISSUE.search(words)) and not re.search(rf"[{HAN}A-Za-z0-9]", rest)


def closing_credit(text: str) -> tuple[int, str]:
    """(start, kind) of the bracketed credit that closes the paragraph: "agency", "byline" or ""."""
    found = TAIL.search(text[-70:])
    if not found:
        return len(text), ""
    start = found.start() + max(0, len(text) - 70)
    inner = found[1].strip()
    if AGENCY.fullmatch(f"（{inner}）") or _is_clipping(inner):
        return start, "agency"
    if (
        re.match(r"[据據]", inner)
        and len(inner) <= 24
        and re.search(r"[电電讯訊]|消息|报道|網|网|社$", inner)
    ):
        return start, "agency"
    if TAIL_NAMES.fullmatch(inner):
        names = re.findall(rf"[{HAN}]+", inner)
        if (
            re.match(REPORTER, inner)
            or re.match(r"文|图|摄影|执笔|采写", inner)
            or (
                text[:start].rstrip()[-1:] in "。！？”"
                and all(w[0] in SURNAMES and len(w) <= 4 for w in names)
            )
        ):
            return start, "byline"
    return len(text), ""
