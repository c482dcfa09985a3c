"""The playground: a world whose apps are told what happens in it."""

from collections.abc import Iterable
from typing import Unpack

from bot.playground import installs, messages, people, room_events, team_events
from bot.playground.changes import Change
from bot.playground.faults import Fault
from bot.playground.limits import Timings
from bot.playground.nouns import (
    SLACKBOT,
    App,
    Channel,
    Edited,
    File,
    Installation,
    Json,
    Message,
    Shortcut,
    SlashCommand,
    Status,
    Stream,
    SuggestedPrompts,
    User,
    Values,
    View,
    Webhook,
    Workspace,
)
from bot.playground.people import Traits
from bot.playground.world import World

__all__ = [
    "SLACKBOT",
    "App",
    "Change",
    "Channel",
    "Edited",
    "Fault",
    "File",
    "Installation",
    "Json",
    "Message",
    "Playground",
    "Shortcut",
    "SlashCommand",
    "Status",
    "Stream",
    "SuggestedPrompts",
    "Timings",
    "User",
    "Values",
    "View",
    "Webhook",
    "Workspace",
]


class Playground(World):
    """Owns every noun. People act on it through `Person`, apps through the server's Web API.

    `now` is the clock that stamps messages and lets triggers, streams and rate limits run out.
    Everything that tells an app about a change needs a running event loop.
    """

    async def close(self) -> None:
        await self.sockets.close()

    # --- apps

    def create_app(self, manifest: Json) -> App:
        return installs.create_app(self, manifest)

    def install(self, app: App, workspace_id: str, *, scopes: Iterable[str] | None = None) -> str:
        """Puts the app into the workspace without asking anybody; returns its bot token."""
        return installs.install(self, app, workspace_id, app.scopes if scopes is None else scopes).token

    def uninstall(self, app: App, workspace_id: str) -> None:
        installs.uninstall(self, app, workspace_id)

    def revoke_token(self, app: App, workspace_id: str) -> None:
        installs.revoke(self, app, workspace_id)

    # --- people

    def join_team(self, workspace_id: str, name: str, **traits: Unpack[Traits]) -> User:
        """Somebody new, of whom apps hear."""
        user = self.add_user(workspace_id, name, **traits)
        team_events.user_joined(self, user)
        return user

    def change_user(self, user_id: str, **traits: Unpack[Traits]) -> None:
        """E.g. `is_admin=True`, `tz="Asia/Tokyo"`, `deleted=True`; apps hear of it."""
        people.change(self, self.users[user_id], traits)

    # --- channels

    def add_webhook(self, app: App, channel_id: str) -> str:
        """An incoming webhook into the channel; returns its URL."""
        channel = self.channels[channel_id]
        webhook = Webhook(
            id=self.ids.new("B"),
            workspace_id=channel.workspace_id,
            app_id=app.id,
            channel=channel_id,
            secret=self.ids.secret(24),
        )
        self.webhooks[webhook.id] = webhook
        return f"{self.origin}/services/{webhook.workspace_id}/{webhook.id}/{webhook.secret}"

    def share_channel(self, channel_id: str, workspace_id: str, *, members: Iterable[User] = ()) -> None:
        """By Slack Connect. `members` are the people of the other workspace who are in it from then on."""
        channel = self.channels[channel_id]
        channel.connected.add(workspace_id)
        channel.is_ext_shared = True
        channel.members |= {user.id for user in members}
        room_events.shared(self, channel, workspace_id)
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def unshare_channel(self, channel_id: str, workspace_id: str) -> None:
        """The other workspace loses the channel, which on Slack becomes a frozen copy there."""
        channel = self.channels[channel_id]
        gone = {each for each in channel.members if self.users[each].workspace_id == workspace_id}
        channel.is_ext_shared = channel.connected != {workspace_id}
        room_events.unshared(self, channel, workspace_id)
        channel.connected.discard(workspace_id)
        channel.members -= gone
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def join(self, channel_id: str, user_id: str, *, inviter: str | None = None) -> None:
        channel = self.channels[channel_id]
        if self.users[user_id].workspace_id not in channel.teams:
            raise ValueError(f"#{channel.name} is not shared with the workspace of {user_id}.")
        if user_id in channel.members:
            return
        channel.members.add(user_id)
        room_events.member_joined(self, channel, user_id, inviter)
        messages.notice(self, channel, user_id, "join", f"<@{user_id}> has joined the channel")
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def leave(self, channel_id: str, user_id: str) -> None:
        channel = self.channels[channel_id]
        if user_id not in channel.members:
            return
        room_events.member_left(self, channel, user_id)
        channel.members.discard(user_id)
        messages.notice(self, channel, user_id, "leave", f"<@{user_id}> has left the channel")
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def rename(self, channel_id: str, name: str, *, by: str) -> None:
        channel = self.channels[channel_id]
        text = f'<@{by}> has renamed the channel from "{channel.name}" to "{name}"'
        channel.name = name
        room_events.renamed(self, channel)
        messages.notice(self, channel, by, "name", text)
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def set_archived(self, channel_id: str, is_archived: bool, *, by: str) -> None:
        channel = self.channels[channel_id]
        channel.is_archived = is_archived
        room_events.archived(self, channel, by)
        verb = "archive" if is_archived else "unarchive"
        messages.notice(self, channel, by, verb, f"<@{by}> has {verb}d the channel")
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)
