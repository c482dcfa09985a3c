from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.errors import Invalid, InvalidFields, NotFound
from houston.team import audit
from houston.watch import schedules
from houston.watch.outliers.settings import Direction, SeasonChoice, Sensitivity, Settings, SettingsError
from store import Scope, Store, UnitOfWork
from store.tables import OutlierDefinition


@dataclass(frozen=True, kw_only=True)
class DefinitionDraft:
    """An outlier definition as somebody wrote it; `metrics` is a pattern such as `cost_per_click/*`."""

    name: str
    metrics: str
    client_id: int
    sensitivity: Sensitivity = "normal"
    direction: Direction = "both"
    season: SeasonChoice = "auto"
    minimum_change: float | None = None
    minimum_change_percent: float | None = None
    schedule: str = "1h"


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """What is checked for outliers."""

    store: Store
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[OutlierDefinition]:
        async with self.store.read() as uow:
            return await uow.definitions.all(scope=scope)

    async def add(self, actor: Actor, draft: DefinitionDraft) -> OutlierDefinition:
        """Raises InvalidFields, by the draft's field names, NotAllowed."""
        actor.demand_admin("change outlier definitions")
        _check(draft)
        async with self.store.begin() as uow:
            client = await uow.clients.get(scope=actor.scope, id=draft.client_id)
            if client is None:
                raise NotFound("I know no such client.")
            told = asdict(draft)
            definition = OutlierDefinition(
                workspace_id=actor.scope.workspace_id, created_at=self.now(), due_at=self.now(), **told
            )
            await uow.definitions.save(definition=definition)
            await audit.record(
                uow,
                actor,
                "outlier_definition.added",
                f"outlier definition {definition.id}",
                after={**told, "client_id": client.slug},
                clients=[client.id],
                now=self.now(),
            )
            await uow.commit()
            return definition


async def zone_of(uow: UnitOfWork, definition: OutlierDefinition) -> ZoneInfo:
    """The time zone of the definition's workspace, else of the first one connected."""
    workspaces = await uow.workspaces.all_active()
    own = [each for each in workspaces if each.id == definition.workspace_id]
    return ZoneInfo(next((each.timezone for each in (*own, *workspaces)), "UTC"))


def settings_of(definition: OutlierDefinition | DefinitionDraft) -> Settings:
    return Settings(
        sensitivity=definition.sensitivity,  # type: ignore[arg-type]
        direction=definition.direction,  # type: ignore[arg-type]
        season=definition.season,  # type: ignore[arg-type]
        minimum_change=definition.minimum_change,
        minimum_change_percent=definition.minimum_change_percent,
    )


def _check(draft: DefinitionDraft) -> None:
    errors: dict[str, str] = {}
    if not draft.name.strip():
        errors["name"] = "Give it a name."
    if not draft.metrics.strip():
        errors["metrics"] = "Name a metric or a pattern such as cost_per_click/*."
    try:
        settings_of(draft)
    except SettingsError as error:
        errors[str(error).split()[0]] = str(error)
    try:
        schedules.check(draft.schedule)
    except Invalid as error:
        errors["schedule"] = error.message
    if errors:
        raise InvalidFields(errors)
