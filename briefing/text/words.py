"""The words of a Chinese text with places and part-of-speech tags, and a few closed word lists.

The tagger (rjieba) misses many names and cuts transliterated ones in pieces; names.py joins them.
"""

from __future__ import annotations

from dataclasses import dataclass

from .lazy_pattern import lazy_pattern

TITLES = (
    "总统 总理 首相 主席 副主席 委员长 议长 外长 外交部长 防长 国防部长 财长 部长 副部长 省长 市长 县长 区长 镇长 村长 州长 书记 "
    "总书记 国王 女王 王储 苏丹 大使 教授 院士 博士 校长 院长 局长 厅长 处长 司长 科长 署长 主任 记者 选手 名将 小将 教练 主帅 "
    "司令 法官 检察长 董事长 总经理 经理 总裁 行长 秘书长 总干事 发言人 议员 代表 委员 站长 队长 参谋长 医生 工程师 元首 夫人 "
    "首席执行官 总监 会长 理事长 导演 作家 专员 特使 顾问 党首 酋长 教皇 市民 村民 居民"
)
_NO_NAMES = (
    "祝贺 中秋佳节 高水平 高质量 安全观 高度 明确 和平 国庆 元旦 春节 端午 中秋 清明 连续 高于 高达 安全 万余 高新 成功 文明 爱心 温暖 平安 "
    "云集 和谐 高效 高峰 祝福 康复 金秋 新春 阳光 青春 强降雨 黄金周 双十一 小康 舒适 贺电 贺信 雷雨 大风 暴雨 严寒 高温 小幅 小时 高级 严查 "
    "严打 严惩 关爱 向好 向上 胜利 武力 武装 华丽 永久 长期 多地 各地 全国 新中国 我国"
)
ANY_TITLE = "|".join(sorted(TITLES.split(), key=len, reverse=True))
"""Alternatives of a pattern."""
TITLE = lazy_pattern(rf"(?:{ANY_TITLE})\Z")
NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})
PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})
COUNTRIES = frozenset(
    "中美俄英法德日韩朝印巴以伊叙黎乌约沙埃土意西葡荷比瑞挪丹芬波捷匈奥希罗保塞阿加澳新墨古委智哥秘南非欧亚台港澳蒙越老柬泰缅马菲文东斯斐津赞津哈吉塔厄摩苏孟尼京沪津渝冀豫粤鲁皖苏浙闽赣鄂湘琼川黔滇陕甘青宁辽黑桂云贵藏晋"
)
PROVINCES = frozenset(
    [
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "黑龙江",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "海南",
        "四川",
        "贵州",
        "云南",
        "陕西",
        "甘肃",
        "青海",
        "内蒙古",
        "广西",
        "西藏",
        "宁夏",
        "新疆",
    ]
)
"""Provinces and autonomous regions of the mainland, without the cities that have their rank."""
FUNCTION = frozenset(
    "的了在和与对将为向是被把从等称说到及或也都就又还同并于至以已获由后前中内外上下时日月年个各"
)
"""Characters that neither begin nor end a name, though the tagger may join them to one."""
LINKS = frozenset(
    "在任获称等愿将已再超近内至到互及另有来致因应让令经由现均赴抵离拟据该其祝其较归夺上吁促续仍未不更最受遭驻返抵晤谈人余里日敌"
)
"""Short verbs and adverbs around names: 获, 任, 拟."""
LOOSE = LINKS | frozenset(
    "首破扩新抢轻借人以分居金银铜多各共仅达升降增减涨跌胜败负开办设建启迎推助做打抓控防治管收发布报道本此每两一二三四五六七八九十百千万亿元"
    "起止截逾余约强大小高低长老少好旧双全总军方媒队国省市县区委会员团部院局企业家后成出入签供订批议案法案战停炸防救灾稳保落实列车路线站桥煤通师延链今多州地"
)
"""Characters of newspapers' short coinages (首破, 煤企, 抢通): by themselves no sign of a name."""
NO_NAMES = frozenset(_NO_NAMES.split())
"""Words tagged as names that are none, or that any writer may use for days and states."""

NO_PLACES = frozenset(
    [
        "中国",
        "我国",
        "全国",
        "城镇",
        "玉米",
        "离岛",
        "福利",
        "新兴产业",
        "扎根",
        "长度",
        "民族",
        "大湾",
        "高原",
        "世界",
        "地球",
        "亚欧",
    ]
)
"""Words tagged as places that are none, or that any news may be about."""


@dataclass(frozen=True, slots=True)
class Word:
    """The word at [start, end) and its tag."""

    text: str
    start: int
    end: int
    tag: str


def load_dictionary() -> None:
    """Loads the tagger's dictionary, which the first word would else wait for: an eighth of a second."""
    import rjieba

    rjieba.has_word("")


def words(text: str) -> list[Word]:
    """The words of a text in order; every character belongs to one."""
    import rjieba

    found: list[Word] = []
    at = 0
    for word, tag in rjieba.tag(text):
        found.append(Word(word, at, at + len(word), tag))
        at += len(word)
    return found


def is_known_word(word: str) -> bool:
    """Whether the tagger's dictionary has the word."""
    import rjieba

    return bool(rjieba.has_word(word))


def is_place(word: Word) -> bool:
    """Whether a word is a place or organization in the dictionary, of two characters or more."""
    return (
        word.tag in ("ns", "nt")
        and len(word.text) > 1
        and word.text not in NO_PLACES
        and is_known_word(word.text)
    )
