"""The demo: the local Slack with the sample agency's people in it, and Houston furnished for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import people
from bot.connect import clients
from bot.connect.manifest import manifest
from bot.playground.page import routes
from bot.playground.person import Person
from bot.playground.server import PlaygroundServer
from bot.playground.state import App, Channel, Playground, Timings, Workspace
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import SettingsError
from houston.notify.rules.rules import RuleDraft
from houston.samples import agency, plant
from houston.samples.furnishing import RULES, furnish_shop
from houston.samples.own_data import bring_in

SEED = 7

UNHURRIED = Timings(ack_timeout=15.0, trigger_life=15.0)
"""Slack gives an app three seconds; here one computer, perhaps a busy one, is Slack, Houston and browser."""

PEOPLE = (
    ("mira", "Mira Keller", "Europe/Zurich", True),
    ("jonas", "Jonas Brandt", "Europe/Berlin", False),
    ("ada", "Ada Okafor", "Europe/London", False),
)
CHANNELS = (
    ("general", "Company-wide news", False),
    ("marketing-alerts", "What Houston sees in the metrics", False),
    ("client-notes", "Notes that the team writes down", False),
    ("data-pipelines", "Failed jobs and Houston's own errors", False),
    ("leadership", "Private", True),
)
WITH_HOUSTON = ("marketing-alerts", "client-notes", "data-pipelines", "leadership")
SMALL_TALK = (
    ("general", "ada", "Morning all ☕ Globex signed the renewal yesterday!"),
    ("general", "jonas", "Great news. I'll update the plan for December."),
    ("marketing-alerts", "mira", "I invited Houston here, so we'll hear about odd spend first."),
)


@dataclass(frozen=True, kw_only=True)
class DemoSlack:
    """A local Slack that runs, with one workspace and the Houston app installed in it."""

    server: PlaygroundServer
    workspace: Workspace
    app: App
    bot_token: str

    @property
    def url(self) -> str:
        """Where a person begins: the alerts, as an admin."""
        channel = self.channel("marketing-alerts")
        person = self.person("mira")
        return f"{self.server.url}/w/{self.workspace.id}/u/{person.user.id}/c/{channel}"

    def person(self, name: str) -> Person:
        playground = self.server.playground
        user = next(each for each in playground.users_of(self.workspace.id) if each.name == name)
        return Person(playground, self.workspace.id, user.id)

    def channel(self, name: str) -> str:
        channels = self.server.playground.channels_of(self.workspace.id)
        return next(each.id for each in channels if each.name == name)


async def open_slack(*, port: int = 0, playground: Playground | None = None) -> DemoSlack:
    """Start the local Slack with its people and channels; Houston is installed and invited."""
    playground = playground or Playground(timings=UNHURRIED)
    workspace = playground.add_workspace("Northwind Agency")
    channels = await _people_talking(playground, workspace)
    app = playground.create_app(manifest())
    bot_token = playground.install(app, workspace.id)
    for name in WITH_HOUSTON:
        channels[name].members.add(app.installations[workspace.id].bot_user_id)
    server = PlaygroundServer(playground, port=port, extra_routes=routes(playground))
    try:
        await server.start()
    except OSError as error:
        raise SettingsError({"--port": f"{port} is taken by another program; choose another."}) from error
    return DemoSlack(server=server, workspace=workspace, app=app, bot_token=bot_token)


async def _people_talking(playground: Playground, workspace: Workspace) -> dict[str, Channel]:
    """The agency before Houston came, so that no event of it waits for Houston."""
    people = {
        name: playground.add_user(workspace.id, name, real_name=real, tz=zone, is_admin=admin)
        for name, real, zone, admin in PEOPLE
    }
    channels = {
        name: playground.add_channel(
            workspace.id, name, members=people.values(), is_private=private, topic=topic
        )
        for name, topic, private in CHANNELS
    }
    for channel, who, text in SMALL_TALK:
        await Person(playground, workspace.id, people[who].id).say(channels[channel].id, text)
    return channels


async def furnish(
    houston: Houston,
    slack: DemoSlack,
    *,
    now: Callable[[], datetime],
    data: Path | None = None,
    files: Path | None = None,
) -> None:
    """Give Houston the sample agency, or the files in `data`, and a rule for each channel; into the
    folder `files`, which it may read, goes a shop with an alert on it."""
    mira = await _acquainted(houston, slack)
    await houston.workspaces.set_timezone(mira, PEOPLE[0][2])
    if data is None:
        await plant(
            houston.store,
            agency(SEED, now()),
            workspace_id=slack.workspace.id,
            checks=houston.checks,
            task_runs=houston.task_runs,
            now=now,
        )
    for channel, event_type in RULES:
        draft = RuleDraft(channels=(slack.channel(channel),), event_type=event_type)
        await houston.rules.add(mira, draft)
    if data:
        await bring_in(houston.imports, data)
    elif files:
        await furnish_shop(
            houston, mira, files, channel=slack.channel("marketing-alerts"), seed=SEED, now=now()
        )


async def _acquainted(houston: Houston, slack: DemoSlack) -> Actor:
    """Mira, the admin, once Houston knows everybody."""
    workspace_id = slack.workspace.id
    async with clients.session() as http:
        client = clients.interactive(slack.bot_token, http, base_url=slack.server.api_url)
        for name, *_ in PEOPLE:
            await people.refreshed(houston, client, workspace_id, slack.person(name).user.id)
    return await houston.access.actor(workspace_id, slack.person("mira").user.id)
