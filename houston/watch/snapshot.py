"""Where a watched thing stands, and what a check makes of that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.watch.standing import OPEN

FIRING = frozenset({"firing", "recovering"})
TROUBLE = frozenset({"no_data", "error"})
SETTLED = frozenset({"", "resolved"})
"""What was told last of an episode that is over, where nothing more is owed."""

RANKS = {"": 0, "info": 1, "warning": 2, "critical": 3}
AWAKE: dict[str, Any] = {
    "snoozed_until": None,
    "snoozed_until_change": False,
    "snoozed_by": "",
    "snoozed_name": "",
}
UNTOLD: dict[str, Any] = {"told": "", "told_at": None, "told_severity": "", "severity": ""}


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Where a thing stands. `told` is what was announced last of its newest episode, and
    `told_severity` that of the last fire announced; `severity` is the worst that the episode had, and
    empty where there was none yet."""

    state: str = "ok"
    since: datetime
    recent: tuple[bool, ...] = ()
    seen_at: datetime | None = None
    breached_at: datetime | None = None
    told: str = ""
    told_at: datetime | None = None
    told_severity: str = ""
    failures: int = 0
    snoozed_until: datetime | None = None
    snoozed_until_change: bool = False
    snoozed_by: str = ""
    snoozed_name: str = ""
    severity: str = ""
    resolved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def has_fired(self) -> bool:
        """Whether it fires, also where there is no data now or it is recovering."""
        return self.state in FIRING or (self.state in TROUBLE and bool(self.told_severity))

    def is_snoozed(self, now: datetime) -> bool:
        return self.snoozed_until_change or (self.snoozed_until is not None and self.snoozed_until > now)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a step makes of a snapshot.

    It `forgets` the open episode, `opens` a new one, `reopens` the last, or `closes` it; `shows` that
    the episode has news for its messages, and `counts` as one more breach. `tells` is the phase to
    announce, if any; of a `repeated`, `news` says what it is: `again`, `worse`, `more` or `reopened`.
    """

    snapshot: Snapshot
    is_accepted: bool = True
    forgets: bool = False
    opens: bool = False
    reopens: bool = False
    closes: bool = False
    shows: bool = False
    counts: bool = False
    tells: str = ""
    news: str = ""
