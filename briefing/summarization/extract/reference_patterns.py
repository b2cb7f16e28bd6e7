"""How a sentence of news begins, or what it has, that speaks of what an earlier one has named.

Closed lists of words, made by reading news. Knows nothing of what a word refers to.
"""

from __future__ import annotations

from ...text.lazy_pattern import lazy_pattern

DANGLING = lazy_pattern(
    r"^(?:他们?|她们?|它们?|其(?!他|它|余|实)|其中|该(?!国)|这|那(?!曲)|此(?!前|次|外|间|刻)|(?:由于|因为|鉴于)?(?:双方|两人|三人|二人|两者|二者|前者|后者)|(?:根据|按照|依据|依照?)(?:该|此|这一?项?|上述)?(?:协议|条例|计划|方案|安排|办法|新规|约定)，|对此|为此|由此|至此"
    r"|同(?:日|年|月|期)|当(?:天|日|晚|时|年|月)(?!，?\d)|会上|会前|会后|席间|随后|之后|后(?!天|勤)|我们|我|咱|你|您|大家|两国|两军|三国|中方|上述|以上"
    r"|如今的?他|一方面|另一方面|二是|三是|四是|五是|六是|一是|其一|其二|其三|第一，|第二，|第三，|第四，|第[一二三四五六]方面|第[二三四五六七八九](?:个|点|项|条)[，：]|首[颗批架艘台列座家辆款](?=[^，。]{0,6}[已将于正])|再次|其次|最后，|则|也|还|并|又|而|却|且|甚至|尤其|因故|遂|故(?![事宫乡居意障土])"
    r"|(?:开[业园馆展]|上[线市]|运营|投产|通车|成立|实施|启动)[^，。；]{0,8}?(?:以来|来|后)，"
    r"|[一二两三四五六七八九十几半\d]+个?多?个?半?(?:小时|分钟|天|月|年|周|星期)多?(?:之|以)?后，(?!\d)|衷心(?:希望|祝愿|感谢)|(?:村|镇|县|区|店|馆|厂|园)[里内上](?=将|把|也|还|的|有|建|开|为)|本次(?=预计|计划|拟|将|共|由|采)"
    r"|[^，。；：“”「」]{2,24}当[天日](?=称|说|表示|宣布|发布|透露|指出|回应|通报)|毕生|一生(?=致力|从事|都)|长期(?=致力|从事)|历任|曾任|先后(?=就读|毕业|任|担任|获)|出版有|著有|师从|毕业于|出生于|祖籍|享年"
    r"|(?![副原前现市县区省州总各该代])[\u4e00-\u9fff]副?(?:局长|主任|教授|校长|院长|老师|先生|女士|经理|处长|科长|部长|会长)(?=表示|说|指出|称|介绍|在|强调)"
    r"|正?如(?:[他她其]|前|上|此)所[言说述料]|包括|例如|比如|即|同样|相比之下|相反|反之|换言之|也就是说|因此|所以|比赛中|期间|现场|当地(?!时间)|不仅如此|以及|除此之外|除此以外|在此|另一|另有|其余|剩下|仅(?!次)"
    r"|整场比赛|全场比赛|可见|由此可见|答[：:]|问[：:]|[从自][那此](?:以后|之后|往后|开始|时?起)?，?"
    r"|[东南西北]方(?=也?(?:愿|支持|坚定|坚持|高度|始终|赞赏|期待|希望|主张|反对|欢迎|不赞同|致力|感谢|从战略))"
    r"|(?:报道|文章|评论|社论|声明|消息|博文|帖文|公报|通报|公告|来信|贺信|贺电)(?:还|并|也|同时|最后|特别|进一步)?"
    r"(?:称|说|指出|认为|写道|强调|显示|提到|表示|要求|提出|透露|介绍|援引|谴责|指责))"
)
"""A sentence that points back: without the one before, its reader cannot know at what."""

MENTIONED = lazy_pattern(
    r"就此(?![止打结告])(?=[^，。；]{0,3}(?:召开|举行|发表|作出|做出|表示|展开|进行|提出))|上述|前述|(?<![予加得足可能])以上(?=[草方意措问规情人单内决])"
)
"""What was named before: a sentence that speaks of it needs the one that names it."""

THIS = lazy_pattern(
    r"^[^，；：。“”「」]*?(?:[此这該该]类|这(?:些|种|样的|一(?!天))|此[种等]|如此(?!前))"
    r"|^[^，。；：“”「」]{1,40}(?:认为|表示|指出|称|说|介绍|解释|坦言|强调)[，：](?:[从在据][^，。；]{1,20}，)?(?:这|那(?!曲)|此(?!次|外|前|间)|[二两]者|[前后]者)"
)
"""This or that in the first clause, or in the first of what somebody says: named one sentence before."""

LIKE_THIS = lazy_pattern(r"^[^，。；：“”「」]*(?:用|以|有)?这样的(?:话语?|方式|字眼|词句|言论|问题|结果)")
"""Words or a result that the sentence before gives."""

GOES_ON = lazy_pattern(r"^(?:同时|与此同时|并且|而且)，?")
"""How a speaker's words go on in the next sentence."""

AFTER_OTHERS = lazy_pattern(
    r"^(?:[^，；：。“”「」]*?(?:这(?:[项场次个里位家座对名群支款批种幅部])|此(?:项|次|届|轮|批|案)|(?<![日基根剧脚版])本(?:次|届|场|轮|批|案|书|片|剧|文|论文|报告))"
    r"|全校|我校|校方|院方|警方|[两三四五六七八九](?:方(?![面位])|家(?:单位|企业|公司|机构))|各方(?=将|都|均|表)"
    r"|(?:大会|会议|论坛|研讨会|座谈会|活动|仪式|典礼|比赛|赛事|展览|展会|公司|企业|集团|学校|医院|法院|检方|研究(?:团队|人员|者)|团队|项目组?|课题组|专案组"
    r"|调查组|工作组|工程|报告|指数|论文|研究|结果|数据|协议|条例|新规|办法|方案|嫌疑人|被告人?|原告|死者|伤者|消费者|游客|影片|影剧|全[片剧书])"
    r"(?=还|也|将|由|以(?!及|上|下|来)|在|于|指出|强调|要求|认为|提出|决定|审议|听取|通过|期间|分为|设|吸引|共|已|为期|旨在|因|对|从|就|是|有|表示|显示"
    r"|发现|建成|总|全|预计|计划|占|达|的))"
)
"""What was named with more words before: not the first thing that a summary says."""

SAYS_LAST = lazy_pattern(
    r"(?:表示|说|说道|如是说|称|指出|认为|坦言|直言|写道|感慨|感慨道|(?<![共众验得题友家资料果息识])分享)。$"
)
"""How a sentence ends that only names who said the one before: 市长昨日在现场表示。"""
BRACKETS = lazy_pattern(r"[（(][^（()）]*[)）]")
QUOTES = lazy_pattern(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》")
"""What others say, and titles."""
OURSELVES = lazy_pattern(
    r"我们|咱们|[我本]联盟|本组织|(?<![自无忘大小敌彼敵物])我(?![国國省市县區区校军方党院会團团省门們驻外海空陆台])"
)
"""Who writes or speaks, unnamed."""

COUNTS_ON = lazy_pattern(r"第[二三四五六七八九](?P<unit>[件个点项条步])")
"""One of several things, which a sentence before has counted: 第二件事。"""
STILL = lazy_pattern(r"却|仍|依然|依旧|还是|并未")
"""Words that answer to what was conceded."""

WHOLE = lazy_pattern(r"[^，。；]{0,10}?全(?P<rank>[省市县区州旗镇村])(?![委长])")
"""The whole of a province or town that its sentence does not name."""

UNNAMED = lazy_pattern(
    r"(?<![应活本])该(?P<noun>机构|组织|协会|学会|公司|企业|集团|学校|医院|团队|部门|平台|网站|报告|文章|名单|榜单|条例|法案|法规|奖项|展览|影片|小说|课程|软件|产品|车型|药物|疫苗|病毒|航班|船|案)"
)
"""A thing that a clause speaks of as named."""

ALAS = lazy_pattern(r"^[^，。；]{1,8}的是[，：]")
"""How the writer feels about what follows."""

PRONOUN = lazy_pattern(
    r"^(?:他们?|她们?|它们?|[这那]里(?!程)|其(?!他|它|余|实|中)|该(?!国)|双方|两人|二人|两者|前者|后者)"
)

THAT_FIRM = lazy_pattern(
    r"^(?P<noun>企业|公司|集团|学校|医院|工厂|银行|法院|球队)(?=还|也|将|由|以(?!及|上|下|来)|在|于|从|已|共|计划|预计|表示|宣布|目前|今年)"
)
"""A firm or house without its name."""
ONE_FIRM = r"(?:[这该某]|一家|另一)[^，。；]{{0,8}}?{noun}"

URGES = lazy_pattern(
    r"(?<![主重需只首还想将])要(?![求闻素塞道点紧害员么旨件])|必须|必需|应(?:当|该|立即|着[重力]|加强|注重|重视|持续|尽快|积极|坚持|把)|(?:^|，)希望(?!工程|小学|的)|绝不|决不|不应|不得|务必|理应|有责任"
)
"""What somebody demands: it is not the paper that does."""

THESE = lazy_pattern(
    r"[将把对为向以用让使由从在与和给](?:这[些批两三几]|此[类批])(?P<noun>[^，。；：的]{1,6})"
)
"""Things that a sentence before has named: 将这些物资送往机场."""
