"""The workspaces as the doctor needs them: their tokens, and where their rules post."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from houston import access
from houston.errors import Unreadable
from houston.team.tokens import APP_TOKEN, BOT_TOKEN, REFRESH_TOKEN, kept
from store import Store, UnitOfWork
from store.tables import Workspace


@dataclass(frozen=True, kw_only=True)
class Place:
    """A Slack channel that active rules post to; `rules` are their numbers."""

    channel_id: str
    alias: str
    rules: tuple[int, ...]
    is_approved: bool
    """Counts for a channel that is shared with another organization."""


@dataclass(frozen=True, kw_only=True)
class Patient:
    """A workspace. A token is None where none is kept, or no key opens it, as `problem` then says."""

    workspace: Workspace
    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    is_renewed: bool = False
    """Its bot token expires, and a running Houston renews it."""
    problem: str = ""
    places: Sequence[Place] = ()


async def patients(store: Store) -> list[Patient]:
    """Every workspace, those that are no longer connected too."""
    async with store.read() as uow:
        return [await _patient(uow, each) for each in await uow.workspaces.all()]


async def _patient(uow: UnitOfWork, workspace: Workspace) -> Patient:
    if not workspace.active:
        return Patient(workspace=workspace)
    places = await _places(uow, workspace)
    try:
        return Patient(
            workspace=workspace,
            bot_token=await kept(uow, workspace.id, BOT_TOKEN),
            app_token=await kept(uow, workspace.id, APP_TOKEN),
            is_renewed=await kept(uow, workspace.id, REFRESH_TOKEN) is not None,
            places=places,
        )
    except Unreadable:
        return Patient(workspace=workspace, problem="its tokens cannot be read", places=places)


async def _places(uow: UnitOfWork, workspace: Workspace) -> list[Place]:
    scope = access.itself(workspace.id).scope
    destinations = await uow.rules.destinations(scope=scope)
    rules: dict[str, list[int]] = {}
    aliases: dict[str, str] = {}
    for rule in await uow.rules.all(scope=scope):
        for each in destinations.get(rule.id or 0, ()) if rule.active else ():
            if each.kind == "channel":
                rules.setdefault(each.address, []).append(rule.number)
                aliases[each.address] = each.alias
    return [await _place(uow, workspace.id, id, aliases[id], numbers) for id, numbers in rules.items()]


async def _place(uow: UnitOfWork, workspace_id: str, id: str, alias: str, rules: list[int]) -> Place:
    channel = await uow.channels.find(workspace_id=workspace_id, id=id)
    approved = channel is not None and bool(channel.approved_by)
    return Place(channel_id=id, alias=alias, rules=tuple(rules), is_approved=approved)
