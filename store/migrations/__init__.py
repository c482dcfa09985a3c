"""The schema's history. `migrate` runs at every start, one process at a time."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

FOLDER = Path(__file__).parent
ADVISORY_LOCK = 0x486F7573


@dataclass(frozen=True, kw_only=True)
class Version:
    """Where a database's schema stands; `found` is None where there is none yet."""

    found: str | None
    newest: str
    is_known: bool

    @property
    def is_newest(self) -> bool:
        return self.found == self.newest


def version(connection: Connection) -> Version:
    """Only looks: changes nothing."""
    scripts = _scripts()
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    newest = scripts.get_current_head()
    assert newest is not None
    return Version(found=found, newest=newest, is_known=found is None or found in known)


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _let_tables_be_remade(connection)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
            if not version(connection).is_newest:
                command.upgrade(_config(connection), "head")
        connection.invalidate()


def _let_tables_be_remade(connection: Connection) -> None:
    """SQLite changes a table by making it anew, and refuses to drop one that others point to; the
    switch works outside a transaction only. https://sqlite.org/lang_altertable.html#otheralter"""
    connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
