"""The words of routing: event types and severities, with what people read for them."""

EVENT_TYPES = {
    "system_error": "System Errors",
    "outlier": "Outlier Alerts",
    "task_failure": "Task Failures",
    "note_created": "Note Created",
    "note_updated": "Note Updated",
}
"""Every type that Houston sends today, in the order in which it is offered."""

SEVERITIES = ("info", "warning", "critical")
"""From the least to the most."""

NOTE_TYPES = frozenset({"note_created", "note_updated"})
"""Always of severity info, so a minimum makes no sense for them."""


def at_least(severity: str, minimum: str) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(minimum)
