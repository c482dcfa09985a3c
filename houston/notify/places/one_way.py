"""What takes messages and nothing else: what arrived cannot be looked up or changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from houston.errors import Gone
from houston.notify.messenger import Announcement, Posted


class OneWay:
    """All of a Messenger but `post`; the promise is "at least once"."""

    async def update(self, *, workspace_id: str, posted: Posted, announcement: Announcement) -> Posted:
        raise Gone("What was sent there cannot be changed.")

    async def find(
        self,
        *,
        workspace_id: str,
        address: str,
        delivery_ids: Sequence[int],
        since: datetime,
        thread_ts: str = "",
    ) -> Mapping[int, Posted]:
        return {}

    async def permalink(self, *, workspace_id: str, channel: str, ts: str) -> str | None:
        return None
