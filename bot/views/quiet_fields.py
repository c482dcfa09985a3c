"""Quiet hours in a form and in words."""

from bot.views.blocks import Block, field_block, option, plain
from bot.views.filled import Values, chosen_all, written
from bot.views.text import escape
from houston.errors import Invalid
from houston.notify.quiet.grammar import EXAMPLE, NoSchedule
from houston.notify.quiet.hours import QuietHours

HINT = (
    "Messages wait until their end, and come in one. The time zone is {timezone} unless you write "
    "another at the end."
)
PASSES = "passes"


def fields(quiet: QuietHours | None, timezone: str) -> list[Block]:
    """`timezone` is the one that need not be written."""
    element: Block = {"type": "plain_text_input", "action_id": "quiet_hours", "max_length": 200}
    element["placeholder"] = plain(EXAMPLE, 150)
    if quiet:
        zone = "" if quiet.timezone == timezone else f" {quiet.timezone}"
        element["initial_value"] = quiet.typed + zone
    hint = plain(HINT.format(timezone=timezone))
    return [field_block("quiet_hours", "Quiet hours", element, optional=True, hint=hint), _passing(quiet)]


def entered(values: Values, timezone: str) -> QuietHours | None:
    """Raises Invalid("quiet_hours"), which shows the spot."""
    text = written(values, "quiet_hours")
    passes = PASSES in chosen_all(values, "quiet_critical")
    return QuietHours.parse(text, timezone, passes) if text else None


def complaint(wrong: Invalid) -> str:
    """On one line, as Slack shows it beside a field, with a finger where a caret would stand below."""
    if not isinstance(wrong, NoSchedule):
        return wrong.message
    quoted = f"{wrong.text[: wrong.at]}👉{wrong.text[wrong.at :]}"
    return f"{wrong.why}: “{quoted}”. Write it like: {EXAMPLE}"


def in_words(quiet: QuietHours, timezone: str) -> str:
    """`quiet on weekdays 18:00–08:00 (critical passes)`, with its time zone where it is another."""
    text = quiet.text()
    aside = [quiet.timezone] if quiet.timezone != timezone else []
    aside += ["critical passes"] if quiet.critical_passes else []
    on = "" if text.startswith("daily") else "on "
    return escape(f"quiet {on}{text}" + (f" ({', '.join(aside)})" if aside else ""))


def _passing(quiet: QuietHours | None) -> Block:
    choice = option("Critical may pass", PASSES)
    element: Block = {"type": "checkboxes", "action_id": "quiet_critical", "options": [choice]}
    if quiet and quiet.critical_passes:
        element["initial_options"] = [choice]
    return field_block("quiet_critical", "During quiet hours", element, optional=True)
