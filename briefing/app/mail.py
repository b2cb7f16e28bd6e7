"""What the settings want mailed: they become a letter, a line and an outbox here and only here."""

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
from ..deliver.addresses import from_csv, made, recipient, unique
from ..deliver.message import Attachment, Content, Envelope, letter
from ..deliver.outbox import OPEN, Copy, Letter, Outbox
from ..deliver.round import Pace, deliver
from ..deliver.secret import Secret, password
from ..deliver.signature import Signer
from ..deliver.smtp import Line, Server
from ..errors import DeliveryError, NothingReadable, SourceError, Text, UsageError
from ..render.json import as_dict, load
from ..render.mail import CLIP, SUBJECT, Around, MailRenderer, Press
from ..render.themes import DEFAULT, template_format
from ..types import Briefing, Form, Recipient
from .digest import TITLE, composed, documents
from .reading import Tick

if TYPE_CHECKING:
    from ..config import Settings

NOBODY_SENDS = "briefing@localhost"
"""From of a letter that is only written into a file, where the settings name no sender."""
LOGO = "logo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A briefing ready to be mailed: what prints its letters, whom they go to, and what goes along."""

    briefing: Briefing
    envelope: Envelope
    press: Press
    around: Around
    recipients: tuple[Recipient, ...]
    files: tuple[Attachment, ...]
    together: bool
    signer: Signer | None
    unsubscribe: str
    date: datetime.datetime

    def around_for(self, who: Recipient | None) -> Around:
        """What is around the briefing in the letter to one recipient, or to all."""
        return replace(
            self.around, unsubscribe=self.unsubscribe.replace("{recipient}", who.address if who else "")
        )

    def letters(self, to: Sequence[Recipient]) -> Iterator[Letter]:
        """The letters to those recipients; one to all of them together, if it was asked for."""
        if self.together:
            yield self._letter(self._printed(None), tuple(to))
            return
        one, other = (self._printed(Recipient(address=f"{c}@example.com", name="x")) for c in "ab")
        by_name: dict[str, Content] = {}
        for who in to:
            if one != other:  # the template tells the address too: no two are alike
                yield self._letter(self._printed(who), (who,))
                continue
            if who.name not in by_name:
                by_name[who.name] = self._printed(who)
            yield self._letter(by_name[who.name], (who,))

    def _printed(self, who: Recipient | None) -> Content:
        written = self.press(who, self.around_for(who))
        return Content(subject=written.subject, text=written.text, html=written.html, files=self.files)

    def _letter(self, content: Content, group: tuple[Recipient, ...]) -> Letter:
        message = letter(content, self.envelope, group, date=self.date, hidden=self.together)
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


def post(settings: Settings, *, again: bool = False, tick: Tick | None = None) -> Post:
    """The briefing that the settings ask for, as it is mailed. With `again`, it counts as one that nobody has yet."""
    mail = settings.mail
    to = recipients(settings)
    sender = _sender(settings)
    reply_to = tuple(recipient(one, Text("[mail] reply_to", "[mail] reply_to")) for one in mail.reply_to)
    template = mail.template or (DEFAULT if template_format(settings.template) else settings.template)
    renderer = MailRenderer(template, settings.templates, mail.subject or SUBJECT)
    whole = briefing_of(settings, tick)
    now = datetime.datetime.now().astimezone()
    files = list(_attached(whole, settings, mail.attach))
    around = Around(link=mail.link.replace("{date}", whole.date.isoformat()), logo=LOGO if mail.logo else "")
    fitted, shortened = _fitted(whole, renderer, settings, replace(around, shortened=True))
    if shortened and not around.link and "html" not in mail.attach:
        files += _attached(whole, settings.model_copy(update={"pages": "auto"}), ("html",))
    if mail.logo:
        files.append(_picture(mail.logo))
    return Post(
        briefing=whole,
        envelope=Envelope(
            key=key_of(whole, f"{now.isoformat()}" if again else ""),
            sender=sender,
            reply_to=reply_to,
            list_id=mail.list_id,
            list_name=whole.title,
            unsubscribe=mail.unsubscribe,
            language="zh-Hant" if whole.script == "hant" else "zh-CN",
        ),
        press=renderer.press(fitted, settings.lang),
        around=replace(around, shortened=shortened),
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
        recipient(one, Text(f"收件人第 {n} 个", f"recipient number {n}")) for n, one in enumerate(mail.to, 1)
    ]
    if mail.recipients:
        found += from_csv(mail.recipients)
    if not found:
        raise UsageError(
            Text("没有说寄给谁", "nobody to send to was named"),
            Text("用 --to 地址，或 --recipients 名单.csv", "use --to ADDRESS, or --recipients LIST.csv"),
        )
    return unique(found)


def _sender(settings: Settings) -> Recipient:
    mail = settings.mail
    where = Text("发件人", "the sender")
    if mail.sender:
        return recipient(mail.sender, where)
    if "@" in mail.user:
        return made(mail.user, "", where)
    return Recipient(address=NOBODY_SENDS, name=settings.title or TITLE(settings.lang))


def briefing_of(settings: Settings, tick: Tick | None = None) -> Briefing:
    """The briefing of the settings' sources: pages, or one .json that `briefing digest` wrote."""
    if len(settings.sources) == 1 and settings.sources[0].lower().endswith(".json"):
        path = Path(settings.sources[0])
        try:
            found = load(path.read_bytes())
        except OSError as error:
            reason = error.strerror or str(error)
            raise NothingReadable(
                Text(f"读不了 {path}：{reason}", f"cannot read {path}: {reason}"),
                Text("请检查路径", "check the path"),
            ) from None
        except SourceError as error:
            raise NothingReadable(
                Text(f"{path}：{error.message.zh}", f"{path}: {error.message.en}"), error.hint
            ) from None
    else:
        found, _ = composed(settings.model_copy(update={"format": ()}), tick)
    return replace(found, title=settings.title) if settings.title else found


def key_of(briefing: Briefing, salt: str = "") -> str:
    """What stands for a briefing's content: the same pages give the same key, whenever they are read."""
    content = json.dumps(as_dict(briefing, "zh"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{salt}\n{content}".encode("utf-8", "backslashreplace")).hexdigest()


def _fitted(
    whole: Briefing, renderer: MailRenderer, settings: Settings, around: Around
) -> tuple[Briefing, bool]:
    """The briefing as it stands in a mail, and whether something had to give way for that it is not clipped."""

    def measure(briefing: Briefing, size: float) -> float:
        return renderer.press(briefing, settings.lang)(longest, around).size / CLIP

    longest = Recipient(address="a@example.com", name="某" * 40)
    formed = any(story.form is not Form.FULL for story in whole.stories) or any(
        s.more for s in whole.sections
    )
    fitted = (pipeline.fitted if formed else pipeline.printed)(whole, measure, (1.0,), 1)
    return fitted.briefing, fitted.given > 0


def _attached(briefing: Briefing, settings: Settings, formats: Sequence[str]) -> Iterator[Attachment]:
    """The briefing in those formats, as `briefing digest` writes them."""
    stem = "".join(c for c in briefing.title if c.isalnum() or c in "-_ ").strip() or "briefing"
    chosen = settings.model_copy(update={"format": tuple(formats)})
    for document in documents(briefing, chosen) if formats else ():
        name = f"{stem}-{briefing.date.isoformat()}.{document.format}"
        yield Attachment(name=name, content=document.content)


def _picture(path: Path) -> Attachment:
    try:
        return Attachment(name=path.name, content=path.read_bytes(), cid=LOGO)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Text(f"读不了图片 {path}：{reason}", f"cannot read the picture {path}: {reason}"),
            Text("请检查 [mail] logo", "check logo under [mail]"),
        ) from None


def exact(made: Post) -> bytes:
    """The message to the first recipient, or to all, byte for byte as it would be sent."""
    return next(made.letters(made.recipients)).content


def preview(made: Post) -> bytes:
    """The letter to the first recipient as a page of its own: its pictures are in it."""
    import base64

    who = None if made.together else made.recipients[0]
    html = made.press(who, made.around_for(who)).html
    for file in made.files:
        if file.cid:
            data = base64.b64encode(file.content).decode()
            html = html.replace(
                f"cid:{file.cid}", f"data:image/{Path(file.name).suffix[1:] or 'png'};base64,{data}"
            )
    return html.encode("utf-8", "replace")


def outbox(settings: Settings) -> Outbox:
    """The outbox that the settings name, else the user's own."""
    return Outbox(settings.mail.outbox or _home() / "outbox.sqlite3")


def _home() -> Path:
    """The folder in which a program of this system keeps what it has to remember."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "briefing"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/briefing"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "briefing"


def line(settings: Settings) -> Line:
    """The line to the server of the settings; UsageError where they name none, DeliveryError without a password."""
    mail = settings.mail
    if not mail.host:
        raise UsageError(
            Text("没有说由哪台邮件服务器发送", "no mail server was named"),
            Text(
                "在 briefing.toml 的 [mail] 里写 host、user、from，或设 BRIEFING_MAIL__HOST；--dry-run 不需要服务器",
                "write host, user and from under [mail] in briefing.toml, or set BRIEFING_MAIL__HOST; --dry-run needs none",
            ),
        )
    return Line(
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
    settings: Settings, made: Post, tick: Tick | None = None, waiting: Callable[[], None] | None = None
) -> list[Copy]:
    """Writes the letters down, then sends what waits of this briefing; what became of each recipient, old ones too."""
    if made.envelope.sender.address == NOBODY_SENDS:
        raise UsageError(
            Text("没有说由谁发出", "no sender was named"),
            Text("用 --from 地址，或在 [mail] 里写 from", "use --from ADDRESS, or write from under [mail]"),
        )
    to = line(settings)
    box = outbox(settings)
    key = made.envelope.key
    wanted = {one.address.casefold() for one in made.recipients}
    try:
        with box.sending(waiting=waiting):
            known = box.known(key)
            fresh = [one for one in made.recipients if one.address.casefold() not in known]
            if fresh:
                box.queue(key, made.letters(fresh))
            mine = [copy.id for copy in box.copies(key) if copy.address.casefold() in wanted]
            _delivered(settings, box, to, mine, tick)
        return [copy for copy in box.copies(key) if copy.address.casefold() in wanted]
    finally:
        box.close()


def retry(
    settings: Settings,
    wanted: Callable[[Copy], bool],
    tick: Tick | None = None,
    waiting: Callable[[], None] | None = None,
) -> list[Copy]:
    """Sends the open copies that are wanted; what became of them."""
    to = line(settings)
    box = outbox(settings)
    try:
        with box.sending(waiting=waiting):
            ids = [copy.id for copy in box.copies(states=OPEN) if wanted(copy)]
            box.retry(ids)
            _delivered(settings, box, to, ids, tick)
        return [copy for copy in box.copies() if copy.id in set(ids)]
    finally:
        box.close()


def _delivered(settings: Settings, box: Outbox, to: Line, ids: Sequence[int], tick: Tick | None) -> None:
    """A round; where the server cannot be used, the error says that nobody is forgotten."""
    mail = settings.mail
    pace = Pace(
        rate=mail.rate, per_connection=mail.per_connection, retries=mail.retries, backoff=mail.backoff
    )
    try:
        deliver(box, to, pace, ids, tick)
    except DeliveryError as error:
        waits = Text(
            "名单和信都在发件箱里，briefing outbox retry 接着寄",
            "all is in the outbox: briefing outbox retry goes on",
        )
        hint = Text(f"{error.hint.zh}；{waits.zh}", f"{error.hint.en}; {waits.en}") if error.hint else waits
        raise DeliveryError(error.message, hint) from None
