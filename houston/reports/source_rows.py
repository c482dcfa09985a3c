"""Data sources between the table and people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import Actor, everything
from houston.errors import Invalid, InvalidFields, NotFound
from houston.records.checks import text
from houston.reports.ownership import client_named, complain, made_by, owned
from houston.team import audit
from store import Scope, UnitOfWork
from store.tables import DataSource

CHANGE = "change data sources"
LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class SourceDraft:
    """A data source as somebody filled it in. No `url`: the one that is kept stays. No client: the
    agency's."""

    name: str
    url: str | None = None
    client_id: int | None = None


async def found(uow: UnitOfWork, scope: Scope, id: int) -> DataSource:
    """Raises NotFound."""
    source = await uow.data_sources.find(scope=scope, id=id)
    if source is None:
        raise NotFound("I know no such data source. /houston sources lists them.")
    return source


async def checked(uow: UnitOfWork, actor: Actor, draft: SourceDraft, *, id: int | None = None) -> int | None:
    """Whose it is, once nothing is wrong with it; `id` is that of one that is edited. Raises
    InvalidFields."""
    errors: dict[str, str] = {}
    client_id = None
    try:
        name = text("name", draft.name, most=LONGEST_NAME, required=True)
        if await _is_taken(uow, actor.scope, name, id):
            errors["name"] = "Another data source has this name. Choose another."
    except Invalid as error:
        complain(errors, error)
    try:
        client_id = await owned(uow, actor.scope, draft.client_id)
        if id is not None:
            await _demand_same(uow, actor.scope, id, client_id)
    except Invalid as error:
        complain(errors, error)
    if errors:
        raise InvalidFields(errors)
    return client_id


def made(actor: Actor, draft: SourceDraft, client_id: int | None, now: datetime) -> DataSource:
    return DataSource(
        workspace_id=actor.scope.workspace_id,
        client_id=client_id,
        name=draft.name.strip(),
        dialect="",
        created_by=made_by(actor),
        created_at=now,
    )


async def keep(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    source: DataSource,
    before: dict[str, Any] | None,
    *,
    now: datetime,
) -> None:
    after = None if action.endswith("deleted") else await told(uow, source)
    subject = f"data source {source.id}"
    await audit.record(
        uow, actor, action, subject, before=before, after=after, clients=[source.client_id], now=now
    )
    await uow.commit()


async def told(uow: UnitOfWork, source: DataSource) -> dict[str, Any]:
    """What the audit keeps of it."""
    client = await client_named(uow, everything(), source.client_id)
    return {
        "name": source.name,
        "dialect": source.dialect,
        "place": source.place,
        "client": client.slug if client else None,
    }


def in_use(source: DataSource, readers: Sequence[str]) -> str:
    return (
        f"{source.name} is read by {', '.join(readers[:5])}"
        f"{f' and {len(readers) - 5} more' if len(readers) > 5 else ''}. Delete these first."
    )


async def _is_taken(uow: UnitOfWork, scope: Scope, name: str, id: int | None) -> bool:
    known = await uow.data_sources.all(scope=scope)
    return any(each.name.casefold() == name.casefold() and each.id != id for each in known)


async def _demand_same(uow: UnitOfWork, scope: Scope, id: int, client_id: int | None) -> None:
    """What reads it belongs to its client. Raises Invalid for `client`."""
    source = await found(uow, scope, id)
    if source.client_id != client_id and await uow.data_sources.readers(scope=scope, id=id):
        raise Invalid("client", "Reports or feeds read this data source, so whose it is stays as it is.")
