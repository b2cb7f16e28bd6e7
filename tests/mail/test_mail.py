"""The letter's two texts: every form of a story, the reader's name, what web mail and Gmail do to it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from briefings import CHECKED, PROBLEM, briefing, many, story
from mail_samples import READER, forms, written

from briefing.app.mail import prepare_mailing, preview_html
from briefing.config import MailSettings, Settings
from briefing.errors import TemplateError
from briefing.render.json import JsonRenderer
from briefing.render.mail import CLIP, MailContext, MailRenderer
from briefing.types import Briefing, Section, Story

EVIL = '<script>alert(1)</script> & "引" \'</td>'


def words(html: str) -> str:
    return re.sub(
        r"\s+", "", re.sub(r"<[^>]+>|<!--.*?-->", "", re.sub(r"(?s)<(style|head).*?</\1>", "", html))
    )


def said(one: Story, gist: str) -> Story:
    return replace(one, summary=replace(one.summary, gist=gist))


@pytest.mark.parametrize("kind", ["html", "text"])
def test_every_form_shows_what_it_is_to_show_and_what_is_left_out_is_counted(kind: str) -> None:
    made = written(forms())
    text = words(made.html) if kind == "html" else re.sub(r"\s+", "", made.text)
    for shown in (
        "第1条标题",
        "第2条标题",
        "一句话新闻的要点",
        "第4条标题",
        "另有7条",
        "另有2个来源未能处理",
        "坏文件.pdf",
        "11条新闻",
    ):
        assert shown in text
    assert "第3条标题" not in text
    assert text.count("首日客流") == 2, "lines and headlines have no summary"


def test_a_section_of_which_nothing_is_left_is_still_counted() -> None:
    made = written(replace(many(1), sections=(Section(name="体育", stories=(), more=3),)))
    assert "另有3条" in words(made.html) and "另有 3 条" in made.text


def test_every_word_of_the_newspaper_is_escaped() -> None:
    evil = story(1, EVIL, kicker=EVIL, byline=EVIL, source=EVIL)
    day = replace(
        briefing(evil, CHECKED),
        title=EVIL,
        overview=(EVIL,),
        papers=(EVIL,),
        problems=(replace(PROBLEM, source=EVIL),),
    )
    made = written(day, replace(READER, name=EVIL))
    assert "<script" not in made.html
    assert made.html.count("&lt;script&gt;") >= 7
    assert "35" in words(made.html), "a number not in the article is told"


def test_the_look_is_in_the_elements_and_only_wishes_are_in_the_head() -> None:
    html = written().html
    head, body = html.split("</head>")
    sheets = re.findall(r"(?s)<style[^>]*>(.*?)</style>", re.sub(r"(?s)<!--.*?-->", "", head))
    assert len(sheets) == 2 and all(sheet.strip().startswith("@media") for sheet in sheets)
    assert "prefers-color-scheme: dark" in head and "<!--[if mso]>" in head and "!important" in head
    assert body.count("<!--[if mso]>") == 2
    for tag in ("h1", "h2", "h3", "p"):
        for element in re.findall(rf"<{tag}\b[^>]*>", body):
            assert "margin: 0" in element or "margin:" in element
    assert "var(" not in html and "{{" not in html
    assert '""' not in re.sub(r'alt=""', "", html)


def test_nothing_is_fetched_from_outside() -> None:
    html = written(around=MailContext(logo="logo", link="https://yunting.test/b")).html
    assert re.findall(r'src="([^"]*)"', html) == ["cid:logo"]
    assert "url(" not in html and "@import" not in html and "<link" not in html


FETCHING = [
    '<img src="https://t.example/pixel.gif">', "<img alt='>' src='http://x'>", "<img/src=x>", "<IMG SRC=http://x>",
    "<img src='data:image/png;base64,x'>", "<img srcset='cid:a 1x, http://x 2x'>", "<input type=image src=x>", "<image src=x>",
    "<body background='http://x'>", "<BODY\nbackground=x>", "<html><html manifest=x>", "<table background=x>", "<td background=x>", "<video poster=x>", "<object data=x>",
    "<link rel=stylesheet href=x>", "<meta http-equiv=refresh content='0;url=x'>", "<base href=http://x>", "<iframe srcdoc='<img>'>",
    "<style>a{background:url(x)}</style>", "<style>a{background:URL( 'x' )}</style>", "<style>@import 'x';</style>",
    "<style>@import url(x)</style>", "<style>@\\69mport 'x';</style>", "<style>@media all{a{b:url(x)}}</style>",
    "<style>a{--x:url(x)}</style>", "<style><!-- a{b:url(x)} --></style>", "<style>a{b:image-set('x' 1x)}</style>",
    "<p style='background:u\\72l(http://x)'>", "<p style='&#117;rl(x);a:url(x)'>", "<p style='b:url(a b)'>",
    "<p style='background:url(http://x'>", "<td style='filter:AlphaImageLoader(src=\"x\")'>", "<p style='a:expression(b)'>",
    "<svg><image href='http://x'/></svg>", "<svg><image xlink:href='http://x'/></svg>", "<svg><feImage xlink:href=x /></svg>",
    "<svg fill='url(http://x#a)'>", "<svg><style>a{b:url(x)}</style></svg>", "<svg><use href='http://x#a'/></svg>",
    "<svg><animate attributeName=href values='http://x'/></svg>", "<v:fill src='http://x'>",
    "<!--[if mso]><img src='http://x'><![endif]-->", "<!--><img src=http://x>-->", "<!--[if mso]><v:image src=x /><![endif]-->",
    "<noscript><img src=http://x></noscript>", "<xmp><img src=x></xmp>", "<textarea></textarea><img src=y>",
    "<![CDATA[<img src=x>]]>", "<div>" * 3000 + "<img src=http://x>", "<style>" + "(" * 5000 + "url(x)</style>",
]  # fmt: skip


@pytest.mark.parametrize("bad", FETCHING, ids=range(len(FETCHING)))
def test_a_template_that_fetches_is_refused(tmp_path: Path, bad: str) -> None:
    page = "{% raw %}" + f"<html><body>{bad}</body></html>" + "{% endraw %}"
    (tmp_path / "mail.html.j2").write_text(page, encoding="utf-8")
    with pytest.raises(TemplateError, match="fetches something"):
        MailRenderer(str(tmp_path))(many(1), "zh")


@pytest.mark.parametrize(
    "good",
    [
        '<img src="cid:logo" alt="url(x) @import">', '<a href="http://x" title="url(y)">z</a>', "<p>url(http://x)</p>",
        "<p title='<img src=x>'>&lt;img src=x&gt;</p>", "<p style=\"content:'url(x)'\">", "<style>a{b:url(cid:logo)}</style>",
        "<!--[if mso]><table><tr><td>url(x)<![endif]-->", "<svg><path fill='url(#g)'/><use href='#a'/></svg>", "",
    ],
)  # fmt: skip
def test_a_template_that_fetches_nothing_is_used(tmp_path: Path, good: str) -> None:
    (tmp_path / "mail.html.j2").write_text(f"<html><body>{good}</body></html>", encoding="utf-8")
    assert MailRenderer(str(tmp_path))(many(1), "zh").html


@pytest.mark.parametrize(
    "word", ["url(", "@import", "url(http://x)", '<img src="http://x">', "<style>a{b:url(x)}</style>"]
)
def test_a_word_of_an_article_stops_no_letter(word: str) -> None:
    evil = story(1, f"标题{word}", kicker=word, byline=word, source=word)
    day = replace(briefing(evil), title=word, overview=(word,), papers=(word,))
    assert written(day, replace(READER, name=word)).html.count("a") > 100


def test_the_reader_is_greeted_by_name_and_one_without_is_not() -> None:
    assert "林晚舟，您好：" in written(to=READER).html and "林晚舟，您好：" in written(to=READER).text
    assert "您好" not in written().html and "您好" not in written(to=replace(READER, name="")).text
    assert "Dear 林晚舟," in MailRenderer()(many(1), "en", READER).text


def test_the_hidden_first_line_is_the_news() -> None:
    body = written().html.split("<body")[1]
    first = re.search(r"(?s)<div[^>]*display: none[^>]*>(.*?)</div>", body)
    assert first and first[1].startswith("3号线串起城东城西")


def test_the_subject_is_a_template() -> None:
    made = MailRenderer(
        subject="{{ briefing.papers | first }}：{{ briefing.overview[0] }} · {{ recipient.name }}"
    )(many(3), "zh", READER)
    assert made.subject == "云汀日报：3号线串起城东城西 · 林晚舟"
    with pytest.raises(TemplateError, match=r"\[mail\] subject:1"):
        MailRenderer(subject="{{ briefing.nothing }}")(many(1), "zh")


def test_a_theme_takes_the_letter_of_classic_in_its_own_colours(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('[mail]\naccent = "#123456"\n', encoding="utf-8")
    html = MailRenderer(str(tmp_path))(many(2), "zh").html
    assert "#123456" in html and "#9e1b1b" not in html
    (tmp_path / "theme.toml").write_text('[mail]\naccent = "red}</style><script>"\n', encoding="utf-8")
    with pytest.raises(TemplateError, match="accent"):
        MailRenderer(str(tmp_path))(many(2), "zh")


def settings(folder: Path, day: Briefing, **mail: object) -> Settings:
    (folder / "b.json").write_bytes(JsonRenderer()(day, "zh").content)
    return Settings(
        sources=(str(folder / "b.json"),),
        mail=MailSettings(**({"to": ("林晚舟 <lin@yunting.test>",)} | mail)),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("n", [1, 40, 300])
def test_however_many_stories_there_are_nothing_is_clipped_and_nothing_uncounted(
    tmp_path: Path, n: int
) -> None:
    day = briefing(
        *(said(story(i, f"第{i}条：云汀市{i}号文件公布"), f"要点{i}。") for i in range(1, n + 1)),
        per_section=40,
    )
    made = prepare_mailing(settings(tmp_path, day))
    letter = made.render_letter(made.recipients[0], made.context_for(made.recipients[0]))
    assert letter.size <= CLIP
    text = words(letter.html.split("</div>", 1)[1])
    shown = {int(i) for found in re.findall(r"第(\d+)条：|要点(\d+)。", text) for i in found if i}
    counted = sum(int(found) for found in re.findall(r"另有(\d+)条", text))
    assert counted + len(shown) == n
    assert len(shown) >= min(n, 60)
    attached = [file.name for file in made.files]
    assert attached == (["每日简报-2026-11-20.html"] if n == 300 else [])
    assert ("全文见附件" in letter.html) == (n == 300)
    if n == 300:
        assert made.files[0].content.decode().count("<article") == 300


def test_a_letter_cut_short_may_link_instead_of_attach(tmp_path: Path) -> None:
    made = prepare_mailing(settings(tmp_path, many(300), link="https://yunting.test/{date}.html"))
    letter = made.render_letter(made.recipients[0], made.context_for(made.recipients[0]))
    assert not made.files and 'href="https://yunting.test/2026-11-20.html"' in letter.html
    assert "全文可在线阅读" in letter.html and "https://yunting.test/2026-11-20.html" in letter.text


def test_a_briefing_that_was_fitted_keeps_its_forms(tmp_path: Path) -> None:
    made = prepare_mailing(settings(tmp_path, forms()))
    letter = made.render_letter(None, made.context_for(None))
    assert "另有7条" in words(letter.html) and "一句话新闻的要点" in letter.html


def test_a_picture_goes_along_and_is_in_the_preview(tmp_path: Path) -> None:
    (tmp_path / "徽标.png").write_bytes(b"\x89PNG")
    made = prepare_mailing(settings(tmp_path, many(2), logo=tmp_path / "徽标.png"))
    raw = next(made.letters(made.recipients)).content
    assert b"Content-ID: <logo>" in raw
    page = preview_html(made).decode()
    assert 'src="data:image/png;base64,iVBORw=="' in page and "cid:" not in page


def test_letters_that_say_the_same_share_their_body(tmp_path: Path) -> None:
    plain = prepare_mailing(settings(tmp_path, many(2), to=("a@yunting.test", "b@yunting.test")))
    named = prepare_mailing(settings(tmp_path, many(2), to=("甲 <a@yunting.test>", "乙 <b@yunting.test>")))
    for made, same in ((plain, True), (named, False)):
        first, second = (one.content.partition(b"\r\n\r\n")[2] for one in made.letters(made.recipients))
        assert (first == second) is same
