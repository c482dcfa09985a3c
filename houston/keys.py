"""The secret keys: where they come from, what they cannot open, and how one replaces another."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston import access
from houston.config import CommandSettings
from houston.errors import SettingsError, Unreadable
from houston.key_file import key_file
from houston.team.audit import record
from store import Store, chain
from store.crypto import Keyring
from store.database import database_url
from store.secrets import row_of
from store.tables import AuditHead, Secret

BATCH = 200
MAKE = "Make one with: openssl rand -base64 32"
SEAL = "the seal of the audit log"


def keyring(settings: CommandSettings) -> Keyring:
    """The keys of HOUSTON_SECRET_KEY, else of the key file, which the first start makes.

    Raises SettingsError where neither will do.
    """
    told = settings.houston_secret_key
    if told is None:
        demand_none(settings)
        told = key_file(settings.houston_data_dir)
    return Keyring([base64.b64decode(key.strip()) for key in told.split(",")])


def demand_none(settings: CommandSettings) -> None:
    """Raises SettingsError where a key file will not do."""
    if database_url(settings.database_url).get_backend_name() != "sqlite":
        reason = "with PostgreSQL, so that every Houston on that database has the same"
    elif settings.houston_public_url:
        reason = "where HOUSTON_PUBLIC_URL is set: keep it outside the data folder and its backups"
    else:
        return
    raise SettingsError({"HOUSTON_SECRET_KEY": f"is missing. It is needed {reason}. {MAKE}"})


async def unreadable(store: Store) -> list[str]:
    """What none of the keys opens, by name; nothing is changed."""
    lost: list[Secret] = []
    async for secrets in _batches(store):
        lost += await asyncio.to_thread(_closed, store.keyring, secrets)
    async with store.read() as uow:
        workspaces = {
            each.id: each.name
            for secret in lost
            if (each := await uow.workspaces.find(id=secret.owner.removeprefix("workspace/")))
        }
        head = await uow.audit.head()
    named = [_name(secret, workspaces) for secret in lost]
    return named if head is None or head.seq == 0 or _holds(store, head) else [*named, SEAL]


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """How many values were put under the newest key, and by name what no key opens."""

    resealed: int
    unreadable: Sequence[str]


async def rotate(
    store: Store, *, now: datetime, progress: Callable[[int, int], None] = lambda done, total: None
) -> Rotation:
    """Put everything that is sealed under the first key, in steps that may be cut short and begun again.

    What no key opens stays as it is. `progress` is told how many of how many were looked at.
    """
    lost = await unreadable(store)
    resealed = looked_at = 0
    async with store.read() as uow:
        total, head = await uow.secrets.count(), await uow.audit.head()
    async for secrets in _batches(store):
        resealed += await _reseal(store, secrets)
        looked_at += len(secrets)
        progress(looked_at, total)
    if resealed or (head and head.seq and head.key_id != store.keyring.newest):
        await _tell(store, resealed, len(lost), now)
    return Rotation(resealed=resealed, unreadable=lost)


async def _reseal(store: Store, secrets: Sequence[Secret]) -> int:
    """How many of these were put under the newest key."""
    old = [secret for secret in secrets if secret.key_id != store.keyring.newest]
    fresh = await asyncio.to_thread(lambda: [_sealed_anew(store.keyring, secret) for secret in old])
    done = 0
    async with store.begin() as uow:
        for secret, sealed in zip(old, fresh, strict=True):
            if sealed:
                key_id, value = sealed
                done += await uow.secrets.reseal(old=secret, key_id=key_id, sealed=value)
        await uow.commit()
    return done


async def _tell(store: Store, resealed: int, lost: int, now: datetime) -> None:
    """The entry carries the log's seal over to the newest key too."""
    async with store.begin() as uow:
        after = {"resealed": resealed, "unreadable": lost, "key": store.keyring.newest}
        await record(uow, access.operator(), "keys.rotated", "the secret key", after=after, now=now)
        await uow.commit()


async def _batches(store: Store) -> AsyncIterator[list[Secret]]:
    owner = name = ""
    while True:
        async with store.read() as uow:
            secrets = await uow.secrets.after(owner=owner, name=name, limit=BATCH)
        if not secrets:
            return
        yield secrets
        owner, name = secrets[-1].owner, secrets[-1].name


def _closed(keyring: Keyring, secrets: Sequence[Secret]) -> list[Secret]:
    return [secret for secret in secrets if _sealed_anew(keyring, secret) is None]


def _sealed_anew(keyring: Keyring, secret: Secret) -> tuple[str, bytes] | None:
    """None where no key opens it."""
    row = row_of(secret)
    try:
        return keyring.seal(keyring.open(secret.key_id, secret.sealed, row=row), row=row)
    except Unreadable:
        return None


def _holds(store: Store, head: AuditHead) -> bool:
    try:
        return chain.seal_holds(store.keyring, head)
    except Unreadable:
        return False


def _name(secret: Secret, workspaces: dict[str, str]) -> str:
    """Such as `the bot token of Northwind (T123)`."""
    kind, _, id = secret.owner.partition("/")
    whose = f"{workspaces[id]} ({id})" if kind == "workspace" and id in workspaces else f"{kind} {id}"
    return f"the {secret.name.replace('_', ' ')} of {whose}"
