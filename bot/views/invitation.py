"""Invitations: the forms that make one, the link that comes out, and the ones still open."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.views.blocks import Block, View, button, confirm, context, field_block, plain, section
from bot.views.text import count, day, escape
from houston.team.setup import Invited

CALLBACK = "invite_form"
SHOWN = 10
DAYS = 7

NOT_CONFIGURED = (
    "Invitations need Slack's OAuth. Set `SLACK_CLIENT_ID`, `SLACK_CLIENT_SECRET` and `SLACK_REDIRECT_URI`, "
    "restart Houston, and press this again."
)


def form() -> View:
    """Choose a client, or name a new one."""
    chooser: Block = {
        "type": "external_select",
        "action_id": "chosen_client",
        "placeholder": plain("Type to search", 150),
        "min_query_length": 0,
    }
    name: Block = {"type": "plain_text_input", "action_id": "client_name", "max_length": 100}
    hint = plain("Leave it empty to invite the client chosen above.")
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Invite a client", 24),
        "submit": plain("Make the link", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            section("Their workspace will see this one client and nothing else, for ever."),
            field_block("chosen_client", "Client", chooser, optional=True),
            field_block("client_name", "Or a new client's name", name, optional=True, hint=hint),
        ],
    }


def link(url: str, client_name: str | None) -> View:
    """The address to send on, in a block that copies with one click."""
    whom = f"an admin of {escape(client_name, 100)}'s Slack workspace" if client_name else "the other agency"
    return {
        "type": "modal",
        "callback_id": "invite_link",
        "title": plain("Install link", 24),
        "close": plain("Done", 24),
        "blocks": [
            section(f"Send this link to {whom}:"),
            section(f"```{escape(url)}```"),
            context(f"It works once, for {DAYS} days. It can be revoked on the *Connection* tab until then."),
        ],
    }


def open_ones(invited: Sequence[Invited], zone: ZoneInfo) -> Iterator[Block]:
    if not invited:
        return
    yield section(f"*{count(len(invited), 'open invitation')}*")
    for each in invited[:SHOWN]:
        whom = escape(each.client.name, 100) if each.client else "another agency workspace"
        until = day(each.invitation.expires_at, zone)
        yield section(f"{whom} · until {until}", _revoke(each.invitation.id))
    if len(invited) > SHOWN:
        yield context(f"{len(invited) - SHOWN} more are not shown.")


def _revoke(id: str) -> Block:
    sure = confirm("Revoke invitation", "Its link stops working at once.", "Revoke")
    return button("Revoke", "revoke_invitation", value=id, style="danger") | {"confirm": sure}
