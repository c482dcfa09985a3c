"""Channels that get alerts only: there Houston answers no questions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.team import audit
from houston.team.approvals import found
from store import Scope, Store
from store.tables import Channel

CHANGE = "choose where Houston answers questions"


@dataclass(frozen=True, kw_only=True)
class Answering:
    store: Store
    now: Callable[[], datetime]

    async def of(self, scope: Scope, channel_id: str) -> Channel:
        """The channel, with whether Houston answers there. Raises NotFound."""
        async with self.store.read() as uow:
            return await found(uow, scope, channel_id)

    async def switch(self, actor: Actor, channel_id: str, *, on: bool) -> Channel:
        """Whether questions are answered there from now on. Raises NotAllowed, NotFound."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            channel = await found(uow, actor.scope, channel_id)
            before, channel.answers = channel.answers, on
            await uow.channels.save(channel=channel)
            if before != on:
                await audit.record(
                    uow,
                    actor,
                    "channel.answers_on" if on else "channel.alerts_only",
                    f"channel #{channel.name}",
                    before={"answers": before},
                    after={"answers": on},
                    clients=[channel.client_id],
                    now=self.now(),
                )
            await uow.commit()
        return channel

    async def toggle(self, actor: Actor, channel_id: str) -> Channel:
        """The other way round. Raises NotAllowed, NotFound."""
        channel = await self.of(actor.scope, channel_id)
        return await self.switch(actor, channel_id, on=not channel.answers)
