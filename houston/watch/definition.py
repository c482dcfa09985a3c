"""An outlier definition as somebody wrote it."""

from dataclasses import dataclass

from houston.watch.outliers.settings import Direction, SeasonChoice, Sensitivity, Settings
from store.tables import OutlierDefinition


@dataclass(frozen=True, kw_only=True)
class DefinitionDraft:
    """`metrics` is a pattern such as `cost_per_click/*`.

    `country` is an ISO code (`DE`, `DE-BY`) whose public holidays are left out, `excluded` are days
    (`2026-12-24`) and ranges of them (`2026-12-24..2027-01-02`) that are as well.
    """

    name: str
    metrics: str
    client_id: int
    sensitivity: Sensitivity = "normal"
    direction: Direction = "both"
    season: SeasonChoice = "auto"
    minimum_change: float | None = None
    minimum_change_percent: float | None = None
    schedule: str = "1h"
    country: str = ""
    excluded: tuple[str, ...] = ()
    active: bool = True


def settings_of(definition: OutlierDefinition | DefinitionDraft) -> Settings:
    return Settings(
        sensitivity=definition.sensitivity,  # type: ignore[arg-type]
        direction=definition.direction,  # type: ignore[arg-type]
        season=definition.season,  # type: ignore[arg-type]
        minimum_change=definition.minimum_change,
        minimum_change_percent=definition.minimum_change_percent,
    )


def draft_of(definition: OutlierDefinition) -> DefinitionDraft:
    named = definition.model_dump(include=set(DefinitionDraft.__dataclass_fields__))
    return DefinitionDraft(**named | {"excluded": tuple(definition.excluded)})
