"""The sample agency's figures by plain sums over its rows, independent of all of Houston's own arithmetic.

`from:` in a question is an expression over one of these: `total('acme', 'revenue', week(-1))`.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from houston.samples.agency import Agency, ClientSample
from houston.samples.shop import shop_lines

Span = tuple[datetime, datetime]
"""The first moment, and the first one after it."""

RATIOS = {
    "cost_per_click": ("spend", "clicks"),
    "conversion_rate": ("conversions", "clicks"),
    "return_on_ad_spend": ("revenue", "spend"),
}


class Ledger:
    def __init__(
        self, agency: Agency, *, seed: int, now: datetime, zone: str, planted: datetime | None = None
    ) -> None:
        """`now` is when it is asked, and `planted`, where that is earlier, when the figures were made."""
        self._seed = seed
        self._clients = {client.slug: client for client in agency.clients}
        self._zone = ZoneInfo(zone)
        self._planted = planted or now
        self.today = now.astimezone(self._zone).date()

    def names(self) -> dict[str, Callable[..., Any]]:
        """What an expression may call."""
        public = {name: getattr(self, name) for name in dir(self) if not name.startswith("_")}
        return {**public, "top": top, "bottom": bottom, "pct": pct, "ranked": ranked}

    # Spans of whole days in the asker's zone.

    def on(self, first: str, last: str = "") -> Span:
        return self._span(date.fromisoformat(first), date.fromisoformat(last or first))

    def day(self, ago: int) -> Span:
        return self._span(self.today + timedelta(days=ago), self.today + timedelta(days=ago))

    def days(self, count: int, *, today: bool = False) -> Span:
        end = self.today if today else self.today - timedelta(days=1)
        return self._span(end - timedelta(days=count - 1), end)

    def week(self, ago: int) -> Span:
        monday = self.today - timedelta(days=self.today.weekday()) + timedelta(weeks=ago)
        return self._span(monday, monday + timedelta(days=6))

    def month(self, ago: int) -> Span:
        first = self.today.replace(day=1)
        for _ in range(-ago):
            first = (first - timedelta(days=1)).replace(day=1)
        return self._span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    def cut(self, before: Span, now: Span) -> Span:
        """As much of an earlier span as there is of one that goes on."""
        reached = self._planted.replace(minute=0, second=0, microsecond=0).astimezone(self._zone)
        days = (reached.date() - now[0].date()).days
        return before[0], datetime.combine(
            before[0].date() + timedelta(days=days), reached.time(), self._zone
        )

    def _span(self, first: date, last: date) -> Span:
        return (
            datetime.combine(first, time(), self._zone),
            datetime.combine(last + timedelta(days=1), time(), self._zone),
        )

    # Metrics.

    def total(self, client: str, metric: str, span: Span, channel: str = "") -> float:
        if metric in RATIOS:
            above, below = (self.total(client, side, span, channel) for side in RATIOS[metric])
            return above / below
        start, end = (moment.astimezone(UTC) for moment in span)
        return sum(value for at, value in self._points(client, metric, channel) if start <= at < end)

    def channels(self, client: str, metric: str, span: Span) -> dict[str, float]:
        names = dict.fromkeys(each.channel for each in self._clients[client].metrics)
        return {name: self.total(client, metric, span, name) for name in names}

    def clients(self, metric: str, span: Span, *slugs: str) -> dict[str, float]:
        chosen = slugs or tuple(self._clients)
        return {self._clients[slug].name: self.total(slug, metric, span) for slug in chosen}

    def daily(self, client: str, metric: str, span: Span, channel: str = "") -> dict[date, float]:
        first = span[0].date()
        count = (span[1].date() - first).days
        days = [first + timedelta(days=each) for each in range(count)]
        return {day: self.total(client, metric, self._span(day, day), channel) for day in days}

    def weekdays(self, client: str, metric: str, span: Span) -> dict[str, float]:
        sums: Counter[str] = Counter()
        for day, value in self.daily(client, metric, span).items():
            sums[f"{day:%A}"] += value  # type: ignore[assignment]
        return dict(sums)

    def at(self, client: str, metric: str, channel: str, moment: str) -> float:
        wanted = datetime.fromisoformat(moment)
        return next(value for at, value in self._points(client, metric, channel) if at == wanted)

    def _points(self, client: str, metric: str, channel: str) -> Iterable[tuple[datetime, float]]:
        for each in self._clients[client].metrics:
            if each.name == metric and channel in ("", each.channel):
                yield from each.points

    # Records.

    def notes(self, client: str, status: str = "", author: str = "", span: Span | None = None) -> list[str]:
        return [
            note.title
            for note in self._clients[client].notes
            if status in ("", note.status)
            and author in ("", note.author)
            and (span is None or span[0] <= note.created_at < span[1])
        ]

    def note_day(self, client: str, title: str) -> date:
        note = next(each for each in self._clients[client].notes if each.title == title)
        return note.created_at.astimezone(self._zone).date()

    def customers(self, client: str, by: str = "revenue", segment: str = "") -> dict[str, Any]:
        chosen = [each for each in self._clients[client].customers if segment in ("", each.segment)]
        return {f"{each.name} {each.customer_id}": getattr(each, by) for each in chosen}

    def customer(self, client: str, name: str, field: str) -> Any:
        found = [each for each in self._clients[client].customers if each.name == name]
        assert len(found) == 1, f"{name} is {len(found)} customers"
        return getattr(found[0], field)

    def new_customers(self, client: str, span: Span) -> int:
        return sum(span[0] <= each.created_at < span[1] for each in self._clients[client].customers)

    def returning_customers(self, client: str, span: Span) -> int:
        """First seen before it, with more than one order."""
        return sum(each.created_at < span[0] and each.orders > 1 for each in self._clients[client].customers)

    def failed(self, span: Span, *slugs: str) -> list[str]:
        """Jobs whose run failed in the span."""
        chosen: list[ClientSample] = [self._clients[slug] for slug in slugs or self._clients]
        return [
            run.job
            for client in chosen
            for run in client.task_runs
            if run.state != "succeeded" and span[0] <= run.occurred_at < span[1]
        ]

    def runs(self, client: str, span: Span) -> int:
        return sum(span[0] <= run.occurred_at < span[1] for run in self._clients[client].task_runs)

    def shop(self, day: str, shop: str, column: str) -> float:
        """Of the files that the reports read; no shop: all of them."""
        rows = csv.DictReader(shop_lines(self._seed, self._planted))
        return sum(float(row[column]) for row in rows if row["day"] == day and shop in ("", row["shop"]))


def ranked(values: Mapping[Any, float]) -> list[Any]:
    return sorted(values, key=lambda name: -values[name])


def top(values: Mapping[Any, float]) -> Any:
    return ranked(values)[0]


def bottom(values: Mapping[Any, float]) -> Any:
    return ranked(values)[-1]


def pct(now: float, before: float) -> float:
    return (now - before) / before * 100
