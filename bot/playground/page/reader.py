"""The person a page is drawn for: what a mention, a date or a file means to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Reader:
    user_id: str
    zone: ZoneInfo
    now: datetime
    base: str
    """The part of the address that names workspace and user: `/w/T1/u/U1`."""
    user_names: Mapping[str, str]
    channel_names: Mapping[str, str]

    def channel_url(self, channel_id: str) -> str:
        return f"{self.base}/c/{channel_id}"

    def thread_url(self, channel_id: str, thread_ts: str) -> str:
        return f"{self.channel_url(channel_id)}/t/{thread_ts}"

    def file_url(self, file_id: str) -> str:
        return f"{self.base}/files/{file_id}"
