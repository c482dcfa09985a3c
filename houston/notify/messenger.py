"""The port to the outside: what Houston needs from whoever speaks to Slack."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from houston.watch.chart import Chart
from store.tables import Event


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """An event with all that its message says; a view turns it into words and blocks.

    `client_name` is None where the reader knows only one client, or the event belongs to none.
    """

    event: Event
    client_name: str | None
    timezone: ZoneInfo
    chart: Chart | None = None


class Messenger(Protocol):
    """Implemented by bot/messenger.py and by the tests' fake.

    Addresses are `channel:C…`, or `dm:U…` for a person. Both methods raise TemporaryFailure or
    PermanentFailure and nothing else.
    """

    async def post(
        self, *, workspace_id: str, address: str, announcement: Announcement, delivery_id: int
    ) -> str:
        """Post once, marked with `delivery_id`; the message's ts."""
        ...

    async def find(self, *, workspace_id: str, address: str, delivery_id: int, since: datetime) -> str | None:
        """The ts of the message marked with `delivery_id`, if it arrived after all."""
        ...
