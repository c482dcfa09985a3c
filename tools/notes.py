from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston.agent.tool import ToolContext, ToolError, tool
from store.tables import Client, Note
from tools.results import bounds, counted, local, optional_span, owner, period, row_id, shortened, source

SHORT, LONG = 300, 8_000
"""Characters of a text in a list, and of one by itself."""

MOST = 200


@tool(label="Reading the notes{client}{period}")
async def notes(
    ctx: ToolContext,
    start: date | None = None,
    end: date | None = None,
    status: Literal["open", "in_progress", "done"] | None = None,
    query: str | None = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
) -> dict[str, Any]:
    """Searches the team's notes, the newest first, and counts all notes of the period by status. Covers the
    current client, or all visible ones where none is chosen. Long texts are cut: read_note has them whole.

    Args:
        start: First day on which a note was written, YYYY-MM-DD; leave out for no limit.
        end: Last day, included.
        status: Only notes of this status.
        query: Words that the title or the text contains.
        limit: How many to list at most.
    """
    span = optional_span(start, end, ctx)
    first, last = bounds(span, ctx)
    listed = await ctx.desk.notes.search(
        ctx.scope,
        client_id=ctx.client_id,
        start=first,
        end=last,
        status=status,
        query=query,
        limit=MOST,
    )
    counts = await ctx.desk.notes.counts(ctx.scope, client_id=ctx.client_id, start=first, end=last)
    clients = await _clients(ctx)
    shown = [_note(ctx, note, clients, SHORT) for note in listed[:limit]]
    return {
        "period": period(span) or None,
        "counts": counts,
        "notes": shown,
        **counted(len(listed), shown),
        "source": source(ctx, rows=len(shown), span=span),
    }


@tool(label="Reading a note{client}")
async def read_note(ctx: ToolContext, note: str) -> dict[str, Any]:
    """Reads one of the team's notes whole, however long its text is.

    Args:
        note: Its id from notes, or its exact title.
    """
    found = await _found(ctx, note.strip())
    shown = _note(ctx, found, await _clients(ctx), LONG) | {"updated_at": local(ctx, found.updated_at)}
    return {"note": shown, "source": source(ctx, rows=1)}


async def _found(ctx: ToolContext, note: str) -> Note:
    id = row_id(note)
    if id is not None:
        return await ctx.desk.notes.get(ctx.scope, id)
    named = await ctx.desk.notes.search(ctx.scope, client_id=ctx.client_id, query=note, limit=20)
    same = [each for each in named if each.title.casefold() == note.casefold()]
    if len(same or named) == 1:
        return (same or named)[0]
    if not named:
        raise ToolError(f"There is no note called {note[:80]!r}. notes(query=…) finds notes by their words.")
    raise ToolError("Several notes say that. Give one's id: " + _ids((same or named)[:5]))


def _ids(found: list[Note]) -> str:
    return ", ".join(f"{each.id} ({shortened(each.title, 60)})" for each in found)


async def _clients(ctx: ToolContext) -> dict[int | None, Client]:
    return {client.id: client for client in await ctx.desk.clients.all(ctx.scope)}


def _note(ctx: ToolContext, note: Note, clients: Mapping[int | None, Client], most: int) -> dict[str, Any]:
    shown = {
        "id": str(note.id),
        "title": note.title,
        "body": shortened(note.body, most),
        "status": note.status,
        "author": note.author,
        "client": owner(clients.get(note.client_id)),
        "created_at": local(ctx, note.created_at),
    }
    return shown | {"is_cut": True} if len(note.body) > most else shown
