"""An alert as it is filled in, as people see it, and what it would do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from houston.notify.rules.places import Place
from houston.watch.chart import Chart
from store.tables import Alert, Destination


@dataclass(frozen=True, kw_only=True)
class AlertRule:
    """A condition as written, and how bad it is when it breaks."""

    text: str
    severity: str = "warning"


@dataclass(frozen=True, kw_only=True)
class AlertDraft:
    """An alert as somebody filled it in.

    `channels` are places as rules have them: Slack's ids of channels and people, ids of other
    destinations. They are kept as the alert's own rule; None leaves that as it is, and none at all
    takes it away. Without a time zone it is the workspace's. `owner_id` is Slack's user id, '' nobody.
    It fires once `n` of the newest `m` checks breach.
    """

    name: str
    report_id: int
    rules: tuple[AlertRule, ...]
    match: str = "any"
    schedule: str = "1h"
    timezone: str | None = None
    owner_id: str = ""
    runbook: str = ""
    n: int = 1
    m: int = 1
    no_data: str = "tell"
    active: bool = True
    channels: tuple[Place, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class AlertSeen:
    """An alert with what people call its parts.

    `state` is `paused`, `new` (never looked at), `error`, or a lifecycle's: ok, pending, firing,
    recovering, no_data. `words` is the schedule in words. `places` are the aliases of wherever this
    workspace's rules send it, `destinations` those of its own rule only, to fill a form with.
    """

    alert: Alert
    report_name: str
    client: str | None
    state: str
    words: str
    places: tuple[str, ...] = ()
    destinations: tuple[Destination, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One condition: as written, what it means, today's value, and whether it breaks.

    `verdict` is ok, breach, no_data or error. `error` says what is wrong with it, with a caret under a
    column that is not there; `note` what else there is to say, such as that there is no baseline yet.
    """

    text: str
    meaning: str = ""
    current: str = ""
    verdict: str = ""
    error: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AlertPreview:
    """What an alert would have done, oldest first.

    `how`: from `stored` runs, or the report `replayed` at past moments, of which there were `runs`
    since `since`; or `now` only, where history starts today. Then `would_fire` is 0 or 1.
    """

    would_fire: int
    times: tuple[datetime, ...]
    runs: int
    since: datetime | None
    how: Literal["stored", "replayed", "now"]
    explained: tuple[Explained, ...]
    chart: Chart | None = None
