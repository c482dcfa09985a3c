from typing import Any

from houston.web.cursor import newest, numbered
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, Id, PageQuery, Shown
from store.tables import AuditEntry


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
    return AuditPage(items=[_seen(entry) for entry in page], next_cursor=following)


def _seen(entry: AuditEntry) -> AuditSeen:
    told = {"id": str(entry.seq), "workspace": entry.workspace_id, "erased": entry.erased_by is not None}
    return AuditSeen.model_validate(entry.model_dump() | told)


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
