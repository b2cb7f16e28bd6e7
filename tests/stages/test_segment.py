"""Segmentation: nothing is lost, and pages of every family come apart as an editor would cut them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_files import only_page

from briefing.read.markdown import read as read_markdown
from briefing.read.plain import page_of
from briefing.read.sources import read
from briefing.segmentation.articles import segment
from briefing.segmentation.jumps import stitched
from briefing.types import Page, Role, Segmentation

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "examples/pages").iterdir())
GOLDEN = ROOT / "tests/golden"

BODY = "云汀市昨日宣布，望江桥维修工程提前20天完工，恢复双向通行。市交通局副局长柏舟说，桥面荷载提高了三成。"
MORE = "在滨湖区，工人们正在给最后一段护栏刷漆。附近居民说，绕行的日子终于结束了，上班能少走15分钟。"

BIRDS = "昨天清晨，巡护员在芦苇荡数到73只白鹤，其中幼鹤19只。管理处主任秋实说，今年浅滩多了1260亩。"


def cut(text: str) -> Segmentation:
    return segment(page_of("test", text))


def heads(found: Segmentation) -> list[tuple[str | None, str]]:
    return [(article.kicker, article.headline) for article in found.articles]


def assert_nothing_lost(page: Page, found: Segmentation) -> None:
    spans = [span for article in found.articles for span in article.spans]
    spans += [span for span, _ in found.aside]
    seen = [0] * len(page.text)
    for span in spans:
        for at in range(span.start, span.end):
            seen[at] += 1
    lost = [at for at, char in enumerate(page.text) if not char.isspace() and seen[at] != 1]
    assert not lost, (page.text[max(0, lost[0] - 10) : lost[0] + 10], seen[lost[0]])
    for article in found.articles:
        body = "".join(page.text[s.start : s.end] for s in article.spans if s.role is Role.BODY)
        assert "".join(body.split()) == "".join(article.text.split())
    for span, text in found.aside:
        assert page.text[span.start : span.end] == text


LINES = st.sampled_from(
    [
        "", "", "　　" + BODY, BODY, MORE, BODY[:24], BODY[24:], "望江桥提前通车", "# 望江桥提前通车", "## 市交通局通报",
        "**望江桥提前通车**", "■望江桥提前通车", "【民生】", "【民生】望江桥提前通车", "【望江桥提前通车】" + BODY, "——记云汀的一座桥",
        "本报记者 柏舟 顾念", "（记者 柏舟）", "本报讯 " + BODY, "据新华社电", MORE + "（据新华社电）", "（下转第三版）", "（上接第一版）" + MORE,
        "图为通车现场。本报记者 柏舟 摄", "云汀日报 2026年11月20日 星期五 第02版", "责任编辑：柏舟", "广告", "热线：0888-66221199", "遗失声明", "一、望江桥提前通车", "2. 护栏换新漆", "标题：望江桥提前通车", "正文：" + MORE, "作者：", "2 0 2 6 年 1 1 月 2 0 日", "---", "*", "【】", "“", "#", "a",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=25), st.booleans(), st.booleans())
def test_every_character_is_in_an_article_or_set_aside(
    lines: list[str], markdown: bool, single: bool
) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    page = read_markdown("test.md", text.encode())[0] if markdown else page_of("test", text)
    assert_nothing_lost(page, segment(page, single=single))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="云汀，。“”【】（）#*■—　 \n\tA1《》图摄版第", max_size=200))
def test_arbitrary_text_is_cut_without_loss(text: str) -> None:
    page = page_of("test", text)
    assert_nothing_lost(page, segment(page))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_the_example_pages_come_apart_as_their_golden_says(path: Path) -> None:
    page = only_page(read(str(path)))
    found = segment(page)
    assert_nothing_lost(page, found)
    got = [
        {
            k: getattr(a, k)
            for k in ("kicker", "headline", "deck", "byline", "dateline", "agency", "section", "jumps")
        }
        | {"paragraphs": list(a.paragraphs), "jumps": list(a.jumps), "captions": list(a.captions)}
        for a in found.articles
    ]
    assert got == json.loads((GOLDEN / f"{path.stem}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# 望江桥提前通车", "# 滨湖区护栏换新"),
        ("**望江桥提前通车**", "**滨湖区护栏换新**"),
        ("■望江桥提前通车", "■滨湖区护栏换新"),
        ("【望江桥提前通车】", "【滨湖区护栏换新】"),
        ("【民生】\n望江桥提前通车", "【城市】\n滨湖区护栏换新"),
        ("【民生】望江桥提前通车", "【城市】滨湖区护栏换新"),
    ],
)
@pytest.mark.parametrize("glue", ["\n", "\n\n"])
def test_marked_headlines(first: str, second: str, glue: str) -> None:
    found = cut(glue.join((first, BODY, second, MORE)))
    assert heads(found) == [(None, "望江桥提前通车"), (None, "滨湖区护栏换新")]
    assert [a.paragraphs for a in found.articles] == [(BODY,), (MORE,)]


def test_a_kicker_precedes_its_headline() -> None:
    found = cut(
        f"## 市交通局昨日通报\n\n# 望江桥提前通车\n\n{BODY}\n\n## 记者现场探访\n\n# 滨湖区护栏换新\n\n{MORE}"
    )
    assert heads(found) == [("市交通局昨日通报", "望江桥提前通车"), ("记者现场探访", "滨湖区护栏换新")]


def test_bare_headlines_with_datelines_and_agency_lines() -> None:
    found = cut(f"望江桥提前通车\n\n本报讯 {BODY}\n\n据新华社电\n\n滨湖区护栏换新\n\n{MORE}（记者 柏舟）")
    assert heads(found) == [(None, "望江桥提前通车"), (None, "滨湖区护栏换新")]
    assert found.articles[0].dateline == "本报讯"
    assert found.articles[0].agency == "据新华社电"
    assert found.articles[1].byline == "记者 柏舟"
    assert found.articles[1].paragraphs == (MORE,)


def test_a_paragraph_cut_by_a_column_break_is_joined() -> None:
    found = cut(f"# 望江桥提前通车\n\n{BODY[:24]}\n\n{BODY[24:]}\n\n{MORE}")
    assert found.articles[0].paragraphs == (BODY, MORE)


def test_a_caption_in_mid_sentence_does_not_keep_the_halves_apart() -> None:
    found = cut(f"# 望江桥提前通车\n\n{BODY[:24]}\n\n图为通车现场。本报记者 柏舟 摄\n\n{BODY[24:]}")
    assert found.articles[0].paragraphs == (BODY,)
    assert found.articles[0].captions == ("图为通车现场。本报记者 柏舟 摄",)


def test_hard_wrapped_lines_are_joined_and_indents_open_paragraphs() -> None:
    def wrap(text: str) -> str:
        text = "　　" + text
        return "\n".join(text[i : i + 20] for i in range(0, len(text), 20))

    found = cut(f"望江桥提前通车\n{wrap(BODY)}\n{wrap(MORE)}\n\n白鹤飞抵湿地\n{wrap(BIRDS)}")
    assert heads(found) == [(None, "望江桥提前通车"), (None, "白鹤飞抵湿地")]
    assert [a.paragraphs for a in found.articles] == [(BODY, MORE), (BIRDS,)]


def test_a_subhead_opens_no_article() -> None:
    more = "望江桥的桥面荷载提高后，云汀市计划明年再修3座桥。柏舟说，工期都不超过半年。"
    text = f"# 望江桥提前通车\n\n{BODY}\n\n三座桥排队维修\n\n{more}\n\n# 滨湖区护栏换新\n\n{MORE}"
    assert heads(cut(text)) == [(None, "望江桥提前通车"), (None, "滨湖区护栏换新")]


def test_a_deck_with_a_dash() -> None:
    found = cut(f"望江桥提前通车\n——云汀市交通局提速纪实\n\n{BODY}\n\n{MORE}")
    assert found.articles[0].headline == "望江桥提前通车"
    assert found.articles[0].deck == "云汀市交通局提速纪实"


def test_what_the_masthead_says() -> None:
    found = cut(f"云汀日报 2026年11月20日 星期五 第02版 社会·民生\n\n# 望江桥提前通车\n\n{BODY}")
    assert (found.paper, str(found.date), found.page_number, found.section) == (
        "云汀日报",
        "2026-11-20",
        "02",
        "社会·民生",
    )


def test_a_page_without_articles_is_all_set_aside() -> None:
    found = cut("广告\n锦澜湾畔 盛大开盘\n热线：0888-66221199")
    assert found.articles == ()
    assert {span.role for span, _ in found.aside} == {Role.NOTICE}


def test_single_takes_the_page_for_one_article() -> None:
    page = page_of("test", f"# 望江桥提前通车\n\n{BODY}\n\n# 滨湖区护栏换新\n\n{MORE}")
    found = segment(page, single=True)
    assert len(found.articles) == 1
    assert found.articles[0].paragraphs == (BODY, "滨湖区护栏换新", MORE)


def test_a_story_carried_over_to_another_page_is_put_together() -> None:
    first = cut(f"云汀日报 2026年11月20日 第01版\n\n# 望江桥提前通车\n\n{BODY[:24]}（下转第三版）").articles[
        0
    ]
    rest = cut(
        f"云汀日报 2026年11月20日 第03版\n\n（上接第一版）\n{BODY[24:]}\n\n# 滨湖区护栏换新\n\n{MORE}"
    ).articles
    whole = stitched([first, *rest])
    assert [a.headline for a in whole] == ["望江桥提前通车", "滨湖区护栏换新"]
    assert whole[0].paragraphs == (BODY,)


def test_ids_are_stable_and_unlike() -> None:
    text = f"# 望江桥提前通车\n\n{BODY}\n\n# 望江桥提前通车\n\n{BODY}"
    ids = [a.id for a in cut(text).articles]
    assert len(set(ids)) == 2
    assert ids == [a.id for a in cut(text).articles]
