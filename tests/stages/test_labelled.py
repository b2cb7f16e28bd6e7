"""Pages whose source says what its blocks are: articles are put together as stated, and no character is lost."""

from __future__ import annotations

import datetime

from briefing.segmentation.articles import segment
from briefing.types import Block, DateOrigin, Page, Role

DAY = datetime.date(2025, 9, 12)


def page(*told: tuple[Role, str]) -> Page:
    text, blocks = "", []
    for role, words in told:
        blocks.append(Block(text=words, start=len(text), role=role))
        text += words + "\n\n"
    return Page(
        source="node_1.htm",
        text=text,
        blocks=tuple(blocks),
        paper="云汀日报",
        date=DAY,
        dated=DateOrigin.FEED,
        page_number="03",
        section="社会",
        link="https://yunting.example/03",
    )


EDITION = page(
    (Role.FOLIO, "第03版：社会"),
    (Role.KICKER, "全市首座"),
    (Role.HEADLINE, "望江桥\n提前通车"),
    (Role.DECK, "两岸通勤缩短二十分钟"),
    (Role.BYLINE, "本报记者 林叶舟"),
    (Role.BODY, "本报讯（记者 林叶舟）望江桥9月11日提前通车，"),
    (Role.BODY, "车辆当晚驶上桥面。（下转第四版）"),
    (Role.CAPTION, "图为通车现场。 何又青 摄"),
    (Role.HEADLINE, "滨湖区护栏换新"),
    (Role.BODY, "滨湖区三千米护栏本周换新。"),
    (Role.JUMP, "（上接第一版）"),
    (Role.BODY, "这是上一版没有登完的内容。"),
    (Role.EDITORS, "责编 何又青"),
)


def test_articles_are_as_stated() -> None:
    bridge, rail, rest = segment(EDITION).articles
    assert (bridge.kicker, bridge.headline, bridge.deck) == (
        "全市首座",
        "望江桥提前通车",
        "两岸通勤缩短二十分钟",
    )
    assert bridge.paragraphs == ("望江桥9月11日提前通车，", "车辆当晚驶上桥面。")
    assert bridge.dateline == "本报讯（记者 林叶舟）" and bridge.byline == "本报记者 林叶舟"
    assert bridge.jumps == ("下转第四版",) and bridge.captions == ("图为通车现场。 何又青 摄",)
    assert (rail.headline, rail.page_number, rail.link) == (
        "滨湖区护栏换新",
        "03",
        "https://yunting.example/03",
    )
    assert rest.headline == "" and rest.jumps == ("上接第一版",)


def test_the_page_is_as_stated_and_nothing_is_lost() -> None:
    found = segment(EDITION)
    assert (found.paper, found.date, found.page_number, found.section) == ("云汀日报", DAY, "03", "社会")
    assert found.dated == DateOrigin.FEED
    spans = [s for a in found.articles for s in a.spans] + [span for span, _ in found.aside]
    kept = sorted(at for span in spans for at in range(span.start, span.end))
    assert len(kept) == len(set(kept))
    assert [EDITION.text[at] for at in kept if not EDITION.text[at].isspace()] == [
        c for c in EDITION.text if not c.isspace()
    ]


def test_a_headline_without_text_is_set_aside() -> None:
    found = segment(
        page((Role.HEADLINE, "今日导读"), (Role.HEADLINE, "护栏换新"), (Role.BODY, "护栏本周换新。"))
    )
    assert [article.headline for article in found.articles] == ["护栏换新"]
    assert [text for _, text in found.aside] == ["今日导读"]
