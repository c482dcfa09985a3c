"""From an event to a place: the outbox, and where Slack is at hand the dispatcher that empties it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.notify.composing import Composer, DrawnFrom
from houston.notify.delivery import Dispatcher
from houston.notify.digests import picture
from houston.notify.lanes import Pace
from houston.notify.messenger import Messenger
from houston.notify.outbox import Outbox
from houston.notify.permalinks import Permalinks
from houston.notify.places.failing import Failing
from houston.notify.places.trials import Trials
from houston.team.notices import Notices
from houston.watch.outlier_chart import OutlierChart
from store import Store


@dataclass(frozen=True, kw_only=True)
class Delivering:
    outbox: Outbox
    dispatcher: Dispatcher | None
    stale: Callable[[], None]
    """To be called when what a message shows has changed."""
    failing: Failing
    notices: Notices
    trials: Trials
    permalinks: Permalinks


def delivering(
    store: Store,
    messenger: Messenger | None,
    *,
    now: Callable[[], datetime],
    rng: random.Random,
    pace: Pace,
    lease: timedelta,
) -> Delivering:
    """Without a messenger events are kept, for a process that delivers."""
    failing = Failing(store, now=now)
    dispatcher = _dispatcher(store, messenger, failing, now, rng, pace) if messenger else None
    outbox = _outbox(store, dispatcher, now, lease)
    notices = Notices(store=store, outbox=outbox, now=now)
    failing.serve(notices)
    return Delivering(
        outbox=outbox,
        dispatcher=dispatcher,
        stale=dispatcher.look_again if dispatcher else _nobody_looks,
        failing=failing,
        notices=notices,
        trials=Trials(store=store, messenger=messenger, failing=failing, now=now),
        permalinks=Permalinks(messenger=messenger),
    )


def _nobody_looks() -> None:
    """Messages are brought up to date by the process that delivers."""


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
