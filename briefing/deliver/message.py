"""A letter: the briefing's HTML and text as one e-mail message, byte for byte as it is sent.

Knows MIME (RFC 2045 to 2049, 2183, 2231, 2387, 2557) and the headers of automatic and of list mail
(RFC 3834, 2919, 2369, 8058); does not know templates and servers.
"""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote

from ..errors import UsageError
from ..messages import Message
from ..text.clean_input import clean_input, clean_line
from ..types import Recipient
from .addresses import CONTROL
from .headers import POLICY, UTF8, address_header, list_id_header, text_header, uri_list_header

NOBODY = "undisclosed-recipients:;"
ONE_CLICK = "List-Unsubscribe=One-Click"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along.

    One with a `cid` is an image that the HTML shows as <img src="cid:…">.
    """

    name: str
    content: bytes
    cid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What all letters of a mailing have in common.

    The same `key` and recipient give the same Message-ID. `unsubscribe` are addresses, mailto: or
    https:, in which {recipient} becomes the recipient's address; `leave` gives further ones for one
    recipient. `language` is a BCP 47 tag.
    """

    key: str
    sender: Recipient
    reply_to: tuple[Recipient, ...] = ()
    list_id: str = ""
    list_name: str = ""
    unsubscribe: tuple[str, ...] = ()
    leave: Callable[[str], tuple[str, ...]] | None = None
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a letter says: its subject, both forms of its text, and the files."""

    subject: str
    text: str
    html: str
    files: tuple[Attachment, ...] = ()


def build_message(
    content: Content,
    envelope: Envelope,
    to: Sequence[Recipient],
    *,
    date: datetime.datetime,
    hidden: bool = False,
) -> EmailMessage:
    """The message for those recipients; with `hidden`, they are not named in it.

    Raises UsageError if the subject has a line break or another control character; writing the
    message out raises it if a header has a line that is too long.
    """
    if control := CONTROL.search(content.subject):
        raise UsageError(
            Message(
                f"主题里有控制字符 {control[0]!r}：{content.subject!r}",
                f"the subject {content.subject!r} has a control character",
            ),
            Message("请检查 [mail] subject 和 --title", "check subject under [mail], and --title"),
        )
    people = (envelope.sender, *envelope.reply_to, *(() if hidden else to))
    message = EmailMessage(policy=UTF8 if any(one.international for one in people) else POLICY)
    message.set_raw("From", address_header("From", [envelope.sender]))
    message.set_raw("To", NOBODY if hidden else address_header("To", to))
    if envelope.reply_to:
        message.set_raw("Reply-To", address_header("Reply-To", envelope.reply_to))
    message.set_raw("Subject", text_header("Subject", clean_input(content.subject).strip()))
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id(envelope, to)
    message["Auto-Submitted"] = "auto-generated"
    _add_list_headers(message, envelope, to)
    _add_parts(message, content)
    _set_boundaries(message, envelope.key)
    # After the parts: set_content and add_… move it into the first of them.
    message["Content-Language"] = envelope.language
    return message


def message_id(envelope: Envelope, to: Sequence[Recipient]) -> str:
    """<briefing.DIGEST@domain of the sender>: the same for the same key and recipients."""
    names = "\n".join(sorted(one.address.casefold() for one in to))
    digest = hashlib.sha256(f"{envelope.key}\n{names}".encode()).hexdigest()
    return f"<briefing.{digest[:32]}@{envelope.sender.address.rpartition('@')[2]}>"


def _add_list_headers(message: EmailMessage, envelope: Envelope, to: Sequence[Recipient]) -> None:
    """The headers by which a mail program recognizes a list and leaves it with one click."""
    if envelope.list_id:
        message.set_raw(
            "List-Id", list_id_header("List-Id", clean_line(envelope.list_name), envelope.list_id)
        )
    recipient = quote(to[0].address) if len(to) == 1 else ""
    own = envelope.leave(to[0].address) if envelope.leave and len(to) == 1 else ()
    addresses = [*own, *(address.replace("{recipient}", recipient) for address in envelope.unsubscribe)]
    if addresses:
        message.set_raw("List-Unsubscribe", uri_list_header(addresses))
        if any(address.startswith("https:") for address in addresses):
            message["List-Unsubscribe-Post"] = ONE_CLICK


def _add_parts(message: EmailMessage, content: Content) -> None:
    """Text and HTML as alternatives, images with the HTML, files after both.

    Chinese text is in base64, which is a third smaller than quoted-printable.
    """
    message.set_content(clean_input(content.text), charset="utf-8", cte="base64")
    message.add_alternative(clean_input(content.html), subtype="html", charset="utf-8", cte="base64")
    images = [file for file in content.files if file.cid]
    for image in images:
        html = message.get_payload()[1]  # type: ignore[index]  # a list of parts since add_alternative
        main, sub = _mime_type(image.name)
        html.add_related(  # type: ignore[union-attr]
            image.content,
            main,
            sub,
            cid=f"<{image.cid}>",
            filename=_file_name(image.name),
            disposition="inline",
        )
    for file in content.files:
        if not file.cid:
            main, sub = _mime_type(file.name)
            charset = {"charset": "utf-8"} if main == "text" else {}
            message.add_attachment(file.content, main, sub, filename=_file_name(file.name), params=charset)


def _file_name(name: str) -> str:
    """A file's name that no program takes for an encoded word."""
    return clean_line(name).replace("=?", "=_")


def _mime_type(name: str) -> tuple[str, str]:
    main, _, sub = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
    return main, sub


def _set_boundaries(message: EmailMessage, key: str) -> None:
    """Boundaries made from the key, so that the same letter is the same bytes; one MIME-Version.

    Base64 holds no "=_".
    """
    for i, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_briefing_{hashlib.sha256(f'{key}{i}'.encode()).hexdigest()[:24]}")
        if i:
            del part["MIME-Version"]
