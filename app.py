"""Ignition: each command parses, calls one function and prints. Heavy imports happen inside commands."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

if TYPE_CHECKING:
    from houston.agent.evals.running import Result
    from houston.agent.messages import ChatModel
    from houston.assembly import Houston
    from houston.commands.evaluating import Asking
    from houston.config import Settings
    from houston.watch.chart import Chart

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

T = TypeVar("T")

Files = Annotated[list[Path], typer.Argument(help="CSV files.", show_default=False)]
ClientSlug = Annotated[str | None, typer.Option("--client", help="The client's slug; a new one is made.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Sensitivity(StrEnum):
    low = "low"
    normal = "normal"
    high = "high"


class Show(StrEnum):
    summary = "summary"
    failed = "failed"


def now() -> datetime:
    return datetime.now(UTC)


@cli.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Without a command: run Houston."""
    if context.invoked_subcommand is None:
        finish(_run())


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 3100,
    data: Annotated[
        Path | None, typer.Option(help="Use the CSV files in this folder instead of the sample agency.")
    ] = None,
    llm: Annotated[bool, typer.Option("--llm", help="Answer with OPENAI_API_KEY's model.")] = False,
) -> None:
    """Try Houston with a local Slack in the browser: no tokens, no keys."""
    finish(_demo(port, data, llm))


@imports.command("metrics")
def import_metrics(files: Files, client: ClientSlug = None, as_json: AsJson = False) -> None:
    """`timestamp,value` (named after the file) or `timestamp,metric,channel,value`."""
    _import("metrics", files, client, as_json)


@imports.command("notes")
def import_notes(files: Files, client: ClientSlug = None, as_json: AsJson = False) -> None:
    """`created_at,title,body,status,author,private`; status is open, in_progress or done."""
    _import("notes", files, client, as_json)


@imports.command("customers")
def import_customers(files: Files, client: ClientSlug = None, as_json: AsJson = False) -> None:
    """`customer_id,name,email,segment,created_at,orders,revenue`."""
    _import("customers", files, client, as_json)


@api_key.command("create")
def create_api_key(
    name: Annotated[str, typer.Option(help="What it is for.")],
    client: Annotated[str | None, typer.Option(help="Bind it to this client's slug.")] = None,
) -> None:
    """Print a new key of the HTTP API; it is shown this once."""
    from houston.commands.keys import create_api_key

    offline(lambda houston: create_api_key(houston, name, client))


@workspaces.command("add")
def add_workspace(
    bot_token: Annotated[str, typer.Option(help="The app's bot token in that workspace, xoxb-….")],
    app_token: Annotated[str, typer.Option(help="The same app's app-level token, xapp-….")],
    client: Annotated[str | None, typer.Option(help="Bind the workspace to this client's slug.")] = None,
) -> None:
    """Connect a workspace that has a Slack app of its own."""
    finish(_add_workspace(bot_token, app_token, client))


@audits.command("verify")
def verify_audit() -> None:
    """Look for entries that were edited, removed or moved."""
    from houston.commands.keys import verify_audit

    succeed(offline(verify_audit))


@key_commands.command("rotate")
def rotate_keys() -> None:
    """Put everything that is sealed under the first key in HOUSTON_SECRET_KEY."""
    from houston.commands.keys import rotate_keys

    succeed(offline(lambda houston: rotate_keys(houston, now)))


@cli.command()
def doctor(as_json: AsJson = False) -> None:
    """Look at everything that Houston needs, and say how to mend what is wrong."""
    succeed(finish(_doctor(as_json)))


@cli.command()
def export() -> None:
    """Print the configuration as YAML; never a secret."""
    from houston.configuration import as_yaml, configuration

    print(as_yaml(offline(lambda houston: configuration(houston.store))), end="")


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
    from houston.commands.replaying import replay_stretch
    from houston.watch.replay import Stretch

    stretch = Stretch(
        pattern=metric, start=_moment(start, "--from"), end=_moment(end, "--to"), deliver=deliver
    )
    offline(lambda houston: replay_stretch(houston, stretch, client, as_json=as_json))


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
    from houston.commands.backtesting import backtest_file, print_folder
    from houston.watch.backtest import BacktestError, backtest_folder, closed_in
    from houston.watch.outliers.settings import Settings

    settings = Settings(sensitivity=sensitivity.value)
    try:
        closed = closed_in(country) if country else None
        if source.is_dir():
            print_folder(backtest_folder(source, _out_folder(out), settings, closed))
        else:
            backtest_file(source, settings, closed, as_json=as_json, chart=chart, draw=_draw)
    except BacktestError as error:
        print(f"{source}: {error}", file=sys.stderr)
        raise typer.Exit(1) from error


@cli.command("eval")
def evaluate(
    model: Annotated[str, typer.Option(help="A model's name; patterns needs none.")] = "patterns",
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="Of a server that speaks as OpenAI's does.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--set", help="A question set, or a folder of them; else the shipped one.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Ask about the CSV files in this folder, not the sample agency.")
    ] = None,
    repeat: Annotated[int, typer.Option(min=1, help="How often each question is asked.")] = 1,
    category: Annotated[list[str] | None, typer.Option(help="Only this category; may be repeated.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Only the question with this id.")] = None,
    show: Annotated[Show, typer.Option(help="The wrong answers, too.")] = Show.summary,
    price_in: Annotated[float | None, typer.Option(help="$ for a million tokens read.")] = None,
    price_out: Annotated[float | None, typer.Option(help="$ for a million tokens written.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask Houston a set of questions, and count the right answers: docs/evals.md."""
    from houston.agent.evals.report import Prices, failures, summary
    from houston.commands.evaluating import Asking

    prices = Prices(prompt=price_in or 0.0, completion=price_out or 0.0) if price_in or price_out else None
    asking = Asking(questions=questions, data=data, repeat=repeat, categories=category or (), only=only or ())
    found = finish(_evaluate(asking, model, base_url, as_json=as_json))
    if not as_json:
        if show is Show.failed:
            print(failures(found), end="\n\n")
        print(summary(found, model=model, prices=prices))


async def _evaluate(asking: "Asking", model: str, base_url: str | None, *, as_json: bool) -> "list[Result]":
    """A model's server of one's own may need no key."""
    from houston.commands.evaluating import evaluate
    from houston.opening import open_model
    from tools import ALL_TOOLS

    given = environment()
    api_key = None if model == "patterns" else given.get("OPENAI_API_KEY") or "none"
    async with AsyncExitStack() as closing:
        base_url = base_url or given.get("OPENAI_BASE_URL")
        answering = open_model(model, closing, api_key=api_key, base_url=base_url)
        return await evaluate(asking, answering, ALL_TOOLS, as_json=as_json)


def _draw(chart: "Chart") -> bytes:
    from bot.views.chart import draw

    return draw(chart)


def _out_folder(out: Path | None) -> Path:
    if out is None:
        raise typer.BadParameter("a folder needs --out FOLDER for its results", param_hint="--out")
    return out


def _moment(text: str, option: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("write ISO 8601, such as 2026-07-01", param_hint=option) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _import(
    kind: Literal["metrics", "notes", "customers"], files: list[Path], client: str | None, as_json: bool
) -> None:
    from houston.commands.importing import import_files

    succeed(offline(lambda houston: import_files(houston, kind, files, client, as_json=as_json)))


async def _add_workspace(bot_token: str, app_token: str, client: str | None) -> None:
    from bot.connect import clients, own_apps
    from houston import access, opening
    from houston.config import command_settings

    found = environment()
    async with opening.offline(found, now) as houston, clients.session() as http:
        plain = clients.plain(http, base_url=command_settings(found).slack_api_url)
        workspace = await own_apps.add(
            houston, plain, access.operator(), bot_token=bot_token, app_token=app_token, client=client
        )
    whose = "an agency's" if workspace.has_clients else "a client's"
    print(f"{workspace.name} ({workspace.id}) is connected as {whose} workspace.")


async def _doctor(as_json: bool) -> bool:
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
    return report.healthy(sections)


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


def running(found: "Settings", *, model: "ChatModel | None" = None) -> "AbstractAsyncContextManager[Houston]":
    """Houston with its tools, connected; it ticks once somebody calls `start`.

    `model` stands in for the one that the settings name.
    """
    from bot.running import running
    from tools import ALL_TOOLS

    return running(found, tools=ALL_TOOLS, now=now, model=model)


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


def offline(work: "Callable[[Houston], Awaitable[T]]") -> T:
    """What a command does beside a Houston that runs."""
    from houston import opening

    async def done() -> T:
        async with opening.offline(environment(), now) as houston:
            return await work(houston)

    return finish(done())


def succeed(went_well: bool) -> None:
    """Exit code 1 where it did not, once everything was said."""
    if not went_well:
        raise typer.Exit(1)


def finish(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what a person can mend is said in plain words, with exit code 1."""
    from houston.errors import HoustonError, SettingsError

    try:
        return asyncio.run(work)
    except HoustonError as error:
        print(error.message, file=sys.stderr)
        if isinstance(error, SettingsError) and "SLACK_APP_TOKEN" in error.problems:
            print("To try Houston without any of them: uv run app.py demo", file=sys.stderr)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    cli()
