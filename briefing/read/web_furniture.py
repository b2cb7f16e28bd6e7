"""Tells the lines of a web page that belong to the site from those of its article.

A line of furniture ends the article (related news, comments, editors, disclaimers) or only
interrupts it (sharing, advertisements, calls to follow). Knows words and class names only.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from ..text.lazy_pattern import lazy_pattern
from .web_credits import (
    NEXT_PAGE,
    is_answer,
    is_list_heading,
    is_own_page,
    is_source,
    is_staff,
    is_tools,
    tells_of_office,
)

LONGEST_HEADING = 26
LONGEST_NOTICE = 400


class Furniture(Enum):
    """What a line of furniture does to the article before it."""

    READING = "a list of other articles: the article may go on after it"
    END = "comments, the way to other pages: nothing follows"
    CREDIT = "editors, copyright, disclaimers: nothing follows but in the first third"
    LINE = "a line apart"


SIMPLIFIED = str.maketrans(
    "還這個們為與並於請錄註冊務讚開啟隱約團採訪說熱點閱關讀聞導評論貼編輯責載權聲聯繫專題圖組類視頻薦檢舉報歡訂廣網頁進標籤選輪條資訊話連結臉書發佈來轉擊詳續鏈審監製後間時電號業務僅觀場財經國際樂體殺線諮詢輔勵給張護婦過費會員餘鎖買購級檔滿飲駕煙菸詐騙緝將機輕萬館師協談綜區陸駐譯攝畫產傳隊戰黨島縣鄉鎮億廠農長門陽陰雲車東賣愛圓夢優儲藥醫應變裡複雜瀏覽決問覺顧調絡紙週郵據確認陳顯"
    "畢獎課講額丟乾併侷係側備傢儘兒內兩別刪則剛創劃劉動卽參啓單噹嚴執塊壇夥娛學寀實寫尋對屬幹廳彆復態懷戶掃搶撥擔擴數昇暢暫査構檯欄歲氣沒減溫滬滾無營爲獨獲現産異當盡眾碼穫筆箇簡簽籌糰糾細終絕統絶綫維綵縮總繼纔罈習聽腳臺興舘華葯蒐蓆蔘藍蘇處蟲衆術衕裏裝覈見計討記設許証詞試該語誤説謝謹證識議負贊辦迴運違遞鄭錯録錶鍵鍾鐘閉閤閲陞險隻頂須預領頭風颱駛驗髮鬚魯麫麵麼齣囌帶從朮榦節粵繪脩︰﹕∶﹝﹞",
    "还这个们为与并于请录注册务赞开启隐约团采访说热点阅关读闻导评论贴编辑责载权声联系专题图组类视频荐检举报欢订广网页进标签选轮条资讯话连结脸书发布来转击详续链审监制后间时电号业务仅观场财经国际乐体杀线咨询辅励给张护妇过费会员余锁买购级档满饮驾烟烟诈骗缉将机轻万馆师协谈综区陆驻译摄画产传队战党岛县乡镇亿厂农长门阳阴云车东卖爱圆梦优储药医应变里复杂浏览决问觉顾调络纸周邮据确认陈显"
    "毕奖课讲额丢干并局系侧备家尽儿内两别删则刚创划刘动即参启单当严执块坛伙娱学采实写寻对属干厅别复态怀户扫抢拨担扩数升畅暂查构台栏岁气没减温沪滚无营为独获现产异当尽众码获笔个简签筹团纠细终绝统绝线维彩缩总继才坛习听脚台兴馆华药搜席参蓝苏处虫众术同里装核见计讨记设许证词试该语误说谢谨证识议负赞办回运违递郑错录表键钟钟闭合阅升险只顶须预领头风台驶验发须鲁面面么出苏带从术干节粤绘修：：：〔〕",
)
"""The characters of furniture in traditional script, and other forms of a colon and brackets: the patterns are in
simplified script."""
MARKS = "■●◆▲★☆※◎ "
"""Marks that set a line apart."""
DECORATION = "※◎【】[]〔〕《》「」■●◆▲★☆→>＞»…·|｜:：—- \u3000▼↓↑⬇⬆👇👆🔻\ufe0f"
READING = lazy_pattern(
    r"(?:相关|延伸|推荐|扩展|往期|更多|热门|热門|精彩|最新|其他|其它|今日|本网|站内|关联|同类|猜您?|为您|编辑|精选|专题)的?"
    r"(?:新闻|报道|报导|阅读|文章|专题|推荐|内容|资讯|视频|影片|图片|图集|稿件|链接|连结|话题|标签|搜索|回顾|精彩|热点|要闻|消息|动态|看点|喜欢的?|信息|产品|公司|个股|评论)"
    r"(?:推荐|推介|阅读|列表|更多|排行|一览)?|(?:推荐|热门|相关|精彩)|(?:新闻|延伸)链接|关键[词字].{0,20}|标签|TAGS?|(?:相关)?附件"
)
LISTS = lazy_pattern(
    r"(?:(?:24|48|72)小时|一周|本周|今日|昨日|每日|实时|即时|全站|本站|本月|频道|新闻|阅读|点击|评论|热点|热门|图片|视频|资讯|文章|人气|热度|关注|分享)*"
    r"(?:热点|热榜|热搜|热闻|热文|热帖|热评|排行榜|排行|榜单|点击榜|头条)(?:新闻|推荐|排行|文章|资讯|榜|精选)*"
    r"|(?:图片|图说|滚动|国内|国际|社会|热门|精彩|焦点|今日|最新|独家|要闻|时政|财经|娱乐|体育)?(?:新闻|要闻|图集|视频|推荐|组图|专题|精选|资讯|头条|速递|播报|焦点)(?:推荐|排行|精选|中心|列表|聚焦|更多|more)?"
    r"|猜你(?:喜欢|想看|关注).{0,8}|你可能(?:还|也|感).{0,8}|大家(?:都|正|还)?在?(?:看|搜|关注).{0,6}|(?:为您|为你|给您|系统|智能|小编|编辑|主编|站长|今日|本期|精品|广告)推荐.{0,6}"
    r"|看[过了].{0,8}[还又也].{0,6}|(?:其他人|别人|他们|网友们?|读者)[还也都正]{0,2}在?(?:看|读|关注|搜)了?什?么?|.{0,4}都在看.{0,6}|特别推荐|精彩(?:推荐|图文|博文|专栏).{0,6}|(?:今日)?看点|相关(?:报道|新闻|阅读|文章)\s*(?:\d+|更多|>+).{0,8}|阅读下一篇.{0,60}|分页导航.{0,40}"
)
END_HEADING = lazy_pattern(
    r"(?:网友|读者|最新|热门|精彩|全部|所有|文明|用户|参与|我要|我来|发表|查看|写|抢){1,3}(?:\d{1,6}条)?的?(?:评论|跟[贴帖]|留言|讨论|点评|回复|说两句).{0,14}|共\d{1,6}条评论.{0,14}"
    r"|(?:评论|跟[贴帖]|留言)区?\s*(?:[（(]?\d{1,6}[)）]?条?)?|(?:目前|暂)还?(?:没有|无)任何?(?:跟[贴帖]|评论).{0,14}|(?:登录|注册)后?.{0,6}(?:评论|发言|留言|跟帖).{0,8}"
    r"|[上下前后][一1]?[篇条页则]\s*(?:[：:].{0,60})?|[上下]一[篇条](?:新闻|文章)?.{0,60}|返回.{0,10}|(?:关闭|打印|收藏)(?:本?[页文]|窗口|此页)?|作者(?:其他|更多|最新)?(?:文章|简介|作品).{0,6}"
    r"|用户登录|(?:快速|免费)?注册.{0,8}|(?:友情|合作)(?:链接|伙伴|网站)|网站(?:导航|地图)|(?:回到|返回)?(?:顶部|页首)|新闻(?:图片|热线|爆料).{0,24}"
)
EDITORS = lazy_pattern(
    r"[（(\[【〔]?(?:(?:本文|文章|稿件)?来源\s*[：:].{1,60}?)?[（(\[【〔]?\s*(?:本文|文章|本期|本版|值班|实习|新媒体|网络|网页|图文|执行|流程|视觉|内容|网站|稿件|文字)?(?:责任编辑|责任编缉|责编|编辑|主编|编审|审核|审校|审读|校对|总?监制|终审|初审|复审"
    r"|[一二三]审|统筹|总编辑?|策划|排版|美编|编校|值班主任|终校|制作|出品人?|签发|核稿|编发|编委|审签|总值班|编排|网编|录入|上传|供稿|编导|剪辑|运营)\s*(?:[：:丨｜︱|/／]|\s(?=\S{2,4}$)).{0,80}"
)
EDITORS_TAIL = lazy_pattern(
    r"\s*[（(\[【〔]\s*(?:本文)?(?:责任编辑|责编|编辑|值班编辑|实习编辑|网络编辑|审核|校对|核稿|译者|编译|翻译)\s*[：:/丨｜ ][^）)\]】〕。]{1,30}[）)\]】〕]?\s*\d{0,8}\s*$"
    r"|(?<=[。！？”）)])\s*(?:责任编辑|责编|本文来源)\s*[：:].{1,40}$|(?<=[。！？”）)])\s*《[^》]{2,12}》\s*(?:关心|提醒)(?:您|你)$|(?<=[。！？”）)])\s*相关(?:新闻|报道)[刊见]\S{1,8}|(?<=[。！？”）)])\s*(?:返回|进入)?(?:[\[【]?(?:详细|详情|全文)[\]】]?|>>+\S{0,12}|查看更多.{0,8}|返回[^，。\s]{1,8}，查看更多)\s*$"
)
MARKED_TAIL = lazy_pattern(r"(?<=[。！？”」）)])\s*[★☆※◎●■◆▲►▶][^。]{4,60}$")
"""What is set apart by a mark at the end of a paragraph."""
STAFF = lazy_pattern(
    r"(?:(?:责任编辑|责编|编辑|校对|审核|摄影|制图|文字|图文|供稿|监制|值班编委|来源|记者|通讯员)(?:\s|/|／)\s?\S{2,6}(?:\s|$)\s?){2,8}|.{0,24}供稿\s.{0,40}"
    r"|(?:(?:责任编辑|责编|编辑|校对|审核|审读|监制|排版|运营|设计|美编|视觉|摄影|撰文|作者|文|图)\s?[：:|｜丨/／\s]\s?\S{2,8}\s?[|｜丨/／]\s?){1,6}(?:责任编辑|责编|编辑|校对|审核|审读|监制|排版|运营|设计|美编|视觉|摄影|图)\s?[：:|｜丨/／\s]\s?\S{2,8}"
)
"""Names of the staff without colons: 编辑 刘某某 校对 李某."""
COPYRIGHT = lazy_pattern(
    r"(?:^|[\s|])(?:copyright|©|\(c\)\s*\d{4}|all rights reserved)|©|ICP[备证]|[京沪粤苏浙鲁]公网安备|(?:网络|新闻|信息)[^。]{0,16}许可证|版权所有"
    r"|(?:违法|不良)(?:和|与)?(?:不良)?信息举报|举报(?:电话|邮箱|热线)[：:]|(?:法律顾问|[报爆]料(?:热线|电话|信箱|邮箱|专线)|投稿(?:信箱|邮箱)|广告(?:热线|联系|服务)|客服(?:电话|热线)|联系电话|网站(?:标识码|主办)|主办单位|承办单位|技术支持)[：:]",
    re.IGNORECASE,
)
NOTICE = lazy_pattern(
    r"^\W{0,3}(?:特别|郑重|免责|版权|法律|侵权|转载|风险|重要|本站|本网|平台)?(?:声明|申明|免责条款)[：:】\s]|^\W{0,3}(?:免责|版权|特别|郑重)声明|^\W{0,3}(?:风险|温馨|友情)?提示[：:】]"
    r"|(?:未经|非经)[^。]{0,24}(?:授权|许可|同意|允许|书面)[^。]{0,16}(?:不得|禁止|严禁|谢绝|请勿|均为|擅自)"
    r"|(?:本文|文章|内容|以上|此文|该文|作品|观点|言论|稿件)[^。]{0,24}(?:仅|只|不|并不)(?:为|是|代表)[^。]{0,24}(?:观点|立场|意见|看法)"
    r"|^\W{0,3}凡(?:本[网站报]|注明|来源|标注|署名|转载)|(?:如|若)[^。]{0,24}(?:侵权|版权|异议|权益|问题)[^。]{0,24}(?:联系|删除|告知)"
    r"|转载[^。]{0,8}(?:请|须|需|应)[^。]{0,10}(?:注明|联系|标明|保留|申请)|投资需谨慎|不构成[^。]{0,12}(?:投资|买卖|操作)?[^。]{0,4}建议|(?:风险|据此)[^。]{0,8}(?:自担|自负|操作)"
    r"|本(?:网站|网|站|报|台|刊|平台)(?:有权|保留)[^。]{0,50}(?:留言|评论|用户|言论)|(?:仅供|只供)(?:读者|网友|大家|投资者)?(?:参考|学习|交流)[^。]{0,30}(?:核实|建议|用途|证实)|本[网站]?(?:页面)?(?:转载|转发|刊登)[^。]{0,20}(?:目的|出于)|网友评论仅供|服务平台。?$|信息存储|(?:捐款|赞助|订阅|小额|定期定额)[^。]{0,6}支持(?:我们|本[报刊台站网])|(?:权利人|著作权人)[^。]{0,20}(?:联系|通知)"
)
PUBLIC_NOTICE = lazy_pattern(
    r"\W{0,3}[^，。：:]{0,14}(?:[报网社台刊》]|新闻|新闻云|电视|编辑部)\s*(?:关心|提醒)(?:您|你|大家|民众)?"
    r"(?:[：:]?|[，,：:！!].{0,50}(?:机会|生命|自杀|轻生|酒|毒|求助|专线|拨打|热线|珍惜)[^。]{0,30}[：:。！]?)"
    r"|.{0,30}(?:自杀|防治|咨询|辅导|安心|生命线|张老师|家暴|性侵|妇幼|儿少|戒毒|戒烟|戒酒|反诈|防骗|心理|援助|求助|协谈|关怀|危机干预|保护)[^，。\d]{0,24}"
    r"[：:（(\s]?[\d（(][\d\-—－－转#、/（）()\s]{2,40}(?:[（(，,、；;。].{0,60})?"
    r"|\W{0,3}(?:请)?(?:珍惜|珍爱|尊重)生命.{0,30}|\W{0,3}再给自己一次机会.{0,20}|\W{0,3}自杀(?:解决不了|不能解决|并不能)[^。]{0,30}[。！]?[^。]{0,20}[。！]?"
    r"|\W{0,3}(?:请勿|切勿|禁止|勿)?(?:酒后(?:不|勿|请勿)(?:开车|驾驶)|酒驾|饮酒过量)[^。]{0,40}[。！]?|\W{0,3}未(?:成年|满十八岁|满18岁)[^。]{0,8}(?:饮酒|吸烟|喝酒|抽烟)[^。]{0,20}[。！]?"
)
"""Notices that papers put under stories of suicide, violence, drink or fraud: hotlines, and whom they care for."""
LOCKED = lazy_pattern(
    r"(?:您|你)?所?(?:浏览|阅读|查看|访问)的(?:新闻|文章|内容|页面|报道|报导)[^。]{0,12}(?:时效|过期|不存在|删除|下线|下架|失效)"
    r"|^[^。，]{0,16}(?:加入|成为|订阅|开通|购买|升级|登录)[^。，]{0,14}(?:会员|VIP|订户|订阅)[^。]{0,16}(?:阅读|观看|浏览|全文|解锁|畅读|找寻|查看)[^。，]{0,10}[。！]?$"
    r"|(?:本文|全文|此文|本篇|以下内容)(?:为|是|仅限|限|只限|仅供)[^。，]{0,8}(?:会员|付费|订阅|订户)|(?:订户|会员|读者)[^。，]{0,6}(?:登入|登录)[^。，]{0,4}继续(?:浏览|阅读|收看|观看)|(?:还|尚)?(?:剩|余|有)[^。]{0,6}\d{1,3}%?[^。]{0,6}(?:未读|内容|全文)|试读(?:结束|已)",
    re.IGNORECASE,
)
"""What stands where the rest of an article is for members only, or gone."""
CALL = lazy_pattern(
    r"[^。]{0,24}(?:新书|电子书|计划|优惠|讲座|课程|会员|专页|频道)[^。]{0,60}(?:[，,。！!：:；;].{0,120})?"
    r"(?:请按(?:此|这里)|(?:订阅|详情|登记|报名|下载|登入|了解)(?:请)?按此|按此(?:订阅|登记|报名|下载|了解|查看|登入))\W{0,4}"
    r"|[^。]{0,24}(?:APP|App|客户端)[^。]{0,40}请立即(?:更新|下载)[^。]{0,20}(?:精彩|https?:).{0,60}"
    r"|[^。]{0,12}(?:报料|爆料)[^。]{0,24}(?:采用|报道|报导)[^。]{0,20}(?:奖品|奖金|酬金|稿费)[^。]{0,6}。?"
    r"|(?:推介|推荐|相关)(?:文章|影片|报道|新闻)\s*[：:].{0,60}"
    r"|[^。]{0,90}立即(?:收看|观看|睇片|重温)[！!」》\s]*|[^。]{2,50}【下一页】"
)
"""What a paper calls upon its readers to buy, to install or to send in."""
CALLS = lazy_pattern(
    r"按此|请按|请立即|[报爆]料|(?:文章|影片|报道|新闻)\s*[：:]|立即(?:收看|观看|睇片|重温)|【下一页】"
)
"""Words without which a line is no such call."""
LONGEST_CALL = 220
LINES = lazy_pattern(
    r"(?:分享|转发|分享到|分享至|分享本文)(?:到|至|给)?.{0,40}|(?:微信|QQ|微博|朋友圈|[用手机])*(?:扫码|扫一扫|扫描|长按|掃描).{0,60}|.{0,16}(?:二维码|二維碼|扫一扫|扫码).{0,40}"
    r"|.{0,10}(?:下载|打开|打開|安装|使用|进入|前往|登录)[^，。]{0,16}(?:客户端|APP|App|app|应用).{0,30}|.{0,20}(?:关注|订阅|搜索|添加)[^，。]{0,20}(?:公众号|公眾号|微信号?|微博|头条号|客户端|频道|我们).{0,30}"
    r"|(?:点击|点此|戳|进入|查看|阅读|观看|展开|收起)[^，。]{0,24}(?:专题|更多|全文|原文|详情|详细|视频|大图|原图|下一页|余下|链接|评论|这里|阅读|报名|购买|上方|下方|蓝字|进入)(?:[^。]{0,16})|\W*(?:阅读|展开)(?:原文|全文|更多)\W*|\W{0,3}(?:请)?(?:点击|按)图片?(?:可)?(?:放大|看大图).{0,6}|\+\d{1,3}|[★☆※]{1,3}.{2,40}[★☆※]{1,3}\W*|同场加映\s*[：:].{0,90}|(?:总共|剩余|目前)时间\s*-?\s*\d{1,2}:\d{2}.{0,10}|(?:载入|加载)完毕.{0,14}|串流类型.{0,10}|(?:视讯|视频|影片)?播放器.{0,6}(?:载入|加载).{0,6}|展开(?:全文|阅读)?|更多.{0,16}(?:请|尽在|内容|精彩|详情|>+).{0,24}"
    r"|(?:字号|字体|文字大小|背景|放大|缩小|默认|朗读|语音播报)[：:\s].{0,30}|[大中小\s]{2,8}|(?:打印|关闭|收藏|纠错|举报|点赞|赞|踩|在看|喜欢|转发|评论|分享|复制链接|订阅|关注|阅读|浏览|点击|人气|热度|顶|\+1|[\d\s|/·（）()：:【】\[\]])+"
    r"|(?:阅读|浏览|瀏覽|点击|人气|评论|点赞|播放|访问)(?:量|数|次数|人数)?\s*[：:]?\s*[（(]?[\d.,万+]+.{0,30}|\d[\d.万]*\s*(?:次)?(?:阅读|浏览|人参与|评论|跟[贴帖]|条评论|人跟贴|点赞|赞|播放).{0,20}"
    r"|\W{0,3}(?:本文|文章|信息|新闻|稿件|内容|图文|图?影片|影音|图片|照片|视频|素材|封面图?|头图|题图|首图|配图)?(?:来源|稿源|出处|转自|摘自)\s*[：:|｜丨︱].{1,50}|[（(]本[文稿][^。]{0,20}(?:授权|同意|许可)(?:转载|发布|刊发)[^。]{0,6}[）)]|[（(](?:本文|文章|稿件)?(?:来源|稿源|转自|原载)\s*[：:][^。]{1,80}[）)]|(?:更多)?相关(?:资讯|内容|新闻|信息)请关注.{0,24}|更多[^。]{0,40}请(?:关注|登录|访问|浏览|点击)[^。]{0,40}|(?:减少|屏蔽|不再)[^。，]{0,8}(?:推荐|显示)[^。，]{0,8}|已标记[^。]{0,30}(?:推荐|内容)|(?:对[^，。]{0,8})?不感兴趣|不喜欢(?:这|该|此)[^，。]{0,10}|(?:文中|本文|文内|以上|部分)?(?:图片|图)均?(?:来自|来源于|源于).{0,14}|.{0,8}详情请?(?:戳|点击|见).{0,20}|[（(]?本文来自.{2,20}[，,].{0,40}(?:下载|关注).{0,30}"
    r"|[^，。]{0,50}(?:下载|打开|用)APP[^，。]{0,40}|[^。]{0,70}(?:下载|安装|打开)[^。]{0,16}(?:客户端|APP)[^。]{0,10}(?:还能|获得|领取|第一时间|免费|享受)[^。]{0,60}|作品声明[：:].{0,30}|(?:点[个点]?|请|欢迎|记得)?关注(?:我们?|本号|一下)[，,！!].{0,16}(?:解锁|不迷路|带你|好运|每天|获取|更多).{0,60}|广告|AD|ADVERTISEMENTS?|SPONSORED|推广|powered by .{2,30}|\S给(?:你|您)听|(?:本)?广告位.{0,12}|[（(]?(?:本文)?原(?:标题|题)为?[：:《].{0,80}|自动播放.{0,60}|已收藏.?|.{0,40}我的收藏.{0,30}|.{0,60}(?:扫描|长按|识别)[^。]{0,10}二维码.{0,50}|(?:视频|正在|图片)?加载中.{0,12}|(?:本|该)(?:视频|文|音频).{0,10}(?:播放|加载).{0,10}|您的浏览器.{0,30}|请(?:先)?(?:登录|開啟|开启).{0,24}|第?\d+/\d+页?|(?:首|尾|末|上一|下一)页.{0,30}|共\s*\d+\s*页.{0,30}"
    r"|以下(?:文章|内容)(?:来源于|来自|转载自)[^。：:]{1,30}|[^。]{0,40}轻点两下取消(?:赞|点赞|在看|推荐|喜欢)[^。]{0,60}|.{0,20}(?:看本栏目更多|更多精彩|敬请期待|未完待续|本文共\d+).{0,30}|(?:记得|快来|欢迎|喜欢就).{0,12}(?:点赞|在看|转发|留言|关注|收藏|分享).{0,20}|\W{0,3}(?:THE )?END\W{0,3}|—+\s*END\s*—+|全文完|\*+|[-—=_.·•↓]{2,}"
    r"|.{0,14}(?:首页|主页)\s*[>》›/»＞].{0,80}|(?:您|你)?(?:现在|目前)?(?:的|所在)?(?:当前)?的?位置\s*[：:].{0,80}|.{0,24}[>＞»›]\s*(?:正文|内容|文章|详情).{0,20}|正文|手机(?:看|版|阅读|访问).{0,20}|(?:语音|音频|视频|AI).{0,4}(?:播报|朗读|听新闻).{0,10}|设为首页.{0,16}|加入收藏.{0,10}|.{0,10}(?:返回|回到)(?:首页|搜狐|列表|目录).{0,16}",
    re.IGNORECASE,
)
NAMES = lazy_pattern(
    r"(?:^|[-_\s])(?:related?|relat\w*|relevan\w*|recom\w*|recommend\w*|tuijian|xiangguan|xgyd|xgxw|xgwz|hots?|hotnews|hotlist|rank\w*|paihang|comments?\w*|cmts?|post-?comment|tie|pinglun|replys?|gentie|shares?|sharebar|bdsharebuttonbox"
    r"|bshare\w*|jiathis\w*|fenxiang|qrcodes?|qr|ewm|erweima|copyright\w*|vjs|video-?js|jw-?player|donat\w*|sponsor\w*|newsletters?|toc(?:text|list|nav|box|menu|item)?|footer?s?|foot\w{0,5}|nav\w*|menus?|crumbs?|bread\w*|sidebar|side|asides?|ads?|adv\w*|gg\d*|guanggao|banner|download\w*|subscribe|login|vote"
    r"|toolbars?|tools?|statement|disclaimer|mianze|shengming|tags?|keywords?|pagination|pager|pagebar|prev|nextpage|friendlinks?|links|topbar|header|top-?nav|logo|search|tuiguang|wxts|app-?down\w*|openapp|popup|modal|float\w*|toast|zan|dianzan|like|editors|editor-?(?:info|name)|dutybox|zeren)(?=$|[-_\s\d])",
    re.IGNORECASE,
)
STRONG_NAMES = lazy_pattern(
    r"(?:^|[-_\s])(?:relate|related|relevant|recommend\w*|tuijian|hotnews|comments?|cmts?|pinglun|gentie|reply|copyright|footer|foot|nav|menu|sidebar|pagination|crumbs?|breadcrumbs?)(?=$|[-_\s\d])",
    re.IGNORECASE,
)
LABELS = (
    r"稿?来源|出处|作者|记者|通讯员|责编|责任编辑|编辑|时间|日期|发布|浏览|阅读|点击|字号|字体"
    r"|文号|媒体|摄影|供稿|发布者|发布人|发布单位|信息来源|索引号|公开|分类|所属|栏目|栏名|频道|人气|评论|标签"
)
"""What a line under the headline states, before a colon."""
INFO = lazy_pattern(
    r"\W{0,2}(?:(?:发布|发表|更新|上传|编辑|刊发|修改|创建|建立|最后更新|北京)?(?:时间|日期|于|更新)?\s*[：:]?\s*)?(?:(?:19|20)\d{2}\s*[-/.年]|\d{1,2}/\d{1,2}/(?:19|20)\d{2}|\d{2}-\d{2}\s|[〇零一二三四五六七八九]{4}年|\d{1,2}:\d{2}|(?:昨天|今天|前天|刚刚)(?=\s|$)|\d{1,2}(?:小时|分钟|天)前).{0,90}"
    rf"|\W{{0,2}}(?:{LABELS})[^，。]{{0,6}}[：:].{{0,90}}"
    r"|.{0,16}(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}.{0,60}|.{0,30}(?:来源|作者|字号|浏览|阅读).{0,40}|)"
)
"""A line under the headline: the time, the source, the author, the size of type."""
BYLINE = lazy_pattern(
    r"[〔【（(\[]?(?:记者|特派员|特约记者|[^，。；！？：:／/]{0,6}(?:中心|组|新闻|社))?[^，。；！？：:／/]{0,32}[／/](?:综合|[^，。；！？：:／/]{1,8})(?:报导|报道|编译|摄影报导|摄影报道|外电)[〕】）)\]]?"
    r"|(?:文字|图文|本报|本网|实习|特约|首席|.{0,12}?)?(?:作者|记者|撰文|撰稿|采写|通讯员|执笔|编译|文)\s*[：:/／|｜丨︱ ]\s*[^，。；！？：:]{2,40}"
    r"|(?:本报|本网|本台|[^，。；！？：: ]{2,10}(?:社|报|网|台|周刊))(?:特约)?(?:记者|通讯员|评论员)"
    r"|(?:记者|通讯员)[ \u3000]?[^，。；：\s]{1,2}[ \u3000][^，。；：\s]{1,2}"
    r"|(?:法庭|采访|特约|本报|[^，。；！？：:、\s]{2,6}[社报网台])?记者(?!手记|[会节证团们问答注按说在从来走了采调观看])\s*[^，。；！？：:、\s]{2,4}(?:\s?[、和]\s?[^，。；！？：:、\s]{2,4}|\s[^，。；！？：:、\s]{2,4}){0,5}(?:\s.{2,6}报[导道])?"
    r"|(?:[^，。；！？：:、\s]{2,3}\s){1,4}(?:综合|采访)报[导道]|(?:摄影|摄像|制图|绘图|美术|插画)\s*[：:]\s*[^，。；！？：:]{2,20}"
)
SOURCE_BEHIND = lazy_pattern(r"\s+(?:来源|稿源)\s?[：:]\s?\S{2,16}$")
SPACED = lazy_pattern(r"^(\w)[ \u3000]{1,4}(\w)(?= ?[：:])")
"""A label of two characters set apart: 监 制：."""
CAMEL = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")


def furniture_of(text: str) -> Furniture | None:
    """What a line is if it belongs to the site; None if it may be the article's."""
    text = text.translate(SIMPLIFIED)
    text = SPACED.sub(r"\1\2", text)
    bare = text.strip(DECORATION)
    if len(bare) <= LONGEST_HEADING:
        if READING.fullmatch(bare) or LISTS.fullmatch(bare) or is_list_heading(bare):
            return Furniture.READING
        if END_HEADING.fullmatch(bare) or is_answer(text.lstrip(DECORATION).rstrip()):
            return Furniture.END
    if len(text) <= 120 and (
        EDITORS.fullmatch(text) or is_staff(text) or (len(text) <= 60 and STAFF.fullmatch(text))
    ):
        return Furniture.CREDIT
    if len(text) <= LONGEST_NOTICE and (NOTICE.search(text) or COPYRIGHT.search(text)):
        return Furniture.CREDIT
    if len(text) <= 110 and (_is_public_notice(text) or LOCKED.search(text)):
        return Furniture.CREDIT
    if (len(text) <= 110 and LINES.fullmatch(text)) or is_source(text) or is_tools(text):
        return Furniture.LINE
    if is_own_page(text) or is_call(text):
        return Furniture.LINE
    return None


def _is_public_notice(text: str) -> bool:
    return PUBLIC_NOTICE.fullmatch(text) is not None and not tells_of_office(text)


def is_call(text: str) -> bool:
    """Whether a line calls upon the readers to buy, to install or to send in."""
    text = text.translate(SIMPLIFIED)
    return len(text) <= LONGEST_CALL and bool(CALLS.search(text) and CALL.fullmatch(text))


def is_info(text: str) -> bool:
    """Whether a line before the text states its time, source or author."""
    return len(text) <= 130 and "。" not in text and bool(INFO.fullmatch(text.translate(SIMPLIFIED)))


def is_byline(text: str) -> bool:
    """Whether a line names the authors and nothing else."""
    text = SOURCE_BEHIND.sub("", text.translate(SIMPLIFIED)).strip(DECORATION)
    return len(text) <= 60 and bool(BYLINE.fullmatch(text))


def without_editors(text: str) -> str:
    """The paragraph without the editors' names, a call to read on or the way to the next page at its end."""
    if pointer := NEXT_PAGE.search(text[-16:].translate(SIMPLIFIED)):
        text = text[: max(0, len(text) - 16) + pointer.start()]
    begin = max(0, len(text) - 120)
    found = EDITORS_TAIL.search(text[begin:].translate(SIMPLIFIED))
    if found:
        return text[: begin + found.start()]
    marked = MARKED_TAIL.search(text, begin)
    return text[: marked.start()] if marked and furniture_of(marked[0]) else text


def is_furniture_name(element: Any, *, strong: bool = False) -> bool:
    """Whether the class or id of an element names furniture of a site."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) < 2:
        return element.tag in ("nav", "footer", "aside", "form")
    pattern = STRONG_NAMES if strong else NAMES
    return element.tag in ("nav", "footer", "aside", "form") or bool(
        pattern.search(CAMEL.sub("-", names[:300]))
    )


__all__ = [
    "LABELS",
    "Furniture",
    "furniture_of",
    "is_byline",
    "is_call",
    "is_furniture_name",
    "is_info",
    "without_editors",
]
