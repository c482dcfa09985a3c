"""Notes, pipelines, reports and the calendar."""

import random
from datetime import timedelta

from tests.agent.grounding.analysts.desk import Desk
from tests.agent.grounding.reviewers.days import Period, day, moment
from tests.agent.grounding.reviewers.scene import Field, Scene, bare, figure, percent, table

NOTES = (
    "Of the team's notes, {open:w} {is} open, {progress:w} in progress and {done:w} done.",
    '{all:w} notes in all. The newest is "{title}" by {author} ({when}).',
)
RUNS = (
    "{ok} of {all} runs succeeded over the last 7 days ({rate}); {bad:w} failed.",
    "{job} failed {jb:w} times and succeeded {jo:w} times. Its last run was on {last}.",
    "Per job:\n{bullets}",
    "The pipelines ran {all} times, with {bad:w} failures ({bad_rate}).",
)
LOGGED = (
    "The last failure was {fjob} on {fat}: {error}. [Open the log]({url})",
    "{fjob} failed on {fat} ({error}), see {url}",
)
ROWS = (
    "{top} had {orders} orders, {share} of the {total:e} in all.",
    "{table}",
    "Revenue was {rev} in {top}; all shops together made {all_rev}.",
)
CALENDAR = ("There are {working:w} working days and {off:w} weekend days from {start} to {end}.",)


async def notes(desk: Desk, rng: random.Random) -> Scene:
    found = await desk.read("notes", limit=5)
    counts, newest = found["counts"], found["notes"][0]
    fields: dict[str, Field] = {
        "open": figure("", counts["open"]),
        "is": "is" if counts["open"] == 1 else "are",
        "progress": figure("", counts["in_progress"]),
        "done": figure("", counts["done"]),
        "all": figure("", found["count"]),
        "title": newest["title"],
        "author": newest["author"],
        "when": day(newest["created_at"], rng.randrange(6)),
    }
    return Scene(kind="notes", desk=desk, question="Any notes?", fields=fields, tellings=NOTES)


async def runs(desk: Desk, rng: random.Random) -> Scene:
    span = {"start": desk.today - timedelta(days=6), "end": desk.today}
    found = await desk.read("task_runs", limit=5, **span)
    counts, job = found["counts"], found["jobs"][0]
    whole, bad = sum(counts.values()), counts["failed"]
    fields: dict[str, Field] = {
        "ok": figure("", counts["succeeded"], whole, bad),
        "all": figure("", whole, counts["succeeded"]),
        "bad": figure("", bad),
        "rate": percent(counts["succeeded"] / whole * 100),
        "bad_rate": percent(bad / whole * 100),
        "job": job["job"],
        "jb": figure("", job["failed"], job["succeeded"]),
        "jo": figure("", job["succeeded"], job["failed"]),
        "last": moment(job["last_run"], rng),
    }
    lines = []
    for i, each in enumerate(found["jobs"][:3]):
        fields[f"x{i}"] = figure("", each["succeeded"], each["failed"])
        fields[f"y{i}"] = figure("", each["failed"], each["succeeded"])
        lines.append(f"- {each['job']}: {{x{i}:e}} succeeded, {{y{i}:e}} failed")
    tellings = [telling.replace("{bullets}", "\n".join(lines)) for telling in RUNS]
    failed = (await desk.read("task_runs", state="failed", limit=1, **span))["runs"]
    link = failed[0].get("url") if failed else None
    if failed and link:
        one = failed[0]
        fields |= {
            "fjob": one["job"],
            "fat": moment(one["occurred_at"], rng),
            "error": one["error"],
            "url": link,
        }
        tellings += LOGGED
    return Scene(
        kind="runs", desk=desk, question="How did jobs go?", fields=fields, tellings=tellings, link=link
    )


async def report(desk: Desk, _: random.Random) -> Scene:
    found = await desk.read("report_rows", report="Sales by shop")
    rows, totals = found["rows"], found["totals"]
    first = max(rows, key=lambda row: float(row["Orders"]))
    fields: dict[str, Field] = {
        "top": first["shop"],
        "orders": figure("", first["Orders"], totals["Orders"]),
        "total": figure("", totals["Orders"], first["Orders"]),
        "share": percent(first["Orders"] / totals["Orders"] * 100),
        "rev": bare(first["Revenue"], totals["Revenue"]),
        "all_rev": bare(totals["Revenue"], first["Revenue"]),
    }
    cells = []
    for i, row in enumerate(rows):
        fields[f"v{i}"], fields[f"o{i}"] = bare(row["Revenue"]), figure("", row["Orders"])
        cells.append([row["shop"], f"{{v{i}:e}}", f"{{o{i}:e}}"])
    tellings = [telling.replace("{table}", table(("Shop", "Revenue", "Orders"), cells)) for telling in ROWS]
    return Scene(kind="report", desk=desk, question="How do the shops do?", fields=fields, tellings=tellings)


async def calendar(desk: Desk, rng: random.Random, period: Period) -> Scene:
    found = await desk.read("calendar", **period.span)
    way = rng.randrange(6)
    fields: dict[str, Field] = {
        "working": figure("", found["working_days"], found["days"]),
        "off": figure("", found["weekend_days"], found["days"]),
        "start": day(period.start, way),
        "end": day(period.end, way),
    }
    return Scene(kind="calendar", desk=desk, question="Working days?", fields=fields, tellings=CALENDAR)
