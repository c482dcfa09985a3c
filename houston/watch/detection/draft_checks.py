"""What a definition may say."""

from dataclasses import replace

from houston.errors import Invalid, InvalidFields
from houston.records.checks import text
from houston.watch import schedules
from houston.watch.definition import DefinitionDraft
from houston.watch.detection.calendar import Calendar
from houston.watch.outliers.settings import Settings, SettingsError

LONGEST = 200
MOST_EXCLUDED = 100
NAME = "Give it a name."
METRICS = "Name a metric or a pattern such as cost_per_click/*."


def check(draft: DefinitionDraft) -> DefinitionDraft:
    """As it is kept. Raises InvalidFields, by the draft's field names."""
    errors: dict[str, str] = {}
    kept = replace(
        draft,
        name=_words("name", draft.name, NAME, errors),
        metrics=_words("metrics", draft.metrics, METRICS, errors),
    )
    for looked_at in (_settings, _schedule, _calendar):
        try:
            kept = looked_at(kept)
        except Invalid as error:
            errors[error.field] = error.message
    if errors:
        raise InvalidFields(errors)
    return kept


def _words(field: str, value: str, missing: str, errors: dict[str, str]) -> str:
    if not value.strip():
        errors[field] = missing
        return value
    try:
        return " ".join(text(field, value, most=LONGEST).split())
    except Invalid as error:
        errors[field] = error.message
        return value


def _settings(draft: DefinitionDraft) -> DefinitionDraft:
    try:
        Settings(
            sensitivity=draft.sensitivity,
            direction=draft.direction,
            season=draft.season,
            minimum_change=draft.minimum_change,
            minimum_change_percent=draft.minimum_change_percent,
        )
    except SettingsError as error:
        raise Invalid(str(error).split()[0], str(error)) from error
    return draft


def _schedule(draft: DefinitionDraft) -> DefinitionDraft:
    schedules.check(draft.schedule)
    return replace(draft, schedule=draft.schedule.strip())


def _calendar(draft: DefinitionDraft) -> DefinitionDraft:
    if len(draft.excluded) > MOST_EXCLUDED:
        raise Invalid("excluded", f"Join these to at most {MOST_EXCLUDED} ranges of days.")
    calendar = Calendar.of(draft.country, draft.excluded)
    return replace(draft, country=calendar.country, excluded=calendar.texts())
