"""Keys come from the environment or a file; a new one takes over; a lost one destroys nothing."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from houston import access, keys
from houston.config import command_settings
from houston.errors import SettingsError, Unreadable
from houston.team.audit import Audits, record
from houston.team.verification import verify
from store import Store
from store.crypto import Keyring
from tests.store.databases import KINDS, Clock, fresh_url, new_store

pytestmark = pytest.mark.slow

OLD, NEW = bytes(range(32)), bytes(range(100, 132))
SECRETS = {
    ("workspace/T1", "bot_token"): "xoxe.xoxb-1",
    ("workspace/T1", "refresh_token"): "xoxe-1",
    ("workspace/T1", "app_token"): "xapp-1",
    ("destination/7", "address"): "https://hooks.slack.com/services/T/B/x",
    ("source/3", "url"): "postgresql://user:password@host/db",
}
NAMES = [
    "the address of destination 7",
    "the url of source 3",
    "the app token of Northwind (T1)",
    "the bot token of Northwind (T1)",
    "the refresh token of Northwind (T1)",
]
Opener = Callable[..., Awaitable[Store]]


@pytest.fixture(params=KINDS)
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens the same database with the keys given."""
    url = fresh_url(request.param, tmp_path)
    async with AsyncExitStack() as closing:

        async def store(*ring: bytes) -> Store:
            store = new_store(url, Clock(), keyring=Keyring(ring))
            closing.push_async_callback(store.close)
            return store

        await plant(await store(OLD))
        yield store


async def plant(store: Store) -> None:
    now = Clock()()
    async with store.begin() as uow:
        await uow.workspaces.connect(id="T1", name="Northwind", bot_user_id="U0", timezone=None, now=now)
        for (owner, name), value in SECRETS.items():
            await uow.secrets.put(owner=owner, name=name, value=value, now=now)
        await record(uow, access.operator(), "workspace.connected", "workspace T1", now=now)
        await uow.commit()


async def values(store: Store) -> dict[tuple[str, str], str | None]:
    async with store.read() as uow:
        return {place: await uow.secrets.get(owner=place[0], name=place[1]) for place in SECRETS}


async def test_a_new_key_takes_over_and_the_old_one_can_go(opened: Opener) -> None:
    both = await opened(NEW, OLD)
    told: list[tuple[int, int]] = []
    rotation = await keys.rotate(both, now=Clock()(), progress=lambda *each: told.append(each))
    assert (rotation.resealed, list(rotation.unreadable)) == (len(SECRETS), [])
    assert told == [(len(SECRETS), len(SECRETS))]
    alone = await opened(NEW)
    assert await values(alone) == SECRETS
    assert await keys.unreadable(alone) == []
    assert (await verify(alone)).problem == ""


async def test_a_rotation_tells_the_log_how_many_and_nothing_else(opened: Opener) -> None:
    both = await opened(NEW, OLD)
    await keys.rotate(both, now=Clock()())
    entry = (await Audits(store=both).page(access.operator()))[0]
    assert (entry.action, entry.after) == (
        "keys.rotated",
        {"resealed": len(SECRETS), "unreadable": 0, "key": both.keyring.newest},
    )


async def test_a_second_rotation_does_nothing(opened: Opener) -> None:
    both = await opened(NEW, OLD)
    await keys.rotate(both, now=Clock()())
    before = (await verify(both)).end
    assert (await keys.rotate(both, now=Clock()())).resealed == 0
    assert (await verify(both)).end == before


async def test_a_rotation_cut_short_is_taken_up_again(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "BATCH", 2)
    both = await opened(NEW, OLD)

    def stop(done: int, total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await keys.rotate(both, now=Clock()(), progress=stop)
    assert await values(both) == SECRETS
    assert (await keys.rotate(both, now=Clock()())).resealed == 1
    assert await values(await opened(NEW)) == SECRETS


async def test_with_the_key_lost_everything_is_named_and_nothing_touched(opened: Opener) -> None:
    lost = await opened(NEW)
    assert await keys.unreadable(lost) == [*NAMES, keys.SEAL]
    with pytest.raises(Unreadable):
        await values(lost)
    rotation = await keys.rotate(lost, now=Clock()())
    assert (rotation.resealed, rotation.unreadable) == (0, [*NAMES, keys.SEAL])
    found_again = await opened(OLD)
    assert await values(found_again) == SECRETS


async def test_a_rotation_carries_over_what_it_can_read_and_lists_the_rest(opened: Opener) -> None:
    other = await opened(bytes(32))
    async with other.begin() as uow:
        await uow.secrets.put(owner="workspace/T9", name="bot_token", value="xoxb-9", now=Clock()())
        await uow.commit()
    both = await opened(NEW, OLD)
    rotation = await keys.rotate(both, now=Clock()())
    assert (rotation.resealed, rotation.unreadable) == (len(SECRETS), ["the bot token of workspace T9"])
    assert await values(both) == SECRETS
    async with other.read() as uow:
        assert await uow.secrets.get(owner="workspace/T9", name="bot_token") == "xoxb-9"


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"HOUSTON_DATA_DIR": str(folder), **more}


def text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def test_the_variable_wins_over_the_file_and_makes_none(tmp_path: Path) -> None:
    several = f"{text(NEW)}, {text(OLD)}"
    ring = keys.keyring(command_settings(environment(tmp_path, HOUSTON_SECRET_KEY=several)))
    assert ring.newest == Keyring([NEW]).newest
    assert ring.open(*Keyring([OLD]).seal("x", row="r"), row="r") == "x"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("HOUSTON_DATABASE_URL", "postgres://user@host/houston", "with PostgreSQL"),
        ("HOUSTON_PUBLIC_URL", "https://houston.example.com", "where HOUSTON_PUBLIC_URL is set"),
    ],
)
def test_the_variable_is_demanded_with_reason_and_recipe(
    tmp_path: Path, variable: str, value: str, reason: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        keys.keyring(command_settings(environment(tmp_path, **{variable: value})))
    problem = refused.value.problems["HOUSTON_SECRET_KEY"]
    assert reason in problem
    assert "openssl rand -base64 32" in problem
    assert not list(tmp_path.iterdir())


def test_the_first_start_makes_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    found = command_settings(environment(tmp_path / "data"))
    ring = keys.keyring(found)
    file = tmp_path / "data" / "secret.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert keys.keyring(found).newest == ring.newest


def refusal(folder: Path) -> str:
    with pytest.raises(SettingsError) as refused:
        keys.keyring(command_settings(environment(folder)))
    return refused.value.problems["HOUSTON_SECRET_KEY"]


def test_a_file_that_others_can_read_is_refused_with_the_mend(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text(text(OLD))
    file.chmod(0o640)
    assert f"chmod 600 {file}" in refusal(tmp_path)


@pytest.mark.parametrize("held", ["", "not a key", "AAAA", "ü"])
def test_a_file_without_a_key_is_refused_and_left_as_it_is(tmp_path: Path, held: str) -> None:
    file = tmp_path / "secret.key"
    file.write_text(held)
    file.chmod(0o600)
    assert "holds no key" in refusal(tmp_path)
    assert file.read_text() == held


def test_a_file_may_hold_several_keys(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text(f"{text(NEW)},{text(OLD)}\n")
    file.chmod(0o600)
    assert keys.keyring(command_settings(environment(tmp_path))).newest == Keyring([NEW]).newest


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    assert "cannot be used" in refusal(tmp_path / "data")
