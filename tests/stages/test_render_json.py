"""The JSON of a briefing: valid by its schema, and readable back."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import jsonschema
import pytest
from briefings import PROBLEM, briefing, many, story

from briefing.errors import SourceError
from briefing.messages import Message
from briefing.render.json import SCHEMA_FILE, JsonRenderer, load
from briefing.types import Article, Checks, Origin, Reason

SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
RENDER = JsonRenderer()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("n", [0, 1, 60])
def test_the_document_is_valid(n: int) -> None:
    document = json.loads(RENDER(many(n), "zh").content)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["schema"] == "briefing/1"


def test_problems_are_valid_too() -> None:
    document = json.loads(RENDER(briefing(story(), problems=(PROBLEM,)), "en").content)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["problems"] == [
        {"source": "坏文件.pdf", "message": "the file is damaged", "hint": "fetch it again"}
    ]


def test_the_schema_refuses_what_it_does_not_know() -> None:
    document = json.loads(RENDER(many(1), "zh").content)
    document["sections"][0]["stories"][0]["mood"] = "good"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(document)


@pytest.mark.parametrize("n", [0, 1, 14])
def test_a_briefing_comes_back(n: int) -> None:
    assert load(RENDER(many(n), "zh").content) == many(n)


def test_the_day_that_a_page_states_comes_back() -> None:
    content = RENDER(briefing(story(date=datetime.date(2026, 11, 19)), story(2)), "zh").content
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(content))
    first, second = load(content).stories
    assert first.article.date == datetime.date(2026, 11, 19) and second.article.date is None
    old = json.loads(content)
    for one in old["sections"][0]["stories"]:
        del one["date"]
    jsonschema.Draft202012Validator(SCHEMA).validate(old)
    assert load(json.dumps(old).encode()).stories[0].article.date is None


def test_problems_come_back_in_the_language_of_the_document() -> None:
    content = RENDER(briefing(story(), problems=(PROBLEM,)), "en").content
    again = load(content)
    assert again.problems[0].message("zh") == "the file is damaged"
    assert RENDER(again, "en").content == content


def test_evidence_offsets_count_characters_of_the_text() -> None:
    first = json.loads(RENDER(many(1), "zh").content)["sections"][0]["stories"][0]
    for sentence in first["sentences"]:
        ((start, end),) = sentence["evidence"]
        assert first["text"][start:end] == sentence["text"]


GOOD = json.loads(RENDER(many(1), "zh").content)


def _without(key: str) -> dict[str, object]:
    return {k: v for k, v in GOOD.items() if k != key}


def _evidence(value: object) -> dict[str, object]:
    copy = json.loads(json.dumps(GOOD))
    copy["sections"][0]["stories"][0]["sentences"][0]["evidence"] = value
    return copy


def _story(**members: object) -> dict[str, object]:
    copy = json.loads(json.dumps(GOOD))
    copy["sections"][0]["stories"][0].update(members)
    return copy


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ([], r"\$: object expected"),
        (_without("title"), r"\$\.title: missing"),
        (GOOD | {"schema": "briefing/2"}, "briefing/2"),
        (GOOD | {"date": "20-11-2026"}, r"\$\.date"),
        (GOOD | {"overview": [1]}, r"\$\.overview"),
        (GOOD | {"sections": [7]}, r"\$\.sections\[0\]: object expected"),
        (GOOD | {"problems": {}}, r"\$\.problems: list expected"),
        (_evidence([[0, 99999]]), r"evidence\[0\]"),
        (_evidence([[True, 2]]), r"evidence\[0\]"),
        (_evidence(["ab"]), r"evidence\[0\]"),
        (_story(date=20261120), r"stories\[0\]\.date: str expected"),
        (_story(date="明天"), r"stories\[0\]\.date"),
    ],
)
def test_a_bad_document_names_the_place(bad: object, place: str) -> None:
    with pytest.raises(SourceError, match=place) as caught:
        load(json.dumps(bad).encode())
    assert caught.value.hint is not None


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{", b"[" * 100_000])
def test_what_is_not_json_is_a_source_error(data: bytes) -> None:
    with pytest.raises(SourceError):
        load(data)


def test_how_a_summary_came_about_comes_back() -> None:
    plain = story()
    (first, *rest) = plain.summary.sentences
    told = replace(
        plain.summary,
        origin=Origin.MENDED,
        sentences=(replace(first, coverage=0.75), *rest),
        checks=Checks(unsupported_claims=("会谈",)),
    )
    content = RENDER(briefing(replace(plain, summary=told)), "zh").content
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(content))
    assert load(content).stories[0].summary == told


def test_why_a_story_stands_where_it_does_comes_back() -> None:
    other = Article(
        id="b2",
        headline="云汀大桥今起通车",
        paragraphs=(),
        source="b.txt",
        paper="江屿晚报",
        page_number="03",
    )
    why = Reason(name=Message("版次", "版次"), points=3.0, found="01")
    told = replace(story(), also=(other,), score=3.0, reasons=(why,))
    content = RENDER(briefing(told), "zh").content
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(content))
    back = load(content).stories[0]
    assert (back.also, back.score, back.reasons) == ((other,), 3.0, (why,))


def test_files_of_the_first_version_are_still_read() -> None:
    document = json.loads(RENDER(many(1), "zh").content)
    old = document["sections"][0]["stories"][0]
    del old["origin"], old["checks"]["unsupported_claims"], old["score"], old["reasons"], old["also"]
    for sentence in old["sentences"]:
        del sentence["coverage"]
    assert load(json.dumps(document).encode()) == many(1)


@pytest.mark.parametrize(("key", "value"), [("origin", "dreamt"), ("origin", 3)])
def test_an_unknown_origin_is_refused(key: str, value: object) -> None:
    document = json.loads(RENDER(many(1), "zh").content)
    document["sections"][0]["stories"][0][key] = value
    with pytest.raises(SourceError, match="origin"):
        load(json.dumps(document).encode())


@pytest.mark.parametrize("value", [1.5, -0.1, True, "all"])
def test_a_coverage_that_is_no_share_is_refused(value: object) -> None:
    document = json.loads(RENDER(many(1), "zh").content)
    document["sections"][0]["stories"][0]["sentences"][0]["coverage"] = value
    with pytest.raises(SourceError, match="coverage"):
        load(json.dumps(document).encode())


def _score(value: str) -> bytes:
    return json.dumps(GOOD).replace('"score": 0.0', f'"score": {value}').encode()


@pytest.mark.parametrize(
    "value", ["1" + "0" * 400, "-1" + "0" * 400, "1e999", "NaN", "-Infinity", "1" * 5000, "true"]
)
def test_a_score_that_is_no_sensible_number_is_refused(value: str) -> None:
    assert _score("1.5") != json.dumps(GOOD).encode()
    with pytest.raises(SourceError):
        load(_score(value))


@pytest.mark.parametrize("value", ["1" + "0" * 400, "-1", "1.5", "true"])
def test_a_count_that_is_none_is_refused(value: str) -> None:
    more = json.dumps(GOOD).replace('"more": 0', f'"more": {value}').encode()
    assert more != json.dumps(GOOD).encode()
    with pytest.raises(SourceError, match="count"):
        load(more)


DIRTY = "\\ud83d\\u001b[31m\\u202e\\u0007\\r\\u009b"


def test_half_surrogates_and_controls_of_a_document_come_no_further() -> None:
    text = json.dumps(GOOD)
    dirty = text
    for key in ("title", "headline", "gist", "source", "model", "paper", "text", "name"):
        dirty = dirty.replace(f'"{key}": "', f'"{key}": "{DIRTY}')
    back = load(dirty.encode())
    content = RENDER(back, "zh").content.decode("utf-8")
    for char in "\x1b\u202e\x07\r\x9b":
        assert char not in content and f"u{ord(char):04x}" not in content
    assert "ud83d" not in content and "\ufffd" in back.title and "\ufffd" in back.stories[0].article.text


def test_evidence_still_points_at_its_words_in_a_cleaned_text() -> None:
    document = json.loads(json.dumps(GOOD))
    story = document["sections"][0]["stories"][0]
    ((start, end),) = story["sentences"][0]["evidence"]
    said = story["text"][start:end]
    story["text"] = "\ud83d\x1b\u202e\r" + story["text"]
    story["sentences"][0]["evidence"] = [[start + 4, end + 4]]
    back = load(json.dumps(document).encode()).stories[0]
    ((start, end),) = back.summary.sentences[0].evidence
    assert back.article.text[start:end] == said
    back.article.text.encode("utf-8")
