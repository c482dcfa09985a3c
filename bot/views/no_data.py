"""A metric that has no new data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.views.text import cut, humanized, one_line, when

LONGEST = 300


def missing(payload: Mapping[str, Any], zone: ZoneInfo) -> str:
    """`No data for Revenue since Dec 15, 2024 2:14 PM (google-ads, bing-ads)`."""
    since = when(datetime.fromisoformat(payload["since"]), zone)
    said = f"No data for {humanized(payload['metric'])} since {since}"
    channels = ", ".join(one_line(each) for each in payload.get("channels", ()))
    return f"{said} ({cut(channels, LONGEST)})" if channels else said
