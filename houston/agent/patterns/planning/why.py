"""What moved: the outlier and its explanation, else the channels and the days around it."""

from dataclasses import replace
from datetime import datetime, timedelta

from houston.agent.facts import Facts, ThreadAlert
from houston.agent.patterns.planning.performance import performance
from houston.agent.patterns.planning.wanted import Done, Result, Wanted, wanted
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question

RANKS = ("info", "warning", "critical")


def outliers(question: Question) -> Wanted:
    metric = question.metrics[0] if len(question.metrics) == 1 else None
    limit = question.limit or (1 if question.order_by == "created_at" else None)
    return wanted(
        "outlier_occurrences", period=question.period, metric=metric, severity=question.severity, limit=limit
    )


def whys(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    if question.outlier and "explain_outlier" in done.tools:
        return (wanted("explain_outlier", outlier=question.outlier),)
    found = outliers(question)
    result = done.result(found)
    if result is None:
        return (found,)
    if of_outlier := _explained(question, result, facts, done):
        return (found, of_outlier)
    metrics = drilled(question, result, facts)
    if metrics is None:
        return (found,)
    return (found, *_around(metrics))


def _explained(question: Question, result: Result, facts: Facts, done: Done) -> Wanted | None:
    if "explain_outlier" not in done.tools:
        return None
    alert = facts.alert
    if (
        alert
        and (not question.metrics or question.metrics == (alert.metric,))
        and _covers(question, alert.time, facts)
    ):
        return explained(alert)
    chosen = chosen_outlier(question, result)
    return wanted("explain_outlier", outlier=str(chosen["id"])) if chosen and "id" in chosen else None


def explained(alert: ThreadAlert) -> Wanted:
    """The explanation of the outlier that a thread is about."""
    return wanted(
        "explain_outlier", metric=alert.metric, time=alert.time.isoformat(), channel=alert.channel or None
    )


def _covers(question: Question, time: datetime, facts: Facts) -> bool:
    day = time.astimezone(facts.zone).date()
    return question.period is None or question.period.start <= day <= question.period.end


def chosen_outlier(question: Question, result: Result) -> Result | None:
    """The gravest one that fits the question, the newest of these."""
    listed: list[Result] = [
        found
        for found in result.get("outliers") or ()
        if not question.channels or not found["channel"] or found["channel"] in question.channels
    ]
    return max(listed, key=lambda found: (RANKS.index(found["severity"]), found["time"]), default=None)


def drilled(question: Question, result: Result, facts: Facts) -> Question | None:
    """Where no metric was named: the newest outlier's; None where there is nothing to look into."""
    if question.metrics:
        return question
    chosen = chosen_outlier(question, result)
    if chosen is None:
        return None
    day = datetime.fromisoformat(chosen["time"]).astimezone(facts.zone).date()
    return replace(question, metrics=(chosen["metric"],), period=Period.around(day, facts.today))


def _around(question: Question) -> tuple[Wanted, ...]:
    by_channel = [
        performance(replace(question, by="channel", channels=(), rank=None), metric)
        for metric in question.metrics
    ]
    week = replace(question, by="day", rank=None, period=_at_least_a_week(question.period))
    by_day = [performance(week, metric) for metric in question.metrics]
    return (*by_channel, *by_day)


def _at_least_a_week(period: Period | None) -> Period | None:
    if period is None or (period.end - period.start).days >= 6:
        return period
    return Period(start=period.end - timedelta(days=6), end=period.end)
