"""The form of an outlier definition. Its ids live in open views: they stay."""

from collections.abc import Sequence

from bot.views import fields
from bot.views.blocks import Block, View, actions, button, plain
from bot.views.filled import Values, chosen, chosen_all, chosen_id, written
from bot.views.origin import Origin
from bot.views.watching.alert_form import SCHEDULE
from houston.errors import Invalid
from houston.watch.definition import DefinitionDraft
from store.tables import Client, OutlierDefinition

CALLBACK = "outlier_form"
METRICS = "A name, name/channel, or a pattern: spend/* is spend on every channel. Enter shows what fires."
EXCLUDED = "Days that are never told, such as 2026-12-24, 2026-12-27..2027-01-02."
COUNTRY = "Its public holidays are never told: a code such as CH, US or DE-BY."
SENSITIVITIES = (
    ("low", "Low: only what is far out"),
    ("normal", "Normal"),
    ("high", "High: smaller deviations as well"),
)
DIRECTIONS = (("both", "Rises and drops"), ("up", "Only rises"), ("down", "Only drops"))
SEASONS = (
    ("auto", "Found by itself"),
    ("weekly", "By the day of the week"),
    ("daily_weekly", "By the hour and the day of the week"),
    ("none", "None"),
)


def form(
    origin: Origin, clients: Sequence[Client] | None, definition: OutlierDefinition | None = None
) -> View:
    """`clients` is None in a client's own workspace."""
    now = definition or OutlierDefinition.model_construct()
    chosen = [] if clients is None else [_client(clients, definition)]
    blocks = [
        fields.name(definition.name if definition else "", "Spend on every channel"),
        *chosen,
        fields.text(
            "metrics",
            "Metrics",
            value=definition.metrics if definition else "",
            hint=METRICS,
            on_enter=True,
            longest=200,
        ),
        actions(button("See what it would have done", "preview_outlier"), block_id="preview"),
        fields.choice("sensitivity", "Sensitivity", SENSITIVITIES, chosen=now.sensitivity),
        fields.choice("direction", "What counts", DIRECTIONS, chosen=now.direction),
        _change("minimum_change", "Smallest change that matters", now.minimum_change),
        _change("minimum_change_percent", "… in percent", now.minimum_change_percent),
        fields.choice("season", "Season", SEASONS, chosen=now.season),
        fields.text("schedule", "Checked", value=now.schedule, hint=SCHEDULE, longest=200),
        fields.text("country", "Holidays of", value=now.country, hint=COUNTRY, optional=True, longest=10),
        fields.text("excluded", "Left out", value=", ".join(now.excluded), hint=EXCLUDED, optional=True),
        fields.ticked("active", "Status", "Active", on=now.active),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit definition" if definition else "Add definition", 24),
        "submit": plain("Save" if definition else "Add", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": blocks,
    }


def draft(values: Values, own_client: int | None) -> DefinitionDraft:
    """What was filled in. Raises Invalid for what is no number."""
    client = chosen_id(values, "client") if "client" in values else own_client
    return DefinitionDraft(
        name=written(values, "name"),
        metrics=written(values, "metrics"),
        client_id=client or 0,
        sensitivity=chosen(values, "sensitivity") or "normal",  # type: ignore[arg-type]
        direction=chosen(values, "direction") or "both",  # type: ignore[arg-type]
        season=chosen(values, "season") or "auto",  # type: ignore[arg-type]
        minimum_change=_number(values, "minimum_change"),
        minimum_change_percent=_number(values, "minimum_change_percent"),
        schedule=written(values, "schedule"),
        country=written(values, "country"),
        excluded=tuple(day.strip() for day in written(values, "excluded").split(",") if day.strip()),
        active=bool(chosen_all(values, "active")),
    )


def _client(clients: Sequence[Client], definition: OutlierDefinition | None) -> Block:
    options = [(str(each.id), each.name) for each in clients]
    chosen = str(definition.client_id) if definition else options[0][0] if len(options) == 1 else ""
    return fields.choice("client", "Client", options, chosen=chosen)


def _change(name: str, label: str, value: float | None) -> Block:
    shown = "" if value is None else f"{value:g}"
    return fields.text(name, label, value=shown, optional=True, longest=20)


def _number(values: Values, name: str) -> float | None:
    text = written(values, name).replace(",", "").removesuffix("%").strip()
    try:
        return float(text) if text else None
    except ValueError as error:
        raise Invalid(name, f"{text[:40]!r} is no number: write one such as 250, or none.") from error
