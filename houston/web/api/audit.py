from typing import Any

from houston.web.cursor import newest, numbered
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, Id, PageQuery, Shown
from store.tables import AuditEntry

NAMED = ("api_key ", "member ")
"""Actors that are somebody's."""


class AuditSeen(Answer):
    """One change. Of an erased entry, one about a deleted client, only the place in the log is left."""

    id: Id
    at: Shown
    actor: str
    actor_name: str
    workspace: str | None
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    erased: bool


class AuditPage(Answer):
    items: list[AuditSeen]
    next_cursor: str | None


async def list_(call: Call, query: PageQuery) -> AuditPage:
    entries = await call.houston.audits.page(call.actor, numbered(query.cursor), query.limit + 1)
    page, following = newest(entries, query.limit, lambda each: each.seq)
    own = await _own(call)
    return AuditPage(items=[_seen(entry, own) for entry in page], next_cursor=following)


async def _own(call: Call) -> frozenset[str] | None:
    """The keys and workspaces whose deeds a client may read by name; None for who may read everybody's."""
    if call.scope.client_ids is None:
        return None
    keys = {f"api_key {key.id}" for key in await call.houston.api_keys.all(call.scope)}
    places = {f"member {each.id}" for each in await call.houston.access.workspaces(call.scope)}
    return frozenset(keys | places)


def _seen(entry: AuditEntry, own: frozenset[str] | None) -> AuditSeen:
    """The agency's people and keys are to a client the agency: their names may speak of others."""
    shown = entry.model_dump() | {"id": str(entry.seq), "workspace": entry.workspace_id}
    if own is not None and entry.actor.startswith(NAMED) and entry.actor.partition("/")[0] not in own:
        shown |= {"actor": "agency", "actor_name": "the agency"}
    return AuditSeen.model_validate(shown | {"erased": entry.erased_by is not None})


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/audit",
        summary="What was changed and by whom, the newest first. A client's key sees what concerns it only.",
        handle=list_,
        query=PageQuery,
        answer=AuditPage,
    ),
)
