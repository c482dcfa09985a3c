"""Rows of another client never come back, whatever is asked for."""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, get_type_hints

import pytest

from store import Scope, Store, UnitOfWork
from store.dispatch import Entry
from store.faults import counting
from store.notes import adding as adding_note
from store.occurrences import adding as adding_occurrences
from store.repository import Repository
from store.tables import (
    AuditEntry,
    Customer,
    Event,
    Fault,
    Invitation,
    Member,
    Metric,
    Note,
    Occurrence,
    OutlierDefinition,
    Point,
    Rule,
)
from tests.store.agency import EVERYTHING, NOTHING, WORKSPACE, Agency
from tests.store.databases import NOON, Clock
from tests.store.test_ledger import everywhere, rule_to

UNSCOPED = {
    "Workspaces": "Slack teams are nobody's data; who may see which is houston/team's to decide",
    "Members": "of one workspace, which the caller names; lists of clients take a scope",
    "Channels": "of one workspace",
    "Destinations": "of one workspace",
    "Secrets": "of a row; none of them is ever shown",
    "Conversations": "of one workspace; what may be seen is decided anew at each turn",
    "ApiKeys.add": "gets the row to keep",
    "ApiKeys.find": "by the key itself, which decides the scope",
    "ApiKeys.answered": "by the key itself",
    "ApiKeys.keep_answer": "by the key itself",
    "Installs.invitation": "by the signed link, in the hands of whoever holds it",
    "Installs.add_invitation": "gets the row to keep",
    "Installs.use_invitation": "by the signed link",
    "Installs.begin": "gets the row to keep",
    "Installs.take": "by the browser's own secret",
    "Installs.forget_expired": "returns nothing",
    "Erasure": "for an admin of the agency, of a client that was found under a scope",
    "Audit.append": "gets the row to keep",
    "Audit.lock": "the chain's head holds hashes only",
    "Audit.head": "the chain's head holds hashes only",
    "Audit.last_seq": "a number",
    "Audit.reseal": "the chain's head holds hashes only",
    "Audit.rows": "for the operator's verification",
    "Audit.strays": "for the operator's verification",
    "Audit.about": "for erasure, by an admin of the agency",
    "Audit.clear": "for erasure, by an admin of the agency",
}
"""What takes no scope, and why: a repository, or one method of it."""

WRITING = {"save", "put", "delete", "open", "take", "set_error"}
"""Methods that get the rows to keep, or the id of a row found under a scope; they return none of others."""


def repositories() -> Iterator[type[Repository]]:
    for name, attribute in vars(UnitOfWork).items():
        if isinstance(attribute, cached_property):
            found = get_type_hints(attribute.func)["return"]
            assert issubclass(found, Repository), name
            yield found


def methods() -> list[Any]:
    return [
        pytest.param(method, id=f"{repository.__name__}.{name}")
        for repository in repositories()
        for name, method in inspect.getmembers(repository, inspect.isfunction)
        if not name.startswith("_") and not _is_unscoped(repository.__name__, name, method)
    ]


def _is_unscoped(repository: str, name: str, method: Callable[..., Any]) -> bool:
    """One that takes a scope is asked, wherever it stands."""
    if "scope" in inspect.signature(method).parameters:
        return False
    named = {repository, f"{repository}.{name}"} & UNSCOPED.keys()
    return bool(named) or (name in WRITING and repository not in ("Installs", "Audit"))


@pytest.mark.parametrize("method", methods())
def test_every_method_that_reads_client_data_demands_a_scope(method: Callable[..., Any]) -> None:
    scope = inspect.signature(method).parameters.get("scope")
    assert scope is not None, "takes no scope"
    assert scope.default is inspect.Parameter.empty, "a scope is never optional"
    assert scope.kind is inspect.Parameter.KEYWORD_ONLY
    assert get_type_hints(method)["scope"] is Scope


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Globex's rows, by kind."""

    client: int
    metric: int
    definition: int
    occurrence: int
    note: int
    event: int
    rule: int
    delivery: int
    key: int


@pytest.fixture
async def globex(store: Store, agency: Agency, clock: Clock) -> Rows:
    """Everything of Globex that can be kept; Acme has nothing."""
    now, client_id = clock(), agency.globex
    await rule_to(store, clock, "C1")
    async with store.begin() as uow:
        metric, definition = await metric_of(uow, client_id), await definition_of(uow, client_id)
        rule = await rule_of(uow, client_id)
        await uow.points.put(points=[Point(metric_id=metric, time=now, value=1)])
        await uow.customers.put(
            customers=[Customer(client_id=client_id, customer_id="c1", name="Eve", created_at=now)]
        )
        key = await uow.api_keys.add(name="k", hash="h", client_id=client_id, now=now)
        await team_of(uow, client_id)
        await uow.commit()
    note, event = note_of(store, client_id, now), event_of(store, client_id, now)
    occurrence = occurrence_of(store, client_id, definition, metric, now)
    writes = [adding_note(note), adding_occurrences([occurrence]), counting(fault_of(store, client_id, now))]
    entry = Entry(event=event, writes=writes)
    store.ledger.turn([entry], [], routing=everywhere, now=now, lease=timedelta(0), room=0)
    async with store.read() as uow:
        [delivery] = await uow.deliveries.all(scope=EVERYTHING)
    return Rows(
        client=client_id,
        metric=metric,
        definition=definition,
        occurrence=occurrence.id,
        note=note.id,
        event=event.id,
        rule=rule,
        delivery=delivery.id,
        key=key.id or 0,
    )


async def team_of(uow: UnitOfWork, client_id: int) -> None:
    """Who may see Globex, who is invited, and what was written down of it."""
    await uow.members.save(member=Member(workspace_id=WORKSPACE, user_id="U1", seen_at=NOON))
    await uow.members.set_clients(workspace_id=WORKSPACE, user_id="U1", client_ids=[client_id])
    later = NOON + timedelta(days=1)
    await uow.installs.add_invitation(
        invitation=Invitation(id="i", client_id=client_id, created_by="U1", created_at=NOON, expires_at=later)
    )
    entry = AuditEntry(seq=0, at=NOON, workspace_id=WORKSPACE, content_hash="", hash="")
    await uow.audit.append(entry=entry, clients={client_id})


async def metric_of(uow: UnitOfWork, client_id: int) -> int:
    return (await uow.metrics.save(metric=Metric(client_id=client_id, name="revenue"))).id or 0


async def definition_of(uow: UnitOfWork, client_id: int) -> int:
    definition = OutlierDefinition(client_id=client_id, name="d", metrics="*", created_at=NOON, due_at=NOON)
    return (await uow.definitions.save(definition=definition)).id or 0


async def rule_of(uow: UnitOfWork, client_id: int) -> int:
    rule = Rule(
        workspace_id=WORKSPACE,
        number=2,
        event_type="outlier",
        client_id=client_id,
        created_at=NOON,
        updated_at=NOON,
    )
    return (await uow.rules.save(rule=rule, destination_ids=[])).id or 0


def note_of(store: Store, client_id: int | None, now: datetime) -> Note:
    return Note(
        id=store.ids.next(),
        client_id=client_id,
        title="Secret",
        source_key=f"row {client_id}",
        created_at=now,
        updated_at=now,
    )


def event_of(store: Store, client_id: int, now: datetime) -> Event:
    return Event(
        id=store.ids.next(),
        type="outlier",
        client_id=client_id,
        occurred_at=now,
        recorded_at=now,
        dedupe_key="k",
    )


def fault_of(store: Store, client_id: int, now: datetime) -> Fault:
    return Fault(
        id=store.ids.next(),
        fingerprint="f",
        client_id=client_id,
        title="Boom",
        first_at=now,
        last_at=now,
    )


def occurrence_of(store: Store, client_id: int, definition: int, metric: int, now: datetime) -> Occurrence:
    return Occurrence(
        id=store.ids.next(),
        definition_id=definition,
        metric_id=metric,
        client_id=client_id,
        time=now,
        value=9,
        expected=1,
        lower=0,
        upper=2,
        score=0.9,
        severity="critical",
        reason="9 is above 2",
        found_at=now,
    )


async def counted(uow: UnitOfWork, scope: Scope) -> int:
    return sum(await uow.deliveries.counts(scope=scope, since=NOON - timedelta(days=1)))


async def total(uow: UnitOfWork, scope: Scope) -> int:
    return sum(await uow.deliveries.totals(scope=scope, after=0))


Question = Callable[[UnitOfWork, Scope, Rows], Awaitable[Any]]
EVER: dict[str, Any] = {"start": NOON - timedelta(days=9), "end": NOON + timedelta(days=9)}

QUESTIONS: dict[str, Question] = {
    "Clients.find": lambda uow, scope, _: uow.clients.find(scope=scope, slug="globex"),
    "Clients.get": lambda uow, scope, rows: uow.clients.get(scope=scope, id=rows.client),
    "Metrics.all": lambda uow, scope, _: uow.metrics.all(scope=scope),
    "Metrics.all of a client": lambda uow, scope, rows: uow.metrics.all(scope=scope, client_id=rows.client),
    "Metrics.get": lambda uow, scope, rows: uow.metrics.get(scope=scope, id=rows.metric),
    "Metrics.of": lambda uow, scope, rows: uow.metrics.of(
        scope=scope, client_id=rows.client, name="revenue", channel=""
    ),
    "Points.between": lambda uow, scope, rows: uow.points.between(
        scope=scope, metric_ids=[rows.metric], **EVER
    ),
    "Points.last": lambda uow, scope, rows: uow.points.last(
        scope=scope, metric_id=rows.metric, until=NOON, limit=9
    ),
    "Points.newest": lambda uow, scope, rows: uow.points.newest(scope=scope, metric_ids=[rows.metric]),
    "OutlierDefinitions.all": lambda uow, scope, _: uow.definitions.all(scope=scope),
    "OutlierDefinitions.find": lambda uow, scope, rows: uow.definitions.find(scope=scope, id=rows.definition),
    "OutlierDefinitions.due": lambda uow, scope, _: uow.definitions.due(scope=scope, now=NOON),
    "Occurrences.between": lambda uow, scope, _: uow.occurrences.between(scope=scope, **EVER),
    "Occurrences.between of a client": lambda uow, scope, rows: uow.occurrences.between(
        scope=scope, client_id=rows.client, **EVER
    ),
    "Occurrences.find": lambda uow, scope, rows: uow.occurrences.find(scope=scope, id=rows.occurrence),
    "Occurrences.of_definition": lambda uow, scope, rows: uow.occurrences.of_definition(
        scope=scope, definition_id=rows.definition, limit=9
    ),
    "Notes.search": lambda uow, scope, _: uow.notes.search(scope=scope),
    "Notes.search of a client": lambda uow, scope, rows: uow.notes.search(
        scope=scope, client_id=rows.client, query="secret"
    ),
    "Notes.counts": lambda uow, scope, _: uow.notes.counts(scope=scope, client_id=None, start=None, end=None),
    "Notes.find": lambda uow, scope, rows: uow.notes.find(scope=scope, id=rows.note),
    "Notes.by_source": lambda uow, scope, rows: uow.notes.by_source(
        scope=scope, source_keys=[f"row {rows.client}"]
    ),
    "Customers.search": lambda uow, scope, _: uow.customers.search(scope=scope, query="eve"),
    "Customers.totals": lambda uow, scope, rows: uow.customers.totals(scope=scope, client_id=rows.client),
    "Events.find": lambda uow, scope, rows: uow.events.find(scope=scope, id=rows.event),
    "Events.all": lambda uow, scope, _: uow.events.all(scope=scope),
    "Deliveries.all": lambda uow, scope, _: uow.deliveries.all(scope=scope),
    "Deliveries.find": lambda uow, scope, rows: uow.deliveries.find(scope=scope, id=rows.delivery),
    "Deliveries.counts": lambda uow, scope, _: counted(uow, scope),
    "Faults.find": lambda uow, scope, _: uow.faults.find(scope=scope, fingerprint="f"),
    "Deliveries.totals": lambda uow, scope, _: total(uow, scope),
    "ApiKeys.all": lambda uow, scope, _: uow.api_keys.all(scope=scope),
    "ApiKeys.get": lambda uow, scope, rows: uow.api_keys.get(scope=scope, id=rows.key),
    "Members.lists": lambda uow, scope, _: uow.members.lists(scope=scope),
    "Installs.invitations": lambda uow, scope, _: uow.installs.invitations(scope=scope, now=NOON),
    "Audit.page": lambda uow, scope, _: uow.audit.page(scope=scope, before=None, limit=9),
    "Audit.newer": lambda uow, scope, _: uow.audit.newer(scope=scope, after=0, limit=9),
    "Rules.workspace_of": lambda uow, scope, rows: uow.rules.workspace_of(scope=scope, id=rows.rule),
    "Rules.find": lambda uow, scope, rows: uow.rules.find(scope=scope, id=rows.rule),
}


def test_each_reading_method_is_asked_below() -> None:
    asked = {name.split(" ")[0] for name in QUESTIONS}
    unasked = {param.id for param in methods()} - asked
    assert unasked == {"Clients.all", "Rules.all", "Rules.destinations"}, "asked on their own further below"


async def test_globex_is_seen_by_its_own_and_by_nobody_else(
    store: Store, agency: Agency, globex: Rows
) -> None:
    async def answered(scope: Scope) -> set[str]:
        async with store.read() as uow:
            return {name for name, ask in QUESTIONS.items() if await ask(uow, scope, globex)}

    assert await answered(EVERYTHING) == set(QUESTIONS)
    assert await answered(agency.globex_only) == set(QUESTIONS)
    assert await answered(agency.acme_only) == set()
    assert await answered(NOTHING) == set()


async def test_lists_hold_what_the_scope_holds(store: Store, agency: Agency, globex: Rows) -> None:
    async with store.read() as uow:
        assert [each.slug for each in await uow.clients.all(scope=agency.acme_only)] == ["acme"]
        assert await uow.clients.all(scope=NOTHING) == []
        assert [each.number for each in await uow.rules.all(scope=EVERYTHING)] == [1, 2]
        assert [each.number for each in await uow.rules.all(scope=agency.acme_only)] == [1]
        elsewhere = Scope(workspace_id="T2", client_ids=None)
        assert await uow.rules.all(scope=elsewhere) == []
        assert await uow.rules.destinations(scope=elsewhere) == {}
        assert await uow.deliveries.all(scope=elsewhere) == []


async def test_what_is_no_clients_is_for_those_who_see_every_client(
    store: Store, agency: Agency, clock: Clock
) -> None:
    entry = Entry(event=None, writes=[adding_note(note_of(store, None, clock()))])
    store.ledger.turn([entry], [], routing=everywhere, now=clock(), lease=timedelta(0), room=0)
    async with store.read() as uow:
        assert len(await uow.notes.search(scope=EVERYTHING)) == 1
        assert await uow.notes.search(scope=agency.acme_only) == []


def test_a_scope_narrows_and_never_widens() -> None:
    acme_only = EVERYTHING.narrowed(1)
    assert (acme_only.allows(1), acme_only.allows(2), acme_only.allows(None)) == (True, False, False)
    assert acme_only.narrowed(2).client_ids == frozenset()
    assert EVERYTHING.allows(None)
