"""Where a rule sends: what is wrong with a place, and the destination that it becomes."""

from datetime import datetime

from houston.access import sees
from store import UnitOfWork
from store.tables import Destination, Workspace

Place = int | str
"""A destination's id, or Slack's id of a channel (`C…`, `G…`) or of a person (`U…`, `W…`)."""

PEOPLE = ("U", "W")
INVITE = "Houston is not in one of these channels: /invite @Houston there first."
BOUND = "One of these channels is bound to another client. Choose one that is not."
NOT_THERE = "One of these destinations is not there any more. Choose again."
UNKNOWN = "Houston does not know one of these people. Choose somebody who works here."


async def address(uow: UnitOfWork, workspace_id: str, place: Place) -> tuple[str, str] | None:
    """Kind and address; None where there is no such destination in this workspace."""
    if isinstance(place, str):
        return ("dm" if place.startswith(PEOPLE) else "channel"), place
    found = await uow.destinations.get(id=place)
    if found is None or found.workspace_id != workspace_id:
        return None
    return found.kind, found.address


async def trouble(uow: UnitOfWork, workspace: Workspace, place: Place, client_id: int | None) -> str:
    """What keeps a rule of this client (None: of all) from sending there; '' where nothing does."""
    found = await address(uow, workspace.id, place)
    if found is None:
        return NOT_THERE
    kind, id = found
    if kind == "channel":
        return await _channel_trouble(uow, workspace, id, client_id)
    if kind == "dm":
        return await _person_trouble(uow, workspace, id, client_id)
    return ""


async def made(uow: UnitOfWork, workspace_id: str, place: Place, now: datetime) -> Destination | None:
    """The destination, made where a channel or a person has none; None for an id that is gone."""
    if not isinstance(place, str):
        return await uow.destinations.get(id=place)
    if place.startswith(PEOPLE):
        member = await uow.members.find(workspace_id=workspace_id, user_id=place)
        kind, alias = "dm", f"@{member.name if member else place}"
    else:
        channel = await uow.channels.find(workspace_id=workspace_id, id=place)
        kind, alias = "channel", f"#{channel.name}" if channel else place
    return await uow.destinations.of(
        workspace_id=workspace_id, kind=kind, address=place, alias=alias, now=now
    )


async def _channel_trouble(uow: UnitOfWork, workspace: Workspace, id: str, client_id: int | None) -> str:
    channel = await uow.channels.find(workspace_id=workspace.id, id=id)
    if channel is None or not channel.is_member or channel.is_archived:
        return INVITE
    if client_id is not None and channel.client_id not in (None, client_id):
        return BOUND
    return ""


async def _person_trouble(uow: UnitOfWork, workspace: Workspace, id: str, client_id: int | None) -> str:
    member = await uow.members.find(workspace_id=workspace.id, user_id=id)
    if member is None or member.is_stranger:
        return UNKNOWN
    if not member.active:
        return f"{member.name} is deactivated in Slack. Choose somebody else."
    about = workspace.client_id if client_id is None else client_id
    if await sees(uow, workspace, member, about):
        return ""
    wider = "this client" if about is not None else "every client"
    return f"{member.name} may not see {wider}. Choose somebody else, or change that with /houston people."
