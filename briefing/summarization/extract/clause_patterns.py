"""How Chinese news clauses begin and end: the patterns that tell which clause rests on which.

Closed lists of function words, made by reading news; each list says what it marks. Knows nothing of
grammar beyond the first and last words of a clause.
"""

from __future__ import annotations

from ...text.lazy_pattern import lazy_pattern

_SAYING = (
    "表示|指出|强调|認為|认为|说|说道|称|介绍|要求|透露|提出|呼吁|坦言|宣布|回应|告诉(?:本报)?记者|否认|驳斥|预计|预测|估计|希望|建议|提醒"
    "|直言|写道|補充|补充|解释|分析|獲悉|获悉|了解到|看到|显示|強調|說|稱|提到|期盼|期许|肯定|相信|感谢|感謝|祝福|祝贺|认定|判决|决定|规定|明确"
    "|提及|(?<![的份项书个为作])说明|重申|承诺|发现|证明|表明|推测|估算|测算|宣称|声称|主张|誓言|未曾想|没想到|想到|意识到|警告|批评|谴责|介紹|透過|宣佈|(?<![共众验得题友家资料果息识])分享|報告|报告|通報|通报|透漏|問|问|答|道"
)
ATTRIBUTION = lazy_pattern(rf"(?:{_SAYING})(?:了|过|着)?[，：,:]?$")
"""A clause that ends by naming who says, decides or expects what follows: 市长表示，"""

CONDITION = lazy_pattern(
    r"^(?:如果|若|如|一旦|只有|除非|即使|倘若|假如|要是|只要|无论|不论|不管|当(?!地|天|日|前|年|晚|时|事|代|选|局|中|场|月|即))"
)
"""A condition: what follows is false without it."""

CONCESSION = lazy_pattern(r"^(?:虽然|尽管|即使|既|与其|不仅|不但)")
"""The first half of a pair; the second half is not well formed alone."""

ADVERBIAL = lazy_pattern(
    r"^(?:虽然|尽管|因为|由于|为了|为(?!期|止|何|主|其)|随着|不仅|不但|不只|不光|既|与其|除了?|通过|经过?(?!济|营|理|销|贸)|根据|按照|依据|针对|面对|围绕"
    r"|结合|鉴于|基于|对于|关于|对(?!方|手|岸|外|华|阵|接|口|象|比|此)|就(?!业|近|是|职|任|地|医)|在(?!建|校|职|线|岗|押|野|外)|从(?!事|业|严)"
    r"|[惟唯]?(?:考量|考虑到|有鉴于|碍于|适逢|欣逢|(?:为)?因应)|自(?!己|然|治|主|由|动|身|来|愿|贸)|截至|截止|据(?!说$)|以(?!及|上|下|来|色|内|外|后|前|往)|于|向|经由|本着|坚持|按|依托|立足|聚焦)"
)
"""A coverb or conjunction that opens an adverbial, which has no subject of its own."""

CONTINUES = lazy_pattern(
    r"^(?:但|但是|[惟唯](?![一有])|而(?!立)|而且|却|则|因此|因而|所以|从而|使|使得|让|导致|造成|致|致使|引发|才|就(?!业|近|任|是|地|职|医)|那么|反而|进而|从中|以便|以免|以期"
    r"|每(?:小时|分钟|[年月天日])[^，。；]{0,4}?(?:可|能)|预计(?=[^，。；]{0,12}?(?:超|达|将|为|突破|可))|以确保|不过|然而|甚至|尤其|特别是|其中|包括|例如|比如|如(?!果|今|期|何|意)|即|也就是|分别|前者|后者|两者|二者|对此|为此|由此|因此|至此|此举"
    r"|其(?!他|它|余|实|间)|该|这|那(?!曲)|此(?!前|次|外|刻|间)|他|她|它|双方|两人|三人|二人|彼此|各自|同(?!比|时|日|济|仁|期|年|月|心)"
    r"|并(?!购|网|列|存)|并且|且|还|也|均|都|亦|又|再|仍|更|最终|随后|其后|之后|后(?!天|勤|卫|续|院|备)|余下|另(?!据|悉|外)|至于|要(?!闻|素|塞|道)"
    r"|需|须|应(?!急|用|届|变)|可(?!可|燃|乐|再|持)|能(?!源|量|力)|会(?!议|见|谈|场|员|展|长|计)|将(?!军|领|士)|已|被|由(?!于)|把|给|与(?!会)"
    r"|和(?!平|谐|田)|跟|及|以及|或|同比|环比|较|比(?!赛|例|亚|利)|占|达|共|约|近(?!日|期|年|几|代|来)|超(?!市|级|高|声)|不|没有?|未(?!来)"
    r"|无(?!锡|人|线|障)|有(?!关|限|色|机)|是|为(?!期|止)|成为|[东南西北]至|止于|终于)"
)
"""A clause that goes on with an earlier one: a connective, a pronoun, or a predicate without a
subject."""

SHARES_SUBJECT = lazy_pattern(
    r"^(?:也|均|都|将|已|要|需|须|应|可|能|会|还|并|再|又|仍|更|同比|环比|占|达|共|约|近|超|不|没|未|无|有|是|为|成为|与|和|被|由|较|比)"
)
"""Of those, the ones that need only the subject of the clause before, not its predicate."""

RELATIVE = lazy_pattern(
    r"^[^，；]{0,10}?(?:人员|选手|人数|人次|数量|总数|件数|增速|增幅|涨幅|跌幅|降幅|占比|比重|比例|产值|产量|销量|销售额|营收|利润|成本|单价|均价|总额|总量|[^，；利效频]率)[^，；]{0,3}?"
    r"(?:\d|均|都|已|仍|也|又|达|超|为|占|居|增|降|升|减|下降|上升|提高|提升|突破|接近|同比|环比|高|低|由|从)"
)
"""What a clause tells of a share, a rate or an amount: whose it is stands in an earlier clause."""

DISTRIBUTES = lazy_pattern(
    r"^[^，；、和与及各全多两几等们每\d一二三四五六七八九十]{0,10}?(?:均|都|分别)(?![衡可匀价市摊等值线])"
)
"""均, 都 and 分别 speak of several, which are named before."""

FIGURE_OF = lazy_pattern(
    r"^(?:(?:\d{2,4}|[今去前本]|上)年[度底]?(?:为|達|达|则为)\d"
    r"|同比|环比|占|较|比|其中|分别|增长|下降|上升|增幅|降幅|增|降|涨|跌)"
)
"""A change or share: it is that of the clause right before."""

OPENER = lazy_pattern(
    r"^(?:(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|\d{1,2}(?:[、．]|\.(?!\d)))\s*"
    r"|爰此|此外|另外|另(?=\d)|同时|与此同时|据悉|据了解|据介绍|据报道|据透露|不过|然而|但是?|因此|所以|而且|并且|接下来|首先|其次|再次|最后|另据报道|另悉"
    r"|再?(?:往|向)前(?:回溯|追溯|看|推)，|此间|事实上|实际上|总之|值得一提的是|值得注意的是|更重要的是|日前获悉"
    r"|记者(?:从[^，]{2,24})?(?:日前|近日|\d{1,2}日|今天|昨日|今日|昨天|当日)?(?:从[^，]{2,24})?(?:获悉|了解到|看到|注意到)(?![，,：:]?(?:该|其(?!他|它|余|实|中))))[，,：:]?"
)
"""Words at the head of a sentence that tie it to the one before, and may be left out."""

LEADS_IN = lazy_pattern(
    r"(?:分别[是为]|如下|[以如]下(?:主要|几方面|各项)?(?:内容|规定|方面|措施|情况|事项)|[以如]下几?[个点项]|(?<![但还就只可若都也总而])是)。$"
)
"""A sentence that announces what was left out."""

UNPAIRED = lazy_pattern(
    r"^[^，。；]{0,12}之所以(?!.*(?:是|为了|因))|^(?:虽然|尽管)(?!.*(?:但|却|仍|也|还|依然|依旧|不过|然而|都|始终))"
)
"""A concession to nothing."""
NO_STATEMENT = lazy_pattern(r"^[^，；：]*(?:…|⋯)+[。]?$|^.*[→➔➡]")
"""A list that breaks off, and how to press buttons."""

FIRST_ITEM = lazy_pattern(r"^(?:一是|其一[，是]|第一[，是])(?!.*(?:二是|其二|第二))")
"""The first item of a list that counts, without the others."""
LATER_NUMBER = lazy_pattern(r"^\s*(?:[（(](?:[二三四五六七八九]|[2-9])[）)]|(?:[2-9](?:[、．]|\.(?!\d))))")
"""An item of a list within a paragraph: 3. 所得未达标准。"""
LATER_ITEM = lazy_pattern(r"^(?:[二三四五六七八九]是|其[二三四五六]|第[二三四五六七八九][，、是])")
"""An item of a list that counts: without those before it nobody knows of what."""

CONTACT = lazy_pattern(
    r"^[^，。；]{0,8}(?:电话|热线|专线|網址|网址|邮箱|传真|地址|官网|报名链接|新闻联络人)[^，。；]{0,24}[\dA-Za-z]{4}|^[^，。]{0,12}https?:"
)
"""Where to ask or to read on: no news."""

COUNTED_LIST = lazy_pattern(
    r"[两三四五六七八九十]+(?:个|大|项|点|类|条|种|方面|步|举措|招)[^，。；：]{0,30}[：:]$"
)
"""A clause that says how many things follow: of them all are told, or none."""

ANNOUNCED = lazy_pattern(r"(?:以下|如下|下列|下述)[^，。；：]{0,16}[：:]$")
"""A clause that announces a list, which is kept whole or not at all."""

TIME = lazy_pattern(
    r"^(?:[^，]{0,10}?(?:\d+年|\d+月|\d+日|今年|去年|明年|上半年|下半年|季度|近年|目前|当前|今天|昨天|今日|昨日|日前|近日|年来|以来|期间|当地时间)[^，]{0,10}"
    r"|\d+时[^，]{0,6}"
    r"|[在而刚就]{0,5}过去的?[这一二两三四五六七八九十几\d个]{1,4}[年月周天季度]+[里中间内]?|近?[一二两三四五六七八九十几]{1,2}个?[年月]来)，$"
)
"""A clause that only says when."""

OPEN_END = lazy_pattern(
    r"(?:时|后|前|中|下|上|来|以来|(?<![续传用留保存沿流])[至迄]今|[年月日时點点]起|期间|之际|之时|方面|以后|之后|的|和|与|及|而|因|为|于|地|里|一经[^，。；]{1,8}"
    r"|的(?:首次|全面|正式|顺利|成功|不断|持续|逐步|深入|加快|进一步)[\u4e00-\u9fff]{2}"
    r"|(?:^|除)[^，。；]*(?<![海国境户室校场意内涉此另援例中对])外|(?<![免解清删消拆排破根切去扣剔铲开革])除了[^，。；]{1,20}|^(?:还是|抑或|或是)[^，。；]*"
    r"|经(?![济营费过常典贸纪销历])[^，。；]{1,20}(?:评估|审查|审核|审理|协调|协商|讨论|研究|调查|会勘|查证|鉴定|评选)[^，。；通获过成定认发现出]{0,24}"
    r"|通过对[^，。；的]{1,16}的[^，。；]{1,8}"
    r"|(?:透过|借由|藉由|借着|藉着)[^，。；]{0,24}(?:活动|课程|训练|培训|演练|方式|平台|合作|交流|互动|管道|机制|计划|措施|分享|连结|宣导|座谈|会议|参访|力量|行动|媒合|辅导|工具|科技|系统|政策|资源|体验|网络|机会)"
    r"|^[惟唯]?(?:为?因应|呼应|顺应)[^，。；]*|(?:确诊|凡是?|符合|年满|满)[^，。；]{2,24}者"
    r"|(?<![认行作成称视名列因改即作])为(?:超前|把关|防堵|防止|杜绝|降低|减少|缓解|应对|纪念|庆贺|回馈|加强|提升|提高|确保|维护|推动|落实|防范|避免|鼓励|协助|促进|打造|保障|强化|扩大|改善|响应|因应|迎接|庆祝|方便|满足|解决|增进|使|让)[^，。；]*"
    r"|(?<![认行作成称视])为了[^，。；]{2,30}|一改[^，。；]{2,30}|自[^，。；]{2,24}至[^，。；]{2,16}止|^或(?:为|因|出于)[^，。；]*|(?:希望|期待|期望|期盼|拟|旨在|力求)(?:能)?通过[^，。；]{2,30}|应[^，。；]{1,14}(?:请求|邀请|要求|邀约|之邀)|(?:有关|关于|關於)[^，。；]{4,}(?:一事|一案|问题|事宜|部分|情形|报道|传言)|^[^，。；]{0,12}之所以[^，。；]*|从[^，。；]{4,}(?:方面|角度|高度|层面|意义|领域|维度|视角|入手|着手)|年间|的(?:紧急|关键)?(?:关头|时刻|时候|当口|背景)|^受[^，。；]{1,20}影响|^因(?![此而为地应]|特网)[^，。；]+)[，,]$"
)
"""A clause that cannot be the last of a sentence."""

BESIDES = lazy_pattern(
    r"(?<![海国境户室校场意内涉此另援例中对])外，$|(?<![免解清删消拆排破根切去扣剔铲开革])除了[^，。；]*，$"
)
"""除…外: what comes 并, 还 or 也 beside it needs it."""
EXCEPT = lazy_pattern(r"除外[，。；]?$")
"""An exception from what the clause before says."""
WHO = lazy_pattern(r"者，$")
"""Those of whom the next clause says what they do."""

WITH_WHAT = lazy_pattern(r"用[^，。；、的]{1,8}(?:、用?[^，。；、]{1,8})+，$")
"""With what somebody does the next clause: 用技术、用创新，让世界看见。"""

CAUSATIVE = lazy_pattern(
    r"(?:授权|责成|号召|提请|敦促|责令|委托|允许|呼吁|要求|鼓励|邀请|组织|引导|帮助|督促|倡议|倡导)[^，。；]{1,20}，$"
)
"""A clause that asks or orders what the next clause states."""

REMINDS = lazy_pattern(r"(?:提醒|告诫|叮嘱|建议)([^，。；]{1,16})，$")
"""Whom somebody reminds of what the next clause says."""

PREDICATE_OF = lazy_pattern(
    r"^(?:系指|指的是|是指|即是?指|正是|就是|也是|才是|都是|是(?!否)|意味着|有助于|有利于|离不开|旨在|意在|其意|其目的|其实质|才能|方能|方可|才可)"
)
"""A clause that says something of the whole clause before, which is no sentence without it."""

IT_IS = lazy_pattern(r"^(?:正|就|才|都|也)?是(?!否)")
"""What the noun of the clause before is."""

ONLY_TIME = lazy_pattern(
    r"^(?:[（(][^）)]*[）)]|[\d一二三四五六七八九十]+(?:年|月份?|日|号|时|点|分|秒|天)|上午|下午|中午|凌晨|清晨|早晨|傍晚|晚上|夜间|深夜"
    r"|左右|许|前后|以来|至今|截至|[\u4e00-\u9fff]{2,5}(?=当地时间)|当地时间|北京时间|(?:星期|周)[一二三四五六日天末]|日前|近日|目前|当前|上半年|下半年|[一二三四前]+季度|年底|年初|月底|(?:今年|去年|明年)?(?:春节|国庆|五一|“五一”|元旦|清明|端午|中秋)(?:、?(?:春节|国庆|中秋))?(?:小?长?假期?|期间|黄金周)+|(?:今明|未来|今后|接下来|此后)[一二两三四五六七八九十\d]*[天日周]|暑期|寒假|暑假|假期|节日期间"
    r"|[今明昨去前本当同次]?(?:年初?|月|日|天|晚|早|夜)|\s)++，$"
)
"""Nothing but a time."""

ROLE = lazy_pattern(r"作为[^，。；]*[，。；]$")
"""A clause that only says as what: 云汀作为交通枢纽，"""

STATED = lazy_pattern(r"预计|截至|据|已?有(?!了)|没有|报[道告]|专家|研究|调查|分析|参[会赛]")
"""Sentences of news that begin with a verb and yet lack nothing."""

LEADS = lazy_pattern(
    r"^领导(?!小组|干部|班子|机关|人员?|力|层|下|的|们|[是在对就要将和、，])[\u4e00-\u9fff]{3}"
)
"""领导 as a verb, which the tagger takes for a noun."""

PURPOSE = lazy_pattern(r"^(?:为了?|因应|由于|因为?)(?!期|止|何|主|其|此|而)[^，；。]{2,40}，")
"""What for, or why; who acts is named behind it."""

THEN = lazy_pattern(r"^(?:即[可能享]|就[可能会有]|便[可能会]|方[可能]|才[可能会]|可[享获])")
"""What comes of a condition, which may stand without 如果: 市民凭证件，即可入园。"""
ASKED = lazy_pattern(r"^(?:建议|请|应|可|须|需)")
THE_SAID = lazy_pattern(
    r"(?<![应活本])该(?:集团|公司|企业|机构|校|院|市|省|县|区|国|局|部|所|厂|店|行|社|村|镇|项目|系统|平台)"
    r"|这(?:一(?![天刻年])|些|种|项|类|笔|批)|[此该]类|此[项种]"
)
"""What the clause before names: 担任该集团主席."""

HOSTED = lazy_pattern(
    r"^[^，。；由]{2,40}(?:主办|承办|协办|联办|指导|支持|设计|监造|兴建|承建|施工|营运|出品|制作|发行)，$"
)
"""Who holds what the clause before names."""

NAMED_HERE = lazy_pattern(r"^(?:[本此这该](?:次|届|场|轮|批|项|起)|该)(?P<noun>[\u4e00-\u9fff]{2})")
"""What an earlier clause names: 颁发征文活动奖状，本次征文以节水为主题。"""

AMONG = lazy_pattern(r"^其中(?!之)")
ITEM = lazy_pattern(r"^[^，。；]{1,14}?\d[\d,.]*[^，。；\d]{0,6}(?:[（(][^（()）]*[)）])?[，。；]?$")
"""Of what 其中 divides one part: 北港区53个. Without the whole nobody knows of what."""

NUMBERED = lazy_pattern(r"^(?:[一二三四五六七八](?:要|是(?!否)|方面)|第[一二三四五六七八](?:，|、|是))")
"""An item of a list that is counted as it goes on: 一要…，二要…"""
BY_MEANS = lazy_pattern(
    r"^(?:[要应须])?以[^，；]{1,24}为(?:切入点|抓手|契机|主[题线]|核心|导向|目标|重点|引[领擎]|牵引|载体|依托|基础|突破口|中心|支撑)，$"
)
"""An adverbial of the next clause: 以水价为切入点，"""
BEARS = lazy_pattern(r"^(?:标志着|意味着|使得?|让|令|推动|促使|带动|致使|导致)")
"""A clause whose object is the subject of the next: 标志着大桥的建设，正式进入收尾阶段。"""
REASON = lazy_pattern(r"^(?:其|这|最)?(?:根本|主要|重要|直接|首要)?(?:的)?原因(?:就)?(?:在于|是|为)")
"""Why the clause before is so."""
IN_VIEW_OF = lazy_pattern(r"^(?:针对|針對|就(?!业|近|是|职|任|地|医))[^，。；]{4,40}，$")
"""To what somebody answers or reacts."""
STOCK = lazy_pattern(r"^(?:现有|尚有|累计|另有)[^，。；]{0,12}\d")
"""A number of the same as the one of the clause before: 境外输入392例，现有疑似9例。"""
ALSO = lazy_pattern(r"^[^，。；]{1,10}?也(?![许是])")
"""What is so of one thing beside another, which the clause before names."""
WITHOUT_OBJECT = lazy_pattern(
    r"^[^把将被由]*(?:发布|公布|公示|实施|施行|印发|上报|报批|执行|备案|颁布|公开|报送|审批|批准)[，；。]$"
)
"""A clause whose verb has no object behind it: 商省教育厅同意后及时发布。"""
MADE_UP_OF = lazy_pattern(r"^[^，。；]{2,10}由[^，。；]{1,16}组成。$")
"""A sentence that only says who sits in a body: 评议组由七位专家组成。"""

RANKED = lazy_pattern(
    r"(?:名列|位列|位居|排名|排在|列)[^，。；]{0,6}(?:第[一二三四五六七八九十\d]|榜首|首位|前[一二三四五六七八九十\d])"
)
"""A rank, which is one of the list or survey that the clause before names."""

COUNTED_WHAT = lazy_pattern(
    r"\d[\d,.]*[多余]?[万亿]?[多余]?[个项种条例件处座款批套只张台艘架部起](?:以上|左右)?[，。；]$"
)
"""A clause that ends with how many, perhaps without of what: 今年已经发布了30个。"""

STILL_TO = lazy_pattern(
    r"^(?:未来|今后|下一步|接下来|目前|现在|如今|今年|明年|下周)(?:也|还|亦|仍|将|正|会)+(?![有没是由])(?=持续|继续|与|对|把|向|在|不断|进一步|加)"
)
"""A sentence of what somebody, named before, goes on to do."""

POSSESSED = lazy_pattern(
    r"^(?:(?:首|末|头|终点|起点)[站梯轮班趟批期](?:次)?(?=[为是在将于选设由定自从])|[^，。；的]{0,4}(?:目标|期限|主题|名称|编号)[为是]|[总全首]长(?![^，]{1,10}的)|总?投资(?!者|人|商|机构|基金|界|环境)|总面积|占地|(?:全球|企业|公司)?总部|[^，]{0,6}(?:费用|学费|租金|月薪|薪资)(?=[为达约是\d]|每)|规划(?:利用|建设|新建|布局|总|用地|面积|投资|设)|年(?:产|发电|供|处理|销售?|均)|年[^，。；年月日]{1,6}(?:能力|规模)|日(?:产|供|处理|均)|设计(?:时速|年限|寿命|能力|使用)|总量|总额|数额|金额|情节|市值|营收"
    r"|净利润|(?:累计|总)?票房|生产总值|销量|销售额|产量|产值|增速|增幅|涨幅|降幅|跌幅|占比|比例|规模|总规模|单价|均价|票价|工期|展期|展览?面积|建筑面积|最高(?!法|检|人民)|最低|平均|累计|累積|首期|一期|二期"
    r"|[高长宽深]度|时速|重量|面积|(?:考核|评鉴|评比|考评)[^，]{0,4}获|身高|体重|同期|任期|享年|死者|伤者|并处|判处)"
)
"""A figure or part of the previous clause's subject: 总投资3亿元. Alone it would be attributed to
another subject."""

PLACE = lazy_pattern(r"^(?:在|于)[^，。；]{2,20}，$")
"""An adverbial of place: what follows is true there."""
SCOPE = lazy_pattern(
    r"(?:中|上|[中前后时阶]段|高峰|[初后末前]期|[旺淡]季|时|后|前|期间|以来|方面|内|间|末|底|初|之际|之后|之前|下)[，,]$"
)
"""An adverbial that ends so says where, when or of what the clauses after it are true."""
REMOVABLE = lazy_pattern(
    r"^(?:随着|为了?|在[^，]{0,14}(?:领导|支持|努力|指导|背景|推动|带动|关心|见证|帮助|协调|形势|影响|作用)下|根据|通过|围绕|针对|面对|按照|结合|依托)"
)
"""An adverbial that says how or why; what follows is true without it."""
