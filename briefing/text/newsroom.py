"""How Chinese newsrooms sign what they print: outlets, reporters, names, places, dates and wires.

    OWN            本报, 本刊                        the outlet itself
    WIRE_SERVICE   新华社, 某某通讯社, 某某网         whose dispatches others print
    OUTLET         any of these, papers and stations
    REPORTER       本报记者, 特约通讯员, 驻京记者
    SIGNER         these, and editors, photographers, sources
    NAMES          林叶舟 何又青、彼得·彼得森
    DATELINE_PLACE DATE   云汀11月19日
    WIRE, NEWS     电, 专电; 讯, 消息
    PHOTOGRAPHED   摄, 供图

Fragments of patterns: a page's bylines and furniture (segmentation) and the datelines that a
summary omits (summarization) are composed of these. Recognizes outlets by their make-up where that
is safe. Does not know whether a name is a person's.
"""

from __future__ import annotations

from .chars import HAN

OWN = r"(?:本[报報刊网網台社])"
WIRE_SERVICE = (
    rf"(?:新华社|新華社|中新社|中央社|中新网|央视网?|央广网|人民网|人民日报|新华网|光明网|"
    rf"[{HAN}]{{2,8}}(?:通讯社|通訊社|新闻网|社|网))"
)
OUTLET = rf"(?:{OWN}|[{HAN}A-Za-z]{{1,14}}?(?:社|网|網|报|報|台|客户端|频道|財經|财经|网站|新闻))"
_ATTRIBUTES = (
    rf"{OWN}|新华社|中新社|人民日报|大公报|央视|总台|特约|见习|首席|实习|"
    r"驻[^\s（()）：:驻]{1,6}?|全媒体|融媒体|通讯员"
)
_REPORTERS = r"记者|記者|通讯员|通訊員|特派员|特约撰稿人?|撰稿人?|评论员|評論員|观察员|实习生|编译|作者"
_OTHER_SIGNERS = r"责任?编辑?|编辑|責編|編輯|摄影|撰文|采写|执笔|来源|來源|原标题"
REPORTER = rf"(?:(?:{_ATTRIBUTES})*(?:{_REPORTERS}))"
SIGNER = rf"(?:(?:{_ATTRIBUTES})*(?:{_REPORTERS}|{_OTHER_SIGNERS}))"
_IN_NAME = rf"(?:(?!和)[{HAN}])"
NAME = rf"(?!协会|手记|们|調查|调查|从|在|获悉|了解|看到|昨|今){_IN_NAME}{{1,4}}(?:·{_IN_NAME}{{1,6}})?"
"""A person's name, not what a reporter does: 记者从…获悉. 张和平 is read as two names, so that there is
only one way to read a line."""
NAMES = rf"{NAME}(?:[\s、，,和]{{1,3}}{NAME}){{0,7}}"
HOUR = r"(?:凌晨|上午|中午|下午|晚间?|夜)"
DATE = rf"(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日{HOUR}?"
DATELINE_PLACE = rf"[{HAN}·、／/（）\s]{{0,14}}?"
WIRE = r"(?:专?电|專?電)"
"""A dispatch, after a place and a date."""
BARE_WIRE = rf"{WIRE}(?![视影话力子器动网缆梯脑台商池站厂价费信源报邮車车視視話動網腦臺車子])"
"""A dispatch without a date before it: 电, 专电, not the beginning of another word (电视)."""
NEWS = r"(?:讯|訊|消息)(?!号|息|问|员|人士|来源|称|灵通|显示)"
PHOTOGRAPHED = r"(?:摄(?:影)?(?:报道)?|攝(?:影)?|供图|供圖|制图|製圖|绘图)"

__all__ = [
    "BARE_WIRE",
    "DATE",
    "DATELINE_PLACE",
    "HOUR",
    "NAME",
    "NAMES",
    "NEWS",
    "OUTLET",
    "OWN",
    "PHOTOGRAPHED",
    "REPORTER",
    "SIGNER",
    "WIRE",
    "WIRE_SERVICE",
]
