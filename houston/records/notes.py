from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.errors import Invalid, NotFound
from houston.notify.outbox import Outbox
from houston.records.checks import STATUSES, Checks, owner
from houston.records.intake import Reported
from store import Scope, Store
from store.ids import Ids
from store.notes import adding, changing
from store.tables import Event, Note

TITLE, BODY, AUTHOR = 300, 20_000, 100
"""How long each may be."""

CHANGEABLE = ("title", "body", "status", "author", "private")
ANNOUNCED = ("title", "body", "status", "author")


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What the team writes down. A private note never leaves: no event tells of it."""

    store: Store
    outbox: Outbox
    now: Callable[[], datetime]

    async def write(
        self,
        scope: Scope,
        *,
        title: str,
        author: str,
        body: str = "",
        status: str = "open",
        private: bool = False,
        client_id: int | None = None,
    ) -> Note:
        """Keep a new note and tell of it. Raises InvalidFields, NotFound."""
        note = self.draft(
            scope, title=title, author=author, body=body, status=status, private=private, client_id=client_id
        )
        await self.keep(note)
        return note

    def draft(
        self,
        scope: Scope,
        *,
        title: str,
        author: str,
        body: str,
        status: str,
        private: bool,
        client_id: int | None,
    ) -> Note:
        """A note fit to be kept. Raises InvalidFields, NotFound."""
        now = self.now()
        note = Note(
            id=self.store.ids.next(),
            client_id=owner(scope, client_id),
            title=title,
            body=body,
            status=status,
            author=author,
            private=private,
            created_at=now,
            updated_at=now,
        )
        return checked(note)

    async def keep(self, note: Note) -> Reported:
        """Keep a drafted note and tell of it, unless it is private."""
        recorded = await self.outbox.record(created(note, self.store.ids, self.now()), adding(note))
        return Reported(id=note.id, event_id=recorded.event_id)

    async def write_text(self, scope: Scope, *, author: str, text: str, client_id: int | None = None) -> Note:
        """A note of one piece: its first line is the title, the rest the body."""
        if not text.strip():
            raise Invalid("text", "The note is empty: write `/houston note` and then what to remember.")
        title, _, body = text.strip().partition("\n")
        return await self.write(scope, title=title, body=body, author=author, client_id=client_id)

    async def get(self, scope: Scope, id: int) -> Note:
        """Raises NotFound: the same for none, for one outside, and for a private one."""
        async with self.store.read() as uow:
            note = await uow.notes.find(scope=scope, id=id)
        if note is None or note.private:
            raise NotFound(f"There is no note {id}.")
        return note

    async def update(self, scope: Scope, id: int, **changes: Any) -> Note:
        """Change fields of a note and tell what changed. Raises NotFound, InvalidFields."""
        async with self.store.read() as uow:
            before = await uow.notes.find(scope=scope, id=id)
        if before is None:
            raise NotFound(f"There is no note {id}.")
        return await self.change(before, changes)

    async def change(self, before: Note, changes: Mapping[str, Any]) -> Note:
        """The note with these changes; nothing is kept or told where they change nothing."""
        unknown = changes.keys() - set(CHANGEABLE)
        if unknown:
            raise Invalid(min(unknown), f"{min(unknown)} cannot be changed: {', '.join(CHANGEABLE)} can.")
        after = checked(Note(**(before.model_dump() | dict(changes))))
        if after.model_dump() == before.model_dump():
            return before
        after.updated_at = self.now()
        await self.outbox.record(updated(before, after, self.store.ids, after.updated_at), changing(after))
        return after

    async def search(
        self,
        scope: Scope,
        *,
        client_id: int | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        status: str | None = None,
        query: str | None = None,
        limit: int = 50,
        before: tuple[datetime, int] | None = None,
    ) -> list[Note]:
        """Notes, private ones left out, the newest first; `before` goes on after a page's last note."""
        async with self.store.read() as uow:
            return await uow.notes.search(
                scope=scope,
                client_id=client_id,
                start=start,
                end=end,
                status=status,
                query=query,
                limit=limit,
                before=before,
            )

    async def counts(
        self,
        scope: Scope,
        client_id: int | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> dict[str, int]:
        """How many notes have each status, private ones left out."""
        async with self.store.read() as uow:
            found = await uow.notes.counts(scope=scope, client_id=client_id, start=start, end=end)
        return {status: found.get(status, 0) for status in STATUSES}


def checked(note: Note) -> Note:
    """The note, trimmed. Raises InvalidFields."""
    checks = Checks()
    note.title = " ".join(checks.text("title", note.title, most=TITLE, required=True).split())
    note.body = checks.text("body", note.body, most=BODY)
    note.author = checks.text("author", note.author, most=AUTHOR)
    note.status = checks.choice("status", note.status, STATUSES)
    checks.done()
    return note


def created(note: Note, ids: Ids, now: datetime) -> Event | None:
    """What is told of a new note: nothing where it is private."""
    if note.private:
        return None
    return _event(note, "note_created", f"note_created:{note.id}", ids, now, {"body": note.body})


def updated(before: Note, after: Note, ids: Ids, now: datetime) -> Event | None:
    """What is told of a change. A note that stops being private is new to its readers, and what it
    said before stays private."""
    if after.private:
        return None
    if before.private:
        return created(after, ids, now)
    changes = [
        {"field": field, "before": getattr(before, field), "after": getattr(after, field)}
        for field in ANNOUNCED
        if getattr(before, field) != getattr(after, field)
    ]
    key = f"note_updated:{after.id}:{ids.next()}"
    return _event(after, "note_updated", key, ids, now, {"changes": changes})


def _event(note: Note, type: str, key: str, ids: Ids, now: datetime, more: dict[str, Any]) -> Event:
    told = {"note_id": str(note.id), "title": note.title, "status": note.status, "author": note.author}
    return Event(
        id=ids.next(),
        type=type,
        client_id=note.client_id,
        severity="info",
        occurred_at=now if type == "note_updated" else note.created_at,
        recorded_at=now,
        dedupe_key=key,
        payload=told | more,
    )
