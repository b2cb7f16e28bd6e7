"""Sheets to look at: made-up editions of 1 to 300 stories in every theme, as pictures of paper, browser and mail.

    python benchmarks/sheets.py OUT [--stories 1,3,8] [--themes classic,modern] [--widths 360,800,1200] [--mail]

The stories are those of tests/edition.py, all different, with articles longer than their summaries. Pictures of the
HTML page and of the mail need the extra `dev` and chromium. Prints the paths.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from edition import made

from briefing import pipeline
from briefing.app.digest import renderers
from briefing.config import settings
from briefing.render.mail import MailContext, MailRenderer
from briefing.render.typst_printer import open_printer
from briefing.types import Article, Briefing, Story

MORE = (
    "记者在现场看到，工作人员正在逐项核对清单，{place}的居民陆续前来询问办理时间和所需材料。",
    "据介绍，这项工作从今年3月开始筹备，先后走访了{n}个社区和{m}户家庭，收到意见建议{m}条。",
    "下一步，有关部门将把成熟的做法写进明年的工作方案，并在每季度末公布进展，接受社会监督。",
    "家住附近的退休教师陆晓棠说，过去办这件事要跑三个窗口，如今在家门口就能办好。",
)


def with_longer_articles(of: Briefing) -> Briefing:
    """The briefing, each article four sentences longer than its summary."""

    def longer(number: int, story: Story) -> Story:
        extra = "".join(
            one.format(place=story.article.headline[:3], n=number + 4, m=80 + 7 * number) for one in MORE
        )
        article: Article = replace(story.article, paragraphs=(*story.article.paragraphs, extra))
        return replace(story, article=article)

    count = iter(range(10_000))
    sections = [
        replace(section, stories=tuple(longer(next(count), story) for story in section.stories))
        for section in of.sections
    ]
    return replace(of, sections=tuple(sections))


def pictures(theme: str, of: Briefing, asked: argparse.Namespace, browser: Any) -> list[Path]:
    name = f"{theme}-{len(of.stories)}"
    with open_printer(theme, (), "zh") as printer:
        fitted = pipeline.fit_for_print(of, printer.measure_up_to(1), printer.sizes, 1)
        found = [asked.out / f"{name}-paper.png"]
        found[0].write_bytes(printer.png(fitted.briefing, fitted.size, asked.dpi)[0])
    if browser is None:
        return found
    chosen = settings({"template": theme, "format": "html"})
    page = pipeline.publish(of, renderers(chosen, fitted.size), "zh", fitted.briefing)[0].content.decode()
    views = [(f"{name}-{width}", page, width) for width in asked.widths]
    if asked.mail:
        context = MailContext(link="https://briefing.example/today")
        letter = MailRenderer(theme)(fitted.briefing, "zh", None, context).html
        views += [(f"{name}-mail-{width}", letter, width) for width in (360, 800)]
    for view, text, width in views:
        tab = browser.new_page(viewport={"width": width, "height": 900})
        tab.set_content(text)
        found.append(asked.out / f"{view}.png")
        tab.screenshot(path=str(found[-1]), full_page=True)
        tab.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    numbers = lambda text: [int(one) for one in text.split(",") if one]  # noqa: E731
    parser.add_argument("out", type=Path)
    parser.add_argument("--stories", type=numbers, default=[1, 3, 8, 18, 40, 120, 300])
    parser.add_argument(
        "--themes", type=lambda text: text.split(","), default=["classic", "modern", "neican"]
    )
    parser.add_argument("--widths", type=numbers, default=[], help="pixels; none: only paper")
    parser.add_argument("--mail", action="store_true")
    parser.add_argument("--dpi", type=int, default=80)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    playwright = browser = None
    if asked.widths or asked.mail:
        from playwright.sync_api import sync_playwright

        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(executable_path=asked_chromium(), args=["--no-sandbox"])
    for count in asked.stories:
        for theme in asked.themes:
            print(*pictures(theme, with_longer_articles(made(count)), asked, browser), sep="\n")
    if playwright is not None:
        playwright.stop()


def asked_chromium() -> str | None:
    """The machine's chromium; None for playwright's own."""
    import shutil

    return shutil.which("chromium")


if __name__ == "__main__":
    main()
