"""The words of routing: event types and severities, with what people read for them."""

EVENT_TYPES = {
    "system_error": "System Errors",
    "outlier": "Outlier Alerts",
    "task_failure": "Task Failures",
    "daily_digest": "Daily Digest",
    "note_created": "Note Created",
    "note_updated": "Note Updated",
    "data_alert": "Data Alerts",
    "notebook_alert": "Notebook Alerts",
}
"""Every type that Houston sends, in the order in which it is offered."""

SEVERITIES = ("info", "warning", "critical")
"""From the least to the most."""

NOTE_TYPES = frozenset({"note_created", "note_updated", "daily_digest"})
"""Always of severity info, so a minimum makes no sense for them."""

EPISODE_TYPES = frozenset({"system_error", "outlier", "task_failure", "data_alert"})
"""Those whose events tell of episodes."""


def at_least(severity: str, minimum: str) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(minimum)
