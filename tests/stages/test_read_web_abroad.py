"""News pages as sites outside the mainland, and sites built by scripts, lay them out."""

from __future__ import annotations

import datetime
import json

import pytest
from news_page import paragraphs, read

from briefing.errors import SourceError
from briefing.read import html

HEADLINE = "望江橋提前二十天通車"
TEXT = (
    "全長1860米的望江橋昨日提前二十天通車，首日通過車輛3.2萬輛，兩岸通勤時間由四十五分鐘縮短到二十五分鐘。",
    "市交通局局長范明遠說，橋面設雙向六車道，兩側各有一條三米寬的步行道，晚上十點以後仍然開放，市民可以步行過江。",
    "家住江東的陳女士算了一筆帳：以前繞行老橋，一個月油費六百元，現在只要三百五十元，每天還能多睡二十分鐘。",
)


def story(*texts: str, after: str = "") -> str:
    return f"<h1>{HEADLINE}</h1><div>2026-11-20</div><div class='text'>{paragraphs(*texts)}{after}</div>"


# ---- the headline and the day


def test_a_ticker_with_the_time_is_not_the_headline() -> None:
    ticker = f"<div><h2><a href='/1'><span>{HEADLINE}</span><time>09:34</time></a></h2></div>"
    _, article = read(f"{HEADLINE} | 雲汀新聞網", ticker + story(*TEXT))
    assert article.headline == HEADLINE


def test_a_long_report_may_put_its_headline_in_other_words() -> None:
    title = "江東客獲救記：首次感到夜色與我有關"
    picture = "<figure><img src='a.jpg'><p>图像来源，YUNTING NEWS</p></figure>"
    told = "獲救後他對YUNTING NEWS的記者說，夜色很深，路燈全滅，這是首次走過望江橋。"
    body = f"<h1>{title}</h1>{picture}<div>{paragraphs(told, *TEXT)}</div>"
    _, article = read(f"{title} - 雲汀新聞", body)
    assert article.headline == title


def test_a_film_uploaded_later_does_not_give_the_day() -> None:
    film = {"@type": "VideoObject", "name": HEADLINE, "uploadDate": "2026-11-21T14:09:00+08:00"}
    head = (
        f'<script type="application/ld+json">{json.dumps(film, ensure_ascii=False)}</script>'
        '<meta itemprop="datePublished" content="2026/11/20 18:53">'
    )
    body = f"<h1>{HEADLINE}</h1><div>最新更新：2026/11/21 14:09</div><div>{paragraphs(*TEXT)}</div>"
    page, _ = read(HEADLINE, body, head)
    assert page.date == datetime.date(2026, 11, 20)


# ---- where the text begins


@pytest.mark.parametrize(
    "dateline", ["（望江29日訊）", "【本報訊】", "（江屿、望江29日综合电）", "(江嶼社望江20日電)"]
)
def test_a_line_between_a_picture_and_the_dateline_is_a_caption(dateline: str) -> None:
    body = f"<div><img src='a.jpg'></div><p>通車的望江橋。</p>{paragraphs(dateline + TEXT[0], *TEXT[1:])}"
    _, article = read(HEADLINE, f"<h1>{HEADLINE}</h1><div>2026-11-20</div><div>{body}</div>")
    assert article.paragraphs[0].endswith(TEXT[0])
    assert article.captions == ("通車的望江橋。",)


def test_a_description_cut_to_its_length_is_not_the_first_paragraph() -> None:
    body = f"<h1>{HEADLINE}</h1><h2>{TEXT[0][:40]}</h2><div>2026-11-20</div><div>{paragraphs(*TEXT)}</div>"
    _, article = read(HEADLINE, body)
    assert article.paragraphs == TEXT


def test_between_a_caption_and_the_text_stand_no_paragraphs() -> None:
    picture = "<figure><img src='a.jpg'><figcaption>通車當天，江東的市民走上望江橋。</figcaption></figure>"
    author = "<section><strong>Article Information</strong><ul><li>Author, 柏舟</li><li>Role, 雲汀記者</li></ul></section>"
    told = "".join(f"<div class='x'><p>{words}</p></div>" for words in TEXT)
    body = f"<main><h1>{HEADLINE}</h1>{picture}{author}<div class='x'><time>2026年11月20日</time></div>{told}</main>"
    _, article = read(HEADLINE, body)
    assert article.paragraphs == TEXT


def test_a_repeated_first_heading_is_no_paragraph() -> None:
    short = "開上望江橋：我是怎樣走過去的？"
    told = "".join(f"<div><p>{words}</p></div>" for words in TEXT)
    body = f"<main><h1>{short}</h1><div><b>{short}</b></div><div>2026年11月20日</div>{told}</main>"
    _, article = read(f"{HEADLINE} - 雲汀新聞", body)
    assert article.paragraphs == TEXT


def test_between_a_lead_and_the_text_only_paragraphs_count() -> None:
    lead = "雲汀社說，望江橋提前通車，兩岸通勤時間縮短二十分鐘，市民可以步行過江。"
    dates = "<div><p>发表时间： 20/11/2026 - 10:13</p><div>7 分鐘 閱讀時間</div><div><span>柏舟</span></div></div>"
    body = f"<article><h1>{HEADLINE}</h1><p>{lead}</p>{dates}<div>{paragraphs(*TEXT)}</div></article>"
    _, article = read(HEADLINE, body)
    assert article.paragraphs == (lead, *TEXT)


# ---- where it ends


@pytest.mark.parametrize(
    "line",
    [
        "（封面圖／江嶼圖庫／翻攝自微博）",
        "⬇⬇相关新闻⬇⬇",
        "👇相關新聞👇",
        "*本網站有權刪除或封鎖任何具有人身攻擊性質的留言和用戶；必須審核的留言，或將不會即時出現。",
        "影片來源：雲汀電視",
        "Advertisements",
        "以上图片来源于网络",
        "歡迎每位讀者訂閱支持我們，繼續採訪。",
    ],
)
def test_a_line_of_the_site_is_not_the_last_paragraph(line: str) -> None:
    _, article = read(HEADLINE, story(*TEXT, line))
    assert article.paragraphs == TEXT


def test_a_name_in_brackets_under_the_text_is_a_byline() -> None:
    _, article = read(HEADLINE, story(*TEXT, "(雲汀 )"))
    assert (article.paragraphs, article.byline) == (TEXT, "雲汀")
    for label in ("（待續）", "（盖章）", "（附表）", "（節選）"):
        _, labelled = read(HEADLINE, story(*TEXT, label))
        assert (labelled.paragraphs, labelled.byline) == (TEXT, None)


def test_a_link_in_brackets_behind_a_paragraph_is_a_pointer() -> None:
    link = f"{TEXT[2]}（<a href='/2'>第三跑道環評有條件過關</a>）"
    labelled = f"{TEXT[2]}（相關報導：<a href='/2'>第三跑道環評過關</a>｜<a href='/3'>更多文章在這裡看</a>）"
    for last in (link, labelled):
        _, article = read(HEADLINE, story(*TEXT[:2], last))
        assert article.paragraphs == TEXT
    told = f"{TEXT[2]}（<a href='/4'>橋</a>長1860米，是全省第三）"
    _, article = read(HEADLINE, story(*TEXT[:2], told))
    assert article.paragraphs[-1].endswith("（橋長1860米，是全省第三）")


def test_a_heading_over_links_is_not_the_end() -> None:
    links = "<p><b>望江花園</b></p><p>地址：<a href='/map'>望江區江東一路五十二號三樓</a></p>"
    _, article = read(HEADLINE, story(*TEXT, after=links))
    assert article.paragraphs == TEXT
    offer = "<p>《電子書系列》層出不窮</p><p>新書出爐：雲汀十大電子書系列，訂閱請按此</p><p>…</p>"
    _, sold = read(HEADLINE, story(*TEXT, after=offer))
    assert sold.paragraphs == TEXT
    _, slogan = read(HEADLINE, story(*TEXT, after="<p><b>祝各位一路平安</b></p>"))
    assert slogan.paragraphs == (*TEXT, "祝各位一路平安")


def test_a_plea_for_donations_is_not_the_end() -> None:
    plea = (
        "<div class='donation-box__Box'><p>用行動支持雲汀</p><p>每個人都應有獲得正確訊息的權利，"
        "我們公開每一篇報導，需要投入大量人力，倘若沒有讀者，我們不可能完成。</p></div>"
    )
    _, article = read(HEADLINE, story(*TEXT) + plea)
    assert article.paragraphs == TEXT


def test_a_notice_among_the_paragraphs_does_not_end_the_article() -> None:
    notice = f"<p class='r'>本文来自<a href='/'>雲汀新闻</a>，本文标题：{HEADLINE} ,转载请保留本声明！</p>"
    told = [f"<p class='t'>{words}</p>" for words in TEXT]
    page = f"<h1>{HEADLINE}</h1><div>2026-11-20</div><div>{told[0]}{told[1]}{notice}{told[2]}</div>{notice}"
    _, article = read(HEADLINE, page)
    assert article.paragraphs == TEXT


# ---- what scripts hold, and what is no article


def test_the_text_may_stand_in_elements_of_the_pages_data() -> None:
    data = {
        "type": "story",
        "content_elements": [
            {"type": "text", "content": TEXT[0]},
            {"type": "image", "url": "a.jpg"},
            {"type": "raw_html", "content": f"{TEXT[1]}<br/><br/>{TEXT[2]}"},
        ],
        "headlines": {"basic": HEADLINE},
        "display_date": "2026-11-20T10:24:00Z",
    }
    script = f"<script>Fusion.globalContent={json.dumps(data, ensure_ascii=False)};Fusion.x=1;</script>"
    page, article = read(f"{HEADLINE} ｜ 雲汀新聞網", "<div id='app'></div>" + script)
    assert (article.headline, page.date) == (HEADLINE, datetime.date(2026, 11, 20))
    assert article.paragraphs == TEXT


def listed(count: int) -> str:
    return "".join(
        f"<li><div><h2><a href='/{n}'>江東區第{n}座步行橋將在明年春天動工</a></h2><div>2026年11月{n}日</div></div></li>"
        for n in range(1, count)
    )


@pytest.mark.parametrize(
    "page",
    [
        f"<main><h1>台灣</h1><ul>{listed(25)}</ul><div>Page 1 的 40</div></main>",
        f"<h1><a href='/'>雲汀 - 時事與新聞直播 - 江嶼廣播電台</a></h1><ul>{listed(28)}{listed(28)}</ul>"
        "<aside><p>瀏覽雲汀自2006年以來所發表的文章、播客和視頻等檔案資料</p></aside>",
    ],
)
def test_a_list_of_titles_is_no_article(page: str) -> None:
    title = "雲汀 - 時事與新聞直播 - 江嶼廣播電台" if "aside" in page else "台灣 - 雲汀新聞"
    whole = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{page}</body></html>"
    with pytest.raises(SourceError) as raised:
        list(html.read("a.html", whole.encode()))
    assert "list of articles" in str(raised.value)


# ---- Hong Kong


@pytest.mark.parametrize("credit", ["。(資料圖片)", "(AP)"])
def test_a_caption_that_repeats_the_headline_is_not_it(credit: str) -> None:
    picture = f"<div><h3>{HEADLINE}{credit}</h3></div>"
    body = f"<h1>{HEADLINE}</h1>{picture}<div>2026-11-20</div><div>{paragraphs(*TEXT)}</div>"
    _, article = read(f"{HEADLINE} | 雲汀730", body)
    assert article.headline == HEADLINE


def test_what_a_button_unfolds_belongs_to_the_article() -> None:
    rest = f"<div style='display:none'>{paragraphs(*TEXT[1:])}</div>"
    body = f"<h1>{HEADLINE}</h1><div>2026-11-20</div><div><p>{TEXT[0]}</p><p>- 閱讀更多 -</p>{rest}</div>"
    _, article = read(HEADLINE, body)
    assert article.paragraphs == TEXT


def test_what_stands_under_a_rule_with_calls_is_the_papers_own() -> None:
    show = "<p>《雲汀申訴王》於3月1日隆重登場，節目為民請命，追蹤城中熱話。</p>"
    calls = "<p>《雲汀頭條》APP經已推出最新版本，請立即更新，瀏覽更精彩內容：https://example.com/a</p>"
    _, article = read(HEADLINE, story(*TEXT, after=f"<p>---</p>{show}{calls}"))
    assert article.paragraphs == TEXT
    _, parted = read(HEADLINE, story(*TEXT[:2], after=f"<p>---</p><p>{TEXT[2]}</p>"))
    assert parted.paragraphs == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "▼點擊圖片放大",
        "（請點擊圖片放大）",
        "+22",
        "★★《2026年電子書系列》層出不窮 ★★",
        "新書出爐：2026年雲汀十大電子書系列，內容涵蓋股樓，訂閱請按此",
        "【退休】年輕人執倉攻略（下）點揀最強基金？立即收看",
        "欲看完整內容，訂戶可登入繼續瀏覽。",
        "最新影片推介",
        "專訪 國策專家柏舟 談次季部署【下一頁】",
        "欄名 : 財務教室",
        "你的獨家報料一旦被採用及報導，將獲得獎品。",
        "視訊播放器 正在載入。",
        "▼《雲汀》記者直擊江東酒樓用餐情況▼",
    ],
)
def test_calls_and_labels_of_a_paper_are_not_the_last_paragraph(line: str) -> None:
    _, article = read(HEADLINE, story(*TEXT, line))
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "市消保委說，新版APP上線後，市民要按此前公布的辦法登記，立即報名的已有三萬人。",
        "范明遠說，會員登錄後可查看繳費記錄，用戶登入後也可瀏覽去年的帳單，全部免費。",
        "范明遠說，優惠計劃推出後，三成市民立即登記，餘下的仍在觀望，橋面收費辦法明年再議。",
    ],
)
def test_a_sentence_about_calls_is_told(line: str) -> None:
    _, article = read(HEADLINE, story(*TEXT, line))
    assert article.paragraphs == (*TEXT, line)


def test_a_long_caption_with_a_mark_is_no_first_paragraph() -> None:
    people = "、".join(f"雲汀集團第{n}分公司總經理柏{n}（前排左{n}）" for n in "一二三四五六")
    caption = f"▲ {people}等嘉賓與一眾得獎者在望江橋頭合照。"
    body = f"<p><img src='a.jpg'></p><p>{caption}</p>{paragraphs(*TEXT)}"
    _, article = read(HEADLINE, f"<h1>{HEADLINE}</h1><div>2026-11-20</div><div>{body}</div>")
    assert article.paragraphs == TEXT


# ---- what a site puts under a story, by its form


@pytest.mark.parametrize(
    "tail",
    [
        ["追新聞、看直播，我們的頻道 https://example.com/live 天天陪你"],
        ["• 江東咖啡節怎麼逛", "• 夜市攤位一次看"],
        ["你也有故事想說嗎？寫信給我們：desk@example.com"],
        ["（特稿）"],
        ["☕ 喝杯咖啡再走！", "手沖套票 $120，10:00-18:00 憑本頁七折"],
        ["秋日郊遊七條路線", "露營用品推介"],
    ],
)
def test_what_a_site_sells_or_asks_under_a_story_is_known_by_its_form(tail: list[str]) -> None:
    _, article = read(HEADLINE, story(*TEXT, *tail))
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    "last",
    [
        ("范明遠最後說：「你們放心走，我們會守好這座橋！」",),
        ("橋面開放時間：每日6:00至24:00。",),
        ("查詢電話：8888-6666",),
        ("附件：望江橋收費辦法",),
        ("這項工程有三個特點：", "工期短；", "造價低；", "維護容易。"),
        ("市交通局還提醒市民，颱風期間望江橋會限速通行，具體安排以現場指示為準。□",),
        ("雲汀市交通局", "2026年11月20日"),
        ("（范明遠為化名，應受訪者要求隱去真實姓名。）",),
    ],
)
def test_the_end_of_a_report_is_not_cut_by_its_form(last: tuple[str, ...]) -> None:
    _, article = read(HEADLINE, story(*TEXT, *last))
    assert article.paragraphs == (*TEXT, *last)


def test_a_story_that_speaks_to_its_readers_keeps_its_last_words() -> None:
    told = tuple(f"{text[:-1]}，你覺得呢！" for text in TEXT)
    _, article = read(HEADLINE, story(*told, "你也來望江橋上走一走吧，晚風很涼，江水很靜，燈火很亮！"))
    assert len(article.paragraphs) == 4


def test_a_name_in_brackets_under_a_story_stays_its_author() -> None:
    _, article = read(HEADLINE, story(*TEXT, "（柏舟）", "更多好去處：江東夜遊地圖"))
    assert article.paragraphs == TEXT
    assert article.byline == "柏舟"
