"""Where a rule may send, as options: a channel's or a person's own id, `destination:<id>` for the rest."""

from collections.abc import Sequence

from bot.views.blocks import MOST_OPTIONS, Block, matching, option
from houston.notify.rules.places import Place
from store.tables import Channel, Destination, Member

ICONS = {"dm": "👤 ", "webhook": "🪝 ", "service": "🌐 "}
BY_ID = "destination:"
LONGEST_ID = 18
"""Digits; what is longer is no row's id."""


def of_channel(channel: Channel) -> Block:
    return option(f"{'🔒 ' if channel.is_private else '#'}{channel.name}", channel.id)


def of_destination(destination: Destination) -> Block:
    is_slacks = destination.kind in ("channel", "dm")
    value = destination.address if is_slacks else f"{BY_ID}{destination.id}"
    return option(f"{ICONS.get(destination.kind, '')}{destination.alias}", value)


def of_member(member: Member) -> Block:
    return option(f"{ICONS['dm']}@{member.name}", member.user_id)


def offered(channels: Sequence[Channel], others: Sequence[Block], query: str) -> list[Block]:
    """As many as Slack takes; `channels` are searched already."""
    found = matching(others, query.strip())[:MOST_OPTIONS]
    room = max(MOST_OPTIONS - len(found), MOST_OPTIONS // 2)
    return [*(of_channel(each) for each in channels[:room]), *found][:MOST_OPTIONS]


def place(value: str) -> Place | None:
    """What an option stands for; None for none."""
    if not value.startswith(BY_ID):
        return value or None
    digits = value.removeprefix(BY_ID)
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_ID else 0
