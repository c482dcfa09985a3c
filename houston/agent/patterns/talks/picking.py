"""`The second one`, `#2`, `the Globex one`: a row of what was listed last, and the question about it."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.talks.rows import MISSING, pointed
from houston.agent.patterns.talks.shown import Shown
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading

ONE = re.compile(
    r"\b(?:customer|buyer|client|guest|member|patient)\b|\bwho(?:'s| is| was| has| spent| bought| paid)\b",
    re.IGNORECASE,
)
OTHER = re.compile(r"\bthe other(?: one| note| customer| outlier| job)?\b(?! \w)")
ITS = re.compile(r"\b(?:is|was|are|were|did|has|have|does) (?:that|it|this|they)\b|\b(?:their|its)\b")


def picked(
    previous: Question | None, reading: Reading, shown: Shown | None, catalogue: Catalogue, today: date
) -> Question | None:
    """None where the message points at no row. A row that was not there is `unpicked`."""
    if shown is None:
        return None
    row = _other(previous, reading, shown)
    if row is None:
        row = pointed(reading, shown)
    if row is None:
        row = _of_the_same(previous, reading, shown)
    if row is MISSING:
        return replace(previous or Question(), intent="unpicked", raw=reading.raw, client=None, chart=False)
    return _about(previous or Question(), row, reading, catalogue, today) if row else None


def _place(previous: Question | None, shown: Shown) -> int | None:
    """Of the row that was pointed at last."""
    if previous is None or not previous.picked:
        return None
    names = [
        str(row.get("id") or row.get("customer_id") or row.get("job") or row.get("name"))
        for row in shown.rows
    ]
    last = previous.outlier or previous.search
    return names.index(last) if last in names else None


def _other(previous: Question | None, reading: Reading, shown: Shown) -> Result | None:
    """`and the other one?`, of two of which one was looked at."""
    place = _place(previous, shown)
    if place is None or len(shown.rows) != 2 or not OTHER.search(reading.text):
        return None
    return shown.rows[1 - place]


def _of_the_same(previous: Question | None, reading: Reading, shown: Shown) -> Result | None:
    """`how many orders is that?` of the customer just seen, or of the best though others were listed."""
    if previous is None or shown.kinds != {"customers"} or reading.found or not ITS.search(reading.text):
        return None
    if previous.rank and ONE.search(previous.raw):
        return shown.rows[0]
    place = _place(previous, shown)
    return None if place is None else shown.rows[place]


def _about(
    previous: Question, row: Result, reading: Reading, catalogue: Catalogue, today: date
) -> Question | None:
    owner = catalogue.client(str(row.get("client") or ""))
    fresh = Question(raw=reading.raw, picked=True, about=owner.slug if owner else previous.about)
    week = Period(start=today - timedelta(days=6), end=today)
    match row["kind"]:
        case "outliers":
            return _outlier(replace(fresh, outlier=str(row["id"])), row, today)
        case "episodes":
            return _episode(fresh, row, week, today)
        case "runs" | "jobs":
            return replace(fresh, intent="job", search=row["job"], job=row["job"], period=week)
        case "notes":
            return replace(fresh, intent="note", search=str(row["id"]))
        case "customers":
            return replace(fresh, intent="customers", search=str(row["customer_id"]))
        case "reports":
            named = f"{reading.raw} {row['name']}"
            return replace(fresh, intent="report", search=row["name"], raw=named)
        case "alerts":
            return replace(fresh, intent="alerts", search=row["name"])
        case "channel":
            return _broken_down(previous, reading, channels=(row["channel"],), metrics=_metrics(reading, row))
        case "metric":
            return _broken_down(previous, reading, metrics=(row["metric"],))
        case "client" if owner:
            return _broken_down(previous, reading, client=owner.slug, metrics=_metrics(reading, row))
    return None


def _outlier(fresh: Question, row: Result, today: date) -> Question:
    time = datetime.fromisoformat(row.get("time") or row["opened_at"])
    channels = (row["channel"],) if row.get("channel") else ()
    around = Period.around(time.date(), today)
    metrics = (row["metric"],)
    return replace(fresh, intent="why", metrics=metrics, channels=channels, period=around, moment=time)


def _episode(fresh: Question, row: Result, week: Period, today: date) -> Question:
    if row.get("type") == "outlier":
        metric, _, channel = str(row["what"]).partition("/")
        series = {**row, "metric": metric, "channel": channel}
        return replace(_outlier(fresh, series, today), client=fresh.about or None)
    if row.get("type") == "task_failure":
        return replace(fresh, intent="job", search=row["what"], job=row["what"], period=week)
    return replace(fresh, intent="episodes", search=str(row["what"]))


def _metrics(reading: Reading, row: Result) -> tuple[str, ...]:
    return reading.sure("metric") or (row["metric"],)


def _broken_down(previous: Question, reading: Reading, **changed: object) -> Question:
    kept = replace(
        previous, intent="performance", by=reading.cue("by") or "total", rank=None, limit=None, measure=None,
        clients=(),
        client=None, strays=(), loose=(), unclear=(), raw=reading.raw, chart=False, picked=True,
    )  # fmt: skip
    return replace(kept, **changed)  # type: ignore[arg-type]
