"""What became of messages, a page at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, Message, actions, button, section
from bot.views.reader import Reader
from bot.views.text import count, cut, escape, when
from houston.notify.naming import name
from houston.notify.receipts import Receipt
from houston.notify.vocabulary import EVENT_TYPES
from store.tables.notify import DEAD, HELD, SENT

PAGE = 10
DESTINATIONS = 3
"""That a button offers to replay everything for."""

FAR = timedelta(days=365)
"""What is held for longer waits for a mend, not for a time."""

HELD_BY = {
    "quiet": "quiet hours",
    "pause": "everything is paused",
    "daily": "comes once a day",
}


def page(
    receipts: Sequence[Receipt],
    reader: Reader,
    now: datetime,
    *,
    only_dead: bool,
    has_newer: bool,
    has_older: bool,
) -> Message:
    """The newest first; the buttons' values are the ids of the first and the last one shown."""
    title = "*Messages that did not arrive*" if only_dead else "*Messages*"
    if not receipts:
        nothing = "Every message arrived, or is on its way." if only_dead else "Nothing was sent yet."
        return Message(text=nothing, blocks=[section(nothing), *_turns((), only_dead, False, False)])
    blocks = [section(title), *(_entry(each, reader, now) for each in receipts)]
    blocks += _replays(receipts) if reader.is_admin else []
    blocks += _turns(receipts, only_dead, has_newer, has_older)
    return Message(text=title.strip("*"), blocks=blocks)


def replayed(amount: int) -> Message:
    said = f"🔁 On its way again: {count(amount, 'message')}. `/houston deliveries` shows what becomes of it."
    return Message(text=said, blocks=[section(said)])


def line(receipt: Receipt, reader: Reader, now: datetime) -> str:
    """`*Outlier Alerts* · spend · Acme → <#C1>`, when it was asked for, and how it stands."""
    event = receipt.event
    called = name(event.type, event.payload, event.subject)
    what = [f"*{EVENT_TYPES.get(event.type, 'Houston’s own words')}*", escape(called, 200)]
    if receipt.client and reader.has_clients:
        what.append(escape(receipt.client.name, 100))
    asked = when(event.recorded_at, reader.zone)
    return (
        f"{' · '.join(part for part in what if part)} → {_where(receipt)}\n{asked} · "
        f"{_standing(receipt, reader.zone, now)}"
    )


def _entry(receipt: Receipt, reader: Reader, now: datetime) -> Block:
    can_replay = reader.is_admin and receipt.delivery.state == DEAD
    replay = button("Replay", "replay_delivery", value=str(receipt.delivery.id)) if can_replay else None
    return section(line(receipt, reader, now), replay)


def _where(receipt: Receipt) -> str:
    kind, _, address = receipt.delivery.address.partition(":")
    if kind == "channel":
        return f"<#{address}>"
    return f"<@{address}>" if kind == "dm" else escape(receipt.destination.alias, 80)


def _standing(receipt: Receipt, zone: ZoneInfo, now: datetime) -> str:
    delivery = receipt.delivery
    tries = count(delivery.tries, "try", "tries")
    if delivery.state == SENT:
        link = f" · <{receipt.link}|Open>" if receipt.link else ""
        return f"✅ sent {when(delivery.sent_at or now, zone)}, {tries}{link}"
    if delivery.state == DEAD:
        return f"☠️ not delivered, {tries}: {escape(delivery.error, 500)}"
    if delivery.state == HELD:
        return f"⏸️ {_held(receipt, zone, now)}"
    if delivery.tries and delivery.due_at > now and not delivery.owner:
        return f"⏳ next try {when(delivery.due_at, zone)}, {tries} so far: {escape(delivery.error, 500)}"
    return "⏳ on its way"


def _held(receipt: Receipt, zone: ZoneInfo, now: datetime) -> str:
    delivery = receipt.delivery
    if delivery.due_at > now + FAR:
        error = escape(receipt.destination.error, 500)
        return f"held until messages arrive there again{f': {error}' if error else ''}"
    why = HELD_BY.get(delivery.bundle.partition(":")[0])
    return f"held until {when(delivery.due_at, zone)}{f' ({why})' if why else ''}"


def _replays(receipts: Sequence[Receipt]) -> list[Block]:
    """A button for each destination that has dead letters among these, each in a block of its own:
    Slack wants no action id twice in one."""
    dead = {each.destination.id: each.destination for each in receipts if each.delivery.state == DEAD}
    return [
        actions(button(cut(f"Replay all to {each.alias}", 75), "replay_all", value=str(id)))
        for id, each in list(dead.items())[:DESTINATIONS]
    ]


def _turns(receipts: Sequence[Receipt], only_dead: bool, has_newer: bool, has_older: bool) -> list[Block]:
    prefix = "dead" if only_dead else "deliveries"
    turns = [button("Show all", "show_deliveries") if only_dead else button("Show dead ones", "show_dead")]
    if has_newer:
        turns.append(button("‹ Newer", f"{prefix}_newer", value=str(receipts[0].delivery.id)))
    if has_older:
        turns.append(button("Older ›", f"{prefix}_older", value=str(receipts[-1].delivery.id)))
    return [actions(*turns)]
