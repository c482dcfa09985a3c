from collections.abc import Collection, Sequence

from sqlalchemy import or_, update
from sqlmodel import col, select

from store.repository import Repository
from store.tables import Channel


class Channels(Repository):
    """The bot's own memberships, kept by Slack's events; Slack's channel list is never asked for."""

    async def member_of(self, *, workspace_id: str) -> list[Channel]:
        """The channels that can be posted to, by name."""
        query = (
            select(Channel)
            .where(
                Channel.workspace_id == workspace_id,
                col(Channel.is_member).is_(True),
                col(Channel.is_archived).is_(False),
            )
            .order_by(col(Channel.name))
        )
        return list(await self._session.exec(query))

    async def find(self, *, workspace_id: str, id: str) -> Channel | None:
        return await self._session.get(Channel, (workspace_id, id))

    async def of(self, *, workspace_id: str, ids: Collection[str]) -> list[Channel]:
        """Those of these that are known."""
        query = select(Channel).where(Channel.workspace_id == workspace_id, col(Channel.id).in_(ids))
        return list(await self._session.exec(query))

    async def decided(self, *, workspace_id: str) -> list[Channel]:
        """Those that an admin bound to a client, approved, or holds to alerts only, by id."""
        is_decided = or_(
            col(Channel.client_id).is_not(None),
            col(Channel.approved_by) != "",
            col(Channel.answers).is_(False),
        )
        query = select(Channel).where(Channel.workspace_id == workspace_id, is_decided)
        return list(await self._session.exec(query.order_by(col(Channel.id))))

    async def put(self, *, channels: Sequence[Channel]) -> None:
        """As Slack describes them now; what Houston's admins decided stays."""
        rows = [channel.model_dump() for channel in channels]
        await self._upsert(
            Channel, rows, key=("workspace_id", "id"), keep=("client_id", "approved_by", "answers")
        )

    async def save(self, *, channel: Channel) -> None:
        self._session.add(channel)
        await self._session.flush()

    async def replace(self, *, workspace_id: str, channels: Sequence[Channel]) -> None:
        """Make these the bot's only memberships."""
        left = update(Channel).where(col(Channel.workspace_id) == workspace_id).values(is_member=False)
        await self._session.exec(left)
        await self.put(channels=channels)

    async def change(
        self,
        *,
        workspace_id: str,
        id: str,
        name: str | None = None,
        is_archived: bool | None = None,
        is_member: bool | None = None,
    ) -> None:
        channel = await self.find(workspace_id=workspace_id, id=id)
        if channel is None:
            return
        channel.name = channel.name if name is None else name
        channel.is_archived = channel.is_archived if is_archived is None else is_archived
        channel.is_member = channel.is_member if is_member is None else is_member
        self._session.add(channel)
