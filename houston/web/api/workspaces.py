from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from houston.team.workspaces import DISCONNECTED
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Id, PageQuery, Query, Request, Shown, Words
from store.tables import Workspace


class NewWorkspace(Request):
    """A workspace with a Slack app of its own: its two tokens are checked with Slack, and sealed."""

    bot_token: Annotated[Words, Field(description="It begins with xoxb-.")]
    app_token: Annotated[Words, Field(description="It begins with xapp-.")]
    client: ClientSlug = None


class WorkspaceCreated(Answer):
    """`id` is Slack's."""

    id: str
    event_id: Id | None


class WorkspaceChange(Request):
    timezone: Annotated[Words, Field(examples=["Europe/Zurich"])]


class WorkspaceSeen(Answer):
    """A Slack team. `client` is the one that it is bound to; none where it is an agency's."""

    id: str
    name: str
    kind: Literal["agency", "client"]
    client: str | None
    timezone: str
    active: bool
    inactive_reason: str
    created_at: Shown


class WorkspacePage(Answer):
    items: list[WorkspaceSeen]
    next_cursor: str | None


async def add(call: Call, body: NewWorkspace) -> WorkspaceCreated:
    if body.client is not None:
        await call.client_id(body.client)
    workspace = await call.slack.connect(call.actor, **body.model_dump())
    call.slack.changed()
    return WorkspaceCreated(id=workspace.id, event_id=None)


async def list_(call: Call, query: PageQuery) -> WorkspacePage:
    workspaces = await call.houston.access.workspaces(call.scope)
    page, following = sliced(workspaces, query.limit, query.cursor, lambda each: each.id)
    return WorkspacePage(items=await _seen(call, page), next_cursor=following)


async def change(call: Call, body: WorkspaceChange) -> WorkspaceSeen:
    actor = await call.houston.access.in_workspace(call.actor, call.path["workspace"])
    await call.houston.workspaces.set_timezone(actor, body.timezone)
    return (await _seen(call, [await call.houston.workspaces.get(call.path["workspace"])]))[0]


async def remove(call: Call, _: Query) -> None:
    call.actor.demand_agency("disconnect workspaces")
    actor = await call.houston.access.in_workspace(call.actor, call.path["workspace"])
    await call.houston.workspaces.deactivate(call.path["workspace"], DISCONNECTED, actor=actor)
    call.slack.changed()


async def _seen(call: Call, workspaces: Sequence[Workspace]) -> list[WorkspaceSeen]:
    slugs = await call.slugs()
    return [
        WorkspaceSeen.model_validate(each.model_dump() | {"client": slugs.get(each.client_id)})
        for each in workspaces
    ]


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/workspaces",
        summary="Connect a workspace by its tokens; keys of the agency only. With the main Slack app: see "
        "`/slack/install`.",
        handle=add,
        body=NewWorkspace,
        answer=WorkspaceCreated,
        refuses=(403,),
    ),
    Endpoint(
        method="GET",
        path="/workspaces",
        summary="The workspaces that the key may see, also those that are no longer connected.",
        handle=list_,
        query=PageQuery,
        answer=WorkspacePage,
    ),
    Endpoint(
        method="PATCH",
        path="/workspaces/{workspace}",
        summary="Change a workspace's time zone.",
        handle=change,
        body=WorkspaceChange,
        answer=WorkspaceSeen,
    ),
    Endpoint(
        method="DELETE",
        path="/workspaces/{workspace}",
        summary="Stop serving a workspace until it is installed again; its rules are kept. Keys of the "
        "agency only.",
        handle=remove,
        answer=None,
        refuses=(403,),
    ),
)
