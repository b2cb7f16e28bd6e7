"""briefing send: a briefing into mailboxes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import console
from .language import LANGUAGE, say

if TYPE_CHECKING:
    from ..app.mail import Mailing
    from ..config import Settings
    from ..deliver.outbox import Delivery

HELP = say(
    "把简报寄出去：SRC 是版面，或 digest 写出的 briefing.json。服务器写在 briefing.toml 的 [mail] 里。",
    "Mail a briefing; SRC: pages, or the .json that digest wrote. The server stands under [mail] in briefing.toml.",
)
Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SRC...|briefing.json",
        help=say(
            "文件、文件夹、通配符、-，或一个 briefing.json", "Files, folders, globs, -, or one briefing.json."
        ),
        show_default=False,
    ),
]
Many = list[str] | None


def _option(*names: str, metavar: str | None, zh: str, en: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=say(zh, en), show_default=False)


def send(
    sources: Sources = None,
    to: Annotated[
        Many,
        _option(
            "--to",
            metavar="A",
            zh="收件人，可重复：a@b.cn 或 张三 <a@b.cn>",
            en="A recipient; may be repeated.",
        ),
    ] = None,
    recipients: Annotated[
        Path | None,
        _option("--recipients", metavar="FILE.csv", zh="收件人名单：邮箱,姓名", en="Recipients: email,name."),
    ] = None,
    sender: Annotated[str | None, _option("--from", metavar="A", zh="发件人", en="The sender.")] = None,
    subject: Annotated[
        str | None, _option("--subject", metavar="S", zh="主题，可用模板变量", en="Subject; a template.")
    ] = None,
    bcc: Annotated[
        bool,
        _option(
            "--bcc",
            metavar=None,
            zh="一封信密送所有人，而不是每人一封",
            en="One letter to all, none of them named.",
        ),
    ] = False,
    attach: Annotated[
        str | None,
        _option(
            "--attach", metavar="pdf,html…", zh="附上整份简报，逗号分隔", en="Attach the whole briefing."
        ),
    ] = None,
    dry_run: Annotated[
        Path | None,
        _option(
            "--dry-run",
            metavar="FILE.eml",
            zh="不寄，把第一封原样写进文件",
            en="Send nothing: write the first letter, exact.",
        ),
    ] = None,
    preview: Annotated[
        bool,
        _option(
            "--preview",
            metavar=None,
            zh="不寄，写成网页，有屏幕就打开",
            en="Send nothing: write a page, and open it.",
        ),
    ] = False,
    again: Annotated[
        bool,
        _option(
            "--again", metavar=None, zh="已寄过的人也再寄一次", en="Send to those too who have it already."
        ),
    ] = False,
    date: Annotated[
        str | None, _option("--date", metavar="YYYY-MM-DD", zh="简报日期", en="Date of the briefing.")
    ] = None,
    template: Annotated[
        str | None,
        _option(
            "--template", metavar="T", zh="模板：主题名或文件夹", en="Template: a theme's name or a folder."
        ),
    ] = None,
    model: Annotated[str | None, _option("--model", metavar="M", zh="摘要模型", en="Summarizer.")] = None,
    title: Annotated[
        str | None, _option("--title", metavar="T", zh="简报的名称", en="Title of the briefing.")
    ] = None,
    out: Annotated[
        Path | None, _option("--out", metavar="DIR", zh="--preview 写到哪里", en="Where --preview writes.")
    ] = None,
    config: Annotated[
        Path | None,
        _option(
            "--config",
            metavar="FILE",
            zh="配置文件；默认 briefing.toml",
            en="Settings; briefing.toml by default.",
        ),
    ] = None,
    as_json: Annotated[
        bool, _option("--json", metavar=None, zh="以 JSON 打印结果", en="Print what became of it as JSON.")
    ] = False,
    quiet: Annotated[
        bool, _option("--quiet", "-q", metavar=None, zh="不显示进度", en="Show no progress.")
    ] = False,
    lang: Annotated[
        str | None, _option("--lang", metavar="zh|en", zh="界面和标签的语言", en="Language.")
    ] = None,
) -> int:
    from ..app import mail as mail_app
    from ..config import settings

    asked = to is not None or recipients is not None
    mail: dict[str, Any] = {
        "to": tuple(to or ()) if asked else None,
        "from": sender,
        "subject": subject,
        "bcc": bcc or None,
        "attach": tuple(attach.split(",")) if attach else None,
    }
    flags = {
        "sources": tuple(sources) if sources else None,
        "date": date,
        "template": template,
        "model": model,
        "title": title,
        "out": out,
        "lang": lang or LANGUAGE,
        "mail": {k: v for k, v in mail.items() if v is not None}
        | ({"recipients": recipients} if asked else {}),
    }
    chosen = settings(flags, config)
    mail_app.check(chosen, recipient=not preview, server=not (dry_run or preview))
    with console.progress(quiet) as progress:
        mailing = mail_app.prepare_mailing(chosen, again=again, progress=progress, recipient=not preview)
    problems = (*mailing.briefing.problems, *mailing.problems)
    for item in problems:
        console.problem(item)
    code = console.status(len(mailing.briefing.stories), len(problems) or not mailing.briefing.stories)
    if dry_run or preview:
        return _show_instead(mailing, dry_run, chosen) or code
    with console.progress(quiet, say("寄出", "sending")) as progress:
        outcome = mail_app.send(chosen, mailing, progress, waits)
    for item in outcome.problems:
        console.problem(item)
    return report_outcome(list(outcome.deliveries), as_json, quiet) or code or int(bool(outcome.problems))


def waits() -> None:
    """Says that another process is sending."""
    console.talk(
        say("另一个 briefing 正在发信，等它结束…", "another briefing is sending; waiting for it to end…")
    )


def _show_instead(mailing: Mailing, dry_run: Path | None, chosen: Settings) -> int:
    """Writes what would be sent; 0."""
    from ..app.digest import write_file
    from ..app.mail import message_bytes, preview_html

    if dry_run:
        write_file(dry_run, message_bytes(mailing))
        if len(mailing.recipients) > 1 and not mailing.together:
            many, first = len(mailing.recipients), mailing.recipients[0].address
            console.talk(
                say(
                    f"共 {many} 人，写出的是给 {first} 的一封",
                    f"{many} recipients; this is the letter to {first}",
                )
            )
        typer.echo(str(dry_run))
        return 0
    page = chosen.out / f"briefing-{mailing.briefing.date.isoformat()}-mail.html"
    write_file(page, preview_html(mailing))
    typer.echo(str(page))
    if console.on_screen():
        import webbrowser

        webbrowser.open(page.resolve().as_uri())
    return 0


def report_outcome(deliveries: list[Delivery], as_json: bool, quiet: bool) -> int:
    """Says what became of each recipient; 5 where somebody was not reached, else 0."""
    from ..deliver.outbox import OPEN, QueueState

    missed = [delivery for delivery in deliveries if delivery.state in OPEN]
    if as_json:
        console.print_json([delivery_row(delivery) for delivery in deliveries])
    elif not quiet:
        sent = sum(delivery.state is QueueState.SENT for delivery in deliveries)
        typer.echo(
            say(f"{sent} 人已收", f"{sent} sent")
            + (say(f"，{len(missed)} 人未收", f", {len(missed)} not") if missed else "")
        )
    if not missed:
        return 0
    console.talk(delivery_table(missed))
    console.talk(
        "  → "
        + say(
            "briefing outbox retry 再试；briefing outbox list 查看全部",
            "briefing outbox retry tries again; briefing outbox list shows all",
        )
    )
    if any(delivery.state in (QueueState.UNKNOWN, QueueState.HANDED) for delivery in missed):
        console.talk(
            "  → "
            + say(
                "“不明”的可能已经收到：线在服务器回答之前断了。请问问本人；确认没有再用 briefing outbox retry --unknown",
                "those unknown may have it: the line broke before the server answered. Ask them; if not, briefing outbox retry --unknown",
            )
        )
    return 5


STATES = {
    "waiting": ("待寄", "waiting"),
    "handed": ("正在寄", "being sent"),
    "sent": ("已寄", "sent"),
    "refused": ("拒收", "refused"),
    "unknown": ("不明", "unknown"),
    "dropped": ("放弃", "dropped"),
}


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """A copy as JSON."""
    return {
        "id": delivery.id,
        "state": delivery.state.value,
        "address": delivery.address,
        "name": delivery.name,
        "briefing": delivery.title,
        "attempts": delivery.attempts,
        "code": delivery.code,
        "reply": delivery.reply,
        "changed": delivery.changed,
    }


def delivery_table(deliveries: list[Delivery]) -> str:
    """The copies as lines: number, state, address, briefing, what the server said."""
    lines = []
    for delivery in deliveries:
        reply_text = f"{delivery.code or ''} {delivery.reply}".strip()
        lines.append(
            f"{delivery.id:5} {say(*STATES[delivery.state.value])}  {delivery.address}  {delivery.title}  {reply_text}".rstrip()
        )
    return "\n".join(lines)
