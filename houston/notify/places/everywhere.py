"""The Messenger for every kind of address: it hands each to the one that knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.errors import PermanentFailure
from houston.notify.messenger import Announcement, Messenger, Posted


@dataclass(frozen=True, kw_only=True)
class Everywhere:
    """`others` are by the kind that their addresses begin with; what is not theirs is Slack's."""

    slack: Messenger
    others: Mapping[str, Messenger]

    async def post(
        self,
        *,
        workspace_id: str,
        address: str,
        announcement: Announcement,
        delivery_ids: Sequence[int],
        thread_ts: str = "",
    ) -> Posted:
        return await self._of(address).post(
            workspace_id=workspace_id,
            address=address,
            announcement=announcement,
            delivery_ids=delivery_ids,
            thread_ts=thread_ts,
        )

    async def update(self, *, workspace_id: str, posted: Posted, announcement: Announcement) -> Posted:
        return await self.slack.update(workspace_id=workspace_id, posted=posted, announcement=announcement)

    async def find(
        self,
        *,
        workspace_id: str,
        address: str,
        delivery_ids: Sequence[int],
        since: datetime,
        thread_ts: str = "",
    ) -> Mapping[int, Posted]:
        return await self._of(address).find(
            workspace_id=workspace_id,
            address=address,
            delivery_ids=delivery_ids,
            since=since,
            thread_ts=thread_ts,
        )

    async def permalink(self, *, workspace_id: str, channel: str, ts: str) -> str | None:
        return await self.slack.permalink(workspace_id=workspace_id, channel=channel, ts=ts)

    def _of(self, address: str) -> Messenger:
        kind = address.partition(":")[0]
        if kind in SLACKS:
            return self.slack
        if kind not in self.others:
            raise PermanentFailure("Houston knows no such kind of destination. Choose another destination.")
        return self.others[kind]


SLACKS = ("channel", "dm")
