"""Metrics in words, and the form of what is declared of one. Its ids live in open views: they stay."""

from collections.abc import Sequence

from bot.views import fields
from bot.views.blocks import Message, View, plain, section
from bot.views.filled import Values, chosen, chosen_all, written
from bot.views.origin import Origin
from bot.views.reader import Reader
from bot.views.text import count, escape, when
from bot.views.watching.listing import Listing, Row, editing, named
from houston.watch.metric_settings import MetricDraft, MetricSeen

CALLBACK = "metric_form"
NOTHING = (
    "No metrics yet. Import a CSV file, push points over the HTTP API, or add a metric feed: *Metric feeds*."
)
AGGREGATES = (
    ("none", "Not declared: a mean, and Houston says so"),
    ("sum", "The sum"),
    ("mean", "The mean"),
    ("last", "The last value"),
    ("ratio", "A ratio of two other metrics"),
)
DIRECTIONS = (("none", "Neither"), ("up", "Up is good"), ("down", "Down is good"))
FRESHNESS = "How old its newest point may be: 3h, or 2d for a daily figure. Houston says once if it is older."


def listed(found: Sequence[MetricSeen], reader: Reader) -> Listing:
    rows = [Row(line=line(each, reader), buttons=[editing("metric", each.id)]) for each in found]
    return Listing(what="metric", rows=rows, nothing=NOTHING)


def line(seen: MetricSeen, reader: Reader) -> str:
    """`*spend* · sum · $ · up is good · 8 channels · newest point Nov 22, 2026 9:00 AM · Acme`"""
    settings, parts = seen.settings, [named(seen.name)]
    if settings.aggregate == "ratio":
        parts.append(f"{escape(settings.numerator, 80)} / {escape(settings.denominator, 80)}")
    else:
        parts.append(settings.aggregate or "mean, since nobody declared it")
    parts += [
        escape(settings.unit, 40),
        *(said.lower() for key, said in DIRECTIONS if key == settings.direction),
    ]
    if seen.channels:
        parts.append(count(len(seen.channels), "channel"))
    if seen.newest:
        parts.append(f"newest point {when(seen.newest, reader.zone)}")
    if settings.freshness:
        parts.append(f"expected every {escape(settings.freshness, 20)}")
    if settings.key:
        parts.append("⭐ in the digest")
    if reader.has_clients:
        parts.append(escape(seen.client.name, 100))
    return " · ".join(part for part in parts if part)


def kept(seen: MetricSeen, reader: Reader) -> Message:
    said = f"✅ Saved: {line(seen, reader)}"
    return Message(text=said, blocks=[section(said)])


def form(origin: Origin, seen: MetricSeen) -> View:
    now = seen.settings
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain("Edit metric", 24),
        "submit": plain("Save", 24),
        "close": plain("Cancel", 24),
        "private_metadata": origin.as_text(),
        "blocks": [
            section(f"{named(seen.name)} of {escape(seen.client.name, 100)}, in all of its channels"),
            fields.choice("aggregate", "Its total is", AGGREGATES, chosen=now.aggregate or "none"),
            fields.text("numerator", "Numerator of a ratio", value=now.numerator, optional=True, longest=200),
            fields.text(
                "denominator", "Denominator of a ratio", value=now.denominator, optional=True, longest=200
            ),
            fields.text(
                "unit", "Unit", value=now.unit, placeholder="$, %, clicks", optional=True, longest=40
            ),
            fields.choice("direction", "What is good", DIRECTIONS, chosen=now.direction or "none"),
            fields.text(
                "freshness", "Freshness", value=now.freshness, hint=FRESHNESS, optional=True, longest=20
            ),
            fields.ticked("key", "Digest", "Show it in the daily digest", on=now.key),
        ],
    }


def draft(values: Values) -> MetricDraft:
    return MetricDraft(
        unit=written(values, "unit"),
        aggregate=_said(values, "aggregate"),
        numerator=written(values, "numerator"),
        denominator=written(values, "denominator"),
        direction=_said(values, "direction"),
        key=bool(chosen_all(values, "key")),
        freshness=written(values, "freshness"),
    )


def _said(values: Values, name: str) -> str:
    """An option's value cannot be empty in Slack."""
    value = chosen(values, name)
    return "" if value == "none" else value
