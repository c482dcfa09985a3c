"""Figures of metrics: totals, rows, comparisons, charts."""

from dataclasses import replace
from datetime import timedelta

from houston.agent.patterns.planning.wanted import Wanted, wanted
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import MOST_METRICS, Question

LONGEST_BY_DAY = 31
LONGEST_BY_WEEK = 200
MOST_CHARTS = 3
LONGEST = {"day": (92, 5), "week": (92 * 7, 1), "month": (92 * 28, 1)}
"""How many days one call splits so, and how many calls are made."""
TABLED = ("client", "channel", "day", "week", "month")
"""By what an overview of several metrics can be split."""


def performance(question: Question, metric: str) -> Wanted:
    assert question.period is not None
    against = question.against
    plain = (
        question.rank
        or question.by in ("time", "day", "week", "month", "weekday", "hour")
        or question.measure == "share"
    )
    return wanted(
        "channel_performance",
        period=question.period,
        metric=metric,
        channel=question.channels[0] if len(question.channels) == 1 and question.by != "channel" else None,
        by=breakdown(question),
        compare_to=question.compare or (None if against or plain else "previous_period"),
        compare_start=against.start.isoformat() if against else None,
        compare_end=against.end.isoformat() if against else None,
    )


def spans(question: Question) -> list[Period]:
    """A long period in parts of which all days can be read; of too long a one the newest part of it."""
    assert question.period is not None
    size, most = LONGEST.get(breakdown(question), (0, 0))
    found: list[Period] = []
    end = question.period.end
    while size and len(found) < most and end - question.period.start >= timedelta(days=size):
        found.append(Period(start=end - timedelta(days=size - 1), end=end))
        end = found[-1].start - timedelta(days=1)
    whole = not found or len(found) < most
    return [*([replace(question.period, end=end)] if whole else []), *reversed(found)]


def breakdown(question: Question) -> str:
    """The finest rows that can still be read."""
    assert question.period is not None
    days = (question.period.end - question.period.start).days + 1
    if question.by == "time" or (question.by == "day" and not question.rank):
        return "day" if days <= LONGEST_BY_DAY else "week" if days <= LONGEST_BY_WEEK else "month"
    return question.by


def chart(question: Question, metric: str) -> Wanted:
    return wanted(
        "draw_chart",
        period=question.period,
        metric=metric,
        channel=question.channels[0] if len(question.channels) == 1 else None,
        by_channel=True if question.by == "channel" or len(question.channels) > 1 else None,
        compare_to=question.compare,
        compare_start=question.against.start.isoformat() if question.against else None,
        compare_end=question.against.end.isoformat() if question.against else None,
    )


def series(question: Question, metric: str) -> Wanted:
    assert question.period is not None
    days = (question.period.end - question.period.start).days + 1
    return wanted(
        "metric_series",
        period=question.period,
        metric=metric,
        channel=question.channels[0] if len(question.channels) == 1 else None,
        every="hour" if days == 1 else "day",
    )


def overviews(question: Question, catalogue: Catalogue) -> tuple[Wanted, ...]:
    by = replace(question, rank=None, by=question.by if question.by in TABLED else "total")
    most = 3 if by.by == "client" else MOST_METRICS
    return tuple(performance(by, metric) for metric in overview_metrics(question, catalogue)[:most])


def overview_metrics(question: Question, catalogue: Catalogue) -> tuple[str, ...]:
    channels = set(question.channels)
    known = [metric.name for metric in catalogue.metrics if not channels or channels & set(metric.channels)]
    return question.metrics or tuple(known[:MOST_METRICS])
