"""The playground: a world whose apps are told what happens in it."""

from collections.abc import Iterable

from bot.playground import events, messages
from bot.playground.changes import Change
from bot.playground.faults import Fault
from bot.playground.limits import Timings
from bot.playground.manifest import read_manifest
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
        parsed = read_manifest(manifest)
        app_id = self.ids.new("A")
        app = App(
            id=app_id,
            client_id=self.ids.client_id(),
            name=parsed.name,
            app_token=self.ids.app_token(app_id),
            description=parsed.description,
            scopes=parsed.scopes,
            events=parsed.events,
            commands=parsed.commands,
            shortcuts=parsed.shortcuts,
            suggested_prompts=parsed.suggested_prompts,
            has_home=parsed.has_home,
            has_messages=parsed.has_messages,
        )
        self.apps[app.id] = app
        return app

    def install(self, app: App, workspace_id: str, *, scopes: Iterable[str] | None = None) -> str:
        """Puts the app into the workspace and returns its bot token. A new install keeps the bot user."""
        granted = set(app.scopes if scopes is None else scopes)
        bot = self._bot_user(app, workspace_id)
        installation = Installation(
            app_id=app.id,
            workspace_id=workspace_id,
            bot_user_id=bot.id,
            bot_id=bot.bot_id or "",
            token=self.ids.bot_token(),
            scopes=granted,
        )
        app.installations[workspace_id] = installation
        self.changes.publish("workspace", workspace_id)
        return installation.token

    def _bot_user(self, app: App, workspace_id: str) -> User:
        for user in self.users_of(workspace_id):
            if user.app_id == app.id:
                user.deleted = False
                return user
        user = self.add_user(workspace_id, app.name.lower().replace(" ", ""), real_name=app.name)
        user.is_bot, user.app_id, user.bot_id = True, app.id, self.ids.new("B")
        return user

    def uninstall(self, app: App, workspace_id: str) -> None:
        installation = app.installations[workspace_id]
        events.app_removed(self, installation)
        installation.refused_with = "account_inactive"
        self.users[installation.bot_user_id].deleted = True
        for channel in self.channels_of(workspace_id):
            if not channel.is_im:
                channel.members.discard(installation.bot_user_id)
        self.changes.publish("workspace", workspace_id)

    def revoke_token(self, app: App, workspace_id: str) -> None:
        installation = app.installations[workspace_id]
        events.tokens_revoked(self, installation)
        installation.refused_with = "token_revoked"

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

    # --- channels

    def join(self, channel_id: str, user_id: str, *, inviter: str | None = None) -> None:
        channel = self.channels[channel_id]
        if user_id in channel.members:
            return
        channel.members.add(user_id)
        events.member_joined(self, channel, user_id, inviter)
        messages.notice(self, channel, user_id, "join", f"<@{user_id}> has joined the channel")
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def leave(self, channel_id: str, user_id: str) -> None:
        channel = self.channels[channel_id]
        if user_id not in channel.members:
            return
        events.member_left(self, channel, user_id)
        channel.members.discard(user_id)
        messages.notice(self, channel, user_id, "leave", f"<@{user_id}> has left the channel")
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def rename(self, channel_id: str, name: str, *, by: str) -> None:
        channel = self.channels[channel_id]
        text = f'<@{by}> has renamed the channel from "{channel.name}" to "{name}"'
        channel.name = name
        events.channel_renamed(self, channel)
        messages.notice(self, channel, by, "name", text)
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def set_archived(self, channel_id: str, is_archived: bool, *, by: str) -> None:
        channel = self.channels[channel_id]
        channel.is_archived = is_archived
        events.channel_archived(self, channel, by)
        verb = "archive" if is_archived else "unarchive"
        messages.notice(self, channel, by, verb, f"<@{by}> has {verb}d the channel")
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)
