"""A report as it is filled in, and as people see it."""

from dataclasses import dataclass

from store.sources import Cell
from store.tables import Report


@dataclass(frozen=True, kw_only=True)
class ReportDraft:
    """A report as somebody filled it in. Of a client's data source it is that client's, whatever
    `client_id` says."""

    name: str
    source_id: int
    sql: str
    url: str = ""
    client_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportSeen:
    """`source_name` is '' where the data source is none of the reader's business; `client` is the
    client's name, None for the agency's."""

    report: Report
    source_name: str
    client: str | None
    alerts: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a query gives: the first five rows, and how many there are. `is_cut`: there are more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_count: int
    is_cut: bool
    seconds: float
