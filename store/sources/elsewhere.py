"""Any other database that SQLAlchemy has a dialect for, once its package is installed.

Here the query's text is checked as everywhere, but the rest is up to the driver: whether its own
name look-ups stay with the address that was looked at, and whether the session is read-only.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection as Opened
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlglot.dialects.dialect import Dialects

from store.errors import SourceRefused
from store.sources.cells import Meter
from store.sources.connection import Place
from store.sources.nouns import Limits, Query, Result
from store.sources.urls import OPTION, Address

MISSING = (
    "Houston has no driver for {backend} here. Ask the operator to install the package {package} beside "
    "Houston, then try again."
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The package that brings the dialect, sqlglot's name of its SQL, the options of its address that
    are let through, and what makes a host of its name (`acme` → acme.snowflakecomputing.com)."""

    package: str
    dialect: str = ""
    options: tuple[str, ...] = ()
    domain: str | None = None


CLOUD = ""
"""The driver knows its own host: the address names a project or an account."""

DATABASES = {
    "snowflake": Kind(
        package="snowflake-sqlalchemy", dialect="snowflake", options=("warehouse", "role"),
        domain=".snowflakecomputing.com",
    ),
    "bigquery": Kind(
        package="sqlalchemy-bigquery", dialect="bigquery", options=("location", "credentials_base64"),
        domain=CLOUD,
    ),
    "clickhouse": Kind(package="clickhouse-sqlalchemy", dialect="clickhouse", options=("secure",)),
    "clickhousedb": Kind(package="clickhouse-connect", dialect="clickhouse", options=("secure",)),
    "trino": Kind(package="trino[sqlalchemy]", dialect="trino", options=("source",)),
    "presto": Kind(package="pyhive[presto]", dialect="presto"),
    "redshift": Kind(package="sqlalchemy-redshift", dialect="redshift", options=("sslmode",)),
    "databricks": Kind(
        package="databricks-sqlalchemy", dialect="databricks", options=("http_path", "catalog", "schema")
    ),
    "awsathena": Kind(
        package="PyAthena[SQLAlchemy]", dialect="athena", options=("s3_staging_dir", "work_group")
    ),
    "mssql": Kind(
        package="pymssql", dialect="tsql", options=("driver", "Encrypt", "TrustServerCertificate")
    ),
    "oracle": Kind(package="oracledb", dialect="oracle", options=("service_name",)),
    "exasol": Kind(package="sqlalchemy-exasol", dialect="exasol"),
    "hive": Kind(package="pyhive[hive]", dialect="hive"),
    "teradatasql": Kind(package="teradatasqlalchemy", dialect="teradata"),
    "cockroachdb": Kind(package="sqlalchemy-cockroachdb", dialect="postgres", options=("sslmode",)),
}  # fmt: skip


def kind_of(address: Address) -> Kind:
    backend = address.url.get_backend_name()
    known = {each.value for each in Dialects}
    guessed = Kind(
        package=f"that brings SQLAlchemy's dialect “{backend}”", dialect=backend * (backend in known)
    )
    return DATABASES.get(backend, guessed)


def check_address(address: Address) -> None:
    """Raises SourceRefused for an option that is not let through, or a dialect that is not installed."""
    kind = kind_of(address)
    for name in address.url.query:
        if name not in kind.options:
            known = f" (known: {', '.join(kind.options)})" if kind.options else ""
            raise SourceRefused(OPTION.format(name=name[:40], known=known))
    try:
        address.url.get_dialect().import_dbapi()
    except (NoSuchModuleError, ImportError) as error:
        backend = address.url.get_backend_name()
        raise SourceRefused(MISSING.format(backend=backend, package=kind.package)) from error


def host_of(address: Address) -> str | None:
    """The host that the driver will connect to; None where it knows that by itself."""
    domain = kind_of(address).domain
    if domain == CLOUD:
        return None
    return address.host if not domain or address.host.endswith(domain) else f"{address.host}{domain}"


class OtherConnection:
    """A connection a query: no one question tells of every database whether it is still there."""

    is_kept = False

    def __init__(self, place: Place, limits: Limits) -> None:
        self._engine = create_engine(place.address.url, poolclass=NullPool)
        self._connection: Opened = self._engine.connect()

    def read(self, query: Query, now: datetime, limits: Limits) -> Result:
        """`:now` is a TIMESTAMP in UTC."""
        moment = now.astimezone(UTC).strftime("TIMESTAMP '%Y-%m-%d %H:%M:%S'")
        meter = Meter(limits)
        streamed = self._connection.execution_options(stream_results=True, no_parameters=True)
        found = streamed.exec_driver_sql(query.with_now(moment))
        columns = list(found.keys())
        while rows := found.fetchmany(meter.batch):
            if not meter.take(rows):
                break
        found.close()
        self._connection.rollback()
        return meter.result(columns)

    def tables(self) -> Iterable[str]:
        try:
            looked = inspect(self._connection)
            return [*looked.get_table_names(), *looked.get_view_names()]
        except (SQLAlchemyError, NotImplementedError):
            return []

    def is_alive(self) -> bool:
        return not self._connection.closed

    def abort(self) -> None:
        with suppress(SQLAlchemyError):
            self._connection.invalidate()

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()
