"""Rows of another client never come back, whatever is asked for."""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any, get_type_hints

import pytest

from store import Scope, Store, UnitOfWork
from store.dispatch import Entry
from store.notes import adding as adding_note
from store.repository import Repository
from store.tables import Event
from store.tables.notify import DEAD
from tests.store.agency import EVERYTHING, NOTHING, WORKSPACE, Agency
from tests.store.databases import NOON, Clock
from tests.store.globex import KEY, Rows, note_of, settle_globex
from tests.store.messages import ALERTS
from tests.store.test_ledger import everywhere

pytestmark = pytest.mark.slow

UNSCOPED = {
    "Workspaces": "Slack teams are nobody's data; who may see which is houston/team's to decide",
    "Members": "of one workspace, which the caller names; lists of clients take a scope",
    "Channels": "of one workspace",
    "Destinations": "of one workspace",
    "Preferences": "of one member, whom the caller names; no scope is narrower",
    "Escalations.due": "for Houston's own tick, which shows nobody anything",
    "Lifecycles.over": "for Houston's own tick: keys, which it wakes and shows nobody",
    "Deliveries.resume": "of one address, which the caller names; returns nothing",
    "Deliveries.release": "of one workspace, which the caller names; returns nothing",
    "Digests.routes": "of one workspace, which the caller names; what each may be told, routing decides",
    "Secrets": "of a row; none of them is ever shown",
    "Conversations": "of one workspace; what may be seen is decided anew at each turn",
    "Turns": "of one conversation or workspace; which of them are shown is decided by who asks next",
    "TokenUses": "numbers of one workspace, none of a client's",
    "Approvals": "of one workspace; only its asker decides, and what they may see is decided anew then",
    "ApiKeys.add": "gets the row to keep",
    "ApiKeys.find": "by the key itself, which decides the scope",
    "ApiKeys.answered": "by the key itself",
    "ApiKeys.keep_answer": "by the key itself",
    "ApiKeys.forget_answers": "returns a number; for Houston's own tick",
    "ReportRuns.clear": "of a report that was found under a scope; returns nothing",
    "ReportRuns.purge": "returns a number; for Houston's own tick",
    "Alerts.rules": "of one subject, for who may change the alert of that name; the caller says whose count",
    "Alerts.end": "of one key, which the caller names; returns nothing",
    "MetricFeeds.move": "of a row that is there; whether it was ours",
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


@pytest.fixture
async def globex(store: Store, agency: Agency, clock: Clock) -> Rows:
    return await settle_globex(store, agency, clock)


async def counted(uow: UnitOfWork, scope: Scope) -> int:
    return sum(await uow.deliveries.counts(scope=scope, since=NOON - timedelta(days=1)))


async def total(uow: UnitOfWork, scope: Scope) -> int:
    return sum(await uow.deliveries.totals(scope=scope, after=0))


async def customers(uow: UnitOfWork, scope: Scope) -> int:
    found, _, _ = await uow.customers.counted(scope=scope, client_id=None, query="eve", segment=None)
    return found


Question = Callable[[UnitOfWork, Scope, Rows], Awaitable[Any]]
FIRING = frozenset({"firing"})
EVER: dict[str, Any] = {"start": NOON - timedelta(days=9), "end": NOON + timedelta(days=9)}

QUESTIONS: dict[str, Question] = {
    "Clients.find": lambda uow, scope, _: uow.clients.find(scope=scope, slug="globex"),
    "Clients.get": lambda uow, scope, rows: uow.clients.get(scope=scope, id=rows.client),
    "Metrics.all": lambda uow, scope, _: uow.metrics.all(scope=scope),
    "Metrics.all of a client": lambda uow, scope, rows: uow.metrics.all(scope=scope, client_id=rows.client),
    "Metrics.of": lambda uow, scope, rows: uow.metrics.of(
        scope=scope, client_id=rows.client, name="revenue", channel=""
    ),
    "Points.between": lambda uow, scope, rows: uow.points.between(
        scope=scope, metric_ids=[rows.metric], **EVER
    ),
    "Points.last": lambda uow, scope, rows: uow.points.last(
        scope=scope, metric_id=rows.metric, until=NOON, limit=9
    ),
    "Points.had_by": lambda uow, scope, rows: uow.points.had_by(scope=scope, metric_ids=[rows.metric]),
    "Points.newest": lambda uow, scope, rows: uow.points.newest(scope=scope, metric_ids=[rows.metric]),
    "OutlierDefinitions.all": lambda uow, scope, _: uow.definitions.all(scope=scope),
    "OutlierDefinitions.find": lambda uow, scope, rows: uow.definitions.find(scope=scope, id=rows.definition),
    "OutlierDefinitions.due": lambda uow, scope, _: uow.definitions.due(scope=scope, now=NOON),
    "Occurrences.between": lambda uow, scope, _: uow.occurrences.between(scope=scope, **EVER),
    "Occurrences.between of a client": lambda uow, scope, rows: uow.occurrences.between(
        scope=scope, client_id=rows.client, **EVER
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
    "Customers.counted": lambda uow, scope, _: customers(uow, scope),
    "Customers.by_orders": lambda uow, scope, rows: uow.customers.by_orders(
        scope=scope, client_id=rows.client, before=None
    ),
    "Occurrences.seen": lambda uow, scope, rows: uow.occurrences.seen(scope=scope, id=rows.occurrence),
    "Occurrences.of_metrics": lambda uow, scope, rows: uow.occurrences.of_metrics(
        scope=scope, metric_ids=[rows.metric], limit=9, **EVER
    ),
    "Points.within": lambda uow, scope, rows: uow.points.within(
        scope=scope, metric_ids=[rows.metric], windows=[(EVER["start"], EVER["end"])]
    ),
    "Episodes.lately": lambda uow, scope, rows: uow.episodes.lately(
        scope=scope, client_id=rows.client, states=FIRING, **EVER
    ),
    "TaskHistory.search": lambda uow, scope, _: uow.task_history.search(scope=scope, **EVER),
    "TaskHistory.tally": lambda uow, scope, _: uow.task_history.tally(scope=scope, **EVER),
    "ReportRuns.newest": lambda uow, scope, rows: uow.report_runs.newest(
        scope=scope, report_ids=[rows.report]
    ),
    "Events.find": lambda uow, scope, rows: uow.events.find(scope=scope, id=rows.event),
    "Events.all": lambda uow, scope, _: uow.events.all(scope=scope),
    "Deliveries.all": lambda uow, scope, _: uow.deliveries.all(scope=scope),
    "Deliveries.find": lambda uow, scope, rows: uow.deliveries.find(scope=scope, id=rows.delivery),
    "Deliveries.counts": lambda uow, scope, _: counted(uow, scope),
    "Deliveries.page": lambda uow, scope, _: uow.deliveries.page(scope=scope),
    "Deliveries.page of the dead": lambda uow, scope, _: uow.deliveries.page(scope=scope, state=DEAD),
    "Deliveries.workspace_of": lambda uow, scope, rows: uow.deliveries.workspace_of(
        scope=scope, id=rows.delivery
    ),
    "Events.first_of": lambda uow, scope, rows: uow.events.first_of(scope=scope, episode_id=rows.episode),
    "Episodes.get": lambda uow, scope, rows: uow.episodes.get(scope=scope, id=rows.episode),
    "Episodes.of_ids": lambda uow, scope, rows: uow.episodes.of_ids(scope=scope, ids=[rows.episode]),
    "Episodes.in_states": lambda uow, scope, _: uow.episodes.in_states(scope=scope, states=FIRING),
    "Episodes.all": lambda uow, scope, _: uow.episodes.all(scope=scope),
    "Episodes.all of a client": lambda uow, scope, rows: uow.episodes.all(scope=scope, client_id=rows.client),
    "Lifecycles.of_keys": lambda uow, scope, _: uow.lifecycles.of_keys(scope=scope, keys=[KEY]),
    "Posts.here": lambda uow, scope, rows: uow.posts.here(scope=scope, episode_ids=[rows.episode]),
    "Posts.at": lambda uow, scope, rows: uow.posts.at(
        scope=scope, workspace_id=WORKSPACE, address=ALERTS, episode_ids=[rows.episode]
    ),
    "Posts.led_by": lambda uow, scope, rows: uow.posts.led_by(scope=scope, leader_id=rows.post),
    "Posts.episodes": lambda uow, scope, rows: uow.posts.episodes(scope=scope, ids=[rows.episode]),
    "Posts.told_in": lambda uow, scope, _: uow.posts.told_in(
        scope=scope, workspace_id=WORKSPACE, address=ALERTS, ts="1.1"
    ),
    "Digests.notes": lambda uow, scope, _: uow.digests.notes(scope=scope, **EVER),
    "Digests.fired": lambda uow, scope, _: uow.digests.fired(scope=scope, types=["outlier"], **EVER),
    "Digests.worst": lambda uow, scope, _: uow.digests.worst(scope=scope, types=["outlier"], each=5, **EVER),
    "Digests.going_on": lambda uow, scope, _: uow.digests.going_on(
        scope=scope, states=FIRING, seen_since=NOON
    ),
    "Digests.undelivered": lambda uow, scope, _: uow.digests.undelivered(
        scope=scope, since=NOON - timedelta(days=9), **EVER
    ),
    "Digests.threads": lambda uow, scope, rows: uow.digests.threads(scope=scope, episode_ids=[rows.episode]),
    "FailedTasks.failed": lambda uow, scope, _: uow.failed_tasks.failed(scope=scope, **EVER),
    "FailedTasks.succeeded": lambda uow, scope, _: uow.failed_tasks.succeeded(
        scope=scope, jobs=["load"], since=NOON - timedelta(days=9)
    ),
    "RuleReviews.sent": lambda uow, scope, _: uow.rule_reviews.sent(
        scope=scope, types=["outlier"], since=NOON - timedelta(days=9)
    ),
    "RuleReviews.fired": lambda uow, scope, _: uow.rule_reviews.fired(
        scope=scope, since=NOON - timedelta(days=9)
    ),
    "Rules.paused": lambda uow, scope, rows: uow.rules.paused(
        scope=scope, workspace_id=WORKSPACE, ids=[rows.rule]
    ),
    "Escalations.went": lambda uow, scope, rows: uow.escalations.went(
        scope=scope, workspace_id=WORKSPACE, episode_id=rows.episode
    ),
    "Faults.find": lambda uow, scope, _: uow.faults.find(scope=scope, fingerprint="f"),
    "Deliveries.totals": lambda uow, scope, _: total(uow, scope),
    "ApiKeys.all": lambda uow, scope, _: uow.api_keys.all(scope=scope),
    "ApiKeys.get": lambda uow, scope, rows: uow.api_keys.get(scope=scope, id=rows.key),
    "Members.lists": lambda uow, scope, _: uow.members.lists(scope=scope),
    "Installs.invitations": lambda uow, scope, _: uow.installs.invitations(scope=scope, now=NOON),
    "Audit.page": lambda uow, scope, _: uow.audit.page(scope=scope, before=None, limit=9),
    "Audit.newer": lambda uow, scope, _: uow.audit.newer(scope=scope, after=0, limit=9),
    "Metrics.fresh": lambda uow, scope, _: uow.metrics.fresh(scope=scope),
    "Points.readings": lambda uow, scope, rows: uow.points.readings(
        scope=scope, metric_ids=[rows.metric], until=NOON, limit=9
    ),
    "Points.later": lambda uow, scope, rows: uow.points.later(
        scope=scope, metric_ids=[rows.metric], after=EVER["start"], until=NOON
    ),
    "Points.sums": lambda uow, scope, rows: uow.points.sums(scope=scope, metric_ids=[rows.metric], **EVER),
    "Occurrences.values": lambda uow, scope, rows: uow.occurrences.values(
        scope=scope, definition_ids=[rows.definition], since=EVER["start"]
    ),
    "Episodes.began": lambda uow, scope, _: uow.episodes.began(scope=scope, keys=[KEY], since=EVER["start"]),
    "Episodes.of_type": lambda uow, scope, rows: uow.episodes.of_type(
        scope=scope, type="outlier", states=FIRING, client_ids=[rows.client]
    ),
    "Lifecycles.in_states": lambda uow, scope, _: uow.lifecycles.in_states(
        scope=scope, prefix="outlier:", states=FIRING
    ),
    "DataSources.all": lambda uow, scope, _: uow.data_sources.all(scope=scope),
    "DataSources.find": lambda uow, scope, rows: uow.data_sources.find(scope=scope, id=rows.source),
    "DataSources.readers": lambda uow, scope, rows: uow.data_sources.readers(scope=scope, id=rows.source),
    "Reports.all": lambda uow, scope, _: uow.reports.all(scope=scope),
    "Reports.find": lambda uow, scope, rows: uow.reports.find(scope=scope, id=rows.report),
    "Reports.alerts": lambda uow, scope, rows: uow.reports.alerts(scope=scope, id=rows.report),
    "ReportRuns.between": lambda uow, scope, rows: uow.report_runs.between(
        scope=scope, report_id=rows.report, limit=9, **EVER
    ),
    "ReportRuns.nearest": lambda uow, scope, rows: uow.report_runs.nearest(
        scope=scope, report_id=rows.report, at=NOON, **EVER
    ),
    "ReportRuns.with_rows": lambda uow, scope, rows: uow.report_runs.with_rows(
        scope=scope, report_id=rows.report, before=EVER["end"]
    ),
    "Alerts.all": lambda uow, scope, _: uow.alerts.all(scope=scope),
    "Alerts.find": lambda uow, scope, rows: uow.alerts.find(scope=scope, id=rows.alert),
    "Alerts.named": lambda uow, scope, rows: uow.alerts.named(
        scope=scope, name="SHOP", client_id=rows.client
    ),
    "Alerts.due": lambda uow, scope, _: uow.alerts.due(scope=scope, now=NOON, limit=9),
    "MetricFeeds.all": lambda uow, scope, _: uow.metric_feeds.all(scope=scope),
    "MetricFeeds.find": lambda uow, scope, rows: uow.metric_feeds.find(scope=scope, id=rows.feed),
    "MetricFeeds.due": lambda uow, scope, _: uow.metric_feeds.due(scope=scope, now=NOON, limit=9),
    "Reviews.find": lambda uow, scope, rows: uow.reviews.find(scope=scope, episode_id=rows.episode),
    "Reviews.counts": lambda uow, scope, rows: uow.reviews.counts(
        scope=scope, definition_ids=[rows.definition], since=EVER["start"]
    ),
    "Rules.workspace_of": lambda uow, scope, rows: uow.rules.workspace_of(scope=scope, id=rows.rule),
    "Rules.find": lambda uow, scope, rows: uow.rules.find(scope=scope, id=rows.rule),
}


ASKED_BELOW = {
    "Clients.all",
    "Rules.all",
    "Rules.destinations",
    "Rules.escalation_destinations",
    "RuleReviews.failing",
    "Digests.last",
    "Deliveries.replay",
    "Surroundings.of",
    "Episodes.dismiss",
}
"""Each in a test of its own: what is a workspace's whatever its client, and what changes something."""


def test_each_reading_method_is_asked_below() -> None:
    asked = {name.split(" ")[0] for name in QUESTIONS}
    unasked = {param.id for param in methods()} - asked
    assert unasked == ASKED_BELOW


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


async def test_a_workspaces_own_is_for_nobody_elsewhere(store: Store, agency: Agency, globex: Rows) -> None:
    elsewhere = Scope(workspace_id="T2", client_ids=None)
    async with store.begin() as uow:
        rule = await uow.rules.find(scope=EVERYTHING, id=globex.rule)
        assert rule is not None
        rule.escalate_to = globex.destination
        await uow.destinations.set_error(id=globex.destination, error="no such channel")
        await uow.rules.save(rule=rule, destination_ids=[])
        await uow.commit()
    async with store.read() as uow:
        assert [each.alias for each in await uow.rule_reviews.failing(scope=EVERYTHING)] == ["#elsewhere"]
        assert await uow.rule_reviews.failing(scope=elsewhere) == []
        assert set(await uow.rules.escalation_destinations(scope=EVERYTHING)) == {globex.destination}
        assert await uow.rules.escalation_destinations(scope=elsewhere) == {}


async def test_the_last_digest_is_the_workspaces_own(store: Store, agency: Agency, clock: Clock) -> None:
    digest = Event(
        id=store.ids.next(),
        type="daily_digest",
        workspace_id=WORKSPACE,
        occurred_at=NOON,
        recorded_at=NOON,
        dedupe_key="digest",
    )
    store.ledger.turn([Entry(event=digest)], [], routing=everywhere, now=NOON, lease=timedelta(0), room=0)
    tomorrow = NOON + timedelta(days=1)
    async with store.read() as uow:
        assert await uow.digests.last(scope=EVERYTHING, before=tomorrow) == NOON
        elsewhere = Scope(workspace_id="T2", client_ids=None)
        assert await uow.digests.last(scope=elsewhere, before=tomorrow) is None


async def test_an_event_of_one_workspace_is_for_nobody_elsewhere(
    store: Store, agency: Agency, clock: Clock
) -> None:
    """What the agency was told of Acme names the agency's places: Acme's own people do not read it."""
    digest = Event(
        id=store.ids.next(),
        type="daily_digest",
        client_id=agency.acme,
        workspace_id=WORKSPACE,
        occurred_at=NOON,
        recorded_at=NOON,
        dedupe_key="digest",
    )
    store.ledger.turn([Entry(event=digest)], [], routing=everywhere, now=NOON, lease=timedelta(0), room=0)

    async def is_seen(scope: Scope) -> tuple[bool, bool]:
        async with store.read() as uow:
            one = await uow.events.find(scope=scope, id=digest.id)
            return one is not None, bool(await uow.events.all(scope=scope))

    acme = frozenset({agency.acme})
    assert await is_seen(agency.acme_only) == (True, True)
    assert await is_seen(Scope(workspace_id=None, client_ids=None)) == (True, True)
    for scope in (Scope(workspace_id="T2", client_ids=acme), Scope(workspace_id=None, client_ids=acme)):
        assert await is_seen(scope) == (False, False)


async def test_what_a_delivery_stands_among_names_its_client_to_who_may_see_it(
    store: Store, agency: Agency, globex: Rows
) -> None:
    async def client_of(scope: Scope) -> int | None:
        async with store.read() as uow:
            delivery = await uow.deliveries.find(scope=EVERYTHING, id=globex.delivery)
            assert delivery is not None
            around = await uow.surroundings.of(scope=scope, delivery=delivery)
        return around.client.id if around.client else None

    assert await client_of(EVERYTHING) == await client_of(agency.globex_only) == globex.client
    assert await client_of(agency.acme_only) is await client_of(NOTHING) is None


async def test_only_what_the_scope_holds_is_replayed(store: Store, agency: Agency, globex: Rows) -> None:
    async def replayed(scope: Scope) -> list[list[int]]:
        async with store.begin() as uow:  # not kept, so that the next one finds it as it was
            one = await uow.deliveries.replay(scope=scope, id=globex.dead, now=NOON)
        async with store.begin() as uow:
            return [
                one,
                await uow.deliveries.replay(scope=scope, destination_id=globex.destination, now=NOON),
            ]

    assert await replayed(agency.globex_only) == [[globex.dead], [globex.dead]]
    for scope in (agency.acme_only, NOTHING, Scope(workspace_id="T2", client_ids=None)):
        assert await replayed(scope) == [[], []]


async def test_only_what_the_scope_holds_is_dismissed(store: Store, agency: Agency, globex: Rows) -> None:
    async def dismissed(scope: Scope) -> str:
        async with store.begin() as uow:  # not kept, so that the next one finds it as it was
            await uow.episodes.dismiss(scope=scope, id=globex.episode, by="T1/U1", name="Dana")
            [episode] = await uow.episodes.of_ids(scope=EVERYTHING, ids=[globex.episode])
            return episode.dismissed_name

    assert await dismissed(agency.globex_only) == "Dana"
    assert await dismissed(agency.acme_only) == await dismissed(NOTHING) == ""


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
