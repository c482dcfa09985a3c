"""The audit's chain, attacked with plain SQL by somebody who has the database and not the key."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from houston import access
from houston.access import Actor
from houston.errors import NotAllowed
from houston.team.audit import Audits, record
from houston.team.verification import Verification, verify
from store import Scope, Store, chain
from store.crypto import Keyring
from store.database import database_url
from store.tables import AuditEntry, AuditHead
from tests.store.agency import EVERYTHING, Agency
from tests.store.databases import KEYRING, Clock, new_store

pytestmark = pytest.mark.slow

DANA = Actor(id="member T1/U1", name="Dana", scope=EVERYTHING, is_admin=True)
LENGTH = 6


async def add(store: Store, clock: Clock, number: int, clients: list[int | None] | None = None) -> AuditEntry:
    async with store.begin() as uow:
        after = {"rule": number, "severity": "warning", "ratio": 0.1 * number, "text": "Zürich ☃"}
        entry = await record(
            uow, DANA, "rule.added", f"rule {number}", after=after, clients=clients or [], now=clock()
        )
        await uow.commit()
    clock.forward(microseconds=1_000_001)
    return entry


@pytest.fixture
async def log(store: Store, clock: Clock, agency: Agency) -> Store:
    """Six entries, of which 2 and 5 speak of Acme, 3 of nobody, the others of Globex; 2 and 5 are erased."""
    for number in range(1, LENGTH):
        await add(store, clock, number, [agency.acme if number in (2, 5) else agency.globex])
    async with store.begin() as uow:
        seqs = await uow.audit.about(client_id=agency.acme, workspace_ids=[])
        entry = await record(
            uow, DANA, "client.deleted", f"client {agency.acme}", after={"erased": seqs}, now=clock()
        )
        await uow.audit.clear(seqs=seqs, by=entry.seq)
        await uow.commit()
    return store


@pytest.fixture
def sql(url: str) -> Callable[..., None]:
    def run(*statements: str, **values: Any) -> None:
        engine = create_engine(database_url(url))
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), values if ":" in statement else {})
        engine.dispose()

    return run


async def problem(store: Store) -> str:
    return (await verify(store)).problem


async def test_a_log_as_houston_wrote_it_is_found_whole(log: Store) -> None:
    found = await verify(log)
    assert (found.checked, found.problem) == (LENGTH, "")
    assert found.end.startswith(f"{LENGTH} ")


async def test_an_empty_log_is_whole(store: Store) -> None:
    assert await verify(store) == Verification(checked=0, end="0 ", problem="")


EDITS = {
    "at": "'2020-01-01 00:00:00'",
    "actor": "'cli'",
    "actor_name": "'Eve'",
    "workspace_id": "'T9'",
    "action": "'rule.deleted'",
    "subject": "'rule 99'",
    "before": """'{"a": 1}'""",
    "after": """'{"a": 1}'""",
    "salt": "'00'",
    "content_hash": "'00'",
    "hash": "'00'",
    "erased_by": "1",
}


def test_every_column_is_edited_below() -> None:
    assert set(EDITS) | {"seq"} == set(AuditEntry.model_fields)


@pytest.mark.parametrize("column", EDITS)
async def test_an_edited_column_of_any_entry_is_found(
    log: Store, sql: Callable[..., None], column: str
) -> None:
    for seq in range(1, LENGTH + 1):
        keep = f"SELECT {column} FROM audit_entry WHERE seq = {seq}"
        sql("DROP TABLE IF EXISTS kept", f"CREATE TABLE kept AS {keep}")
        sql(f"UPDATE audit_entry SET {column} = {EDITS[column]} WHERE seq = {seq}")
        assert await problem(log), f"{column} of entry {seq}"
        sql(f"UPDATE audit_entry SET {column} = (SELECT {column} FROM kept) WHERE seq = {seq}")
        assert not await problem(log)
    sql("DROP TABLE kept")


@pytest.mark.parametrize(("seq", "words"), [(1, "Entry 1 was removed."), (3, "Entry 3 was removed.")])
async def test_a_removed_entry_is_named(log: Store, sql: Callable[..., None], seq: int, words: str) -> None:
    sql(f"DELETE FROM audit_entry WHERE seq = {seq}")
    assert await problem(log) == words


async def test_a_cut_tail_is_found_though_what_is_left_hangs_together(
    log: Store, sql: Callable[..., None]
) -> None:
    sql("DELETE FROM audit_entry WHERE seq > 4", "DELETE FROM audit_client WHERE seq > 4")
    assert await problem(log) == "Entries 5–6 were removed from the end."


async def test_swapped_entries_are_found(log: Store, sql: Callable[..., None]) -> None:
    sql(*(f"UPDATE audit_entry SET seq = {new} WHERE seq = {old}" for old, new in [(3, 99), (4, 3), (99, 4)]))
    assert await problem(log)


@pytest.mark.parametrize("seq", [-1, 0, 7, 9])
async def test_an_entry_put_there_by_hand_is_found(log: Store, sql: Callable[..., None], seq: int) -> None:
    columns = ", ".join(EDITS)
    sql(
        f"INSERT INTO audit_entry (seq, {columns}) SELECT {seq}, {columns} FROM audit_entry WHERE seq = 1",
    )
    assert await problem(log)


async def test_renumbering_to_hide_a_removed_entry_is_found(log: Store, sql: Callable[..., None]) -> None:
    sql("DELETE FROM audit_entry WHERE seq = 3", "UPDATE audit_entry SET seq = 3 WHERE seq = 4")
    assert await problem(log)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_client WHERE seq = 1",
        "UPDATE audit_client SET client_id = client_id + 1 WHERE seq = 1",
        "INSERT INTO audit_client (seq, client_id) VALUES (3, 77)",
        "INSERT INTO audit_client (seq, client_id) VALUES (2, 77)",
        "INSERT INTO audit_client (seq, client_id) VALUES (50, 77)",
        "UPDATE audit_head SET id = 2",
        "UPDATE audit_head SET seq = 5",
        "UPDATE audit_head SET seq = 7",
        "UPDATE audit_head SET hash = '00'",
        "UPDATE audit_head SET key_id = '00'",
        "UPDATE audit_head SET key_id = ''",
        "UPDATE audit_head SET seal = '00'",
        "UPDATE audit_head SET seal = 'ü'",
        "DELETE FROM audit_head",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET erased_by = 4 WHERE seq = 2",
        "UPDATE audit_entry SET erased_by = NULL WHERE seq = 2",
    ],
)
async def test_whatever_else_is_changed_is_found(
    log: Store, sql: Callable[..., None], statement: str
) -> None:
    sql(statement)
    assert await problem(log)


async def test_what_cannot_be_read_any_more_is_found(log: Store, sql: Callable[..., None], url: str) -> None:
    if url.startswith("postgresql"):
        pytest.skip("PostgreSQL keeps no broken JSON and no broken time")
    sql("UPDATE audit_entry SET after = '{' WHERE seq = 3")
    assert await problem(log) == "Entry 3 was edited: it cannot be read any more."
    sql("UPDATE audit_entry SET after = 'null', at = 'noon' WHERE seq = 3")
    assert await problem(log) == "Entry 3 was edited: it cannot be read any more."


async def test_an_entry_erased_by_hand_is_found(log: Store, sql: Callable[..., None]) -> None:
    async with log.begin() as uow:
        await uow.audit.clear(seqs=[3], by=LENGTH)
        await uow.commit()
    assert await problem(log) == "Entry 3 was erased by hand, or put back."


async def rewrite(store: Store, keyring: Keyring) -> None:
    """What a forger would do: change an entry, and every hash after it, and sign with another key."""
    previous = ""
    async with store.begin() as uow:
        for entry, clients in await uow.audit.rows(after=0, limit=100):
            if entry.seq == 3:
                entry.actor_name = "Eve"
            if entry.erased_by is None:
                entry.content_hash = chain.content_hash(entry, clients)
            entry.hash = previous = chain.link(previous, entry.seq, entry.content_hash)
            uow._session.add(entry)
        head = await uow.audit.lock()
        head.hash = previous
        chain.seal(keyring, head)
        await uow.commit()


async def test_a_chain_rewritten_to_the_last_hash_without_the_key_is_found(log: Store) -> None:
    await rewrite(log, Keyring([bytes(32)]))
    assert "which is not here" in await problem(log)


async def test_a_forged_key_id_does_not_help(log: Store, sql: Callable[..., None]) -> None:
    await rewrite(log, Keyring([bytes(32)]))
    sql("UPDATE audit_head SET key_id = :id", id=KEYRING.newest)
    assert "a seal that Houston did not make" in await problem(log)


async def test_a_next_entry_does_not_seal_a_forgery(
    log: Store, clock: Clock, sql: Callable[..., None]
) -> None:
    await rewrite(log, Keyring([bytes(32)]))
    sql("UPDATE audit_head SET key_id = :id", id=KEYRING.newest)
    entry = await add(log, clock, 7)
    assert entry.seq == LENGTH + 2
    assert "a seal that Houston did not make" in await problem(log)


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM audit_head", "UPDATE audit_head SET seq = 2", "UPDATE audit_head SET seq = 40"],
)
async def test_houston_goes_on_after_the_head_was_touched_and_the_trace_stays(
    log: Store, clock: Clock, sql: Callable[..., None], statement: str
) -> None:
    sql(statement)
    await add(log, clock, 7)
    await add(log, clock, 8)
    assert await problem(log)


async def test_a_wrong_key_for_a_while_leaves_a_log_that_verifies_with_both(
    log: Store, clock: Clock, url: str
) -> None:
    wrong = Keyring([bytes(32)])
    other = new_store(url, clock, keyring=wrong)
    await add(other, clock, 7)
    assert "which is not here" in await problem(other)
    await other.close()
    await add(log, clock, 8)
    assert "which is not here" in await problem(log)
    both = new_store(url, clock, keyring=Keyring([bytes(range(32)), bytes(32)]))
    assert await problem(both) == ""
    await both.close()


async def test_a_log_taken_away_with_its_head_is_missed_where_secrets_are_kept(
    log: Store, clock: Clock, sql: Callable[..., None]
) -> None:
    async with log.begin() as uow:
        await uow.secrets.put(owner="workspace/T1", name="bot_token", value="xoxb-1", now=clock())
        await uow.commit()
    sql("DELETE FROM audit_entry", "DELETE FROM audit_client", "DELETE FROM audit_head")
    assert "it was removed" in await problem(log)


async def test_two_houstons_append_at_once_and_the_chain_holds(
    store: Store, url: str, clock: Clock, agency: Agency
) -> None:
    other = new_store(url, clock, seed=8)
    each = [add(one, clock, number, [agency.acme]) for number in range(10) for one in (store, other)]
    entries = await asyncio.gather(*each)
    assert sorted(entry.seq for entry in entries) == list(range(1, 21))
    assert await verify(other) == await verify(store)
    assert await problem(store) == ""
    await other.close()


async def test_a_long_log_is_checked_page_by_page(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("houston.team.verification.BATCH", 3)
    for number in range(1, 8):
        await add(store, clock, number)
    assert (await verify(store)).checked == 7


async def test_an_entry_that_is_not_committed_was_never_there(store: Store, clock: Clock) -> None:
    async with store.begin() as uow:
        await record(uow, DANA, "rule.added", "rule 1", now=clock())
    assert (await verify(store)).checked == 0


async def test_only_what_differs_is_kept(store: Store, clock: Clock) -> None:
    before, after = {"severity": "info", "active": True}, {"severity": "critical", "active": True}
    async with store.begin() as uow:
        entry = await record(uow, DANA, "rule.changed", "rule 1", before=before, after=after, now=clock())
    assert (entry.before, entry.after) == ({"severity": "info"}, {"severity": "critical"})


def admin(**scope: Any) -> Actor:
    return Actor(id="member T1/U2", name="Ann", scope=Scope(**scope), is_admin=True)


async def test_admins_read_what_lies_within_their_scope(store: Store, clock: Clock, agency: Agency) -> None:
    acme, globex = agency.acme, agency.globex
    await add(store, clock, 1, [acme])
    await add(store, clock, 2, [globex])
    await add(store, clock, 3, [acme, globex])
    await add(store, clock, 4)
    async with store.begin() as uow:
        await record(uow, access.operator(), "client.renamed", "client acme", clients=[acme], now=clock())
        await uow.commit()

    async def seen(actor: Actor) -> list[int]:
        return [entry.seq for entry in await Audits(store=store).page(actor)]

    assert await seen(admin(workspace_id="T1", client_ids=None)) == [5, 4, 3, 2, 1]
    assert await seen(admin(workspace_id="T1", client_ids=frozenset({acme}))) == [4, 1]
    assert await seen(admin(workspace_id="T2", client_ids=frozenset({acme}))) == []
    assert await seen(admin(workspace_id=None, client_ids=frozenset({acme}))) == [5]
    assert await seen(admin(workspace_id=None, client_ids=frozenset({globex}))) == []
    assert await seen(admin(workspace_id=None, client_ids=frozenset())) == []


async def test_the_log_is_turned_page_by_page(store: Store, clock: Clock) -> None:
    for number in range(1, 6):
        await add(store, clock, number)
    page = await Audits(store=store).page(DANA, limit=2)
    page += await Audits(store=store).page(DANA, before=page[-1].seq, limit=2)
    assert [entry.seq for entry in page] == [5, 4, 3, 2]


async def test_a_member_does_not_read_the_log(store: Store) -> None:
    member = Actor(id="member T1/U3", name="Max", scope=EVERYTHING, is_admin=False, admins=("Dana",))
    with pytest.raises(NotAllowed, match="Ask Dana"):
        await Audits(store=store).page(member)


async def test_a_clients_own_key_speaks_of_its_client(store: Store, clock: Clock, agency: Agency) -> None:
    key = admin(workspace_id=None, client_ids=frozenset({agency.acme}))
    async with store.begin() as uow:
        await record(uow, key, "rule.added", "rule 9", now=clock() + timedelta(days=1))
        await uow.commit()
    assert [entry.seq for entry in await Audits(store=store).page(key)] == [1]


def test_a_head_without_a_key_is_not_sealed() -> None:
    assert not chain.seal_holds(KEYRING, AuditHead())
