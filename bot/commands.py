"""/houston and its subcommands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import asking, modals, people
from bot.hearing import words
from bot.streams import Answers
from bot.views import clients, help, outliers, rules, status
from bot.views.blocks import Message, section
from bot.views.rule_form import Origin
from bot.views.text import escape
from houston.agent.conversation import without_client
from houston.assembly import Houston
from houston.errors import Invalid
from store.scope import Scope
from store.tables import Workspace

COMMAND = "/houston"
DAYS = 7
ALIKE = 60
"""Of 100: how much a word must resemble a command to be taken for it."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A command line with everything that its subcommand may need."""

    houston: Houston
    client: AsyncWebClient
    context: AsyncBoltContext
    respond: AsyncRespond
    answers: Answers
    connection: Callable[[], str]
    now: Callable[[], datetime]
    scope: Scope
    workspace: Workspace
    user_id: str
    channel_id: str
    trigger_id: str
    text: str
    """What follows the subcommand."""

    @property
    def has_clients(self) -> bool:
        return self.workspace.has_clients


Subcommand = Callable[[Typed], Awaitable[Message | None]]


def register(app: AsyncApp) -> None:
    app.command(COMMAND)(run)


async def run(
    ack: AsyncAck,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    command: dict[str, str],
    respond: AsyncRespond,
    houston: Houston,
    answers: Answers,
    connection: Callable[[], str],
    now: Callable[[], datetime],
) -> None:
    await ack()
    workspace_id, user_id, channel_id = command["team_id"], command["user_id"], command["channel_id"]
    typed = Typed(
        houston=houston,
        client=client,
        context=context,
        respond=respond,
        answers=answers,
        connection=connection,
        now=now,
        scope=await houston.access.scope(workspace_id, user_id, channel_id),
        workspace=await houston.workspaces.get(workspace_id),
        user_id=user_id,
        channel_id=channel_id,
        trigger_id=command["trigger_id"],
        text=words(command.get("text") or "", None),
    )
    message = await _chosen(SUBCOMMANDS, typed, otherwise=_unknown)
    if message:
        await respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


async def _chosen(table: dict[str, Subcommand], typed: Typed, *, otherwise: Subcommand) -> Message | None:
    """Run what the first word names, with the rest of the line."""
    word, rest = (*typed.text.split(None, 1), "", "")[:2]
    subcommand = table.get(word.lower())
    if subcommand is None:
        return await otherwise(typed)
    return await subcommand(replace(typed, text=rest.strip()))


async def _help(typed: Typed) -> Message:
    return help.helped()


async def _unknown(typed: Typed) -> Message:
    word = typed.text.split()[0]
    return help.helped(word, nearest(typed.text))


async def _ask(typed: Typed) -> None:
    if not without_client(typed.text)[0]:
        raise Invalid(
            "question", "Write your question after it: `/houston ask How did revenue do last week?`"
        )
    root = await asking.root(typed.client, typed.channel_id, typed.user_id, typed.text)
    asked = await asking.question(
        typed.houston,
        typed.client,
        workspace_id=typed.workspace.id,
        user_id=typed.user_id,
        channel=typed.channel_id,
        thread_ts=root or f"command {typed.trigger_id}",
        ts=root or f"command {typed.trigger_id}",
        text=typed.text,
    )
    if root:
        await asking.answer(typed.houston, typed.client, typed.answers, asked)
    else:
        await asking.answer_privately(typed.houston, typed.respond, asked)


async def _rules(typed: Typed) -> Message | None:
    if not typed.text:
        found = await typed.houston.rules.all(typed.scope)
        return rules.listed(found, has_clients=typed.has_clients)
    return await _chosen(RULES, typed, otherwise=_unknown_rules)


async def _unknown_rules(typed: Typed) -> Message:
    raise Invalid(
        "rules", "Write `/houston rules`, then nothing, `add`, `pause N`, `resume N` or `delete N`."
    )


async def _add_rule(typed: Typed) -> None:
    origin = Origin(response_url=typed.context.response_url or "")
    await modals.open_form(typed.houston, typed.client, typed.scope, typed.trigger_id, origin)


async def _pause_rule(typed: Typed) -> Message:
    rule = await typed.houston.rules.pause(typed.scope, _number(typed, "pause"))
    return rules.confirmed(rule, "Paused", has_clients=typed.has_clients)


async def _resume_rule(typed: Typed) -> Message:
    rule = await typed.houston.rules.resume(typed.scope, _number(typed, "resume"))
    return rules.confirmed(rule, "Resumed", has_clients=typed.has_clients)


async def _delete_rule(typed: Typed) -> Message:
    rule = await typed.houston.rules.delete(typed.scope, _number(typed, "delete"))
    return rules.confirmed(rule, "Deleted", has_clients=typed.has_clients)


async def _outliers(typed: Typed) -> Message:
    return await latest_outliers(typed.houston, typed.scope, typed.workspace, typed.now())


async def _clients(typed: Typed) -> Message:
    return clients.listed(await typed.houston.clients.all(typed.scope))


async def _note(typed: Typed) -> Message:
    text, slug = without_client(typed.text)
    client = await typed.houston.clients.find(typed.scope, slug) if slug else None
    author = await people.member(typed.houston, typed.client, typed.workspace.id, typed.user_id)
    note = await typed.houston.notes.write_text(
        typed.scope,
        author=author.name,
        text=text,
        client_id=client.id if client else None,
    )
    about = f" for {escape(client.name, 100)}" if client else ""
    return _said(f"📝 Noted{about}: *{escape(note.title, 300)}*")


async def _status(typed: Typed) -> Message:
    return status.shown(await typed.houston.status(typed.scope), typed.connection())


async def _timezone(typed: Typed) -> Message:
    if not typed.text:
        zone = typed.workspace.timezone
        return _said(f"🕐 The workspace's time zone is *{zone}*. `/houston timezone Area/City` changes it.")
    zone = (await typed.houston.workspaces.set_timezone(typed.scope, typed.text)).key
    return _said(f"✅ The workspace's time zone is now *{zone}*.")


SUBCOMMANDS: dict[str, Subcommand] = {
    "": _help,
    "help": _help,
    "ask": _ask,
    "rules": _rules,
    "outliers": _outliers,
    "clients": _clients,
    "note": _note,
    "status": _status,
    "timezone": _timezone,
}

RULES: dict[str, Subcommand] = {
    "add": _add_rule,
    "pause": _pause_rule,
    "resume": _resume_rule,
    "delete": _delete_rule,
}


async def latest_outliers(houston: Houston, scope: Scope, workspace: Workspace, now: datetime) -> Message:
    start = now - timedelta(days=DAYS)
    found = await houston.occurrences.list(scope, start=start, end=now)
    return outliers.listed(found, ZoneInfo(workspace.timezone), days=DAYS)


def nearest(text: str) -> str | None:
    """The command that was probably meant: one that looks alike, or `ask` for what reads like a question."""
    word = text.split()[0].lower()
    if len(text.split()) > 2 and word not in SUBCOMMANDS:
        return f"ask {text}"
    names = [name for name in SUBCOMMANDS if name]
    found = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def _number(typed: Typed, verb: str) -> int:
    digits = typed.text.removeprefix("#")
    if not digits.isdecimal() or len(digits) > 9:
        raise Invalid("number", f"Say which one by its number: `/houston rules {verb} 3`.")
    return int(digits)


def _said(text: str) -> Message:
    return Message(text=text, blocks=[section(text)])
