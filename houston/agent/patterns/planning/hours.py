"""Single hours of a day, or the newest ones: their points, and what they come to together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.agent.patterns.planning.performance import MOST_CHARTS, performance
from houston.agent.patterns.planning.wanted import Done, Result, Wanted, wanted
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reckoned import Hours


def hourly(question: Question, hours: Hours, done: Done, zone: ZoneInfo) -> tuple[Wanted, ...]:
    """Of several days the average of each hour, of one day or the newest hours these points."""
    assert question.period is not None
    if hours[0] >= 0 and question.period.start < question.period.end:
        by_hour = replace(question, by="hour" if question.by == "total" else question.by)
        return tuple(performance(by_hour, metric) for metric in question.metrics)
    calls = tuple(
        wanted(
            "metric_series",
            period=question.period,
            metric=metric,
            channel=question.channels[0] if len(question.channels) == 1 else None,
            every="hour",
        )
        for metric in question.metrics[:MOST_CHARTS]
    )
    return (*calls, *_together(calls[0], hours, done, zone)) if len(calls) == 1 else calls


def _together(call: Wanted, hours: Hours, done: Done, zone: ZoneInfo) -> tuple[Wanted, ...]:
    result = done.result(call)
    if (
        not result
        or "ref" not in result
        or result.get("totalled_by") != "sum"
        or "calculate" not in done.tools
    ):
        return ()
    chosen = places(result["points"], hours, zone)
    if len(chosen) < 2:
        return ()
    added = " + ".join(f"{result['ref']}.points[{place}].value" for place in chosen)
    return (wanted("calculate", expression=added, unit=result["unit"] or None),)


def places(points: Sequence[Result], hours: Hours, zone: ZoneInfo) -> list[int]:
    """Where in `points` these hours stand."""
    if hours[0] < 0:
        return list(range(len(points)))[hours[0] :]
    return [
        place
        for place, point in enumerate(points)
        if hours[0] <= datetime.fromisoformat(point["time"]).astimezone(zone).hour <= hours[1]
    ]
