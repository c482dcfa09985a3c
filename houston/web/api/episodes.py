from typing import Annotated, Any, Literal

from pydantic import Field

from houston.watch.standing import OPEN, Standing, Who
from houston.web.cursor import newest, numbered
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Id, PageQuery, Shown, Words
from store.tables import Episode

RESOLVED = frozenset({"resolved"})


class EpisodeQuery(PageQuery):
    client: ClientSlug = None
    type: Annotated[Words | None, Field(examples=["outlier"])] = None
    state: Annotated[
        Literal["open", "resolved"] | None, Field(description="Only those that go on, or that are over.")
    ] = None


class EpisodeSeen(Answer):
    """From firing to resolved, of one thing that is watched. `fired` is what opened it, `current` the
    newest check; who acknowledged it, who has it and who snoozes it are names of people."""

    id: Id
    type: str
    client: str | None
    subject: str
    severity: str
    state: str
    opened_at: Shown
    seen_at: Shown
    resolved_at: Shown | None
    count: int
    fired: dict[str, Any]
    current: dict[str, Any]
    acknowledged_by: str | None
    acknowledged_at: Shown | None
    assigned_to: str | None
    snoozed_by: str | None
    snoozed_until: Annotated[Shown | None, Field(description="Null also where it is until it changes.")]


class EpisodePage(Answer):
    items: list[EpisodeSeen]
    next_cursor: str | None


async def list_(call: Call, query: EpisodeQuery) -> EpisodePage:
    episodes = await call.houston.history.episodes(
        call.scope,
        client_id=await call.client_id(query.client),
        type=query.type,
        states={"open": OPEN, "resolved": RESOLVED}[query.state] if query.state else None,
        before=numbered(query.cursor),
        limit=query.limit + 1,
    )
    page, following = newest(episodes, query.limit, lambda each: each[0].id)
    slugs = await call.slugs()
    items = [_seen(*each, slugs.get(each[0].client_id)) for each in page]
    return EpisodePage(items=items, next_cursor=following)


def _seen(episode: Episode, stands: Standing, client: str | None) -> EpisodeSeen:
    people = {
        "acknowledged_by": _name(stands.acknowledged),
        "assigned_to": _name(stands.assigned),
        "snoozed_by": _name(stands.snoozed),
        "snoozed_until": stands.snoozed_until,
    }
    also = people | {"id": str(episode.id), "client": client}
    return EpisodeSeen.model_validate(episode.model_dump() | also)


def _name(who: Who | None) -> str | None:
    return who.name if who else None


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/episodes",
        summary="What went wrong, from firing to resolved, the newest first.",
        handle=list_,
        query=EpisodeQuery,
        answer=EpisodePage,
    ),
)
