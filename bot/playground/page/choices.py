"""What an input shows: what was entered into it, or else what it starts with."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

STARTS = {
    "plain_text_input": "initial_value",
    "number_input": "initial_value",
    "email_text_input": "initial_value",
    "url_text_input": "initial_value",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
}
ENTERED = {"datepicker": "selected_date", "timepicker": "selected_time"}


def entered(element: Json, state: Json | None) -> str:
    """The text, date or time in a field."""
    if state is not None:
        return str(state.get(ENTERED.get(element["type"], "value")) or "")
    return str(element.get(STARTS[element["type"]]) or "")


def chosen(element: Json, state: Json | None) -> list[Json]:
    """The options that are selected in a select, in checkboxes or in radio buttons."""
    source, word = (element, "initial") if state is None else (state, "selected")
    options = source.get(f"{word}_options")
    if options is None:
        option = source.get(f"{word}_option")
        options = [option] if option else []
    return list(options)


def option_groups(element: Json) -> Iterator[tuple[Json | None, list[Json]]]:
    """The options under their group's label; ungrouped ones under none."""
    if element.get("options"):
        yield None, element["options"]
    for group in element.get("option_groups") or []:
        yield group["label"], group["options"]


def entry_of(values: Mapping[str, Mapping[str, Json]], block_id: str, action_id: str) -> Json | None:
    return values.get(block_id, {}).get(action_id)
