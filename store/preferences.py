from store.repository import Repository
from store.tables import Preference


class Preferences(Repository):
    """What members chose for themselves. A choice is its member's own, so it takes no scope."""

    async def find(self, *, workspace_id: str, user_id: str) -> Preference | None:
        return await self._session.get(Preference, (workspace_id, user_id))

    async def save(self, *, preference: Preference) -> None:
        self._session.add(preference)
        await self._session.flush()
