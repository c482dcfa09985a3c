"""Test messages: whether something arrives at a place, asked at once and answered in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.errors import NotDelivered, NotFound, PermanentFailure, TemporaryFailure
from houston.notify import wall
from houston.notify.messenger import Announcement, Messenger
from houston.notify.places.failing import Failing
from houston.team.notices import NOTICE
from store import Store, UnitOfWork
from store.tables import Destination, Event, Workspace

CHANGE = "send test messages"
TEXT = "🔔 This is a test from Houston. What *{alias}* is to be told arrives here."
NO_MESSENGER = "This Houston only answers the API and delivers nothing. Ask the one that runs."


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How a test ended; without a failure it arrived."""

    alias: str
    address: str
    failure: NotDelivered | None = None

    @property
    def arrived(self) -> bool:
        return self.failure is None

    @property
    def advice(self) -> str:
        """Why it did not arrive, and what to do; '' where it did."""
        match self.failure:
            case None:
                return ""
            case TemporaryFailure(uncertain=True):
                return (
                    f"{self.failure.message} Look whether it is there all the same, or try again in a minute."
                )
            case TemporaryFailure():
                return f"{self.failure.message} Try again in a minute."
        return self.failure.message


@dataclass(frozen=True, kw_only=True)
class Trials:
    """Without a messenger nothing can be tried."""

    store: Store
    messenger: Messenger | None
    failing: Failing
    now: Callable[[], datetime]

    async def of(self, actor: Actor, id: int) -> Trial:
        """At a destination; what comes of it is kept there. Raises NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        actor.demand_unheld(CHANGE)
        async with self.store.read() as uow:
            found = await uow.destinations.get(id=id)
        if found is None or found.workspace_id != actor.scope.workspace_id:
            raise NotFound(f"There is no destination {id}.")
        return await self._at(found)

    async def at(self, actor: Actor, kind: str, address: str, alias: str) -> Trial:
        """At a channel (admins only) or the actor's own DM, whether it is a destination or not."""
        assert actor.scope.workspace_id is not None
        if (kind, address) != ("dm", actor.user_id):
            actor.demand_admin(CHANGE)
            actor.demand_unheld(CHANGE)
        async with self.store.read() as uow:
            found = await uow.destinations.find(
                workspace_id=actor.scope.workspace_id, kind=kind, address=address
            )
        if found is not None:
            return await self._at(found)
        return await self.send(actor.scope.workspace_id, f"{kind}:{address}", alias)

    async def send(self, workspace_id: str, address: str, alias: str) -> Trial:
        """Post a test there, past the outbox."""
        try:
            await self._post(workspace_id, address, alias)
        except NotDelivered as failure:
            return Trial(alias=alias, address=address, failure=failure)
        return Trial(alias=alias, address=address)

    async def _at(self, destination: Destination) -> Trial:
        address = f"{destination.kind}:{destination.address}"
        trial = await self.send(destination.workspace_id, address, destination.alias)
        assert destination.id is not None
        if trial.arrived:
            await self.failing.works(destination.id)
        elif isinstance(trial.failure, PermanentFailure):
            await self.failing.mark(destination.id, trial.failure)
        return trial

    async def _post(self, workspace_id: str, address: str, alias: str) -> None:
        if self.messenger is None:
            raise PermanentFailure(NO_MESSENGER)
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=workspace_id)
            assert workspace is not None
            event = await self._event(uow, workspace, address, alias)
            await wall.check(uow, address, event, workspace)
        said = Announcement(event=event, client_name=None, timezone=ZoneInfo(workspace.timezone))
        await self.messenger.post(
            workspace_id=workspace_id, address=address, announcement=said, delivery_ids=()
        )

    async def _event(self, uow: UnitOfWork, workspace: Workspace, address: str, alias: str) -> Event:
        """Kept nowhere. In a channel that is bound to a client, it is that client's."""
        kind, _, id = address.partition(":")
        channel = await uow.channels.find(workspace_id=workspace.id, id=id) if kind == "channel" else None
        now = self.now()
        return Event(
            id=self.store.ids.next(),
            type=NOTICE,
            client_id=channel.client_id if channel else None,
            occurred_at=now,
            recorded_at=now,
            dedupe_key="",
            payload={"text": TEXT.format(alias=alias), "about": {}},
        )
