"""What the rows of an import say. Every parser raises Invalid with the column and the fix."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from houston.errors import Invalid
from houston.records.checks import STATUSES, choice, date, moment, number, text
from houston.records.csv_file import FileRefused, Form, Row
from houston.records.notes import AUTHOR, BODY, TITLE
from houston.team.clients import check_slug
from houston.watch.detection.ages import age

DECLARED = ("numerator", "denominator", "direction", "key", "freshness")
"""What a file may say of a metric besides its unit and aggregate."""

METRIC_FORMS = (
    Form(required=("timestamp", "value"), optional=("client", "unit", "aggregate", *DECLARED)),
    Form(
        required=("timestamp", "metric", "channel", "value"),
        optional=("client", "unit", "aggregate", *DECLARED),
    ),
)
NOTE_FORM = Form(
    required=("created_at", "title", "body", "status", "author", "private"), optional=("client",)
)
CUSTOMER_FORM = Form(
    required=("customer_id", "name", "email", "segment", "created_at", "orders", "revenue"),
    optional=("client",),
)
AGGREGATES = ("sum", "mean", "last", "ratio")
RATIO = re.compile(
    r"ratio\s*\(\s*(?P<numerator>[^,/()]+?)\s*[,/]\s*(?P<denominator>[^,/()]+?)\s*\)", re.IGNORECASE
)
"""A ratio with its two sides in one cell: `ratio(spend, clicks)`."""
YES, NO = ("true", "yes", "1"), ("false", "no", "0", "")


@dataclass(frozen=True, kw_only=True)
class SeriesName:
    client: str
    metric: str
    channel: str

    def __str__(self) -> str:
        named = f"{self.metric}/{self.channel}" if self.channel else self.metric
        return f"{self.client}: {named}"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One point of a series, and what the row says of the series."""

    series: SeriesName
    unit: str
    aggregate: str
    time: datetime
    value: float
    declared: tuple[tuple[str, str | bool], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    client: str | None
    created_at: datetime
    title: str
    body: str
    status: str
    author: str
    private: bool


@dataclass(frozen=True, kw_only=True)
class CustomerRow:
    client: str
    customer_id: str
    name: str
    email: str
    segment: str
    created_at: datetime
    orders: int
    revenue: float


class Once:
    """Refuses a second row for the same thing in one file."""

    def __init__(self, complaint: str) -> None:
        self._complaint = complaint
        self._lines: dict[object, int] = {}

    def check(self, thing: object, line: int) -> None:
        first = self._lines.setdefault(thing, line)
        if first != line:
            raise Invalid("row", f"{self._complaint.format(line=first)} Line {first} counts; remove one.")


def reading(stem: str, client: str | None, now: datetime) -> Callable[[Row], Reading]:
    """A parser of points; a file without a metric column is named after itself."""
    once = Once("The same time is in line {line} already.")

    def parse(row: Row) -> Reading:
        metric = row["metric"] if "metric" in row.cells else stem
        found = Reading(
            series=SeriesName(
                client=_client(row, client),
                metric=text("metric", metric, most=200, required=True),
                channel=text("channel", row["channel"], most=200),
            ),
            unit=text("unit", row["unit"], most=40),
            aggregate="ratio" if _sides(row) else choice("aggregate", row["aggregate"], ("", *AGGREGATES)),
            time=moment("timestamp", date("timestamp", row["timestamp"]), now=now),
            value=number("value", row["value"]),
            declared=tuple(_declared(row)),
        )
        once.check((found.series, found.time.timestamp()), row.line)
        return found

    return parse


def note_row(client: str | None, now: datetime) -> Callable[[Row], NoteRow]:
    """A parser of notes; one without a client is the agency's own."""
    once = Once("A note with this created_at, title and author is in line {line} already.")

    def parse(row: Row) -> NoteRow:
        found = NoteRow(
            client=_client(row, client) if row["client"] or client else None,
            created_at=moment("created_at", date("created_at", row["created_at"]), now=now),
            title=" ".join(text("title", row["title"], most=TITLE, required=True).split()),
            body=text("body", row["body"], most=BODY),
            status=choice("status", row["status"] or "open", STATUSES),
            author=text("author", row["author"], most=AUTHOR),
            private=_truth("private", row["private"]),
        )
        once.check((found.client, found.created_at, found.title, found.author), row.line)
        return found

    return parse


def customer_row(client: str | None, now: datetime) -> Callable[[Row], CustomerRow]:
    once = Once("This customer_id is in line {line} already.")

    def parse(row: Row) -> CustomerRow:
        found = CustomerRow(
            client=_client(row, client),
            customer_id=text("customer_id", row["customer_id"], most=200, required=True),
            name=text("name", row["name"], most=200, required=True),
            email=text("email", row["email"], most=320),
            segment=text("segment", row["segment"], most=100),
            created_at=moment("created_at", date("created_at", row["created_at"]), now=now),
            orders=_count("orders", row["orders"]),
            revenue=number("revenue", row["revenue"] or "0"),
        )
        once.check((found.client, found.customer_id), row.line)
        return found

    return parse


def _declared(row: Row) -> Iterator[tuple[str, str | bool]]:
    """What the row says of its metric; an empty cell says nothing."""
    sides = _sides(row) or {side: row[side] for side in ("numerator", "denominator")}
    if _sides(row) or row["aggregate"] == "ratio":
        for side, name in sides.items():
            yield side, text(side, name, most=200, required=True)
    if row["direction"]:
        yield "direction", choice("direction", row["direction"], ("up", "down"))
    if row["key"]:
        yield "key", _truth("key", row["key"])
    if row["freshness"]:
        age(row["freshness"])
        yield "freshness", row["freshness"].strip()


def _sides(row: Row) -> dict[str, str]:
    written = RATIO.fullmatch(row["aggregate"].strip())
    return written.groupdict() if written else {}


def _client(row: Row, otherwise: str | None) -> str:
    if otherwise is None and "client" not in row.cells:
        raise FileRefused("No client is named: give --client SLUG, or add a column client.")
    slug = row["client"] or otherwise or ""
    check_slug(slug)
    return slug


def _truth(field: str, value: str) -> bool:
    if value.casefold() not in YES + NO:
        raise Invalid(field, f"{field} cannot be {value[:40]!r}: use true or false.")
    return value.casefold() in YES


def _count(field: str, value: str) -> int:
    kept = number(field, value or "0")
    if kept < 0 or kept != int(kept) or kept > 2**31 - 1:
        raise Invalid(field, f"{field} {value[:40]!r} is not a count: write a whole number from 0.")
    return int(kept)
