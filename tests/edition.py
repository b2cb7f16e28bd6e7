"""Briefings to look at: one written by hand with everything that a page can have, and made ones of any size.

`measure` is a stand-in for the typesetter: it counts lines as a sheet would that is set a little wider than browsers
print it (margins of 12 mm, lines 1.4 times the type).
"""

from __future__ import annotations

import datetime
import math
from dataclasses import replace

from briefing.edit.fit import fit
from briefing.edit.overview import lift_overview
from briefing.messages import Message
from briefing.types import Article, Briefing, Checks, Form, Problem, Section, Sentence, Story, Summary

DATE = datetime.date(2026, 11, 20)
TITLED = (Form.FULL, Form.SHORT)


def told(
    headline: str,
    sentences: tuple[str, ...] = (),
    *,
    gist: str = "",
    paper: str | None = "云汀日报",
    page_number: str | None = "1",
    source: str = "",
    form: Form = Form.FULL,
    score: float = 0.0,
    checks: Checks | None = None,
    also: tuple[Article, ...] = (),
    **parts: str | None,
) -> Story:
    """A story whose summary is sentences of its article; each rests on itself."""
    text = "".join(sentences)
    starts = [len("".join(sentences[:i])) for i in range(len(sentences))]
    article = Article(
        id=headline,
        headline=headline,
        paragraphs=(text,),
        paper=paper,
        page_number=page_number,
        source=source or f"pages/{page_number or 'x'}.txt",
        **parts,  # type: ignore[arg-type]
    )
    said = tuple(
        Sentence(text=one, evidence=((start, start + len(one)),))
        for one, start in zip(sentences, starts, strict=True)
    )
    summary = Summary(gist=gist, sentences=said, model="briefing-zh", checks=checks or Checks())
    return Story(article=article, summary=summary, also=also, form=form, score=score)


def other(paper: str, page_number: str, headline: str = "", source: str = "") -> Article:
    """The same event in another paper."""
    return Article(
        id=paper + page_number,
        headline=headline,
        paragraphs=(),
        paper=paper,
        page_number=page_number,
        source=source or f"{paper}-{page_number}.txt",
    )


DAY = Briefing(
    title="每日简报",
    date=DATE,
    overview=(
        "轨道交通三号线全线洞通，明年9月试运行",
        "沿海八国约定自2027年起共享海洋观测数据",
        "云汀港前十个月吞吐量同比增长11.2%",
    ),
    sections=(
        Section(
            name="要闻",
            stories=(
                told(
                    "云汀轨道交通三号线全线洞通 明年9月试运行",
                    (
                        "昨日上午10时26分，随着“江屿七号”盾构机刀盘破土而出，云汀轨道交通三号线最后一段区间贯通，全长28.6公里的地下隧道实现全线洞通。",
                        "市长沈砚秋在现场宣布，三号线计划明年9月试运行。",
                    ),
                    kicker="全市重点项目推进会要求盯紧节点",
                    byline="记者 顾承安 通讯员 陆晓棠",
                    also=(
                        other("云汀晚报", "3"),
                        other("云汀晚报", "3"),
                        other("江屿时报", "A2", source="https://news.example/江屿/a2"),
                    ),
                ),
                told(
                    "副市长朱镕垚、喆里区区长祎燚调研数据中心：AI for Science平台接入GPU 1,024张，OpenLab向中小企业开放",
                    (
                        "副市长朱镕垚昨日到云汀数据中心调研，“AI for Science”平台已接入GPU 1,024张，OpenLab 2.0将于12月1日向中小企业开放。",
                    ),
                    gist="数据中心算力12月起向中小企业开放",
                    source="https://news.example/a?b=1&c=2",
                    checks=Checks(
                        unsupported_numbers=("2,048",),
                        unsupported_names=("云汀大学",),
                        unsupported_claims=("会谈",),
                    ),
                    agency="据新华社电",
                ),
                told("我市第三股冷空气今夜抵达", gist="最低气温将降至2℃", form=Form.LINE, page_number="2"),
            ),
        ),
        Section(
            name="国际",
            stories=(
                told(
                    "沿海八国签署海洋观测数据共享协定",
                    (
                        "沿海八国海洋部门负责人18日在罗岚市签署协定，约定自2027年起共享浮标、潮位站的实时数据。",
                    ),
                    form=Form.SHORT,
                    page_number="4",
                ),
                told(
                    "罗岚市恢复夜间轮渡",
                    ("罗岚市轮渡公司说，夜间班次自下月起恢复。",),
                    gist="罗岚市夜间轮渡下月恢复，每晚6班",
                    form=Form.LINE,
                    page_number="4",
                    also=(other("云汀晚报", "7"),),
                    checks=Checks(unsupported_numbers=("6",)),
                ),
                told("埃莱娜·马雷连任罗岚市市长", form=Form.HEADLINE, page_number="4"),
                told(
                    "两国商定重开边境口岸 首日通行车辆约300辆",
                    form=Form.HEADLINE,
                    page_number=None,
                    paper=None,
                    source="收件/云汀_2026.md",
                ),
            ),
            more=7,
        ),
        Section(
            name="社会",
            stories=(
                told(
                    "晚高峰公交加开区间车",
                    gist="12路、36路晚高峰加开区间车",
                    form=Form.LINE,
                    paper="云汀晚报",
                    page_number="5",
                ),
                told("一只走失的刺猬回到*植物园*", form=Form.HEADLINE, paper="云汀晚报", page_number="5"),
            ),
            more=1,
        ),
        Section(name="文化", stories=(), more=12),
        Section(name="体育", stories=(), more=1),
    ),
    sources=("pages/1.txt", "坏文件.pdf"),
    papers=("云汀日报", "云汀晚报"),
    problems=(
        Problem(
            source="坏文件.pdf",
            message=Message("文件已损坏", "the file is damaged"),
            hint=Message("请重新下载", "fetch it again"),
        ),
    ),
    more_problems=2,
)

PLACES = ("城东新区", "江屿镇", "望江街道", "云汀港", "喆里区", "南岭片区", "罗岚市", "临湖经开区", "老城厢")
ACTORS = (
    "市发改委",
    "市卫生健康委",
    "市交通运输局",
    "云汀海关",
    "市气象台",
    "云汀大学",
    "市文旅集团",
    "市总工会",
)
EVENTS = (
    ("启用社区食堂{n}处", "社区食堂开到家门口，老人凭卡省三成", "已启用社区食堂{n}处，日均供餐{m}份，六十岁以上老人凭卡可减免三成餐费"),
    ("前三季度进出口增长{n}.4%", "外贸总值过{m}亿元，沿海八国是大头", "前三季度进出口总值{m}亿元，同比增长{n}.4%，其中对沿海八国出口增长最快"),
    ("“云汀一号”卫星数据向中小企业开放 首批{n}家试用", "{n}家农企可免费用卫星数据{m}天", "卫星遥感数据接口向中小企业开放，首批{n}家农业企业可免费试用{m}天"),
    ("老旧小区加装电梯{n}部 居民自提方案获采纳", "{m}户居民用上自己表决的电梯", "今年完成老旧小区加装电梯{n}部，惠及居民{m}户，方案由居民自己提出并表决"),
    ("AI辅助诊断进入{n}家社区医院", "Level 3以上结节由三甲医院复核", "AI辅助诊断系统已在{n}家社区医院上线，累计阅片{m}例，疑难病例转诊时间缩短一半"),
    ("图书馆夜间开放至{n}时", "图书馆增设{m}个夜间座位", "图书馆自下月起夜间开放至{n}时，新增自习区一处，周末照常"),
    ("冬季供暖提前{n}天 热线增开坐席", "{m}公里管网检修完毕，只等升温", "今冬供暖提前{n}天，热力公司已完成全部管网检修，热线坐席增至四十条"),
    ("轨道交通三号线洞通，明年9月试运行", "最后{n}.6公里区间昨日贯通", "三号线全线洞通，计划明年9月试运行，届时设车站{m}座"),
)  # fmt: skip
TAILS = (
    "负责人{who}说，后续名单将在本月底前公布。",
    "“以前要坐四十分钟公交，现在下楼就到。”家住{place}的市民{who}说。",
    "按照计划，二期工程将于2027年春季开工，总投资约{m}亿元。",
    "专家{who}认为，这一做法可以在全省推广，但要防止一哄而上。",
)
PEOPLE = ("沈砚秋", "朱镕垚", "埃莱娜·马雷", "许青禾", "Anna Lindqvist", "陆晓棠", "祎燚")
COLUMNS = ("要闻", "国内", "国际", "经济", "社会", "科技", "文化", "体育")


def made(count: int, *, long: bool = False, bare: bool = False) -> Briefing:
    """`count` stories, ranked; `long` gives very long headlines, `bare` no summaries."""
    stories = [_made(i, count, long, bare) for i in range(count)]
    size = max(1, min(len(COLUMNS), math.ceil(count / 4)))
    sections = [Section(name=COLUMNS[k], stories=tuple(stories[k::size])) for k in range(size)]
    lines, sections_left = lift_overview(tuple(section for section in sections if section.stories))
    return Briefing(
        title="每日简报",
        date=DATE,
        overview=lines,
        sections=sections_left,
        sources=("pages/1.txt",),
        papers=("云汀日报", "云汀晚报"),
        problems=DAY.problems if count % 2 else (),
    )


def _made(i: int, count: int, long: bool, bare: bool) -> Story:
    n, m = 3 + i * 7 % 40, 120 + i * 37 % 900
    place, actor, who = PLACES[i % 9], ACTORS[i * 3 % 8], PEOPLE[i * 5 % 7]
    title, gist, first = EVENTS[i * 5 % 8]
    headline = f"{place}{title.format(n=n, m=m)}"
    if long:
        headline += f" {actor}负责人就群众关心的停车、就医、入学等{n}个问题逐一作出回应并公布时间表"
    said = (
        f"{actor}昨日通报，{place}{first.format(n=n, m=m)}。",
        TAILS[i % 4].format(who=who, place=place, m=m),
        TAILS[(i + 1) % 4].format(who=PEOPLE[i % 7], place=PLACES[i % 5], m=m + 1),
    )[: 2 + i % 2]
    return told(
        headline,
        () if bare else said,
        gist="" if bare else f"{place}：{gist.format(n=n, m=m)}",
        kicker="全市重点项目推进会要求盯紧节点" if i % 5 == 0 else None,
        byline=f"记者 {PEOPLE[(i + 2) % 7]}" if i % 3 else None,
        page_number=str(1 + i // 6),
        paper=("云汀日报", "云汀晚报")[i % 4 == 3],
        also=(other("云汀晚报", str(2 + i // 9)),) if i % 6 == 0 else (),
        score=float(count - i),
    )


def measure(briefing: Briefing, size: float) -> float:
    """Pages of three columns that the briefing takes at a type size in points."""
    wide = (186 - 10) / 3 * 72 / 25.4 / size
    room = 3 * (273 - 28) * 72 / 25.4 / (1.4 * size)

    def lines(text: str, scale: float = 1.0) -> float:
        units = sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in text)
        return math.ceil(units * scale / wide) * scale if text else 0

    used = 3 * sum(math.ceil(len(point) / (1.5 * wide)) for point in briefing.overview) / 2 + 3
    used += 3 * (len(briefing.problems) + (briefing.more_problems > 0) + 2)
    for section in briefing.sections:
        used += 2 + (section.more > 0)
        for story in section.stories:
            article, credit = story.article, "《云汀日报》第01版" * (1 + len(story.also))
            if story.form in TITLED:
                used += lines(article.headline, 1.3) + lines(article.kicker or "") + lines(story.summary.gist)
                used += lines(story.summary.text) + lines(credit + (article.byline or "")) + 1
            else:
                text = story.summary.gist or article.headline
                used += lines("· " + (text if story.form is Form.LINE else article.headline) + credit)
    return used / room


def fitted(count: int, *, pages: int = 1, long: bool = False, bare: bool = False) -> Briefing:
    """`made` on so many pages, by `measure`."""
    return fit(
        made(count, long=long, bare=bare), measure, pages=pages, sizes=(9.0, 9.5, 10.0, 10.5, 11.0)
    ).briefing


def shortened(briefing: Briefing, forms: tuple[Form, ...]) -> Briefing:
    """The briefing with its stories in these forms, in turn."""
    sections = [
        replace(
            section,
            stories=tuple(replace(s, form=forms[i % len(forms)]) for i, s in enumerate(section.stories)),
        )
        for section in briefing.sections
    ]
    return replace(briefing, sections=tuple(sections))
