"""What a text says twice is found, whether within a clause, across clauses or as a clause."""

from __future__ import annotations

import pytest

from briefing.text.repeats import repeated


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("云汀港新码头今天正式投产运营，云汀港新码头今天正式投产运营。", "云汀港新码头今天正式投产运营"),
        ("他说云汀港新码头今天正式投产，她说云汀港新码头今天正式停用。", "说云汀港新码头今天正"),
        ("云汀港新码头今天正式云汀港新码头今天正式", "云汀港新码头今天正式"),
        ("传统与创新融合，人们赏灯。各地传统多，传统与创新融合。", "传统与创新融合"),
        ("吞吐量增长5.3%，投资增长5.3%。", ""),
        ("云汀市发展改革委说，云汀市发展改革委将复查。", ""),
        ("", ""),
    ],
)
def test_repeated(text: str, twice: str) -> None:
    assert repeated(text) == twice
