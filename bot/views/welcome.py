from collections.abc import Sequence

from bot.views import rules
from bot.views.blocks import Message, actions, button, context, section
from houston.notify.rules.rules import RuleSeen

SHOWN = 10


def ready(posting: Sequence[RuleSeen], *, has_clients: bool) -> Message:
    """What Houston says in a channel that it was invited to."""
    hello = "👋 Houston here, and ready."
    tip = "Mention me to ask something, or type `/houston help`."
    if not posting:
        said = f"{hello} No notification posts to this channel yet; an admin can add one."
        add = actions(button("Add notification", "add_rule", style="primary"))
        return Message(text=said, blocks=[section(said), add, context(tip)])
    said = f"{hello} These notifications post here:"
    shown = [section(rules.line(rule, has_clients=has_clients)) for rule in posting[:SHOWN]]
    return Message(text=said, blocks=[section(said), *shown, context(tip)])
