"""From settings to a mailing: the recipients, the briefing as it fits a letter, the attachments."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .. import pipeline
from ..deliver.addresses import parse_recipient, unique
from ..deliver.message import Attachment, Envelope
from ..deliver.news_key import news_key
from ..deliver.recipient_list import from_csv
from ..deliver.signature import Signer
from ..deliver.subscriptions import Subscription
from ..edit.illustrate import with_one_picture
from ..errors import NothingReadable, UsageError, reason
from ..isolation.small_file import read_regular
from ..messages import Message
from ..render.mail import CLIP, SUBJECT, MailContext, MailRenderer
from ..render.picture import pictures
from ..render.themes import DEFAULT, template_format
from ..types import Briefing, Form, Problem, Recipient
from .digest import compose_from_settings, render_documents
from .editions import STDIN, editions_of, load
from .mail_letters import Mailing
from .mail_sender import sender
from .reading import Progress, reading_options
from .subscribing import gone, leave_links

if TYPE_CHECKING:
    from ..config import Settings

LOGO = "logo"
PICTURE = "picture"
"""Content-IDs of what the letter shows."""
LOGO_LIMIT = 4 * 1024 * 1024
LONGEST_STEM = 60
"""Characters of the title in an attachment's name: file systems allow 255 bytes."""
LONGEST = Recipient(address="a@example.com", name="某" * 40)
"""The recipient whose letter is measured."""


def prepare_mailing(
    settings: Settings, *, again: bool = False, progress: Progress | None = None, recipient: bool = True
) -> Mailing:
    """The briefing that the settings ask for, ready to be mailed.

    `again` makes it news that no recipient has. Without `recipient`, there may be no recipients.
    """
    if recipient:
        recipients(settings)
    _envelope(settings, "", "")  # what is wrong with it is reported before anything is read
    _mail_renderer(settings)
    return mailing_of(load_briefing(settings, progress), settings, again=again)


def mailing_of(briefing: Briefing, settings: Settings, *, again: bool = False, edition: str = "") -> Mailing:
    """A briefing ready to be mailed as the settings say; see `Mailing` for `edition`."""
    mail = settings.mail
    to, problems = _people(settings)
    who_left = gone(settings)
    staying = [one for one in to if one.address.casefold() not in who_left]
    renderer = _mail_renderer(settings)
    now = datetime.datetime.now().astimezone()
    context = MailContext(
        link=mail.link.replace("{date}", briefing.date.isoformat()), logo=LOGO if mail.logo else ""
    )
    fitted, shortened = _fit_to_mail(briefing, renderer, settings, replace(context, shortened=True))
    fitted = replace(fitted, sections=with_one_picture(fitted.sections))  # they all have one Content-ID
    shown = next(iter(pictures(fitted)), None)
    key = news_key(briefing, now.isoformat() if again else "")
    envelope = _envelope(settings, str(key), briefing.title)
    return Mailing(
        briefing=briefing,
        key=key,
        envelope=replace(envelope, language="zh-Hant") if briefing.script == "hant" else envelope,
        render_letter=renderer.letter_renderer(fitted, settings.lang),
        context=replace(context, shortened=shortened, picture=PICTURE if shown else ""),
        recipients=tuple(staying),
        notes=tuple(_left(one, who_left[one.address.casefold()]) for one in to if one not in staying),
        files=(
            *_files(briefing, settings, shortened and not context.link),
            *([Attachment(name=f"{PICTURE}.jpg", content=shown.content, cid=PICTURE)] if shown else []),
        ),
        together=mail.bcc,
        signer=Signer(**dict(mail.dkim)) if mail.dkim else None,
        unsubscribe=min(mail.unsubscribe, default=""),
        date=now,
        problems=tuple(problems),
        edition=edition,
    )


def _left(who: Recipient, then: Subscription) -> Problem:
    day = then.changed[:10]
    return Problem(
        source=who.address,
        message=Message(f"没有寄：{day} 退订了", f"not sent: unsubscribed on {day}"),
        hint=Message("可从名单里去掉", "take it off the list"),
        note=True,
    )


def _mail_renderer(settings: Settings) -> MailRenderer:
    mail = settings.mail
    template = mail.template or (DEFAULT if template_format(settings.template) else settings.template)
    return MailRenderer(template, settings.templates, mail.subject or SUBJECT)


def _envelope(settings: Settings, key: str, title: str) -> Envelope:
    """What all letters have in common. UsageError for an address that cannot be used."""
    mail, where = settings.mail, Message("[mail] reply_to", "[mail] reply_to")
    return Envelope(
        key=key,
        sender=sender(settings),
        reply_to=tuple(parse_recipient(text, where) for text in mail.reply_to),
        list_id=mail.list_id,
        list_name=title,
        unsubscribe=mail.unsubscribe,
        leave=leave_links(settings),
    )


def recipients(settings: Settings) -> list[Recipient]:
    """The recipients that the settings name, each address once, without rows of a list that cannot
    be used.

    UsageError for a bad one among the settings themselves, with its place, and where nobody is
    left.
    """
    found, problems = _people(settings)
    if found:
        return found
    if problems:
        raise UsageError(problems[0].message, problems[0].hint)
    raise UsageError(
        Message("没有说寄给谁", "no recipient was named"),
        Message("用 --to 地址，或 --recipients 名单.csv", "use --to ADDRESS, or --recipients LIST.csv"),
    )


def _people(settings: Settings) -> tuple[list[Recipient], list[Problem]]:
    """The recipients, each address once, and the rows of the list that cannot be used."""
    mail = settings.mail
    named = [
        parse_recipient(text, Message(f"收件人第 {n} 个", f"recipient number {n}"))
        for n, text in enumerate(mail.to, 1)
    ]
    listed = list(from_csv(mail.recipients)) if mail.recipients else []
    good = [item for item in listed if isinstance(item, Recipient)]
    return unique((*named, *good)), [item for item in listed if isinstance(item, Problem)]


def check_sources(settings: Settings) -> None:
    """Raises NothingReadable if the sources are a .json that is no briefing, or there is none of
    them."""
    if editions := editions_of(settings.sources):
        for edition in editions:
            if edition != STDIN:  # which can be read once
                load(edition)
        return
    from ..read.dated import on_days
    from ..read.sources import expand

    dates = reading_options(settings).dates
    found = list(expand([one for source in settings.sources for one in on_days(source, dates)]))
    missing = [item for item in found if isinstance(item, Problem)]
    if found and len(missing) == len(found):
        first = missing[0]
        raise NothingReadable(
            Message(f"{first.source}：{first.message.zh}", f"{first.source}: {first.message.en}"), first.hint
        )


def load_briefing(settings: Settings, progress: Progress | None = None) -> Briefing:
    """The briefing of the settings' sources: pages, or one .json that `briefing digest` wrote."""
    briefing, _ = compose_from_settings(settings.model_copy(update={"format": ()}), progress)
    return briefing


def _fit_to_mail(
    briefing: Briefing, renderer: MailRenderer, settings: Settings, context: MailContext
) -> tuple[Briefing, bool]:
    """The briefing short enough not to be clipped, and whether it had to be shortened."""

    def measure(briefing: Briefing, size: float) -> float:
        return renderer.letter_renderer(briefing, settings.lang)(LONGEST, context).size / CLIP

    formed = any(story.form is not Form.FULL for story in briefing.stories) or any(
        section.more for section in briefing.sections
    )
    fitted = (pipeline.fit_to_pages if formed else pipeline.fit_for_print)(briefing, measure, (1.0,), 1)
    return fitted.briefing, fitted.steps_taken > 0


def _files(briefing: Briefing, settings: Settings, whole: bool) -> Iterator[Attachment]:
    """What the settings attach, and as HTML the `whole` of a briefing that a letter shortens."""
    mail = settings.mail
    yield from _attachments(briefing, settings, mail.attach)
    if whole and "html" not in mail.attach:
        yield from _attachments(briefing, settings.model_copy(update={"pages": "auto"}), ("html",))
    if mail.logo:
        yield _logo_attachment(mail.logo)


def _attachments(briefing: Briefing, settings: Settings, formats: Sequence[str]) -> Iterator[Attachment]:
    """The briefing in those formats, as `briefing digest` writes them."""
    stem = "".join(char for char in briefing.title if char.isalnum() or char in "-_ ").strip()[:LONGEST_STEM]
    chosen = settings.model_copy(update={"format": tuple(formats)})
    for document in render_documents(briefing, chosen) if formats else ():
        name = f"{stem or 'briefing'}-{briefing.date.isoformat()}.{document.format}"
        yield Attachment(name=name, content=document.content)


def _logo_attachment(path: Path) -> Attachment:
    try:
        return Attachment(name=path.name, content=read_regular(path, LOGO_LIMIT), cid=LOGO)
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Message(f"读不了图片 {path}：{why.zh}", f"cannot read the picture {path}: {why.en}"),
            Message("请检查 [mail] logo", "check logo under [mail]"),
        ) from None
