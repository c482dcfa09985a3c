"""The small phrases that answers are made of."""

from collections.abc import Sequence
from datetime import date, datetime

from houston.agent.facts import Facts
from houston.agent.labels import say_period
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.period import ALL_TIME
from houston.agent.patterns.wording.figures import plain


def client_of(result: Result) -> str:
    client = (result.get("source") or {}).get("client")
    return plain(client) if client else "all clients"


def title_of(name: str) -> str:
    return plain(first_upper(name.replace("_", " ")))


def place_of(found: Result) -> str:
    """`Spend · google-ads`"""
    return title_of(found["metric"]) + (f" · {plain(found['channel'])}" if found.get("channel") else "")


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def when_of(period: Result, facts: Facts) -> str:
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    if start <= ALL_TIME:
        return "all time"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    said = say_period(start, end, today=facts.today)
    return f"{start:%a} {said}" if start == end else said


def moment(time: str | None, facts: Facts) -> str:
    if not time:
        return "–"
    local = datetime.fromisoformat(time).astimezone(facts.zone)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def table_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
