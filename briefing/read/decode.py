"""Decodes bytes to text: byte order marks, UTF-8, UTF-16, GB18030 or Big5, detected from the bytes.

Decides on samples, so that a large file is decoded only once. Knows nothing of pages.
"""

from __future__ import annotations

import codecs
import re

from ..errors import SourceError
from ..messages import Message
from ..text.clean_input import clean_input
from ..text.lazy_pattern import lazy_pattern

SAMPLE = 60_000
LARGEST_TEXT = 64 * 1024 * 1024
"""Largest input that is decoded, in bytes; in memory a character may take four."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
TO_TEXT = Message(
    "请把文件名的后缀改成它真正的格式，或先另存为文本",
    "give the file the suffix of what it is, or save it as text first",
)
OLD_WORD = b"\xd0\xcf\x11\xe0"
"""First bytes of a .doc, which some save with the suffix of the newer format."""
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP/DOCX"),
    (OLD_WORD, "DOC"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "ELF"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
)
PLAUSIBLE = 0.7
"""Share of common characters above which a decoding is accepted; Chinese prose has 0.9."""
VALID_PER_DAMAGE = 10
"""Valid multi-byte characters per damaged place above which bytes count as UTF-8."""
CUT_OFF = lazy_pattern(r"(?<=[^\s\ufffd])\ufffd{1,3}(?=\s*\Z)")
"""An incomplete last character, cut off by truncation."""
CONTROL = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe]+")
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞讯版閱這個們國為來時說會發經過對學開關點見報聞據進還與間題動現義業電話體當無論東車長門區數總應實機處讀變將後從給軍產線陸萬風記議聯辦廣務產"
)


def _damage_share(text: str) -> float:
    return (text.count("\ufffd") + len(CONTROL.findall(text))) / max(1, len(text))


def _plausible(text: str) -> float:
    """How much a text looks like Chinese prose: its share of common characters and Chinese
    punctuation.
    """
    words = [c for c in text if not c.isspace() and not c.isascii()]
    if not words:
        return 0.0
    good = sum(c in COMMON or c in "，。、；：“”‘’！？（）《》「」『』【】—…·　" for c in words)
    odd = sum(
        "\ue000" <= c <= "\uf8ff"
        or c == "\ufffd"
        or "\u3400" <= c <= "\u4dbf"
        or "\uac00" <= c <= "\ud7a3"
        or "\uff61" <= c <= "\uff9f"
        for c in words
    )
    return (good - 4 * odd) / len(words)


def _samples(data: bytes) -> list[bytes]:
    size = len(data)
    if size <= 2 * SAMPLE:
        return [data]
    middle = size // 2 // 4 * 4
    return [data[:SAMPLE], data[middle : middle + SAMPLE]]


def _guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte has one of few values (00 for ASCII, 4E–9F
    for Chinese).
    """
    sample = data[: SAMPLE // 2 * 2]
    if len(sample) < 4:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        known = sum(byte in (0x00, 0x20, 0x30, 0xFF) or 0x4E <= byte <= 0x9F for byte in high) / len(high)
        if (
            known > 0.97
            and (0 in high[:2000] or 0x30 in high[:2000] or 0xFF in high[:2000])
            and _plausible(sample.decode(encoding, "replace")) > 0.5
        ):
            return encoding
    if sample.count(0) > len(sample) // 4:
        return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    return None


def _guess_legacy(data: bytes) -> str | None:
    """Chooses GB18030 or Big5 by which reads as Chinese; charset-normalizer decides if neither
    clearly does.
    """
    scores: dict[str, float] = {}
    for encoding in ("gb18030", "big5hkscs"):
        text = "".join(sample.decode(encoding, "replace") for sample in _samples(data))
        scores[encoding] = _plausible(text) - 8 * max(0.0, _damage_share(text) - 0.0005)
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0.3:
        return best
    from charset_normalizer import from_bytes

    match = from_bytes(data[:SAMPLE]).best()
    return (
        match.encoding
        if match and match.language in ("Chinese", "English")
        else best
        if scores[best] > 0.1
        else None
    )


def _decode_utf8(data: bytes) -> str | None:
    """The text if it is UTF-8, intact or damaged; U+FFFD marks each damaged place.

    Three valid bytes in a row rarely occur by chance: in GB18030 or Big5 few sequences are valid
    UTF-8, so ten valid ones per damaged place indicate UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        bad = text.count("\ufffd")
        wide = sum(char > "\u07ff" for char in text) - bad
        return text if wide > max(4, VALID_PER_DAMAGE * bad) else None


def is_likelier_otherwise(data: bytes, text: str) -> bool:
    """Whether a page's declared encoding is wrong: its bytes read as Chinese only in another one.

    Pages declare gb2312 or iso-8859-1 and are UTF-8 or Big5; the bytes are often valid in both.
    """
    stated = _plausible(text[:SAMPLE])
    if stated > PLAUSIBLE:
        return False
    try:
        other = _decoded_text(data)
    except SourceError:
        return False
    return _plausible(other[:SAMPLE]) > max(0.5, stated + 0.15)


def decode(source: str, data: bytes) -> str:
    """The text of `data`, with LF line ends and without control characters or byte order mark.

    Raises SourceError for an empty file, a binary file, or an unknown encoding.
    """
    refuse_binary(data)
    if len(data) > LARGEST_TEXT:
        raise SourceError(
            Message("文本超过 64 MB，不像一个版面", "over 64 MB of text: hardly a page"),
            Message("请按版面拆成多个文件", "split it into one file a page"),
        )
    text = _decoded_text(data)
    text = clean_input(text)
    text = CUT_OFF.sub("", text)
    if not text.strip():
        raise SourceError(
            Message("文件是空的", "the file is empty"),
            Message("请检查导出或下载是否完整", "check that it was exported or downloaded completely"),
        )
    return text


def refuse_binary(data: bytes) -> None:
    """Raises SourceError for a file whose first bytes identify it as binary."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            raise SourceError(
                Message(f"这是 {kind} 文件，不是文本", f"this is a {kind} file, not text"), TO_TEXT
            )


def _decoded_text(data: bytes) -> str:
    for mark, marked in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace")
    if not data.strip(b"\x00 \t\r\n"):
        return ""
    head = data[:SAMPLE]
    nul = head.count(0)
    encoding = _guess_utf16(data) if nul or len(data) % 2 == 0 else None
    utf8_text = None if nul > len(head) // 50 else _decode_utf8(data)
    if utf8_text is not None and not (encoding and nul):
        binary = len(re.findall("[\x01-\x08\x0e-\x1a]", utf8_text[:SAMPLE]))
        if binary <= max(2, len(utf8_text[:SAMPLE]) // 200):
            return utf8_text
    if encoding:
        return data.decode(encoding, "replace")
    other = None if nul > len(head) // 50 else _guess_legacy(data)
    if other is None:
        raise SourceError(
            Message(
                "不是能识别的文本：可能是二进制文件，或编码已损坏",
                "not a text that can be recognized: a binary file, or a damaged encoding",
            ),
            Message("请另存为 UTF-8 文本后重试", "save it as UTF-8 text and try again"),
        )
    return data.decode(other, "replace")
