"""briefing subscribe, briefing unsubscribe: who gets the editions, by their own word."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from ..errors import UsageError
from ..messages import Message, both
from . import console, options
from . import options_subscribe as subscribe_options
from .language import say
from .usage import with_help

if TYPE_CHECKING:
    from ..config import Settings
    from ..deliver.subscriptions import Subscription

SUBSCRIBE = both(
    "订阅：写信去问本人，确认之后才寄；--list 列出订阅的人。",
    "Subscribe an address: a letter asks, and only who confirms is mailed. --list shows who did.",
)
UNSUBSCRIBE = both(
    "退订：不再寄给这些地址，名单里有也不寄。", "Unsubscribe addresses: no list brings them back."
)
ANSWERS = both(
    "读回信：照带着记号的信确认订阅、退订；同一封只理一次。",
    "Read answers by mail: confirm and unsubscribe by the signed lines in them, each letter once.",
)
STATES = {
    "pending": Message("等确认", "asked"),
    "active": Message("已订阅", "subscribed"),
    "left": Message("已退订", "left"),
}


def subscribe(
    context: typer.Context,
    address: subscribe_options.Address = None,
    whose: subscribe_options.Reader = None,
    confirmed: subscribe_options.Confirmed = False,
    confirm: subscribe_options.Confirm = None,
    listed: subscribe_options.Listed = False,
    as_json: options.Json = False,
    config: options.Config = None,
    lang: options.Lang = None,
) -> int:
    """Asks, confirms or lists; prints the subscription."""
    from ..app import subscribing as app

    if sum((bool(address), bool(confirm), listed)) != 1:
        raise with_help(
            "要写地址、--confirm 或 --list 之一", "name an address, --confirm or --list", context=context
        )
    settings = options.chosen_settings(context, config)
    if listed:
        _print(app.subscriptions(settings).all(), as_json)
        return 0
    if confirm:
        _print([_confirmed(settings, confirm.strip())], as_json)
        return 0
    if not confirmed:
        _check_mail(settings)
    one = app.begun(settings, address or "", whose or "", confirmed=confirmed)
    code = _ask(settings, one) if one.state == "pending" else 0
    _print([one], as_json)
    return code


def unsubscribe(
    context: typer.Context,
    addresses: subscribe_options.Addresses = None,
    as_json: options.Json = False,
    config: options.Config = None,
    lang: options.Lang = None,
) -> int:
    """Notes who left; prints the subscriptions."""
    from ..app import subscribing as app
    from ..deliver.addresses import parse_recipient

    settings = options.chosen_settings(context, config)
    if not addresses:
        raise with_help("缺少参数 ADDRESS...", "ADDRESS... is missing", context=context)
    who = [parse_recipient(one, Message("地址", "the address")) for one in addresses]
    _print([app.left(settings, one.address) for one in who], as_json)
    return 0


def answers(
    context: typer.Context,
    places: subscribe_options.Boxes = None,
    as_json: options.Json = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
    lang: options.Lang = None,
) -> int:
    """Does what letters ask for; prints the subscriptions that changed."""
    from ..app.answers import hear

    settings = options.chosen_settings(context, config)
    if not places:
        raise with_help("缺少参数 PLACE...", "PLACE... is missing", context=context)
    heard = hear(settings, places)
    if as_json or heard.changed:
        _print(heard.changed, as_json)
    for item in () if quiet else heard.by_hand:
        console.problem(item)
    if not quiet:
        console.talk(say(f"读了 {heard.read} 封信", f"letters read: {heard.read}"))
    return 0


def _confirmed(settings: Settings, token: str) -> Subscription:
    from ..app import subscribing as app

    if found := app.done(settings, token):
        return found
    raise UsageError(
        Message("这一行不能确认任何订阅", "this confirms nothing"),
        Message(
            "它可能已经用过、过期，或没有复制完整；再运行一次 briefing subscribe 地址",
            "it was used, is too old or was not copied whole: briefing subscribe ADDRESS asks again",
        ),
    )


def _check_mail(settings: Settings) -> None:
    """Raises UsageError before anything is noted where no letter could be sent."""
    from ..app.mail import smtp_connection
    from ..app.mail_sender import sender

    smtp_connection(settings)
    sender(settings, required=True)


def _ask(settings: Settings, one: Subscription) -> int:
    """Sends the letter that asks; 5 where it waits."""
    from ..app.subscribing_letter import ask
    from .deliveries import report_outcome

    return report_outcome(list(ask(settings, one).deliveries), False, True)


def _print(found: list[Subscription], as_json: bool) -> None:
    if as_json:
        console.print_json([asdict(one) for one in found])
        return
    for one in found:
        state = say(STATES[one.state].zh, STATES[one.state].en)
        console.echo("  ".join(filter(None, (state, one.address, one.name, one.reader))))
    if not found:
        console.talk(say("还没有人订阅", "nobody subscribed yet"))
