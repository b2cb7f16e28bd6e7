"""briefing send: a briefing into mailboxes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ..messages import both
from . import console, options
from . import options_mail as mail_options
from .deliveries import report_outcome, say_waiting
from .language import say
from .process import open_in_browser
from .progress import progress as showing_progress

if TYPE_CHECKING:
    from ..app.mail import Mailing

HELP = both(
    "把简报寄进信箱；SRC 是版面，或 digest 写出的 briefing.json。服务器写在 briefing.toml 的 [mail] 中。",
    "Mail a briefing. SRC: pages, or the .json that digest wrote. The server is set in briefing.toml [mail].",
)


def send(
    context: typer.Context,
    sources: options.MailSources = None,
    to: mail_options.To = None,
    recipients: mail_options.Recipients = None,
    sender: mail_options.Sender = None,
    subject: mail_options.Subject = None,
    bcc: mail_options.Bcc = None,
    attach: mail_options.Attach = None,
    dry_run: mail_options.DryRun = None,
    preview: mail_options.Preview = False,
    again: mail_options.Again = False,
    date: options.Date = None,
    days: options.Days = None,
    template: options.Template = None,
    model: options.Model = None,
    no_cache: options.NoCache = False,
    title: options.Title = None,
    out: options.Out = None,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    lang: options.Lang = None,
) -> int:
    """Composes a briefing, or takes a finished one, and mails it or shows the letter."""
    from ..app import mail as app

    named = {"to": to or (), "recipients": recipients} if to or recipients else {}
    mail = named | {"from": sender, "subject": subject, "bcc": bcc, "attach": attach}
    settings = options.chosen_settings(context, config, mail=_given(mail, keep="recipients"))
    app.check(settings, recipient=not preview, server=not (dry_run or preview))
    with showing_progress(quiet, verbose=verbose) as progress:
        mailing = app.prepare_mailing(settings, again=again, progress=progress, recipient=not preview)
    problems = (*mailing.briefing.problems, *mailing.problems)
    for item in (*problems, *(() if quiet else (*mailing.briefing.notes, *mailing.notes))):
        console.problem(item)
    code = console.status(len(mailing.briefing.stories), len(problems) or not mailing.briefing.stories)
    if dry_run:
        _write_letter(mailing, dry_run)
        return code
    if preview:
        _show_page(mailing, settings.out)
        return code
    with showing_progress(quiet, say("寄出", "sending"), verbose=verbose) as progress:
        outcome = app.send(settings, mailing, progress, say_waiting)
    for item in outcome.problems:
        console.problem(item)
    return report_outcome(list(outcome.deliveries), as_json, quiet) or code or int(bool(outcome.problems))


def _given(values: dict[str, Any], keep: str) -> dict[str, Any]:
    """The values that were given; `keep` even if None, where it replaces the one of the settings
    file.
    """
    return {name: value for name, value in values.items() if value is not None or name == keep}


def _write_letter(mailing: Mailing, path: Path) -> None:
    """Writes the first letter as it would be sent."""
    from ..app.digest import write_file
    from ..app.mail import message_bytes

    write_file(path, message_bytes(mailing))
    if len(mailing.recipients) > 1 and not mailing.together:
        many, first = len(mailing.recipients), mailing.recipients[0].address
        console.talk(
            say(
                f"共 {many} 人，写出的是给 {first} 的一封",
                f"{many} recipients; this is the letter to {first}",
            )
        )
    console.echo(str(path))


def _show_page(mailing: Mailing, folder: Path) -> None:
    """Writes the first letter as a web page, and opens it on a screen."""
    from ..app.digest import write_file
    from ..app.mail import preview_html

    page = folder / f"briefing-{mailing.briefing.date.isoformat()}-mail.html"
    write_file(page, preview_html(mailing))
    console.echo(str(page))
    if console.on_screen():
        open_in_browser(page.resolve().as_uri())
