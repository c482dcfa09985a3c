from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston.agent.tool import ToolContext, tool
from store.tables import Note
from tools.results import bounds, optional_span, period, source


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
    current client, or all visible ones where none is chosen.

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
        limit=limit,
    )
    counts = await ctx.desk.notes.counts(ctx.scope, client_id=ctx.client_id, start=first, end=last)
    return {
        "period": period(span) or None,
        "counts": counts,
        "notes": [_note(note) for note in listed],
        "source": source(ctx, rows=len(listed), span=span),
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "title": note.title,
        "body": note.body[:1000],
        "status": note.status,
        "author": note.author,
        "created_at": note.created_at,
    }
