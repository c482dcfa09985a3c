from collections.abc import Collection

from sqlmodel import col, delete, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Client, Member, MemberClient, Rule


class Members(Repository):
    """Slack users as Houston knows them: a workspace's own, whoever asks for them."""

    async def find(self, *, workspace_id: str, user_id: str) -> Member | None:
        return await self._session.get(Member, (workspace_id, user_id))

    async def all(self, *, workspace_id: str) -> list[Member]:
        """By name; strangers from Slack Connect channels are none of them."""
        query = select(Member).where(
            Member.workspace_id == workspace_id, col(Member.team_id).in_(("", workspace_id))
        )
        return list(await self._session.exec(query.order_by(col(Member.name))))

    async def of(self, *, workspace_id: str, user_ids: Collection[str]) -> list[Member]:
        """Those of these who are known."""
        query = select(Member).where(Member.workspace_id == workspace_id, col(Member.user_id).in_(user_ids))
        return list(await self._session.exec(query))

    async def admins(self, *, workspace_id: str) -> list[Member]:
        """Those known longest first."""
        admins = [member for member in await self.all(workspace_id=workspace_id) if member.is_admin]
        return sorted(admins, key=lambda member: member.seen_at)

    async def save(self, *, member: Member) -> Member:
        self._session.add(member)
        await self._session.flush()
        return member

    async def clients(self, *, workspace_id: str, user_id: str) -> list[int]:
        """The clients on this member's list."""
        query = select(MemberClient.client_id).where(
            MemberClient.workspace_id == workspace_id, MemberClient.user_id == user_id
        )
        return list(await self._session.exec(query))

    async def lists(self, *, scope: Scope) -> dict[str, list[Client]]:
        """Every member's list of clients in this workspace, by user id."""
        query = (
            select(MemberClient.user_id, Client)
            .join(Client, col(Client.id) == col(MemberClient.client_id))
            .where(MemberClient.workspace_id == scope.workspace_id, scope.holds(Client.id))
            .order_by(col(Client.name))
        )
        found: dict[str, list[Client]] = {}
        for user_id, client in await self._session.exec(query):
            found.setdefault(user_id, []).append(client)
        return found

    async def owned(self, *, workspace_id: str, user_id: str) -> list[Rule]:
        """What is this member's own."""
        query = select(Rule).where(Rule.workspace_id == workspace_id, Rule.owner == user_id)
        return list(await self._session.exec(query.order_by(col(Rule.number))))

    async def set_clients(self, *, workspace_id: str, user_id: str, client_ids: Collection[int]) -> None:
        """Make these the member's list."""
        await self._session.exec(
            delete(MemberClient).where(
                col(MemberClient.workspace_id) == workspace_id, col(MemberClient.user_id) == user_id
            )
        )
        self._session.add_all(
            MemberClient(workspace_id=workspace_id, user_id=user_id, client_id=id) for id in client_ids
        )
        await self._session.flush()
