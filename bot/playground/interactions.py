"""What a person's acts come back as, and the part that all interaction payloads share."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.playground.nouns import App, Json, User, View

if TYPE_CHECKING:
    from bot.playground.state import Playground

#: what Slack writes into a modal when the app does not answer
TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, kw_only=True)
class ActionResult:
    ok: bool
    #: "operation_timeout" or "dispatch_failed" when the app did not acknowledge
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class SubmitResult:
    #: block_id -> what is wrong there, from the client's own checks or from the app
    errors: dict[str, str] = field(default_factory=dict)
    #: the modal that is open afterwards
    open_view: View | None = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        return not self.errors and self.error is None


def payload(
    playground: "Playground", app: App, user: User, type: str, *, workspace_id: str | None = None
) -> Json:
    """`workspace_id` is what `team` names, where that is not the person's own workspace."""
    workspace = playground.workspaces[workspace_id or user.workspace_id]
    return {
        "type": type,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.workspace_id,
        },
        "api_app_id": app.id,
        "token": "playground",
        "team": {"id": workspace.id, "domain": workspace.domain},
        "enterprise": workspace.enterprise,
        "is_enterprise_install": workspace.is_org_wide,
    }
