"""The message of an announcement, by its type and by its part in the conversation."""

from collections.abc import Callable

from bot.views import episode, note, notice, written
from bot.views.blocks import Message
from bot.views.buttons import without_buttons
from bot.views.data_alert import DATA_ALERT
from bot.views.digest import DIGEST
from bot.views.fitting import fitted
from bot.views.group import grouped
from bot.views.kind import Kind
from bot.views.listed import distinct
from bot.views.notebook_alert import NOTEBOOK_ALERT
from bot.views.notice import OTHER
from bot.views.outlier import OUTLIER
from bot.views.post import posted, url
from bot.views.reply import replied
from bot.views.summary import summarized
from bot.views.system_error import SYSTEM_ERROR
from bot.views.task_failure import TASK_FAILURE
from bot.views.text import cut, one_line
from houston.notify.messenger import Announcement
from houston.team.notices import NOTICE

KINDS: dict[str, Kind] = {
    "system_error": SYSTEM_ERROR,
    "outlier": OUTLIER,
    "task_failure": TASK_FAILURE,
    "daily_digest": DIGEST,
    "note_created": note.CREATED,
    "note_updated": note.UPDATED,
    "data_alert": DATA_ALERT,
    "notebook_alert": NOTEBOOK_ALERT,
}

ANNOUNCERS: dict[str, Callable[[Announcement], Message]] = {NOTICE: notice.announced}
"""Types whose messages are made in a way of their own."""

TITLE = 150
"""The most characters of a subject line."""


def announced(announcement: Announcement, *, interactive: bool = True) -> Message:
    """`interactive` is false for places that know no buttons: there links stay. It fits Slack always;
    where it was cut and nothing links to the rest, `full_text` holds all of it."""
    message = _composed(announcement)
    page = None if announcement.others else url(announcement)
    return fitted(message if interactive else without_buttons(message), url=page)


def plain(announcement: Announcement) -> tuple[str, str]:
    """Title and body in plain text, of any length, for e-mail and the like."""
    message = without_buttons(_composed(announcement))
    names = episode.named(announcement.all)
    whole = written.written(message, names)
    title, _, rest = whole.partition("\n\n")
    is_headed = message.blocks[0]["type"] == "header"
    return cut(one_line(title), TITLE), rest if is_headed else whole


def kind_of(announcement: Announcement) -> Kind:
    return KINDS.get(announcement.event.type, OTHER)


def _composed(announcement: Announcement) -> Message:
    shown = distinct(announcement.all)
    kinds = [kind_of(each) for each in shown]
    if announcement.is_reply:
        return replied(kinds, shown)
    if announcement.held and len(shown) > 1:
        return summarized(kinds, announcement)
    if special := ANNOUNCERS.get(announcement.event.type):
        return special(announcement)
    if len(shown) > 1:
        return grouped(kinds, announcement)
    return posted(kinds[0], announcement)
