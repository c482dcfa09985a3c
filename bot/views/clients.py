"""The agency's clients: the list, and the form that adds one. Deleting has a file of its own."""

from collections.abc import Sequence

from bot.views.blocks import (
    MOST_OPTIONS,
    Block,
    Message,
    View,
    actions,
    button,
    context,
    field_block,
    option,
    plain,
    section,
)
from bot.views.reader import Reader
from bot.views.text import count, escape
from store.tables import Client

CALLBACK = "client_form"
SHOWN = 60
ELSEWHERE = (
    "This channel is held to one client: add, invite and delete in another one, or in a direct message."
)
ONE_CLIENT = "Everything in this workspace is about one client, so there is nothing to choose from."


def listed(clients: Sequence[Client], reader: Reader) -> Message:
    """An agency's list; a client's own workspace gets `ONE_CLIENT`."""
    if not clients:
        return _none(reader)
    title = f"*{count(len(clients), 'client')}*"
    lines = [f"• {escape(client.name, 30)} — `{client.slug}`" for client in clients[:SHOWN]]
    blocks = [section("\n".join([title, *lines[:30]]))]
    if lines[30:]:
        blocks.append(section("\n".join(lines[30:])))
    if len(clients) > SHOWN:
        blocks.append(context(f"{len(clients) - SHOWN} more are not shown."))
    blocks.append(context("Ask about one with `/houston ask --client SLUG QUESTION`."))
    return Message(text=title.strip("*"), blocks=[*blocks, *_buttons(reader, delete=True)])


def form() -> View:
    name: Block = {"type": "plain_text_input", "action_id": "client_name", "max_length": 100}
    hint = plain("Its slug, the short name for commands and scripts, is made from it.")
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Add client", 24),
        "submit": plain("Add", 24),
        "close": plain("Cancel", 24),
        "blocks": [field_block("client_name", "Name", name, hint=hint)],
    }


def added(client: Client) -> Message:
    said = f"✅ Added *{escape(client.name, 100)}* (`{client.slug}`)."
    hint = context(f"`app.py import metrics FILE.csv --client {client.slug}` brings its figures in.")
    return Message(text=said, blocks=[section(said), hint])


def options(clients: Sequence[Client], query: str) -> list[Block]:
    """Those that match, by name or slug: as many as Slack takes."""
    wanted = query.strip().casefold()
    found = [each for each in clients if wanted in each.name.casefold() or wanted in each.slug]
    return [option(each.name, str(each.id)) for each in found[:MOST_OPTIONS]]


def _none(reader: Reader) -> Message:
    said = "You see no clients yet."
    if reader.sees_all:
        said = "No clients yet. One comes with *Add client*, or with its first import: "
        said += "`app.py import metrics FILE.csv --client SLUG`."
    return Message(text=said, blocks=[section(said), *_buttons(reader, delete=False)])


def _buttons(reader: Reader, *, delete: bool) -> list[Block]:
    if not reader.runs_agency:
        return [context(ELSEWHERE)] if reader.is_admin else []
    row = [button("Invite a client", "invite_client", style="primary"), button("Add client", "add_client")]
    if delete:
        row.append(button("Delete client…", "delete_client", style="danger"))
    return [actions(*row)]
