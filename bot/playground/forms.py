"""The checks that Slack's client makes before it submits a modal."""

import re
from urllib.parse import urlsplit

from bot.playground import elements
from bot.playground.nouns import Json, View

REQUIRED = "Please complete this required field."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def problems(view: View) -> dict[str, str]:
    """block_id -> what is wrong with what was entered there."""
    found: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] == "input":
            element = block["element"]
            held = view.state[block["block_id"]][element["action_id"]]
            problem = _problem(block, element, elements.holding(element, held))
            if problem:
                found[block["block_id"]] = problem
    return found


def _problem(block: Json, element: Json, value: object) -> str | None:
    if value in (None, "", []):
        return None if block.get("optional") else REQUIRED
    if not isinstance(value, str):
        return None
    match element["type"]:
        case "plain_text_input":
            return _length_problem(element, value)
        case "number_input":
            return _number_problem(element, value)
        case "email_text_input":
            return None if _EMAIL.fullmatch(value) else "Please enter a valid email address."
        case "url_text_input":
            return None if urlsplit(value).netloc else "Please enter a valid URL."
    return None


def _length_problem(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return None


def _number_problem(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a valid number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
