"""Where a source may lead, and where not."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from store.errors import SourceFailed, SourceRefused
from tests.store.databases import NOON, fresh_url
from tests.store.sources.shops import duckdb_shop, source, sources, sqlite_shop

pytestmark = pytest.mark.slow

HOSTILE_URLS = (
    "",
    "hello",
    "http://example.com/x",
    "file:///etc/passwd",
    "sqlite://",
    "sqlite:///:memory:",
    "sqlite:////",
    "sqlite:////etc/passwd",
    "sqlite:///../secret.db",
    "sqlite:///file:shop.db?mode=rw&uri=true",
    "sqlite:///file:/etc/passwd",
    "sqlite:///shop.db?mode=rw",
    "sqlite:///shop.db?uri=true",
    "sqlite:///shop.db?vfs=unix-none",
    "sqlite+pysqlcipher://:p@/shop.db?kdf_iter=1",
    "sqlite:///shop.db\x00.csv",
    "sqlite://evil.example.com/shop.db",
    "duckdb:////",
    "duckdb:////etc",
    "duckdb:///..",
    "duckdb:///:memory:",
    "duckdb:///md:shared",
    "duckdb:///shop?access_mode=read_write",
    "postgresql://u:p@127.0.0.1/x",
    "postgresql://u:p@localhost/x",
    "postgresql://u:p@127.1/x",
    "postgresql://u:p@2130706433/x",
    "postgresql://u:p@0x7f000001/x",
    "postgresql://u:p@0/x",
    "postgresql://u:p@[::1]/x",
    "postgresql://u:p@[::ffff:169.254.169.254]/x",
    "postgresql://u:p@[fd00:ec2::254]/x",
    "postgresql://u:p@[fe80::1%25eth0]/x",
    "postgresql://u:p@[64:ff9b::a9fe:a9fe]/x",
    "postgresql://u:p@169.254.169.254/x",
    "postgresql://u:p@metadata.google.internal/x",
    "postgresql://u:p@METADATA.google.internal./x",
    "postgresql://u:p@10.0.0.5/x",
    "postgresql://u:p@192.168.1.1/x",
    "postgresql://u:p@100.64.0.1/x",
    "postgresql://u:p@inside.example.com/x",
    "postgresql://u:p@both.example.com/x",
    "postgresql://u:p@db.example.com,127.0.0.1/x",
    "postgresql://u:p@db.example.com/x?host=127.0.0.1",
    "postgresql://u:p@db.example.com/x?hostaddr=127.0.0.1",
    "postgresql://u:p@/x?host=127.0.0.1",
    "postgresql://u:p@/x?host=/tmp",
    "postgresql://u:p@/x?host=/tmp,127.0.0.1",
    "postgresql://u:p@/x?host=@abstract",
    "postgresql:///x",
    "postgresql://u:p@db.example.com/host=127.0.0.1",
    "postgresql://u:p@db.example.com/postgresql:%2F%2F127.0.0.1",
    "postgresql://u:p@db.example.com/x?service=own",
    "postgresql://u:p@db.example.com/x?servicefile=/etc/passwd",
    "postgresql://u:p@db.example.com/x?passfile=/etc/passwd",
    "postgresql://u:p@db.example.com/x?sslkey=/etc/passwd",
    "postgresql://u:p@db.example.com/x?sslrootcert=/etc/passwd",
    "postgresql://u:p@db.example.com/x?sslmode=whatever",
    "postgresql://u:p@db.example.com/x?options=-c%20default_transaction_read_only=off",
    "postgresql://u:p@%2Ftmp/x",
    "mysql://u:p@127.0.0.1/x",
    "mysql://u:p@169.254.169.254/x",
    "mysql://u:p@db.example.com/x?local_infile=1",
    "mysql://u:p@db.example.com/x?read_default_file=/etc/passwd",
    "mysql://u:p@db.example.com/x?unix_socket=/tmp/s",
    "mysql://u:p@/x?unix_socket=/tmp/mysql.sock",
    "mysql://u:p@db.example.com/x?init_command=DROP%20TABLE%20t",
    "mysql://u:p@db.example.com/x?client_flag=65536",
    "mysql://u:p@db.example.com/x?ssl_ca=/etc/passwd",
    "mysql+mysqldb://u:p@localhost/x",
    "snowflake://u:p@acme/x",
    "bigquery://project?credentials_path=/etc/passwd",
    "acme://u:p@db.example.com/x",
)

ADDRESSES = {
    "db.example.com": ["93.184.216.34"],
    "inside.example.com": ["10.1.2.3"],
    "both.example.com": ["93.184.216.34", "127.0.0.1"],
    "localhost": ["127.0.0.1"],
    "127.1": ["127.0.0.1"],
    "2130706433": ["127.0.0.1"],
    "0x7f000001": ["127.0.0.1"],
    "0": ["0.0.0.0"],
    "metadata.google.internal": ["93.184.216.34"],
}


def names(host: str) -> Sequence[str]:
    """A resolver for the tests; nothing in this module may really connect anywhere."""
    if host not in ADDRESSES:
        raise OSError("no such host")
    return ADDRESSES[host]


async def test_no_hostile_address_is_connected_to(tmp_path: Path) -> None:
    (tmp_path / "roots").mkdir()
    sqlite_shop(tmp_path / "roots")
    shutil.copy(tmp_path / "roots" / "shop.db", tmp_path / "secret.db")
    found = sources(tmp_path / "roots", resolve=names)
    for url in HOSTILE_URLS:
        with pytest.raises(SourceRefused) as caught:
            await found.trial(url, trusts_files=True)
        assert "p@" not in caught.value.message, url
    assert len(HOSTILE_URLS) > 60


async def test_files_are_for_those_who_are_trusted_with_them(tmp_path: Path) -> None:
    url = sqlite_shop(tmp_path)
    for untrusted in (url, "postgresql:///x?host=/tmp", "duckdb:///shop"):
        with pytest.raises(SourceRefused, match="operator"):
            await sources(tmp_path).trial(untrusted, trusts_files=False)
    with pytest.raises(SourceRefused, match="HOUSTON_FILE_ROOTS"):
        await sources().trial(url, trusts_files=True)


async def test_a_path_is_looked_for_under_the_roots(tmp_path: Path) -> None:
    sqlite_shop(tmp_path)
    assert (await sources(tmp_path).trial("sqlite:///shop.db", trusts_files=True)).tables == ("orders",)
    with pytest.raises(SourceFailed, match="nothing at this path"):
        await sources(tmp_path).trial("sqlite:///other.db", trusts_files=True)


@pytest.mark.parametrize("link", [os.symlink, os.link])
async def test_links_lead_nowhere_else(tmp_path: Path, link: object) -> None:
    own = Path(fresh_url("sqlite", tmp_path).removeprefix("sqlite:///"))
    inside = tmp_path / "roots"
    inside.mkdir()
    (os.symlink if link is os.symlink else os.link)(own, inside / "harmless.db")
    found = sources(inside, own=f"sqlite:///{own}")
    with pytest.raises(SourceRefused):
        await found.trial("sqlite:///harmless.db", trusts_files=True)


async def test_a_path_that_turns_into_a_link_is_refused_at_the_next_run(tmp_path: Path) -> None:
    roots = tmp_path / "roots"
    roots.mkdir()
    found, url = sources(roots), sqlite_shop(roots)
    assert (await found.run(source(url), "SELECT count(*) FROM orders", now=NOON)).rows == ((4,),)
    shutil.move(roots / "shop.db", tmp_path / "shop.db")
    (roots / "shop.db").symlink_to(tmp_path / "shop.db")
    with pytest.raises(SourceRefused, match="not under a folder"):
        await found.run(source(url), "SELECT count(*) FROM orders", now=NOON)


async def test_houstons_own_file_is_refused_by_every_way(tmp_path: Path) -> None:
    own = fresh_url("sqlite", tmp_path)
    path = Path(own.removeprefix("sqlite:///"))
    found = sources(tmp_path, own=own)
    for url in (own, f"sqlite:///{path.name}", f"sqlite:///../{tmp_path.name}/{path.name}"):
        with pytest.raises(SourceRefused, match="Houston's own database"):
            await found.trial(url, trusts_files=True)
    shutil.copy(path, tmp_path / "copy.db")
    with pytest.raises(SourceRefused, match="Houston's own database"):
        await found.trial("sqlite:///copy.db", trusts_files=True)


async def test_a_folder_shows_its_tables_and_nothing_that_a_link_leads_to(tmp_path: Path) -> None:
    roots = tmp_path / "roots"
    roots.mkdir()
    duckdb_shop(roots)
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (roots / "shop" / "secret.csv").symlink_to(tmp_path / "secret.csv")
    (roots / "shop" / "notes.txt").write_text("no table")
    found = sources(roots)
    assert (await found.trial("duckdb:///shop", trusts_files=True)).tables == ("orders", "visits")
    with pytest.raises(SourceFailed, match="secret"):
        await found.run(source("duckdb:///shop"), "SELECT * FROM secret", now=NOON)
    with pytest.raises(SourceRefused, match="no CSV or Parquet"):
        await sources(tmp_path).trial(f"duckdb:///{_empty(tmp_path)}", trusts_files=True)


async def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    duckdb_shop(tmp_path)
    (tmp_path / "shop" / "Orders.tsv").write_text("a\n1\n")
    with pytest.raises(SourceRefused, match="several files"):
        await sources(tmp_path).trial("duckdb:///shop", trusts_files=True)


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


async def test_a_missing_driver_is_told_with_the_package_to_install() -> None:
    for url, package in (
        ("snowflake://u:p@acme/x", "snowflake-sqlalchemy"),
        ("bigquery://project", "sqlalchemy-bigquery"),
        ("clickhousedb://u:p@db.example.com/x", "clickhouse-connect"),
        ("trino://u@db.example.com/x", "trino"),
        ("acme://u:p@db.example.com/x", "acme"),
    ):
        with pytest.raises(SourceRefused, match=package):
            await sources(resolve=names).trial(url, trusts_files=False)


def test_a_place_shows_no_password() -> None:
    place = sources().place("postgresql://ann:hunter2@db.example.com:5433/shop?sslmode=require")
    assert place == "postgresql://db.example.com:5433/shop"
