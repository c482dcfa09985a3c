# ruff: noqa: E501 - a sentence is read best in one piece
"""What left its usual, why, and what the pipelines did."""

import random
from datetime import timedelta
from functools import partial

from tests.agent.grounding.analysts.desk import Place, Result
from tests.agent.grounding.analysts.names import capital
from tests.agent.grounding.analysts.pen import Pen
from tests.agent.grounding.analysts.scene import Row, Scene, arranged


async def outlier(place: Place, rng: random.Random) -> Scene | None:
    """None where nothing was out of line."""
    desk = await place.desk(None)
    found = await desk.read(
        "outlier_occurrences", start=desk.today - timedelta(days=rng.randint(9, 20)), end=desk.today
    )
    if not found["outliers"]:
        return None
    one = rng.choice(found["outliers"])
    why = await desk.read("explain_outlier", outlier=one["id"])
    question = f"why was {one['metric']} off?"
    return Scene(kind="outlier", question=question, desk=desk, write=partial(_write_outlier, found, why))


def _named(one: Row, pen: Pen) -> str:
    of = f" of {pen.name(one['channel'])}" if one["channel"] else ""
    return f"{pen.metric(one['metric'])}{of}"


def _write_outlier(found: Result, why: Result, pen: Pen) -> str:
    one = why["outlier"]
    unit, what = one["unit"], _named(one, pen)
    lower, upper = (pen.amount(each, unit) for each in one["usual"])
    value, expected = pen.amount(one["value"], unit), pen.amount(one["expected"], unit, one["usual"])
    percent, over = pen.percent(one["percent"]), "above" if one["percent"] > 0 else "below"
    times = one["value"] / one["expected"]
    when = pen.clock(one["time"]) if one["time"][11:16] != "00:00" else pen.day(one["time"])
    leads = [
        f"{one['client']}'s {what} hit {pen.strong(value)} on {when}, {percent} {over} the expected {expected}.",
        f"{capital(what)} was {value} on {when}, where {expected} was expected (usual: {lower} – {upper}).",
        f"On {when}, {what} at {one['client']} came in at {value} vs. an expected {expected} — {percent} {over} that.",
    ]
    if times > 1.5:
        leads.append(f"{capital(what)} reached {value}, roughly {pen.times(times)} the expected {expected}.")
    points = [
        f"The usual band at that time is {lower} to {upper}.",
        f"That's {pen.amount(abs(one['difference']), unit)} {'more' if one['difference'] > 0 else 'less'} than expected.",
        *[_beside(each, pen) for each in why["by_channel"]],
        *[_beside(each, pen) for each in why["moved_with"]],
        _now(why, pen),
        _unmoved(why, pen),
        _notes(why, pen),
        _count(found, pen),
    ]
    return arranged(
        pen,
        pen.one(*leads),
        points,
        pen.one("", "", "These figures move together; they don't prove a cause."),
    )


def _beside(each: Row, pen: Pen) -> str:
    if each["metric"] == "conversion_rate":
        value, usual = pen.rate(each["value"]), pen.rate(each["usual"])
    else:
        value, usual = pen.amount(each["value"], each["unit"]), pen.amount(each["usual"], each["unit"])
    name = _named(each, pen)
    if each["percent"] is None or not each["usual"]:
        return f"{capital(name)} was {value} (usually {usual})."
    over = "over" if each["percent"] > 0 else "under"
    texts = [
        f"{capital(name)}: {value}, usually {usual} ({pen.signed(each['percent'])})",
        f"{capital(name)} was {pen.percent(each['percent'])} {over} its usual {usual}.",
    ]
    if each.get("share_of_change_percent") is not None and 0 < each["share_of_change_percent"] < 100:
        texts.append(
            f"{capital(name)} explains {pen.percent(each['share_of_change_percent'])} of the change."
        )
    return pen.one(*texts)


def _now(why: Result, pen: Pen) -> str:
    now = why["now"]
    if not now:
        return ""
    unit = now["unit"]
    value, usual = pen.amount(now["value"], unit), pen.amount(now["usual"], unit)
    state = "back to usual" if now["is_usual"] else "still off"
    return f"It is {state} now: {value} against a usual {usual}."


def _unmoved(why: Result, pen: Pen) -> str:
    if not why["unmoved"]:
        return ""
    return f"{capital(', '.join(pen.metric(each) for each in why['unmoved'][:3]))} did not move."


def _notes(why: Result, pen: Pen) -> str:
    count = len(why["notes"])
    if not count:
        return "No notes were written around that time."
    noun = "note was" if count == 1 else "notes were"
    return f"{capital(pen.count(count))} {noun} written around then, among them “{why['notes'][0]['title']}”."


def _count(found: Result, pen: Pen) -> str:
    count = found["count"]
    noun = "outlier" if count == 1 else "outliers"
    severe = [
        f"{pen.count(number, list(found['by_severity'].values()))} {name}"
        for name, number in found["by_severity"].items()
    ]
    return pen.one(
        f"In all there {'was' if count == 1 else 'were'} {pen.count(count)} {noun} in this period.",
        f"By severity: {', '.join(severe)}.",
    )


async def pipelines(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(rng.choice((None, None, *place.slugs)))
    end = desk.today
    found = await desk.read("task_runs", start=end - timedelta(days=rng.randint(4, 12)), end=end)
    failed = await desk.read(
        "task_runs", start=end - timedelta(days=rng.randint(4, 12)), end=end, state="failed"
    )
    open_ = await desk.read("episodes")
    return Scene(
        kind="pipelines",
        question="did any job fail?",
        desk=desk,
        write=partial(_write_pipelines, found, failed, open_),
    )


def _write_pipelines(found: Result, failed: Result, open_: Result, pen: Pen) -> str:
    counts, jobs = found["counts"], found["jobs"]
    others = list(counts.values())
    bad, good, lost = (pen.count(counts[name], others) for name in ("failed", "succeeded", "dead_letter"))
    every = pen.count(found["count"], word=False)
    when = pen.span(found["period"])
    lead = pen.one(
        f"{capital(bad)} of {every} runs failed in {when}; {good} succeeded and {lost} gave up after retries.",
        f"Between {when} there were {every} runs: {good} succeeded, {bad} failed, {lost} dead-lettered.",
        f"{capital(good)} runs succeeded in {when}, {bad} failed.",
    )
    return arranged(
        pen,
        lead,
        [
            *[_job(job, jobs, pen) for job in jobs[:4]],
            *[_run(run, pen) for run in failed["runs"][:3]],
            *[_open(each, pen) for each in open_["episodes"][:3]],
            f"{capital(pen.count(open_['count']))} {'thing is' if open_['count'] == 1 else 'things are'} still open, {pen.count(open_['not_taken'])} of them not taken by anybody."
            if open_["count"] and open_["not_taken"]
            else "",
            f"{capital(pen.count(found['job_count']))} different jobs ran.",
        ],
    )


def _job(job: Row, jobs: list[Row], pen: Pen) -> str:
    others = [each["failed"] for each in jobs]
    bad, good = pen.count(job["failed"], others), pen.count(job["succeeded"])
    whole = job["failed"] + job["succeeded"] + job["dead_letter"]
    last = f"{job['last_state'].replace('_', ' ')} on {pen.clock(job['last_run'])}"
    if not job["failed"]:
        return (
            f"`{job['job']}` ran {pen.count(whole, word=False)} times without a failure."
            if not job["dead_letter"]
            else ""
        )
    return pen.one(
        f"`{job['job']}` ({job['client']}) failed {bad} {'time' if job['failed'] == 1 else 'times'} and succeeded {good} times; last run: {last}.",
        f"{job['job']}: {bad} failed, {good} succeeded",
        f"{job['job']}: {pen.count(whole, word=False)} runs, that is {pen.count(job['succeeded'], word=False)} good, {pen.count(job['failed'], others, word=False)} failed and {pen.count(job['dead_letter'], word=False)} given up.",
    )


def _run(run: Row, pen: Pen) -> str:
    why = f": {run['error']}" if run.get("error") else ""
    return f"{run['job']} {run['state'].replace('_', ' ')} on {pen.clock(run['occurred_at'])}{why}."


def _open(each: Row, pen: Pen) -> str:
    since = pen.clock(each["opened_at"])
    texts = [
        f"{each['what']} ({each['client']}) has been open since {since}, {pen.duration(each['minutes'])} now."
    ]
    if "value" in each:
        value, expected = (pen.amount(each[name], each["unit"]) for name in ("value", "expected"))
        texts.append(f"{each['what']} at {each['client']} fired at {value} against an expected {expected}.")
    return pen.one(*texts)
