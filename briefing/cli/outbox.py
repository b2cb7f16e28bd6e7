"""briefing outbox: who has not got a briefing yet, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..messages import Message
from . import console
from .language import LANGUAGE, say
from .send import delivery_row, delivery_table, report_outcome, waits

if TYPE_CHECKING:
    from ..config import Settings
    from ..deliver.outbox import Delivery

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
HELP = say("查看、重寄或放弃没有寄到的邮件。", "List, retry or drop mail that was not delivered.")
LIST = say("列出没有寄到的；--all 列出全部记录", "List what was not delivered; --all lists the whole record.")
RETRY = say(
    "再寄一次待寄的和拒收的；--unknown 连同不明的",
    "Send again what waits or was refused; with --unknown, that too.",
)
DROP = say("不再寄这些", "Give these up.")
Ids = Annotated[
    list[int] | None,
    typer.Argument(
        metavar="ID...",
        help=say("编号，见 outbox list", "Numbers, as outbox list shows."),
        show_default=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=say("配置文件；默认 briefing.toml", "Settings; briefing.toml by default."),
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=say("以 JSON 打印", "Print as JSON."))]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=say("不显示进度", "Show no progress."))]


def _settings(config: Path | None) -> Settings:
    from ..config import settings

    return settings({"lang": LANGUAGE}, config)


@app.command("list", help=LIST)
def list_(
    everything: Annotated[
        bool, typer.Option("--all", help=say("寄到的也列出", "Those delivered too."))
    ] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> int:
    from ..app import mail as mail_app
    from ..deliver.outbox import OPEN, QueueState

    box = mail_app.open_outbox(_settings(config))
    try:
        box.settle()
        deliveries = box.deliveries(states=tuple(QueueState) if everything else OPEN)
    finally:
        box.close()
    if as_json:
        console.print_json([delivery_row(delivery) for delivery in deliveries])
    elif deliveries:
        typer.echo(delivery_table(deliveries))
    else:
        console.talk(say("没有未寄到的邮件", "there is nothing undelivered"))
    return 0


@app.command("retry", help=RETRY)
def retry(
    ids: Ids = None,
    unknown: Annotated[
        bool,
        typer.Option(
            "--unknown",
            help=say("也重寄不明的：可能有人收到两封", "Those unknown too: somebody may get it twice."),
        ),
    ] = False,
    config: Config = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    from ..app import mail as mail_app
    from ..deliver.outbox import QueueState

    def wanted(delivery: Delivery) -> bool:
        if delivery.state in (QueueState.UNKNOWN, QueueState.HANDED) and not unknown:
            return False
        return not ids or delivery.id in ids

    with console.progress(quiet, say("寄出", "sending")) as progress:
        deliveries = mail_app.retry(_settings(config), wanted, progress, waits)
    return report_outcome(deliveries, as_json, quiet)


@app.command("drop", help=DROP)
def drop(
    ids: Ids = None,
    everything: Annotated[
        bool, typer.Option("--all", help=say("所有没有寄到的", "All that was not delivered."))
    ] = False,
    config: Config = None,
) -> int:
    from ..app import mail as mail_app
    from ..deliver.outbox import OPEN

    if not ids and not everything:
        raise UsageError(
            Message("没有说放弃哪些", "nothing to drop was named"),
            Message("给出编号，或用 --all", "name the numbers, or use --all"),
        )
    box = mail_app.open_outbox(_settings(config))
    try:
        with box.sending(waiting=waits):
            chosen = [
                delivery.id
                for delivery in box.deliveries(states=OPEN)
                if everything or delivery.id in (ids or ())
            ]
            box.drop(chosen)
    finally:
        box.close()
    typer.echo(say(f"放弃了 {len(chosen)} 封", f"dropped {len(chosen)}"))
    return 0
