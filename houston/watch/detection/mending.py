"""What could be changed of a definition so that it would not have told of an incident. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from houston.watch.definition import DefinitionDraft
from houston.watch.detection.periods import day_of
from houston.watch.figures import number
from houston.watch.outliers.settings import Sensitivity
from store.tables import Episode

Kind = Literal["wider", "exclude", "minimum", "none"]
KINDS: tuple[Kind, ...] = get_args(Kind)

WIDER: dict[str, Sensitivity] = {"high": "normal", "normal": "low"}

MARGIN = 1.05
"""A least change is a little more than the one that was told of."""

LONGEST = timedelta(days=14)
"""Days that are left out at once, at the most."""


@dataclass(frozen=True, kw_only=True)
class Mend:
    kind: Kind
    words: str
    draft: DefinitionDraft


def mends(draft: DefinitionDraft, episode: Episode, zone: ZoneInfo) -> list[Mend]:
    """What there is to choose from; `none` changes nothing."""
    facts = episode.fired.get("metrics") or [dict(episode.fired)]
    found = [_wider(draft, facts), _exclude(draft, episode, facts, zone), _minimum(draft, facts)]
    nothing = Mend(kind="none", words="Change nothing, and only count it", draft=draft)
    return [*(each for each in found if each), nothing]


def _wider(draft: DefinitionDraft, facts: Sequence[dict[str, Any]]) -> Mend | None:
    if draft.sensitivity in WIDER:
        sensitivity = WIDER[draft.sensitivity]
        words = f"Expect a wider range: sensitivity {sensitivity} instead of {draft.sensitivity}"
        return Mend(kind="wider", words=words, draft=replace(draft, sensitivity=sensitivity))
    percent = _percent(facts)
    if percent is None or percent <= (draft.minimum_change_percent or 0):
        return None
    words = f"Tell only of changes of {number(percent, '%')} and more"
    return Mend(kind="wider", words=words, draft=replace(draft, minimum_change_percent=percent))


def _minimum(draft: DefinitionDraft, facts: Sequence[dict[str, Any]]) -> Mend | None:
    """In the metric's unit; where the metrics have several, in percent."""
    units = {(each["metric"], each.get("unit", "")) for each in facts}
    away = [abs(each["value"] - each["expected"]) for each in facts if _is_known(each)]
    if len(units) > 1 or not away:
        percent = _percent(facts)
        if percent is None or percent <= (draft.minimum_change_percent or 0):
            return None
        words = f"Tell only of changes of {number(percent, '%')} and more"
        return Mend(kind="minimum", words=words, draft=replace(draft, minimum_change_percent=percent))
    least = rounded_up(max(away) * MARGIN)
    if least <= (draft.minimum_change or 0):
        return None
    words = f"Tell only of changes of {number(least, facts[0].get('unit', ''))} and more"
    return Mend(kind="minimum", words=words, draft=replace(draft, minimum_change=least))


def _exclude(
    draft: DefinitionDraft, episode: Episode, facts: Sequence[dict[str, Any]], zone: ZoneInfo
) -> Mend:
    """The days from the first outlier to the last of the incident."""
    days = [_day(each["time"], each, zone) for each in facts if each.get("time")]
    first = min(days, default=episode.opened_at.astimezone(zone).date())
    end = episode.resolved_at or episode.seen_at
    last = min(max(*days, end.astimezone(zone).date(), first), first + LONGEST)
    kept = first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"
    said = _named(first) if first == last else f"{_named(first)} to {_named(last)}"
    excluded = (*draft.excluded, kept) if kept not in draft.excluded else draft.excluded
    return Mend(kind="exclude", words=f"Leave out {said}", draft=replace(draft, excluded=excluded))


def _day(time: str, facts: dict[str, Any], zone: ZoneInfo) -> date:
    return day_of(datetime.fromisoformat(time), timedelta(seconds=facts.get("spacing", 0)), zone)


def _named(day: date) -> str:
    return f"{day:%a}, {day:%b} {day.day}"


def _percent(facts: Sequence[dict[str, Any]]) -> float | None:
    shares = [
        abs(each["value"] / each["expected"] - 1) * 100
        for each in facts
        if _is_known(each) and each["expected"]
    ]
    found = max(shares, default=0.0)
    return rounded_up(found * MARGIN) if found else None


def _is_known(facts: dict[str, Any]) -> bool:
    return all(facts.get(name) is not None for name in ("value", "expected"))


def rounded_up(value: float) -> float:
    """To two digits: 1234 → 1300, 0.0217 → 0.022."""
    if value <= 0:
        return 0.0
    digits = 1 - math.floor(math.log10(value))
    size = 10.0**digits
    return float(round(math.ceil(round(value * size, 6)) / size, max(digits, 0)))
