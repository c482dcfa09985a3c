"""What one person alone is shown when they press a button under an alert."""

from collections.abc import Sequence

from bot.views import rules
from bot.views.blocks import Block, Message, View, actions, button, context, field_block, plain, section
from bot.views.text import count
from houston.notify.handling.muting import Cause, Why
from houston.notify.rules.rules import RuleSeen

ASSIGN_FORM, ASSIGNEE = "assign_form", "assignee"
TITLE = "*Why did I get this?*"
SHOWN = 10

BECAUSE = {
    Cause.RULES: "These notification rules send it here:",
    Cause.ESCALATION: "Nobody took it in time, so this rule passed it on:",
    Cause.PREFERENCE: "You asked for it in your own preferences. `/houston prefs` changes them.",
    Cause.DEFAULT_CHANNEL: "No rule matched it, and this is the default channel for such news.",
    Cause.HOUSTON: "No rule sends it: Houston itself has something to say, as in a digest.",
}


def assign_form(delivery_id: int) -> View:
    """The modal in which somebody is chosen."""
    people = {"type": "users_select", "action_id": ASSIGNEE, "placeholder": plain("Choose a person", 150)}
    return {
        "type": "modal",
        "callback_id": ASSIGN_FORM,
        "private_metadata": str(delivery_id),
        "title": plain("Assign", 24),
        "submit": plain("Assign", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            field_block(ASSIGNEE, "Who takes care of it?", people, hint=plain("They get a direct message."))
        ],
    }


def why(found: Why, *, has_clients: bool) -> Message:
    blocks = [section(f"{TITLE}\n{BECAUSE[found.cause]}"), *_lines(found.rules, has_clients=has_clients)]
    if found.gone:
        blocks.append(context(f"And {count(found.gone, 'rule')} that you may not see, or that was deleted."))
    return Message(text=TITLE.strip("*"), blocks=blocks)


def muted(found: Sequence[RuleSeen], delivery_id: int, *, has_clients: bool) -> Message:
    undo = button("Unmute", "unmute_rule", value=str(delivery_id))
    return _switched("🔕 Muted: nothing is sent by it until somebody unmutes it.", found, undo, has_clients)


def unmuted(found: Sequence[RuleSeen], delivery_id: int, *, has_clients: bool) -> Message:
    undo = button("Mute rule", "mute_rule", value=str(delivery_id))
    return _switched("🔔 Unmuted: it sends again.", found, undo, has_clients)


def _switched(said: str, found: Sequence[RuleSeen], undo: Block, has_clients: bool) -> Message:
    return Message(text=said, blocks=[section(said), *_lines(found, has_clients=has_clients), actions(undo)])


def _lines(found: Sequence[RuleSeen], *, has_clients: bool) -> list[Block]:
    return [section(rules.line(rule, has_clients=has_clients)) for rule in found[:SHOWN]]
