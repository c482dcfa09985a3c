"""Destinations: the list of `/houston destinations`, and how a test ended."""

from collections.abc import Sequence

from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    confirm,
    context,
    section,
)
from bot.views.text import count, escape
from houston.notify.places.destinations import DestinationSeen
from houston.notify.places.trials import Trial
from houston.notify.places.urls import SERVICE, WEBHOOK
from store.tables import Destination

PAGE = 8
"""In one message: two blocks each, of the 50 that Slack allows."""

ERROR, NAME, RULES = 300, 80, 8
KINDS = {"channel": "channel", "dm": "👤 person", WEBHOOK: "🪝 Slack webhook", SERVICE: "🌐 service"}


def listed(found: Sequence[DestinationSeen], page: int = 0) -> Message:
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    title = f"*{count(len(found), 'destination')}*" if found else "No destinations yet."
    blocks = [section(title), adding()]
    for each in found[page * PAGE : (page + 1) * PAGE]:
        blocks += [section(line(each)), buttons(each)]
    if not found:
        blocks.append(context("A notification makes its channel a destination: `/houston rules add`."))
    return Message(text=title.strip("*"), blocks=[*blocks, *_pager(page, pages)])


def page_of(found: Sequence[DestinationSeen], id: int) -> int:
    """The page on which a destination stands."""
    numbers = [each.destination.id for each in found]
    return numbers.index(id) // PAGE if id in numbers else 0


def line(seen: DestinationSeen) -> str:
    """`*Ops* · 🪝 Slack webhook · rules #1, #3`, with what is wrong."""
    parts = [f"*{named(seen.destination)}*", KINDS[seen.destination.kind], _rules(seen.rules)]
    if seen.is_default:
        parts.append("default channel")
    return "\n".join([" · ".join(parts), *wrong(seen.destination)])


def wrong(destination: Destination) -> list[str]:
    """What is to be said of one that does not work."""
    said = [f"⚠️ {escape(destination.error, ERROR)}"] if destination.error else []
    if destination.paused_at:
        said.append("⏸️ Paused: what comes for it waits until it works again.")
    return said


def named(destination: Destination) -> str:
    is_channel = destination.kind == "channel"
    return f"<#{destination.address}>" if is_channel else escape(destination.alias, NAME)


def adding() -> Block:
    return actions(button("Add webhook…", "add_webhook"), button("Add service…", "add_service"))


def mending(destination: Destination) -> list[Block]:
    """The buttons that bring one back."""
    row_id = str(destination.id)
    found = [button("Send test", "test_destination", value=row_id)]
    if destination.error or destination.paused_at:
        found.append(button("Resume", "resume_destination", value=row_id))
    return found


def buttons(seen: DestinationSeen) -> Block:
    row_id = str(seen.destination.id)
    found = [*mending(seen.destination), button("Edit…", "edit_destination", value=row_id)]
    if not seen.rules and not seen.is_default:
        question = f"Delete {seen.destination.alias}? Nothing can be sent there any more."
        delete = button("Delete", "delete_destination", value=row_id, style="danger")
        found.append(delete | {"confirm": confirm("Delete destination", question, "Delete")})
    return actions(*found)


def kept(destination: Destination, what: str) -> Message:
    """`what` is Added, Saved, Resumed or Deleted."""
    said = f"✅ {what}: *{named(destination)}* · {KINDS[destination.kind]}"
    more = [context("A test message has arrived there. Notifications can be sent there now.")]
    return Message(text=said, blocks=[section(said), *(more if what == "Added" else ())])


def tried(trial: Trial) -> Message:
    """Whether a test has arrived, and if not, why and what to do."""
    kind, _, id = trial.address.partition(":")
    where = f"<#{id}>" if kind == "channel" else f"*{escape(trial.alias, NAME)}*"
    if trial.arrived:
        said = f"✅ A test message has arrived: {where}."
    else:
        said = f"❌ The test message did not arrive: {where}.\n{escape(trial.advice, 1000)}"
    return Message(text=said, blocks=[section(said)])


def _rules(numbers: Sequence[int]) -> str:
    if not numbers:
        return "no rule sends there"
    named = ", ".join(f"#{number}" for number in numbers[:RULES])
    more = f" and {len(numbers) - RULES} more" if len(numbers) > RULES else ""
    return f"{'rule' if len(numbers) == 1 else 'rules'} {named}{more}"


def _pager(page: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    turns = []
    if page > 0:
        turns.append(button("‹ Previous", "destinations_previous", value=str(page - 1)))
    if page < pages - 1:
        turns.append(button("Next ›", "destinations_next", value=str(page + 1)))
    return [context(f"Page {page + 1} of {pages}"), actions(*turns)]
