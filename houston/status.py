from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.errors import NotFound
from houston.notify.pausing import Paused, paused
from store import Scope, Store

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ConnectionState:
    """How one Slack app's connection stands: `state` is `connected`, or a word for why it is not.

    `names` are for people: "main app", or those of the workspaces with an app of their own.
    """

    app_id: str
    names: tuple[str, ...]
    state: str


@dataclass(frozen=True, kw_only=True)
class Status:
    """How things stand for one scope; deliveries are those of the last 24 hours."""

    workspace: str
    kind: str
    timezone: str
    channels: int
    rules: int
    active_rules: int
    definitions: int
    failing_definitions: int
    due: int
    sent: int
    dead: int
    model: str
    paused: Paused | None = None


@dataclass(frozen=True, kw_only=True)
class Statuses:
    store: Store
    now: Callable[[], datetime]
    model: str

    async def __call__(self, scope: Scope) -> Status:
        """Raises NotFound for a workspace that is not connected."""
        assert scope.workspace_id is not None
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=scope.workspace_id)
            if workspace is None:
                raise NotFound("This workspace is not connected to Houston.")
            channels = await uow.channels.member_of(workspace_id=workspace.id)
            rules = await uow.rules.all(scope=scope)
            definitions = await uow.definitions.all(scope=scope)
            due, sent, dead = await uow.deliveries.counts(scope=scope, since=self.now() - DAY)
        return Status(
            workspace=workspace.name,
            kind=workspace.kind,
            timezone=workspace.timezone,
            channels=len(channels),
            rules=len(rules),
            active_rules=sum(rule.active for rule in rules),
            definitions=len(definitions),
            failing_definitions=sum(bool(definition.error) for definition in definitions),
            due=due,
            sent=sent,
            dead=dead,
            model=self.model,
            paused=paused(workspace, self.now()),
        )
