import pytest
from sqlalchemy import create_engine, text

from store import Store
from store.crypto import Keyring
from store.database import database_url
from store.errors import Unreadable
from tests.store.databases import Clock, new_store

OWNER = "workspace/T1"


async def put(store: Store, clock: Clock, value: str, name: str = "bot_token", owner: str = OWNER) -> None:
    async with store.begin() as uow:
        await uow.secrets.put(owner=owner, name=name, value=value, now=clock())
        await uow.commit()


async def get(store: Store, name: str = "bot_token", owner: str = OWNER) -> str | None:
    async with store.read() as uow:
        return await uow.secrets.get(owner=owner, name=name)


async def test_a_secret_is_read_as_it_was_put_last(store: Store, clock: Clock) -> None:
    await put(store, clock, "xoxb-1")
    await put(store, clock, "xoxb-2")
    assert await get(store) == "xoxb-2"
    assert await get(store, "refresh_token") is None


async def test_removing_takes_all_of_one_owner(store: Store, clock: Clock) -> None:
    await put(store, clock, "xoxb-1")
    await put(store, clock, "xoxe-1", "refresh_token")
    await put(store, clock, "xoxb-2", owner="workspace/T2")
    async with store.begin() as uow:
        await uow.secrets.remove(owner=OWNER)
        await uow.commit()
    assert await get(store) is None
    assert await get(store, "refresh_token") is None
    assert await get(store, owner="workspace/T2") == "xoxb-2"


async def test_a_value_moved_to_another_row_does_not_open(store: Store, clock: Clock, url: str) -> None:
    await put(store, clock, "xoxb-1")
    await put(store, clock, "xoxb-2", owner="workspace/T2")
    engine = create_engine(database_url(url))
    with engine.begin() as connection:
        theirs = "(SELECT sealed FROM secret WHERE owner = 'workspace/T2')"
        connection.execute(text(f"UPDATE secret SET sealed = {theirs} WHERE owner = '{OWNER}'"))
    engine.dispose()
    with pytest.raises(Unreadable, match="workspace/T1/bot_token was altered"):
        await get(store)


async def test_without_its_key_a_secret_is_named_and_not_shown(store: Store, clock: Clock, url: str) -> None:
    await put(store, clock, "xoxb-1")
    other = new_store(url, clock, keyring=Keyring([bytes(32)]))
    with pytest.raises(Unreadable, match="workspace/T1/bot_token") as refused:
        await get(other)
    assert "xoxb" not in refused.value.message
    await other.close()


async def test_a_walk_sees_every_row_once_in_order(store: Store, clock: Clock) -> None:
    rows = [(f"workspace/T{number}", name) for number in range(3) for name in ("app_token", "bot_token")]
    for owner, name in reversed(rows):
        await put(store, clock, "x", name, owner)
    seen: list[tuple[str, str]] = []
    owner = name = ""
    async with store.read() as uow:
        while page := await uow.secrets.after(owner=owner, name=name, limit=4):
            seen += [(each.owner, each.name) for each in page]
            owner, name = seen[-1]
        assert await uow.secrets.count() == 6
    assert seen == rows


async def test_resealing_leaves_a_value_alone_that_was_put_meanwhile(store: Store, clock: Clock) -> None:
    await put(store, clock, "xoxb-1")
    async with store.read() as uow:
        [old] = await uow.secrets.all()
    await put(store, clock, "xoxb-2")
    async with store.begin() as uow:
        assert not await uow.secrets.reseal(old=old, key_id="1", sealed=b"2")
        await uow.commit()
    assert await get(store) == "xoxb-2"
