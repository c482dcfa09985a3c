"""Whose what people add is: one client's, or the agency's."""

from houston.access import Actor
from houston.errors import Invalid, NotFound
from houston.records.checks import owner
from store import Scope, UnitOfWork
from store.tables import Client, DataSource

UNKNOWN_CLIENT = "Choose a client from the list."
UNKNOWN_SOURCE = "Choose a data source from the list."


async def owned(uow: UnitOfWork, scope: Scope, client_id: int | None) -> int | None:
    """Of who sees one client only it is that one's. Raises Invalid for `client`."""
    try:
        found = owner(scope, client_id)
    except NotFound as error:
        raise Invalid("client", UNKNOWN_CLIENT) from error
    if found is not None and not await uow.clients.get(scope=scope, id=found):
        raise Invalid("client", UNKNOWN_CLIENT)
    return found


async def source_of(uow: UnitOfWork, scope: Scope, source_id: int) -> DataSource:
    """Whoever writes a query must see what it asks. Raises Invalid for `source`."""
    source = await uow.data_sources.find(scope=scope, id=source_id)
    if source is None:
        raise Invalid("source", UNKNOWN_SOURCE)
    return source


async def client_of(uow: UnitOfWork, scope: Scope, source: DataSource, client_id: int | None) -> int | None:
    """What reads a client's data source is that client's. Raises Invalid for `client`."""
    return await owned(uow, scope, client_id) if source.client_id is None else source.client_id


async def client_named(uow: UnitOfWork, scope: Scope, client_id: int | None) -> Client | None:
    return await uow.clients.get(scope=scope, id=client_id) if client_id is not None else None


def made_by(actor: Actor) -> str:
    """`T1/U1` of a member, else the actor's id."""
    return f"{actor.scope.workspace_id}/{actor.user_id}" if actor.user_id else actor.id


def complain(errors: dict[str, str], error: Invalid) -> None:
    """The first complaint about a field stays."""
    errors.setdefault(error.field, error.message)
