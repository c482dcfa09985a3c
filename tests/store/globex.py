"""One client with a row of every kind, beside another who has nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from houston.notify.outbox import Outbox
from store import Store, UnitOfWork
from store.dispatch import Entry
from store.faults import counting
from store.notes import adding as adding_note
from store.occurrences import adding as adding_occurrences
from store.tables import (
    Alert,
    AuditEntry,
    Customer,
    DataSource,
    Escalation,
    Event,
    Fault,
    Invitation,
    Member,
    Metric,
    MetricFeed,
    Note,
    Occurrence,
    OutlierDefinition,
    Point,
    Report,
    ReportRun,
    Review,
    Rule,
    TaskRun,
)
from store.tables.notify import DEAD
from tests.store.agency import EVERYTHING, WORKSPACE, Agency
from tests.store.databases import NOON, Clock
from tests.store.messages import delivery_of, destination, episode, event_of, keep, told
from tests.store.test_ledger import everywhere, rule_to

KEY = "outlier:1:1"
"""Of Globex's episode and of its lifecycle."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Globex's rows, by kind. `dead` is a delivery that was given up, to `destination`."""

    client: int
    metric: int
    definition: int
    occurrence: int
    note: int
    event: int
    rule: int
    delivery: int
    key: int
    episode: int
    post: int
    dead: int
    destination: int
    source: int
    report: int
    alert: int
    feed: int


async def settle_globex(store: Store, agency: Agency, clock: Clock) -> Rows:
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
    note, event = note_of(store, client_id, now), outlier_of(store, client_id, now)
    occurrence = occurrence_of(store, client_id, definition, metric, now)
    writes = [adding_note(note), adding_occurrences([occurrence]), counting(fault_of(store, client_id, now))]
    entry = Entry(event=event, writes=writes)
    store.ledger.turn([entry], [], routing=everywhere, now=now, lease=timedelta(0), room=0)
    async with store.read() as uow:
        [delivery] = await uow.deliveries.all(scope=EVERYTHING)
    message = await tell(store, client_id, rule, clock)
    async with store.begin() as uow:
        asking = await queries_of(uow, store, client_id)
        await reviewed(uow, client_id, definition, message["episode"])
        await uow.commit()
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
        **message,
        **asking,
    )


async def queries_of(uow: UnitOfWork, store: Store, client_id: int) -> dict[str, int]:
    """A data source with all that reads it."""
    kept: dict[str, Any] = {"name": "Shop", "client_id": client_id, "created_at": NOON}
    source = (await uow.data_sources.save(source=DataSource(**kept, dialect="sqlite"))).id or 0
    reading: dict[str, Any] = {**kept, "source_id": source, "sql": "SELECT 1"}
    report = (await uow.reports.save(report=Report(**reading))).id or 0
    run = ReportRun(
        id=store.ids.next(), report_id=report, client_id=client_id, at=NOON, rows=[[1]], row_count=1
    )
    await uow.report_runs.save(run=run)
    alert = await uow.alerts.save(alert=Alert(**kept, report_id=report, due_at=NOON))
    feed = await uow.metric_feeds.save(feed=MetricFeed(**reading, due_at=NOON))
    return {"source": source, "report": report, "alert": alert.id or 0, "feed": feed.id or 0}


async def reviewed(uow: UnitOfWork, client_id: int, definition: int, episode_id: int) -> None:
    said = Review(
        episode_id=episode_id,
        definition_id=definition,
        client_id=client_id,
        said_by="T1/U1",
        said_name="Dana",
        said_at=NOON,
    )
    await uow.reviews.save(review=said)


async def tell(store: Store, client_id: int, rule: int, clock: Clock) -> dict[str, int]:
    """An episode with its message, a delivery of it that was given up, and jobs that failed and ended."""
    now, outbox = clock(), Outbox(store.ledger, now=clock)
    about = episode(store, now, client_id, key=KEY)
    await told(outbox, store, now, about, rule_ids=[rule])
    place = await destination(store, now, "channel:C2", "#elsewhere")
    again = event_of(store, now, about, phase="repeated")
    dead = delivery_of(
        store, now, again, place, address="channel:C2", state=DEAD, ts="", error="no such channel"
    )
    sent_on = escalation_of(store, again, place, rule, now)
    arrived = event_of(store, now, about, dedupe_key=f"escalation:{sent_on.id}")
    runs = [run_of(store, client_id, now, state) for state in ("failed", "succeeded")]
    await keep(outbox, again, dead, sent_on, arrived, *runs)
    await outbox.close()
    async with store.read() as uow:
        [post] = await uow.posts.here(scope=EVERYTHING, episode_ids=[about.id])
    return {"episode": about.id, "post": post.id, "dead": dead.id, "destination": place}


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
    metric = Metric(client_id=client_id, name="revenue", freshness="3h")
    return (await uow.metrics.save(metric=metric)).id or 0


async def definition_of(uow: UnitOfWork, client_id: int) -> int:
    definition = OutlierDefinition(client_id=client_id, name="d", metrics="*", created_at=NOON, due_at=NOON)
    return (await uow.definitions.save(definition=definition)).id or 0


async def rule_of(uow: UnitOfWork, client_id: int) -> int:
    rule = Rule(
        workspace_id=WORKSPACE,
        number=2,
        event_type="outlier",
        client_id=client_id,
        active=False,
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


def outlier_of(store: Store, client_id: int, now: datetime) -> Event:
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


def escalation_of(store: Store, event: Event, destination_id: int, rule_id: int, now: datetime) -> Escalation:
    return Escalation(
        id=store.ids.next(),
        episode_id=event.episode_id or 0,
        event_id=event.id,
        workspace_id=WORKSPACE,
        destination_id=destination_id,
        rule_id=rule_id,
        due_at=now,
        done_at=now,
    )


def run_of(store: Store, client_id: int, now: datetime, state: str) -> TaskRun:
    return TaskRun(
        id=store.ids.next(), client_id=client_id, job="load", run_id=state, state=state, occurred_at=now
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
