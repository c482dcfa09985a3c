"""What is told under fire: notes, which come one for one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store import Store
from store.tables import Event


def event(store: Store, asked: Mapping[str, Any], now: datetime) -> Event:
    """As `Site.asked` names it."""
    return Event(
        id=store.ids.next(),
        type=asked["type"],
        client_id=asked["client_id"],
        occurred_at=now,
        recorded_at=now,
        dedupe_key=asked["key"],
        payload={"note_id": asked["key"], "title": asked["key"], "status": "open", "author": "Alice"},
    )
