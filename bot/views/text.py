"""Words and figures as people read them, safe to put into Slack's mrkdwn."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from houston.watch.figures import humanized as humanized
from houston.watch.figures import number as number
from houston.watch.figures import span as span

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""With these three escaped there is no mention, no <!channel> and no link."""

OPENS_MENTION = re.compile(r"<(?=[!@#]|$)")
"""Also at the end of a piece, since the next piece may go on with `!channel>`."""

PLAIN_NUMBER = re.compile(r"-?[1-9][0-9]{3,17}", re.ASCII)

USER_ID = re.compile(r"[UW][A-Z0-9]{1,20}")

ZERO_WIDTH_SPACE = "\u200b"


def escape(text: str, limit: int | None = None) -> str:
    """Text from outside for mrkdwn, cut so that no entity is cut in half."""
    escaped = "".join(ENTITIES.get(char, char) for char in text)
    if limit is None or len(escaped) <= limit:
        return escaped
    kept, size = [], 1
    for char in text:
        piece = ENTITIES.get(char, char)
        size += len(piece)
        if size > limit:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


def code(text: str, limit: int | None = None) -> str:
    """A block of code that the text cannot close."""
    inside = escape(text.replace("`", "'"), limit)
    return f"```{inside}```"


def one_line(text: str) -> str:
    return " ".join(text.split())


def cut(text: str, limit: int) -> str:
    """Plain text that fits."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def without_mentions(markdown: str) -> str:
    """Markdown that pings nobody, also inside code."""
    return OPENS_MENTION.sub("<" + ZERO_WIDTH_SPACE, markdown)


def mention(user_id: str | None, name: str = "") -> str:
    """`<@U123>`, which Slack shows as a name and tells; the name alone for who is not in this workspace."""
    if user_id and USER_ID.fullmatch(user_id):
        return f"<@{user_id}>"
    return escape(one_line(name), 100)


def figure(value: object) -> str:
    """A figure of a report, as text or number: `8750` reads `8,750`; other text is left as it is."""
    if isinstance(value, str):
        plain = value.strip()
        return f"{int(plain):,}" if PLAIN_NUMBER.fullmatch(plain) else one_line(plain)
    return number(value) if isinstance(value, int | float) else str(value)


def count(amount: int, noun: str, plural: str | None = None) -> str:
    """`1 rule`, `2,000 rules`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def when(moment: datetime, zone: ZoneInfo) -> str:
    """`Dec 15, 2024 2:14 PM`."""
    local = moment.astimezone(zone)
    return f"{day(moment, zone)} {local.hour % 12 or 12}:{local:%M %p}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """`Dec 15, 2024`."""
    local = moment.astimezone(zone)
    return f"{local:%b} {local.day}, {local.year}"


def weekday(moment: datetime, zone: ZoneInfo) -> str:
    """`Sun 2:14 PM`."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.hour % 12 or 12}:{local:%M %p}"


def duration(length: timedelta) -> str:
    """`25 min`, `3 h`, `2 days`: to the unit that people would name."""
    minutes = max(round(length.total_seconds() / 60), 1)
    if minutes < 60:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else count(round(hours / 24), "day")
