"""Ignition: each command parses, calls one function and prints. Heavy imports happen inside commands."""

import asyncio
import json
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
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from houston.agent.messages import ChatModel
    from houston.assembly import Houston
    from houston.config import Settings
    from houston.records.imports import ImportReport
    from houston.watch.backtest import Closed, FileReport
    from houston.watch.outliers.settings import Settings as DetectorSettings
    from houston.watch.replay import Stretch
    from store import Store

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
    from houston.watch.backtest import BacktestError, backtest_folder, closed_in, open_always
    from houston.watch.outliers.settings import Settings

    settings = Settings(sensitivity=sensitivity.value)
    try:
        closed = closed_in(country) if country else open_always
        if source.is_dir():
            _print_folder(backtest_folder(source, _out_folder(out), settings, closed))
        else:
            _backtest_file(source, settings, closed, as_json=as_json, chart=chart)
    except BacktestError as error:
        print(f"{source}: {error}", file=sys.stderr)
        raise typer.Exit(1) from error


def _backtest_file(
    source: Path, settings: "DetectorSettings", closed: "Closed", *, as_json: bool, chart: Path | None
) -> None:
    from houston.watch.backtest import backtest, read_csv
    from houston.watch.backtest_report import picture, summary

    rows, problems = read_csv(source)
    for problem in problems:
        print(problem, file=sys.stderr)
    verdicts = list(backtest(rows, settings, closed))
    if as_json:
        sys.stdout.writelines(json.dumps(verdict) + "\n" for verdict in verdicts)
    else:
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
                access.operator(), files, client, lambda advance: bar.update(task, completed=advance.part)
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
        found = await houston.clients.find(access.operator(), client)
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
    async with offline() as houston:
        print(await houston.api_keys.create(name, client))


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
    from houston.config import demo_settings

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
                await furnish(houston, slack, now=now, data=data)
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
    from bot import clients, installs
    from bot.bolt import build_bolt_app
    from bot.connections import Connection
    from bot.messenger import SlackMessenger
    from houston.assembly import assemble
    from houston.web.server import WebServer
    from tools import ALL_TOOLS

    async with AsyncExitStack() as closing:
        store = await _open_store(found, closing)
        http = await closing.enter_async_context(clients.session())
        delivering = clients.delivering(found.slack_bot_token, http, base_url=found.slack_api_url)

        async def client_for(workspace_id: str) -> Any:
            return delivering

        messenger = SlackMessenger(client_for)
        closing.push_async_callback(messenger.close)
        houston = assemble(
            store,
            now=now,
            rng=random.Random(),
            model=model or _model(found, closing),
            tools=ALL_TOOLS,
            messenger=messenger,
        )
        closing.push_async_callback(houston.close)
        _report_lost_errors(houston, closing)
        client = clients.interactive(found.slack_bot_token, http, base_url=found.slack_api_url)
        await installs.connect(houston, client)
        bolt = build_bolt_app(houston, client, now=now, connection=lambda: str(connection))
        connection = Connection(bolt, found.slack_app_token)
        closing.push_async_callback(connection.close)
        await connection.open()
        server = WebServer(houston, host=found.houston_host, port=found.houston_port)
        closing.push_async_callback(server.stop)
        await server.start()
        yield houston


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
    from store import Store

    store = Store(found.database_url, now=now, rng=random.Random())
    store.hold()
    closing.push_async_callback(store.close)
    await store.open()
    return store


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
    from houston.config import database_settings
    from store import Store

    rng = random.Random()
    store = Store(database_settings(environment()).database_url, now=now, rng=rng)
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
        if isinstance(error, SettingsError) and "SLACK_BOT_TOKEN" in error.problems:
            print("To try Houston without any of them: uv run app.py demo", file=sys.stderr)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    cli()
