"""Channels that are held to one client."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Invalid, NotFound
from houston.team import audit
from houston.team.approvals import found
from store import Scope, Store, UnitOfWork
from store.tables import Channel, Client


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A channel and the client that it is bound to, if any.

    `silenced` rules post there no longer, since they are about other clients.
    """

    channel: Channel
    client: Client | None
    silenced: int = 0


@dataclass(frozen=True, kw_only=True)
class Bindings:
    """An actor or a scope here is that of a person, not narrowed by the channel it is about."""

    store: Store
    now: Callable[[], datetime]

    async def of(self, scope: Scope, channel_id: str) -> Bound:
        """What a channel is bound to. Raises NotFound; Invalid in a client's own workspace."""
        async with self.store.read() as uow:
            channel = await _channel(uow, scope, channel_id)
            return Bound(channel=channel, client=await _client(uow, scope, channel.client_id))

    async def bind(self, actor: Actor, channel_id: str, client_id: int | None) -> Bound:
        """Hold a channel to one client; None: free it.

        Raises NotAllowed, NotFound; Invalid in a client's own workspace.
        """
        actor.demand_admin("bind channels to clients")
        async with self.store.begin() as uow:
            channel = await _channel(uow, actor.scope, channel_id)
            before, after = channel.client_id, await _client(uow, actor.scope, client_id)
            if client_id is not None and after is None:
                raise NotFound("I know no such client. /houston clients lists them.")
            channel.client_id = client_id
            await uow.channels.save(channel=channel)
            await uow.destinations.mark(
                workspace_id=channel.workspace_id, kind="channel", address=channel_id, error=""
            )
            await self._record(uow, actor, channel, await _client(uow, actor.scope, before), after)
            silenced = await _silenced(uow, actor.scope, channel)
            await uow.commit()
        return Bound(channel=channel, client=after, silenced=silenced)

    async def _record(
        self, uow: UnitOfWork, actor: Actor, channel: Channel, before: Client | None, after: Client | None
    ) -> None:
        await audit.record(
            uow,
            actor,
            "channel.bound" if after else "channel.freed",
            f"channel #{channel.name}",
            before={"client": before.slug if before else None},
            after={"client": after.slug if after else None},
            clients=[each.id for each in (before, after) if each],
            now=self.now(),
        )


async def _channel(uow: UnitOfWork, scope: Scope, id: str) -> Channel:
    channel = await found(uow, scope, id)
    workspace = await uow.workspaces.find(id=channel.workspace_id)
    if workspace is None or not workspace.has_clients:
        raise Invalid("client", "This workspace has one client only, so there is nothing to choose.")
    return channel


async def _client(uow: UnitOfWork, scope: Scope, id: int | None) -> Client | None:
    return await uow.clients.get(scope=scope, id=id) if id is not None else None


async def _silenced(uow: UnitOfWork, scope: Scope, channel: Channel) -> int:
    """Active rules to this channel whose events no longer get there."""
    if channel.client_id is None:
        return 0
    destinations = await uow.rules.destinations(scope=scope)
    return sum(
        rule.active
        and rule.client_id not in (None, channel.client_id)
        and any(each.address == channel.id for each in destinations.get(rule.id or 0, ()))
        for rule in await uow.rules.all(scope=scope)
    )
