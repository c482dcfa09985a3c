"""What every kind of database is to us: a connection that reads, in a thread of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from store.sources.nouns import Limits, Query, Result
from store.sources.urls import Address


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to connect to, looked at and found allowed: `addresses` of the host in the order to try
    them, or the `path` of a file, folder or socket."""

    address: Address
    addresses: tuple[str, ...] = ()
    path: Path | None = None
    tables: dict[str, list[Path]] | None = None
    """Of a folder: the files of each table."""


class Connection(Protocol):
    """Blocks; only `abort` may be called from another thread."""

    is_kept: bool
    """Whether it is worth keeping for the next query."""

    def read(self, query: Query, now: datetime, limits: Limits) -> Result:
        """Raises the driver's own errors."""

    def tables(self) -> Iterable[str]:
        """What may be read here, as a query would name it."""

    def is_alive(self) -> bool: ...

    def abort(self) -> None:
        """Make a `read` that goes on end soon."""

    def close(self) -> None: ...
