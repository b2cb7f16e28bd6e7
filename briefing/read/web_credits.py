"""Lines around a web article that say whence it was taken, who worked on it, and what a reader may do with the page.

Reprints (转自《…》, 素材来源于网络), the staff in several roles, an office's tools (打印本页 关闭窗口). Knows words only;
a line is given in simplified script and whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..text.lazy_pattern import lazy_pattern

LONGEST = 60
"""Longest line that a pattern of this module is asked about, in characters; of one that names the staff, twice."""
MEDIUM = r"(?:日报|晚报|早报|晨报|周报|时报|都市报|商报|青年报|新报|在线|网站?|[社报刊台]|电视|新闻|客户端|公众号|微信|微博)"
ROLE = (
    r"(?:文字?|图片?|视频|撰[文稿]|作者|记者|通讯员|采写|摄影|制图|供图|供稿|编辑|责编|责任编辑|校对|审[核稿读校]|核稿|监制|排版|运营|设计|美编"
    r"|[初复终][审核]|[一二三]审|主编|统筹|策划|剪辑|录入|上传|发布)"
)
SOURCES = lazy_pattern(
    r"\W{0,3}(?:本文)?(?:转自|转载自|摘自|摘编自|原载于?|选自|综合自)\s?[：:]?[^，。？！]{2,40}"
    r"|[（(【\[]\s?(?:本文)?(?:内容)?(?:转自|转载自?|摘自|摘编自|原载于?|选自|综合自?)[：:\s]?[^。]{2,50}[)）】\]]"
    r"|[（(【\[]\s?(?:综合|据)[^，。（()）]{0,30}" + MEDIUM + r"(?:报道|消息)?\s?[)）】\]]"
    r"|[（(]\s?[^，。；：:、（()）\s]{2,12}"
    + MEDIUM
    + r"(?:[、\s]{1,2}[^，。；：:、（()）\s]{1,12}"
    + MEDIUM
    + r"){1,4}\s?[)）]"
    r"|综合[：:][^。]{2,30}" + MEDIUM + r"[^。]{0,12}"
    r"|(?:部分|本文|文中|以上)?(?:素材|图片|图文|文字|内容|资料)(?:均)?(?:来源于|来自|源自|源于|整理自)(?:网络|互联网)[^。]{0,20}。?"
    r"|(?:本文|原文|文章|新闻)(?:地址|链接|网址|出处)\s?[：:].{2,60}|(?:文章|稿件|本文)(?:来自|源自)\s?[：:].{2,40}"
    r"|\W{0,2}本[文稿](?:系)?由[^，。]{2,20}(?:提供|授权|供稿|整理|推荐)[^。]{0,16}|本[网报台刊]综合(?:报道|整理|消息)"
    r"|[（(](?:责任编辑|责编|编辑|网编|校对)\s\S{2,4}(?:[\s、]\S{2,4}){1,3}[)）]"
    r"|\W{0,2}(?:本文|此文|原文)(?:首发于|原载于?|刊于|发表于|来源于)[^，。]{2,40}。?"
    r"|据《[^》]{2,14}》(?:(?:综合)?报道|消息)?|据[^，。《》]{0,8}" + MEDIUM + r"(?:综合)?(?:报道|消息)"
    r"|收录于(?:合集|话题|专辑)?\s?[#＃「《]?.{0,30}|(?:感谢|谢谢)(?:您|你)?的?(?:关注|阅读|观看|收看|收听)(?:[/、和].{1,12})?[！!~～]{0,3}"
)
"""Whence a story was taken, alone in a line."""
_AT = ROLE + r"\s?[：:|｜丨︱／/]"
"""A role with the mark behind it."""
_NAMED = _AT + r"\s?\S{2,8}(?:[\s、]{1,2}(?!" + _AT + r")\S{2,4}){0,3}"
"""A role and those who had it."""
STAFF = lazy_pattern(
    r"[^，。：:\s]{2,8}[网报社台刊]编辑\s?[：:]\s?\S{2,4}|" + _NAMED + r"(?:[\s　]{1,4}" + _NAMED + r"){1,7}"
)
"""A site's editor, or several roles, each with a label and names: 撰稿：柏舟 审核：江屿."""
TOOL = (
    r"(?:打印|关闭|收藏|返回|转发|分享到?|推荐|评论|纠错|复制|进入|加入|发送|收听|朗读|下载|本页|此页|本文|页面|窗口|论坛|顶部"
    r"|首页|列表|地址|链接|给好友|默认|字[体号]|我要|我来|发表|说两句|[大中小]|[【】\[\]（()）\s|｜/·>：:-])"
)
TOOLS = lazy_pattern(
    r"[【\[（(]?\s?(?:打印|关闭|收藏|返回|转发|分享|推荐|纠错|复制|进入|字[体号]|我要|我来)"
    + TOOL
    + r"{1,30}"
    r"|您是第\s?\d+\s?[位个]?(?:访问者|访客|浏览者|读者)|附件下载\s?[：:]?.{0,40}|(?:24小时)?(?:新闻|爆料|读者|服务)热线\s?[：:].{2,40}"
    r"|(?:相关|延伸|推荐)(?:阅读|链接|视频|话题)\s?[：:].{4,50}|(?:图片?|照片)\s?\d{1,3}\s?/\s?\d{1,3}"
)
"""What a reader may do with the page."""
LISTED = lazy_pattern(
    r"最(?:热门?|受关注|多人?(?:看|阅读|浏览|点击|评论|讨论|推荐))的?(?:\S{0,4}新闻|文章|报道|话题)?|(?:编辑|小编|网站|本站|全站)(?:精选|推荐|之选)"
)
"""The heading of a list of other articles."""
ANSWER = lazy_pattern(
    r"[^，。：:]{1,12}(?<![局厅委部院会府办])对[^，。：:]{2,20}的?(?:评论|留言|回复)\s?[：:]"
)
"""The heading of a reader's answer, with a colon: 柏舟对望江桥的评论：. Without one it may be a subhead, and
an office's answer is the article's."""
SUMMARY = lazy_pattern(
    r"\W{0,2}(?:内容)?(?:摘\s*要|核心提示|(?:本文|新闻)?导读|导语|提\s*要|内容提要)\s*[：:】]\s*"
)
"""The label of a summary above the text."""
SPEAKER = lazy_pattern(r"[^，。：:]{1,20}(?<![报网社台刊闻云视》])(?:提醒|呼吁|表示|指出|说|称|强调)[，,]")
"""Who says what follows: an office that names a number to call is part of the story."""
OWN_PAGE = lazy_pattern(
    r"[^，。]{0,24}(?:已|现已|正式|也)(?:经|在)?(?:开设|开通|登陆|推出|有)[^。，]{0,12}(?:facebook|fb|脸书|微博|微信|instagram|ig|google plus|twitter|line)[^。，]{0,12}"
    r"(?:专页|粉丝(?:团|页)|账号|帐号|公众号|频道|page)[，。！,! ].{0,160}",
    re.IGNORECASE,
)
"""A paper's own page on another site, which its readers are asked to follow."""
ASKS = lazy_pattern(r"[你您]|我们|按此|点赞|\b(?:like|follow)\b", re.IGNORECASE)
LONGEST_CALL = 240
NEXT_PAGE = lazy_pattern(r"\s*[（(](?:请?[接转见续])?下一?[页版][)）]\s*$")
OFFICES = lazy_pattern(
    r"(?:\w{2,18}(?:局|厅|委员会|办公厅|办公室|人民政府|(?<![干乐局全内])部|(?:[总支大]|调查)队|法院|检察院|协会)(?:\s{1,3}|$)){1,4}"
)
"""The offices that publish a bulletin, alone in a line above its text."""
BULLETIN = lazy_pattern(r"公告|通告|公报|决定|办法")
"""What an office publishes, in a headline."""


def is_source(text: str) -> bool:
    """Whether a line says no more than whence the story was taken."""
    return len(text) <= LONGEST and SOURCES.fullmatch(text) is not None


def is_staff(text: str) -> bool:
    """Whether a line names those who worked on a story, in two roles at least."""
    return len(text) <= 2 * LONGEST and STAFF.fullmatch(text) is not None


def is_tools(text: str) -> bool:
    """Whether a line is the tools of a page."""
    return len(text) <= LONGEST and TOOLS.fullmatch(text) is not None


def is_own_page(text: str) -> bool:
    """Whether a line is about the paper's page on another site."""
    return len(text) <= LONGEST_CALL and bool(ASKS.search(text) and OWN_PAGE.fullmatch(text))


def is_list_heading(text: str) -> bool:
    """Whether a line is the heading of a list of other articles."""
    return len(text) <= LONGEST and LISTED.fullmatch(text) is not None


def is_answer(text: str) -> bool:
    """Whether a line is the heading of a reader's answer."""
    return len(text) <= LONGEST and ANSWER.fullmatch(text) is not None


def tells_of_office(text: str) -> bool:
    """Whether somebody other than the paper says what a line tells."""
    return SPEAKER.match(text) is not None


def is_offices(text: str, titles: Iterable[str]) -> bool:
    """Whether a line names the offices that publish a page: two at least, or one above a bulletin."""
    words = text.strip()
    if len(text) > LONGEST or not OFFICES.fullmatch(words):
        return False
    return len(words.split()) > 1 or any(BULLETIN.search(title) for title in titles)


__all__ = [
    "MEDIUM",
    "NEXT_PAGE",
    "SUMMARY",
    "TOOL",
    "is_answer",
    "is_list_heading",
    "is_offices",
    "is_own_page",
    "is_source",
    "is_staff",
    "is_tools",
    "tells_of_office",
]
