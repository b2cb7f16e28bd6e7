"""briefing outbox: mail that was not delivered, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ..messages import both
from . import console, options
from . import options_mail as mail_options
from .command import Command, Group
from .deliveries import delivery_row, delivery_table, report_outcome, say_waiting
from .language import say
from .progress import progress as showing_progress
from .usage import whole_number

if TYPE_CHECKING:
    from ..deliver.outbox import Delivery

app = typer.Typer(cls=Group, rich_markup_mode=None)
HELP = both("列出、寄出、重发或放弃未送达的邮件。", "List, send, retry or drop undelivered mail.")
LIST = both("列出未送达的邮件；--all 列出全部记录。", "List undelivered mail; --all lists all records.")
RETRY = both(
    "重发待寄的和被拒收的；--unknown 连同结果不明的。",
    "Retry mail that is waiting or was refused; --unknown includes mail whose outcome is unknown.",
)
SEND = both(
    "寄出到了时间的：在发件箱里等收件人愿意收的时段的，和上次没有寄成还在等的。",
    "Send what is due: mail that waits for its reader's hours, and what could not be sent before.",
)
DROP = both("放弃这些邮件，不再发送。", "Give up mail: it is not sent any more.")


@app.command("list", cls=Command, help=LIST)
def list_(
    context: typer.Context,
    everything: mail_options.AllDeliveries = False,
    as_json: options.Json = False,
    config: options.Config = None,
) -> int:
    """Prints the deliveries."""
    from ..app import outbox as app

    deliveries = app.list_deliveries(options.chosen_settings(context, config), everything=everything)
    if as_json:
        console.print_json([delivery_row(delivery) for delivery in deliveries])
    elif deliveries:
        console.echo(delivery_table(deliveries))
    else:
        console.talk(say("没有未送达的邮件", "no undelivered mail"))
    return 0


@app.command("retry", cls=Command, help=RETRY)
def retry(
    context: typer.Context,
    ids: mail_options.DeliveryIds = None,
    unknown: mail_options.Unknown = False,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Sends again."""
    from ..app import outbox as app
    from ..deliver.outbox import QueueState

    numbers = _numbers(ids)

    def wanted(delivery: Delivery) -> bool:
        if delivery.state in (QueueState.UNKNOWN, QueueState.HANDED) and not unknown:
            return False
        return delivery.id in numbers if numbers else not delivery.held_until()

    settings = options.chosen_settings(context, config)
    with showing_progress(quiet, say("寄出", "sending"), verbose=verbose) as progress:
        deliveries = app.retry_deliveries(settings, wanted, progress, say_waiting, at_once=bool(numbers))
    return report_outcome(deliveries, as_json, quiet)


@app.command("send", cls=Command, help=SEND)
def send(
    context: typer.Context,
    config: options.Config = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> int:
    """Sends what may be sent at this hour."""
    from ..app import outbox as app

    settings = options.chosen_settings(context, config)
    with showing_progress(quiet, say("寄出", "sending"), verbose=verbose) as progress:
        deliveries = app.send_due(settings, progress=progress, waiting=say_waiting)
    return report_outcome(deliveries, as_json, quiet)


@app.command("drop", cls=Command, help=DROP)
def drop(
    context: typer.Context,
    ids: mail_options.DeliveryIds = None,
    everything: mail_options.DropAll = False,
    config: options.Config = None,
) -> int:
    """Drops what was named."""
    from ..app import outbox as app

    numbers = None if everything else _numbers(ids)
    count = app.drop_deliveries(options.chosen_settings(context, config), numbers, say_waiting)
    console.echo(say(f"放弃了 {count} 封", f"dropped {count}"))
    return 0


def _numbers(words: list[str] | None) -> list[int]:
    return [whole_number(word, say("编号", "the number"), 1) for word in words or ()]
