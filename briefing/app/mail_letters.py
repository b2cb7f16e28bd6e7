"""A mailing: the letters of one briefing to its recipients, written when they are needed."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..deliver.dispatch import Mail
from ..deliver.message import Attachment, Content, Envelope, build_message
from ..deliver.news_key import NewsKey
from ..deliver.outbox import Letter
from ..deliver.signature import Signer
from ..errors import UsageError
from ..render.mail import LetterRenderer, MailContext, RenderedMail, shared_by_name
from ..types import Briefing, Problem, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """A briefing ready to be mailed: what renders its letters, their recipients, and what is
    attached.

    `together` is one letter to all, none of them named; `problems` are recipients that cannot be
    used, `notes` those who unsubscribed; `edition` is its name, if a day has several; `hours` are those in
    which it may be sent, as the outbox keeps them.
    """

    briefing: Briefing
    key: NewsKey
    envelope: Envelope
    render_letter: LetterRenderer
    context: MailContext
    recipients: tuple[Recipient, ...]
    files: tuple[Attachment, ...]
    together: bool
    signer: Signer | None
    unsubscribe: str
    date: datetime.datetime
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    edition: str = ""
    hours: str = ""

    @property
    def day(self) -> str:
        """The day of the news; of an edition with a name, as 2026-11-20/evening: a day may have several."""
        return "/".join(filter(None, (self.briefing.date.isoformat(), self.edition)))

    @property
    def mail(self) -> Mail:
        """The mailing as it is dispatched."""
        return Mail(
            key=self.key,
            day=self.day,
            recipients=self.recipients,
            write=lambda to: list(self.letters(to)),
            hours=self.hours,
        )

    def without(self, addresses: frozenset[str]) -> Mailing:
        """The mailing to all but those addresses, which are casefolded."""
        left = tuple(one for one in self.recipients if one.address.casefold() not in addresses)
        return replace(self, recipients=left)

    def context_for(self, recipient: Recipient | None) -> MailContext:
        """What surrounds the briefing in the letter to one recipient, or to all."""
        address = recipient.address if recipient else ""
        own = self.envelope.leave(address) if self.envelope.leave and recipient else ()
        unsubscribe = min(own, default=self.unsubscribe.replace("{recipient}", address))
        return replace(self.context, unsubscribe=unsubscribe)

    def render(self, recipient: Recipient | None) -> RenderedMail:
        """The texts of the letter to one recipient, or to all."""
        return self.render_letter(recipient, self.context_for(recipient))

    def letters(self, to: Sequence[Recipient]) -> Iterator[Letter | Problem]:
        """The letters to those recipients, a Problem for each that cannot be written.

        One letter to all of them together goes apart to those whose addresses need a server with
        SMTPUTF8.
        """
        if self.together:
            mail = self.render(None)
            for international in (False, True):
                if group := tuple(one for one in to if one.international is international):
                    yield self._letter(mail, group)
            return
        render = shared_by_name(self.render)
        for recipient in to:
            try:
                yield self._letter(render(recipient), (recipient,))
            except UsageError as error:
                yield Problem(source=recipient.address, message=error.message, hint=error.hint)

    def _letter(self, mail: RenderedMail, group: tuple[Recipient, ...]) -> Letter:
        content = Content(subject=mail.subject, text=mail.text, html=mail.html, files=self.files)
        message = build_message(content, self.envelope, group, date=self.date, hidden=self.together)
        raw = message.as_bytes()
        return Letter(
            title=f"{self.briefing.title} {self.briefing.date.isoformat()}",
            sender=self.envelope.sender.address,
            recipients=group,
            content=self.signer(raw) if self.signer else raw,
            international=any(
                one.international for one in (self.envelope.sender, *self.envelope.reply_to, *group)
            ),
            day=self.day,
        )


def message_bytes(mailing: Mailing) -> bytes:
    """The message to the first recipient, or to all, byte for byte as it would be sent."""
    to = mailing.recipients if mailing.together else mailing.recipients[:1]
    first = next(iter(mailing.letters(to)))
    if isinstance(first, Problem):
        raise UsageError(first.message, first.hint)
    return first.content


def preview_html(mailing: Mailing) -> bytes:
    """The letter to the first recipient, or to all, as a page that contains its pictures."""
    to_all = mailing.together or not mailing.recipients
    html = mailing.render(None if to_all else mailing.recipients[0]).html
    for file in mailing.files:
        if file.cid:
            data = base64.b64encode(file.content).decode()
            kind = Path(file.name).suffix[1:] or "png"
            html = html.replace(f"cid:{file.cid}", f"data:image/{kind};base64,{data}")
    return html.encode("utf-8", "replace")
