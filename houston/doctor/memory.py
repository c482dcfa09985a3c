"""What Houston remembers: the database, the secret key that opens its secrets, and the audit log."""

import asyncio
from collections.abc import Sequence

from houston import keys
from houston.config import CommandSettings
from houston.doctor.finding import Finding, unset, well, wrong
from houston.key_file import FILE
from houston.team.verification import verify
from store import Store
from store.crypto import Keyring
from store.inspection import Inspection, inspect

KEY = "Secret key"
LOST = (
    "Add the key that sealed it to HOUSTON_SECRET_KEY, after a comma; where it is lost, connect the "
    "workspace again."
)


async def inspected(url: str) -> Inspection:
    """Raises DatabaseError."""
    return await asyncio.to_thread(inspect, url)


def look_at_database(found: Inspection) -> Sequence[Finding]:
    if found.version is None:
        return [unset("Database", f"{found.where} is not there yet; the first start makes it")]
    running = [unset("Running", "another Houston runs on this database")] if found.is_held else []
    return [_schema(found), *running]


def _schema(found: Inspection) -> Finding:
    version = found.version
    assert version is not None
    if version.found is None:
        return unset("Database", f"{found.where} opens and is empty; the first start makes its tables")
    if not version.is_known:
        detail = f"{found.where} is of a newer Houston (schema {version.found}, here {version.newest})"
        return wrong("Database", detail, "Start that newer Houston instead.")
    if not version.is_newest:
        detail = f"{found.where} has schema {version.found}, not {version.newest}"
        return wrong("Database", detail, "Restart Houston: it brings the database up to date as it starts.")
    return well("Database", f"{found.where} opens, schema {version.found}")


def readable_keyring(settings: CommandSettings) -> Keyring | None:
    """The keys that there are; None where the first start is still to make one.

    Raises SettingsError.
    """
    if settings.houston_secret_key is None and not (settings.houston_data_dir / FILE).exists():
        keys.demand_none(settings)
        return None
    return keys.keyring(settings)


async def look_at_key(settings: CommandSettings, store: Store | None) -> Sequence[Finding]:
    """Raises SettingsError where there is none to be had."""
    found = await asyncio.to_thread(readable_keyring, settings)
    closed = await keys.unreadable(store) if store else []
    lost = [wrong("Secret", f"{name} cannot be read", LOST) for name in closed]
    if found is None and lost:
        return [wrong(KEY, f"there is none, and {settings.houston_data_dir / FILE} is gone", LOST), *lost]
    if found is None:
        return [unset(KEY, "none yet; the first start makes a key file in the data folder")]
    source = "HOUSTON_SECRET_KEY" if settings.houston_secret_key else str(settings.houston_data_dir / FILE)
    return lost or [well(KEY, f"{source} opens everything that is sealed")]


async def look_at_audit(store: Store) -> Sequence[Finding]:
    found = await verify(store)
    if found.problem:
        mend = "Compare with a backup, and find out who can write to the database: app.py audit verify."
        return [wrong("Audit log", found.problem, mend)]
    return [well("Audit log", f"unbroken, {found.checked:,} {'entry' if found.checked == 1 else 'entries'}")]
