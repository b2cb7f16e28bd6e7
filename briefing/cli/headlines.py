"""Why each group of title lines was taken for a headline or for a subhead, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..types import Segmentation
from .language import current, say


def explained(page: Segmentation) -> Iterator[str]:
    """Each group's points, titles and decision; below, the rules that fired."""
    if not page.headlines:
        yield say(
            f"{page.source}：没有要判断的标题，或来源已标明各篇文章",
            f"{page.source}: no titles to judge, or the source states its articles",
        )
        return
    yield page.source
    for decision in page.headlines:
        points = sum(reason.points for reason in decision.reasons)
        verdict = say("另起一篇", "opens an article") if decision.opens else say("不另起", "opens none")
        yield f"{points:6.1f}  {' / '.join(decision.titles)}  [{verdict}]"
        for reason in decision.reasons:
            detail = f"  {reason.found}" if reason.found else ""
            yield f"        {reason.points:+5.1f} {reason.name(current())}{detail}"
