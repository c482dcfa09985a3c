"""Deleting a client: nothing of it is left, and nothing of anybody else is gone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, text

from houston.access import Actor, operator
from houston.errors import Invalid, NotAllowed, NotFound
from houston.team.audit import Audits, record
from houston.team.erasure import Erased, Erasure
from houston.team.notices import NOTICE
from houston.team.verification import verify
from store import Scope, Store
from store.belongings import KEPT, Belongings
from store.database import database_url
from store.dispatch import Receipt, Route, Target
from store.tables import Event, Workspace, metadata
from store.tables.notify import SENT
from tests.store.databases import NOON, Clock
from tests.store.planting import AGENCY, Rows, dump, plant

pytestmark = pytest.mark.slow

KESTREL, OSPREY = "kestrel7f3a", "osprey91bc"
DANA = Actor(id=f"member {AGENCY}/U1", name="Dana", scope=operator().scope, is_admin=True)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(database_url(url))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.fixture
async def planted(store: Store, url: str, clock: Clock) -> dict[str, Rows]:
    """Two clients with a canary in every table, and an agency that serves both."""
    with connected(url) as connection:
        agency = Workspace(id=AGENCY, name="Agency", created_at=NOON)
        connection.execute(insert(Workspace).values(agency.model_dump()))
        planted = {canary: plant(connection, canary) for canary in (KESTREL, OSPREY)}
        for canary, rows in planted.items():
            slug = {"slug": canary, "id": rows["client"]["id"]}
            connection.execute(text("UPDATE client SET slug = :slug WHERE id = :id"), slug)
    async with store.begin() as uow:
        for canary, rows in planted.items():
            changed = {"name": f"{canary}-audit", "text": "ü"}
            client = rows["client"]["id"]
            await record(uow, DANA, "rule.added", canary, after=changed, clients=[client], now=clock())
            scope = Scope(workspace_id=rows["workspace"]["id"], client_ids=frozenset({client}))
            own = Actor(id=f"member {canary}", name=canary, scope=scope, is_admin=True)
            await record(uow, own, "member.changed", "member U1", now=clock())
        await record(uow, DANA, "timezone.changed", "workspace", after={"zone": "UTC"}, now=clock())
        await uow.commit()
    return planted


async def delete(store: Store, slug: str = KESTREL, typed: str | None = None, actor: Actor = DANA) -> Erased:
    return await Erasure(store=store, now=Clock()).delete_client(
        actor, slug, slug if typed is None else typed
    )


def test_every_table_has_its_place_in_an_erasure() -> None:
    """A new table with data of a client fails here until Belongings knows it."""
    erased = {str(table.__tablename__) for table, _ in Belongings(1).rows()}
    assert erased | set(KEPT) == set(metadata.tables)
    assert not erased & set(KEPT)


def test_the_planting_reaches_every_column_of_text(url: str, planted: dict[str, Rows]) -> None:
    with connected(url) as connection:
        rows = dump(connection, KESTREL)
    assert not [name for name, found in rows.items() if not found and name not in WITHOUT_TEXT]


WITHOUT_TEXT = {"audit_client", "audit_head", "point", "rule_destination"}


async def test_nothing_of_a_deleted_client_is_left_in_any_table(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    erased = await delete(store)
    assert erased.workspace_ids == (f"{KESTREL}-workspace-id",)
    with connected(url) as connection:
        assert not {name: rows for name, rows in dump(connection, KESTREL).items() if rows}
        number = planted[KESTREL]["client"]["id"]
        tied = [table for table in metadata.sorted_tables if "client_id" in table.columns]
        for table in tied:
            assert not connection.execute(table.select().where(table.c.client_id == number)).all(), table.name


async def test_every_row_of_the_other_client_stays_as_it_was(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    with connected(url) as connection:
        before, agency = dump(connection, OSPREY), dump(connection, f"'{AGENCY}'")
    await delete(store)
    with connected(url) as connection:
        assert dump(connection, OSPREY) == before
        kept = dump(connection, f"'{AGENCY}'")["workspace"]
        assert kept == agency["workspace"]


async def test_not_one_byte_is_left_in_the_file_and_its_journal(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    if url.startswith("postgresql"):
        pytest.skip("PostgreSQL's pages are its own")
    file = Path(url.removeprefix("sqlite:///"))
    assert KESTREL.encode() in bytes_of(file)
    erased = await delete(store)
    assert erased.is_scrubbed
    assert KESTREL.encode() not in bytes_of(file)
    assert OSPREY.encode() in bytes_of(file)


def bytes_of(file: Path) -> bytes:
    return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))


async def test_where_a_reader_is_in_the_way_the_scrubbing_waits(
    store: Store, url: str, planted: dict[str, Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    if url.startswith("postgresql"):
        pytest.skip("PostgreSQL clears its pages itself")
    with connected(url) as connection:
        connection.execute(text("PRAGMA busy_timeout=0"))
        connection.execute(text("SELECT count(*) FROM event")).all()
        async with store.read() as uow:
            await uow.clients.all(scope=DANA.scope)
            assert not (await delete(store)).is_scrubbed
    assert await store.scrub()


async def test_the_log_keeps_hashes_only_and_still_verifies(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    before = {entry.seq: entry.hash for entry in await Audits(store=store).page(operator())}
    await delete(store)
    found = await verify(store)
    assert (found.checked, found.problem) == (len(before) + 1, "")
    newest, *older = await Audits(store=store).page(operator())
    number = planted[KESTREL]["client"]["id"]
    assert (newest.subject, newest.after) == (f"client {number}", {"erased": [1, 2]})
    assert {entry.seq: entry.hash for entry in older} == before
    assert [entry.seq for entry in older if entry.erased_by == newest.seq] == [2, 1]


async def test_what_was_said_of_it_elsewhere_goes_by_whole_words(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    said = {
        "How is KESTREL7F3A?": False,
        "kestrel7f3as are falcons": True,
        f"How is {OSPREY}?": True,
    }
    with connected(url) as connection:
        rows = planted[OSPREY]
        for number, question in enumerate(said):
            turn = {**rows["turn"], "id": number + 1, "ts": f"{number}", "question": question}
            connection.execute(metadata.tables["turn"].insert().values(turn))
        for number, words in enumerate(["Kestrel7f3a is gone", "Nothing else"]):
            notice = Event(
                id=number + 1, type=NOTICE, occurred_at=NOON, recorded_at=NOON, dedupe_key=f"n{number}"
            )
            values = notice.model_dump() | {"payload": {"text": words}}
            connection.execute(metadata.tables["event"].insert().values(values))
    await delete(store)
    with connected(url) as connection:
        kept = connection.execute(text("SELECT question FROM turn WHERE id < 100 ORDER BY id")).scalars()
        assert list(kept) == [question for question, stays in said.items() if stays]
        assert connection.execute(text("SELECT id FROM event WHERE type = 'notice'")).scalars().all() == [2]


async def test_names_are_found_as_json_writes_them(store: Store, url: str, planted: dict[str, Rows]) -> None:
    with connected(url) as connection:
        connection.execute(text("UPDATE client SET name = 'Müller & Söhne' WHERE slug = :s"), {"s": KESTREL})
        rows = planted[OSPREY]
        turn = {**rows["turn"], "id": 1, "ts": "1", "steps": [{"answer": "MÜLLER & SÖHNE earned 3"}]}
        connection.execute(metadata.tables["turn"].insert().values(turn))
    await delete(store)
    with connected(url) as connection:
        assert not connection.execute(text("SELECT id FROM turn WHERE id = 1")).all()


async def test_a_rule_of_the_agency_that_has_nowhere_left_to_go_rests(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    with connected(url) as connection:
        for number, destinations in ((1, [KESTREL]), (2, [KESTREL, OSPREY])):
            rule = {**planted[OSPREY]["rule"], "workspace_id": AGENCY, "client_id": None}
            connection.execute(
                metadata.tables["rule"].insert().values({**rule, "id": number, "number": number})
            )
            for canary in destinations:
                link = {"rule_id": number, "destination_id": _destination(connection, canary)}
                connection.execute(metadata.tables["rule_destination"].insert().values(link))
    await delete(store)
    with connected(url) as connection:
        active = connection.execute(text("SELECT active FROM rule WHERE id < 100 ORDER BY id")).scalars()
        assert [bool(each) for each in active] == [False, True]


def _destination(connection: Connection, canary: str) -> Any:
    query = text("SELECT id FROM destination WHERE workspace_id = :workspace AND alias LIKE :alias")
    return connection.execute(query, {"workspace": AGENCY, "alias": f"{canary}%"}).scalar_one()


async def test_its_channels_stay_known_and_lose_their_approval(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    await delete(store)
    with connected(url) as connection:
        query = text("SELECT approved_by, client_id FROM channel WHERE workspace_id = :w ORDER BY id")
        left = [tuple(row) for row in connection.execute(query, {"w": AGENCY})]
    assert left == [("", None), ("U1", planted[OSPREY]["client"]["id"])]


async def test_the_tokens_of_its_workspaces_are_handed_over_and_never_shown(
    store: Store, planted: dict[str, Rows]
) -> None:
    id = planted[KESTREL]["workspace"]["id"]
    async with store.begin() as uow:
        await uow.secrets.put(owner=f"workspace/{id}", name="bot_token", value="xoxb-77", now=NOON)
        await uow.commit()
    erased = await delete(store)
    assert erased.bot_tokens == {id: "xoxb-77"}
    assert "xoxb-77" not in repr(erased)
    async with store.read() as uow:
        assert f"workspace/{id}" not in {secret.owner for secret in await uow.secrets.all()}


async def test_a_preview_counts_what_would_go_and_takes_nothing(
    store: Store, url: str, planted: dict[str, Rows]
) -> None:
    with connected(url) as connection:
        before = dump(connection)
    counts = await Erasure(store=store, now=Clock()).preview(DANA, KESTREL)
    assert set(counts) == set(metadata.tables) - set(KEPT)
    assert min(counts.values()) >= 1
    with connected(url) as connection:
        assert dump(connection) == before


@pytest.mark.parametrize("typed", ["", "yes", KESTREL.upper(), OSPREY])
async def test_without_the_slug_typed_nothing_goes(
    store: Store, url: str, planted: dict[str, Rows], typed: str
) -> None:
    with connected(url) as connection:
        before = dump(connection)
    with pytest.raises(Invalid, match=f"Type {KESTREL}") as refused:
        await delete(store, typed=typed)
    assert refused.value.field == "confirmation"
    with connected(url) as connection:
        assert dump(connection) == before


async def test_only_an_admin_of_the_agency_deletes(store: Store, planted: dict[str, Rows]) -> None:
    theirs = Scope(workspace_id="T", client_ids=frozenset({planted[KESTREL]["client"]["id"]}))
    for actor in (
        Actor(id="member T/U", name="Ann", scope=theirs, is_admin=True),
        Actor(id="member T/U", name="Max", scope=DANA.scope, is_admin=False),
    ):
        with pytest.raises(NotAllowed):
            await delete(store, actor=actor)


async def test_an_unknown_client_is_not_found(store: Store, planted: dict[str, Rows]) -> None:
    with pytest.raises(NotFound, match="nobody"):
        await delete(store, slug="nobody")


async def test_a_receipt_for_a_delivery_that_is_gone_does_no_harm(
    store: Store, planted: dict[str, Rows]
) -> None:
    delivery = planted[KESTREL]["delivery"]
    await delete(store)
    receipt = Receipt(delivery_id=delivery["id"], state=SENT, tries=1, due_at=NOON, ts="1.2", sent_at=NOON)
    recorded = store.ledger.turn([], [receipt], routing=nowhere, now=NOON, lease=Clock().now - NOON, room=0)
    assert recorded == []


def nowhere(event: Event, routes: Sequence[Route], now: datetime) -> list[Target]:
    return []
