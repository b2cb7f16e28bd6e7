"""Ten families of invented news sites for news_pages.py: wire services, portals, papers, offices, public accounts and
pages for phones, each with the furniture that such sites put around a story, and its own way to state the day.
"""

from __future__ import annotations

import datetime
import html
import json
import random
from collections.abc import Callable
from dataclasses import dataclass

PLACES = ("云汀", "滨湖", "南岭", "江东", "青石")
TITLES = (
    "滨湖区护栏换新", "云汀港开通新航线", "南岭片区供暖提前", "夜市摊位今起摇号", "三所小学将搬迁", "地铁六号线试跑成功", "老城菜场改造启动", "灯会门票明起预约",
)  # fmt: skip
SUMMARIES = (
    "记者昨日从区住建局获悉，全长三公里的护栏已换新，施工期间夜间单向通行，居民可以绕行辅路。",
    "新航线每周两班，航程六小时，船票一百二十元，老人和学生半价，首航日上座率超过八成。",
    "供暖公司表示，锅炉已经点火，管网注水完成，居民家中温度不低于二十度，报修电话全天有人接听。",
)
DISCLAIMERS = (
    "免责声明：本文仅代表作者个人观点，与本网无关，其真实性未经本站证实，请读者自行核实。",
    "特别声明：以上内容为平台用户上传并发布，本平台仅提供信息存储服务。",
    "凡本网注明来源的作品，未经授权不得转载，违者将依法追究责任。",
    "以上内容仅供参考，不构成投资建议，据此操作风险自担。",
)


@dataclass(frozen=True, slots=True)
class Story:
    """A story to lay out: its words, its day, and the site's names."""

    headline: str
    paragraphs: tuple[str, ...]
    day: datetime.date
    site: str
    paper: str


def tagged(story: Story, tag: str = "p", indent: str = "　　") -> list[str]:
    return [f"<{tag}>{indent}{html.escape(text)}</{tag}>" for text in story.paragraphs]


def head(story: Story, chance: random.Random, extra: str = "") -> str:
    title = html.escape(story.headline)
    dash = chance.choice(("_", "-", " - ", "--", "|", "——", "–"))
    section = chance.choice(("", "", f"本地{dash}", f"时政频道{dash}"))
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}{dash}{section}{story.site}</title>{extra}</head><body>'


def menu(chance: random.Random) -> str:
    names = chance.sample(("首页", "时政", "财经", "体育", "文化", "社会", "视频", "图片", "评论", "健康"), 7)
    return "<div>" + " ".join(f'<a href="/{n}/">{name}</a>' for n, name in enumerate(names)) + "</div>"


def links(chance: random.Random, count: int = 6) -> str:
    found = [
        f'<li><a href="/{n}.html">{title}</a></li>' for n, title in enumerate(chance.sample(TITLES, count))
    ]
    return f"<ul>{''.join(found)}</ul>"


def summaries(chance: random.Random) -> str:
    """Related news with a summary under each title."""
    return "".join(
        f'<div><a href="/{n}.html">{title}</a><p>{text}</p></div>'
        for n, (title, text) in enumerate(zip(chance.sample(TITLES, 3), SUMMARIES, strict=True))
    )


def ranking(chance: random.Random) -> str:
    rows = "".join(f"<p>{n} {title}</p>" for n, title in enumerate(chance.sample(TITLES, 6), 1))
    return f"<div><h3>{chance.choice(('24小时热点', '新闻排行榜', '热点排行', '本周热文', '点击排行'))}</h3>{rows}</div>"


def comments(chance: random.Random) -> str:
    said = (
        "支持，早该这样做了，希望尽快落实到每个小区。",
        "路过，坐等后续报道。",
        "我家就在旁边，昨天去看了，确实不错，人很多。",
    )
    rows = "".join(
        f"<div><span>云汀网友</span><p>{text}</p><span>赞 {chance.randint(1, 90)} 回复</span></div>"
        for text in said
    )
    return f"<div><h4>{chance.choice(('网友评论', '最新评论（3）', '我要评论', '全部跟贴'))}</h4>{rows}</div>"


def foot(story: Story) -> str:
    return f"<div>Copyright © 2001-2026 {story.site} 版权所有 未经书面授权禁止转载 ICP备00000000号 举报电话：000-0000</div></body></html>"


def wire(story: Story, chance: random.Random) -> str:
    """A wire service: the day in pieces, the source linked, a correction link and the editor below."""
    day = story.day
    return (
        f"{head(story, chance)}{menu(chance)}<div><h1>{story.headline}</h1><div><span>{day:%Y-%m-%d} 08:{chance.randint(10, 59)}:07</span>"
        f" 来源：<a href='/'>{story.paper}</a></div><div id='detail'>{''.join(tagged(story))}</div><div>【纠错】</div><div>责任编辑： 王小草</div></div>"
        f"<div><h3>相关新闻</h3>{links(chance)}</div>{foot(story)}"
    )


def portal(story: Story, chance: random.Random) -> str:
    """A portal: the original title first, a source and an editor last, the next story with its text, a ranking."""
    return (
        f"{head(story, chance)}{menu(chance)}<div class='post_main'><h1>{story.headline}</h1><div>{story.day:%Y-%m-%d} 10:02:11　来源: {story.paper}</div>"
        f"<div class='post_body'><p>（原标题：{story.headline[:18]}）</p>{''.join(tagged(story, indent=''))}"
        f"<p>本文来源：{story.paper} 责任编辑：李小满_C{chance.randint(1000, 9999)}</p><div><p>阅读下一篇</p><p>{chance.choice(SUMMARIES)}</p></div></div>"
        f"<div><span>跟贴 19</span><span>参与 206</span></div></div>{ranking(chance)}{foot(story)}"
    )


def magazine(story: Story, chance: random.Random) -> str:
    """A portal's channel: a promotion before the text, related news in its middle, a code to scan after it."""
    rows = tagged(story)
    middle = f"<div><p>相关阅读</p>{links(chance, 2)}</div>" if len(rows) > 3 else ""
    return (
        f"{head(story, chance)}{menu(chance)}<h1>{story.headline}</h1><div class='date-source'><span>{story.day:%Y年%m月%d日} 20:52</span> <a href='/'>{story.paper}</a></div>"
        f"<div class='article'><p><a href='/app'>下载{story.site}客户端，看更多本地新闻</a></p>{''.join(rows[:2])}{middle}{''.join(rows[2:])}"
        f"<p>扫描二维码，关注“{story.paper}”公众号</p><p>{chance.choice(DISCLAIMERS)}</p></div><div><div>热文排行</div>{links(chance)}</div>{foot(story)}"
    )


def tables(story: Story, chance: random.Random) -> str:
    """An old site of tables: paragraphs parted by breaks, the editor in brackets, a print button."""
    body = chance.choice(("<br>", "<br><br>")).join(f"　　{html.escape(text)}" for text in story.paragraphs)
    return (
        f"{head(story, chance)}<table width=960><tr><td width=180>{menu(chance)}</td><td><table><tr><td>您现在的位置：<a href='/'>{story.site}</a> &gt;&gt; 正文</td></tr>"
        f"<tr><td align=center><b>{story.headline}</b></td></tr><tr><td>{story.day.year}年{story.day.month}月{story.day.day}日 09:15　来源：{story.paper}　字号：大 中 小</td></tr>"
        f"<tr><td>{body}<br>（责任编辑：王小草）</td></tr><tr><td>【打印】【关闭】 分享到：微博 微信</td></tr><tr><td>相关链接{links(chance)}</td></tr></table></td></tr></table>{foot(story)}"
    )


def scripted(story: Story, chance: random.Random) -> str:
    """A site built by scripts: names without meaning, the day only in the page's own JSON."""
    data = json.dumps(
        {"docData": {"newsTime": f"{story.day} 12:44:01", "title": story.headline}}, ensure_ascii=False
    )
    return (
        f"{head(story, chance)}{menu(chance)}<script>var allData = {data};</script><div class='x1-a9'><div class='q7'>{story.headline}</div><div class='k2'><p class='t'></p></div>"
        f"<div class='z3f'>{''.join(tagged(story, indent=''))}</div><div class='w0'>{summaries(chance)}</div></div>{comments(chance)}{foot(story)}"
    )


def account(story: Story, chance: random.Random) -> str:
    """A public account: hidden until a script shows it, the day in seconds in a variable."""
    noon = datetime.datetime.combine(
        story.day, datetime.time(12), datetime.timezone(datetime.timedelta(hours=8))
    )
    rows = "".join(f"<section><p><span>{html.escape(text)}</span></p></section>" for text in story.paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.headline}</title><meta property="og:title" content="{html.escape(story.headline)}">'
        f'<script>var ct = "{int(noon.timestamp())}"; var nickname = "{story.paper}";</script></head><body><div><h1 id="activity-name">{story.headline}</h1>'
        f'<div><a id="js_name">{story.paper}</a> <em id="publish_time"></em></div><div id="js_content" style="visibility: hidden; opacity: 0;">{rows}'
        f"<section><p>编辑：李小满　审核：王小草</p></section><section><p>喜欢就点个“在看”</p></section></div></div><div>阅读 1.2万 赞 36 在看 12</div></body></html>"
    )


def office(story: Story, chance: random.Random) -> str:
    """An office: meta tags of its own kind, the site's name as the title, a code to scan, the next and the last notice."""
    stated = f'<meta name="ArticleTitle" content="{html.escape(story.headline)}"><meta name="PubDate" content="{story.day} 08:00"><meta name="SiteName" content="{story.site}">'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.site}门户网站</title>{stated}</head><body>{menu(chance)}<div>今天是2026年12月30日 星期三</div>'
        f"<div class='bt'><h2>{story.headline}</h2></div><div>发布日期：{story.day} 信息来源：{story.paper} 浏览次数：126</div><div class='TRS_Editor'>{''.join(tagged(story))}</div>"
        f"<div>扫一扫在手机打开当前页</div><div>上一篇：<a href='/1'>{TITLES[0]}</a></div><div>下一篇：<a href='/2'>{TITLES[1]}</a></div>{foot(story)}"
    )


def paper(story: Story, chance: random.Random) -> str:
    """A paper's site: JSON-LD in a graph, a lead set apart, a relative time, comments below."""
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": story.site},
            {
                "@type": "NewsArticle",
                "headline": story.headline,
                "datePublished": f"{story.day}T05:20:00+08:00",
            },
        ]
    }
    rows = tagged(story, indent="")
    extra = f'<script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script><meta property="og:site_name" content="{story.site}">'
    return (
        f"{head(story, chance, extra)}<header>{menu(chance)}</header><article><h1>{story.headline}</h1><div><span>2天前</span> 作者：林叶舟</div><div class='summary'>{rows[0]}</div>"
        f"<figure><img src='a.jpg'><figcaption>现场。 李小满摄</figcaption></figure><div>{''.join(rows[1:])}</div></article>{comments(chance)}<aside><h3>推荐阅读</h3>{links(chance)}</aside>{foot(story)}"
    )


def platform(story: Story, chance: random.Random) -> str:
    """A platform of many authors: no year in the time, so no day; related videos, a disclaimer."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.headline}</title></head><body><div><a href="/">首页</a> 登录</div><div><h2>{story.headline}</h2><p>{story.paper}</p>'
        f"<div>发布时间：{story.day:%m-%d}12:00 优质原创作者</div></div><div>{''.join(f'<p><span>{html.escape(text)}</span></p>' for text in story.paragraphs)}<p>{chance.choice(DISCLAIMERS)}</p></div>"
        f"<div><div>相关推荐</div>{summaries(chance)}</div><div>举报/反馈</div>{foot(story)}"
    )


def phone(story: Story, chance: random.Random) -> str:
    """A page for phones: one element of indented paragraphs, calls to open the app, a data attribute for the day."""
    body = "\n".join(f"　　{html.escape(text)}" for text in story.paragraphs)
    return (
        f"{head(story, chance)}<div><a href='/app'>打开APP</a></div><h1>{story.headline}</h1><div data-publish-time='{story.day} 07:30'>{story.paper} 昨天</div>"
        f"<div class='text'>{body}</div><div>展开全文</div><div>打开{story.site}APP，阅读体验更佳</div><div>大家都在看</div>{summaries(chance)}{ranking(chance)}{foot(story)}"
    )


FAMILIES: tuple[Callable[[Story, random.Random], str], ...] = (
    wire, portal, magazine, tables, scripted, account, office, paper, platform, phone,
)  # fmt: skip
WITHOUT_DAY = (platform,)
