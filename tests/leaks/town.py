"""A local Slack for the attack: an agency, its two clients, and strangers behind Slack Connect."""

import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.connect import clients
from bot.connect.manifest import manifest
from bot.playground.person import Person
from bot.playground.state import App, Channel, Playground, User, Workspace
from tests.bot.slack import QUICK
from tests.leaks.canaries import NOTHING, canary
from tests.leaks.elsewhere import Elsewhere
from tests.leaks.watching import Watch, WatchedServer, WatchedSockets

TEAMS = {"agency": "n", "client_a": "a", "client_b": "b", "outside": ""}
"""Each workspace, and whose names its own are; Houston is in all but the last."""


@dataclass(frozen=True, kw_only=True)
class Role:
    """A kind of person. `sees` are the owners of what may reach them where no channel says less."""

    team: str
    sees: frozenset[str]
    rooms: tuple[str, ...]
    traits: Mapping[str, Any]
    acts_in: str
    """The room where they do what anybody does."""


def _role(team: str, sees: str, rooms: str, **traits: Any) -> Role:
    named = tuple(rooms.split())
    return Role(team=team, sees=frozenset(sees), rooms=named, traits=traits, acts_in=named[0])


ROLES = {
    "agency admin": _role("agency", "abgnr", "hall leads desk_a desk_b partners lounge open", is_admin=True),
    "agency member": _role("agency", "abgnr", "hall leads desk_a desk_b"),
    "member with one client": _role("agency", "anr", "hall desk_a partners"),
    "guest": _role("agency", "nr", "hall desk_a", is_restricted=True),
    "deactivated member": _role("agency", "", "hall", deleted=True),
    "client A's admin": _role("client_a", "a", "room_a", is_admin=True),
    "client A's member": _role("client_a", "a", "room_a"),
    "client B's admin": _role("client_b", "b", "room_b", is_admin=True),
    "client B's member": _role("client_b", "b", "room_b"),
    "stranger": _role("outside", "", "partners lounge open"),
}
"""Everybody in Slack. `unknown` joins them in the attack: a user id that nobody has."""

UNKNOWN = "unknown user"


@dataclass(frozen=True, kw_only=True)
class Room:
    """A channel. `tells` are the owners of what an admin's rules may have told there."""

    team: str
    tells: frozenset[str]
    bound_to: str = ""
    is_shared: bool = False
    is_approved: bool = False
    is_private: bool = False


ROOMS = {
    "hall": Room(team="agency", tells=frozenset("abgnr")),
    "leads": Room(team="agency", tells=frozenset("abgnr"), is_private=True),
    "desk_a": Room(team="agency", tells=frozenset("anr"), bound_to="a"),
    "desk_b": Room(team="agency", tells=frozenset("bnr"), bound_to="b", is_private=True),
    "partners": Room(team="agency", tells=frozenset("an"), bound_to="a", is_shared=True, is_approved=True),
    "lounge": Room(team="agency", tells=frozenset("abgnr"), is_shared=True, is_approved=True),
    "open": Room(team="agency", tells=NOTHING, is_shared=True),
    "room_a": Room(team="client_a", tells=frozenset("a")),
    "room_b": Room(team="client_b", tells=frozenset("b")),
}
"""`open` is shared with strangers and no admin has approved it."""

HOOKED = {"agency": "hall", "client_a": "room_a", "client_b": "room_b"}
"""Where an incoming webhook of each workspace leads: Houston cannot know."""


@dataclass(kw_only=True)
class Town:
    """The local Slack with everybody in it, and the watch over what is sent to them."""

    playground: Playground
    server: WatchedServer
    http: aiohttp.ClientSession
    app: App
    watch: Watch
    sockets: WatchedSockets
    teams: dict[str, Workspace]
    rooms: dict[str, Channel]
    users: dict[str, User]
    elsewhere: Elsewhere
    urls: dict[str, str]
    """Those that somebody put in as destinations: `webhook <team>`, `service <team>`."""

    def person(self, who: str) -> Person:
        user = self.users[who]
        return Person(self.playground, user.workspace_id, user.id)

    def workspace_of(self, who: str) -> str:
        """Where Houston meets this person: a stranger in the agency's workspace."""
        team = ROLES[who].team if who in ROLES else "agency"
        return self.teams["agency" if team == "outside" else team].id

    def webhook(self, team: str) -> str:
        """The URL of one more incoming webhook, which nobody has put in yet."""
        url = self.playground.add_webhook(self.app, self.rooms[HOOKED[team]].id)
        self.urls[f"webhook {team} {len(self.urls)}"] = url
        self.watch.secrets.append(hidden(url))
        return url

    def secrets(self) -> list[str]:
        """What no message, answer or log may ever hold."""
        tokens = [installation.token for installation in self.app.installations.values()]
        return [*tokens, self.app.app_token, self.app.client_secret, *map(hidden, self.urls.values())]


def hidden(url: str) -> str:
    """The part of a destination's URL that gives it away, however the rest is written."""
    return url.rpartition("/")[2]


@asynccontextmanager
async def open_town() -> AsyncIterator[Town]:
    playground = Playground(now=time.time, rng=random.Random(7), timings=QUICK, limits_on=False)
    watch = Watch(playground)
    playground.sockets = sockets = WatchedSockets(playground, watch)
    server = WatchedServer(playground, watch)
    async with server, clients.session() as http, Elsewhere(watch) as elsewhere:
        teams = {team: playground.add_workspace(_name(team), domain=team) for team in TEAMS}
        app = playground.create_app(manifest())
        for team in TEAMS:
            if team != "outside":
                playground.install(app, teams[team].id)
        users = {who: _user(playground, teams, who) for who in ROLES}
        town = Town(
            playground=playground,
            server=server,
            http=http,
            app=app,
            watch=watch,
            sockets=sockets,
            teams=teams,
            users=users,
            rooms={},
            elsewhere=elsewhere,
            urls={},
        )
        town.rooms.update((name, _channel(town, name)) for name in ROOMS)
        for team, room in HOOKED.items():
            town.urls[f"webhook {team}"] = playground.add_webhook(app, town.rooms[room].id)
            town.urls[f"service {team}"] = elsewhere.url(team)
        watch.begin(town)
        yield town


def _name(team: str) -> str:
    owner = TEAMS[team]
    return canary(owner, "workspace") if owner else "Outside"


def _user(playground: Playground, teams: Mapping[str, Workspace], who: str) -> User:
    role = ROLES[who]
    owner = TEAMS[role.team]
    name = "".join(letter for letter in who.lower() if letter.isalpha())
    real_name = canary(owner, f"person {name}") if owner in ("a", "b") else f"Person {name}"
    email = f"{canary(owner or 'g', f'mail {name}')}@mail.example"
    return playground.add_user(teams[role.team].id, name, real_name=real_name, email=email, **role.traits)


def _channel(town: Town, name: str) -> Channel:
    room = ROOMS[name]
    team = town.teams[room.team]
    bot = town.app.installations[team.id].bot_user_id
    here = [who for who, role in ROLES.items() if name in role.rooms and who != "deactivated member"]
    people = [town.users[who] for who in here]
    owner = TEAMS[room.team]
    channel = town.playground.add_channel(
        team.id,
        canary(owner, f"channel {name.replace('_', '')}"),
        members=[*people, town.playground.users[bot]],
        is_private=room.is_private,
        is_ext_shared=room.is_shared,
    )
    if room.is_shared:
        channel.connected.add(town.teams["outside"].id)
    return channel
