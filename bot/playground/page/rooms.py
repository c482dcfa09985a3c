"""The sidebar: where a person can go, and where something new is waiting."""

from dataclasses import dataclass
from typing import Literal

from bot.playground.nouns import Channel, User
from bot.playground.page.unread import Unread
from bot.playground.page.visit import Visit, people_of, shown_name

NOTHING = Unread(messages=0, mentions=0)


@dataclass(frozen=True, kw_only=True)
class Room:
    name: str
    url: str
    kind: Literal["channel", "private", "person", "app"]
    channel_id: str = ""
    user: User | None = None
    is_current: bool = False
    unread: Unread = NOTHING


@dataclass(frozen=True, kw_only=True)
class Sidebar:
    channels: list[Room]
    other_channels: list[Room]
    people: list[Room]
    apps: list[Room]


def sidebar_of(visit: Visit, current: str) -> Sidebar:
    """`current` is the id of the channel, or of the app, that is open."""
    rooms = sorted((each for each in visit.visible_channels() if not each.is_im), key=lambda each: each.name)
    open_rooms = [each for each in rooms if not each.is_archived]
    return Sidebar(
        channels=[channel_room(visit, each, current) for each in open_rooms if visit.user.id in each.members],
        other_channels=[
            channel_room(visit, each, current) for each in open_rooms if visit.user.id not in each.members
        ],
        people=[person_room(visit, each, current) for each in people_of(visit.playground, visit.workspace)],
        apps=[app_room(visit, app.id, bot.bot_user_id, current) for app, bot in visit.installations()],
    )


def channel_room(visit: Visit, channel: Channel, current: str) -> Room:
    is_member = visit.user.id in channel.members
    return Room(
        name=channel.name,
        url=visit.reader.channel_url(channel.id),
        kind="private" if channel.is_private else "channel",
        channel_id=channel.id,
        is_current=channel.id == current,
        unread=visit.site.marks.unread(visit.person, channel) if is_member else NOTHING,
    )


def person_room(visit: Visit, other: User, current: str) -> Room:
    channel = existing_dm(visit, other.id)
    return Room(
        name=shown_name(other) + (" (you)" if other.id == visit.user.id else ""),
        url=visit.reader.channel_url(channel.id) if channel else f"{visit.base}/dm/{other.id}",
        kind="person",
        channel_id=channel.id if channel else "",
        user=other,
        is_current=channel is not None and channel.id == current,
        unread=visit.site.marks.unread(visit.person, channel) if channel else NOTHING,
    )


def app_room(visit: Visit, app_id: str, bot_user_id: str, current: str) -> Room:
    channel = existing_dm(visit, bot_user_id)
    app = visit.playground.apps[app_id]
    unread = visit.site.marks.unread(visit.person, channel) if channel else NOTHING
    return Room(
        name=app.name,
        url=f"{visit.base}/app/{app_id}/home" if app.has_home else f"{visit.base}/dm/{bot_user_id}",
        kind="app",
        channel_id=channel.id if channel else "",
        user=visit.playground.users[bot_user_id],
        is_current=current in (app_id, channel.id if channel else app_id),
        unread=unread,
    )


def existing_dm(visit: Visit, other_id: str) -> Channel | None:
    pair = {visit.user.id, other_id}
    rooms = visit.playground.channels_of(visit.workspace.id)
    return next((each for each in rooms if each.is_im and each.members == pair), None)
