"""A message's headers, folded as they are sent (RFC 2047, 2369, 2919, 5322, 6532).

The standard library's folding loses spaces between encoded words (Python 3.11: 117 of 4,000
subjects that mix Chinese and Latin), and its parsing decodes encoded words that a name or title
contains: headers could come of them. So these headers are folded here, what looks like an encoded
word is encoded once more, and the library gets them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.header import Header
from email.policy import EmailPolicy
from typing import Any

from ..errors import UsageError
from ..messages import Message
from ..text.clean_input import clean_input
from ..types import Recipient

LINE_LIMIT = 998
"""Bytes of a line without its end (RFC 5322 2.1.1)."""
LONGEST_WORD = 60
"""Characters of a word that stays as it is.

Longer ones are encoded, since only encoded text can be cut anywhere.
"""
RAW_NAME = 200
"""Bytes of a name that is left unencoded beside an address in UTF-8."""
CRLF = "\r\n"


class FoldedHeader(str):
    """A header's value with its line ends, ready to be sent."""

    __slots__ = ()


class FoldedHeaderPolicy(EmailPolicy):
    """SMTP's policy that passes on what is folded already, and refuses lines over the limit."""

    def fold(self, name: str, value: Any) -> str:
        """The header's lines, with their ends. UsageError for a line that is too long."""
        lines = (
            f"{name}: {value}{CRLF}" if isinstance(value, FoldedHeader) else str(super().fold(name, value))
        )
        if max(len(line.encode("utf-8", "replace")) for line in lines.split(CRLF)) > LINE_LIMIT:
            raise _too_long(name)
        return lines

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same, as bytes."""
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii", "replace")


POLICY = FoldedHeaderPolicy(linesep=CRLF, max_line_length=76)
UTF8 = POLICY.clone(utf8=True)


def text_header(name: str, text: str) -> FoldedHeader:
    """Free text, such as a subject: as it is if it is plain ASCII, else in encoded words."""
    return _folded(name, [(clean_input(text), _is_plain(text))])


def list_id_header(name: str, title: str, identifier: str) -> FoldedHeader:
    """The name and identifier of a list."""
    title = clean_input(title)
    words = [(title, _is_plain(title))] if title else []
    return _folded(name, [*words, (f"<{identifier}>", True)])


def uri_list_header(addresses: Sequence[str]) -> FoldedHeader:
    """Addresses in angle brackets, one a line."""
    return FoldedHeader(f",{CRLF} ".join(f"<{address}>" for address in addresses))


def address_header(name: str, people: Sequence[Recipient]) -> FoldedHeader:
    """Addresses with their names: names in encoded words if need be, addresses in ASCII or
    UTF-8.
    """
    if all(one.address.isascii() for one in people):
        words: list[tuple[str, bool]] = []
        for i, one in enumerate(people):
            words += _address_words(one, "," if i + 1 < len(people) else "")
        return _folded(name, words)
    return FoldedHeader(f",{CRLF} ".join(map(_utf8_address, people)))


def _address_words(one: Recipient, end: str) -> list[tuple[str, bool]]:
    """The stretches of an address, and whether each is left as it is."""
    name = clean_input(one.name)
    if not name:
        return [(one.address + end, True)]
    plain = _is_plain(name)
    return [(_quoted(name) if plain else name, plain), (f"<{one.address}>{end}", True)]


def _utf8_address(one: Recipient) -> str:
    name = clean_input(one.name)
    if not name:
        return one.address
    if "=?" in name or len(name.encode()) > RAW_NAME:
        return f"{_folded('To', [(name, False)])}{CRLF} <{one.address}>"
    return f"{_quoted(name)} <{one.address}>"


def _is_plain(text: str) -> bool:
    """Whether the text can be sent as it is: ASCII, no encoded words, can be cut at spaces."""
    return text.isascii() and "=?" not in text and all(len(word) <= LONGEST_WORD for word in text.split(" "))


def _quoted(name: str) -> str:
    """A name in quotation marks, as RFC 5322 writes it."""
    return '"' + re.sub(r'["\\]', r"\\\g<0>", name) + '"'


def _folded(name: str, words: Sequence[tuple[str, bool]]) -> FoldedHeader:
    header = Header(header_name=name, maxlinelen=76)
    for text, plain in words:
        header.append(text, "us-ascii" if plain else "utf-8")
    return FoldedHeader(header.encode(linesep=CRLF))


def _too_long(name: str) -> UsageError:
    return UsageError(
        Message(
            f"邮件头 {name} 有一行超过 {LINE_LIMIT} 字节",
            f"a line of the header {name} is over {LINE_LIMIT} bytes",
        ),
        Message("请缩短地址、名称或网址", "shorten the address, the name or the link"),
    )
