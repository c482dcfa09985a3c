"""Task runs and the jobs that they are of."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure
from houston.agent.patterns.wording.tables import listing, rows_of

STATES = {"dead_letter": "given up"}


def tasks(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    result = results[0]
    runs = [run for one in results for run in one.get("runs") or ()]
    jobs = [job for job in result.get("jobs") or () if _fits(question, job)]
    if _fits_any(question, result):
        runs = [run for run in runs if _fits(question, run)]
    counts = result.get("counts") or {}
    said = ", ".join(f"{figure(count)} {STATES.get(name, name)}" for name, count in counts.items() if count)
    columns = {"job": "Job", "client": "Client", "state": "State", "error": "Error", "occurred_at": "When"}
    state = f"{question.state} " if question.state in ("failed", "succeeded") else ""
    whole = len(results) == 1 and len(runs) == len(result.get("runs") or ())
    head = listing(
        result if whole else {**result, "count": None, "left_out": None},
        runs,
        columns,
        facts,
        what=f"{state}task run",
        counted=question.counted,
    )
    jobs_table = (
        rows_of(
            jobs,
            {
                "job": "Job",
                "client": "Client",
                "succeeded": "Succeeded",
                "failed": "Failed",
                "dead_letter": "Given up",
                "last_state": "Last state",
                "last_run": "Last run",
            },
            facts,
        )
        if jobs and not question.state
        else ""
    )
    counted = f"In all: {said}." if said else ""
    return [
        head[0] if not jobs_table else "",
        counted,
        jobs_table,
        *(head[1:] if runs and (question.state or question.search or not jobs) else []),
    ]


def _fits(question: Question, row: Result) -> bool:
    words = question.search.split()
    name = str(row.get("job", "")).casefold()
    return not words or any(len(word) > 2 and word in name for word in words)


def _fits_any(question: Question, result: Result) -> bool:
    return any(_fits(question, row) for row in result.get("jobs") or result.get("runs") or ())
