"""People who act in tests."""

from houston.access import Actor
from store import Scope


def admin(scope: Scope, user_id: str = "U1") -> Actor:
    """An admin who sees what this scope holds."""
    return Actor(
        id=f"member {scope.workspace_id}/{user_id}",
        name="Ann Admin",
        scope=scope,
        is_admin=True,
        user_id=user_id,
    )


def agency_admin(workspace_id: str, user_id: str = "U1") -> Actor:
    return admin(Scope(workspace_id=workspace_id, client_ids=None), user_id)
