"""Page furniture: mastheads, folios, editors' lines, captions, jump lines, notices.

Reads one line at a time. Recognizes a line by what remains when the words typical of such lines
are removed (a masthead is a name, a date, a weekday and numbers), not by a list of whole lines.
"""

from __future__ import annotations

import re

from ..text.chars import HAN
from ..text.lazy_pattern import lazy_pattern
from ..text.masthead import DATE, NUMERAL, PAGE_NUMBER, PAPER, closed_up
from ..text.newsroom import OWN, PHOTOGRAPHED, REPORTER
from ..types import Role
from .lines import TERMINAL

FOLIO_WORDS = lazy_pattern(
    r"星期[一二三四五六日天]|[周週][一二三四五六日天]|(?:农历|農曆)[^\s]{0,12}|"
    r"[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[^\s]{0,8}|国内统一(?:连续出版物)?(?:刊|编)?号|國內統一刊號|"
    r"CN\s*\d{2}\s*[-—]\s*\d{4}|邮发代号|郵發代號|代号|总?第\s*\d+\s*[期号]|總第\s*\d+\s*期|(?:今日|本期)\s*\d+\s*版|"
    r"(?:今日)?[零]售价?|\d+(?:\.\d+)?\s*元|主管|主办|出版|国内外公开发行|\d+\s*[-—]\s*\d+|\d+|"
    r"(?:要闻|國際|国际|国内|本地|本市|本埠|社会|經濟|经济|财经|科技|文化|体育|教育|健康|民生|评论|综合|专版|专题|副刊|时政|地方|县域|生活|娱乐|天下|要聞|綜合|體育|新闻|新聞|头版|封面|导读|广告)"
)
WEATHER = lazy_pattern(
    r"(?:今[日天]|明[日天])?(?:天气|白天|夜间)?[：:]?\s*(?:多云|晴|阴|小雨|中雨|雷阵雨|阵雨|雪)[^。]{0,20}?(?:℃|度|级)"
)
STAFF = lazy_pattern(
    r"(?:本版|本期|今日|首席|值班|责任|執行|执行|版面|视觉|图片|新闻|文字|見習|助理|特约)*"
    r"(?:主编|编辑|編輯|责编|責編|美编|美編|编审|校对|校對|校检|检校|版式设计|版式|版面|设计|設計|制图|组版|排版|审校|审读|总编辑|值班主任|值班总编|"
    r"主任|统筹|策划|监制|制作|图编|视觉|美术|電郵)"
)
NAMES = lazy_pattern(rf"[\s：:/／｜|、，,;；·\-—（）()■□●{HAN}A-Za-z]*")
PHONE = lazy_pattern(r"[\s|｜]*(?:电话|電話|热线|信箱|邮箱|E-?mail)[：:\s]*[\w@.()（）\-]+")
NOTICE = lazy_pattern(
    r"(?:本[报社]|报社|编辑部|本報|社)?(?:地址|社址)[：:\s]|邮编|邮政编码|郵編|[热熱][线線](?:电话)?[：:\s]?[\d（(0]|[电電][话話][：:\s]?[\d（(0]|传真|"
    r"广告(?:部|热线|经营|许可|刊登|咨询)|廣告(?:熱線|部)|许可证|订阅|零售|定价|每[份月]\s*\d|承印|印刷|网址|官方微[信博]|公众号|二维码|扫码|版权所有|"
    r"法律顾问|投稿|(?i:e-?mail)|[\w.]+@[\w.]+|https?://|www\.|爆料|客户端下载|招租|出租|转让|优惠|盛大开|火爆|抢购|诚聘|咨询"
)
LEGAL = lazy_pattern(
    r"(?:声明作废|聲明作廢|特此(?:公告|声明|通知)|(?:遗失|遺失|注销|减资|清算|拍卖|招标|中标|寻亲|招领|更正|债权|挂失).{0,6}(?:声明|聲明|公告|启事|啟事|通知))"
)
NOTICE_HEAD = lazy_pattern(
    r"(?:[【\[〔（(])?(?:公益|商业|分类|分類)?(?:广告|廣告|公告|启事|啟事|声明|聲明|通告|通知)(?:栏|专栏)?(?:[】\]〕）)])?|"
    r".{2,8}(?:遗失|注销|减资|拍卖|招标|中标|招聘|招租|寻亲|停电|停水)?(?:公告|启事|声明|通告)|便民(?:信息|服务)"
)
PAGE_REF = rf"第?\s*(?:[A-Z]?\d{{1,3}}|[{NUMERAL}]{{1,3}})\s*版"
JUMP = lazy_pattern(
    rf"[（(【\[▶►→>＞\s]*(?:紧接|下转|上接|详见|詳見|转|接|轉|下轉|緊接|见|見|相关报道见|报道见)\s*(?:本报|今日|昨日|\d+月\d+日)?\s*{PAGE_REF}[^。]{{0,16}}?[）)】\]▶►→>＞\s]*"
)
JUMP_INLINE = lazy_pattern(
    rf"[（(【\[]\s*(?:紧接|下转|上接|详见|詳見|下轉|緊接|转|轉|接|相关报道见|报道见|见|見)\s*(?:本报|今日|昨日)?\s*{PAGE_REF}[^（）()]{{0,12}}[）)】\]]|"
    rf"[▶►→]\s*(?:下转|上接|详见)\s*{PAGE_REF}"
)
JUMP_FROM = lazy_pattern(r"上接|緊接|紧接|接第")
TEASER = lazy_pattern(
    rf".{{4,44}}?[\s…·.▶►→>（(／/|｜—－-]+(?:[详詳]?[见見]|刊)?\s*(?:{PAGE_REF}|[A-D]\d{{1,2}})\s*[）)>]*"
)
TEASER_HEAD = lazy_pattern(
    r"[【\[■●◆]?\s*(?:今日|本报|本期|本報)?(?:导读|導讀|看点|看點|要目|目录|提要|导航)\s*[】\]]?"
)
CAPTION = lazy_pattern(
    r"(?:[▲△▼▽◤◢↑↓←→]|[（(]?(?:图[为①-⑩一二三四]|圖[為①-⑩]|[上下左右题题]图|[上下左右]圖|题图|资料图|资料图片|图片说明|图说|图[：:]))"
)
CREDIT = lazy_pattern(
    rf"(?:[{HAN}]{{2,12}}|[／/])[\s／/：:]*(?:{PHOTOGRAPHED}|[／/]\s*图|图片|配图|发)[）)]?"
)
CREDIT_ONLY = lazy_pattern(
    rf"[（(]?(?:图片(?:来源)?[：:]\s*.{{2,20}}|(?:{OWN}|新华社|中新社|视觉中国|資料)?(?:{REPORTER}|特约摄影|摄影)?\s*"
    rf"(?:[{HAN}]{{2,4}}[\s、]*){{1,3}}{PHOTOGRAPHED}|(?:新华社|本报|中新社)发(?:[（(].{{2,12}}[摄攝][）)])?)[）)]?"
)
CREDIT_TAIL = lazy_pattern(rf"[。！][\s（(]*(?:[{HAN}]{{2,8}}[\s／/]*){{1,3}}{PHOTOGRAPHED}[）)]?$")
RULE = lazy_pattern(r"[\s\-—–_=*~·.…＊―─━═◇◆□■○●☆★※]+")


FOLIO_LINE = lazy_pattern(
    rf"[\s\-—·•|｜]*(?:[A-Z]?\d{{1,3}}[\s\-—·•|｜]*(?:[{HAN}]{{2,4}}[\s\-—·•|｜]*)?|[{HAN}]{{2,4}}[\s|｜·]+[A-Z]?\d{{1,3}})[\s\-—·•|｜]*"
)
STAFFED = lazy_pattern(rf"{STAFF.pattern}[\s：:／/]*[{HAN}]{{2,}}(?:[\s、]+[{HAN}]{{2,}})*[\s、]*")
PHONE_NUMBER = lazy_pattern(
    r"(?<!\d)(?:0\d{2,3}[-—－ ]?\d{7,8}|400[-—－ ]?\d{3}[-—－ ]?\d{4}|1[3-9]\d{9})(?!\d)"
)
NAVIGATION = lazy_pattern(
    r"[上下]一[版篇期条页]|返回(?:目录|首页|顶部|列表)?|版面导航|标题导航|版面目录|往期回顾|放大|缩小|默认|字[号体]|打印|收藏|分享|关闭|朗读|评论|点击|首页|PDF|Copyright|©|版权所有|"
    r"版权声明|未经(?:书面)?(?:授权|许可)|不得(?:转载|复制)|[大中小](?=[\s+\-—○●]|$)|(?:阅读|查看|展开|浏览)(?:全文|原文|详情)|扫一扫|下载客户端|第一页|末页",
    re.IGNORECASE,
)


def comes_from(text: str) -> bool:
    """Whether a text begins with a jump line from another page: （上接第一版）."""
    found = JUMP_INLINE.match(text)
    return found is not None and JUMP_FROM.search(found[0]) is not None


def _is_navigation(text: str) -> bool:
    """Whether the line is a web page's navigation."""
    words = NAVIGATION.findall(text)
    rest = re.sub(rf"[^{HAN}]", "", NAVIGATION.sub("", text))
    return bool(words) and (len(rest) <= 2 * len(words) or bool(re.search("版权|©|Copyright", text)))


def _masthead_role(text: str) -> Role | None:
    """MASTHEAD or FOLIO if the line has hardly any other words, else None."""
    strong = (
        DATE.search(text)
        or PAGE_NUMBER.search(text)
        or re.search("刊号|刊號|代号|总第|總第|今日.{0,2}版|星期", text)
    )
    name = PAPER.fullmatch(text.replace(" ", "").replace("\u3000", ""))
    if name:
        return Role.MASTHEAD
    if re.search("刊号|刊號|邮发代号|郵發代號", text) and re.search(r"\d", text):
        return Role.MASTHEAD
    if not strong:
        return Role.FOLIO if FOLIO_LINE.fullmatch(text) else None
    paper = PAPER.search(text)
    rest = STAFFED.sub(" ", text)
    for pattern in (WEATHER, DATE, PAPER, PAGE_NUMBER, FOLIO_WORDS):
        rest = pattern.sub(" ", rest)
    rest = re.sub(rf"[^{HAN}A-Za-z]", "", rest)
    dated = DATE.search(text) and re.search(r"星期|[周週][一二三四五六日]|\d\s*版|第.{1,3}版", text)
    if len(rest) > (10 if dated else 6 if paper or DATE.search(text) else 4):
        return None
    if not dated and len(text) > 14 and len(rest) > len(text) // 4:
        return None
    return Role.MASTHEAD if paper or DATE.search(text) or re.search("刊号|代号|总第", text) else Role.FOLIO


def _is_staff_line(text: str) -> bool:
    """Whether the line only names editors and designers with their jobs."""
    text = PHONE.sub("", text)
    first = STAFF.search(text)
    if not first or first.start() > 2:
        return False
    rest = STAFF.split(text)
    return (
        all(len(part) <= 18 for part in rest)
        and any(part.strip(" \u3000：:/|｜、") for part in rest[1:])
        and bool(NAMES.fullmatch(text))
        and bool(re.match(r"\s*[：:/／｜|]|\s+", rest[1]))
    )


def furniture_role(text: str) -> Role | None:
    """The role of a line that belongs to no article's words, else None."""
    size = len(text)
    if size > 120:
        return None
    if RULE.fullmatch(text):
        return Role.MARKUP
    final = text[-1] in TERMINAL
    if size <= 40 and JUMP.fullmatch(text):
        return Role.JUMP
    if size <= 90 and not final:
        role = _masthead_role(closed_up(text))
        if role:
            return role
        if size <= 70 and _is_staff_line(text):
            return Role.EDITORS
    if CAPTION.match(text) and size <= 110:
        return Role.CAPTION
    if not final or text.endswith("…"):
        if size <= 40 and CREDIT_ONLY.fullmatch(text):
            return Role.CREDIT
        if TEASER_HEAD.fullmatch(text) or (size <= 56 and TEASER.fullmatch(text)):
            return Role.JUMP
        if size <= 14 and NOTICE_HEAD.fullmatch(text):
            return Role.NOTICE
        if size <= 60 and (PHONE_NUMBER.search(text) or _is_navigation(text) or text.startswith("广告 ")):
            return Role.NOTICE
        if size <= 80 and "。" in text and CREDIT_TAIL.search(text):
            return Role.CAPTION
        found = NOTICE.search(text)
        if (
            found
            and (found.start() <= 6 or len(NOTICE.findall(text)) > 1)
            and (re.search(r"\d{3}|@|www|http|扫码|二维码", text))
        ):
            return Role.NOTICE
    if LEGAL.search(text) and size <= 120:
        return Role.NOTICE
    return None


def caption_ends(text: str) -> bool:
    """Whether a caption is complete: it ends with the photographer's credit or a full stop."""
    tail = text[-24:]
    return text[-1] in TERMINAL or any(found.end() == len(tail) for found in CREDIT.finditer(tail))
