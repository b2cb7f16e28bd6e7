"""What a text says twice is found, whether within a clause, across clauses or as a clause."""

from __future__ import annotations

import pytest

from briefing.text.repeats import repeated, stuttered


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


@pytest.mark.parametrize(
    "text", ["神舟飞船返回，接替接替", "民航、民航公安机关加强巡防", "全国两会，全国两会将继续"]
)
def test_a_word_said_twice_on_end(text: str) -> None:
    assert stuttered(text, "神舟飞船返回，民航公安机关加强巡防")
    assert not stuttered(text, text)


def test_what_differs_is_no_stutter() -> None:
    assert stuttered("北京、上海、北京三地，共1212人", "") == ""
