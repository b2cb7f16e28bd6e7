"""Bytes become text: every encoding that a Chinese page comes in, and what is no text at all."""

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.read.decode import decode
from briefing.read.markup import read_markup

LONG = (
    "云汀市城北水厂昨日通水\n\n"
    "本报讯（记者 林知远）昨日上午，云汀市城北水厂正式通水，日供水能力达到二十万吨，"
    "沿线十二个街道、三十六万居民从此用上了新水源。\n\n"
    "市水务局负责人介绍，工程历时三年，总投资8.6亿元，管线全长47公里，其中穿越山体的隧洞长5.2公里。"
    "“老百姓最关心的是水价，今年不会调整。”这位负责人说。\n\n"
    "家住柳堤巷的退休教师何秀兰拧开龙头，接了一杯水，对着窗子看了又看。她说，过去一到夏天，水里总有一股土味，"
    "现在没有了。\n"
) * 3
SHORT = "云汀地铁三号线开通\n昨日清晨，首班列车从城北站驶出，沿线居民前来乘坐。\n"
TRADITIONAL = (
    "雲汀市城北水廠昨日通水\n\n"
    "本報訊（記者 林知遠）昨日上午，雲汀市城北水廠正式通水，日供水能力達到二十萬噸，"
    "沿線十二個街道、三十六萬居民從此用上了新水源。\n\n"
    "市水務局負責人介紹，工程歷時三年，總投資8.6億元，管線全長47公里。「老百姓最關心的是水價，今年不會調整。」"
    "這位負責人說。\n"
) * 3
TRADITIONAL_SHORT = "雲汀地鐵三號線開通\n昨日清晨，首班列車從城北站駛出，沿線居民前來乘坐。\n"

ENCODED = {
    "utf-8": lambda t: t.encode("utf-8"),
    "utf-8 with a mark": lambda t: codecs.BOM_UTF8 + t.encode("utf-8"),
    "utf-16-le with a mark": lambda t: codecs.BOM_UTF16_LE + t.encode("utf-16-le"),
    "utf-16-be with a mark": lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
    "utf-16-le": lambda t: t.encode("utf-16-le"),
    "utf-16-be": lambda t: t.encode("utf-16-be"),
    "utf-32-le with a mark": lambda t: codecs.BOM_UTF32_LE + t.encode("utf-32-le"),
    "utf-32-be with a mark": lambda t: codecs.BOM_UTF32_BE + t.encode("utf-32-be"),
    "gb18030": lambda t: t.encode("gb18030"),
    "gbk": lambda t: t.encode("gbk"),
    "big5": lambda t: t.encode("big5"),
}
TEXTS = {
    "long": (LONG, TRADITIONAL),
    "short": (SHORT, TRADITIONAL_SHORT),
}


@pytest.mark.parametrize("size", TEXTS)
@pytest.mark.parametrize("encoding", ENCODED)
def test_every_encoding_is_recognized(encoding: str, size: str) -> None:
    simplified, traditional = TEXTS[size]
    text = traditional if encoding == "big5" else simplified
    assert decode("x.txt", ENCODED[encoding](text)) == text


@pytest.mark.parametrize("encoding", [name for name in ENCODED if name != "big5"])
def test_traditional_text_is_not_big5_only(encoding: str) -> None:
    assert decode("x.txt", ENCODED[encoding](TRADITIONAL)) == TRADITIONAL


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_become_line_feeds(encoding: str, ends: str) -> None:
    text = TRADITIONAL if encoding == "big5" else LONG
    assert decode("x.txt", ENCODED[encoding](text.replace("\n", ends))) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_nul_bytes_here_and_there_are_dropped(encoding: str) -> None:
    data = LONG.encode(encoding)
    lines = data.split(b"\n")
    sprinkled = b"\n".join(b"\x00" + line for line in lines)
    assert decode("x.txt", sprinkled) == LONG


def test_a_mark_is_no_part_of_the_text() -> None:
    assert not decode("x.txt", codecs.BOM_UTF8 + SHORT.encode()).startswith("\ufeff")


def test_plain_latin_text_is_text() -> None:
    assert decode("x.txt", b"Nothing here is Chinese.\n") == "Nothing here is Chinese.\n"


def test_an_odd_last_byte_of_utf_16_is_no_failure() -> None:
    found = decode("x.txt", LONG.encode("utf-16-le")[:-1])
    assert found.startswith(LONG[:200])


@pytest.mark.parametrize("text", [LONG, SHORT])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_truncated_last_character_costs_only_itself(text: str, cut: int) -> None:
    whole = text.rstrip("\n")
    found = decode("x.txt", whole.encode("utf-8")[:-cut])
    assert found.rstrip("\ufffd") == whole[:-1]


def test_a_truncated_last_character_of_gb18030_costs_only_itself() -> None:
    whole = LONG.rstrip("\n")
    assert decode("x.txt", whole.encode("gb18030")[:-1]).rstrip("\ufffd") == whole[:-1]


RANDOM = random.Random(7)
NOT_TEXT = {
    "empty": b"",
    "blanks": b" \t\r\n\n  ",
    "ideographic blanks": "　　\n　\n".encode(),
    "only a mark": codecs.BOM_UTF8,
    "only a UTF-16 mark": codecs.BOM_UTF16_LE,
    "only NULs": b"\x00" * 100,
    "one NUL": b"\x00",
    "blanks in UTF-16": " \n \n".encode("utf-16"),
    "PNG": b"\x89PNG\r\n\x1a\n" + RANDOM.randbytes(400),
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + RANDOM.randbytes(400),
    "ZIP": b"PK\x03\x04\x14\x00" + RANDOM.randbytes(400),
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF" + RANDOM.randbytes(400),
    "gzip": b"\x1f\x8b\x08\x00" + RANDOM.randbytes(400),
    "ELF": b"\x7fELF\x02\x01\x01" + b"\x00" * 9 + RANDOM.randbytes(400),
    "random": RANDOM.randbytes(5000),
    "every byte": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("name", NOT_TEXT)
def test_what_is_no_text_is_refused_in_both_languages(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode("x.txt", NOT_TEXT[name])
    error = caught.value
    assert error.hint is not None
    for text in (error.message, error.hint):
        assert text.zh and text.en
        assert any("\u4e00" <= char <= "\u9fff" for char in text.zh)
        assert text.en.isascii()


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_never_taken_for_a_page(seed: int) -> None:
    with pytest.raises(SourceError):
        decode("x.txt", random.Random(seed).randbytes(3000))


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_source_error(data: bytes) -> None:
    try:
        text = decode("x.txt", data)
    except SourceError:
        return
    assert text.strip()
    assert "\r" not in text and "\x00" not in text


COMMON = sorted(set(LONG + SHORT) - set("\n")) + list(
    "天地人你我他中国城市新闻报道记者工作生活经济文化教育科技体育"
)
SENTENCES = [piece + "。" for piece in LONG.replace("\n", "").split("。") if piece]


@given(st.text(st.sampled_from([*COMMON, "\n"]), min_size=1, max_size=400).filter(str.strip))
def test_utf_8_comes_back_whatever_it_says(text: str) -> None:
    assert decode("x.txt", text.encode("utf-8")) == text


@given(
    st.text(st.sampled_from([*COMMON, "\n"]), min_size=1, max_size=400).filter(str.strip),
    st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]),
)
def test_marked_wide_text_comes_back_whatever_it_says(text: str, encoding: str) -> None:
    assert decode("x.txt", ("\ufeff" + text).encode(encoding)) == text


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=12),
    st.sampled_from(["gb18030", "utf-16-le", "utf-16-be"]),
)
def test_unmarked_chinese_comes_back(pieces: list[str], encoding: str) -> None:
    text = "\n".join(pieces)
    assert decode("x.txt", text.encode(encoding)) == text


def test_a_large_page_is_decoded_whole() -> None:
    text = LONG * 200
    assert decode("x.txt", text.encode("gb18030")) == text


def test_utf8_with_a_few_damaged_bytes_is_utf8() -> None:
    data = LONG.encode()
    for place in (100, 400, 700):
        data = data[:place] + b"\xff" + data[place:]
    text = decode("x.html", data)
    assert text.count("\ufffd") <= 12 and "日供水能力达到二十万吨" in text


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_a_character_cut_at_the_end_leaves_nothing(encoding: str) -> None:
    text = decode("x.txt", (TRADITIONAL.strip() + "水").encode(encoding)[:-1])
    assert text == TRADITIONAL.strip()


@pytest.mark.parametrize("real", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("says", ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "windows-1252"])
def test_a_page_that_names_the_wrong_encoding(says: str, real: str) -> None:
    text = TRADITIONAL if real == "big5" else LONG
    page = f'<html><head><meta charset="{says}"></head><body><p>{text}</p></body></html>'
    assert read_markup("x.html", page.encode(real)) == page


def test_a_page_in_latin_letters_keeps_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Café à Montréal, déjà vu</p></body></html>'
    assert read_markup("x.html", page.encode("iso-8859-1")) == page
