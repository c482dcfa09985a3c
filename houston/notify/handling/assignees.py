"""Who gets an episode to care for, and how they hear of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from houston.access import Actor, sees
from houston.errors import Invalid
from houston.notify.naming import name
from houston.notify.vocabulary import EVENT_TYPES
from houston.team.notices import Notices
from store import Store
from store.tables import Delivery, Episode, Member

FIELD = "assignee"


@dataclass(frozen=True, kw_only=True)
class Assignees:
    """`permalinks` gives the address of a message by workspace, channel and ts, or None."""

    store: Store
    notices: Notices
    permalinks: Callable[[str, str, str], Awaitable[str | None]]

    async def chosen(self, actor: Actor, user_id: str, episodes: Sequence[Episode]) -> Member:
        """A member of the actor's workspace who may see all of these. Raises Invalid."""
        assert actor.scope.workspace_id is not None
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=actor.scope.workspace_id)
            member = await uow.members.find(workspace_id=actor.scope.workspace_id, user_id=user_id)
            if workspace is None or member is None or member.is_stranger or not member.active:
                raise Invalid(FIELD, "Choose somebody who is a member of this workspace.")
            if user_id == workspace.bot_user_id:
                raise Invalid(FIELD, "Choose a person: Houston cannot care for this itself.")
            for client_id in {episode.client_id for episode in episodes}:
                if not await sees(uow, workspace, member, client_id):
                    raise Invalid(
                        FIELD, f"{member.name} may not see this client. /houston people changes that."
                    )
        return member

    async def tell(
        self, actor: Actor, assignee: Member, delivery: Delivery, episodes: Sequence[Episode]
    ) -> None:
        """By DM, with the way to the message; who assigns to themselves knows already."""
        if assignee.user_id == actor.user_id:
            return
        link = await self.permalinks(delivery.workspace_id, delivery.channel, delivery.ts)
        await self.notices.tell(
            assignee.workspace_id,
            assignee.user_id,
            f"🙋 {actor.name} assigned this to you: {_named(episodes)}",
            about={"url": link} if link else None,
            client_id=episodes[0].client_id,
        )


def _named(episodes: Sequence[Episode]) -> str:
    first = episodes[0]
    called = name(first.type, first.current or first.fired, first.subject)
    more = f" and {len(episodes) - 1} more" if len(episodes) > 1 else ""
    return (
        " · ".join(part for part in (f"*{EVENT_TYPES.get(first.type, first.type)}*", called) if part) + more
    )
