"""The figures of the other agency, by plain sums over its CSV files."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.agent.evals.ledger import bottom, pct, ranked, top

DATA = Path(__file__).parent / "csv"
Span = tuple[date, date]


class OtherLedger:
    def __init__(self, *, today: date, data: Path = DATA) -> None:
        self.today = today
        self._data = data

    def names(self) -> dict[str, Callable[..., Any]]:
        public = {name: getattr(self, name) for name in dir(self) if not name.startswith("_")}
        return {**public, "top": top, "bottom": bottom, "pct": pct, "ranked": ranked}

    def on(self, first: str, last: str = "") -> Span:
        return date.fromisoformat(first), date.fromisoformat(last or first)

    def day(self, ago: int) -> Span:
        return self.today + timedelta(days=ago), self.today + timedelta(days=ago)

    def week(self, ago: int) -> Span:
        monday = self.today - timedelta(days=self.today.weekday()) + timedelta(weeks=ago)
        return monday, monday + timedelta(days=6)

    def total(self, client: str, metric: str, span: Span, channel: str = "") -> float:
        return sum(
            float(row["value"])
            for row in self._rows(client, "metrics")
            if row["metric"] == metric
            and channel in ("", row["channel"])
            and span[0] <= date.fromisoformat(row["timestamp"]) <= span[1]
        )

    def channels(self, client: str, metric: str, span: Span) -> dict[str, float]:
        names = dict.fromkeys(
            row["channel"] for row in self._rows(client, "metrics") if row["metric"] == metric
        )
        return {name: self.total(client, metric, span, name) for name in names}

    def daily(self, client: str, metric: str, span: Span, channel: str = "") -> dict[date, float]:
        days = [span[0] + timedelta(days=each) for each in range((span[1] - span[0]).days + 1)]
        return {day: self.total(client, metric, (day, day), channel) for day in days}

    def notes(self, client: str, status: str = "") -> list[str]:
        return [row["title"] for row in self._rows(client, "notes") if status in ("", row["status"])]

    def customers(self, client: str, by: str = "revenue", segment: str = "") -> dict[str, float]:
        rows = [row for row in self._rows(client, "customers") if segment in ("", row["segment"])]
        return {row["name"]: float(row[by]) for row in rows}

    def new_customers(self, client: str, span: Span) -> int:
        made = [date.fromisoformat(row["created_at"][:10]) for row in self._rows(client, "customers")]
        return sum(span[0] <= day <= span[1] for day in made)

    def _rows(self, client: str, kind: str) -> list[dict[str, str]]:
        with (self._data / client / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
