from pathlib import Path

import pytest

from store import Store
from store.database import database_url
from store.errors import Conflict, DatabaseBusy, DatabaseUnusable
from tests.store.agency import EVERYTHING, Agency
from tests.store.databases import Clock, fresh_url, new_store

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg(scheme: str) -> None:
    url = database_url(f"{scheme}://u:p%40ss@db.example:6543/houston?sslmode=require")
    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.port, url.password, url.database) == ("db.example", 6543, "p@ss", "houston")
    assert url.query["sslmode"] == "require"


@pytest.mark.parametrize("url", ["sqlite:////data/houston.db", "sqlite+aiosqlite:////data/houston.db"])
def test_every_spelling_of_sqlite_means_the_file(url: str) -> None:
    assert database_url(url).database == "/data/houston.db"


@pytest.mark.parametrize("url", ["", "houston.db", "postgresql://host:port/houston"])
def test_what_is_no_address_is_refused_with_the_two_forms(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="write sqlite:///folder/file"):
        database_url(url)


@pytest.mark.parametrize("url", ["mysql://u:secret@host/houston", "sqlite://"])
def test_other_databases_are_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(DatabaseUnusable) as refused:
        database_url(url)
    assert "secret" not in refused.value.message


async def test_a_server_that_is_not_there_is_named_without_its_password(clock: Clock) -> None:
    store = new_store("postgresql://u:secret@127.0.0.1:1/houston?connect_timeout=2", clock)
    with pytest.raises(DatabaseUnusable, match="HOUSTON_DATABASE_URL") as refused:
        await store.open()
    assert "127.0.0.1" in refused.value.message
    assert "secret" not in refused.value.message
    await store.close()


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path, clock: Clock) -> None:
    store = new_store(f"sqlite:///{tmp_path}/missing/houston.db", clock)
    with pytest.raises(DatabaseUnusable, match="missing"):
        await store.open()
    with pytest.raises(DatabaseUnusable, match="missing"):
        store.hold()
    await store.close()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "houston.db").write_text("timestamp,value\n" * 500, encoding="utf-8")
    store = new_store(f"sqlite:///{tmp_path}/houston.db", clock)
    with pytest.raises(DatabaseUnusable, match="not a database"):
        await store.open()
    await store.close()


async def test_sqlite_refuses_a_second_running_houston_until_the_first_stops(
    tmp_path: Path, clock: Clock
) -> None:
    url = fresh_url("sqlite", tmp_path)
    first, second = new_store(url, clock), new_store(url, clock)
    first.hold()
    with pytest.raises(DatabaseBusy, match="Another Houston is running"):
        second.hold()
    await first.close()
    second.hold()
    await second.close()


async def test_postgresql_lets_several_run(clock: Clock, tmp_path: Path) -> None:
    url = fresh_url("postgresql", tmp_path)
    first, second = new_store(url, clock), new_store(url, clock)
    first.hold()
    second.hold()
    await first.close()
    await second.close()


async def test_without_commit_nothing_stays(store: Store, clock: Clock) -> None:
    async with store.begin() as uow:
        await uow.clients.open(slug="acme", name="Acme", now=clock())
    async with store.read() as uow:
        assert await uow.clients.all(scope=EVERYTHING) == []


async def test_an_error_takes_everything_back(store: Store, clock: Clock) -> None:
    async def fail_halfway() -> None:
        async with store.begin() as uow:
            await uow.clients.open(slug="acme", name="Acme", now=clock())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_halfway()
    async with store.read() as uow:
        assert await uow.clients.all(scope=EVERYTHING) == []


async def test_the_same_thing_saved_twice_is_a_conflict(store: Store, clock: Clock) -> None:
    async def add(name: str) -> None:
        async with store.begin() as uow:
            await uow.api_keys.add(name=name, hash="same", client_id=None, now=clock())
            await uow.commit()

    await add("first")
    with pytest.raises(Conflict):
        await add("second")


async def test_a_client_is_opened_once_and_keeps_its_name(store: Store, agency: Agency, clock: Clock) -> None:
    async with store.begin() as uow:
        again = await uow.clients.open(slug="acme", name="Another Acme", now=clock())
        await uow.commit()
    assert (again.id, again.name) == (agency.acme, "Acme")


def test_ids_rise_even_when_the_clock_stands_still_or_goes_back(tmp_path: Path, clock: Clock) -> None:
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    ids = [store.ids.next() for _ in range(500)]
    clock.forward(seconds=-5)
    ids += [store.ids.next() for _ in range(500)]
    assert ids == sorted(set(ids))
    assert max(ids) < 2**63
