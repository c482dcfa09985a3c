"""Calls for what was talked of before: a moment elsewhere, a job's last run, notes about it, a share."""

from collections.abc import Callable
from datetime import timedelta

from houston.agent.facts import Facts
from houston.agent.patterns.planning.briefing import briefing
from houston.agent.patterns.planning.wanted import Done, Wanted, wanted
from houston.agent.patterns.planning.why import explained
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question

NEAR = timedelta(days=3)
MOST = 50


def moment(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    """The series of that day, and outliers of the metric around it."""
    assert question.moment is not None
    day = question.moment.astimezone(facts.zone).date()
    around = Period(start=day - NEAR, end=min(day + NEAR, facts.today))
    channel = question.channels[0] if question.channels else None
    calls = [
        call
        for metric in question.metrics
        for call in (
            wanted("metric_series", period=Period.day(day), metric=metric, channel=channel, every="raw"),
            wanted("outlier_occurrences", period=around, metric=metric),
        )
    ]
    return (*calls, *_with_the_alert(question, facts, done))


def _with_the_alert(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    """Of another metric at the alert's hour: what moved with it tells whether that was as usual."""
    alert = facts.alert
    if alert is None or alert.metric in question.metrics or question.moment != alert.time:
        return ()
    here = question.client in (None, alert.client.slug) and question.channels == (
        (alert.channel,) if alert.channel else ()
    )
    if not here or question.elsewhere or "explain_outlier" not in done.tools:
        return ()
    return (explained(alert),)


def job_rank(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    return (wanted("task_runs", period=question.period, limit=1),)


def job(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    return (wanted("task_runs", period=question.period, job=question.search),)


def last_run(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    return (wanted("task_runs", period=question.period, job=question.search, state=question.state, limit=1),)


def notes_about(question: Question, done: Done) -> tuple[Wanted, ...]:
    """By the name of the metric, then by each of its words; at last all around that time."""
    words = [question.search, *sorted(question.search.replace("-", " ").split(), key=len, reverse=True)]
    tries = [wanted("notes", query=word) for word in dict.fromkeys(words)]
    if question.period:
        tries.append(wanted("notes", period=question.period))
    for found in tries[:-1]:
        if (done.result(found) or {}).get("notes") != []:
            return (found,)
    return (tries[-1],)


def customer_share(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    """What those that were listed, or were new in a period, come to of all customers' revenue."""
    listed = question.listed or question
    if listed.intent != "new_customers" or listed.period is None:
        rows = wanted(
            "customers", query=listed.search or None, segment=listed.segment, order_by=listed.order_by,
            limit=listed.limit,
        )  # fmt: skip
        everybody = wanted("customers", limit=1)
        return _divided((rows,), everybody, done)
    counts = [
        wanted("customer_summary", period=Period(start=start, end=facts.today))
        for start in (listed.period.start, listed.period.end + timedelta(days=1))
        if start <= facts.today
    ]
    results = [done.result(call) for call in counts]
    if any(result is None for result in results):
        return tuple(counts)
    sizes = [int(result["new"]) for result in results if result and "new" in result]
    if not sizes or sizes[0] > MOST or (sizes[0] == sizes[-1] and len(sizes) > 1):
        return tuple(counts)
    newest = tuple(wanted("customers", order_by="created_at", limit=size) for size in sizes if size)
    return _divided(newest, newest[0], done)


def _divided(parts: tuple[Wanted, ...], everybody: Wanted, done: Done) -> tuple[Wanted, ...]:
    calls = parts if everybody in parts else (*parts, everybody)
    results = [done.result(call) for call in calls]
    if any(result is None or "ref" not in result for result in results) or "calculate" not in done.tools:
        return calls
    refs = {id(call): str(result["ref"]) for call, result in zip(calls, results, strict=True) if result}
    summed = [f"sum({refs[id(call)]}.customers.revenue)" for call in parts]
    whole = refs[id(everybody)]
    expression = f"({' - '.join(summed)}) / {whole}.matching.revenue * 100"
    return (*calls, wanted("calculate", expression=expression, unit="%"))


TALKED: dict[str, Callable[[Question, Facts, Done], tuple[Wanted, ...]]] = {
    "briefing": briefing,
    "moment": moment,
    "job_rank": job_rank,
    "last_run": last_run,
    "job": job,
    "customer_share": customer_share,
}
