"""Inputs of forms; block id and action id are the field's name."""

from collections.abc import Sequence

from bot.views.blocks import MOST_OPTIONS, PLACEHOLDER_TEXT, Block, field_block, option, plain, select
from store.tables import Client

NO_CLIENT = "none"
LONGEST = 3000


def text(
    block_id: str,
    label: str,
    *,
    value: str = "",
    hint: str = "",
    placeholder: str = "",
    optional: bool = False,
    multiline: bool = False,
    on_enter: bool = False,
    longest: int = LONGEST,
) -> Block:
    """`on_enter`: what is written is sent when Enter is pressed in it."""
    element: Block = {"type": "plain_text_input", "action_id": block_id, "max_length": longest}
    element |= {"multiline": True} if multiline else {}
    element |= {"initial_value": value} if value else {}
    element |= {"placeholder": plain(placeholder, PLACEHOLDER_TEXT)} if placeholder else {}
    if on_enter:
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    return field_block(block_id, label, element, optional=optional, **_more(hint, on_enter))


def name(value: str, placeholder: str) -> Block:
    return text("name", "Name", value=value, placeholder=placeholder, longest=80)


def timezone(value: str) -> Block:
    return text("timezone", "Time zone", value=value, optional=True, longest=60)


def choice(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    chosen: str = "",
    hint: str = "",
    optional: bool = False,
    at_once: bool = False,
) -> Block:
    """`options` are values with what they say; `at_once`: a choice is sent when it is made."""
    found = [option(said, value) for value, said in options[:MOST_OPTIONS]]
    element = select(name, found, chosen=chosen)
    return field_block(name, label, element, optional=optional, **_more(hint, at_once))


def person(name: str, label: str, *, user_id: str = "", hint: str = "") -> Block:
    element: Block = {"type": "users_select", "action_id": name}
    element |= {"initial_user": user_id} if user_id else {}
    return field_block(name, label, element, optional=True, **_more(hint))


def ticked(name: str, label: str, said: str, *, on: bool, hint: str = "") -> Block:
    one = option(said, name)
    element: Block = {"type": "checkboxes", "action_id": name, "options": [one]}
    element |= {"initial_options": [one]} if on else {}
    return field_block(name, label, element, optional=True, **_more(hint))


def client(clients: Sequence[Client], *, chosen: int | None, nobody: str, hint: str = "") -> Block:
    """`nobody` says what it means to choose none of them."""
    options = [(NO_CLIENT, nobody), *((str(each.id), each.name) for each in clients)]
    return choice("client", "Client", options, chosen=str(chosen or NO_CLIENT), hint=hint)


def _more(hint: str, dispatches: bool = False) -> Block:
    more: Block = {"hint": plain(hint, 2000)} if hint else {}
    return more | ({"dispatch_action": True} if dispatches else {})
