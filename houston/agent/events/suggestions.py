"""What somebody might ask now: of what goes on, failed or was written down in their sight."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from houston.notify.naming import name
from houston.watch.figures import humanized
from houston.watch.standing import OPEN
from store import Scope, Store
from store.tables import Client, Episode, Note

MOST = 4
TITLE, QUESTION = 75, 300
"""Characters that Slack shows whole, and those that are asked."""

LOOKED_AT = 20
FRESH = timedelta(days=2)
"""How long a note is news."""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    title: str
    question: str


DEFAULTS = (
    Suggestion(title="What was unusual?", question="What was unusual in the last 7 days?"),
    Suggestion(
        title="Revenue last week", question="How did revenue do last week compared to the week before?"
    ),
    Suggestion(title="Open notes", question="Which notes are open?"),
    Suggestion(title="Best customers", question="Who are the top 5 customers by revenue?"),
)
"""Where it is quiet; the manifest offers the same."""


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    store: Store
    now: Callable[[], datetime]

    async def __call__(self, scope: Scope, zone: ZoneInfo) -> tuple[Suggestion, ...]:
        """Four, the most pressing first; yesterday is the reader's."""
        now = self.now()
        start, end = _yesterday(now, zone)
        async with self.store.read() as uow:
            going_on = await uow.episodes.in_states(scope=scope, states=OPEN, limit=LOOKED_AT)
            failed = await uow.failed_tasks.failed(scope=scope, start=start, end=end)
            notes = await uow.notes.search(scope=scope, start=now - FRESH, limit=1)
            clients = {client.id: client for client in await uow.clients.all(scope=scope)}
        about = clients if len(clients) > 1 else {}
        found = [
            *_outliers(going_on, about, zone),
            *_alerts(going_on, about),
            *_failures(len(failed)),
            *map(_note, notes),
        ]
        return tuple(dict.fromkeys([*found, *DEFAULTS]))[:MOST]


def _outliers(
    episodes: Sequence[Episode], clients: dict[int | None, Client], zone: ZoneInfo
) -> Iterator[Suggestion]:
    """The two that nobody has taken, or the newest."""
    for each in [each for each in episodes if each.type == "outlier"][:2]:
        metric, channel = each.fired.get("metric"), each.fired.get("channel")
        if metric is None:
            continue
        where = f" on {channel}" if channel else ""
        at = f" at {clients[each.client_id].name}" if each.client_id in clients else ""
        day = f"{each.opened_at.astimezone(zone):%-d %B}"
        yield _suggestion(
            f"{humanized(str(metric))}{where}{at}: why?",
            f"Why was {str(metric).replace('_', ' ')}{where}{at} unusual on {day}?",
        )


def _alerts(episodes: Sequence[Episode], clients: dict[int | None, Client]) -> Iterator[Suggestion]:
    for each in [each for each in episodes if each.type == "data_alert"][:1]:
        called = name(each.type, each.fired, each.subject)
        at = f" at {clients[each.client_id].name}" if each.client_id in clients else ""
        yield _suggestion(f"Firing: {called}", f"Why is the alert “{called}”{at} firing?")


def _failures(jobs: int) -> Iterator[Suggestion]:
    if jobs:
        count = f"{jobs} tasks" if jobs > 1 else "1 task"
        yield _suggestion(f"{count} failed yesterday", "Which tasks failed yesterday, and why?")


def _note(note: Note) -> Suggestion:
    title = " ".join(note.title.split())
    return _suggestion(f"Note: {title}", f"What does the note “{title}” say?")


def _suggestion(title: str, question: str) -> Suggestion:
    return Suggestion(title=_cut(title, TITLE), question=_cut(question, QUESTION))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _yesterday(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=1)).astimezone(UTC), today.astimezone(UTC)
