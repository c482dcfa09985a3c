"""How a write says what it will do: all of it, in plain sight."""

import unicodedata
from collections.abc import Iterable

from houston.agent.tool import Change, ToolContext, ToolError

LONGEST, LONGEST_IN_ALL = 2_500, 6_000
"""Characters of one value, and of a whole proposal, that a card shows whole."""

JOINERS = "\u200c\u200d"
"""Invisible, but emoji and several scripts are written with them."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

Line = tuple[str, str, str]


def proposed(
    title: str, lines: Iterable[Line], *, remarks: Iterable[str] = (), client_id: int | None = None
) -> Change:
    """A change of these fields: (name, before, after), and whose it is where that need not be the current
    client.

    Raises ToolError for what a card cannot show whole, or shows other than it is.
    """
    change = Change(title=title, lines=tuple(lines), remarks=tuple(remarks), client_id=client_id)
    for name, _, after in change.lines:
        _demand_showable(name, after)
    if sum(len(after) for _, _, after in change.lines) > LONGEST_IN_ALL:
        raise ToolError(f"This is too long to be shown and approved: {LONGEST_IN_ALL:,} characters at most.")
    return change


def demand_colleague(ctx: ToolContext) -> None:
    """Raises NotAllowed for people of another company."""
    ctx.actor.demand_colleague("have Houston change anything")


def about(ctx: ToolContext) -> str:
    """` for Acme`; nothing where no client is the conversation's."""
    return f" for {ctx.client.name}" if ctx.client else ""


def _demand_showable(name: str, value: str) -> None:
    if len(value) > LONGEST:
        raise ToolError(f"{name} has {len(value):,} characters. Shorten it to {LONGEST:,}.")
    if any(_is_hidden(character) for character in value):
        raise ToolError(f"{name} holds characters that nobody can see. Write it again without them.")


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN and character not in f"\n\t{JOINERS}"
