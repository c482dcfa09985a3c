"""Users' own databases, read and never written."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from store.errors import SourceRefused
from store.sources import elsewhere, grammar
from store.sources.connection import Connection, Place
from store.sources.duck import DuckConnection
from store.sources.elsewhere import OtherConnection
from store.sources.failures import Failures
from store.sources.files import Files
from store.sources.lane import Lane
from store.sources.mysql import MysqlConnection
from store.sources.nouns import Limits, Query, Result, Source, Trial
from store.sources.own import Own
from store.sources.postgres import PostgresConnection
from store.sources.reach import Reach, Resolve, lookup
from store.sources.sqlite import SqliteConnection
from store.sources.urls import Address, read_url

CONNECTIONS: dict[str, Callable[[Place, Limits], Connection]] = {
    "postgresql": PostgresConnection,
    "mysql": MysqlConnection,
    "sqlite": SqliteConnection,
    "duckdb": DuckConnection,
    "other": OtherConnection,
}


class Sources:
    """One a process. `own_url` is Houston's own database, which no source may be; `file_roots` are the
    folders that may be read, `allow_hosts` what may be reached inside this network."""

    def __init__(
        self,
        *,
        own_url: str,
        file_roots: Sequence[Path],
        allow_hosts: Collection[str],
        now: Callable[[], datetime],
        limits: Limits = Limits(),
        resolve: Resolve = lookup,
    ) -> None:
        self._limits, self._now = limits, now
        self._reach = Reach(allowed=allow_hosts, resolve=resolve)
        self._own = Own(url=own_url, reach=self._reach)
        self._files = Files(roots=file_roots, own=self._own.file)
        self._lanes: dict[int, tuple[Source, Lane]] = {}

    async def run(self, source: Source, sql: str, *, now: datetime) -> Result:
        """The rows of one query; `:now` in its text stands for this moment.

        Raises SourceRefused where the address or the query is not allowed, SourceFailed where the
        database did not answer; `where` is the place in `sql` that it is about.
        """
        address = self._address(source.url)
        query = await asyncio.to_thread(grammar.read, address.dialect, sql)
        lane = self._lane(source, address)
        return await lane.use(lambda connection: connection.read(query, now, self._limits), query)

    async def trial(self, url: str, *, trusts_files: bool) -> Trial:
        """Connect, read one row, and tell what else may be read. Raises SourceRefused, SourceFailed."""
        address = self._address(url)
        lane = self._new_lane(address, trusts_files)
        try:
            tables = await lane.use(lambda connection: self._try(address, connection))
        finally:
            lane.close()
        return Trial(dialect=address.dialect, tables=tables)

    def check(self, url: str, sql: str) -> str:
        """The text as it would be sent: one pure query. Raises SourceRefused with words and the spot."""
        return grammar.read(self._address(url).dialect, sql).text

    def place(self, url: str) -> str:
        """What people may see of an address: no user, no password. Raises SourceRefused."""
        return read_url(url).place

    async def forget(self, source_id: int) -> None:
        """Hang up on a source that is changed or removed."""
        _, lane = self._lanes.pop(source_id, (None, None))
        if lane:
            lane.close()

    async def close(self) -> None:
        for source_id in list(self._lanes):
            await self.forget(source_id)

    def _address(self, url: str) -> Address:
        address = read_url(url)
        if address.kind != "other":
            return address
        return replace(address, dialect=elsewhere.kind_of(address).dialect)

    def _lane(self, source: Source, address: Address) -> Lane:
        known, lane = self._lanes.get(source.id, (None, None))
        if lane is None or known != source:
            if lane:
                lane.close()
            lane = self._new_lane(address, source.trusts_files)
            self._lanes[source.id] = (source, lane)
        return lane

    def _new_lane(self, address: Address, trusts_files: bool) -> Lane:
        failures = Failures(address=address, seconds=self._limits.seconds)
        return Lane(open=lambda: self._open(address, trusts_files), failures=failures, limits=self._limits)

    def _open(self, address: Address, trusts_files: bool) -> Connection:
        """In a source's own thread, each time: what was allowed yesterday may not be today."""
        self._own.refuse(address)
        return CONNECTIONS[address.kind](self._place(address, trusts_files), self._limits)

    def _place(self, address: Address, is_trusted: bool) -> Place:
        if address.kind == "other":
            return self._elsewhere(address, is_trusted)
        if address.kind == "duckdb":
            path = self._files.locate(address.path, is_trusted=is_trusted)
            tables = self._files.tables(path) if path.is_dir() else None
            return Place(address=address, path=path, tables=tables)
        if address.kind == "sqlite":
            path = self._files.database(address.path, is_trusted=is_trusted)
            return Place(address=address, path=path)
        if address.path:
            return Place(address=address, path=self._files.locate(address.path, is_trusted=is_trusted))
        return Place(address=address, addresses=tuple(self._reach.addresses(address.host)))

    def _elsewhere(self, address: Address, is_trusted: bool) -> Place:
        elsewhere.check_address(address)
        host = elsewhere.host_of(address)
        if host:
            return Place(address=address, addresses=tuple(self._reach.addresses(host)))
        if host is None:
            return Place(address=address)
        path = self._files.locate(address.url.database or "", is_trusted=is_trusted)
        return Place(address=replace(address, url=address.url.set(database=str(path))), path=path)

    def _try(self, address: Address, connection: Connection) -> tuple[str, ...]:
        tables = tuple(connection.tables())
        if address.kind == "duckdb" and not tables:
            raise SourceRefused(NOTHING)
        connection.read(Query(text=_first_row(address, tables)), self._now(), self._limits)
        return tables


NOTHING = "There are no CSV or Parquet files in this folder, and no tables in this file."


def _first_row(address: Address, tables: Sequence[str]) -> str:
    """A query that shows that the source can be read: of files, that the first one can."""
    if address.kind == "duckdb":
        return 'SELECT * FROM "{}" LIMIT 1'.format(tables[0].replace('"', '""'))
    return "SELECT 1 FROM dual" if address.dialect == "oracle" else "SELECT 1"
