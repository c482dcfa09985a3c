"""The port to the outside: what Houston needs from whoever speaks to Slack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from houston.watch.chart import Chart
from houston.watch.standing import Standing, Who
from store.tables import Event


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """An event with all that its message says; a view turns it into words and blocks.

    `client_name` is None where the reader knows only one client, or the event belongs to none.
    `episode` is how its episode stands now, where it has one: a message of its own (a Post) shows
    that, and is edited as it changes; `is_reply` is news under one. `others` come in the same
    message; `held` says what held them back together: `quiet`, `pause`, `daily` or `paused`, and is
    '' where they merely came together. Buttons carry `delivery_id`. `chart_file` is the picture that
    Slack has already. `escalated_to` is the alias of where it went as well since nobody took it, `muted`
    who switched off the rules that it came by.
    """

    event: Event
    client_name: str | None
    timezone: ZoneInfo
    delivery_id: int = 0
    chart: Chart | None = None
    chart_file: str = ""
    episode: Standing | None = None
    is_reply: bool = False
    is_escalated: bool = False
    escalated_to: str = ""
    escalated_at: datetime | None = None
    muted: Who | None = None
    others: tuple["Announcement", ...] = ()
    held: str = ""

    @property
    def all(self) -> tuple["Announcement", ...]:
        """Everything that the message tells of, in the order in which it happened."""
        return (self, *self.others)


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A message that is there: where Slack keeps it. What cannot be looked up has neither."""

    channel: str = ""
    ts: str = ""
    chart_file: str = ""


class Messenger(Protocol):
    """Implemented by bot/messenger.py and by the tests' fake.

    Addresses are `channel:C…`, `dm:U…` for a person, `webhook:…` and `service:…` for what a
    destination's secret leads to. All raise TemporaryFailure or PermanentFailure and nothing else.
    """

    async def post(
        self,
        *,
        workspace_id: str,
        address: str,
        announcement: Announcement,
        delivery_ids: Sequence[int],
        thread_ts: str = "",
    ) -> Posted:
        """Post once, marked with the deliveries that it brings."""
        ...

    async def update(self, *, workspace_id: str, posted: Posted, announcement: Announcement) -> Posted:
        """Show the announcement in a message that is there. Raises Gone where it is not, or is closed."""
        ...

    async def find(
        self,
        *,
        workspace_id: str,
        address: str,
        delivery_ids: Sequence[int],
        since: datetime,
        thread_ts: str = "",
    ) -> Mapping[int, Posted]:
        """Those of the deliveries that arrived after all, in the channel or, with `thread_ts`, also in
        that thread."""
        ...

    async def permalink(self, *, workspace_id: str, channel: str, ts: str) -> str | None:
        """A message's address for people; None where it is gone."""
        ...
