from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Sensitivity = Literal["low", "normal", "high"]
Direction = Literal["both", "up", "down"]
SeasonChoice = Literal["auto", "none", "weekly", "daily_weekly"]


class SettingsError(ValueError):
    """A setting of the outlier check is wrong; the message names it and what it may be."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    sensitivity: Sensitivity = "normal"
    direction: Direction = "both"
    season: SeasonChoice = "auto"
    #: deviations from the expected value smaller than this are never outliers
    minimum_change: float | None = None
    minimum_change_percent: float | None = None

    def __post_init__(self) -> None:
        self._one_of("sensitivity", Sensitivity)
        self._one_of("direction", Direction)
        self._one_of("season", SeasonChoice)
        self._not_negative("minimum_change")
        self._not_negative("minimum_change_percent")

    def _one_of(self, name: str, choice: object) -> None:
        if getattr(self, name) not in get_args(choice):
            raise SettingsError(
                f"{name} is {getattr(self, name)!r}; use one of {', '.join(get_args(choice))}"
            )

    def _not_negative(self, name: str) -> None:
        value = getattr(self, name)
        if value is not None and not 0 <= value < float("inf"):
            raise SettingsError(f"{name} is {value!r}; use a number of 0 or more, or leave it out")
