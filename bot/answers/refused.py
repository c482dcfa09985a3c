"""What Slack refuses a whole workspace, remembered for a while so that it is not asked for each time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Feature = Literal["status", "stream", "feedback"]

SECONDS = 3600.0

WHOLE_WORKSPACE = frozenset(
    {
        "access_denied",
        "feature_not_enabled",
        "method_not_supported",
        "missing_scope",
        "no_permission",
        "not_allowed",
        "not_allowed_token_type",
        "not_paid",
        "paid_only",
        "paid_teams_only",
        "plan_upgrade_required",
        "team_not_eligible",
        "unknown_method",
    }
)
"""Refusals that have nothing to do with the thread or with what was said in it."""


@dataclass(kw_only=True)
class Refused:
    clock: Callable[[], float] = time.monotonic
    _until: dict[tuple[str, Feature], float] = field(default_factory=dict)

    def has(self, workspace_id: str, feature: Feature) -> bool:
        return self.clock() < self._until.get((workspace_id, feature), 0.0)

    def note(self, workspace_id: str, feature: Feature, code: str) -> None:
        """Remember it where it holds for the whole workspace."""
        if code in WHOLE_WORKSPACE:
            self.keep(workspace_id, feature)

    def keep(self, workspace_id: str, feature: Feature) -> None:
        self._until[(workspace_id, feature)] = self.clock() + SECONDS
