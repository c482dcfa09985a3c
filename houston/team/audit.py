"""What was changed, by whom: the log that every change to configuration, access or secrets is told to."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import API_KEY, MEMBER, Actor, is_within
from store import Scope, Store, UnitOfWork
from store.tables import AuditEntry

CLIENT_DELETED = "client.deleted"
"""The action whose entry lists the entries that it erased."""


async def record(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    clients: Iterable[int | None] = (),
    now: datetime,
) -> AuditEntry:
    """Tell the log of a change, in the transaction that makes it.

    `action` reads `rule.added`, `subject` `rule 3`. Values are JSON's; of `before` and `after` only
    what differs is kept. Name every client that the entry speaks of: with a client go its entries.
    Of a changed secret tell the name, never the value.
    """
    old, new = _differing(before, after)
    entry = AuditEntry(
        seq=0,
        at=now,
        actor=actor.id,
        actor_name=f"{actor.name}, via {actor.via}" if actor.via else actor.name,
        workspace_id=actor.scope.workspace_id,
        action=action,
        subject=subject,
        before=old,
        after=new,
        content_hash="",
        hash="",
    )
    return await uow.audit.append(entry=entry, clients=_clients(actor, clients))


@dataclass(frozen=True, kw_only=True)
class Audits:
    """The log, for admins."""

    store: Store

    async def page(
        self, actor: Actor, before: int | None = None, limit: int = 20, *, after: int | None = None
    ) -> list[AuditEntry]:
        """The entries before number `before`, or right after `after`, that this admin may see.

        The newest first. Raises NotAllowed.
        """
        actor.demand_admin("read the audit log")
        async with self.store.read() as uow:
            if after is not None:
                found = await uow.audit.newer(scope=actor.scope, after=after, limit=limit)
            else:
                found = await uow.audit.page(scope=actor.scope, before=before, limit=limit)
            if actor.scope.client_ids is None:
                return found
            own = await _own(uow, actor.scope)
        return [_to_a_client(entry, own) for entry in found]


async def _own(uow: UnitOfWork, scope: Scope) -> set[str]:
    """The keys and workspaces whose deeds a client reads by name."""
    keys = {f"{API_KEY} {key.id}" for key in await uow.api_keys.all(scope=scope)}
    return keys | {f"{MEMBER} {each.id}" for each in await uow.workspaces.all() if is_within(scope, each)}


def _to_a_client(entry: AuditEntry, own: Collection[str]) -> AuditEntry:
    """The agency's people and keys are to a client the agency: their names may speak of others."""
    if not entry.actor.startswith((API_KEY, MEMBER)) or entry.actor.partition("/")[0] in own:
        return entry
    return AuditEntry(**{**entry.model_dump(), "actor": "agency", "actor_name": "the agency"})


def _differing(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Both as JSON has them; where both are there, without what stayed as it was."""
    old, new = _plain(before), _plain(after)
    if old is None or new is None:
        return old, new
    same = {name for name in old.keys() & new.keys() if old[name] == new[name]}
    return _without(old, same), _without(new, same)


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    plain: dict[str, Any] = json.loads(json.dumps(dict(values), allow_nan=False))
    return plain


def _without(values: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _clients(actor: Actor, named: Iterable[int | None]) -> set[int]:
    """A client's own API key speaks of its client, whatever it does."""
    clients = {id for id in named if id is not None}
    if actor.scope.workspace_id is None and actor.scope.client_ids is not None:
        clients |= actor.scope.client_ids
    return clients
