"""The addresses on the web that destinations stand for: sealed, and never shown again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from houston.errors import PermanentFailure, Unreadable
from store import Store, UnitOfWork
from store.tables import Destination

WEBHOOK, SERVICE = "webhook", "service"
SEALED = (WEBHOOK, SERVICE)
"""The kinds of destinations that have a URL."""

URL = "url"
"""The secret's name."""

LOST = "The URL of this destination is not kept here any more. Put it in again with /houston destinations."


@dataclass(frozen=True, kw_only=True)
class Urls:
    """`lent` are those under trial: kept nowhere until a message has arrived."""

    store: Store
    lent: dict[str, str] = field(default_factory=dict)

    async def __call__(self, workspace_id: str, address: str) -> str:
        """The URL behind `webhook:…` or `service:…`. Raises PermanentFailure."""
        if address in self.lent:
            return self.lent[address]
        kind, _, random = address.partition(":")
        async with self.store.read() as uow:
            found = await uow.destinations.find(workspace_id=workspace_id, kind=kind, address=random)
            url = await _kept(uow, found) if found else None
        if url is None:
            raise PermanentFailure(LOST)
        return url

    @contextmanager
    def trying(self, address: str, url: str) -> Iterator[None]:
        """Lend a URL to an address for as long as it is tried."""
        self.lent[address] = url
        try:
            yield
        finally:
            del self.lent[address]


async def _kept(uow: UnitOfWork, destination: Destination) -> str | None:
    try:
        return await uow.secrets.get(owner=owner(destination.id), name=URL)
    except Unreadable as error:
        raise PermanentFailure(error.message) from error


async def put(uow: UnitOfWork, destination: Destination, url: str, now: datetime) -> None:
    await uow.secrets.put(owner=owner(destination.id), name=URL, value=url, now=now)


async def holder(uow: UnitOfWork, workspace_id: str, url: str) -> Destination | None:
    """The destination that has this very URL already."""
    for each in await uow.destinations.all(workspace_id=workspace_id):
        if each.kind in SEALED and await uow.secrets.get(owner=owner(each.id), name=URL) == url:
            return each
    return None


def owner(id: int | None) -> str:
    """As Secret names whom it belongs to."""
    return f"destination/{id}"
