"""How data sources, reports, feeds and alerts hang together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.records.imports import Imports
from houston.reports.failing import Failing
from houston.reports.feeding import Feeding
from houston.reports.feeds import Feeds
from houston.reports.purging import Purging
from houston.reports.reports import Reports
from houston.reports.running import Running
from houston.reports.sources import DataSources
from houston.team.notices import Notices
from houston.watch.alerts.alerts import Alerts
from houston.watch.alerts.checks import AlertChecks
from houston.watch.alerts.history import History
from houston.watch.alerts.looking import Looking
from houston.watch.alerts.previews import Previews
from houston.watch.alerts.replays import Replays
from houston.watch.episodes import Episodes
from store import Store
from store.sources import Sources


@dataclass(frozen=True, kw_only=True)
class Reporting:
    data_sources: DataSources
    reports: Reports
    feeds: Feeds
    alerts: Alerts
    alert_checks: AlertChecks
    purging: Purging


def reporting(
    store: Store,
    sources: Sources | None,
    *,
    episodes: Episodes,
    imports: Imports,
    notices: Notices,
    now: Callable[[], datetime],
    stale: Callable[[], None],
) -> Reporting:
    data_sources = DataSources(store=store, sources=sources, now=now)
    running = Running(store=store, sources=data_sources, now=now)
    failing = Failing(store=store, notices=notices)
    looking = Looking(store=store, running=running, history=History(store=store, running=running))
    checks = AlertChecks(store=store, episodes=episodes, looking=looking, failing=failing, now=now)
    previews = Previews(store=store, looking=looking, replays=Replays(running=running), now=now)
    feeding = Feeding(store=store, sources=data_sources, imports=imports, failing=failing, now=now)
    return Reporting(
        data_sources=data_sources,
        reports=Reports(store=store, sources=data_sources, running=running, now=now),
        feeds=Feeds(store=store, feeding=feeding, now=now),
        alerts=Alerts(store=store, previews=previews, checks=checks, now=now, stale=stale),
        alert_checks=checks,
        purging=Purging(store=store),
    )
