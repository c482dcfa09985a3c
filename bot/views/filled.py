"""What somebody filled into a form: values by block id, each under an action id of the same name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.views.text import cut
from houston.errors import HoustonError, Invalid, InvalidFields

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]

LONGEST = 3000
LONGEST_ID = 18
"""Digits; what is longer is no row's id."""


def field(values: Values, name: str) -> Mapping[str, Any]:
    return values.get(name, {}).get(name, {})


def chosen(values: Values, name: str) -> str:
    """The one option that was picked; '' for none."""
    return cut(str((field(values, name).get("selected_option") or {}).get("value", "")), 150)


def chosen_all(values: Values, name: str) -> tuple[str, ...]:
    """The options that were picked or ticked."""
    return tuple(str(each["value"]) for each in field(values, name).get("selected_options") or ())


def written(values: Values, name: str) -> str:
    """What was typed, without the blanks around it."""
    return cut(str(field(values, name).get("value") or "").strip(), LONGEST)


def chosen_id(values: Values, name: str) -> int | None:
    """The row that was picked; None for none."""
    return row_id(chosen(values, name)) or None


def row_id(text: str) -> int:
    """0, which is none, for what can name no row."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_ID else 0


def chosen_person(values: Values, name: str) -> str:
    return cut(str(field(values, name).get("selected_user") or ""), 50)


def errors(
    error: HoustonError, view: Mapping[str, Any], names: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Each complaint at its field; one about a field that is not shown at the last one.

    `names` are block ids of fields that the form calls by another name than the draft.
    """
    shown = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    found = error.errors if isinstance(error, InvalidFields) else {_field(error): error.message}
    at_block: dict[str, str] = {}
    for name, complaint in found.items():
        named = names.get(name, name)
        block_id = named if named in shown else shown[-1]
        at_block[block_id] = f"{at_block[block_id]} {complaint}" if block_id in at_block else complaint
    return at_block


def _field(error: HoustonError) -> str:
    return error.field if isinstance(error, Invalid) else ""
