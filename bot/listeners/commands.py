"""/houston and its subcommands."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers import asking, keeping
from bot.answers.hearing import words
from bot.answers.streams import Answers
from bot.listeners import (
    agency,
    answering,
    auditing,
    bindings,
    deliveries,
    destinations,
    digest,
    members,
    pausing,
    preferences,
    rule_commands,
    trials,
)
from bot.listeners.typed import Subcommand, Typed, chosen, said
from bot.listeners.watching import alerts, sources
from bot.views import help, outliers, status
from bot.views.blocks import Message
from bot.views.reader import Reader
from bot.views.text import escape
from houston.agent.conversations.conversation import Question, without_client
from houston.assembly import Houston
from houston.errors import Invalid
from store.scope import Scope
from store.tables import Workspace

COMMAND = "/houston"
DAYS = 7
ALIKE = 60
"""Of 100: how much a word must resemble a command to be taken for it."""


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
    connection: Callable[[str], str],
    now: Callable[[], datetime],
) -> None:
    text = words(command.get("text") or "", None)
    asked = await _asked(houston, command, text)
    async with keeping.kept(houston, asked):
        await ack()
        typed = Typed(
            houston=houston,
            client=client,
            context=context,
            respond=respond,
            answers=answers,
            connection=connection,
            now=now,
            actor=await people.actor(houston, context),
            workspace=await houston.workspaces.get(command["team_id"]),
            user_id=command["user_id"],
            channel_id=command["channel_id"],
            trigger_id=command["trigger_id"],
            text=text,
            asked=asked,
        )
        message = await chosen(SUBCOMMANDS, typed, otherwise=_unknown)
        if message:
            await respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


async def _asked(houston: Houston, command: dict[str, str], text: str) -> Question | None:
    """None for every other subcommand, and where there is nothing to answer."""
    word, question = (*text.split(None, 1), "", "")[:2]
    if SUBCOMMANDS.get(word.lower()) is not _ask or not without_client(question)[0]:
        return None
    place = f"command {command['trigger_id']}"
    return await asking.asked(
        houston,
        workspace_id=command["team_id"],
        user_id=command["user_id"],
        channel=command["channel_id"],
        thread_ts=place,
        ts=place,
        text=question.strip(),
    )


async def helped(houston: Houston, context: AsyncBoltContext) -> Message:
    """The help for whoever acts, where it is no command that asks for it."""
    workspace = await houston.workspaces.get(str(context.team_id))
    return help.helped(Reader.of(await people.actor(houston, context), workspace), SUBCOMMANDS)


async def _help(typed: Typed) -> Message:
    return help.helped(typed.reader, SUBCOMMANDS)


async def _unknown(typed: Typed) -> Message:
    word = typed.text.split()[0]
    return help.helped(typed.reader, SUBCOMMANDS, word, nearest(typed.text, typed.reader))


async def _ask(typed: Typed) -> None:
    if typed.asked is None:
        raise Invalid(
            "question", "Write your question after it: `/houston ask How did revenue do last week?`"
        )
    asked = await asking.introduced(typed.houston, typed.client, typed.asked)
    await asking.answer_command(typed.houston, typed.client, typed.answers, typed.respond, asked)


async def _outliers(typed: Typed) -> Message:
    return await latest_outliers(typed.houston, typed.scope, typed.workspace, typed.now())


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
    return said(f"📝 Noted{about}: *{escape(note.title, 300)}*")


async def _status(typed: Typed) -> Message:
    found = await typed.houston.status(typed.scope)
    states = typed.context["states"]() if typed.reader.runs_agency else ()
    return status.shown(found, typed.connection(typed.workspace.id), states, typed.reader)


async def _timezone(typed: Typed) -> Message:
    if not typed.text:
        change = " `/houston timezone Area/City` changes it." if typed.actor.is_admin else ""
        return said(f"🕐 The workspace's time zone is *{typed.workspace.timezone}*.{change}")
    zone = (await typed.houston.workspaces.set_timezone(typed.actor, typed.text)).key
    return said(f"✅ The workspace's time zone is now *{zone}*.")


SUBCOMMANDS: dict[str, Subcommand] = {
    "": _help,
    "help": _help,
    "ask": _ask,
    "rules": rule_commands.listed,
    "outliers": _outliers,
    "alerts": alerts.listed,
    "sources": sources.listed,
    "clients": agency.listed,
    "note": _note,
    "status": _status,
    "digest": digest.settings,
    "timezone": _timezone,
    "deliveries": deliveries.listed,
    "prefs": preferences.choose,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "destinations": destinations.listed,
    "test": trials.typed,
    "audit": auditing.latest,
    "client": bindings.client_of_channel,
    "answers": answering.of_channel,
    "people": members.list_people,
}


async def latest_outliers(houston: Houston, scope: Scope, workspace: Workspace, now: datetime) -> Message:
    start = now - timedelta(days=DAYS)
    found = await houston.occurrences.list(scope, start=start, end=now)
    return outliers.listed(found, ZoneInfo(workspace.timezone), days=DAYS)


def nearest(text: str, reader: Reader) -> str | None:
    """The command that was probably meant: one that looks alike, or `ask` for what reads like a question."""
    word = text.split()[0].lower()
    if len(text.split()) > 2 and word not in SUBCOMMANDS:
        return f"ask {text}"
    found = process.extractOne(word, help.words(reader, SUBCOMMANDS), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None
