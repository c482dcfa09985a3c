"""The default channel on the *Connection* tab."""

from collections.abc import Iterator

from bot.views.blocks import Block, actions, button, context, option, plain, section
from bot.views.destinations import named
from bot.views.reader import Reader
from houston.notify.places.default_channel import Default

DEFAULT, NO_DEFAULT, CATCHES_ALL = "default_channel", "no_default_channel", "catches_all"


def chosen(default: Default, reader: Reader) -> Iterator[Block]:
    """Where it is chosen, for admins; where it is, for all others."""
    name = named(default.destination) if default.destination else "None yet."
    yield section(f"*Default channel*\n{name}")
    if reader.is_admin:
        yield context("It is filled into new notifications, and gets what concerns Houston's admins.")
        yield actions(*_choosing(default))


def _choosing(default: Default) -> Iterator[Block]:
    picker: Block = {
        "type": "external_select",
        "action_id": DEFAULT,
        "placeholder": plain("Choose a channel", 150),
        "min_query_length": 0,
    }
    if default.destination is None:
        yield picker
        return
    yield picker | {"initial_option": option(default.destination.alias, default.destination.address)}
    choice = option("Also what no notification matches", "on")
    box: Block = {"type": "checkboxes", "action_id": CATCHES_ALL, "options": [choice]}
    yield box | ({"initial_options": [choice]} if default.catches_all else {})
    yield button("No default channel", NO_DEFAULT)
