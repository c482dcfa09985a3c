"""Leave to speak in a Slack Connect channel, which an admin gives channel by channel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Invalid, NotFound
from houston.team import audit
from houston.team.notices import Notices
from store import Scope, Store, UnitOfWork
from store.tables import Channel

NAMED = 5
"""People of the other side whom an admin is told by name."""


@dataclass(frozen=True, kw_only=True)
class Approvals:
    store: Store
    notices: Notices
    now: Callable[[], datetime]

    async def ask_admins(self, workspace_id: str, channel: Channel, others: Sequence[str]) -> None:
        """Ask each admin by DM. `others` are the names of those on the other side, as far as known."""
        text = _question(channel, others)
        await self.notices.tell_admins(text=text, workspace_id=workspace_id, about=_about(channel))

    async def ask(self, actor: Actor, channel: Channel, others: Sequence[str]) -> None:
        """Ask one admin. Raises NotAllowed."""
        actor.demand_admin("approve channels that are shared with another company")
        text = _question(channel, others)
        await self.notices.tell(channel.workspace_id, actor.user_id, text, about=_about(channel))

    async def approve(self, actor: Actor, id: str) -> Channel:
        """Let Houston speak there. Raises NotAllowed, NotFound, Invalid."""
        actor.demand_admin("approve channels that are shared with another company")
        async with self.store.begin() as uow:
            channel = await found(uow, actor.scope, id)
            if not channel.is_shared:
                raise Invalid("channel", f"#{channel.name} is not shared with another company any more.")
            approved_by = actor.user_id or actor.id
            await set_approval(uow, actor, channel, approved_by, action="channel.approved", now=self.now())
            await uow.destinations.mark(
                workspace_id=channel.workspace_id, kind="channel", address=id, error=""
            )
            await uow.commit()
        return channel

    async def keep_quiet(self, actor: Actor, id: str) -> Channel:
        """Leave it without Houston's voice. Raises NotAllowed, NotFound."""
        actor.demand_admin("approve channels that are shared with another company")
        async with self.store.begin() as uow:
            channel = await found(uow, actor.scope, id)
            await set_approval(uow, actor, channel, "", action="channel.kept_quiet", now=self.now())
            await uow.commit()
        return channel


async def found(uow: UnitOfWork, scope: Scope, id: str) -> Channel:
    """A channel that Houston is in. Raises NotFound."""
    assert scope.workspace_id is not None
    channel = await uow.channels.find(workspace_id=scope.workspace_id, id=id)
    if channel is None or not channel.is_member:
        raise NotFound("Houston is not in this channel. Type /invite @Houston there first.")
    return channel


async def set_approval(
    uow: UnitOfWork, actor: Actor, channel: Channel, approved_by: str, *, action: str, now: datetime
) -> None:
    before, channel.approved_by = channel.approved_by, approved_by
    await uow.channels.save(channel=channel)
    await audit.record(
        uow,
        actor,
        action,
        f"channel #{channel.name}",
        before={"approved_by": before},
        after={"approved_by": approved_by},
        clients=[channel.client_id],
        now=now,
    )


def _question(channel: Channel, others: Sequence[str]) -> str:
    named = ", ".join(others[:NAMED])
    more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
    side = f"On the other side: {named}{more}." if others else "I do not know yet who is on the other side."
    return (
        f"*#{channel.name}* is shared with another company by Slack Connect, and everybody there reads "
        f"what Houston posts. {side} Until an admin approves it, Houston says nothing there."
    )


def _about(channel: Channel) -> Mapping[str, str]:
    return {"channel": channel.id, "channel_name": channel.name}
