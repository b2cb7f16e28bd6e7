"""News pages as portals, offices and boards of the mainland lay them out: beginnings, ends, tools, answers."""

from __future__ import annotations

import datetime

import pytest
from news_page import paragraphs, read

from briefing.read import html
from briefing.segmentation.articles import segment
from briefing.types import Page

HEADLINE = "望江桥提前二十天通车"
TEXT = (
    "全长1860米的望江桥昨日提前二十天通车，首日通过车辆3.2万辆，两岸通勤时间由四十五分钟缩短到二十五分钟。",
    "市交通局局长范明远说，桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放，市民可以步行过江。",
    "家住江东的陈女士算了一笔账：以前绕行老桥，一个月油费六百元，现在只要三百五十元，每天还能多睡二十分钟。",
)


def story(*texts: str, above: str = "", after: str = "") -> str:
    return f"<h1>{HEADLINE}</h1><div>2026-11-20 08:10</div><div class='text'>{above}{paragraphs(*texts)}{after}</div>"


# ---- the headline and the day


def test_a_column_in_brackets_belongs_to_the_headline_that_is_shown() -> None:
    body = f"<h1>【记者即时播报】{HEADLINE}</h1><div>2026-11-20</div><div>{paragraphs(*TEXT)}</div>"
    _, article = read(f"{HEADLINE} 社会_新闻中心_云汀网", body)
    assert article.headline == f"【记者即时播报】{HEADLINE}"


def test_a_heading_may_say_where_before_the_title_of_the_page() -> None:
    body = f"<h3>云汀{HEADLINE}</h3><div>2026-11-20</div><div>{paragraphs(*TEXT)}</div>"
    _, article = read(f"{HEADLINE}_云汀新闻_云汀网", body)
    assert article.headline == f"云汀{HEADLINE}"


def test_a_label_before_the_title_is_not_the_headline() -> None:
    body = f"<h2>原创{HEADLINE}</h2><div>2026-11-20</div><div>{paragraphs(*TEXT)}</div>"
    _, article = read(HEADLINE, body)
    assert article.headline == HEADLINE


@pytest.mark.parametrize("shown", [f"》{HEADLINE}", f"・{HEADLINE}", f"{HEADLINE} 【16:15】"])
def test_marks_and_the_time_are_no_part_of_a_headline(shown: str) -> None:
    body = f"<h2>{shown}</h2><div>2026-11-20</div><div>{paragraphs(*TEXT)}</div>"
    _, article = read(f"{shown} - 云汀网", body)
    assert article.headline == HEADLINE


def test_a_rule_of_asterisks_is_no_second_line_of_a_headline() -> None:
    body = f"<div>{HEADLINE}<br>{'＊' * 20}</div><div>{paragraphs(*TEXT)}</div>"
    _, article = read(HEADLINE, body)
    assert article.headline == HEADLINE


def test_characters_that_are_set_apart_are_closed_up() -> None:
    title, first = " ".join(HEADLINE), " ".join(TEXT[0])
    _, article = read(
        title, f"<div>{title}</div><div>2026-11-20</div><div>{paragraphs(first, *TEXT[1:])}</div>"
    )
    assert article.headline == HEADLINE
    assert article.paragraphs[0] == TEXT[0].replace("1860", "1 8 6 0").replace("3.2", "3 . 2")


def test_peking_time_under_the_headline_is_the_day() -> None:
    body = f"<h2>{HEADLINE}</h2><p>【北京时间 2026年11月20日 15:33】 我要评论(0)</p><div>{paragraphs(*TEXT)}</div>"
    page, _ = read(HEADLINE, body)
    assert page.date == datetime.date(2026, 11, 20)


def test_the_name_of_a_site_in_peking_does_not_hide_the_day() -> None:
    body = f"<h1>{HEADLINE}</h1><div>北京云汀网 (2026-11-20 15:10)</div><div>{paragraphs(*TEXT)}</div>"
    page, _ = read(HEADLINE, body)
    assert page.date == datetime.date(2026, 11, 20)


def test_a_day_in_a_link_under_the_headline_is_the_day() -> None:
    link = "<a href='home'><div>云汀新闻网</div><div>2026年11月20日 02:26:00 来自望江</div></a>"
    head = '<meta name="pubdate" content="2026-11-24">'
    page, _ = read(HEADLINE, f"<h1>{HEADLINE}</h1>{link}<div>{paragraphs(*TEXT)}</div>", head)
    assert page.date == datetime.date(2026, 11, 20)


def test_a_day_may_stand_in_two_lines() -> None:
    day = "<div>2026</div><div>11/20</div><div>16:37</div>"
    page, _ = read(HEADLINE, f"<h1>{HEADLINE}</h1>{day}<div>{paragraphs(*TEXT)}</div>")
    assert page.date == datetime.date(2026, 11, 20)


def test_a_clock_above_the_headline_is_not_the_day() -> None:
    body = f"<div>北京时间：2026年11月25日 09:00</div><h1>{HEADLINE}</h1><div>2026-11-20 08:10</div><div>{paragraphs(*TEXT)}</div>"
    page, _ = read(HEADLINE, body)
    assert page.date == datetime.date(2026, 11, 20)


def test_the_time_is_no_deck() -> None:
    stamp = "<h2 class='subtitle'>2026-11-20 14:55:58 来源：云汀日报</h2>"
    _, article = read(HEADLINE, f"<h1>{HEADLINE}</h1>{stamp}<div>{paragraphs(*TEXT)}</div>")
    assert not article.deck


# ---- where the text begins


@pytest.mark.parametrize("dateline", ["云汀新闻网讯 ", "云汀社望江11月20日电（记者 柏舟）"])
def test_a_line_between_a_picture_and_a_dateline_is_a_caption(dateline: str) -> None:
    caption = "通车当天，市民在望江桥上步行。"
    above = f"<p><img src='a.jpg'></p><p>{caption}</p>"
    _, article = read(HEADLINE, story(dateline + TEXT[0], *TEXT[1:], above=above))
    assert article.captions == (caption,)
    assert article.paragraphs[0].endswith(TEXT[0])


def test_a_line_behind_a_picture_that_is_no_sentence_is_a_caption() -> None:
    caption = "昨日上午，市民在望江桥上步行"
    _, article = read(HEADLINE, story(*TEXT, above=f"<p><img src='a.jpg'></p><p>{caption}</p>"))
    assert (article.captions, article.paragraphs) == ((caption,), TEXT)


def test_a_paragraph_that_is_broken_by_hand_is_no_caption() -> None:
    first = TEXT[0][:30]
    told = f"<p><img src='a.jpg'></p><p>{first}<br>{TEXT[0][30:]}</p>"
    _, article = read(HEADLINE, story(*TEXT[1:], above=told))
    assert not article.captions


@pytest.mark.parametrize("label", ["摘要：", "摘 要：", "核心提示：", "本文导读："])
def test_a_summary_that_repeats_the_first_paragraph_is_left_out(label: str) -> None:
    _, article = read(HEADLINE, story(label + TEXT[0], *TEXT))
    assert article.paragraphs == TEXT


def test_a_pull_quote_that_repeats_a_later_paragraph_is_left_out() -> None:
    above = f"<div class='summary'><div>{TEXT[2]}</div></div>"
    _, article = read(HEADLINE, story(*TEXT, above=above))
    assert article.paragraphs == TEXT


def test_the_headline_in_two_lines_above_the_text_is_left_out() -> None:
    above = "<p>望江桥提前二十天通车</p><p>两岸通勤时间缩短一半</p>"
    title = "望江桥提前二十天通车 两岸通勤时间缩短一半"
    body = f"<h1>{title}</h1><div>2026-11-20</div><div>{above}{paragraphs(*TEXT)}</div>"
    _, article = read(title, body)
    assert article.paragraphs == TEXT


def test_a_dateline_alone_in_its_line_goes_with_the_first_paragraph() -> None:
    _, article = read(HEADLINE, story("云汀地产网讯", *TEXT))
    assert article.paragraphs[0].endswith(TEXT[0])
    assert len(article.paragraphs) == 3


def test_offices_above_a_bulletin_are_its_authors() -> None:
    _, article = read(HEADLINE, story("云汀县统计局 国家统计局云汀调查队", *TEXT))
    assert article.paragraphs == TEXT


def test_a_list_between_a_lead_and_the_text_does_not_end_it() -> None:
    lead = "望江桥连接江东和江西，是云汀第三座跨江大桥，也是第一座有步行道的桥，市民等了整整四年，周边三个小区的居民受益最多。"
    lead += "通车以后，老桥将封闭半年检修，公交线路也会跟着调整，市交通局请市民提前查看。"
    related = "<p>相关新闻：</p><p><a href='1'>望江桥合龙，市民先睹为快</a></p><p><a href='2'>望江桥开工仪式昨日举行</a></p>"
    _, article = read(HEADLINE, story(*TEXT, *TEXT_MORE, above=f"<div>{lead}</div>{related}"))
    assert article.paragraphs == (lead, *TEXT, *TEXT_MORE)


TEXT_MORE = (
    "市交通局说，桥上限速六十公里，货车每天早上七点到九点不得上桥，违者罚款二百元，请司机提前改走绕城公路。",
    "望江桥由省路桥公司承建，总投资十一亿元，其中八成来自专项债券，建设期间没有发生一起伤亡事故。",
)


def test_a_lead_above_a_list_of_related_reports_is_not_the_whole_text() -> None:
    lead = "<div class='subhead'>望江桥是云汀第三座跨江大桥，全长1860米。</div>"
    picture = "<dl class='media_pic'><dt><img src='a.jpg'></dt><dd>望江桥。桥面宽三十米，双向六车道，两侧有步行道，去年合龙，今年通车。图/云汀图片社</dd></dl>"
    related = (
        "<div class='pip'><dl><dt>相关报道</dt><dd><a href='1'>望江桥合龙，市民先睹为快</a></dd></dl></div>"
    )
    told = f"<div class='content'>{related}<div class='text'>{paragraphs(*TEXT)}</div></div>"
    body = f"<div class='article'><h1>{HEADLINE}</h1><div>2026-11-20</div>{lead}{picture}{told}</div>"
    _, article = read(HEADLINE, body)
    assert article.paragraphs[-1] == TEXT[-1]


def test_a_caption_that_repeats_the_headline_does_not_begin_the_text() -> None:
    caption = f"<p><img src='a.jpg'></p><p>{HEADLINE}（图片来自云汀网）</p>"
    told = f"<p>{TEXT[0]}</p>{caption}{paragraphs(*TEXT[1:], *TEXT_MORE)}"
    body = f"<h1>{HEADLINE}</h1><div>2026-11-20</div><div>{told}</div>"
    _, article = read(HEADLINE, body)
    assert article.paragraphs == (*TEXT, *TEXT_MORE)


def test_the_source_with_key_words_is_no_lead() -> None:
    info = "<h4>来源：云汀晚报 关键字：望江桥;通车;步行道;跨江大桥;老桥封闭检修，公交调整 作者： 2026-11-20 17:14</h4>"
    body = f"<div><h1>{HEADLINE}</h1>{info}<div class='con'>{paragraphs(*TEXT)}</div></div>"
    page, article = read(HEADLINE, body)
    assert (page.date, article.paragraphs) == (datetime.date(2026, 11, 20), TEXT)


def test_a_text_that_is_wholly_a_link_is_a_text() -> None:
    told = "".join(f"<a href='full.html'><dl>{paragraphs(*TEXT)}</dl></a>")
    body = f"<h1>{HEADLINE}</h1><div>2026-11-20</div><div>{told}</div>"
    _, article = read(HEADLINE, body)
    assert article.paragraphs == TEXT


# ---- where it ends


@pytest.mark.parametrize(
    "line",
    [
        "转自《云汀日报》",
        "（本文转载自云汀网，作者柏舟，略有删改）",
        "素材来源于网络，侵删。",
        "综合：云汀社、望江晚报",
        "（云汀日报、望江晚报）",
        "本文首发于云汀观察公众号",
        "撰稿：柏舟 审核：江屿",
        "文字|柏舟 编辑|江屿",
        "云汀网编辑：柏舟",
        "（责编 柏舟 江屿）",
        "【打印本页】【关闭窗口】",
        "您是第132位访问者",
        "收录于合集 #云汀",
        "感谢关注/点赞/分享",
        "相关阅读：望江桥合龙，市民先睹为快",
        "原文链接：http://www.yunting.example/1",
        "据《望江晚报》",
        "雲汀新聞現已開設Facebook專頁，讓你即時掌握本地新聞！快到Facebook Like我們的專頁！[按此 Like]",
    ],
)
def test_a_line_of_the_site_is_not_the_last_paragraph(line: str) -> None:
    _, article = read(HEADLINE, story(*TEXT, line))
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "望江市交通局已开通微信公众号，市民可以查询公交到站时间。",
        "据市统计局消息，去年过江车辆每天四万辆。",
        "资料来源：市交通局；图表由本报制作，数据截至上月底。",
        "最热门的话题是票价，市民提了三百多条意见。",
    ],
)
def test_a_line_of_the_story_is_kept(line: str) -> None:
    _, article = read(HEADLINE, story(TEXT[0], line, *TEXT[1:]))
    assert line in article.paragraphs


def test_a_name_set_apart_behind_its_role_is_a_byline() -> None:
    _, article = read(HEADLINE, story("记者蒋 凌", *TEXT))
    assert article.paragraphs == TEXT


def test_answers_of_readers_are_no_text() -> None:
    answers = (
        "柏舟对望江桥的评论:",
        "终于不用绕路了，谢谢建桥的工人，希望公交也快点开通。",
        "江屿对望江桥的评论:",
        "桥上可以骑车吗？",
    )
    _, article = read(HEADLINE, story(*TEXT, *answers))
    assert article.paragraphs == TEXT


def test_a_translator_is_cut_and_the_last_paragraph_kept() -> None:
    last = "他说：「望江桥的步行道让江东的孩子少走两公里路。1990年代以前，江上一座桥也没有。」"
    _, article = read(HEADLINE, story(*TEXT, last + "（译者：云汀社柏舟）1"))
    assert article.paragraphs == (*TEXT, last)


def test_a_number_to_call_that_an_office_names_is_part_of_the_story() -> None:
    told = "市交通局提醒，市民若有问题，可拨打交通咨询服务专线（0800-000000），早上九点到下午五点有人接听。"
    _, article = read(HEADLINE, story(*TEXT[:2], told, TEXT[2]))
    assert article.paragraphs == (*TEXT[:2], told, TEXT[2])


def test_the_way_to_the_next_page_is_cut() -> None:
    _, article = read(HEADLINE, story(*TEXT[:2], TEXT[2] + " (接下一頁)"))
    assert article.paragraphs == TEXT


def test_a_row_of_words_that_are_looked_for_is_no_paragraph() -> None:
    row = " 、 ".join(
        f"<a href='{word}'>{word}</a>"
        for word in ("望江桥", "通车", "交通局", "步行道", "江东", "江西", "老桥")
    )
    after = f"<p>(2026-11-20 20:00) 晚间新闻</p><table><tr><td><div>{row}</div></td></tr></table>"
    body = f"<div><div>{HEADLINE}</div><div class='text'>{paragraphs(*TEXT)}{after}</div></div>"
    page, article = read(HEADLINE, body)
    assert (page.date, article.paragraphs) == (datetime.date(2026, 11, 20), TEXT)


@pytest.mark.parametrize("heading", ["最热门新闻", "编辑精选", "最多人看"])
def test_a_list_of_other_reports_ends_the_text(heading: str) -> None:
    other = "<p>云汀剧院昨日开门迎客，首场演出的门票半小时内售完，剧院下月再加演三场。</p>"
    _, article = read(
        HEADLINE, story(*TEXT, after=f"<h3>{heading}</h3><div><a href='1'>云汀剧院开门迎客</a>{other}</div>")
    )
    assert article.paragraphs == TEXT


# ---- posts of boards

HEAD = "<div class='line'><span>作者</span><span>bozhou (柏舟)</span></div><div class='right'><span>看板</span><span>Yunting</span></div>"
HEAD += "<div class='line'><span>標題</span><span>[新聞] 望江橋通車</span></div><div class='line'><span>時間</span><span>Fri Nov 20 07:24:47 2026</span></div>"


def post(body: str) -> Page:
    source = f"<html><head><meta charset='utf-8'><title>[新聞] 望江橋通車 - 看板 Yunting</title></head><body><div id='nav'>返回看板</div>{body}</body></html>"
    (page,) = html.read("a.html", source.encode())
    assert isinstance(page, Page)
    return page


def test_a_post_of_a_board_is_read_without_its_answers() -> None:
    told = "\n昨天下午望江橋通車，我下班後走了一趟，江風很大，步行道比想像的寬，\n騎車和走路的人都很多。\n\n橋頭有兩家小吃攤。\n\n"
    answers = "".join(
        f"<div class='push'><span>推 </span><span>user{n}</span><span>: 我也去了，風真的很大 11/20 12:0{n}</span></div>"
        for n in range(6)
    )
    origin = "--\n簽名檔：天天走路\n--\n<span>※ 發信站: 雲汀站(bbs.example)</span>\n◆ From: 203.0.113.7\n"
    page = post(f"<div id='main'>{HEAD}{told}{origin}{answers}</div>")
    (article,) = segment(page).articles
    assert (article.headline, page.date) == ("[新聞] 望江橋通車", datetime.date(2026, 11, 20))
    assert article.paragraphs[0].startswith("昨天下午望江橋通車")
    assert article.paragraphs[0].endswith("騎車和走路的人都很多。")
    assert article.paragraphs[-1] == "橋頭有兩家小吃攤。"


def test_a_board_of_the_mainland_is_read_by_the_same_lines() -> None:
    lines = (
        "发信人: bozhou (柏舟), 信区: Yunting",
        "标&nbsp;&nbsp;题: 望江桥通车了",
        "发信站: 云汀社区 (Fri Nov 20 20:52:50 2026), 站内",
        "",
        *TEXT,
    )
    told = "<br>".join((*lines, "", "--", "※ 来源:·云汀社区 bbs.example·[FROM: 203.0.113.*]"))
    page = post(f"<table><tr><td><p>{told}</p></td></tr></table>")
    (article,) = segment(page).articles
    assert (article.headline, page.date) == ("望江桥通车了", datetime.date(2026, 11, 20))
    assert article.paragraphs == TEXT


def test_a_quotation_in_a_post_is_left_out() -> None:
    told = "\n※ 引述《jiangyu (江嶼)》之銘言：\n: 望江橋什麼時候通車？\n昨天下午就通車了，我下班後走了一趟，江風很大，步行道很寬，騎車的人很多。\n--\n※ 發信站: 雲汀站(bbs.example)\n"
    page = post(f"<div id='main'>{HEAD}{told}</div>")
    (article,) = segment(page).articles
    assert article.paragraphs == ("昨天下午就通車了，我下班後走了一趟，江風很大，步行道很寬，騎車的人很多。",)
