"""What every report of a machine shares: its key and its answer."""

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A kept report; `event_id` is None where nothing is to be told."""

    id: int
    event_id: int | None


def key(kind: str, *parts: object) -> str:
    """One key for these parts, whatever they hold: `fault:3f9a…`."""
    told = json.dumps([str(part) for part in parts], ensure_ascii=True)
    return f"{kind}:{hashlib.sha256(told.encode()).hexdigest()[:40]}"
