"""A small agency in the store: one workspace, two clients, and the scopes that look at them."""

from dataclasses import dataclass
from datetime import datetime

from store import Scope, Store
from store.tables import Client

WORKSPACE = "T1"
EVERYTHING = Scope(workspace_id=WORKSPACE, client_ids=None)
NOTHING = Scope(workspace_id=WORKSPACE, client_ids=frozenset())


@dataclass(frozen=True, kw_only=True)
class Agency:
    acme: int
    globex: int

    @property
    def acme_only(self) -> Scope:
        return EVERYTHING.narrowed(self.acme)

    @property
    def globex_only(self) -> Scope:
        return EVERYTHING.narrowed(self.globex)


async def open_agency(store: Store, now: datetime) -> Agency:
    async with store.begin() as uow:
        await uow.workspaces.connect(
            id=WORKSPACE, name="Agency", bot_user_id="U0", timezone="Europe/Berlin", now=now
        )
        acme = await uow.clients.open(slug="acme", name="Acme", now=now)
        globex = await uow.clients.open(slug="globex", name="Globex", now=now)
        await uow.commit()
    return Agency(acme=_id(acme), globex=_id(globex))


def _id(client: Client) -> int:
    assert client.id is not None
    return client.id
