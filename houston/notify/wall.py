"""The wall at the last moment: what has changed since a delivery was routed may forbid it."""

from collections.abc import Sequence

from houston.access import sees
from houston.errors import Withheld
from houston.notify.digests.digest import DAILY_DIGEST
from houston.team.leaving import DEACTIVATED
from houston.team.notices import NOTICE
from store import UnitOfWork
from store.tables import Channel, Event, Workspace

GONE = "Houston was removed from this workspace. Reinstall it there, then replay this message."


async def check(uow: UnitOfWork, address: str, event: Event, workspace: Workspace) -> None:
    """Raises Withheld, which says who can change that, after which it can be replayed."""
    if not workspace.active:
        raise Withheld(GONE)
    if event.type != NOTICE and workspace.client_id not in (None, event.client_id):
        raise Withheld("This is about another client than this workspace's.")
    kind, _, id = address.partition(":")
    if kind == "channel":
        _check_channel(await uow.channels.find(workspace_id=workspace.id, id=id), event)
    if kind == "dm":
        await _check_person(uow, workspace, id, event)


def _check_channel(channel: Channel | None, event: Event) -> None:
    if channel is None:
        return
    if not channel.is_open:
        raise Withheld(
            f"#{channel.name} is shared with another company, and no admin has approved it. An admin "
            "approves it with the button in Houston's direct message, then replays this message."
        )
    if channel.client_id not in (None, event.client_id):
        raise Withheld(
            f"#{channel.name} is bound to another client. Choose another channel, or free this one "
            "with /houston client none, then replay this message."
        )


async def _check_person(uow: UnitOfWork, workspace: Workspace, user_id: str, event: Event) -> None:
    """Who installed Houston may be told something before it has met them."""
    member = await uow.members.find(workspace_id=workspace.id, user_id=user_id)
    if member and not member.active:
        raise Withheld(DEACTIVATED)
    if event.type == NOTICE and event.client_id is None:
        return
    if not all([await sees(uow, workspace, member, id) for id in _spoken_of(event)]):
        raise Withheld("This person may not see this client. /houston people changes that.")


def _spoken_of(event: Event) -> Sequence[int | None]:
    """A member's digest may be about several clients."""
    clients: list[int] = event.payload.get("client_ids") or [] if event.type == DAILY_DIGEST else []
    return clients or [event.client_id]
