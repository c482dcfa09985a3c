import json
import logging
import re
import sqlite3
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    String,
    cast,
    exists,
    func,
    literal,
    or_,
    true,
    tuple_,
    union_all,
)
from sqlmodel import col, delete, select, update

from store import tables as t
from store.belongings import Belongings
from store.repository import Repository

BATCH = 500
DIGEST = "daily_digest"
"""An agency's speaks of every client by name."""
UNSYNCHRONIZED = {"synchronize_session": False}
"""Else SQLAlchemy asks back for the key of every row that goes: a client may have millions of points."""

log = logging.getLogger(__name__)


class Erasure(Repository):
    """Takes everything of one client out of the database, in the caller's transaction."""

    async def workspaces(self, *, client_id: int) -> list[t.Workspace]:
        """The client's own, after taking hold of the client: from now on nothing is added to it."""
        await self._session.exec(select(t.Client.id).where(t.Client.id == client_id).with_for_update())
        return list(await self._session.exec(select(t.Workspace).where(t.Workspace.client_id == client_id)))

    async def counts(self, *, client_id: int) -> dict[str, int]:
        """How many rows `erase` would remove, by table; what only mentions the client is not counted."""
        rows = [
            select(literal(table.__tablename__), func.count()).select_from(table).where(where)
            for table, where in Belongings(client_id).rows()
        ]
        counted: Any = union_all(*rows)
        found: Any = await self._session.exec(counted)
        return dict(found.all())

    async def erase(self, *, client_id: int, names: Collection[str], notice: str) -> None:
        """Remove its rows everywhere, and whatever was said that mentions one of its names: turns, kept
        answers, and events of type `notice`, which are Houston's own words, as digests are."""
        belongings = Belongings(client_id)
        await self._forget_mentions(names, notice)
        shortened = await self._rules_into(belongings.destinations)
        await self._lead_nowhere(belongings.destinations)
        for table, where in belongings.rows():
            await self._session.exec(delete(table).where(where), execution_options=UNSYNCHRONIZED)
        await self._pause(shortened)
        freed = update(t.Channel).where(col(t.Channel.client_id) == client_id)
        await self._session.exec(freed.values(client_id=None, approved_by=""))
        await self._session.exec(delete(t.Client).where(col(t.Client.id) == client_id))

    async def _forget_mentions(self, names: Collection[str], notice: str) -> None:
        word = _Word(names)
        for table, key, said, where in _spoken(notice):
            query: Any = select(*key, *said).where(where, word.is_likely_in(said))
            found: Any = await self._session.exec(query)
            keys = [tuple(row[: len(key)]) for row in found if word.is_in(row[len(key) :])]
            for start in range(0, len(keys), BATCH):
                await self._forget(table, tuple_(*key).in_(keys[start : start + BATCH]))

    async def _forget(self, table: Any, where: ColumnElement[bool]) -> None:
        """An event goes with its deliveries; what was asked beneath it stays, and hangs under nothing.
        A turn goes with what it proposed, a conversation's summary alone."""
        if table is t.Conversation:
            await self._session.exec(update(t.Conversation).where(where).values(summary=""))
            return
        if table is t.Turn:
            turns = select(t.Turn.id).where(where)
            await self._session.exec(delete(t.Approval).where(col(t.Approval.turn_id).in_(turns)))
        if table is t.Event:
            events = select(t.Event.id).where(where)
            await self._session.exec(delete(t.Delivery).where(col(t.Delivery.event_id).in_(events)))
            beneath = update(t.Conversation).where(col(t.Conversation.event_id).in_(events))
            await self._session.exec(beneath.values(event_id=None))
        await self._session.exec(delete(table).where(where))

    async def _rules_into(self, destinations: Any) -> list[int]:
        into = col(t.RuleDestination.destination_id).in_(destinations)
        return list(await self._session.exec(select(t.RuleDestination.rule_id).where(into).distinct()))

    async def _lead_nowhere(self, destinations: Any) -> None:
        """What stays must not point to where nothing is any more."""
        rules = update(t.Rule).where(col(t.Rule.escalate_to).in_(destinations))
        await self._session.exec(rules.values(escalate_to=None, escalate_minutes=None))
        homes = update(t.Workspace).where(col(t.Workspace.default_destination_id).in_(destinations))
        await self._session.exec(homes.values(default_destination_id=None, catches_all=False))

    async def _pause(self, rule_ids: Sequence[int]) -> None:
        """Those of these rules that have nowhere to go any more."""
        stranded = ~exists().where(col(t.RuleDestination.rule_id) == col(t.Rule.id))
        for start in range(0, len(rule_ids), BATCH):
            some = col(t.Rule.id).in_(rule_ids[start : start + BATCH])
            await self._session.exec(update(t.Rule).where(some, stranded).values(active=False))


def scrub(engine: Engine) -> bool:
    """Write a SQLite file anew, so that its free pages and its journal hold nothing of what was deleted.

    Takes as long as copying the file, and as much room again. False where another connection is in
    the way or the disk is full. PostgreSQL clears its pages itself, in time.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        [busy, _, _] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlite3.OperationalError as error:
        log.warning("the database file was not written anew after a deletion: %s", error)
        return False
    finally:
        connection.close()


def _spoken(notice: str) -> list[tuple[Any, tuple[Any, ...], tuple[Any, ...], ColumnElement[bool]]]:
    """Tables with what was said: their keys, their words, and which rows of them."""
    request_key = (col(t.ApiRequest.api_key_id), col(t.ApiRequest.idempotency_key))
    turn_words = (
        col(t.Turn.question),
        col(t.Turn.answer),
        col(t.Turn.steps),
        col(t.Turn.choices),
        col(t.Turn.opinion_reason),
    )
    proposed = (
        col(t.Approval.title),
        col(t.Approval.lines),
        col(t.Approval.arguments),
        col(t.Approval.outcome),
    )
    notice_words = (col(t.Event.dedupe_key), col(t.Event.payload))
    return [
        (t.Turn, (col(t.Turn.id),), turn_words, true()),
        (t.Approval, (col(t.Approval.id),), proposed, true()),
        (t.Conversation, (col(t.Conversation.id),), (col(t.Conversation.summary),), true()),
        (t.ApiRequest, request_key, (col(t.ApiRequest.answer),), true()),
        (t.Event, (col(t.Event.id),), notice_words, col(t.Event.type).in_((notice, DIGEST))),
    ]


class _Word:
    """Finds names as whole words, in any case. The database names candidates by a looser pattern."""

    def __init__(self, names: Collection[str]) -> None:
        self._patterns = [f"%{re.sub(r'[^a-z0-9]+', '%', name.lower())}%" for name in names]
        whole = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
        self._whole = re.compile(whole, re.IGNORECASE)

    def is_likely_in(self, columns: Collection[Any]) -> ColumnElement[bool]:
        return or_(*(cast(each, String).ilike(pattern) for each in columns for pattern in self._patterns))

    def is_in(self, values: Collection[Any]) -> bool:
        texts = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in values)
        return any(self._whole.search(text) for text in texts)
