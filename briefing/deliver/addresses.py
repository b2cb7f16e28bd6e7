"""Addresses with names, as they are written in flags and lists (RFC 5321, 5322, 6531).

Does not know whether anybody reads mail at an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import parseaddr

from ..errors import UsageError
from ..messages import Message
from ..text.clean_input import clean_input
from ..types import Recipient

LOCAL_DOMAINS = ("localhost", "local", "test", "invalid")
"""Top-level names that the validator refuses as unreachable from outside: an office's own server
may be there."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_NAME = 200


def parse_recipient(text: str, where: Message) -> Recipient:
    """The recipient written as a@b.cn or 张三 <a@b.cn>.

    UsageError, which names `where`, if it is neither.
    """
    if CONTROL.search(text):
        raise refusal(text, where, CONTROLS)
    text = text.strip()
    name, address = parseaddr(text) if "<" in text and text.endswith(">") else ("", text)
    return recipient_from(address or text, name, where)


def recipient_from(address: str, name: str, where: Message) -> Recipient:
    """The recipient of that address and name.

    UsageError, which names `where`, if one of them cannot be used.
    """
    address, name = address.strip(" \u3000"), clean_input(name).strip(" \u3000")
    for part in (address, name):
        if CONTROL.search(part):
            raise refusal(part, where, CONTROLS)
    if len(name) > LONGEST_NAME:
        raise refusal(name[:20] + "…", where, Message("名字太长", "the name is too long"))
    return Recipient(address=_normalized(address, where), name=name)


CONTROLS = Message(
    "里面有换行或控制字符，不能写进邮件头",
    "it has a line break or control character, which must not get into a header",
)


def _normalized(address: str, where: Message) -> str:
    from email_validator import EmailNotValidError, validate_email

    house = address.rpartition("@")[2].lower().rpartition(".")[2] in LOCAL_DOMAINS
    try:
        valid = validate_email(
            address + (".lan" if house else ""),
            strict=True,
            check_deliverability=False,
            globally_deliverable=False,
        )
    except (EmailNotValidError, ValueError) as error:  # ValueError: what its IDNA cannot even look at
        raise refusal(address, where, _reason_for(address, str(error))) from None
    return f"{valid.local_part}@{valid.ascii_domain.removesuffix('.lan') if house else valid.ascii_domain}"


def _reason_for(address: str, reason: str) -> Message:
    """The validator's reason, which is in English only, and a Chinese one of the same sense."""
    if not address:
        return Message("地址是空的", "the address is empty")
    if "@" not in address:
        return Message("地址里没有 @", "an address has an @")
    if re.search(r"\s", address):
        return Message("地址里有空格", reason)
    return Message("地址的写法不合规范", reason)


def refusal(text: str, where: Message, why: Message) -> UsageError:
    """The error for a recipient that cannot be used: what is written there, and why it is
    refused.
    """
    shown = CONTROL.sub("␤", clean_input(text))
    shown = shown if len(shown) <= LONGEST_NAME else shown[:20] + "…"
    return UsageError(
        Message(f"{where.zh}：“{shown}”不能用：{why.zh}", f"{where.en}: {shown!r} cannot be used: {why.en}"),
        Message("地址应写成 a@b.cn 或 张三 <a@b.cn>", "an address reads a@b.cn or Zhang San <a@b.cn>"),
    )


def unique(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Each address once, with its first name.

    Case makes no difference, as in practice it never does.
    """
    found: dict[str, Recipient] = {}
    for recipient in recipients:
        found.setdefault(recipient.address.casefold(), recipient)
    return list(found.values())
