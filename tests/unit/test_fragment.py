"""HTML inside a value becomes paragraphs: hidden elements are no words, escapes made twice are undone."""

import pytest

from briefing.read.fragment import paragraph_texts, plain_words
from briefing.read.prompts import split_prompt


@pytest.mark.parametrize(
    ("words", "paragraphs"),
    [
        ("一段。\n\n二段。", ["一段。", "二段。"]),
        ("<p>一段。</p><p>二<b>段</b>。</p>", ["一段。", "二段。"]),
        ("一段。<br/><br>二段。<div>三段。</div>尾巴。", ["一段。", "二段。", "三段。", "尾巴。"]),
        ("&lt;p&gt;一段。&lt;/p&gt;&amp;lt;p&amp;gt;二段。&amp;lt;/p&amp;gt;", ["一段。", "二段。"]),
        ("<div>&lt;p&gt;一段。&lt;/p&gt;&lt;p&gt;二段。&lt;/p&gt;</div>", ["一段。", "二段。"]),
        ('<p style="display: none">藏</p><p hidden>藏</p><script>藏</script><style>藏</style><p>一段。</p>', ["一段。"]),
        ("<p>标签写作 &lt;b&gt;。</p>", ["标签写作 <b>。"]),
        ("PM2.5<35，湿度>60", ["PM2.5<35，湿度>60"]),
        ("<blockquote><p>引文。</p></blockquote><ul><li>一条</li></ul>", ["引文。", "一条"]),
        ("甲&nbsp;乙 &amp; 丙", ["甲 乙 & 丙"]),
    ],
)  # fmt: skip
def test_the_paragraphs_of_a_value(words: str, paragraphs: list[str]) -> None:
    assert paragraph_texts(words) == paragraphs


def test_a_title_is_one_line_without_tags() -> None:
    assert (
        plain_words("望江桥&amp;lt;b&amp;gt;提前&amp;lt;/b&amp;gt;通车&amp;nbsp;首日三万辆")
        == "望江桥提前通车 首日三万辆"
    )


@pytest.mark.parametrize(
    "words",
    [
        "阅读全文", "点击查看原文>>", "【查看更多】", "欢迎关注本报公众号", "长按识别二维码关注我们", "关注“云汀日报”微信公众号",
        "本文来自微信公众号“云汀日报”，点击查看原文", "更多精彩内容，请下载云汀日报客户端", "扫码下载云汀新闻客户端", "[…]",
        "The post 望江桥提前通车 appeared first on 云汀日报.", "版权声明：未经授权不得转载",
    ],
)  # fmt: skip
def test_calls_to_read_on_are_no_text(words: str) -> None:
    assert split_prompt(words) == ("", words)


@pytest.mark.parametrize(
    "words",
    [
        "市民扫码即可加入志愿者队伍，首日有三百人报名。", "读者可在线查看原文件，也可到馆借阅。", "居民关注的用水问题有了着落。",
        "他阅读了全文，沉默良久。", "订阅量三年增长两成，报社说明年不涨价。",
    ],
)  # fmt: skip
def test_news_about_such_calls_is_text(words: str) -> None:
    assert split_prompt(words) == (words, "")


def test_a_call_at_the_end_of_a_paragraph_is_cut() -> None:
    assert split_prompt("护栏换新，新护栏高一米二…… 阅读全文") == ("护栏换新，新护栏高一米二……", "阅读全文")
