from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.notify.outbox import Outbox
from houston.records.checks import Checks, owner
from houston.records.intake import Reported
from store import Scope, Store
from store.tables import Event

SEVERITIES = {"success": "info", "warning": "warning", "failure": "critical"}


@dataclass(frozen=True, kw_only=True)
class NotebookAlerts:
    """What notebooks have to say: each message is told, and none is part of a longer story."""

    store: Store
    outbox: Outbox
    now: Callable[[], datetime]

    async def report(
        self,
        scope: Scope,
        *,
        notebook: str,
        status: str,
        message: str,
        url: str = "",
        client_id: int | None = None,
    ) -> Reported:
        """Tell a notebook's message. Raises InvalidFields, NotFound."""
        now, checks = self.now(), Checks()
        payload = {
            "notebook": checks.text("notebook", notebook, most=200, required=True),
            "status": checks.choice("status", status, SEVERITIES),
            "message": checks.text("message", message, most=20_000, required=True),
            "url": checks.link("url", url),
        }
        client_id = owner(scope, client_id)
        checks.done()
        event = _event(self.store.ids.next(), client_id, payload, now)
        await self.outbox.record(event)
        return Reported(id=event.id, event_id=event.id)


def _event(id: int, client_id: int | None, payload: dict[str, str], now: datetime) -> Event:
    return Event(
        id=id,
        type="notebook_alert",
        client_id=client_id,
        subject=payload["notebook"],
        severity=SEVERITIES[payload["status"]],
        occurred_at=now,
        recorded_at=now,
        dedupe_key=f"notebook:{id}",
        payload=payload,
    )
