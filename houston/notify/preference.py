"""A member's own choice of messages, as it is filled in and as they see it."""

from dataclasses import dataclass
from typing import Any

from houston.notify.quiet.hours import QuietHours
from store.tables import Client


@dataclass(frozen=True, kw_only=True)
class PreferenceDraft:
    """What somebody chose. No clients: all that they may see. `daily_at` is `HH:MM` in their own time
    zone, empty for one message each."""

    event_types: tuple[str, ...] = ()
    client_ids: tuple[int, ...] = ()
    minimum_severity: str = "info"
    quiet_hours: QuietHours | None = None
    daily_at: str = ""
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class PreferenceSeen:
    """A choice as its member sees it; `is_new` where they have not chosen yet.

    No `clients`: all that they may see. `timezone` is the member's own.
    """

    timezone: str
    is_new: bool = False
    event_types: tuple[str, ...] = ()
    clients: tuple[Client, ...] = ()
    minimum_severity: str = "info"
    quiet_hours: QuietHours | None = None
    daily_at: str = ""
    active: bool = True

    def as_dict(self) -> dict[str, Any]:
        """What the audit keeps of it."""
        return {
            "event_types": list(self.event_types),
            "clients": [each.slug for each in self.clients],
            "minimum_severity": self.minimum_severity,
            "quiet_hours": str(self.quiet_hours) if self.quiet_hours else None,
            "daily_at": self.daily_at,
            "active": self.active,
        }
