"""Ignition: each command parses, calls one function and prints. Heavy imports happen inside commands."""

import asyncio
import json
import logging
import os
import random
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from aiohttp import ClientSession
    from rich.progress import Progress as Bar
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.connect.clients import Clients
    from bot.connect.oauth import OAuth
    from bot.connect.tokens import Credentials
    from houston.agent.messages import ChatModel
    from houston.assembly import Houston
    from houston.config import Settings
    from houston.notify.messenger import Messenger
    from houston.notify.places.urls import Urls
    from houston.records.imports import ImportReport
    from houston.watch.backtest import Closed, FileReport
    from houston.watch.outliers.settings import Settings as DetectorSettings
    from houston.watch.replay import Stretch
    from store import Store
    from store.sources import Sources

log = logging.getLogger("houston")

cli = typer.Typer(
    help="Houston: watches a team's metrics, tells the right Slack channel, answers in the thread.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
imports = typer.Typer(help="Bring CSV files in; safe to run twice.", no_args_is_help=True)
cli.add_typer(imports, name="import")
api_key = typer.Typer(help="Keys of the HTTP API.", no_args_is_help=True)
cli.add_typer(api_key, name="api-key")
workspaces = typer.Typer(help="Slack workspaces.", no_args_is_help=True)
cli.add_typer(workspaces, name="workspace")
audits = typer.Typer(help="The log of who changed what.", no_args_is_help=True)
cli.add_typer(audits, name="audit")
key_commands = typer.Typer(help="The keys in HOUSTON_SECRET_KEY.", no_args_is_help=True)
cli.add_typer(key_commands, name="keys")

Files = Annotated[list[Path], typer.Argument(help="CSV files.", show_default=False)]
ClientSlug = Annotated[str | None, typer.Option("--client", help="The client's slug; a new one is made.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Sensitivity(StrEnum):
    low = "low"
    normal = "normal"
    high = "high"


def now() -> datetime:
    return datetime.now(UTC)


@cli.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Without a command: run Houston."""
    if context.invoked_subcommand is None:
        _finish(_run())


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 3100,
    data: Annotated[
        Path | None, typer.Option(help="Use the CSV files in this folder instead of the sample agency.")
    ] = None,
    llm: Annotated[bool, typer.Option("--llm", help="Answer with OPENAI_API_KEY's model.")] = False,
) -> None:
    """Try Houston with a local Slack in the browser: no tokens, no keys."""
    _finish(_demo(port, data, llm))


@imports.command("metrics")
def import_metrics(files: Files, client: ClientSlug = None, as_json: AsJson = False) -> None:
    """`timestamp,value` (named after the file) or `timestamp,metric,channel,value`."""
    _finish(_import("metrics", files, client, as_json))


@imports.command("notes")
def import_notes(files: Files, client: ClientSlug = None, as_json: AsJson = False) -> None:
    """`created_at,title,body,status,author,private`; status is open, in_progress or done."""
    _finish(_import("notes", files, client, as_json))


@imports.command("customers")
def import_customers(files: Files, client: ClientSlug = None, as_json: AsJson = False) -> None:
    """`customer_id,name,email,segment,created_at,orders,revenue`."""
    _finish(_import("customers", files, client, as_json))


@api_key.command("create")
def create_api_key(
    name: Annotated[str, typer.Option(help="What it is for.")],
    client: Annotated[str | None, typer.Option(help="Bind it to this client's slug.")] = None,
) -> None:
    """Print a new key of the HTTP API; it is shown this once."""
    _finish(_create_api_key(name, client))


@workspaces.command("add")
def add_workspace(
    bot_token: Annotated[str, typer.Option(help="The app's bot token in that workspace, xoxb-….")],
    app_token: Annotated[str, typer.Option(help="The same app's app-level token, xapp-….")],
    client: Annotated[str | None, typer.Option(help="Bind the workspace to this client's slug.")] = None,
) -> None:
    """Connect a workspace that has a Slack app of its own."""
    _finish(_add_workspace(bot_token, app_token, client))


@audits.command("verify")
def verify_audit() -> None:
    """Look for entries that were edited, removed or moved."""
    _finish(_verify_audit())


@key_commands.command("rotate")
def rotate_keys() -> None:
    """Put everything that is sealed under the first key in HOUSTON_SECRET_KEY."""
    _finish(_rotate_keys())


@cli.command()
def doctor(as_json: AsJson = False) -> None:
    """Look at everything that Houston needs, and say how to mend what is wrong."""
    _finish(_doctor(as_json))


@cli.command()
def export() -> None:
    """Print the configuration as YAML; never a secret."""
    _finish(_export())


@cli.command()
def replay(
    metric: Annotated[str, typer.Option(help="A metric, or a pattern such as spend/*.")],
    client: Annotated[str, typer.Option(help="The client's slug.")],
    start: Annotated[str, typer.Option("--from", help="The first moment, ISO 8601.")],
    end: Annotated[str, typer.Option("--to", help="The last moment, ISO 8601.")],
    deliver: Annotated[bool, typer.Option("--deliver", help="Tell the channels of the rules.")] = False,
    as_json: AsJson = False,
) -> None:
    """Move time over stored points through the schedule's own outlier check."""
    from houston.watch.replay import Stretch

    stretch = Stretch(
        pattern=metric, start=_moment(start, "--from"), end=_moment(end, "--to"), deliver=deliver
    )
    _finish(_replay(stretch, client, as_json=as_json))


@cli.command()
def backtest(
    source: Annotated[Path, typer.Argument(help="A CSV `timestamp,value`, or a folder of them.")],
    sensitivity: Sensitivity = Sensitivity.normal,
    country: Annotated[
        str | None, typer.Option(help="Leave out this country's holidays, such as CH.")
    ] = None,
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option(help="For a folder: where <name>.jsonl files go.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Draw what it found as a PNG.")] = None,
) -> None:
    """Replay the outlier detector over a file: what would it have alerted on?"""
    from houston.watch.backtest import BacktestError, backtest_folder, closed_in
    from houston.watch.outliers.settings import Settings

    settings = Settings(sensitivity=sensitivity.value)
    try:
        closed = closed_in(country) if country else None
        if source.is_dir():
            _print_folder(backtest_folder(source, _out_folder(out), settings, closed))
        else:
            _backtest_file(source, settings, closed, as_json=as_json, chart=chart)
    except BacktestError as error:
        print(f"{source}: {error}", file=sys.stderr)
        raise typer.Exit(1) from error


def _backtest_file(
    source: Path, settings: "DetectorSettings", closed: "Closed | None", *, as_json: bool, chart: Path | None
) -> None:
    from houston.watch.backtest import backtest, backtest_json, read_csv

    rows, problems = read_csv(source)
    for problem in problems:
        print(problem, file=sys.stderr)
    if as_json:
        sys.stdout.writelines(backtest_json(rows, settings, closed))
    if as_json and not chart:
        return

    from houston.watch.backtest_report import picture, summary

    verdicts = list(backtest(rows, settings, closed))
    if not as_json:
        print(summary(rows, verdicts))
    if chart:
        from bot.views.chart import draw

        chart.write_bytes(draw(picture(source.stem, rows, verdicts)))


def _out_folder(out: Path | None) -> Path:
    if out is None:
        raise typer.BadParameter("a folder needs --out FOLDER for its results", param_hint="--out")
    return out


def _print_folder(reports: "Iterator[FileReport]") -> None:
    for report in reports:
        print(f"{report.name}: {report.rows} rows", file=sys.stderr)
        for problem in report.problems:
            print(f"{report.name}, {problem}", file=sys.stderr)


async def _import(kind: str, files: list[Path], client: str | None, as_json: bool) -> None:
    from houston import access

    async with offline() as houston:
        with _bar() as bar:
            task = bar.add_task(f"Importing {kind}", total=1.0)
            report = await getattr(houston.imports, kind)(
                access.everything(), files, client, lambda advance: bar.update(task, completed=advance.part)
            )
            bar.update(task, completed=1.0)
    _print_import(report, as_json)
    if report.refused and not report.taken:
        raise typer.Exit(1)


def _print_import(report: "ImportReport", as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(report)))
        return
    for row in report.refused:
        where = f"{row.file}, line {row.line}" if row.line else row.file
        print(f"refused: {where}: {row.why}", file=sys.stderr)
    series = f" into {len(report.metrics)} metrics: {', '.join(report.metrics)}" if report.metrics else ""
    print(f"{report.taken:,} rows taken{series}; {len(report.refused):,} refused.")


async def _replay(stretch: "Stretch", client: str, *, as_json: bool) -> None:
    from houston import access
    from houston.watch.replay import replay

    async with offline() as houston:
        found = await houston.clients.find(access.everything(), client)
        length = (stretch.end - stretch.start).total_seconds()
        with _bar() as bar:
            task = bar.add_task("Replaying", total=length)
            findings = await replay(
                houston.store,
                houston.checks,
                found,
                stretch,
                lambda moment: bar.update(task, completed=(moment - stretch.start).total_seconds()),
            )
            bar.update(task, completed=length)
    for finding in findings:
        print(json.dumps(finding.as_dict()) if as_json else finding.sentence())
    if not as_json:
        told = "recorded; a running Houston posts them" if stretch.deliver else "found; nothing was told"
        print(f"{sum(each.is_news for each in findings)} alerts {told}.")


def _moment(text: str, option: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("write ISO 8601, such as 2026-07-01", param_hint=option) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bar() -> "Bar":
    """On stderr, so that stdout stays clean for scripts; silent where nobody watches."""
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())


async def _create_api_key(name: str, client: str | None) -> None:
    from houston import access

    async with offline() as houston:
        print((await houston.api_keys.create(access.operator(), name, client)).key)


async def _add_workspace(bot_token: str, app_token: str, client: str | None) -> None:
    from bot.connect import clients, own_apps
    from houston import access
    from houston.config import command_settings

    async with offline() as houston, clients.session() as http:
        plain = clients.plain(http, base_url=command_settings(environment()).slack_api_url)
        workspace = await own_apps.add(
            houston, plain, access.operator(), bot_token=bot_token, app_token=app_token, client=client
        )
    whose = "an agency's" if workspace.has_clients else "a client's"
    print(f"{workspace.name} ({workspace.id}) is connected as {whose} workspace.")


async def _verify_audit() -> None:
    from houston.team.verification import verify

    async with offline() as houston:
        found = await verify(houston.store)
    if found.problem:
        print(found.problem, file=sys.stderr)
        raise typer.Exit(1)
    print(f"{found.checked:,} entries, unbroken. The newest, to keep elsewhere: {found.end}")


async def _rotate_keys() -> None:
    from houston.keys import rotate

    async with offline() as houston:
        with _bar() as bar:
            task = bar.add_task("Sealing", total=None)
            done = await rotate(
                houston.store,
                now=now(),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
    print(f"{done.resealed:,} values are under the first key now.")
    for name in done.unreadable:
        print(f"left as it is, since no key opens it: {name}", file=sys.stderr)
    if done.unreadable:
        raise typer.Exit(1)


async def _doctor(as_json: bool) -> None:
    from bot.connect import clients
    from bot.connect.checkup import Checkup
    from bot.connect.manifest import bot_scopes
    from houston import logs
    from houston.doctor import report
    from houston.doctor.rounds import rounds
    from houston.doctor.told import told

    logs.configure("CRITICAL", "text")
    found = told(environment())
    async with clients.session() as http:
        checkup = Checkup(
            http=http,
            base_url=found.settings.slack_api_url,
            scopes=bot_scopes(),
            bot_token=found.settings.slack_bot_token,
            app_token=found.app_token,
        )
        sections = await rounds(found, slack=checkup.checks, now=now)
    print(report.as_json(sections) if as_json else report.text(sections))
    if not report.healthy(sections):
        raise typer.Exit(1)


async def _export() -> None:
    from houston.configuration import as_yaml, configuration

    async with offline() as houston:
        print(as_yaml(await configuration(houston.store)), end="")


async def _run() -> None:
    from houston import logs
    from houston.config import settings

    found = settings(environment())
    logs.configure(found.houston_log_level, found.houston_log_format)
    async with running(found) as houston:
        houston.start()
        await _stopped()


async def _demo(port: int, data: Path | None, llm: bool) -> None:
    from bot.demo import furnish, open_slack
    from houston import logs
    from houston.config import SHOP, demo_settings

    slack = await open_slack(port=port)
    with tempfile.TemporaryDirectory(prefix="houston-demo-") as temporary:
        found = demo_settings(
            os.environ if llm else {},
            api_url=slack.server.api_url,
            app_token=slack.app.app_token,
            bot_token=slack.bot_token,
            data_dir=Path(temporary),
        )
        logs.configure("WARNING", found.houston_log_format)
        try:
            async with running(found) as houston:
                await furnish(houston, slack, now=now, data=data, files=Path(temporary) / SHOP)
                houston.start()
                print(f"Houston demo: {slack.url}", flush=True)
                await _stopped()
        finally:
            await slack.server.stop()


@asynccontextmanager
async def running(found: "Settings", *, model: "ChatModel | None" = None) -> AsyncIterator["Houston"]:
    """Houston connected to Slack and listening on HTTP; it ticks once somebody calls `start`.

    `model` stands in for the one that the settings name.
    """
    from bot.connect import clients
    from bot.connect.tokens import Tokens
    from bot.messenger import SlackMessenger
    from houston.assembly import assemble
    from houston.config import slack_origin
    from houston.notify.places.urls import Urls
    from tools import ALL_TOOLS

    async with AsyncExitStack() as closing:
        store = await _open_store(found, closing)
        http = await closing.enter_async_context(clients.session())
        plain = clients.plain(http, base_url=found.slack_api_url)

        async def client_for(workspace_id: str) -> Any:
            return await slack.delivering(workspace_id)

        messenger = SlackMessenger(client_for)
        closing.push_async_callback(messenger.close)
        urls = Urls(store=store)
        sources = _sources(found, closing)
        houston = assemble(
            store,
            now=now,
            rng=random.Random(),
            model=model or _model(found, closing),
            tools=ALL_TOOLS,
            messenger=_everywhere(found, messenger, urls, http, closing),
            urls=urls,
            slack_origin=slack_origin(found),
            sources=sources,
        )
        closing.push_async_callback(houston.close)
        _report_lost_errors(houston, closing)
        tokens = Tokens(houston.workspaces, plain, credentials=_credentials(found), now=now)
        closing.push_async_callback(tokens.close)
        slack = clients.Clients(tokens=tokens, http=http, base_url=found.slack_api_url)
        await _connect(found, houston, slack, plain, closing)
        yield houston


def _everywhere(
    found: "Settings",
    slack: "Messenger",
    urls: "Urls",
    http: "ClientSession",
    closing: AsyncExitStack,
) -> "Messenger":
    """Slack, its incoming webhooks, and all other services."""
    from bot.posting.webhooks import WebhookMessenger
    from bot.views.announcement import plain
    from houston.notify.places.elsewhere import Elsewhere
    from houston.notify.places.everywhere import Everywhere
    from store.sources.reach import Reach

    services = Elsewhere(urls, plain, Reach(allowed=found.houston_allow_hosts))
    closing.push_async_callback(services.close)
    return Everywhere(slack=slack, others={"webhook": WebhookMessenger(urls, http), "service": services})


async def _connect(
    found: "Settings", houston: "Houston", slack: "Clients", plain: "AsyncWebClient", closing: AsyncExitStack
) -> None:
    """Hear Slack and the web, as long as `closing` stays open."""
    from bot.bolt import build_bolt_app
    from bot.connect import installs, oauth, own_apps, revocation
    from bot.connect.connections import Connections
    from houston.web.server import WebServer
    from houston.web.slack import SlackSide

    if found.slack_bot_token:
        await installs.connect(houston, slack.tokens, plain, found.slack_bot_token, found.slack_app_token)
    install = _oauth(found)
    bolt = build_bolt_app(
        houston,
        slack,
        now=now,
        connection=lambda workspace_id: connections.words(workspace_id),
        states=lambda: connections.states(),
        changed=lambda: connections.changed(),
        public_url=install.public_url if install else None,
    )
    connections = Connections(
        bolt,
        found.slack_app_token,
        houston.workspaces.tokens.own_apps,
        arrived=partial(installs.arrived, houston, slack),
    )
    closing.push_async_callback(connections.close)
    await connections.open()
    refreshing = asyncio.create_task(installs.refresh_all(houston, slack), name="channels of every workspace")
    closing.push_async_callback(_cancelled, refreshing)
    server = WebServer(
        houston,
        host=found.houston_host,
        port=found.houston_port,
        routes=oauth.routes(houston, slack, install, changed=connections.changed),
        connections=connections.states,
        slack=SlackSide(
            connect=partial(own_apps.add, houston, plain),
            erased=partial(revocation.revoke_all, plain),
            changed=connections.changed,
        ),
        metrics_token=found.houston_metrics_token,
    )
    closing.push_async_callback(server.stop)
    await server.start()
    await _say_how_to_begin(found, houston)


async def _say_how_to_begin(found: "Settings", houston: "Houston") -> None:
    if found.has_oauth and await houston.onboarding.is_open():
        code = houston.onboarding.setup_code()
        log.warning(
            "To connect your first workspace, open %s and enter the setup code %s", found.public_url, code
        )
    elif not await houston.workspaces.all_active():
        log.warning("No workspace is connected: set SLACK_BOT_TOKEN, or use `app.py workspace add`.")


def _credentials(found: "Settings") -> "Credentials | None":
    from bot.connect.tokens import Credentials

    if found.slack_client_id is None or found.slack_client_secret is None:
        return None
    return Credentials(client_id=found.slack_client_id, client_secret=found.slack_client_secret)


def _oauth(found: "Settings") -> "OAuth | None":
    from bot.connect.manifest import bot_scopes
    from bot.connect.oauth import OAuth

    credentials = _credentials(found)
    if credentials is None or found.slack_redirect_uri is None:
        return None
    return OAuth(
        credentials=credentials,
        redirect_uri=found.slack_redirect_uri,
        consent_url=found.consent_url,
        public_url=found.public_url,
        scopes=bot_scopes(),
    )


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _report_lost_errors(houston: "Houston", closing: AsyncExitStack) -> None:
    """Tell of what fails in a task that nobody waits for, as of any other fault."""
    loop = asyncio.get_running_loop()
    telling: set[asyncio.Task[str]] = set()

    def lost(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not isinstance(error, Exception):
            loop.default_exception_handler(context)
            return
        task = loop.create_task(houston.faults.unhandled(error, "a background task"))
        telling.add(task)
        task.add_done_callback(telling.discard)

    loop.set_exception_handler(lost)
    closing.callback(loop.set_exception_handler, None)


async def _open_store(found: "Settings", closing: AsyncExitStack) -> "Store":
    from houston import keys
    from store import Store

    store = Store(found.database_url, now=now, rng=random.Random(), keyring=keys.keyring(found))
    store.hold()
    closing.push_async_callback(store.close)
    await store.open()
    for name in await keys.unreadable(store):
        log.error("No secret key opens %s. Put the key back that sealed it: docs/workspaces.md.", name)
    return store


def _sources(found: "Settings", closing: AsyncExitStack) -> "Sources":
    """Users' own databases."""
    from store.sources import Sources

    sources = Sources(
        own_url=found.database_url,
        file_roots=found.houston_file_roots,
        allow_hosts=found.houston_allow_hosts,
        now=now,
    )
    closing.push_async_callback(sources.close)
    return sources


def _model(found: "Settings", closing: AsyncExitStack) -> "ChatModel":
    if not found.openai_api_key:
        from houston.agent.patterns.model import PatternsModel

        return PatternsModel()
    from houston.agent.model import OpenAIModel

    model = OpenAIModel(
        api_key=found.openai_api_key, base_url=found.openai_base_url, model=found.houston_model
    )
    closing.push_async_callback(model.close)
    return model


async def _stopped() -> None:
    """Until somebody asks the process to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    await stop.wait()


def environment() -> dict[str, str]:
    """The process's variables, over those of a .env file beside it."""
    from dotenv import dotenv_values

    return {**{name: value or "" for name, value in dotenv_values(".env").items()}, **os.environ}


@asynccontextmanager
async def offline() -> AsyncIterator["Houston"]:
    """Houston's services without Slack: for commands beside one that runs, which delivers."""
    from houston.agent.patterns.model import PatternsModel
    from houston.assembly import assemble
    from houston.config import command_settings
    from houston.keys import keyring
    from store import Store

    rng = random.Random()
    found = command_settings(environment())
    store = Store(found.database_url, now=now, rng=rng, keyring=keyring(found))
    await store.open()
    houston = assemble(store, now=now, rng=rng, model=PatternsModel(), tools=())
    try:
        yield houston
    finally:
        await houston.close()


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; what a person can mend is said in plain words, with exit code 1."""
    from houston.errors import HoustonError, SettingsError

    try:
        asyncio.run(work)
    except HoustonError as error:
        print(error.message, file=sys.stderr)
        if isinstance(error, SettingsError) and "SLACK_APP_TOKEN" in error.problems:
            print("To try Houston without any of them: uv run app.py demo", file=sys.stderr)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    cli()
