"""A program of a user's, with every name of the public API: checked by mypy --strict against the installed wheel."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import assert_type

import briefing
from briefing import (
    Article,
    Briefing,
    BriefingError,
    CheckedSentence,
    Document,
    Page,
    Problem,
    Segmentation,
    Story,
    Summary,
)

assert_type(briefing.__version__, str)

pages = briefing.read(["pages", Path("more")], offline=True, follow=False)
assert_type(pages, Iterator[Page | Problem])
for page in pages:
    if isinstance(page, Problem):
        assert_type(page.message("en"), str)
    else:
        cut = briefing.segment(page)
        assert_type(cut, Segmentation)
        assert_type(cut.articles[0], Article)

story = briefing.summarize("正文", headline="标题", length=60, model="extract")
assert_type(story, Story)
assert_type(story.summary, Summary)
assert_type(story.summary.text, str)
for start, end in story.summary.sentences[0].evidence:
    assert_type(story.article.text[start:end], str)

for outcome in briefing.summarize_many(["正文", story.article], model="lead", jobs=2):
    assert_type(outcome, Story | Problem)


class Doubtful:
    """A judge of a user's own."""

    def supported(self, article: Article, sentences: Sequence[str]) -> list[float]:
        """Doubts everything."""
        return [0.1] * len(sentences)


sentences = briefing.check("正文", "摘要。", headline="标题", model=Doubtful())
assert_type(sentences, tuple[CheckedSentence, ...])
for sentence in sentences:
    assert_type(sentence.supported, bool)
    assert_type(sentence.score, float)
    assert_type(sentence.reasons[0]("zh"), str)
    assert_type(sentence.quotes, tuple[str, ...])

day = briefing.compose(
    "pages",
    model="extract",
    length=100,
    title="简报",
    date=datetime.date(2026, 11, 20),
    lang="en",
    script="hant",
    boost=["大桥"],
    mute=(),
    watch=["云汀港"],
    offline=True,
    jobs=0,
)
assert_type(day, Briefing)
assert_type(briefing.load("briefing.json"), Briefing)
document = briefing.render(day, "pdf", template="modern", pages="auto", lang="zh")
assert_type(document, Document)
assert_type(document.content, bytes)
assert_type(briefing.write(day, "out", ["html", "json"], pages=2), list[Path])

sent = briefing.send(day, to=["a@b.cn"], config="briefing.toml", dry_run=Path("a.eml"), again=True)
for delivery in sent.deliveries:
    assert_type(delivery.address, str)
assert_type(sent.problems, tuple[Problem, ...])

try:
    briefing.compose("nonesuch")
except BriefingError as error:
    assert_type(error.message("zh"), str)
    assert_type(error.exit_code, int)
