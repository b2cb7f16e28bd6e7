"""What is read out of the answers of chat models, and how text is tidied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.summarization.generate.chat_prompt import fit_sentences, parse_answer, question, unspaced
from briefing.summarization.generate.writer import Draft
from briefing.types import Article


@pytest.mark.parametrize(
    ("written", "gist", "summary"),
    [
        ("要点：大桥通车\n摘要：云汀大桥通车。", "大桥通车", "云汀大桥通车。"),
        (
            "**要点：** 大桥通车。\n\n**摘要：** 云汀大桥通车。\n车程缩短。",
            "大桥通车",
            "云汀大桥通车。车程缩短。",
        ),
        ("<think>\n要点：想一想\n</think>\n\n要点:大桥通车\n摘要:通车。", "大桥通车", "通车。"),
        ("想一想。要点：错</think>要点：大桥通车\n摘要：通车。", "大桥通车", "通车。"),
        ("<think>还没想完，要点：错", "", ""),
        ("【要点】大桥通车\n【摘要】通车。", "大桥通车", "通车。"),
        ("## 要点\n大桥通车\n## 摘要\n- 通车。\n- 3.5公里。", "大桥通车", "通车。3.5公里。"),
        ("1. 要点（32字以内）：大桥通车\n2. 摘要（40字）：通车。（共3字）", "大桥通车", "通车。"),
        ("好的，如下：\n要點：大橋通車\n摘要：「通車。」", "大橋通車", "通車。"),
        ("摘要：通车。\n要点：大桥通车", "大桥通车", "通车。"),
        ("Gist: 大桥通车\nSummary: 通车。", "大桥通车", "通车。"),
        ("大桥通车\n云汀大桥通车。", "大桥通车", "云汀大桥通车。"),
        ("云汀大桥通车。车程缩短。", "", "云汀大桥通车。车程缩短。"),
        ("摘要：本文要点是大桥。GDP 增长 3 %。", "", "本文要点是大桥。GDP增长3%。"),
        ("要点：", "", ""),
        ("", "", ""),
    ],
)
def test_answers_of_chat_models(written: str, gist: str, summary: str) -> None:
    assert parse_answer(written) == Draft(gist, summary)


@pytest.mark.parametrize(
    ("spaced", "text"),
    [
        ("云 汀 大 桥 11 月 20 日 通 车 ， 全 长 3 . 5 公 里 。", "云汀大桥11月20日通车，全长3.5公里。"),
        ("云 汀 gdp 增 长 6 % ， new york times 报 道 。", "云汀gdp增长6%，new york times报道。"),
        ("10 : 30 开 会 ， 1 , 200 人 ， a , b", "10:30开会，1,200人，a , b"),
        ("\x00云\ufffd汀 ", "云汀"),
    ],
)
def test_spaces_between_characters(spaced: str, text: str) -> None:
    assert unspaced(spaced) == text


@pytest.mark.parametrize(
    ("summary", "length", "whole", "kept"),
    [
        ("桥通了。路通了。", 8, True, "桥通了。路通了。"),
        ("桥通了。路通了。", 7, True, "桥通了。"),
        ("桥通了。路通", 9, False, "桥通了。"),
        ("桥通了，路通", 9, False, "桥通了，路通"),
        ("桥通了，", 9, True, "桥通了。"),
        ("桥通了。", 2, True, "桥通了。"),
        ("", 9, True, ""),
    ],
)
def test_whole_sentences_within_a_length(summary: str, length: int, whole: bool, kept: str) -> None:
    assert fit_sentences(summary, length, whole=whole) == kept


@given(
    st.text(alphabet=st.sampled_from("要点摘要：:\n*【】<think></think>云汀。12.、（）字 -#"), max_size=60)
    | st.text(max_size=60)
)
def test_any_answer_gives_a_draft(written: str) -> None:
    draft = parse_answer(written)
    assert "\n" not in draft.gist + draft.summary
    assert parse_answer(written) == draft


@given(st.text(max_size=60), st.integers(1, 40), st.booleans())
def test_what_fits_is_the_beginning(summary: str, length: int, whole: bool) -> None:
    kept = fit_sentences(summary, length, whole=whole)
    assert (summary.strip().rstrip("，、；：,;: ") + "。").startswith(kept) or summary.strip().startswith(
        kept
    )


def test_the_question_holds_braces_of_the_article() -> None:
    asked = question(Article(id="a", headline="{云汀}", paragraphs=("通车{0}。",)), 40)
    assert "{云汀}\n通车{0}。" in asked
