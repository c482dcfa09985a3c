"""The composition of Houston's services: the one place that knows how they hang together.

Each part is put together in a module of its own; what hangs on what is said by their arguments.
`Houston` is all of them.
"""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from houston.access import Access
from houston.agent.messages import ChatModel
from houston.agent.tool import Tool
from houston.assembly.delivering import delivering
from houston.assembly.equipping import desk
from houston.assembly.houston import Houston
from houston.assembly.recording import recording
from houston.assembly.reporting import reporting
from houston.assembly.talking import talking
from houston.assembly.teaming import teaming
from houston.assembly.telling import telling
from houston.assembly.ticking import timetable
from houston.assembly.watching import watching
from houston.notify.lanes import Pace
from houston.notify.messenger import Messenger
from houston.notify.outbox import LEASE
from houston.notify.places.targets import Targets
from houston.notify.places.urls import Urls
from houston.status import Statuses
from store import Store
from store.sources import Sources

__all__ = ["Houston", "assemble"]


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
    access = Access(store=store)
    out = delivering(store, messenger, now=now, rng=rng, pace=pace, lease=lease)
    watched = watching(store, out, now=now)
    recorded = recording(store, out.outbox, watched.episodes, now=now, rng=rng)
    reported = reporting(
        store,
        sources,
        episodes=watched.episodes,
        imports=recorded.imports,
        notices=out.notices,
        now=now,
        stale=out.stale,
    )
    targets = Targets(slack_origin=slack_origin)
    told = telling(store, out, watched, now=now, urls=urls or Urls(store=store), targets=targets)
    team = teaming(store, out.notices, now=now)
    at_hand = desk(store, watched, recorded, reported, told, team, now=now)
    talk = talking(store, model=model, tools=tools, desk=at_hand, access=access, notices=out.notices, now=now)
    return Houston.of(
        out,
        watched,
        recorded,
        reported,
        told,
        team,
        talk,
        store=store,
        access=access,
        status=Statuses(store=store, now=now, model=model.name),
        timetable=timetable(out, watched, recorded, reported, told, now=now),
    )
