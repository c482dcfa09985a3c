"""Notes that an answer proposes to write or to change."""

from typing import Any, Literal

from houston.agent.tool import Change, ToolContext, ToolError, tool
from houston.records.notes import checked
from store.tables import Note
from tools.proposing import Line, about, demand_colleague, proposed

Status = Literal["open", "in_progress", "done"]

STATUSES = {"open": "open", "in_progress": "in progress", "done": "done"}
FIELDS = {"title": "Title", "body": "Text", "status": "Status", "private": "Private"}
MOST_FOUND = 50


async def preview_create(
    ctx: ToolContext, title: str, body: str | None = None, status: Status = "open", private: bool = False
) -> Change:
    demand_colleague(ctx)
    note = _draft(ctx, title, body, status, private)
    lines = [(FIELDS[name], "", said) for name in FIELDS if (said := _said(note, name))]
    return proposed(f"Create a note{about(ctx)}", lines)


@tool(label="Preparing a note{client}", needs_approval=True, preview=preview_create)
async def create_note(
    ctx: ToolContext, title: str, body: str | None = None, status: Status = "open", private: bool = False
) -> dict[str, Any]:
    """Proposes a new note of the team about the current client. The person approves it before it is kept.

    Args:
        title: What it is about, in one line.
        body: The text, in the person's own words where they gave any; at most 2,500 characters.
        status: How far the matter is.
        private: Whether it stays out of every announcement and search.
    """
    note = _draft(ctx, title, body, status, private)
    await ctx.desk.notes.keep(note)
    return {"done": f"The note “{note.title}” is kept.", "note": str(note.id)}


async def preview_edit(
    ctx: ToolContext,
    note: str,
    title: str | None = None,
    body: str | None = None,
    status: Status | None = None,
) -> Change:
    demand_colleague(ctx)
    before = await _found(ctx, note)
    after = checked(Note(**(before.model_dump() | _changes(title, body, status))))
    lines = [_line(name, before, after) for name in FIELDS if getattr(before, name) != getattr(after, name)]
    if not lines:
        raise ToolError("That changes nothing: the note says so already.")
    return proposed(f"Edit the note “{before.title}”", lines, client_id=before.client_id)


@tool(label="Preparing a change of a note", needs_approval=True, preview=preview_edit)
async def edit_note(
    ctx: ToolContext,
    note: str,
    title: str | None = None,
    body: str | None = None,
    status: Status | None = None,
) -> dict[str, Any]:
    """Proposes a change of a note, such as to mark it done. The person approves it before it is made.

    Args:
        note: Its id from notes, or its exact title.
        title: Another title.
        body: Another text, which takes the whole place of the one that is there.
        status: Another status.
    """
    before = await _found(ctx, note)
    after = await ctx.desk.notes.change(before, _changes(title, body, status))
    return {"done": f"The note “{after.title}” is changed.", "note": str(after.id)}


def _draft(ctx: ToolContext, title: str, body: str | None, status: str, private: bool) -> Note:
    return ctx.desk.notes.draft(
        ctx.scope,
        title=title,
        author=ctx.member,
        body=body or "",
        status=status,
        private=private,
        client_id=ctx.client_id,
    )


def _changes(title: str | None, body: str | None, status: str | None) -> dict[str, str]:
    given = {"title": title, "body": body, "status": status}
    return {name: value for name, value in given.items() if value is not None}


def _line(name: str, before: Note, after: Note) -> Line:
    return FIELDS[name], _said(before, name), _said(after, name)


def _said(note: Note, name: str) -> str:
    value = getattr(note, name)
    if name == "status":
        return STATUSES[str(value)]
    return ("yes" if value else "no") if name == "private" else str(value)


async def _found(ctx: ToolContext, note: str) -> Note:
    """By its id, else by its title. Raises NotFound, ToolError where several have that title."""
    wanted = note.strip()
    if wanted.isdecimal() and len(wanted) <= 19:
        return await ctx.desk.notes.get(ctx.scope, int(wanted))
    listed = await ctx.desk.notes.search(ctx.scope, client_id=ctx.client_id, query=wanted, limit=MOST_FOUND)
    same = [each for each in listed if each.title.casefold() == wanted.casefold()]
    if len(same) != 1:
        many = "Several notes have" if same else "No note has"
        raise ToolError(f"{many} the title “{wanted[:80]}”. Name it by its id, from notes.")
    return same[0]
