"""The only maker of a Scope: who may see which clients."""

from dataclasses import dataclass

from houston.errors import NotFound
from store import Scope, Store
from store.tables import ApiKey


def operator() -> Scope:
    """Houston's own work and the command line: every client, no workspace."""
    return Scope(workspace_id=None, client_ids=None)


def for_api_key(key: ApiKey) -> Scope:
    """A key sees its client, or everything where it is the agency's."""
    seen = None if key.client_id is None else frozenset({key.client_id})
    return Scope(workspace_id=None, client_ids=seen)


@dataclass(frozen=True, kw_only=True)
class Access:
    """Scopes for people in Slack."""

    store: Store

    async def scope(self, workspace_id: str, user_id: str, channel_id: str | None = None) -> Scope:
        """What this person may see here. Raises NotFound for a workspace that is not connected."""
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=workspace_id)
        if workspace is None or not workspace.active:
            raise NotFound("This workspace is not connected to Houston.")
        bound = None if workspace.client_id is None else frozenset({workspace.client_id})
        return Scope(workspace_id=workspace_id, client_ids=bound)
