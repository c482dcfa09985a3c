"""What a message of Houston's tells of, as its reader may see it: the events around a question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.access import itself
from houston.agent.events.before import Before
from houston.agent.events.thread_events import thread_event
from houston.agent.facts import ThreadEvent
from houston.watch.standing import Standing, standing
from store import Scope, Store, UnitOfWork
from store.tables import Client, Event, Rule

MOST_EVENTS = 20
"""Of one message: a larger group is told of by its first ones."""

MOST_SERIES = 3

WHAT_HAPPENED = "What happened here?"
OPENINGS: Mapping[str, str] = {
    "outlier": WHAT_HAPPENED,
    "data_alert": "Why did this alert fire?",
    "task_failure": "Why did this fail?",
    "system_error": "What went wrong here?",
    "notebook_alert": "What does this notebook alert mean?",
    "note_created": "What is this note about?",
    "note_updated": "What changed in this note?",
    "daily_digest": "What matters most in this digest?",
}
"""What Ask Houston asks, by event type."""


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is read once for all events of a message."""

    clients: Mapping[int | None, Client]
    standings: Mapping[int, Standing]
    rules: Mapping[int, tuple[Rule, ...]]
    """By event: those that posted it in this workspace."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    store: Store
    before: Before
    now: Callable[[], datetime]

    async def told_in(self, workspace_id: str, channel: str, user_id: str, ts: str) -> tuple[int, ...]:
        """The ids of all events that one message tells of; none where it is no alert of Houston's.

        Which of them somebody may see is decided by `events`.
        """
        address, scope = _address(channel, user_id), itself(workspace_id).scope
        async with self.store.read() as uow:
            told = await uow.posts.told_in(scope=scope, workspace_id=workspace_id, address=address, ts=ts)
        return tuple(dict.fromkeys(event.id for _, event in told))

    async def brought_by(self, scope: Scope, channel: str, user_id: str, delivery_id: int) -> tuple[int, ...]:
        """The id of the event that a delivery brings there: it is known before it is kept which message
        does. None for a delivery elsewhere, or out of the scope."""
        async with self.store.read() as uow:
            found = await uow.deliveries.find(scope=scope, id=delivery_id)
        return (found.event_id,) if found and found.address == _address(channel, user_id) else ()

    async def opening(self, scope: Scope, id: int) -> str:
        """The question that the button under an event asks."""
        async with self.store.read() as uow:
            event = await uow.events.find(scope=scope, id=id)
        return OPENINGS.get(event.type, WHAT_HAPPENED) if event else WHAT_HAPPENED

    async def events(self, scope: Scope, ids: Sequence[int], zone: ZoneInfo) -> tuple[ThreadEvent, ...]:
        """Those of these within the scope, once for each episode, each as it stands now."""
        if not ids:
            return ()
        async with self.store.read() as uow:
            asked = [await uow.events.find(scope=scope, id=id) for id in dict.fromkeys(ids)]
            found = _once_an_episode([event for event in asked if event])[:MOST_EVENTS]
            known = await self._known(uow, scope, found)
        told = [
            thread_event(
                event,
                client=known.clients.get(event.client_id),
                stands=known.standings.get(event.episode_id or 0),
                rules=known.rules[event.id],
                zone=zone,
            )
            for event in found
        ]
        drawn = [each.id for each in told if each.outlier][:MOST_SERIES]
        return tuple(
            [
                replace(each, series=await self.before(scope, event)) if each.id in drawn else each
                for each, event in zip(told, found, strict=True)
            ]
        )

    async def _known(self, uow: UnitOfWork, scope: Scope, events: Sequence[Event]) -> _Known:
        home = scope.workspace_id or ""
        workspace = await uow.workspaces.find(id=home)
        episodes = [event.episode_id for event in events if event.episode_id is not None]
        is_agency = workspace is not None and workspace.has_clients
        rules = {rule.id: rule for rule in await uow.rules.all(scope=scope)}
        return _Known(
            clients={client.id: client for client in await uow.clients.all(scope=scope)},
            standings={
                id: standing(*pair, workspace_id=home, is_agency=is_agency, now=self.now())
                for id, pair in (await uow.posts.episodes(scope=scope, ids=episodes)).items()
            },
            rules={event.id: await _posted_by(uow, scope, event, rules) for event in events},
        )


def _address(channel: str, user_id: str) -> str:
    """Where a message that this person sees there was sent to."""
    return f"dm:{user_id}" if channel.startswith("D") else f"channel:{channel}"


async def _posted_by(
    uow: UnitOfWork, scope: Scope, event: Event, rules: Mapping[int | None, Rule]
) -> tuple[Rule, ...]:
    """The rules that brought it to this workspace, as far as they are seen there."""
    sent = await uow.deliveries.all(scope=scope, event_id=event.id)
    ids = dict.fromkeys(id for delivery in sent for id in delivery.rule_ids)
    return tuple(rules[id] for id in ids if id in rules)


def _once_an_episode(events: Sequence[Event]) -> list[Event]:
    """The first of each episode; what belongs to none stays."""
    first: dict[int, Event] = {}
    for event in events:
        first.setdefault(event.episode_id or -event.id, event)
    return list(first.values())
