"""What an answer proposes to do about an alert that is going on."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from houston.agent.tool import Change, ToolContext, ToolError, tool
from houston.errors import NotFound
from houston.notify.handling.snoozing import CHANGE, TOMORROW, Snooze, chosen
from houston.notify.vocabulary import EVENT_TYPES
from houston.watch.standing import Standing
from tools.proposing import Line, demand_colleague, proposed

Length = Annotated[str, Field(pattern=r"^(?:[1-9]\d{0,2}[mhdw]|tomorrow|change)$")]

UNITS = {
    "m": ("minute", timedelta(minutes=1)),
    "h": ("hour", timedelta(hours=1)),
    "d": ("day", timedelta(days=1)),
    "w": ("week", timedelta(weeks=1)),
}
LONGEST = timedelta(days=31)


async def preview_acknowledge(ctx: ToolContext, episode: str) -> Change:
    found, client_id = await _going_on(ctx, episode)
    if found.acknowledged:
        raise ToolError(f"It is acknowledged already, by {found.acknowledged.name}.")
    lines = [*_lines(ctx, found), ("Taken care of by", "", ctx.member)]
    return proposed(f"Acknowledge {_name(found)}", lines, client_id=client_id)


@tool(label="Preparing to acknowledge an alert", needs_approval=True, preview=preview_acknowledge)
async def acknowledge(ctx: ToolContext, episode: str) -> dict[str, Any]:
    """Proposes that the person acknowledges an alert that is going on: everybody sees that they take care of
    it. They approve it before it is done.

    Args:
        episode: Its id, from episodes.
    """
    found, _ = await _going_on(ctx, episode)
    await ctx.desk.handling.acknowledge_one(ctx.actor, found.id)
    return {"done": f"{_name(found)} is acknowledged.", "episode": str(found.id)}


async def preview_snooze(
    ctx: ToolContext, episode: str, length: Length | None = None, until: datetime | None = None
) -> Change:
    found, client_id = await _going_on(ctx, episode)
    if found.snoozed:
        raise ToolError(f"It is snoozed already, by {found.snoozed.name}.")
    quiet = _words(ctx, length, _snooze(ctx, length, until))
    lines = [*_lines(ctx, found), ("Quiet", "", quiet)]
    return proposed(f"Snooze {_name(found)}", lines, client_id=client_id)


@tool(label="Preparing to snooze an alert", needs_approval=True, preview=preview_snooze)
async def snooze(
    ctx: ToolContext, episode: str, length: Length | None = None, until: datetime | None = None
) -> dict[str, Any]:
    """Proposes to say nothing more of an alert that is going on, for a while. The person approves it before
    it is done. Give either length or until.

    Args:
        episode: Its id, from episodes.
        length: "30m", "2h", "3d" or "1w", counted from the approval; "tomorrow" (till nine), or "change"
            (until it gets worse or is over).
        until: A moment in the asker's time zone instead, such as 2026-11-20T14:00; a month away at most.
    """
    found, _ = await _going_on(ctx, episode)
    await ctx.desk.handling.snooze_one(ctx.actor, found.id, _snooze(ctx, length, until))
    return {"done": f"{_name(found)} is snoozed.", "episode": str(found.id)}


async def _going_on(ctx: ToolContext, episode: str) -> tuple[Standing, int | None]:
    demand_colleague(ctx)
    wanted = episode.strip()
    if not wanted.isdecimal() or len(wanted) > 19:
        raise NotFound("I know no such alert here. Name it by its id, from episodes.")
    return await ctx.desk.handling.going_on(ctx.actor, int(wanted))


def _name(found: Standing) -> str:
    return found.subject or EVENT_TYPES.get(found.type, found.type)


def _lines(ctx: ToolContext, found: Standing) -> list[Line]:
    return [
        ("Alert", "", f"{_name(found)} ({EVENT_TYPES.get(found.type, found.type)})"),
        ("Since", "", _moment(ctx, found.opened_at)),
    ]


def _snooze(ctx: ToolContext, length: Length | None, until: datetime | None) -> Snooze:
    """Raises ToolError."""
    if (length is None) == (until is None):
        raise ToolError("Give either length or until.")
    if length in (CHANGE, TOMORROW):
        return chosen(length, ctx.now, ctx.zone)
    moment = _after(ctx, length) if length else _local(ctx, until)
    if not ctx.now < moment <= ctx.now + LONGEST:
        raise ToolError("That moment is over already, or more than a month away. Choose another.")
    return Snooze(until=moment.astimezone(UTC))


def _after(ctx: ToolContext, length: str) -> datetime:
    return ctx.now + int(length[:-1]) * UNITS[length[-1]][1]


def _local(ctx: ToolContext, until: datetime | None) -> datetime:
    assert until is not None
    return until if until.tzinfo else until.replace(tzinfo=ctx.zone)


def _words(ctx: ToolContext, length: Length | None, snooze: Snooze) -> str:
    """A length is counted from the click, so it names no moment."""
    if length == CHANGE:
        return "Until it gets worse or is over"
    if length and length != TOMORROW:
        number, unit = int(length[:-1]), UNITS[length[-1]][0]
        return f"For {number} {unit}{'' if number == 1 else 's'} from when this is approved"
    assert snooze.until is not None
    return f"Until {_moment(ctx, snooze.until)}"


def _moment(ctx: ToolContext, moment: datetime) -> str:
    local = moment.astimezone(ctx.zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} ({ctx.zone.key})"
