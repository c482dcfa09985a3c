"""One request's workspace and person, read from the address."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.playground.nouns import App, Channel, Installation, User, Workspace
from bot.playground.page.reader import Reader
from bot.playground.page.unread import Marks
from bot.playground.person import Person
from bot.playground.state import Playground


@dataclass(frozen=True, kw_only=True)
class Site:
    playground: Playground
    marks: Marks


@dataclass(kw_only=True)
class Visit:
    site: Site
    workspace: Workspace
    user: User

    @property
    def playground(self) -> Playground:
        return self.site.playground

    @property
    def base(self) -> str:
        return f"/w/{self.workspace.id}/u/{self.user.id}"

    @cached_property
    def person(self) -> Person:
        return Person(self.playground, self.workspace.id, self.user.id)

    @cached_property
    def reader(self) -> Reader:
        return Reader(
            user_id=self.user.id,
            zone=ZoneInfo(self.user.tz),
            now=datetime.fromtimestamp(self.playground.now(), UTC),
            base=self.base,
            user_names={each.id: shown_name(each) for each in self.playground.users.values()},
            channel_names={each.id: each.name for each in self.visible_channels()},
        )

    def visible_channels(self) -> list[Channel]:
        return self.person.visible_channels()

    def channel(self, channel_id: str) -> Channel:
        for each in self.visible_channels():
            if each.id == channel_id:
                return each
        raise web.HTTPNotFound(text="There is no such channel here.")

    def app_of_dm(self, channel: Channel) -> App | None:
        """The app on the other side of a direct conversation."""
        for app, installation in self.installations():
            if channel.is_im and installation.bot_user_id in channel.members:
                return app
        return None

    def installations(self) -> list[tuple[App, Installation]]:
        return self.playground.installations_in(self.workspace.id)

    def app(self, app_id: str) -> App:
        for app, _ in self.installations():
            if app.id == app_id:
                return app
        raise web.HTTPNotFound(text="There is no such app here.")

    def other(self, channel: Channel) -> User:
        """The other side of a direct conversation."""
        others = channel.members - {self.user.id} or channel.members
        return self.playground.users[min(others)]

    def status(self, channel_id: str, thread_ts: str) -> str | None:
        """What an assistant is doing in the thread, said of it: "Houston is thinking…"."""
        found = self.person.status(channel_id, thread_ts)
        if not found:
            return None
        name = next((app.name for app, _ in self.installations()), "")
        return found if found.startswith(name) else f"{name} {found}"

    def room_name(self, channel: Channel) -> str:
        return shown_name(self.other(channel)) if channel.is_im else channel.name


def visit_of(site: Site, request: web.Request) -> Visit:
    workspace = site.playground.workspaces.get(request.match_info["team"])
    user = site.playground.users.get(request.match_info["user"])
    if workspace is None or user is None or user.workspace_id != workspace.id or user.is_bot:
        raise web.HTTPNotFound(text="There is no such workspace or user here.")
    return Visit(site=site, workspace=workspace, user=user)


def shown_name(user: User) -> str:
    return user.real_name or user.name


def people_of(playground: Playground, workspace: Workspace) -> list[User]:
    """Those whom a visitor can be."""
    return [each for each in playground.users_of(workspace.id) if not each.is_bot and not each.deleted]
