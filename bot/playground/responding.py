"""Answers by response_url: to a command, or to a click on a message, even where the bot is not a member."""

from typing import TYPE_CHECKING

from bot.playground import blocks, messages
from bot.playground.grants import ResponseUrl
from bot.playground.nouns import App, Json, Message

if TYPE_CHECKING:
    from bot.playground.state import Playground


def respond(playground: "Playground", app: App, grant: ResponseUrl, body: Json) -> str | None:
    """Does it, or returns Slack's name for what is wrong."""
    original = _original(playground, grant)
    if body.get("delete_original"):
        if original:
            messages.delete(playground, original)
        return None
    if not (body.get("text") or body.get("blocks") or body.get("attachments")):
        return "no_text"
    if blocks.validate(body.get("blocks") or [], "message", blocks.file_check(playground)):
        return "invalid_blocks"
    if body.get("replace_original") and original:
        with messages.changing(playground, original):
            _write(original, body)
    else:
        _post(playground, app, grant, body)
    return None


def _original(playground: "Playground", grant: ResponseUrl) -> Message | None:
    found = playground.messages[grant.channel].get(grant.message_ts or "")
    return None if found is None or found.deleted else found


def _write(message: Message, body: Json) -> None:
    message.text = str(body.get("text") or "")
    message.blocks = list(body.get("blocks") or [])
    message.attachments = list(body.get("attachments") or [])


def _post(playground: "Playground", app: App, grant: ResponseUrl, body: Json) -> None:
    installation = app.installations[grant.workspace_id]
    is_public = body.get("response_type") == "in_channel"
    messages.post(
        playground,
        playground.channels[grant.channel],
        text=str(body.get("text") or ""),
        blocks=list(body.get("blocks") or []),
        attachments=list(body.get("attachments") or []),
        thread_ts=body.get("thread_ts"),
        user=installation.bot_user_id,
        bot_id=installation.bot_id,
        app_id=app.id,
        ephemeral_to=None if is_public else grant.user_id,
    )
