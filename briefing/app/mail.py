"""What the settings want mailed: they become a letter, a connection and an outbox here and only here."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .. import pipeline
from ..deliver.addresses import from_csv, parse_recipient, recipient_from, unique
from ..deliver.message import Attachment, Content, Envelope, build_message
from ..deliver.outbox import OPEN, Delivery, Letter, Outbox
from ..deliver.secret import Secret, password
from ..deliver.send_queue import Pace, send_queue
from ..deliver.signature import Signer
from ..deliver.smtp import Server, SmtpConnection
from ..errors import DeliveryError, NothingReadable, SourceError, UsageError
from ..messages import Message
from ..render.json import as_dict, load
from ..render.mail import CLIP, SUBJECT, LetterRenderer, MailContext, MailRenderer
from ..render.themes import DEFAULT, template_format
from ..types import Briefing, Form, Recipient
from .digest import TITLE, compose_from_settings, render_documents
from .reading import Progress

if TYPE_CHECKING:
    from ..config import Settings

NOBODY_SENDS = "briefing@localhost"
"""From of a letter that is only written into a file, where the settings name no sender."""
LOGO = "logo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """A briefing ready to be mailed: what prints its letters, whom they go to, and what goes along."""

    briefing: Briefing
    envelope: Envelope
    render_letter: LetterRenderer
    context: MailContext
    recipients: tuple[Recipient, ...]
    files: tuple[Attachment, ...]
    together: bool
    signer: Signer | None
    unsubscribe: str
    date: datetime.datetime

    def context_for(self, who: Recipient | None) -> MailContext:
        """What is around the briefing in the letter to one recipient, or to all."""
        return replace(
            self.context, unsubscribe=self.unsubscribe.replace("{recipient}", who.address if who else "")
        )

    def letters(self, to: Sequence[Recipient]) -> Iterator[Letter]:
        """The letters to those recipients; one to all of them together, if it was asked for."""
        if self.together:
            yield self._letter(self._letter_content(None), tuple(to))
            return
        one, other = (self._letter_content(Recipient(address=f"{c}@example.com", name="x")) for c in "ab")
        by_name: dict[str, Content] = {}
        for who in to:
            if one != other:  # the template tells the address too: no two are alike
                yield self._letter(self._letter_content(who), (who,))
                continue
            if who.name not in by_name:
                by_name[who.name] = self._letter_content(who)
            yield self._letter(by_name[who.name], (who,))

    def _letter_content(self, who: Recipient | None) -> Content:
        mail = self.render_letter(who, self.context_for(who))
        return Content(subject=mail.subject, text=mail.text, html=mail.html, files=self.files)

    def _letter(self, content: Content, group: tuple[Recipient, ...]) -> Letter:
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
        )


def prepare_mailing(settings: Settings, *, again: bool = False, progress: Progress | None = None) -> Mailing:
    """The briefing that the settings ask for, as it is mailed. With `again`, it counts as one that nobody has yet."""
    mail = settings.mail
    to = recipients(settings)
    sender = _sender_of(settings)
    reply_to = tuple(
        parse_recipient(one, Message("[mail] reply_to", "[mail] reply_to")) for one in mail.reply_to
    )
    template = mail.template or (DEFAULT if template_format(settings.template) else settings.template)
    renderer = MailRenderer(template, settings.templates, mail.subject or SUBJECT)
    briefing = load_briefing(settings, progress)
    now = datetime.datetime.now().astimezone()
    files = list(_attachments(briefing, settings, mail.attach))
    context = MailContext(
        link=mail.link.replace("{date}", briefing.date.isoformat()), logo=LOGO if mail.logo else ""
    )
    fitted, shortened = _fit_to_mail(briefing, renderer, settings, replace(context, shortened=True))
    if shortened and not context.link and "html" not in mail.attach:
        files += _attachments(briefing, settings.model_copy(update={"pages": "auto"}), ("html",))
    if mail.logo:
        files.append(_logo_attachment(mail.logo))
    return Mailing(
        briefing=briefing,
        envelope=Envelope(
            key=content_key(briefing, f"{now.isoformat()}" if again else ""),
            sender=sender,
            reply_to=reply_to,
            list_id=mail.list_id,
            list_name=briefing.title,
            unsubscribe=mail.unsubscribe,
            language="zh-Hant" if briefing.script == "hant" else "zh-CN",
        ),
        render_letter=renderer.letter_renderer(fitted, settings.lang),
        context=replace(context, shortened=shortened),
        recipients=tuple(to),
        files=tuple(files),
        together=mail.bcc,
        signer=Signer(domain=mail.dkim.domain, selector=mail.dkim.selector, key_file=mail.dkim.key_file)
        if mail.dkim
        else None,
        unsubscribe=next((one for one in sorted(mail.unsubscribe)), ""),
        date=now,
    )


def recipients(settings: Settings) -> list[Recipient]:
    """Whom the settings name, each address once. UsageError for a bad one, with its place, and where there is nobody."""
    mail = settings.mail
    found = [
        parse_recipient(one, Message(f"收件人第 {n} 个", f"recipient number {n}"))
        for n, one in enumerate(mail.to, 1)
    ]
    if mail.recipients:
        found += from_csv(mail.recipients)
    if not found:
        raise UsageError(
            Message("没有说寄给谁", "nobody to send to was named"),
            Message("用 --to 地址，或 --recipients 名单.csv", "use --to ADDRESS, or --recipients LIST.csv"),
        )
    return unique(found)


def _sender_of(settings: Settings) -> Recipient:
    mail = settings.mail
    where = Message("发件人", "the sender")
    if mail.sender:
        return parse_recipient(mail.sender, where)
    if "@" in mail.user:
        return recipient_from(mail.user, "", where)
    return Recipient(address=NOBODY_SENDS, name=settings.title or TITLE(settings.lang))


def load_briefing(settings: Settings, progress: Progress | None = None) -> Briefing:
    """The briefing of the settings' sources: pages, or one .json that `briefing digest` wrote."""
    if len(settings.sources) == 1 and settings.sources[0].lower().endswith(".json"):
        path = Path(settings.sources[0])
        try:
            found = load(path.read_bytes())
        except OSError as error:
            reason = error.strerror or str(error)
            raise NothingReadable(
                Message(f"读不了 {path}：{reason}", f"cannot read {path}: {reason}"),
                Message("请检查路径", "check the path"),
            ) from None
        except SourceError as error:
            raise NothingReadable(
                Message(f"{path}：{error.message.zh}", f"{path}: {error.message.en}"), error.hint
            ) from None
    else:
        found, _ = compose_from_settings(settings.model_copy(update={"format": ()}), progress)
    return replace(found, title=settings.title) if settings.title else found


def content_key(briefing: Briefing, salt: str = "") -> str:
    """What stands for a briefing's content: the same pages give the same key, whenever they are read."""
    content = json.dumps(as_dict(briefing, "zh"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{salt}\n{content}".encode("utf-8", "backslashreplace")).hexdigest()


def _fit_to_mail(
    briefing: Briefing, renderer: MailRenderer, settings: Settings, context: MailContext
) -> tuple[Briefing, bool]:
    """The briefing as it stands in a mail, and whether something had to give way for that it is not clipped."""

    def measure(briefing: Briefing, size: float) -> float:
        return renderer.letter_renderer(briefing, settings.lang)(longest, context).size / CLIP

    longest = Recipient(address="a@example.com", name="某" * 40)
    formed = any(story.form is not Form.FULL for story in briefing.stories) or any(
        s.more for s in briefing.sections
    )
    fitted = (pipeline.fit_to_pages if formed else pipeline.fit_for_print)(briefing, measure, (1.0,), 1)
    return fitted.briefing, fitted.steps_taken > 0


def _attachments(briefing: Briefing, settings: Settings, formats: Sequence[str]) -> Iterator[Attachment]:
    """The briefing in those formats, as `briefing digest` writes them."""
    stem = "".join(c for c in briefing.title if c.isalnum() or c in "-_ ").strip() or "briefing"
    chosen = settings.model_copy(update={"format": tuple(formats)})
    for document in render_documents(briefing, chosen) if formats else ():
        name = f"{stem}-{briefing.date.isoformat()}.{document.format}"
        yield Attachment(name=name, content=document.content)


def _logo_attachment(path: Path) -> Attachment:
    try:
        return Attachment(name=path.name, content=path.read_bytes(), cid=LOGO)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Message(f"读不了图片 {path}：{reason}", f"cannot read the picture {path}: {reason}"),
            Message("请检查 [mail] logo", "check logo under [mail]"),
        ) from None


def message_bytes(mailing: Mailing) -> bytes:
    """The message to the first recipient, or to all, byte for byte as it would be sent."""
    return next(mailing.letters(mailing.recipients)).content


def preview_html(mailing: Mailing) -> bytes:
    """The letter to the first recipient as a page of its own: its pictures are in it."""
    import base64

    who = None if mailing.together else mailing.recipients[0]
    html = mailing.render_letter(who, mailing.context_for(who)).html
    for file in mailing.files:
        if file.cid:
            data = base64.b64encode(file.content).decode()
            html = html.replace(
                f"cid:{file.cid}", f"data:image/{Path(file.name).suffix[1:] or 'png'};base64,{data}"
            )
    return html.encode("utf-8", "replace")


def open_outbox(settings: Settings) -> Outbox:
    """The outbox that the settings name, else the user's own."""
    return Outbox(settings.mail.outbox or _data_folder() / "outbox.sqlite3")


def _data_folder() -> Path:
    """The folder in which a program of this system keeps what it has to remember."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "briefing"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/briefing"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "briefing"


def smtp_connection(settings: Settings) -> SmtpConnection:
    """The line to the server of the settings; UsageError where they name none, DeliveryError without a password."""
    mail = settings.mail
    if not mail.host:
        raise UsageError(
            Message("没有说由哪台邮件服务器发送", "no mail server was named"),
            Message(
                "在 briefing.toml 的 [mail] 里写 host、user、from，或设 BRIEFING_MAIL__HOST；--dry-run 不需要服务器",
                "write host, user and from under [mail] in briefing.toml, or set BRIEFING_MAIL__HOST; --dry-run needs none",
            ),
        )
    return SmtpConnection(
        Server(
            host=mail.host,
            port=mail.port,
            security=mail.security,
            user=mail.user,
            secret=password(mail.user, mail.host, mail.password_file) if mail.user else Secret(""),
            timeout=mail.timeout,
            ca_file=mail.ca_file,
        )
    )


def send(
    settings: Settings,
    mailing: Mailing,
    progress: Progress | None = None,
    waiting: Callable[[], None] | None = None,
) -> list[Delivery]:
    """Writes the letters down, then sends what waits of this briefing; what became of each recipient, old ones too."""
    if mailing.envelope.sender.address == NOBODY_SENDS:
        raise UsageError(
            Message("没有说由谁发出", "no sender was named"),
            Message(
                "用 --from 地址，或在 [mail] 里写 from", "use --from ADDRESS, or write from under [mail]"
            ),
        )
    connection = smtp_connection(settings)
    outbox = open_outbox(settings)
    key = mailing.envelope.key
    wanted = {one.address.casefold() for one in mailing.recipients}
    try:
        with outbox.sending(waiting=waiting):
            known = outbox.known_addresses(key)
            fresh = [one for one in mailing.recipients if one.address.casefold() not in known]
            if fresh:
                outbox.queue(key, mailing.letters(fresh))
            mine = [
                delivery.id for delivery in outbox.deliveries(key) if delivery.address.casefold() in wanted
            ]
            _send_queued(settings, outbox, connection, mine, progress)
        return [delivery for delivery in outbox.deliveries(key) if delivery.address.casefold() in wanted]
    finally:
        outbox.close()


def retry(
    settings: Settings,
    wanted: Callable[[Delivery], bool],
    progress: Progress | None = None,
    waiting: Callable[[], None] | None = None,
) -> list[Delivery]:
    """Sends the open copies that are wanted; what became of them."""
    connection = smtp_connection(settings)
    outbox = open_outbox(settings)
    try:
        with outbox.sending(waiting=waiting):
            ids = [delivery.id for delivery in outbox.deliveries(states=OPEN) if wanted(delivery)]
            outbox.retry(ids)
            _send_queued(settings, outbox, connection, ids, progress)
        return [delivery for delivery in outbox.deliveries() if delivery.id in set(ids)]
    finally:
        outbox.close()


def _send_queued(
    settings: Settings,
    outbox: Outbox,
    connection: SmtpConnection,
    ids: Sequence[int],
    progress: Progress | None,
) -> None:
    """A round; where the server cannot be used, the error says that nobody is forgotten."""
    mail = settings.mail
    pace = Pace(
        rate=mail.rate, per_connection=mail.per_connection, retries=mail.retries, backoff=mail.backoff
    )
    try:
        send_queue(outbox, connection, pace, ids, progress)
    except DeliveryError as error:
        waits = Message(
            "名单和信都在发件箱里，briefing outbox retry 接着寄",
            "all is in the outbox: briefing outbox retry goes on",
        )
        hint = (
            Message(f"{error.hint.zh}；{waits.zh}", f"{error.hint.en}; {waits.en}") if error.hint else waits
        )
        raise DeliveryError(error.message, hint) from None
