"""The form that connects a workspace through a Slack app of its own."""

from bot.views.blocks import Block, Message, View, context, field_block, plain, section
from bot.views.text import escape
from store.tables import Workspace

CALLBACK = "own_app_form"
CHECKING = Message(text="⏳ Asking Slack about both tokens…")


def form() -> View:
    client: Block = {
        "type": "external_select",
        "action_id": "chosen_client",
        "placeholder": plain("Type to search", 150),
        "min_query_length": 0,
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Own Slack app", 24),
        "submit": plain("Connect", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            section("Connect a workspace through a Slack app of its own, made there from `manifest.yml`."),
            _token("bot_token", "Bot token", "xoxb-…", "OAuth & Permissions, after installing the app."),
            _token("app_token", "App token", "xapp-…", "Basic Information, with connections:write."),
            field_block(
                "chosen_client",
                "Client",
                client,
                optional=True,
                hint=plain("A new workspace of this client's own. Empty: a workspace of the agency."),
            ),
        ],
    }


def connected(workspace: Workspace) -> Message:
    said = f"✅ *{escape(workspace.name, 100)}* is connected through its own Slack app."
    hint = context("Type `/invite @Houston` there in the channels that should hear of something.")
    return Message(text=said, blocks=[section(said), hint])


def _token(name: str, label: str, like: str, hint: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "placeholder": plain(like, 150),
        "max_length": 500,
    }
    return field_block(name, label, element, hint=plain(hint))
