from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, or_, tuple_, update
from sqlmodel import col, select

from store.dispatch import Write
from store.repository import Repository
from store.scope import Scope
from store.tables import Note


class Notes(Repository):
    async def search(
        self,
        *,
        scope: Scope,
        client_id: int | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        status: str | None = None,
        query: str | None = None,
        limit: int = 50,
        before: tuple[datetime, int] | None = None,
    ) -> list[Note]:
        """Notes that are not private, the newest first; `before` is the last one of the page before."""
        wanted = [scope.holds(Note.client_id), col(Note.private).is_(False)]
        wanted += [col(Note.client_id) == client_id] if client_id is not None else []
        wanted += [col(Note.created_at) >= start] if start else []
        wanted += [col(Note.created_at) < end] if end else []
        wanted += [col(Note.status) == status] if status else []
        wanted += [or_(_holds(Note.title, query), _holds(Note.body, query))] if query else []
        wanted += [tuple_(col(Note.created_at), col(Note.id)) < before] if before else []
        newest_first = (col(Note.created_at).desc(), col(Note.id).desc())
        found = select(Note).where(*wanted).order_by(*newest_first).limit(limit)
        return list(await self._session.exec(found))

    async def counts(
        self, *, scope: Scope, client_id: int | None, start: datetime | None, end: datetime | None
    ) -> dict[str, int]:
        """How many notes, private ones left out, have each status."""
        wanted = [scope.holds(Note.client_id), col(Note.private).is_(False)]
        wanted += [col(Note.client_id) == client_id] if client_id is not None else []
        wanted += [col(Note.created_at) >= start] if start else []
        wanted += [col(Note.created_at) < end] if end else []
        counted = select(Note.status, func.count()).where(*wanted).group_by(col(Note.status))
        return dict((await self._session.exec(counted)).all())

    async def find(self, *, scope: Scope, id: int) -> Note | None:
        query = select(Note).where(Note.id == id, scope.holds(Note.client_id))
        return (await self._session.exec(query)).first()

    async def by_source(self, *, scope: Scope, source_keys: Sequence[str]) -> dict[str, Note]:
        """The notes that earlier imports made of the same rows, by their keys."""
        query = select(Note).where(col(Note.source_key).in_(source_keys), scope.holds(Note.client_id))
        return {note.source_key: note for note in await self._session.exec(query) if note.source_key}

    async def put(self, *, notes: Sequence[Note]) -> None:
        """Keep notes as they are; no event comes of it."""
        self._session.add_all(notes)


def _holds(column: str, text: str) -> ColumnElement[bool]:
    return col(column).icontains(text, autoescape=True)


def adding(note: Note) -> Write:
    values = note.model_dump()

    def write(connection: Connection) -> None:
        connection.execute(insert(Note).values(**values))

    return write


def changing(note: Note) -> Write:
    values = note.model_dump(exclude={"id"})

    def write(connection: Connection) -> None:
        connection.execute(update(Note).where(col(Note.id) == note.id).values(**values))

    return write
