"""The configuration as one document.

Clients go by slug, workspaces and channels by Slack's id, rules by number, data sources and reports by
name. The order is always the same, so that two exports can be compared. Nothing of it is secret.
"""

from houston import access
from houston.configuration import reading, watching, workspaces
from houston.configuration.document import VERSION, Document, Slugs, ordered
from store import Store
from store.tables import ApiKey


async def configuration(store: Store) -> Document:
    """Everything, for the operator."""
    everything = access.everything()
    async with store.read() as uow:
        clients = await uow.clients.all(scope=everything)
        slugs: Slugs = {client.id: client.slug for client in clients}
        keys = await uow.api_keys.all(scope=everything)
        return {
            "version": VERSION,
            "clients": ordered({"slug": each.slug, "name": each.name} for each in clients),
            "workspaces": await workspaces.documents(uow, slugs),
            **await watching.documents(uow, slugs),
            **await reading.documents(uow, slugs),
            "api_keys": ordered(_key(each, slugs) for each in keys if each.revoked_at is None),
        }


def _key(key: ApiKey, slugs: Slugs) -> Document:
    """What a key is for; not even its hash. No client: the agency's."""
    return {"name": key.name, "client": slugs.get(key.client_id), "created": key.created_at.isoformat()}
