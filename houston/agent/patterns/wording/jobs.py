"""Jobs by their failures, and when one last ran."""

from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.wording.figures import figure, plain
from houston.agent.patterns.wording.phrases import client_of, moment, when_of
from houston.agent.patterns.wording.tables import rows_of

COLUMNS = {
    "job": "Job", "client": "Client", "failed": "Failed", "dead_letter": "Given up",
    "succeeded": "Succeeded", "last_state": "Last state", "last_run": "Last run",
}  # fmt: skip
MOST = 10


def job_rank(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    """The tool lists jobs that failed most first."""
    (result,) = results
    when = when_of(result["period"], facts)
    broken = [job for job in result["jobs"] if _failures(job)]
    if not broken:
        return [f"No job failed for {client_of(result)}, {when}."]
    first = [job for job in broken if _failures(job) == _failures(broken[0])]
    names = " and ".join(f"**{plain(job['job'])}** ({plain(job['client'])})" for job in first[:3])
    times = f"{_times(broken[0])}{' each' if len(first) > 1 else ''}"
    return [f"{names} failed most, {when}: {times}.", rows_of(broken[:MOST], COLUMNS, facts)]


def _failures(job: Result) -> int:
    """Only to see which are equal; it is not shown."""
    return int(job["failed"]) + int(job["dead_letter"])


def _times(job: Result) -> str:
    """Both kinds as they were counted: no sum that no tool returned."""
    kinds = {"failed": "failed", "dead_letter": "given up"}
    said = [f"{figure(job[key])} {name}" for key, name in kinds.items() if job[key]]
    return " and ".join(said)


def job(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    """How one job went lately: its newest failure in words, its runs in a table."""
    (result,) = results
    runs = [run for run in result["runs"] if run["job"] == question.search]
    name, when = f"**{plain(question.search)}**", when_of(result["period"], facts)
    if not runs:
        return [f"{name} did not run, {when}."]
    whose = f" of {plain(runs[0]['client'])}" if runs[0].get("client") else ""
    broken = next((run for run in runs if run["state"] != "succeeded"), None)
    said = "did not fail"
    if broken:
        error = f": {plain(str(broken['error']))}" if broken.get("error") else ""
        said = f"failed on **{moment(broken['occurred_at'], facts)}**{error}"
    columns = {"occurred_at": "When", "state": "State", "attempt": "Attempt", "error": "Error"}
    return [f"{name}{whose} {said}.", f"Its runs, {when}:", rows_of(runs, columns, facts)]


def last_run(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    verb = {"succeeded": "succeeded", "failed": "failed"}.get(question.state or "", "ran")
    runs = result.get("runs") or ()
    name = f"**{plain(question.search)}**"
    if not runs:
        not_once = {"succeeded": "did not succeed", "failed": "did not fail"}.get(verb, "did not run")
        return [f"{name} {not_once}, {when_of(result['period'], facts)}."]
    run = runs[0]
    whose = f" of {plain(run['client'])}" if run.get("client") else ""
    error = f": {plain(str(run['error']))}" if run.get("error") else ""
    text = f"{name}{whose} last {verb} on **{moment(run['occurred_at'], facts)}**{error}."
    return [text, _since(result, run, facts)]


def _since(result: Result, run: Result, facts: Facts) -> str:
    job = next((one for one in result.get("jobs") or () if one["job"] == run["job"]), None)
    if not job or job["last_run"] == run["occurred_at"]:
        return ""
    state = plain(str(job["last_state"]).replace("_", " "))
    return f"Its newest run, {moment(job['last_run'], facts)}: {state}."
