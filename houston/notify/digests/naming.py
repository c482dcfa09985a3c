"""Episodes as a digest names them."""

from collections.abc import Mapping
from typing import Any

from houston.notify import naming
from houston.notify.digests.digest import Incident
from houston.watch.standing import OPEN
from store.tables import Episode


def incident(episode: Episode, *, link: str = "", is_snoozed: bool = False) -> Incident:
    """An outlier also with the value that fired."""
    facts = episode.fired
    is_outlier = episode.type == "outlier"
    return Incident(
        type=episode.type,
        severity=episode.severity,
        name=naming.name(episode.type, facts, episode.subject),
        unit=str(facts.get("unit") or ""),
        value=_number(facts, "value") if is_outlier else None,
        expected=_number(facts, "expected") if is_outlier else None,
        opened_at=episode.opened_at,
        is_open=episode.state in OPEN,
        taken_by=episode.assigned_name or episode.acknowledged_name,
        is_snoozed=is_snoozed,
        link=link,
    )


def _number(facts: Mapping[str, Any], field: str) -> float | None:
    value = facts.get(field)
    return float(value) if isinstance(value, int | float) else None
