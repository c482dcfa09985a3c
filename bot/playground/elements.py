"""Interactive elements: where they are in blocks, what they hold, and how Slack reports it."""

from collections.abc import Iterator
from typing import Any

from bot.playground.nouns import Json, NotAllowed, Values

#: element type -> the key under which Slack reports what was entered
FIELDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
EXTERNAL = ("external_select", "multi_external_select")


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each block that has interactive elements, with each of them."""
    for block in blocks:
        found = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in found:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        yield from interactive(block.get("child_blocks", []))


def find(
    blocks: list[Json], action_id: str, block_id: str | None = None, value: str | None = None
) -> tuple[Json, Json]:
    fitting = [
        (block, element)
        for block, element in interactive(blocks)
        if element["action_id"] == action_id and block_id in (None, block["block_id"])
    ]
    if not fitting:
        raise NotAllowed(f"There is no element {action_id!r} here.")
    exact = [pair for pair in fitting if value is not None and pair[1].get("value") == value]
    return (exact or fitting)[0]


def is_stateful(element: Json) -> bool:
    return element["type"] in FIELDS


def is_plural(element: Json) -> bool:
    return FIELDS[element["type"]].endswith("s")


def initial(element: Json) -> Json:
    field = FIELDS[element["type"]]
    preset = "initial_value" if field.endswith("value") else field.replace("selected_", "initial_")
    nothing: list[Any] | None = [] if is_plural(element) else None
    return {"type": element["type"], field: element.get(preset, nothing)}


def state(blocks: list[Json], previous: Values | None = None) -> Values:
    """What the blocks' inputs hold: kept where an input is still there, else as the app presets it."""
    result: Values = {}
    for block, element in interactive(blocks):
        if not is_stateful(element):
            continue
        held = (previous or {}).get(block["block_id"], {}).get(element["action_id"])
        kept = held if held and held["type"] == element["type"] else initial(element)
        result.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return result


def options_of(element: Json) -> list[Json]:
    """The options of a select or menu that the app has listed in the element itself."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def preset_options(element: Json) -> list[Json]:
    """The options with which the app has filled the element."""
    initial = element.get("initial_option")
    return [*([initial] if initial else []), *element.get("initial_options", [])]


def choose(element: Json, wanted: Any, options: list[Json]) -> Json:
    """The option meant by an option, a value or a label."""
    if isinstance(wanted, dict):
        wanted = wanted.get("value")
    for option in options:
        if wanted in (option.get("value"), option["text"]["text"]):
            return option
    raise NotAllowed(f"{element['action_id']!r} offers no option {wanted!r}.")


def entered(element: Json, given: Any, shown: list[Json]) -> Json:
    """The state of an element after `given` was typed, picked or ticked in it."""
    return {"type": element["type"], FIELDS[element["type"]]: _value(element, given, shown)}


def _value(element: Json, given: Any, shown: list[Json]) -> Any:
    field = FIELDS[element["type"]]
    options = [*options_of(element), *preset_options(element), *shown]
    if field == "selected_options":
        return [choose(element, each, options) for each in _listed(element, given)]
    if is_plural(element):
        return _listed(element, given)
    if given in (None, ""):
        return None
    if field == "selected_option":
        return choose(element, given, options)
    return str(given) if field == "value" else given


def _listed(element: Json, given: Any) -> list[Any]:
    if given is True:
        return options_of(element)
    if given in (None, False, ""):
        return []
    return list(given) if isinstance(given, list | tuple) else [given]


def holding(element: Json, held: Json) -> Any:
    return held[FIELDS[element["type"]]]


def action(block: Json, element: Json, held: Json | None, chosen: Json | None, ts: str) -> Json:
    """The entry of `actions` in a block_actions payload."""
    result: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    if held is not None:
        extras = {key: value for key, value in element.items() if key.startswith("initial_")}
        return result | extras | held
    if chosen is not None:
        return result | chosen
    return result | {key: element[key] for key in ("text", "value", "style", "url") if key in element}
