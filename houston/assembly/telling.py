"""How rules, places, the buttons under messages and digests hang together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.assembly.delivering import Delivering
from houston.assembly.watching import Watching
from houston.notify.digests.gathering import Gathering
from houston.notify.digests.sending import Digests
from houston.notify.digests.settings import DigestSetup
from houston.notify.handling.assignees import Assignees
from houston.notify.handling.escalating import Escalations
from houston.notify.handling.going_on import GoingOn
from houston.notify.handling.handling import Handling
from houston.notify.handling.muting import Muting
from houston.notify.history import History
from houston.notify.pausing import Pausing
from houston.notify.places.default_channel import DefaultChannel
from houston.notify.places.destinations import Destinations
from houston.notify.places.new_destinations import NewDestinations
from houston.notify.places.resuming import Resuming
from houston.notify.places.targets import Targets
from houston.notify.places.urls import Urls
from houston.notify.preferences import Preferences
from houston.notify.receipts import Receipts
from houston.notify.rules.rules import Rules
from store import Store


@dataclass(frozen=True, kw_only=True)
class Telling:
    rules: Rules
    preferences: Preferences
    pausing: Pausing
    destinations: Destinations
    new_destinations: NewDestinations
    default_channel: DefaultChannel
    resuming: Resuming
    history: History
    receipts: Receipts
    going_on: GoingOn
    handling: Handling
    muting: Muting
    escalations: Escalations
    digests: Digests
    digest_setup: DigestSetup


def telling(
    store: Store,
    out: Delivering,
    watched: Watching,
    *,
    now: Callable[[], datetime],
    urls: Urls,
    targets: Targets,
) -> Telling:
    outbox, permalinks, stale = out.outbox, out.permalinks, out.stale
    rules = Rules(store=store, now=now)
    assignees = Assignees(store=store, notices=out.notices, permalinks=permalinks)
    gathering = Gathering(store=store, metrics=watched.metrics, links=permalinks)
    return Telling(
        rules=rules,
        preferences=Preferences(store=store, now=now),
        pausing=Pausing(store=store, now=now),
        destinations=Destinations(store=store, now=now),
        new_destinations=NewDestinations(
            store=store, now=now, urls=urls, trials=out.trials, failing=out.failing, targets=targets
        ),
        default_channel=DefaultChannel(store=store, now=now),
        resuming=Resuming(store=store, failing=out.failing, now=now),
        history=History(store=store, now=now),
        receipts=Receipts(store=store, permalinks=permalinks, now=now),
        going_on=GoingOn(store=store, permalinks=permalinks, now=now),
        handling=Handling(
            store=store, outbox=outbox, episodes=watched.episodes, assignees=assignees, now=now, stale=stale
        ),
        muting=Muting(store=store, rules=rules, outbox=outbox, stale=stale),
        escalations=Escalations(store=store, outbox=outbox, stale=stale),
        digests=Digests(store=store, outbox=outbox, gather=gathering, now=now),
        digest_setup=DigestSetup(store=store, now=now),
    )
