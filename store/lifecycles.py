"""One step of a lifecycle, on the outbox's thread: locked, read, decided, written, in one transaction.

What a step means is decided in houston/watch/, which hands it in as a `Step`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col
from sqlmodel import select as select_model

from store.dispatch import Decide
from store.posts import changed
from store.repository import Repository, upsert
from store.scope import Scope
from store.tables import Episode, Event, Lifecycle


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a step writes: columns of the lifecycle, columns of the episode that there was, and an
    episode that begins. `shows`: the messages of the one that there was show something else now."""

    lifecycle: Mapping[str, Any]
    episode: Mapping[str, Any] = field(default_factory=dict)
    opened: Episode | None = None
    shows: bool = False
    events: Sequence[Event] = ()


Step = Callable[[Lifecycle, Episode | None], Change | None]
"""What changes, given the lifecycle and its newest episode; None where nothing does."""

Once = Callable[[Connection], bool]
"""Keeps what was seen, and whether it is new: where it is not, nothing steps."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """The name of a watched thing; with `since` its lifecycle is made where there is none."""

    name: str
    client_id: int | None = None
    since: datetime | None = None


class Lifecycles(Repository):
    """Written on the outbox's thread, read here."""

    async def of_keys(self, *, scope: Scope, keys: Collection[str]) -> dict[str, Lifecycle]:
        """Where these keys stand, which knows of their snoozes."""
        query = select_model(Lifecycle).where(col(Lifecycle.key).in_(keys), scope.holds(Lifecycle.client_id))
        return {each.key: each for each in await self._session.exec(query)}

    async def in_states(self, *, scope: Scope, prefix: str, states: Collection[str]) -> list[Lifecycle]:
        """Those of one kind of key that stand like this."""
        query = select_model(Lifecycle).where(
            col(Lifecycle.key).startswith(prefix, autoescape=True),
            col(Lifecycle.state).in_(states),
            scope.holds(Lifecycle.client_id),
        )
        return list(await self._session.exec(query))

    async def over(self, *, now: datetime, limit: int) -> list[str]:
        """Keys whose snooze ended by itself until `now`."""
        query = select_model(Lifecycle.key).where(col(Lifecycle.snoozed_until) <= now)
        return list(await self._session.exec(query.order_by(col(Lifecycle.snoozed_until)).limit(limit)))


class Stepping:
    """A step as a Decide: nobody else steps this key until the transaction ends.

    Afterwards `change` is what it wrote, and `episode_id` that of the newest episode.
    """

    def __init__(self, key: Key, step: Step, *, once: Once | None = None) -> None:
        self._key, self._step, self._once = key, step, once
        self.change: Change | None = None
        self.episode_id: int | None = None

    def __call__(self, connection: Connection) -> Sequence[Event]:
        self.change, self.episode_id = None, None
        lifecycle = _locked(connection, self._key)
        if lifecycle is None or (self._once and not self._once(connection)):
            return ()
        self.episode_id = lifecycle.episode_id
        self.change = self._step(lifecycle, _episode(connection, lifecycle.episode_id))
        if self.change is None:
            return ()
        _write(connection, lifecycle, self.change)
        self.episode_id = self.change.opened.id if self.change.opened else lifecycle.episode_id
        return self.change.events


def in_turn(steps: Sequence[Decide]) -> Decide:
    """One after the other, in one transaction."""
    return lambda connection: [event for each in steps for event in each(connection)]


def _locked(connection: Connection, key: Key) -> Lifecycle | None:
    found = _read(connection, key.name)
    if found is None and key.since:
        fresh = Lifecycle(key=key.name, client_id=key.client_id, since=key.since).model_dump()
        connection.execute(
            upsert(connection.dialect.name, Lifecycle, fresh, key=("key",), keep=tuple(fresh)), [fresh]
        )
        found = _read(connection, key.name)
    return found


def _read(connection: Connection, key: str) -> Lifecycle | None:
    query = select(Lifecycle.__table__).where(col(Lifecycle.key) == key)  # type: ignore[attr-defined]
    row = connection.execute(query.with_for_update()).mappings().first()
    return Lifecycle(**row) if row else None


def _episode(connection: Connection, id: int | None) -> Episode | None:
    if id is None:
        return None
    query = select(Episode.__table__).where(col(Episode.id) == id)  # type: ignore[attr-defined]
    row = connection.execute(query).mappings().first()
    return Episode(**row) if row else None


def _write(connection: Connection, lifecycle: Lifecycle, change: Change) -> None:
    columns = dict(change.lifecycle)
    if lifecycle.episode_id is not None:
        _show(connection, lifecycle.episode_id, change)
    if change.opened:
        connection.execute(insert(Episode).values(**change.opened.model_dump()))
        columns["episode_id"] = change.opened.id
    if columns:
        connection.execute(update(Lifecycle).where(col(Lifecycle.key) == lifecycle.key).values(**columns))


def _show(connection: Connection, episode_id: int, change: Change) -> None:
    if change.episode:
        connection.execute(update(Episode).where(col(Episode.id) == episode_id).values(**change.episode))
    if change.shows:
        for statement in changed(episode_id):
            connection.execute(statement)
