"""The outcome of mail, as send and outbox print it: one line or JSON object a recipient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import console
from .language import say

if TYPE_CHECKING:
    from ..deliver.outbox import Delivery

STATES = {
    "waiting": ("待寄", "waiting"),
    "handed": ("正在寄", "being sent"),
    "sent": ("已寄", "sent"),
    "refused": ("拒收", "refused"),
    "unknown": ("不明", "unknown"),
    "dropped": ("放弃", "dropped"),
}


def say_waiting() -> None:
    """Says that another process is sending."""
    console.talk(
        say("另一个 briefing 正在发信，等它结束…", "another briefing is sending; waiting for it to finish…")
    )


def report_outcome(deliveries: list[Delivery], as_json: bool, quiet: bool) -> int:
    """Prints what became of each recipient; 5 where one was not reached, else 0."""
    from ..deliver.outbox import OPEN, QueueState

    missed = [one for one in deliveries if one.state in OPEN and not one.held_until()]
    if as_json:
        console.print_json([delivery_row(delivery) for delivery in deliveries])
    elif not quiet:
        sent = sum(delivery.state is QueueState.SENT for delivery in deliveries)
        failed = say(f"，{len(missed)} 人未收", f", {len(missed)} not") if missed else ""
        console.echo(say(f"{sent} 人已收", f"{sent} sent") + failed)
    if not missed:
        return 0
    console.talk(delivery_table(missed))
    console.hint(
        "briefing outbox retry 重试；briefing outbox list 查看全部",
        "briefing outbox retry tries again; briefing outbox list shows all",
    )
    if any(delivery.state in (QueueState.UNKNOWN, QueueState.HANDED) for delivery in missed):
        console.hint(
            "“不明”的可能已经收到：服务器还没有回答，连接就断了。请先问问本人，没有收到再用 "
            "briefing outbox retry --unknown",
            "unknown: the connection broke before the server answered, so they may have it. "
            "Ask them; if not, briefing outbox retry --unknown",
        )
    return 5


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """The JSON of one recipient's copy."""
    due = delivery.held_until()
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
        "due": due.isoformat() if due else None,
    }


def delivery_table(deliveries: list[Delivery]) -> str:
    """A line a copy: number, state, address, briefing, the server's reply or when it is due."""
    lines = []
    for delivery in deliveries:
        reply, due = f"{delivery.code or ''} {delivery.reply}".strip(), delivery.held_until()
        reply = say(f"{due:%m-%d %H:%M} 起", f"from {due:%m-%d %H:%M} on") if due else reply
        state = say(*STATES[delivery.state.value])
        lines.append(f"{delivery.id:5} {state}  {delivery.address}  {delivery.title}  {reply}".rstrip())
    return "\n".join(lines)
