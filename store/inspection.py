"""A look at a database from outside: makes no file, changes no schema, waits for nobody."""

import fcntl
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from store.database import database_url
from store.errors import DatabaseUnusable
from store.migrations import Version, version

CONNECT_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """`where` shows no password, nor the options, which may hold one. `version` is None where there is
    no database file yet. `is_held`: a running Houston keeps this SQLite file for itself."""

    where: str
    file: Path | None
    version: Version | None
    is_held: bool = False


def inspect(url: str) -> Inspection:
    """Blocks; for a thread. Raises DatabaseUnusable with the mend."""
    parsed = database_url(url)
    where = parsed.set(query={}).render_as_string(hide_password=True)
    file = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    if file and not file.exists():
        return Inspection(where=where, file=file, version=None, is_held=_is_held(file))
    try:
        found = _version(_engine(parsed, file))
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise DatabaseUnusable(
            f"The database {where} cannot be opened: {why}. "
            "Check HOUSTON_DATABASE_URL and that the server runs."
        ) from error
    return Inspection(where=where, file=file, version=found, is_held=file is not None and _is_held(file))


def _version(engine: Engine) -> Version:
    with engine.connect() as connection:
        return version(connection)


def _engine(url: URL, file: Path | None) -> Engine:
    if file is None:
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": CONNECT_SECONDS})
    address = f"file:{quote(str(file.absolute()))}?mode=rw"

    def opened() -> Any:
        return connect(address, uri=True, timeout=CONNECT_SECONDS)

    return create_engine("sqlite://", creator=opened, poolclass=NullPool)


def _is_held(file: Path) -> bool:
    """Whether `Store.hold` has its lock; asked for together with others, so it is in nobody's way."""
    try:
        with Path(f"{file}.lock").open(encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except (FileNotFoundError, PermissionError):
        return False
    return False
