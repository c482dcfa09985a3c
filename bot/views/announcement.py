"""The message of an event, by its type."""

from collections.abc import Callable

from bot.views import note, notice, outlier, system_error, task_failure
from bot.views.blocks import Message
from houston.notify.messenger import Announcement

ANNOUNCERS: dict[str, Callable[[Announcement, str | None], Message]] = {
    "outlier": outlier.announced,
    "note_created": note.created,
    "note_updated": note.updated,
    "task_failure": task_failure.announced,
    "system_error": system_error.announced,
    "notice": notice.announced,
}


def announced(announcement: Announcement, chart_file: str | None = None) -> Message:
    """`chart_file` is Slack's id of the uploaded picture, where there is one."""
    return ANNOUNCERS[announcement.event.type](announcement, chart_file)
