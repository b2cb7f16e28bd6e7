"""The letter that asks whether an address is meant, through the outbox like all others."""

from __future__ import annotations

import datetime
import hashlib
import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..deliver.dispatch import Dispatched, Mail
from ..deliver.message import Content, Envelope, build_message
from ..deliver.news_key import NewsKey
from ..deliver.outbox import Letter
from ..deliver.signature import Signer
from ..deliver.subscriptions import Subscription
from ..messages import Message
from ..types import Recipient
from . import mail, subscribing
from .digest import TITLE
from .mail_sender import sender

if TYPE_CHECKING:
    from ..config import Settings

SUBJECT = Message("请确认订阅《{title}》", "Please confirm: {title}")
TEXT = Message(
    "您好：\n\n有人（多半是您自己）用这个地址订阅《{title}》。\n\n{how}\n\n"
    "不是您的话，不必理会这封信：不确认，就不会再寄给您任何东西。这个确认 30 天内有效。\n",
    "Hello,\n\nsomebody, most likely you, subscribed this address to {title}.\n\n{how}\n\n"
    "If it was not you, do nothing: nothing more is sent without it. This is valid for 30 days.\n",
)
BY_LINK = Message("要订阅，请打开这个页面，点“确认”：", "To subscribe, open this page and choose “confirm”:")
BY_REPLY = Message(
    "要订阅，请直接回复这封信，保留下面这一行：",
    "To subscribe, answer this letter and leave the next line in it:",
)


def ask(settings: Settings, one: Subscription) -> Dispatched:
    """Sends the letter; what became of it. Raises as `mail.send` does."""
    to = Recipient(address=one.address, name=one.name)
    now = datetime.datetime.now(datetime.UTC).isoformat()  # whoever is asked again gets a letter again
    return _asked(settings, to, one.reader, f"confirm/{now}")


def ask_to_join(settings: Settings, to: Recipient, reader: str, day: str) -> Dispatched:
    """Sends the letter that asks about the wish of a stranger, one for all of the `day`; raises likewise."""
    return _asked(settings, to, reader, day)


def _asked(settings: Settings, to: Recipient, reader: str, day: str) -> Dispatched:
    signed = subscribing.confirmation(settings, to.address, reader)
    key = NewsKey(articles=hashlib.sha256(f"{to.address} {day}".encode()).hexdigest())
    letters = Mail(
        key=key,
        day=day,
        recipients=(to,),
        write=lambda people: [_letter(settings, key, day, people, signed)],
    )
    return mail.dispatched(settings, letters)


def _letter(settings: Settings, key: NewsKey, day: str, to: Sequence[Recipient], signed: str) -> Letter:
    lang = settings.lang
    title = settings.title or TITLE(lang)
    where = subscribing.page(settings, signed) if settings.serve.address else signed
    how = f"{(BY_LINK if settings.serve.address else BY_REPLY)(lang)}\n\n{where}"
    text = TEXT(lang).format(title=title, how=how)
    subject = SUBJECT(lang).format(title=title)
    envelope = Envelope(key=str(key), sender=sender(settings), reply_to=(subscribing.desk(settings),))
    content = Content(subject=subject, text=text, html=_page(text, where))
    raw = build_message(content, envelope, to, date=datetime.datetime.now().astimezone()).as_bytes()
    signer = Signer(**dict(settings.mail.dkim)) if settings.mail.dkim else None
    return Letter(
        title=subject,
        sender=envelope.sender.address,
        recipients=tuple(to),
        content=signer(raw) if signer else raw,
        day=day,
        international=any(one.international for one in (envelope.sender, *envelope.reply_to, *to)),
    )


def _page(text: str, where: str) -> str:
    shown = html.escape(where)
    link = f'<a href="{shown}">{shown}</a>' if where.startswith("http") else f"<code>{shown}</code>"
    paragraphs = (html.escape(part).replace(shown, link) for part in text.strip().split("\n\n"))
    return f"<html><body>{''.join(f'<p>{one}</p>' for one in paragraphs)}</body></html>"
