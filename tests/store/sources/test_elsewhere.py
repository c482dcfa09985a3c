"""A database that only SQLAlchemy knows: here a dialect of the tests' own, over a file."""

from pathlib import Path

import pytest
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from store.errors import SourceFailed, SourceRefused
from store.sources import Limits
from tests.store.databases import NOON
from tests.store.sources.shops import source, sources, sqlite_shop


class AcmeDialect(SQLiteDialect_pysqlite):
    """Stands for what a package brings along."""

    name = "acmedb"
    supports_statement_cache = True


registry.register("acmedb", __name__, "AcmeDialect")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_shop(tmp_path).replace("sqlite:", "acmedb:")


async def test_any_installed_dialect_is_read(url: str, tmp_path: Path) -> None:
    found = sources(tmp_path, limits=Limits(rows=3))
    assert (await found.trial(url, trusts_files=True)).tables == ("orders",)
    query = "SELECT id, ':now 100%' AS x FROM orders ORDER BY id -- all"
    result = await found.run(source(url), query, now=NOON)
    assert result.columns == ("id", "x")
    assert (result.rows[0], len(result.rows), result.is_cut) == ((1, ":now 100%"), 3, True)


async def test_what_writes_is_refused_there_too(url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="DELETE"):
        await sources(tmp_path).run(source(url), "DELETE FROM orders", now=NOON)


async def test_its_failures_are_told_in_plain_words(url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="no such table: ghosts"):
        await sources(tmp_path).run(source(url), "SELECT * FROM ghosts", now=NOON)


async def test_its_files_and_options_are_looked_at_like_all_others(url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="operator"):
        await sources(tmp_path).trial(url, trusts_files=False)
    with pytest.raises(SourceRefused, match="not under a folder"):
        await sources(tmp_path).trial("acmedb:////etc/passwd", trusts_files=True)
    with pytest.raises(SourceRefused, match="option “mode”"):
        await sources(tmp_path).trial(f"{url}?mode=rw", trusts_files=True)
    with pytest.raises(SourceRefused, match="inside this network"):
        await sources(tmp_path).trial("acmedb://u:p@127.0.0.1/x", trusts_files=True)
