"""The composition of Houston's services: the one place that knows how they hang together."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.access import Access
from houston.agent.agent import Agent
from houston.agent.conversations import Conversations
from houston.agent.messages import ChatModel
from houston.agent.sharing import Sharing
from houston.agent.tool import Desk, Tool
from houston.errors import PermanentFailure
from houston.notify.announcing import Announcer
from houston.notify.delivery import Dispatcher
from houston.notify.destinations import Destinations
from houston.notify.history import History
from houston.notify.messenger import Messenger
from houston.notify.outbox import Outbox
from houston.notify.rules import Rules
from houston.records.customers import Customers
from houston.records.faults import Faults
from houston.records.imports import Imports
from houston.records.notes import Notes
from houston.records.task_runs import TaskRuns
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
from houston.watch.checks import OutlierChecks
from houston.watch.definitions import Definitions
from houston.watch.metrics import Metrics
from houston.watch.occurrences import Occurrences
from houston.watch.outlier_chart import OutlierChart
from store import Store
from store.dispatch import Leased

CLAIM_SECONDS, RENEW_SECONDS, CHECK_SECONDS = 1.0, 20.0, 2.0
"""How often the timetable looks for due deliveries, renews leases, and looks for due checks."""


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
    destinations: Destinations
    history: History
    notes: Notes
    customers: Customers
    task_runs: TaskRuns
    imports: Imports
    faults: Faults
    metrics: Metrics
    definitions: Definitions
    occurrences: Occurrences
    checks: OutlierChecks
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
            self.timetable.stop()
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
) -> Houston:
    """Without a messenger it delivers nothing and leaves that to one that runs."""
    announcer = Announcer(store=store, charts={"outlier": OutlierChart(store=store)})
    dispatcher = (
        Dispatcher(messenger, announcer, now=now, rng=rng, on_dead=_DeadLetters(store)) if messenger else None
    )
    outbox = _outbox(store, dispatcher, now)
    faults = Faults(store=store, outbox=outbox, now=now, rng=rng)
    checks = OutlierChecks(store, outbox, now=now)
    clients = Clients(store=store, now=now)
    notes = Notes(store=store, outbox=outbox, now=now)
    customers = Customers(store=store)
    metrics = Metrics(store=store)
    occurrences = Occurrences(store=store)
    access = Access(store=store)
    notices = Notices(store=store, outbox=outbox, now=now)
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
        rules=Rules(store=store, now=now),
        destinations=Destinations(store=store, now=now),
        history=History(store=store),
        notes=notes,
        customers=customers,
        task_runs=TaskRuns(store=store, outbox=outbox, now=now),
        imports=Imports(store=store, outbox=outbox, now=now),
        faults=faults,
        metrics=metrics,
        definitions=Definitions(store=store, now=now),
        occurrences=occurrences,
        checks=checks,
        conversations=Conversations(
            store=store, agent=Agent(model=model, tools=tools), desk=desk, access=access, now=now
        ),
        sharing=Sharing(store=store, access=access, now=now),
        status=Statuses(store=store, now=now, model=model.name),
        outbox=outbox,
        dispatcher=dispatcher,
        timetable=_timetable(dispatcher, checks, faults, now) if dispatcher else None,
    )


def _outbox(store: Store, dispatcher: Dispatcher | None, now: Callable[[], datetime]) -> Outbox:
    if dispatcher is None:
        return Outbox(store.ledger, now=now)
    outbox = Outbox(store.ledger, now=now, hand_over=dispatcher.take, room=dispatcher.room)
    dispatcher.outbox = outbox
    return outbox


def _timetable(
    dispatcher: Dispatcher, checks: OutlierChecks, faults: Faults, now: Callable[[], datetime]
) -> Timetable:
    ticks = [
        Tick(name="claim", seconds=CLAIM_SECONDS, call=dispatcher.claim_due),
        Tick(name="renew", seconds=RENEW_SECONDS, call=dispatcher.renew),
        Tick(name="outlier", seconds=CHECK_SECONDS, call=lambda: checks.due(now())),
    ]
    return Timetable(ticks, on_error=faults.unhandled)


@dataclass(frozen=True)
class _DeadLetters:
    """What a permanent failure leaves behind: the destination says what is wrong with it."""

    store: Store

    async def __call__(self, leased: Leased, failure: PermanentFailure) -> None:
        async with self.store.begin() as uow:
            await uow.destinations.set_error(id=leased.delivery.destination_id, error=failure.message)
            await uow.commit()
