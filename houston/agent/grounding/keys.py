"""What the keys of tool results mean."""

import re

from houston.agent.grounding.figures import CURRENCIES

PERCENT = re.compile(r"(?:^|_)(?:percent|pct|percentage|share)(?:_|$)|_percent$|%", re.IGNORECASE)
CHANGE = re.compile(r"(?:^|_)(?:percent|difference|change|changed|delta|growth|moved)(?:_|$)", re.IGNORECASE)
NO_CHANGE = re.compile(r"share", re.IGNORECASE)
VALUES = frozenset(
    [
        "value",
        "total",
        "expected",
        "lower",
        "upper",
        "usual",
        "difference",
        "compared_value",
        "average_per_day",
        "first",
        "last",
        "highest",
        "lowest",
        "calculated",
        "value_now",
        "last_value",
        "median",
        "mean",
        "min",
        "max",
        "sum",
        "average",
        "threshold",
        "recover",
        "value_before",
        "per_day",
        "band",
    ]
)
"""Their cells are in the unit of the result."""
GENERIC = VALUES | frozenset(
    [
        "count",
        "rows",
        "left_out",
        "days",
        "points",
        "percent",
        "share_percent",
        "row_count",
        "score",
        "times_spread",
        "number",
        "hours_old",
        "minutes",
        "attempt",
        "attempts",
        "outliers",
        "limit",
        "fires_after",
        "order",
        "position",
        "share_of_change_percent",
        "working_days",
        "weekend_days",
        "days_from_today",
        "iso_week",
        "iso_year",
        "total_count",
        "earlier_count",
        "length",
    ]
)
"""Their name says nothing of the subject."""
MONEY = re.compile(
    r"revenue|spend|spent|cost|price|amount|sales|order_value|average_order|budget|profit|margin|cpc|cpa|cpm|aov|"
    r"ltv|turnover|income|fee|paid|refund|value$",
    re.IGNORECASE,
)
COUNTS = re.compile(
    r"(?:^|_)(?:count|rows|left_out|points|number)(?:_|$)|^(?:succeeded|failed|dead_letter|open|done|in_progress|new|returning|customers|orders)$",
    re.IGNORECASE,
)
IDS = re.compile(r"(?:^|_)(?:id|number|ref|run_id|quarter|iso_week|iso_year|day_of_year)$", re.IGNORECASE)
DATES = ("day", "date", "time", "week", "month", "hour", "at")
TIMES = {
    "seconds": 1.0,
    "minutes": 60.0,
    "hours": 3600.0,
    "hours_old": 3600.0,
    "days": 86400.0,
    "ms": 0.001,
    "days_from_today": 86400.0,
    "working_days": 86400.0,
    "weekend_days": 86400.0,
}
NO_LABELS = frozenset(
    [
        "by",
        "unit",
        "totalled_by",
        "good_direction",
        "every",
        "zone",
        "timezone",
        "kind",
        "match",
        "expression",
        "note",
        "drawn",
        "caption",
        "meaning",
        "ratio_of",
        "slug",
        "current",
        "ref",
        "same_as",
        "weekday_of",
        "today",
    ]
)
FREE_TRUSTED = frozenset(
    [
        "reason",
        "remarks",
        "note",
        "error",
        "caption",
        "meaning",
        "schedule",
        "text",
        "what",
        "expression",
        "drawn",
        "what_was_said",
    ]
)
FREE = frozenset(["body", "title", "description", "message", "comment", "query", "subject"])
LINKS = frozenset(("url", "link", "permalink"))
LONGEST_LABEL = 60


def unit_of(unit: str) -> str:
    """A currency's code, seconds for times, % and x as such."""
    return CURRENCIES.get(unit.strip().casefold(), unit.strip().casefold())
