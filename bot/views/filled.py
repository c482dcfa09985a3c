"""What somebody filled into a form: values by block id, each under an action id of the same name."""

from collections.abc import Mapping
from typing import Any

from bot.views.text import cut

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]

LONGEST = 3000


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
