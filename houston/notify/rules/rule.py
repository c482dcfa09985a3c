"""A rule as it is filled in, and as people see it."""

from dataclasses import dataclass
from typing import Any

from houston.notify.quiet.hours import QuietHours
from houston.notify.rules.places import Place
from store.tables import Client, Destination


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    """A rule as somebody filled it in: `channels` are Slack's ids, of channels or people;
    `destination_ids` lead anywhere.

    `subject` is a pattern such as `cost_*`, empty for all. What nobody acknowledges within
    `escalate_minutes` goes to `escalate_to` as well.
    """

    channels: tuple[str, ...] = ()
    destination_ids: tuple[int, ...] = ()
    event_type: str
    subject: str = ""
    client_id: int | None = None
    minimum_severity: str = "info"
    quiet_hours: QuietHours | None = None
    escalate_minutes: int | None = None
    escalate_to: Place | None = None
    active: bool = True

    @property
    def places(self) -> tuple[Place, ...]:
        return (*self.channels, *self.destination_ids)


@dataclass(frozen=True, kw_only=True)
class RuleSeen:
    """A rule with what people call its parts. No client: all clients. `owner` is Slack's user id."""

    id: int
    number: int
    event_type: str
    client: Client | None
    minimum_severity: str
    active: bool
    destinations: tuple[Destination, ...]
    subject: str = ""
    quiet_hours: QuietHours | None = None
    escalate_minutes: int | None = None
    escalate_to: Destination | None = None
    owner: str = ""

    @property
    def channels(self) -> tuple[str, ...]:
        """Slack's ids of those of its destinations that are channels."""
        return tuple(each.address for each in self.destinations if each.kind == "channel")

    def as_draft(self) -> RuleDraft:
        return RuleDraft(
            channels=self.channels,
            destination_ids=tuple(each.id or 0 for each in self.destinations if each.kind != "channel"),
            event_type=self.event_type,
            subject=self.subject,
            client_id=self.client.id if self.client else None,
            minimum_severity=self.minimum_severity,
            quiet_hours=self.quiet_hours,
            escalate_minutes=self.escalate_minutes,
            escalate_to=self.escalate_to.id if self.escalate_to else None,
            active=self.active,
        )

    def as_dict(self) -> dict[str, Any]:
        """What the audit keeps of it."""
        return {
            "event_type": self.event_type,
            "subject": self.subject,
            "client": self.client.slug if self.client else None,
            "minimum_severity": self.minimum_severity,
            "quiet_hours": str(self.quiet_hours) if self.quiet_hours else None,
            "active": self.active,
            "destinations": [each.alias for each in self.destinations],
            "escalate_minutes": self.escalate_minutes,
            "escalate_to": self.escalate_to.alias if self.escalate_to else None,
        }
