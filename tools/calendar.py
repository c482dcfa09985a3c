from datetime import date, timedelta
from typing import Any

from houston.agent.tool import ToolContext, ToolError, tool
from houston.watch.detection.calendar import public_holidays
from tools.results import given_span

LONGEST = 3700
"""Days, about ten years."""

MOST_HOLIDAYS = 40
NO_COUNTRY = "Working days are Monday to Friday; name a country to leave its public holidays out."
SATURDAY = 5


@tool(label="Looking at the calendar")
async def calendar(
    ctx: ToolContext, start: date, end: date | None = None, country: str | None = None
) -> dict[str, Any]:
    """Says facts of a day, or of the days from one to another: weekday, ISO week, quarter, how far from
    today, days and working days between, public holidays.

    Args:
        start: The day, or the first one, YYYY-MM-DD.
        end: The last day, included.
        country: ISO code of a country or a part of it, such as US, CH or DE-BY, for its holidays.
    """
    span = given_span(start, end or start)
    if span.days > LONGEST:
        raise ToolError("That is more than ten years. Ask for a shorter period.")
    days = [start + timedelta(days=offset) for offset in range(span.days)]
    found = _holidays(country, days)
    weekdays = [day for day in days if day.weekday() < SATURDAY]
    result: dict[str, Any] = {
        "today": {"date": ctx.today, "weekday": f"{ctx.today:%A}"},
        "start": _day(ctx, start),
    }
    if end is not None:
        result["end"] = _day(ctx, end)
    return result | {
        "days": span.days,
        "weekend_days": span.days - len(weekdays),
        "working_days": sum(day not in found for day in weekdays),
        "country": country.strip().upper() if country else None,
        "holidays": [
            {"date": day, "weekday": f"{day:%A}", "name": name}
            for day, name in list(found.items())[:MOST_HOLIDAYS]
        ],
        "note": "" if country else NO_COUNTRY,
    }


def _holidays(country: str | None, days: list[date]) -> dict[date, str]:
    """Raises Invalid for a country of which none are known."""
    if not country:
        return {}
    known = public_holidays(country.strip().upper())
    return {day: name for day in days if (name := known.get(day))}


def _day(ctx: ToolContext, day: date) -> dict[str, Any]:
    year, week, _ = day.isocalendar()
    return {
        "date": day,
        "weekday": f"{day:%A}",
        "iso_week": week,
        "iso_year": year,
        "quarter": (day.month + 2) // 3,
        "day_of_year": day.timetuple().tm_yday,
        "days_from_today": (day - ctx.today).days,
    }
