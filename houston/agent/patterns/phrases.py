"""The small phrases that answers are made of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from houston.agent.facts import Facts
from houston.agent.labels import say_period
from houston.agent.patterns.figures import plain

Result = Mapping[str, Any]


def client_of(result: Result) -> str:
    client = result["source"].get("client")
    return plain(client) if client else "all clients"


def title_of(name: str) -> str:
    return plain(first_upper(name.replace("_", " ")))


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def when_of(period: Result, facts: Facts) -> str:
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    said = say_period(start, end, today=facts.today)
    return f"{start:%a} {said}" if start == end else said


def moment(time: str, facts: Facts) -> str:
    local = datetime.fromisoformat(time).astimezone(facts.zone)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def table_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
