"""What a query may cost, and what a source that hangs costs the others."""

import asyncio
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from store.errors import SourceFailed, SourceRefused
from store.sources import Limits, Source, Sources
from store.sources.nouns import Query
from store.sources.urls import read_url
from tests.store.databases import NOON, fresh_url
from tests.store.sources.shops import (
    QUICK,
    duckdb_shop,
    postgres_shop,
    socket_folder,
    source,
    sources,
    sqlite_shop,
)

pytestmark = pytest.mark.slow

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "duckdb": "SELECT count(*) FROM range(10000000000) a, range(1000) b",
    "postgres": "SELECT count(*) FROM generate_series(1, 10000000000) a",
}
HUGE = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, 'word' FROM n",
    "duckdb": "SELECT range, 'word' FROM range(10000000000)",
    "postgres": "SELECT i, 'word' FROM generate_series(1, 1000000) i",
}
SHOPS: dict[str, Callable[[Path], str]] = {
    "sqlite": sqlite_shop,
    "duckdb": duckdb_shop,
    "postgres": lambda _: postgres_shop(),
}


@pytest.fixture(params=list(SHOPS))
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def roots(url: str, folder: Path) -> list[Path]:
    return [socket_folder(url)] if url.startswith("postgresql") else [folder]


@contextmanager
def silent_server() -> Iterator[int]:
    """Lets everybody in and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield server.getsockname()[1]


@contextmanager
def door_to(folder: Path) -> Iterator[int]:
    """A TCP port of the PostgreSQL server that only has a socket."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_let_in, args=(server, folder), daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def _let_in(server: socket.socket, folder: Path) -> None:
    path = next(each for each in folder.iterdir() if each.name.startswith(".s.PGSQL") and each.is_socket())
    while True:
        try:
            outside, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_pass_on, args=(outside, path), daemon=True).start()


def _pass_on(outside: socket.socket, path: Path) -> None:
    with outside, socket.socket(socket.AF_UNIX) as inside:
        inside.connect(str(path))
        other = {outside: inside, inside: outside}
        while True:
            for one in select.select([outside, inside], [], [])[0]:
                data = one.recv(65536)
                if not data:
                    return
                other[one].sendall(data)


async def test_an_endless_query_ends(dialect: str, tmp_path: Path) -> None:
    url = SHOPS[dialect](tmp_path)
    found = sources(*roots(url, tmp_path), limits=QUICK)
    began = time.monotonic()
    with pytest.raises(SourceFailed, match=r"longer than 0\.3 seconds") as caught:
        await found.run(source(url), ENDLESS[dialect], now=NOON)
    assert time.monotonic() - began < 10
    assert caught.value.is_temporary
    await found.close()
    patient = sources(*roots(url, tmp_path))
    assert (await patient.run(source(url), "SELECT 1", now=NOON)).rows == ((1,),)
    await patient.close()


async def test_a_huge_answer_is_cut_at_the_rows(dialect: str, tmp_path: Path) -> None:
    url = SHOPS[dialect](tmp_path)
    found = sources(*roots(url, tmp_path), limits=Limits(rows=100))
    result = await found.run(source(url), HUGE[dialect], now=NOON)
    assert (len(result.rows), result.is_cut) == (100, True)
    exact = await found.run(source(url), f"SELECT * FROM ({HUGE[dialect]} LIMIT 100) x", now=NOON)
    assert (len(exact.rows), exact.is_cut) == (100, False)
    await found.close()


async def test_a_big_answer_is_cut_at_the_bytes(dialect: str, tmp_path: Path) -> None:
    url = SHOPS[dialect](tmp_path)
    found = sources(*roots(url, tmp_path), limits=Limits(bytes=1200))
    result = await found.run(source(url), HUGE[dialect], now=NOON)
    assert (len(result.rows), result.is_cut) == (100, True)
    await found.close()


async def test_a_source_that_hangs_holds_up_nobody_else(tmp_path: Path) -> None:
    url = sqlite_shop(tmp_path)
    limits = Limits(seconds=1, waiting=3)
    with silent_server() as port:
        found = sources(tmp_path, allow=["127.0.0.1"], limits=limits)
        hanging = source(f"mysql://u:p@127.0.0.1:{port}/x", id=2)
        waits = [asyncio.create_task(found.run(hanging, "SELECT 1", now=NOON)) for _ in range(8)]
        began = time.monotonic()
        for _ in range(10):
            assert (await found.run(source(url), "SELECT count(*) FROM orders", now=NOON)).rows == ((4,),)
        assert time.monotonic() - began < 30
        ends = await asyncio.gather(*waits, return_exceptions=True)
        assert all(isinstance(each, SourceFailed) and each.is_temporary for each in ends)
        assert sum("busy" in str(each) for each in ends) >= 3
        assert sum(thread.name == "source" for thread in threading.enumerate()) <= limits.connections
        await found.close()


@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
async def test_a_server_that_says_nothing_is_told_as_unreachable(scheme: str) -> None:
    with silent_server() as port:
        found = sources(allow=["127.0.0.0/8"], limits=QUICK)
        with pytest.raises(SourceFailed) as caught:
            await found.trial(f"{scheme}://u:secret@127.0.0.1:{port}/x", trusts_files=False)
        assert caught.value.is_temporary
        assert "secret" not in caught.value.message


async def test_what_is_connected_to_is_the_address_that_was_looked_at() -> None:
    """A name that means something else the second time it is asked gains nothing."""
    answers = iter([["127.0.0.1"], ["10.9.9.9"], ["10.9.9.9"]])
    asked: list[str] = []

    def turncoat(host: str) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    shop = make_url(postgres_shop())
    with door_to(socket_folder(postgres_shop())) as port:
        found = sources(allow=["127.0.0.1"], resolve=turncoat)
        url = f"postgresql://{shop.username}:x@shop.example.com:{port}/shop?sslmode=disable"
        assert "orders" in (await found.trial(url, trusts_files=False)).tables
        assert asked == ["shop.example.com"]
        with pytest.raises(SourceRefused, match="inside this network"):
            await found.trial(url, trusts_files=False)


async def test_houstons_own_postgresql_is_refused_by_every_way() -> None:
    own = fresh_url("postgresql", Path())
    folder = socket_folder(own)
    with pytest.raises(SourceRefused, match="Houston's own database"):
        await sources(folder, own=own).trial(own, trusts_files=True)
    with pytest.raises(SourceRefused, match="Houston's own database"):
        await sources(folder).trial(own, trusts_files=True)
    far = "postgresql://houston:x@db.example.com/houston"
    known = {"db.example.com": ["93.184.216.34"], "alias.example.com": ["93.184.216.34"]}
    found = sources(own=far, resolve=known.__getitem__)
    with pytest.raises(SourceRefused, match="Houston's own database"):
        await found.trial("postgres://ann:y@alias.example.com:5432/houston", trusts_files=False)


async def test_a_connection_is_used_again_and_hung_up_on_when_forgotten() -> None:
    url = postgres_shop()
    found = sources(socket_folder(url))
    mine = source(url)
    pids = [await _pid(found, mine) for _ in range(3)]
    assert len(set(pids)) == 1
    await found.forget(mine.id)
    assert await _pid(found, mine) != pids[0]
    await found.close()


async def test_a_kept_connection_that_died_is_replaced() -> None:
    url = postgres_shop()
    found = sources(socket_folder(url))
    mine = source(url)
    pid = await _pid(found, mine)
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", [pid])
    assert (await found.run(mine, "SELECT 1", now=NOON)).rows == ((1,),)
    await found.close()


async def _pid(found: Sources, mine: Source) -> int:
    """Past the parser, which lets nobody ask."""
    lane = found._lane(mine, read_url(mine.url))
    query = Query(text="SELECT pg_backend_pid()")
    result = await lane.use(lambda connection: connection.read(query, NOON, Limits()))
    return int(str(result.rows[0][0]))
