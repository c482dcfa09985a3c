"""Slash commands and shortcuts, from a person to an app."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground import composing, interactions, messages, payloads, responding
from bot.playground.grants import ResponseUrl
from bot.playground.interactions import ActionResult
from bot.playground.nouns import SLACKBOT, App, Channel, Json, Message, NotAllowed, SlashCommand, User
from bot.playground.socket import Unanswered

if TYPE_CHECKING:
    from bot.playground.state import Playground


@dataclass(frozen=True, kw_only=True)
class CommandResult:
    ok: bool
    #: "operation_timeout", "dispatch_failed" or "invalid_command"
    error: str | None = None
    #: what the app answered at once, or what Slack says about the failure
    text: str = ""


async def run(playground: "Playground", user: User, room: Channel, line: str) -> CommandResult:
    name, _, text = line.strip().partition(" ")
    found = _command(playground, user.workspace_id, name)
    if found is None:
        return _failure(playground, user, room, "invalid_command", f"{name} is not a valid command.")
    app, command = found
    grant = playground.grants.response_url(
        app_id=app.id, workspace_id=user.workspace_id, user_id=user.id, channel=room.id
    )
    payload = _payload(playground, grant, user, room, command, text.strip())
    try:
        answer = await playground.sockets.ask(app, "slash_commands", payload)
    except Unanswered as unanswered:
        text = f'{name} failed with the error "{unanswered.error}"'
        return _failure(playground, user, room, unanswered.error, text)
    problem = responding.respond(playground, app, grant, answer) if answer else None
    if problem:
        return _failure(playground, user, room, problem, f'{name} failed with the error "{problem}"')
    return CommandResult(ok=True, text=str(answer.get("text", "")))


async def shortcut(
    playground: "Playground", user: User, callback_id: str, message: Message | None
) -> ActionResult:
    app = _app_of_shortcut(playground, user.workspace_id, callback_id, "message" if message else "global")
    kind = "message_action" if message else "shortcut"
    payload = interactions.payload(playground, app, user, kind)
    trigger = playground.grants.trigger(app_id=app.id, workspace_id=user.workspace_id, user_id=user.id)
    payload |= {"callback_id": callback_id, "trigger_id": trigger, "action_ts": playground.ids.ts()}
    if message:
        payload |= _message_part(playground, app, user, message)
    try:
        await playground.sockets.ask(app, "interactive", payload)
    except Unanswered as problem:
        return ActionResult(ok=False, error=problem.error)
    return ActionResult(ok=True)


def _command(playground: "Playground", workspace_id: str, name: str) -> tuple[App, SlashCommand] | None:
    for app, installation in playground.installations_in(workspace_id):
        for command in app.commands:
            if command.command == name and "commands" in installation.scopes:
                return app, command
    return None


def _app_of_shortcut(playground: "Playground", workspace_id: str, callback_id: str, type: str) -> App:
    for app, _ in playground.installations_in(workspace_id):
        if any((each.callback_id, each.type) == (callback_id, type) for each in app.shortcuts):
            return app
    raise NotAllowed(f"No app here has the {type} shortcut {callback_id!r}.")


def _payload(
    playground: "Playground", grant: ResponseUrl, user: User, room: Channel, command: SlashCommand, text: str
) -> Json:
    if command.should_escape:
        text = composing.compose(playground, user.workspace_id, text)
    workspace = playground.workspaces[user.workspace_id]
    trigger = playground.grants.trigger(app_id=grant.app_id, workspace_id=workspace.id, user_id=user.id)
    return {
        "token": "playground",
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": room.id,
        "channel_name": _channel_name(room),
        "user_id": user.id,
        "user_name": user.name,
        "command": command.command,
        "text": text,
        "api_app_id": grant.app_id,
        "is_enterprise_install": "false",
        "response_url": playground.origin + grant.path,
        "trigger_id": trigger,
    }


def _channel_name(room: Channel) -> str:
    if room.is_im:
        return "directmessage"
    return "privategroup" if room.is_private else room.name


def _message_part(playground: "Playground", app: App, user: User, message: Message) -> Json:
    room = playground.channels[message.channel]
    grant = playground.grants.response_url(
        app_id=app.id,
        workspace_id=user.workspace_id,
        user_id=user.id,
        channel=room.id,
        message_ts=message.ts,
        thread_ts=message.thread_ts,
    )
    return {
        "channel": {"id": room.id, "name": _channel_name(room)},
        "message": payloads.message(playground, message),
        "message_ts": message.ts,
        "response_url": playground.origin + grant.path,
    }


def _failure(playground: "Playground", user: User, room: Channel, error: str, text: str) -> CommandResult:
    messages.post(playground, room, text=text, user=SLACKBOT, ephemeral_to=user.id)
    return CommandResult(ok=False, error=error, text=text)
