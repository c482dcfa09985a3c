"""What a Houston under test is told when it starts; of plain values, to be sent as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Orders:
    """`tokens` are by workspace, `pace` are the fields of a Pace; `tick`, `lease` and `patience`, that for
    Slack's answers, are in seconds.

    `haste` divides the seconds that Houston waits before it tries again.
    """

    database_url: str
    slack_url: str
    tokens: Mapping[str, str]
    socket: str
    pace: Mapping[str, Any]
    tick: float = 0.1
    lease: float = 1.0
    patience: float = 1.5
    haste: float = 5.0
