"""Takes datelines and credits off a sentence, so that a summary begins with the news.

Works on offsets, so that what is left still stands in the article where the evidence says.
"""

from __future__ import annotations

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
WHO = r"(?:(?:本报|新华社|中新社|总台|央视|通讯员|特约|见习|首席|实习)*(?:记者|記者|通讯员|評論員|评论员))"
OUTLET = rf"(?:本报|本報|本刊|本网|据?新华社|據新華社|中新社|中新网|中国新闻网|央视网|央广网|人民网|新华网|光明网|[{HAN}]{{2,6}}(?:通讯社|新闻网|网))"
HEAD = re.compile(
    rf"\s*[（(【]?(?:{OUTLET}(?:讯|訊|消息)|{OUTLET}[{HAN}·／/ ]{{0,14}}?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日(?:专?电|專?電|讯|訊|消息)|据新华社专?电|據新華社電)[）)】]?"
    rf"\s*(?:[（(]\s*{WHO}[^（）()。]{{1,40}}[）)]|{WHO}[{HAN} 　、]{{1,16}}?(?:报道|報道)(?=[：:\s]))?\s*[：:]?\s*"
    rf"|\s*[（(]\s*{WHO}[^（）()。]{{1,40}}[）)]\s*"
)
TAIL = re.compile(rf"\s*[（(](?:[据據][^（）()。]{{2,24}}|{WHO}[^（）()。]{{1,40}}|[^（）()。]{{0,12}}(?:供本报专稿|综合(?:消息|报道)?)|完)[）)]\s*$")


def clean(text: str, start: int, end: int) -> tuple[int, int]:
    """The [start, end) of the sentence's own words within [start, end) of `text`."""
    head = HEAD.match(text, start, end)
    if head and head.end() < end:
        start = head.end()
    tail = TAIL.search(text[max(start, end - 70) : end])
    if tail:
        end = max(start, end - 70) + tail.start()
    return start, end
