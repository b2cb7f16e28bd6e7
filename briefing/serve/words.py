"""The reading room's own words, in both languages."""

from __future__ import annotations

import datetime

from ..messages import Language, Message

WORDS = {
    "room": Message("简报阅览室", "Briefing Reading Room"),
    "days": Message("各期", "Editions"),
    "people": Message("人物", "People"),
    "places": Message("地方与机构", "Places and offices"),
    "trends": Message("走势", "Trends"),
    "search": Message("检索", "Search"),
    "subscription": Message("订阅", "Subscription"),
    "subscription_ask_confirm": Message("要订阅每日简报吗？", "Subscribe to the briefing?"),
    "subscription_confirm": Message("确认订阅", "Confirm"),
    "subscription_done_confirm": Message("订阅好了", "You are subscribed"),
    "subscription_ask_leave": Message("不再收每日简报吗？", "Stop getting the briefing?"),
    "subscription_leave": Message("退订", "Unsubscribe"),
    "subscription_done_leave": Message("已经退订，不会再寄", "You are unsubscribed and get no more"),
    "subscription_void": Message("这个链接没有用了", "This link does nothing any more"),
    "subscription_void_help": Message(
        "它可能已经用过、过期，或没有复制完整。", "It was used, is too old, or was not copied whole."
    ),
    "signup": Message("邮件订阅", "Subscribe"),
    "signup_help": Message(
        "写下邮箱，会收到一封信；点信里的链接确认了才开始寄，随时可退。",
        "Leave your address. A letter comes with a link; only who confirms is mailed, and may leave at any time.",
    ),
    "signup_address": Message("邮箱", "E-mail address"),
    "signup_edition": Message("哪一期", "Edition"),
    "signup_send": Message("订阅", "Subscribe"),
    "signup_trap": Message("这一栏请留空", "Leave this empty"),
    "signup_taken": Message("请查收邮件", "Please look at your mail"),
    "signup_taken_help": Message(
        "如果这个地址还没有订阅，几分钟内会收到一封信，点里面的链接确认。一个地址一天只写一封；没有收到，请看看垃圾邮件。",
        "If that address is not subscribed yet, a letter arrives within minutes: follow its link. An address gets "
        "one such letter a day; if there is none, look among the spam.",
    ),
    "signup_wrong": Message(
        "这不像一个邮箱地址，请再看看。", "That is no e-mail address. Please look again."
    ),
    "signup_old": Message("这张表放得太久了，请再填一次。", "This form is too old. Please fill it in again."),
    "signup_busy": Message(
        "现在订阅的人太多，请过一会儿再来。", "Too many are subscribing. Please come again later."
    ),
    "skip": Message("跳到正文", "Skip to the content"),
    "main_nav": Message("主要栏目", "Main"),
    "latest": Message("最新一期", "Latest edition"),
    "all_days": Message("历期简报", "All editions"),
    "months": Message("各月", "Months"),
    "overview": Message("要点", "Overview"),
    "read": Message("全部条目", "All stories"),
    "printed": Message("原版", "As printed"),
    "printed_html": Message("网页版", "Web page"),
    "printed_pdf": Message("PDF 版", "PDF"),
    "printed_alt": Message("本期版面的缩影", "Picture of the printed page"),
    "stories_count": Message("{n} 条", "{n} stories"),
    "stories_one": Message("{n} 条", "{n} story"),
    "papers_count": Message("{n} 家报纸", "{n} papers"),
    "papers_one": Message("{n} 家报纸", "{n} paper"),
    "earlier": Message("前一期", "Earlier edition"),
    "later": Message("后一期", "Later edition"),
    "summary": Message("摘要", "Summary"),
    "article": Message("原文", "Article"),
    "evidence": Message("依据", "Evidence"),
    "evidence_help": Message(
        "点摘要里的一句，原文中支持它的文字就亮起来。",
        "Choose a sentence of the summary: what it rests on lights up in the article.",
    ),
    "to_evidence": Message("看第 {n} 句的依据", "Evidence of sentence {n}"),
    "back": Message("回到摘要", "Back to the summary"),
    "no_article": Message("原文没有存档。", "The article was not kept."),
    "unsupported": Message("原文中找不到", "Not found in the article"),
    "numbers": Message("数字", "numbers"),
    "names": Message("名称", "names"),
    "claims": Message("说法", "claims"),
    "also": Message("另见", "Also in"),
    "at_source": Message("到原网页去看", "Read it where it was published"),
    "model": Message("摘要：{n}", "Summary by {n}"),
    "origin_extracted": Message("摘自原文", "taken from the article"),
    "origin_generated": Message("模型写成", "written by a model"),
    "origin_reranked": Message("模型写成，已改选", "written by a model, a later proposal"),
    "origin_bound": Message("限用原文字词写成", "written in the article's words"),
    "origin_mended": Message("模型写成，有改动", "written by a model, mended"),
    "in_story": Message("文中人物与地方", "Names in this story"),
    "query": Message("找什么", "Look for"),
    "query_help": Message(
        '并列的词都要有；"引号"内是完整的短语；OR 是两者之一；-词 是不要有。',
        'All words must be there; "a phrase" as it stands; OR for one of two; -word for without.',
    ),
    "since": Message("从", "From"),
    "until": Message("到", "To"),
    "section": Message("版块", "Section"),
    "paper": Message("报纸", "Paper"),
    "any": Message("不限", "Any"),
    "order": Message("次序", "Order"),
    "best": Message("最相关的在前", "Best first"),
    "newest": Message("最新的在前", "Newest first"),
    "find": Message("检索", "Search"),
    "found": Message("找到 {n} 条", "{n} stories found"),
    "found_one": Message("找到 {n} 条", "{n} story found"),
    "found_more": Message("多于 {n} 条", "More than {n} stories"),
    "found_none": Message(
        "没有找到。换个说法，或放宽日期和版块。", "Nothing found. Try other words, or wider limits."
    ),
    "ranked_of": Message(
        "命中太多：在最新的 {n} 条里排的次序。", "Very many hits: the newest {n} are ranked."
    ),
    "page_of": Message("第 {n} 页", "Page {n}"),
    "previous": Message("上一页", "Previous page"),
    "next": Message("下一页", "Next page"),
    "pages": Message("翻页", "Pages"),
    "named_since": Message("{first} 至 {last}", "{first} to {last}"),
    "timeline": Message("历次报道", "Its stories over time"),
    "more_stories": Message(
        "只列最近 {n} 条，其余请检索。", "The newest {n} are listed; search for the others."
    ),
    "names_help": Message(
        "按提到的条数排列；名称由程序辨认，同名不分。",
        "By the number of stories; names are found by the program, which does not tell namesakes apart.",
    ),
    "trends_help": Message(
        "每周各版块的条数，和比往常说得多的名称。",
        "Stories a week by section, and names told of more often than usual.",
    ),
    "by_week": Message("每周条数", "Stories a week"),
    "week_of": Message("{n} 起的一周", "Week from {n}"),
    "rising": Message("升温", "Rising"),
    "rising_help": Message("本周条数与前四周平均", "Stories this week, and the mean of four weeks before"),
    "no_rising": Message("这一周没有比往常说得多的名称。", "No name was told of more often than usual."),
    "usual": Message("往常 {n}", "usually {n}"),
    "empty": Message(
        "还没有简报。briefing archive add 可以加入已有的各期。",
        "No edition yet. `briefing archive add` takes those that exist.",
    ),
    "not_found": Message("没有这一页", "There is no such page"),
    "not_found_help": Message("它可能已改名，或从未有过。", "It may have another name, or never was."),
    "bad_search": Message("请写出要找的词。", "Please say what to look for."),
    "year_months": Message(
        "1,2,3,4,5,6,7,8,9,10,11,12",
        "January,February,March,April,May,June,July,August,September,October,November,December",
    ),
    "weekdays": Message("一,二,三,四,五,六,日", "Mon,Tue,Wed,Thu,Fri,Sat,Sun"),
    "monday_first": Message("周", "Week"),
    "other": Message("其他", "Other"),
    "feed": Message("订阅", "Feed"),
    "offline": Message(
        "本页不用脚本，也不读取别处的内容。", "No scripts here, and nothing is fetched from elsewhere."
    ),
    "total": Message("合计", "Total"),
}


class Words:
    """The words in one language, as a template asks for them: words.days, words("found", n=3)."""

    def __init__(self, language: Language) -> None:
        """Takes the language."""
        self.language = language

    def __getattr__(self, name: str) -> str:
        """The word of that name."""
        if name not in WORDS:
            raise AttributeError(name)
        return WORDS[name](self.language)

    def __call__(self, name: str, **parts: object) -> str:
        """The word with its parts filled in."""
        return WORDS[name](self.language).format(**parts)

    def count(self, name: str, n: int) -> str:
        """The word with a number: {name}_one or {name}_count."""
        plural = name if name in WORDS else f"{name}_count"
        return WORDS[f"{name}_one" if n == 1 else plural](self.language).format(n=f"{n:,}")

    def month(self, day: datetime.date) -> str:
        """2026年11月; November 2026."""
        if self.language == "en":
            return f"{self.year_months.split(',')[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月"

    def day(self, day: datetime.date) -> str:
        """2026年11月20日 周五; Fri 20 November 2026."""
        weekday = self.weekdays.split(",")[day.weekday()]
        if self.language == "en":
            return f"{weekday} {day.day} {self.month(day)}"
        return f"{self.month(day)}{day.day}日 周{weekday}"

    def short(self, day: datetime.date) -> str:
        """11月20日; 20 November."""
        if self.language == "en":
            return f"{day.day} {self.year_months.split(',')[day.month - 1]}"
        return f"{day.month}月{day.day}日"
