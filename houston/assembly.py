"""The composition of Houston's services: the one place that knows how they hang together."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.access import Access
from houston.agent.agent import Agent
from houston.agent.conversations import Conversations
from houston.agent.messages import ChatModel
from houston.agent.sharing import Sharing
from houston.agent.tool import Desk, Tool
from houston.notify.composing import Composer, DrawnFrom
from houston.notify.delivery import Dispatcher
from houston.notify.digests import picture
from houston.notify.digests.gathering import Gathering
from houston.notify.digests.sending import Digests
from houston.notify.digests.settings import DigestSetup
from houston.notify.handling.assignees import Assignees
from houston.notify.handling.escalating import Escalations
from houston.notify.handling.going_on import GoingOn
from houston.notify.handling.handling import Handling
from houston.notify.handling.muting import Muting
from houston.notify.history import History
from houston.notify.lanes import Pace
from houston.notify.messenger import Messenger
from houston.notify.outbox import LEASE, Outbox
from houston.notify.pausing import Pausing
from houston.notify.permalinks import Permalinks
from houston.notify.places.default_channel import DefaultChannel
from houston.notify.places.destinations import Destinations
from houston.notify.places.failing import Failing
from houston.notify.places.new_destinations import NewDestinations
from houston.notify.places.resuming import Resuming
from houston.notify.places.targets import Targets
from houston.notify.places.trials import Trials
from houston.notify.places.urls import Urls
from houston.notify.preferences import Preferences
from houston.notify.receipts import Receipts
from houston.notify.rules.rules import Rules
from houston.records.customers import Customers
from houston.records.faults import FAULT, Faults
from houston.records.imports import Imports
from houston.records.notebook_alerts import NotebookAlerts
from houston.records.notes import Notes
from houston.records.task_runs import TASK, TaskRuns
from houston.reporting import Reporting, reporting
from houston.reports.feeds import Feeds
from houston.reports.reports import Reports
from houston.reports.sources import DataSources
from houston.schedule import Tick, Timetable
from houston.status import Statuses
from houston.team.api_keys import ApiKeys
from houston.team.approvals import Approvals
from houston.team.audit import Audits
from houston.team.bindings import Bindings
from houston.team.channels import Channels
from houston.team.clients import Clients
from houston.team.erasure import Erasure
from houston.team.invitations import Invitations
from houston.team.members import Members
from houston.team.notices import Notices
from houston.team.onboarding import Onboarding
from houston.team.roles import Roles
from houston.team.setup import Setups
from houston.team.workspaces import Workspaces
from houston.watch.alerts.alerts import Alerts
from houston.watch.alerts.checks import AlertChecks
from houston.watch.alerts.watched import ALERT
from houston.watch.checks import OutlierChecks
from houston.watch.definitions import Definitions
from houston.watch.detection.incidents import Incidents
from houston.watch.detection.moments import OUTLIER
from houston.watch.episodes import Episodes
from houston.watch.freshness import FRESHNESS, Freshness
from houston.watch.metric_settings import MetricSettings
from houston.watch.metrics import Metrics
from houston.watch.occurrences import Occurrences
from houston.watch.outlier_chart import OutlierChart
from houston.watch.preview import Previews
from houston.watch.reviewing import Reviewing
from store import Store
from store.sources import Sources

CLAIM_SECONDS, RENEW_SECONDS, CHECK_SECONDS, DIGEST_SECONDS = 1.0, 5.0, 2.0, 5.0
FRESHNESS_SECONDS = 30.0
"""How often the timetable looks for due deliveries, renews leases, and looks for due checks."""

POLICIES = {
    "outlier": OUTLIER,
    "replay": OUTLIER,
    "freshness": FRESHNESS,
    "task": TASK,
    "fault": FAULT,
    "alert": ALERT,
}
"""How what is watched is judged, by the kind of its key."""


@dataclass(frozen=True, kw_only=True)
class Houston:
    """Everything that a listener, a route or a command may call."""

    store: Store
    access: Access
    workspaces: Workspaces
    members: Members
    roles: Roles
    notices: Notices
    channels: Channels
    approvals: Approvals
    bindings: Bindings
    clients: Clients
    api_keys: ApiKeys
    invitations: Invitations
    onboarding: Onboarding
    erasure: Erasure
    audits: Audits
    setups: Setups
    rules: Rules
    preferences: Preferences
    pausing: Pausing
    destinations: Destinations
    new_destinations: NewDestinations
    default_channel: DefaultChannel
    trials: Trials
    failing: Failing
    resuming: Resuming
    history: History
    receipts: Receipts
    permalinks: Permalinks
    going_on: GoingOn
    handling: Handling
    muting: Muting
    digests: Digests
    digest_setup: DigestSetup
    notes: Notes
    customers: Customers
    task_runs: TaskRuns
    notebook_alerts: NotebookAlerts
    episodes: Episodes
    imports: Imports
    faults: Faults
    metrics: Metrics
    definitions: Definitions
    previews: Previews
    reviewing: Reviewing
    metric_settings: MetricSettings
    freshness: Freshness
    occurrences: Occurrences
    checks: OutlierChecks
    data_sources: DataSources
    reports: Reports
    feeds: Feeds
    alerts: Alerts
    alert_checks: AlertChecks
    conversations: Conversations
    sharing: Sharing
    status: Statuses
    outbox: Outbox
    dispatcher: Dispatcher | None
    timetable: Timetable | None

    def start(self) -> None:
        """Begin to deliver and to check; needs a messenger."""
        assert self.timetable is not None
        self.timetable.start()

    async def close(self) -> None:
        """Stop ticking, give back what is not posted, write what waits, and let the store go."""
        if self.timetable:
            await self.timetable.stop()
        await self.alert_checks.close()
        await self.feeds.close()
        if self.dispatcher:
            await self.dispatcher.close()
        await self.outbox.close()
        await self.store.close()


def assemble(
    store: Store,
    *,
    now: Callable[[], datetime],
    rng: random.Random,
    model: ChatModel,
    tools: Sequence[Tool],
    messenger: Messenger | None = None,
    urls: Urls | None = None,
    slack_origin: str = "",
    pace: Pace = Pace(),
    lease: timedelta = LEASE,
    sources: Sources | None = None,
) -> Houston:
    """Without a messenger it delivers nothing and leaves that to one that runs; without `sources` it
    asks no user's database.

    `urls` are those that the messenger asks. `slack_origin` is SLACK_API_URL's, if not Slack's own.
    """
    failing = Failing(store, now=now)
    dispatcher = _dispatcher(store, messenger, failing, now, rng, pace) if messenger else None
    outbox = _outbox(store, dispatcher, now, lease)
    stale = dispatcher.look_again if dispatcher else _nobody_looks
    episodes = Episodes(store=store, outbox=outbox, now=now, policies=POLICIES, stale=stale)
    faults = Faults(store=store, episodes=episodes, now=now, rng=rng)
    checks = OutlierChecks(store, episodes, now=now)
    freshness = Freshness(store=store, episodes=episodes, now=now)
    clients = Clients(store=store, now=now)
    notes = Notes(store=store, outbox=outbox, now=now)
    customers = Customers(store=store)
    metrics = Metrics(store=store)
    occurrences = Occurrences(store=store)
    access = Access(store=store)
    notices = Notices(store=store, outbox=outbox, now=now)
    failing.serve(notices)
    trials = Trials(store=store, messenger=messenger, failing=failing, now=now)
    rules = Rules(store=store, now=now)
    permalinks = Permalinks(messenger=messenger)
    escalations = Escalations(store=store, outbox=outbox, stale=stale)
    gathering = Gathering(store=store, metrics=metrics, links=permalinks)
    digests = Digests(store=store, outbox=outbox, gather=gathering, now=now)
    imports = Imports(store=store, outbox=outbox, now=now)
    asked = reporting(
        store, sources, episodes=episodes, imports=imports, notices=notices, now=now, stale=stale
    )
    desk = Desk(metrics=metrics, outliers=occurrences, notes=notes, customers=customers, clients=clients)
    return Houston(
        store=store,
        access=access,
        workspaces=Workspaces(store=store, now=now, notices=notices),
        members=Members(store=store, notices=notices, now=now),
        roles=Roles(store=store, now=now),
        erasure=Erasure(store=store, now=now),
        notices=notices,
        channels=Channels(store=store, now=now),
        approvals=Approvals(store=store, notices=notices, now=now),
        bindings=Bindings(store=store, now=now),
        clients=clients,
        api_keys=ApiKeys(store=store, now=now),
        invitations=Invitations(store=store, now=now),
        onboarding=Onboarding(store=store, now=now),
        audits=Audits(store=store),
        setups=Setups(store=store, now=now),
        rules=rules,
        preferences=Preferences(store=store, now=now),
        pausing=Pausing(store=store, now=now),
        destinations=Destinations(store=store, now=now),
        new_destinations=NewDestinations(
            store=store,
            now=now,
            urls=urls or Urls(store=store),
            trials=trials,
            failing=failing,
            targets=Targets(slack_origin=slack_origin),
        ),
        default_channel=DefaultChannel(store=store, now=now),
        trials=trials,
        failing=failing,
        resuming=Resuming(store=store, failing=failing, now=now),
        history=History(store=store, now=now),
        receipts=Receipts(store=store, permalinks=permalinks, now=now),
        permalinks=permalinks,
        going_on=GoingOn(store=store, permalinks=permalinks, now=now),
        handling=Handling(
            store=store,
            outbox=outbox,
            episodes=episodes,
            assignees=Assignees(store=store, notices=notices, permalinks=permalinks),
            now=now,
            stale=stale,
        ),
        muting=Muting(store=store, rules=rules, outbox=outbox, stale=stale),
        digests=digests,
        digest_setup=DigestSetup(store=store, now=now),
        notes=notes,
        customers=customers,
        task_runs=TaskRuns(store=store, episodes=episodes, now=now),
        notebook_alerts=NotebookAlerts(store=store, outbox=outbox, now=now),
        episodes=episodes,
        imports=imports,
        faults=faults,
        metrics=metrics,
        definitions=Definitions(store=store, incidents=Incidents(store=store, episodes=episodes), now=now),
        previews=Previews(store=store, now=now),
        reviewing=Reviewing(store=store, now=now, stale=stale),
        metric_settings=MetricSettings(store=store, now=now),
        freshness=freshness,
        occurrences=occurrences,
        checks=checks,
        data_sources=asked.data_sources,
        reports=asked.reports,
        feeds=asked.feeds,
        alerts=asked.alerts,
        alert_checks=asked.alert_checks,
        conversations=Conversations(
            store=store, agent=Agent(model=model, tools=tools), desk=desk, access=access, now=now
        ),
        sharing=Sharing(store=store, access=access, now=now),
        status=Statuses(store=store, now=now, model=model.name),
        outbox=outbox,
        dispatcher=dispatcher,
        timetable=_timetable(
            dispatcher, checks, freshness, episodes, digests, escalations, faults, asked, now
        )
        if dispatcher
        else None,
    )


def _nobody_looks() -> None:
    """Messages are brought up to date by the process that delivers."""


def _dispatcher(
    store: Store,
    messenger: Messenger,
    failing: Failing,
    now: Callable[[], datetime],
    rng: random.Random,
    pace: Pace,
) -> Dispatcher:
    charts: dict[str, DrawnFrom] = {"outlier": OutlierChart(store=store), "daily_digest": picture.drawn}
    return Dispatcher(
        messenger,
        Composer(store=store, charts=charts, now=now),
        ids=store.ids,
        now=now,
        rng=rng,
        on_dead=failing.on_dead,
        on_sent=failing.on_sent,
        pace=pace,
        is_alone=lambda: store.is_alone,
    )


def _outbox(
    store: Store, dispatcher: Dispatcher | None, now: Callable[[], datetime], lease: timedelta
) -> Outbox:
    if dispatcher is None:
        return Outbox(store.ledger, now=now)
    outbox = Outbox(
        store.ledger,
        now=now,
        hand_over=dispatcher.take,
        room=dispatcher.room,
        full=dispatcher.full,
        lease=lease,
    )
    dispatcher.serve(outbox)
    return outbox


def _timetable(
    dispatcher: Dispatcher,
    checks: OutlierChecks,
    freshness: Freshness,
    episodes: Episodes,
    digests: Digests,
    escalations: Escalations,
    faults: Faults,
    asked: Reporting,
    now: Callable[[], datetime],
) -> Timetable:
    ticks = [
        Tick(name="claim", seconds=CLAIM_SECONDS, call=dispatcher.claim_due),
        Tick(name="renew", seconds=RENEW_SECONDS, call=dispatcher.renew),
        Tick(name="outlier", seconds=CHECK_SECONDS, call=lambda: checks.due(now())),
        Tick(name="freshness", seconds=FRESHNESS_SECONDS, call=lambda: freshness.due(now())),
        Tick(name="wake", seconds=CHECK_SECONDS, call=lambda: episodes.wake_due(now())),
        Tick(name="digest", seconds=DIGEST_SECONDS, call=lambda: digests.due(now())),
        Tick(name="escalation", seconds=CHECK_SECONDS, call=lambda: escalations.due(now())),
        *asked.ticks(now),
    ]
    return Timetable(ticks, on_error=faults.unhandled)
