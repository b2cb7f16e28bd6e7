"""Stories side by side on a printed page: a rule between two headlines, type that hangs over its measure."""

from __future__ import annotations

from briefing.read.layout.print_page import PrintLine, PrintPage
from briefing.read.layout.stories import page_of
from briefing.segmentation.articles import segment

LEFT = ["云汀市望江桥二十日建成通车，", "市民从北岸到南岸只要五分钟，", "比轮渡快了半个小时还多。"]
RIGHT = ["江屿省新一轮节水补贴昨日落地，", "换装水表的家庭可领一百元，", "已有三万户居民提出了申请。"]


def line(left: float, top: float, text: str, size: float) -> PrintLine:
    return PrintLine(text, (left, top, left + size * len(text), top + size), size)


def column(left: float, top: float, texts: list[str], size: float = 10.0) -> tuple[PrintLine, ...]:
    return tuple(line(left, top + 1.5 * size * n, text, size) for n, text in enumerate(texts))


def articles(
    lines: tuple[PrintLine, ...], *rules: tuple[float, float, float, float]
) -> list[tuple[str, str]]:
    page = page_of("x.pdf", PrintPage(width=600, height=800, lines=lines, rules=rules))
    return [(article.headline, "".join(article.paragraphs)) for article in segment(page).articles]


def test_a_rule_between_two_headlines_that_nearly_touch_parts_them() -> None:
    heads = (line(40, 100, "望江桥二十日建成通车", 24.0), line(286, 100, "“新水表”补贴落地", 24.0))
    lines = (*heads, *column(40, 140, LEFT), *column(300, 140, RIGHT))
    assert articles(lines, (288.0, 95.0, 289.0, 260.0)) == [
        ("望江桥二十日建成通车", "".join(LEFT)),
        ("“新水表”补贴落地", "".join(RIGHT)),
    ]


def test_a_stroke_between_two_pieces_of_a_headline_parts_nothing() -> None:
    heads = (line(40, 100, "望江桥二十日建成", 24.0), line(238, 100, "通车", 24.0))
    found = articles((*heads, *column(40, 140, LEFT)), (234.0, 102.0, 235.0, 122.0))
    assert found == [("望江桥二十日建成通车", "".join(LEFT))]


def test_punctuation_that_hangs_over_its_measure_does_not_reach_the_next_story() -> None:
    heads = (line(40, 100, "望江桥建成通车", 20.0), line(400, 100, "水表补贴落地", 20.0))
    second = ["大桥全长二点八公里，双向六车道，", "桥塔高一百二十八米，桥面能抗风。"]
    hanging = PrintLine("市长柏舟走过桥面，看望建设者们，", (220, 170, 402, 180), 10.0)
    lines = (*heads, *column(40, 140, LEFT), *column(220, 140, second), hanging, *column(400, 147, RIGHT))
    (bridge, meters) = articles(lines)
    assert bridge == ("望江桥建成通车", "".join([*LEFT, *second, hanging.text]))
    assert meters == ("水表补贴落地", "".join(RIGHT))


def test_in_a_picture_a_small_headline_is_one_and_the_last_line_of_a_paragraph_is_none() -> None:
    """Sizes are measured there: type of 11.9 points beside 10, and a short line with a quotation mark taken for 12.6."""
    first = [
        "云汀市望江桥二十日建成通车，",
        "市民从北岸到南岸只要五分钟，",
        "比轮渡快了半个小时还多，",
        "市长说：“桥是大家修的，",
    ]
    last = PrintLine("谢谢大家。”", (40, 200, 110, 212.6), 12.6)
    small = PrintLine("水表补贴昨日落地", (40, 240, 140, 252), 11.9)
    lines = (
        line(40, 100, "望江桥建成通车", 20.0),
        *column(40, 140, first),
        last,
        small,
        *column(40, 262, RIGHT),
    )
    page = page_of("x.jpg", PrintPage(width=600, height=800, lines=lines, measured=True))
    found = [(article.headline, "".join(article.paragraphs)) for article in segment(page).articles]
    assert found == [
        ("望江桥建成通车", "".join([*first, last.text])),
        ("水表补贴昨日落地", "".join(RIGHT)),
    ]


def test_a_lost_character_does_not_part_a_line_and_a_narrow_gutter_parts_columns() -> None:
    """A glyph that the page's font lacks leaves a gap as wide as it; a gutter may be as narrow."""
    first, second, third = LEFT
    torn = (line(40, 155, second[:4], 10.0), line(90, 154.9, second[5:], 10.0))
    lines = (
        line(40, 100, "望江桥建成通车", 20.0),
        line(40, 140, first, 10.0),
        *torn,
        line(40, 170, third, 10.0),
    )
    assert articles(lines) == [("望江桥建成通车", first + second[:4] + second[5:] + third)]
    lead = line(40, 140, "云汀市二十日同时公布了两项工程的进展，市民可以到现场参观。", 10.0)
    columns = (*column(40, 155, LEFT), *column(40 + 10 * len(first) + 10, 155, RIGHT))
    ((_, text),) = articles((line(40, 100, "云汀两项工程有进展", 20.0), lead, *columns))
    assert text == lead.text + "".join(LEFT) + "".join(RIGHT)


def test_below_two_indented_lines_a_single_word_goes_on_in_their_column() -> None:
    first = line(60, 140, "云汀市望江桥二十日建成通车，市民都说好。", 10.0)
    second = line(60, 155, "从北岸到南岸如今只要五分钟，比轮渡快半", 10.0)
    rest = (line(40, 170, "时。", 10.0), line(60, 185, "轮渡照旧开行，票价不变。", 10.0))
    found = articles((line(40, 100, "望江桥建成通车", 20.0), first, second, *rest))
    assert found == [("望江桥建成通车", first.text + second.text + "时。" + rest[1].text)]


def test_a_headline_with_a_gap_over_a_gutter_is_one_if_the_text_runs_on() -> None:
    heads = (line(40, 100, "佳节同欢乐", 28.0), line(200, 100, "四海庆新春", 28.0))
    broken = [*LEFT[:2], "市民在冰天雪地中感受北国的地"]
    text = (*column(40, 140, broken), *column(200, 140, RIGHT))
    assert articles((*heads, *text)) == [("佳节同欢乐 四海庆新春", "".join([*broken, *RIGHT]))]
    assert len(articles((*heads, *column(40, 140, LEFT), *column(200, 140, RIGHT)))) == 2
