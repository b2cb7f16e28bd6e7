"""A letter: the briefing's HTML and text as one e-mail message for one recipient, byte for byte as it is sent.

Knows MIME (RFC 2045 to 2049, 2183, 2231, 2387, 2557), the headers of automatic and of list mail (RFC 3834, 2919, 2369,
8058) and where the standard library's own folding fails; knows nothing of templates and of servers.
"""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from ..errors import UsageError
from ..messages import Message
from ..types import Recipient
from .addresses import CONTROL

ADDRESSES = ("from", "to", "reply-to")
NOBODY = "undisclosed-recipients:;"
ONE_CLICK = "List-Unsubscribe=One-Click"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along. One with a `cid` is an image that the HTML shows as <img src="cid:…">."""

    name: str
    content: bytes
    cid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What all letters of a sending have in common.

    `key` stands for the briefing: the same key and recipient give the same Message-ID. `unsubscribe` are addresses, mailto:
    or https:, in which {recipient} becomes the recipient's address. `language` is a BCP 47 tag.
    """

    key: str
    sender: Recipient
    reply_to: tuple[Recipient, ...] = ()
    list_id: str = ""
    list_name: str = ""
    unsubscribe: tuple[str, ...] = ()
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a letter says: its subject, both forms of its text, and the files."""

    subject: str
    text: str
    html: str
    files: tuple[Attachment, ...] = ()


class HeaderFoldingPolicy(EmailPolicy):
    """SMTP's policy, with Subject and addresses folded by email.header.Header.

    The standard folding loses spaces between encoded words (Python 3.11: 117 of 4,000 subjects that mix Chinese and
    Latin), and a display name may be as long and as mixed as a subject.
    """

    def fold(self, name: str, value: Any) -> str:
        """The header's lines, with their ends."""
        if name.lower() == "list-unsubscribe":  # one address a line: else the first line may be left empty
            return f"{name}: {str(value).replace(', ', f',{self.linesep} ')}{self.linesep}"
        words = _header_words(name, value)
        if words is None:
            return str(super().fold(name, value))
        header = Header(header_name=name, maxlinelen=76)
        for text, ascii_only in words:
            header.append(text, "us-ascii" if ascii_only else "utf-8")
        return f"{name}: {header.encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same, as bytes."""
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")


POLICY = HeaderFoldingPolicy(linesep="\r\n", max_line_length=76)
UTF8 = POLICY.clone(utf8=True)


def _header_words(name: str, value: Any) -> list[tuple[str, bool]] | None:
    """The stretches of a header and whether each is left as it is; None for those that the standard folding does well."""
    if name.lower() == "subject":
        return [(str(value), str(value).isascii())]
    if name.lower() not in ADDRESSES or str(value) == NOBODY:
        return None
    found: list[tuple[str, bool]] = []
    for i, one in enumerate(value.addresses):
        end = "," if i + 1 < len(value.addresses) else ""
        if not one.addr_spec.isascii():
            return None  # raw UTF-8, which the standard folding does well
        if one.display_name and one.display_name.isascii():
            found.append((_quoted_name(one.display_name), True))
        elif one.display_name:
            found.append((one.display_name, False))
        found.append(((f"<{one.addr_spec}>" if one.display_name else one.addr_spec) + end, True))
    return found


def _quoted_name(name: str) -> str:
    """A name in quotation marks, as RFC 5322 writes it."""
    return '"' + re.sub(r'["\\]', r"\\\g<0>", name) + '"'


def build_message(
    content: Content,
    envelope: Envelope,
    to: Sequence[Recipient],
    *,
    date: datetime.datetime,
    hidden: bool = False,
) -> EmailMessage:
    """The message for those recipients; with `hidden`, they are not named in it.

    Raises UsageError where the subject has a line break or another control character.
    """
    if found := CONTROL.search(content.subject):
        raise UsageError(
            Message(
                f"主题里有控制字符 {found[0]!r}：{content.subject!r}",
                f"the subject {content.subject!r} has a control character",
            ),
            Message("请检查 [mail] subject 和 --title", "check subject under [mail], and --title"),
        )
    international = any(
        one.international for one in (envelope.sender, *envelope.reply_to, *(() if hidden else to))
    )
    message = EmailMessage(policy=UTF8 if international else POLICY)
    message["From"] = _header_address(envelope.sender)
    message["To"] = NOBODY if hidden else ", ".join(map(_header_address, to))
    if envelope.reply_to:
        message["Reply-To"] = ", ".join(map(_header_address, envelope.reply_to))
    message["Subject"] = content.subject.strip()
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id(envelope, to)
    message["Auto-Submitted"] = "auto-generated"
    _add_list_headers(message, envelope, to)
    _add_parts(message, content)
    _set_boundaries(message, envelope.key)
    message["Content-Language"] = (
        envelope.language
    )  # after the parts: set_content and add_… move it into the first of them
    return message


def message_id(envelope: Envelope, to: Sequence[Recipient]) -> str:
    """<briefing.DIGEST@domain of the sender>: the same for the same briefing and recipients."""
    names = "\n".join(sorted(one.address.casefold() for one in to))
    digest = hashlib.sha256(f"{envelope.key}\n{names}".encode()).hexdigest()
    return f"<briefing.{digest[:32]}@{envelope.sender.address.rpartition('@')[2]}>"


def _header_address(one: Recipient) -> str:
    """The recipient as a header writes it, before encoding."""
    return f"{_quoted_name(one.name)} <{one.address}>" if one.name else one.address


def _add_list_headers(message: EmailMessage, envelope: Envelope, to: Sequence[Recipient]) -> None:
    """The headers by which a program knows a list and leaves it with one click."""
    if envelope.list_id:
        message["List-Id"] = f"{envelope.list_name} <{envelope.list_id}>".strip()
    alone = quote(to[0].address) if len(to) == 1 else ""
    addresses = [address.replace("{recipient}", alone) for address in envelope.unsubscribe]
    if addresses:
        message["List-Unsubscribe"] = ", ".join(f"<{address}>" for address in addresses)
        if any(address.startswith("https:") for address in addresses):
            message["List-Unsubscribe-Post"] = ONE_CLICK


def _add_parts(message: EmailMessage, content: Content) -> None:
    """Text and HTML as alternatives, images with the HTML, files after both; Chinese text in base64, a third smaller."""
    message.set_content(content.text, charset="utf-8", cte="base64")
    message.add_alternative(content.html, subtype="html", charset="utf-8", cte="base64")
    images = [file for file in content.files if file.cid]
    for image in images:
        html = message.get_payload()[1]  # type: ignore[index]  # a list of parts since add_alternative
        main, sub = _mime_type(image.name)
        html.add_related(  # type: ignore[union-attr]
            image.content, main, sub, cid=f"<{image.cid}>", filename=image.name, disposition="inline"
        )
    for file in content.files:
        if not file.cid:
            main, sub = _mime_type(file.name)
            charset = {"charset": "utf-8"} if main == "text" else {}
            message.add_attachment(file.content, main, sub, filename=file.name, params=charset)


def _mime_type(name: str) -> tuple[str, str]:
    main, _, sub = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
    return main, sub


def _set_boundaries(message: EmailMessage, key: str) -> None:
    """Boundaries made from the key (base64 holds no "=_"), so that the same letter is the same bytes; one MIME-Version."""
    for i, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_briefing_{hashlib.sha256(f'{key}{i}'.encode()).hexdigest()[:24]}")
        if i:
            del part["MIME-Version"]
