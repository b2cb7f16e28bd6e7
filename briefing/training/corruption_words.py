"""False claims by one word: direction, done or planned, negation, scope.

Tables of patterns and what they become. A pattern must leave a fluent sentence whatever surrounds
it, so it names the words that it may not stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..text.quantities import quantities
from ..text.words import is_place
from .claims import Claim, clause_at, is_located

Table = Sequence[tuple[str, str]]
Compiled = Sequence[tuple[re.Pattern[str], str]]
_PAIRS = (
    "下降/增长 下跌/上涨 增至/减至 升至/降至 涨至/跌至 增加/减少 提高/降低 提升>降低 "
    "回升/回落 上升/下降 上调/下调 扩大/缩小 增幅/降幅 涨幅/跌幅 高于/低于 多于/少于 "
    "优于/不及 领先/落后 流入/流出 买入/卖出 盈利/亏损 顺差/逆差 升值/贬值 加息/降息 "
    "涨停/跌停 东部/西部 南部/北部 东北/西南 东南/西北 上游/下游 加快/放缓 放宽/收紧 "
    "延长/缩短 提前/推迟 上行/下行 死亡/受伤 供不应求/供过于求 最高/最低 最大/最小 "
    "同比/环比 增持/减持 收入/支出 利好/利空 上浮/下浮 战胜>不敌 击败>不敌 胜诉/败诉 "
    "好转/恶化 走高/走低 走强/走弱 入境/出境 来访/出访 取消/恢复 开启/关闭 正增长/负增长 "
    "买方/卖方 原告/被告 收购方/被收购方 甲方/乙方 进口/出口 农村/城市 男子/女子 男性/女性 "
    "国内/国外 境内/境外 室内/室外 线上/线下 吸引/流失 公开/秘密"
)
_GUARDS = {
    "增长": r"(?<![正负高的])增长(?!极|点|率|动力|引擎|方式|模式|潜力|空间|目标|曲线)",
    "下降": r"下降(?!率)",
    "提高": r"提高(?=了|到|至|\d|[一-龥]{2,8}(?:水平|比例|标准|门槛|率|[^一-龥]|\Z))",
    "提升": r"提升(?=了|到|至|\d|[一-龥]{0,6}\d)",
    "扩大": r"扩大(?=了|到|至|[一-龥]{0,6}(?:规模|范围|面积|\d))",
    "最高": r"最高(?!人民|法|检|领导|峰|荣誉|学府|奖|级|层|国家|水平|权力)",
    "最大": r"最大(?!限度|程度|化|努力|优势|公约|困难|挑战|问题|成果|目标|可能|亮点)",
    "进口": r"(?<![进出])(?<!进出口)进口(?!博|商|处)",
    "出口": r"(?<!进)(?<!高速)(?<!公路)出口(?!处|匝|车|管制|信保)",
    "收入": r"(?<![列纳编录投装])收入(?!囊|分配)",
    "支出": r"支出(?!责)",
    "公开": r"公开(?=审理|举行|会见|招标|宣判)",
    "取消": r"(?<![不未])取消",
    "恢复": r"(?<![已未能续])恢复(?=[一-龥]{2,6}(?:航班|航线|限制|签证|比赛|供应|运营|通行|活动|资格))",
    "吸引": r"吸引(?=了?\d)",
    "开启": r"开启(?=了?[一-龥]{0,4}(?:通道|大门|窗口|航线))",
    "东北": r"东北(?=部)",
    "西南": r"西南(?=部)",
    "东南": r"东南(?=部)",
    "西北": r"西北(?=部)",
    "提前": r"提前(?=[一-龥\d]{0,4}[天日月年小时]|举行|开|至|到)",
    "加快": r"加快(?=\d|至|到|了|[一-龥]{0,3}百分)",
    "死亡": r"(?<!致)死亡(?!率|谷)(?![^。]{0,14}受伤)",
    "升至": r"(?<![提上攀回])升至",
    "农村": r"农村(?!信用|商业|部|农业|土地|集体)(?=居民|地区|人口|户籍|常住)",
    "城市": r"城市(?=居民|地区|户籍)",
    "国外": r"(?<![\d国各])国外(?=市场|航线|航班|企业|游客|需求|用户|品牌|同行)",
    "盈利": r"盈利(?!困难|能力|模式|空间|点)",
    "国内": r"(?<![该中本])国内(?=市场|航线|航班|企业|游客|需求|用户|品牌|销量)",
    "领先": r"领先(?=\d|[一-龥]{0,6}\d)",
    "最低": r"最低(?!生活|工资|保障|限度|收入|标准)",
}
_BY_HAND: Table = (
    (r"(?<!不)超过(?=\d)", "不足"),
    (r"(?<![不得会])超(?=\d)", "不足"),
    (r"突破(?=\d)", "不足"),
    (r"逾(?=\d)", "不足"),
    (r"不足(?=\d)|不到(?=\d)", "超过"),
    (r"不低于(?=\d)|不少于(?=\d)", "不高于"),
    (r"不超过(?=\d)|不高于(?=\d)", "不低于"),
    (r"以上(?=[^一-龥]|的|，|\Z)(?<=[\d一-龥]以上)", "以下"),
    (r"创(?:历史)?新高", "创新低"),
    (r"死亡([^，。]{0,3}[，、]?[^，。]{0,6})受伤", r"受伤\1死亡"),
)


def _opposites() -> Iterator[tuple[str, str]]:
    """The words of `_PAIRS` with their opposites: both ways at a /, one way at a >."""
    for pair in _PAIRS.split():
        old, new = re.split("[/>]", pair)
        yield _GUARDS.get(old, re.escape(old)), new
        if "/" in pair:
            yield _GUARDS.get(new, re.escape(new)), old


DIRECTIONS: Table = (*_opposites(), *_BY_HAND)
_NEXT = (
    r"(?=[于在为对向以从由与同和陆续分正式全面首进共建投启开完成举"
    r"发推实展出上落交竣通设提新形覆达有惠扩延调组派免取供审启运])"
)
DONE: Table = (
    (
        rf"(?<![一-龥])(?:预计)?(?:即将|将会|将要|将)(?!军|士|领|近|继续|不|进一步|持续|把|其|这|该){_NEXT}",
        "已",
    ),
    (
        rf"(?<=[一-龥])(?<![或必])(?:即将|将会|将要|将)(?!军|士|领|近|继续|不|持续|把|其|这|该|是){_NEXT}",
        "已",
    ),
    (
        r"(?<![的在年了此该项一个]将)(?<![的总该此其划新项])(?:拟|计划)(?=[投新建在于与向对以用从实启开招引采收发推设购扩募])(?!在于|实施方案|书)",
        "已",
    ),
    (r"有望(?=[一-龥\d])(?!有)|力争(?=[实完建达突形将把到])|争取(?=[实完建达到])", "已"),
    (r"愿(?=同|与)", "已"),
    (r"正(?:在)?(?:加紧|加快|抓紧|有序)?建设", "已建成"),
    (r"正在(?:加紧|加快)?(?=审理|制定|研制|编制|修建|筹建)", "已完成"),
    (r"(?<![早而不])已经?(?=[完建开启通实成投发签批获派取提举达恢出组收向在与对于从])", "将"),
    (r"(?<![早而不])已经?(?=完成|建成|启动|开工|开通|投产|签署|发布)", "计划"),
    (r"(?<![早而不])已成为", "有望成为"),
    (r"目前已", "未来将"),
    (
        r"(?:近日|日前)(?=发布|公布|推出|启动|出台|印发|签署|举行|召开|成立|揭牌|开工|开通|上线|上市|投产|开幕)",
        "即将",
    ),
    (
        r"(?<=日)(?:[上下]午|晚)?(?=在[^，。]{2,16}(?:发布|举行|召开|开幕|启动|揭牌|签署|落成|成立|举办|开工|闭幕)[，。])",
        "将",
    ),
    (r"(?<=[一-龥]日)(?=发布|公布|推出|启动|出台|签署|举行|召开|成立|开工|开通|上线|投产)", "将"),
    (
        r"(?<=[部局委院府司会团校市省])(?<!早日)(?=发布|公布|推出|启动|出台|印发|签署|成立|建成|开通|设立)(?!\d|[一-龥]{2}(?:的|会|式|仪|后|时))",
        "计划",
    ),
    (r"(?<![已将拟未可能额前效步全如约])(?:完成|建成)(?!后)了?(?=[一-龥]{0,8}\d)", "计划完成"),
)
NEGATIONS: Table = (
    (r"不得(?!不|已|以)", "可以"),
    (r"(?<!不)不能(?!不)", "能"),
    (r"不再", "仍"),
    (r"并未(?=[一-龥])|尚未(?=[一-龥])", "已"),
    (r"未能(?=[一-龥])", "成功"),
    (r"无须|无需|不必|不用(?=[一-龥])(?!说|户)", "必须"),
    (r"禁止(?=[一-龥])", "允许"),
    (r"(?<![一二])拒绝(?=[一-龥])", "同意"),
    (r"坚决反对|反对(?=[一-龥])(?!派|党)", "支持"),
    (r"否认(?=[一-龥])", "承认"),
    (r"无法(?=[一-龥])", "能够"),
    (r"并非|不是", "正是"),
    (r"从未(?=[一-龥])", "曾"),
    (r"不予", "予以"),
    (r"不符合", "符合"),
    (
        r"不(?=会|属于|存在|影响|需要|允许|构成|适用|包括|排除|愿意?|同意|支持|接受|承认|涉及|参加|参与|收取)(?!会员)",
        "",
    ),
    (r"没有(?=[中发受造出影改得取对任])(?:发现|造成|受到|出现|影响|改变|得到|取得|对)", "已"),
    (r"(?<![从并尚前而])未(?=[造发出受达按获通取参得列签])(?!来|必|经|知|婚)", "已"),
    (r"不实(?=信息|报道|[，。])", "属实"),
    (r"(?<![不一])可以(?=[一-龥])", "不得"),
    (r"(?<![不无])必须(?=[一-龥])|(?<![不无供所相响反适])应当(?=[一-龥])", "无须"),
    (r"(?<![不可])允许(?=[一-龥])", "禁止"),
    (r"(?<![的不了予力持一])同意(?=[一-龥])", "拒绝"),
    (r"(?<![的不了予和为与、一给已])支持(?=[一-龥“])(?!力度|和|与|者|下|率|政策|性)", "反对"),
    (
        r"(?<![光才远不但就正也都还可而于只若要既仅总像国算凡求以一二三四五六七八九十])是(?!网)(?=[一-龥])(?!否|不|非|以|因|指|由|说|从|为|在|说|要|一[个种件次项])",
        "并非",
    ),
    (
        r"(?<=[一-龥]{2}[^一二三四五六七八九十求光才远不但就正也都还可而于只若要既仅总像国算凡以])是(?=[一-龥])(?!否|不|非|以|因|指|由|说|从|为|在|说|要|网|一[个种件次项])",
        "不是",
    ),
    (r"(?<![不没])存在(?=[一-龥])(?!感|的)", "不存在"),
    (r"(?<!不)属于(?=[一-龥])", "不属于"),
    (r"(?<!不)符合(?=[一-龥])(?!条件的)", "不符合"),
    (r"(?<!不)适用于", "不适用于"),
    (r"(?<!不)包括(?=[一-龥])(?!但)", "不包括"),
    (r"(?<![不未能被])造成(?=[一-龥\d])", "未造成"),
    (r"(?<![不未能被获为已将])(?<!审议)(?<!表决)通过(?=《|该法案|决议|了)", "未通过"),
    (r"已(?=完成|通过|获得|取得|达成|签署|恢复|启动|建成|获批|批准|掌握|确认)", "尚未"),
    (
        r"(?<![已未将不先共也又能获])(?:获得|取得|获)(?=[一-龥“]{2,10}(?:许可|批准|谅解|授权|认证|资格|支持|冠军|金牌))",
        "未获得",
    ),
    (r"(?<=[日午天晚])(?:出席|参加)(?=[一-龥“])(?!的|者|人)", "未出席"),
    (r"(?<![不无供所必需])需(?=要?[提办缴经向进到在先携出])", "无需"),
    (r"(?<![不认许可])可(?=[享申向在凭办通直领获选用按])(?!能|见|谓|持续)", "不可"),
    (r"(?<![不机社协学议大年开全])会(?=[对影造导加引增使产])(?![议员])", "不会"),
)
SCOPES: Table = (
    (
        r"全国(?!人大|政协|人民|委员|妇联|总工会|代表|各地|青联|两会|道德|劳动|性|工商|文明|重点|统|爱|先进|[一-龥]{0,8}(?:大会|会议|日|周|奖|赛|委|联合会|协会|学会))",
        "全省",
    ),
    (r"全国(?=[一-龥]{2,12}\d)(?!人大|政协|各地|委员)", "全球"),
    (r"全省(?=[一-龥\d])", "全国"),
    (r"全市(?=[一-龥\d])", "全省"),
    (r"全县|全区(?!域)", "全市"),
    (r"全球(?=[一-龥]{0,4}(?:最|首|第|唯|\d|市场|范围))", "亚洲"),
    (r"国内(?=首|最|唯|第)|全国(?=首|最|唯|第)", "全球"),
    (r"亚洲(?=首|最|唯|第)", "全球"),
    (r"(?<![属系为是球界国行的次])首次(?=[一-龥])(?![国会])", "再次"),
    (r"首([个家座条款])(?!季度|和|、|[一-龥]?且)", r"又一\1"),
    (r"首批", "第二批"),
    (r"唯一一([位个家名])", r"又一\1"),
    (r"唯一(?:的)?(?=[一-龥])(?!一)", "主要"),
    (r"(?<!今晨)大部分(?!别)|大多数|多数|(?<![两三四五几各大])部分(?=[一-龥])", "全部"),
    (r"全部(?=[一-龥])(?!门|队)|所有(?=[一-龥])(?!权|者|制)", "部分"),
    (r"一些(?=[一-龥])", "所有"),
    (r"最多(?=\d|可)|至多(?=\d)", "至少"),
    (r"至少(?=\d|[一二三四五六七八九两十]|有)", "最多"),
    (r"(\d[万亿余多]{0,2}[人元名吨家个%米岁天]?)以上", r"\1以下"),
    (r"(?<=[最大高早重要好多长著名])的([一-龥]{2,8})之一", r"的\1"),
    (r"最大的", "第二大的"),
    (r"仅(?=\d|有\d|在)", "至少"),
    (r"平均(?=[一-龥]{0,6}\d)", "最高"),
    (r"试点(?=地区|城市)", "全国各"),
)
_DIRECTIONS, _DONE, _NEGATIONS, _SCOPES = (
    tuple((re.compile(pattern), new) for pattern, new in table)
    for table in (DIRECTIONS, DONE, NEGATIONS, SCOPES)
)
_LAST = ("并非", "不是")
"""What is put in only where there is nothing else to negate: 是 is everywhere."""
_DOUBLE = re.compile(
    r"不[断仅少同久过论管但法良动锈得容忘懈可如只止到见错幸当利变是]|而是|而非|未来|除非|不可不"
)
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]{1,14}”")
_REACHED = re.compile(r"截至|目前|至今|累计|昨[日天]|去年|日前|此前|\d年来|以来")
_AHEAD = re.compile(
    r"明后?年|明[日天]|下[周月年]|下一步|今后|未来|届时|年底前|预计|20[3-9]\d年|择机|后续|到20|希望|如果|尽快"
)


def direction(claim: Claim) -> Iterator[str]:
    """The claim with a word for its opposite: 增长 and 下降, 进口 and 出口."""
    yield from _by_table(claim, _DIRECTIONS)


def done(claim: Claim) -> Iterator[str]:
    """The claim with a plan told as done, or what is done told as a plan."""
    for start, end, new in _matches(claim, _DONE):
        around = clause_at(claim.text, start)
        if (_AHEAD if new.startswith("已") else _REACHED).search(claim.text if new[0] != "已" else around):
            continue
        if new[0] == "已" and re.search(r"如|若|拟.*将|要求|建议", around):
            continue
        yield claim.replaced(start, end, new)


def negation(claim: Claim) -> Iterator[str]:
    """The claim with a negation dropped, or put in."""
    found = list(_matches(claim, _NEGATIONS))
    for start, end, new in found:
        around = clause_at(claim.text, start)
        if _DOUBLE.search(around) or (end < len(claim.text) and "而是" in claim.text):
            continue
        if new in _LAST and ("还是" in around or any(other not in _LAST for _, _, other in found)):
            continue
        if new and new[0] in "不未无尚并禁拒" and re.search(r"[不未没无非]|禁止", around):
            continue
        yield claim.replaced(start, end, new)


def scope(claim: Claim) -> Iterator[str]:
    """The claim widened or narrowed: 全国 for 全省, 再次 for 首次, a province for its city."""
    yield from _by_table(claim, _SCOPES)
    for word in claim.words:
        if word.text == "均" and word.tag == "d" and claim.text[word.end : word.end + 1] not in "价值衡":
            yield claim.replaced(word.start, word.end, "部分")
    for word, following in zip(claim.words, claim.words[1:], strict=False):
        if {word.tag, following.tag} != {"ns"} or not (
            is_place(word) and is_located(following.text, claim.article.text)
        ):
            continue
        rest = re.match(
            r"[市县区]?(?!举行|出席|召开|参加|开幕|访问|启动)[^，。；]{0,30}", claim.text[following.end :]
        )
        if claim.text[word.start - 1 : word.start] in "在赴到抵于往" or rest is None:
            continue
        if any(
            one.unit not in ("年", "月", "日", "点") and not one.ordinal and one.surface[0].isdigit()
            for one in quantities(rest[0])
        ):
            end = following.end + (rest[0][:1] in ("市", "县", "区"))
            yield claim.replaced(following.start, end, "")


def _by_table(claim: Claim, table: Compiled) -> Iterator[str]:
    for start, end, new in _matches(claim, table):
        yield claim.replaced(start, end, new)


def _matches(claim: Claim, table: Compiled) -> Iterator[tuple[int, int, str]]:
    """Where the patterns match outside titles of works, and what stands there then."""
    titles = [one.span() for one in _QUOTED.finditer(claim.text)]
    for pattern, new in table:
        for match in pattern.finditer(claim.text):
            if not any(start <= match.start() < end for start, end in titles):
                yield match.start(), match.end(), match.expand(new)
