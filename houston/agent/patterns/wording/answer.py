"""The whole answer: each intent's words, what was assumed, what failed."""

from collections.abc import Callable, Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording import (
    briefing,
    days,
    jobs,
    listing,
    moments,
    people,
    records,
    reports,
    shares,
    tasks,
    watching,
)
from houston.agent.patterns.wording.figures import plain
from houston.agent.patterns.wording.performance import performance
from houston.agent.patterns.wording.phrases import when_of
from houston.agent.patterns.wording.series import charts, series
from houston.agent.patterns.wording.writing import written

SAYS_ITS_PERIOD = ("why", "calendar")


def answer(question: Question, results: Sequence[Result], facts: Facts) -> str:
    if question.intent == "write":
        return written(question, results, facts)
    broken = [str(result["error"]) for result in results if "error" in result]
    read = [result for result in results if "error" not in result]
    parts = (
        ANSWERS[question.intent](question, read, facts)
        if read and not _first_failed(question, results)
        else []
    )
    parts += [plain(error) for error in broken] if not parts else []
    if question.assumed_period and question.intent not in SAYS_ITS_PERIOD and parts and not broken:
        parts.append(_assumed(question, facts))
    return "\n\n".join(dict.fromkeys(part for part in parts if part))


def _first_failed(question: Question, results: Sequence[Result]) -> bool:
    """Most answers stand on their first result."""
    return "error" in results[0] and question.intent != "destinations"


def _assumed(question: Question, facts: Facts) -> str:
    period = question.period
    assert period is not None
    days = (period.end - period.start).days + 1
    if period.end < facts.today:
        return f"_You named no period, so these are the last {days} full days._"
    said = when_of({"start": period.start.isoformat(), "end": period.end.isoformat()}, facts)
    return f"_You named no period, so this is {said}._"


def _performance(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    if any("drawn" in result for result in results):
        return charts(question, results, facts)
    if any("points" in result for result in results):
        return series(question, results, facts)
    return performance(question, results, facts)


ANSWERS: dict[str, Callable[[Question, Sequence[Result], Facts], list[str]]] = {
    "performance": _performance,
    "overview": _performance,
    "why": watching.whys,
    "outliers": watching.listed,
    "notes": records.notes,
    "note": records.note,
    "customers": people.customers,
    "customer_count": people.customer_summary,
    "new_customers": people.customer_summary,
    "returning": people.customer_summary,
    "tasks": tasks.tasks,
    "alerts": listing.alerts,
    "episodes": listing.episodes,
    "rules": listing.rules,
    "destinations": listing.destinations,
    "reports": reports.reports,
    "report": reports.reports,
    "briefing": briefing.briefing,
    "moment": moments.moment,
    "job_rank": jobs.job_rank,
    "last_run": jobs.last_run,
    "job": jobs.job,
    "customer_share": shares.customer_share,
    "calendar": days.calendar,
    "calculate": days.calculated,
}
