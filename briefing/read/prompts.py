"""Finds calls to read on, follow or subscribe that feeds and exports add to an article's text."""

from __future__ import annotations

import re

from ..text.lazy_pattern import lazy_pattern

LONGEST = 90
"""Longest line, in characters, that is only a call."""
READ_ON = (
    r"(?:点击|點擊|点此|请|戳|继续|繼續|展开|展開|[>»])*\s*(?:阅读|閱讀|查看|查閱|浏览|瀏覽|展开|全文阅读|了解|看)"
    r"\s*(?:这里|此处)?\s*(?:全文|原文|更多|详情|詳情|完整(?:报道|版|内容|文章)|剩余(?:内容|全文)|全部(?:内容)?|原帖)"
    r"(?:链接|鏈接|内容|报道)?|(?:阅读|閱讀)(?:原文|全文)|继续阅读|繼續閱讀|全文(?:请)?(?:点击|见)|(?:Read|Continue|View)\s+(?:more|full|reading|the\s+full|original)[\w ]*"
)
TAIL = lazy_pattern(
    rf"(?<=[。！？…\.”）\s])\s*[\[【（(>＞»→·\-—|｜]*\s*(?:{READ_ON})\s*[\]】）)>＞»→.…。！!]*\s*\Z",
    re.IGNORECASE,
)
WHOLE = lazy_pattern(
    rf"[\[【（(>＞»→·\-—|｜\s]*(?:{READ_ON})[\]】）)>＞»→.…。！!\s]*|\[?(?:…|\.\.\.)\]?"
    r"|The post .{0,200} (?:appeared )?first (?:appeared )?on .{0,80}"
    r"|(?:本文|文章|原文|内容|稿件|本稿)?(?:首发|原载|刊载|转载|來自|来自|来源)(?:于|於|自)?\s*[：:]?\s*(?:微信)?(?:公众号|公眾號|微信号|客户端).{0,60}"
    r"|(?:请|欢迎)?(?:微信)?(?:扫描|扫一扫|长按|識別|识别|扫码)(?:扫描|识别|识別|上方|下方|左侧|右侧|图中|以下|此)*(?:二维码|关注|下载|订阅|加入我们).{0,40}"
    r"|(?:欢迎|歡迎|敬请|请|記得|记得|更多.{0,16}[，,](?:请|欢迎)?)?(?:(?:点击|长按|搜索|在微信中?搜索).{0,8})?(?:关注|關注|订阅|訂閱|下载|收藏)"
    r"(?:我们|本报|本站|.{0,4}[“「【《].{1,20}[”」】》]|.{0,10}(?:公众号|公眾號|客户端|微信号?|微博|APP|App|频道|电子报)).{0,12}"
    r"|(?:本文|文章)(?:来自|来源)?.{0,40}(?:点击查看原文|阅读原文|查看原文)\W*"
    r"|(?:原文|原帖|文章|全文)(?:链接|地址|网址)(?:[：:]?.{0,80})|(?:相关阅读|延伸阅读|推荐阅读|相关新闻|更多阅读)[：:].{0,80}"
    r"|(?:分享|转发|分享到)[到至：:\s]*(?:微信|微博|朋友圈|QQ).{0,30}|.{0,12}点(?:个|一个)?[“「]?(?:在看|赞)[”」]?.{0,8}"
    r"|(?:版权声明|免责声明|版权所有)[：:，, ].{0,80}",
    re.IGNORECASE,
)


def split_prompt(text: str) -> tuple[str, str]:
    """The paragraph without its call to read on, and the call; either may be empty."""
    if len(text) <= LONGEST and WHOLE.fullmatch(text):
        return "", text
    before = max(0, len(text) - LONGEST)
    if found := TAIL.search(text, before):
        return text[: found.start()].rstrip(), found[0].strip()
    return text, ""


__all__ = ["split_prompt"]
