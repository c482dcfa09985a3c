"""The demo: the local Slack with the sample agency's people in it, and Houston furnished for them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import people
from bot.connect import clients
from bot.connect.manifest import manifest
from bot.playground.page import routes
from bot.playground.person import Person
from bot.playground.server import PlaygroundServer
from bot.playground.state import App, Channel, Playground, Workspace
from houston import access
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import SettingsError
from houston.notify.rules.rules import RuleDraft
from houston.records.imports import ImportReport, Imports
from houston.reports.reports import ReportDraft
from houston.reports.sources import SourceDraft
from houston.samples import agency, plant
from houston.samples.shop import REPORT, write_shop
from houston.watch.alerts.alert import AlertDraft, AlertRule

log = logging.getLogger(__name__)

SEED = 7

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
RULES = (
    ("marketing-alerts", "outlier"),
    ("client-notes", "note_created"),
    ("client-notes", "note_updated"),
    ("data-pipelines", "task_failure"),
    ("data-pipelines", "system_error"),
)
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
    playground = playground or Playground()
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
    for channel, event_type in RULES:
        draft = RuleDraft(channels=(slack.channel(channel),), event_type=event_type)
        await houston.rules.add(mira, draft)
    if data:
        await _import(houston, data)
        return
    await plant(
        houston.store,
        agency(SEED, now()),
        workspace_id=slack.workspace.id,
        checks=houston.checks,
        now=now,
    )
    if files:
        await asyncio.to_thread(write_shop, files, SEED, now())
        await _watch_shop(houston, mira, files, slack.channel("marketing-alerts"))


async def _watch_shop(houston: Houston, mira: Actor, files: Path, channel: str) -> None:
    acme = await houston.clients.find(mira.scope, "acme")
    source = SourceDraft(name="Acme's shop", url=f"duckdb:///{files}", client_id=acme.id)
    source_id = (await houston.data_sources.add(mira, source)).id or 0
    seen = await houston.reports.add(mira, ReportDraft(name="Sales by shop", source_id=source_id, sql=REPORT))
    await houston.alerts.add(
        mira,
        AlertDraft(
            name="Few orders",
            report_id=seen.report.id or 0,
            rules=(AlertRule(text="Conversion Rate < 1.5%"), AlertRule(text="no rows", severity="critical")),
            schedule="every 15 minutes",
            owner_id=mira.user_id,
            channels=(channel,),
        ),
    )


async def _acquainted(houston: Houston, slack: DemoSlack) -> Actor:
    """Mira, the admin, once Houston knows everybody."""
    workspace_id = slack.workspace.id
    async with clients.session() as http:
        client = clients.interactive(slack.bot_token, http, base_url=slack.server.api_url)
        for name, *_ in PEOPLE:
            await people.refreshed(houston, client, workspace_id, slack.person(name).user.id)
    return await houston.access.actor(workspace_id, slack.person("mira").user.id)


async def _import(houston: Houston, data: Path) -> None:
    """CSV files, in a subfolder those of the client it is named after; raises Invalid for a bad one."""
    for file in _csv_files(data):
        client = None if file.parent == data else file.parent.name
        report = await _importer(houston.imports, file)(access.everything(), [file], client)
        for refused in report.refused:
            log.warning("%s, line %s: %s", refused.file, refused.line, refused.why)


def _csv_files(data: Path) -> list[Path]:
    files = sorted(data.glob("*.csv")) + sorted(data.glob("*/*.csv"))
    if not files:
        raise SettingsError({"--data": f"{data} holds no .csv files."})
    return files


def _importer(imports: Imports, file: Path) -> Callable[..., Awaitable[ImportReport]]:
    if file.name.startswith("notes"):
        return imports.notes
    return imports.customers if file.name.startswith("customers") else imports.metrics
