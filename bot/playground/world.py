"""What the local Slack knows, in memory: every noun, how to add one and how to find it."""

import random
import time
from collections.abc import Callable, Iterable

from bot.playground.changes import Changes
from bot.playground.consent import Asked, Code
from bot.playground.faults import Faults
from bot.playground.grants import Grants
from bot.playground.ids import Ids
from bot.playground.limits import RateLimits, Timings
from bot.playground.nouns import (
    SLACKBOT,
    App,
    Channel,
    File,
    Installation,
    Json,
    Message,
    Status,
    SuggestedPrompts,
    User,
    View,
    Webhook,
    Workspace,
)
from bot.playground.people import settle
from bot.playground.socket import Sockets
from bot.playground.traffic import Traffic


class World:
    def __init__(
        self,
        *,
        now: Callable[[], float] = time.time,
        rng: random.Random | None = None,
        timings: Timings | None = None,
        limits_on: bool = True,
    ) -> None:
        rng = rng or random.Random(1)
        self.now = now
        self.timings = timings or Timings()
        self.limits_on = limits_on
        #: where the server listens, e.g. "http://127.0.0.1:3001"; set by the server
        self.origin = "http://127.0.0.1"
        self.ids = Ids(rng, now)
        self.changes = Changes()
        self.faults = Faults(rng)
        self.traffic = Traffic()
        self.rates = RateLimits(now)
        self.grants = Grants(self.ids, now, self.timings)
        self.sockets = Sockets(self.ids, rng, self.timings, self.changes)
        self.workspaces: dict[str, Workspace] = {}
        self.users: dict[str, User] = {SLACKBOT: _slackbot()}
        self.channels: dict[str, Channel] = {}
        #: channel id -> ts -> message, oldest first, deleted and ephemeral ones included
        self.messages: dict[str, dict[str, Message]] = {}
        #: (channel id, root's ts) -> replies, oldest first, deleted and ephemeral ones included
        self.threads: dict[tuple[str, str], list[Message]] = {}
        self.apps: dict[str, App] = {}
        #: what people were asked to consent to and have not answered, by its id
        self.asked: dict[str, Asked] = {}
        #: code -> the consent that it stands for
        self.codes: dict[str, Code] = {}
        self.views: dict[str, View] = {}
        #: user id -> the stack of open modals, the visible one last
        self.modals: dict[str, list[View]] = {}
        #: (app id, user id) -> the published Home tab
        self.homes: dict[tuple[str, str], View] = {}
        self.files: dict[str, File] = {}
        self.webhooks: dict[str, Webhook] = {}
        #: (channel id, thread ts) -> what the assistant says it is doing there
        self.statuses: dict[tuple[str, str], Status] = {}
        #: (channel id, thread ts) -> title of the agent session
        self.titles: dict[tuple[str, str], str] = {}
        #: channel id -> prompts offered in the app's Messages tab
        self.prompts: dict[str, SuggestedPrompts] = {}
        #: (user id, view id or message ts, action id) -> options that an external select has shown
        self.shown_options: dict[tuple[str, str, str], list[Json]] = {}

    def add_workspace(
        self,
        name: str,
        *,
        domain: str | None = None,
        apps_need_admin: bool = False,
        is_org_wide: bool = False,
    ) -> Workspace:
        workspace = Workspace(
            id=self.ids.new("T"),
            name=name,
            domain=domain or name.lower().replace(" ", "-"),
            icon_colour=self.ids.colour(),
            apps_need_admin=apps_need_admin,
            is_org_wide=is_org_wide,
        )
        self.workspaces[workspace.id] = workspace
        self.changes.publish("workspace", workspace.id)
        return workspace

    def add_user(
        self,
        workspace_id: str,
        name: str,
        *,
        real_name: str | None = None,
        email: str | None = None,
        tz: str = "UTC",
        is_admin: bool = False,
        is_owner: bool = False,
        is_primary_owner: bool = False,
        is_restricted: bool = False,
        is_ultra_restricted: bool = False,
        deleted: bool = False,
    ) -> User:
        """Somebody who is simply there: no app hears of it. Use `join_team` for that."""
        workspace = self.workspaces[workspace_id]
        user = User(
            id=self.ids.new("U"),
            workspace_id=workspace_id,
            name=name,
            real_name=real_name or name.title(),
            email=email or f"{name}@{workspace.domain}.example",
            tz=tz,
            is_admin=is_admin,
            is_owner=is_owner,
            is_primary_owner=is_primary_owner,
            is_restricted=is_restricted,
            is_ultra_restricted=is_ultra_restricted,
            deleted=deleted,
            colour=self.ids.colour(),
            updated=int(self.now()),
        )
        settle(user)
        self.users[user.id] = user
        self.changes.publish("user", workspace_id, user=user.id)
        return user

    def add_channel(
        self,
        workspace_id: str,
        name: str,
        *,
        members: Iterable[User] = (),
        is_private: bool = False,
        is_ext_shared: bool = False,
        topic: str = "",
    ) -> Channel:
        """A channel that is simply there: no app hears of its members. Use `join` for that."""
        if any(each.name == name for each in self.channels_of(workspace_id)):
            raise ValueError(f"#{name} exists already in {self.workspaces[workspace_id].name}.")
        users = list(members)
        channel = Channel(
            id=self.ids.new("C"),
            workspace_id=workspace_id,
            name=name,
            created=int(self.now()),
            creator=users[0].id if users else SLACKBOT,
            is_private=is_private,
            is_ext_shared=is_ext_shared,
            members={user.id for user in users},
            topic=topic,
        )
        self._keep(channel)
        return channel

    def dm(self, workspace_id: str, user_id: str, other_id: str) -> Channel:
        """The direct conversation of two users, made when it is first needed."""
        pair = {user_id, other_id}
        for channel in self.channels_of(workspace_id):
            if channel.is_im and channel.members == pair:
                return channel
        channel = Channel(
            id=self.ids.new("D"),
            workspace_id=workspace_id,
            name="",
            created=int(self.now()),
            is_im=True,
            is_private=True,
            members=pair,
        )
        self._keep(channel)
        return channel

    def _keep(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        self.changes.publish("channel", channel.workspace_id, channel=channel.id)

    def channels_of(self, workspace_id: str) -> list[Channel]:
        """Its own channels, and those that others share with it."""
        return [each for each in self.channels.values() if workspace_id in each.teams]

    def users_of(self, workspace_id: str) -> list[User]:
        return [each for each in self.users.values() if each.workspace_id == workspace_id]

    def known_in(self, workspace_id: str) -> list[User]:
        """Its own people, then the members of channels that it shares with other workspaces."""
        met = {each for room in self.channels_of(workspace_id) if room.connected for each in room.members}
        strangers = [self.users[each] for each in sorted(met)]
        own = self.users_of(workspace_id)
        return own + [each for each in strangers if each.workspace_id != workspace_id]

    def installations_in(self, workspace_id: str) -> list[tuple[App, Installation]]:
        """The apps at work in the workspace."""
        return [
            (app, app.installations[workspace_id])
            for app in self.apps.values()
            if workspace_id in app.installations and not app.installations[workspace_id].refused_with
        ]

    def author(self, message: Message) -> Installation | None:
        """The installation whose bot or webhook wrote it; None for people."""
        app = self.apps.get(message.app_id or "")
        installed = app.installations.values() if app else ()
        return next((each for each in installed if each.bot_id == message.bot_id), None)

    def home_of(self, message: Message) -> str:
        """The workspace of whoever wrote it."""
        installation, user = self.author(message), self.users.get(message.user or "")
        if installation is not None:
            return installation.workspace_id
        return (user.workspace_id if user else "") or self.channels[message.channel].workspace_id

    def message(self, channel_id: str, ts: str) -> Message | None:
        """The message, unless it was deleted or is nobody's but one user's."""
        found = self.messages.get(channel_id, {}).get(ts)
        return None if found is None or found.deleted or found.ephemeral_to else found

    def replies(self, channel_id: str, thread_ts: str) -> list[Message]:
        """The thread's replies, oldest first, without the root."""
        found = self.threads.get((channel_id, thread_ts), [])
        return [each for each in found if not each.deleted and not each.ephemeral_to]

    def has_thread(self, channel_id: str, thread_ts: str) -> bool:
        """Whether one can reply to this message; to a deleted one only where there are replies already."""
        return self.message(channel_id, thread_ts) is not None or bool(self.replies(channel_id, thread_ts))

    def status(self, channel_id: str, thread_ts: str) -> Status | None:
        found = self.statuses.get((channel_id, thread_ts))
        return found if found and found.text and found.expires_at > self.now() else None


def _slackbot() -> User:
    return User(id=SLACKBOT, workspace_id="", name="slackbot", real_name="Slackbot", is_bot=True)
