"""The wall at the last moment: what has changed since a delivery was routed may forbid it."""

from houston.access import sees
from houston.errors import PermanentFailure
from houston.team.leaving import DEACTIVATED
from houston.team.notices import NOTICE
from store import UnitOfWork
from store.tables import Channel, Delivery, Event, Workspace

GONE = "Houston was removed from this workspace. Reinstall it there, then replay this message."


async def check(uow: UnitOfWork, delivery: Delivery, event: Event, workspace: Workspace) -> None:
    """Raises PermanentFailure, which says who can change that, after which it can be replayed."""
    if not workspace.active:
        raise PermanentFailure(GONE)
    if event.type != NOTICE and workspace.client_id not in (None, event.client_id):
        raise PermanentFailure("This is about another client than this workspace's.")
    kind, _, id = delivery.address.partition(":")
    if kind == "channel":
        _check_channel(await uow.channels.find(workspace_id=workspace.id, id=id), event)
    if kind == "dm":
        await _check_person(uow, workspace, id, event)


def _check_channel(channel: Channel | None, event: Event) -> None:
    if channel is None:
        return
    if not channel.is_open:
        raise PermanentFailure(
            f"#{channel.name} is shared with another company, and no admin has approved it. An admin "
            "approves it with the button in Houston's direct message, then replays this message."
        )
    if channel.client_id not in (None, event.client_id):
        raise PermanentFailure(
            f"#{channel.name} is bound to another client. Choose another channel, or free this one "
            "with /houston client none, then replay this message."
        )


async def _check_person(uow: UnitOfWork, workspace: Workspace, user_id: str, event: Event) -> None:
    """Who installed Houston may be told something before it has met them."""
    member = await uow.members.find(workspace_id=workspace.id, user_id=user_id)
    if member and not member.active:
        raise PermanentFailure(DEACTIVATED)
    if event.type != NOTICE and not await sees(uow, workspace, member, event.client_id):
        raise PermanentFailure("This person may not see this client. /houston people changes that.")
