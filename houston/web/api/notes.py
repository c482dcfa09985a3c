from typing import Annotated, Literal

from pydantic import Field

from houston.web.cursor import cursor, position
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Created, Id, Moment, PageQuery, Request, Shown, Words
from store.tables import Note

Status = Literal["open", "in_progress", "done"]


class NewNote(Request):
    """A note; a private one is kept and told to nobody."""

    title: Words
    body: Words = ""
    status: Status = "open"
    author: Annotated[Words, Field(description="By default the name of the key.")] = ""
    private: bool = False
    client: ClientSlug = None


class NoteChange(Request):
    """The fields to change; what is left out stays. A note stays with its client."""

    title: Words = ""
    body: Words = ""
    status: Status = "open"
    author: Words = ""
    private: bool = False


class NoteQuery(PageQuery):
    client: ClientSlug = None
    status: Status | None = None
    query: Annotated[Words | None, Field(description="Words in the title or the body.")] = None
    start: Moment | None = None
    end: Moment | None = None


class NoteSeen(Answer):
    id: Id
    client: str | None
    title: str
    body: str
    status: Status
    author: str
    private: bool
    created_at: Shown
    updated_at: Shown


class NotePage(Answer):
    items: list[NoteSeen]
    next_cursor: str | None


async def write(call: Call, body: NewNote) -> Created:
    client_id = await call.client_id(body.client)
    note = call.houston.notes.draft(
        call.scope,
        client_id=client_id,
        title=body.title,
        body=body.body,
        status=body.status,
        author=body.author or call.author(client_id),
        private=body.private,
    )
    return Created.of(await call.houston.notes.keep(note))


async def list_(call: Call, query: NoteQuery) -> NotePage:
    notes = await call.houston.notes.search(
        call.scope,
        client_id=await call.client_id(query.client),
        start=query.start,
        end=query.end,
        status=query.status,
        query=query.query,
        limit=query.limit + 1,
        before=position(query.cursor),
    )
    page = notes[: query.limit]
    last = page[-1] if len(notes) > query.limit else None
    return NotePage(
        items=await _seen(call, page), next_cursor=cursor(last.created_at, last.id) if last else None
    )


async def change(call: Call, body: NoteChange) -> NoteSeen:
    changes = body.model_dump(exclude_unset=True)
    note = await call.houston.notes.update(call.scope, call.id("note"), **changes)
    return (await _seen(call, [note]))[0]


async def _seen(call: Call, notes: list[Note]) -> list[NoteSeen]:
    slugs = await call.slugs()
    return [
        NoteSeen.model_validate(note.model_dump() | {"id": str(note.id), "client": slugs.get(note.client_id)})
        for note in notes
    ]


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/notes",
        summary="Write a note.",
        handle=write,
        body=NewNote,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/notes",
        summary="Notes, the newest first; private ones are left out.",
        handle=list_,
        query=NoteQuery,
        answer=NotePage,
    ),
    Endpoint(
        method="PATCH",
        path="/notes/{id}",
        summary="Change a note; what changed is told.",
        handle=change,
        body=NoteChange,
        answer=NoteSeen,
    ),
)
