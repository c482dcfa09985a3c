"""The doctor's rounds: what can be looked at is looked at, all at once."""

import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from houston.doctor import machine, memory, model, told
from houston.doctor.finding import Check, Finding, Section, examine
from houston.doctor.patients import Patient, patients
from houston.doctor.told import Told
from houston.errors import SettingsError
from store import Store
from store.crypto import KEY_BYTES, Keyring
from store.inspection import Inspection

ORDER = ("Settings", "Database and secrets", "Slack", "Language model", "Machine")
SETTINGS, MEMORY, SLACK, MODEL, MACHINE = ORDER

NO_KEY = Keyring([bytes(KEY_BYTES)])
"""Opens nothing and seals nothing: the doctor only reads."""


async def rounds(
    found: Told, *, slack: Callable[[Sequence[Patient]], Sequence[Check]], now: Callable[[], datetime]
) -> list[Section]:
    """`slack` gives the checks of Slack for these workspaces; their group is SLACK."""
    database, opened = await _first(
        MEMORY, "Database", partial(memory.inspected, found.settings.database_url)
    )
    checks = [opened]
    async with AsyncExitStack() as closing:
        known: Sequence[Patient] | None = ()
        store = _store(found, database, now)
        if store:
            closing.push_async_callback(store.close)
            known, listed = await _first(SLACK, "Workspaces", partial(patients, store))
            checks.append(listed)
        checks += [*_ours(found, database, store), *slack(known or ())]
        return await examine(sorted(checks, key=lambda check: ORDER.index(check.group)))


Answer = TypeVar("Answer")


async def _first(group: str, name: str, ask: Callable[[], Awaitable[Answer]]) -> tuple[Answer | None, Check]:
    """What other checks build on, and the check that tells of it where it failed."""
    answers: list[Answer] = []

    async def look() -> Sequence[Finding]:
        answers.append(await ask())
        return []

    (section,) = await examine([Check(group=group, name=name, look=look)])

    async def told_before() -> Sequence[Finding]:
        return section.findings

    return next(iter(answers), None), Check(group=group, name=name, look=told_before)


def _store(found: Told, database: Inspection | None, now: Callable[[], datetime]) -> Store | None:
    """Only one of our own schema can be read; none is brought up to date here."""
    if database is None or database.version is None or not database.version.is_newest:
        return None
    try:
        keyring = memory.readable_keyring(found.settings)
    except SettingsError:
        keyring = None
    return Store(found.settings.database_url, now=now, rng=random.Random(), keyring=keyring or NO_KEY)


def _ours(found: Told, database: Inspection | None, store: Store | None) -> list[Check]:
    settings = found.settings

    async def of_settings() -> Sequence[Finding]:
        return told.look_at_settings(found)

    async def of_oauth() -> Sequence[Finding]:
        return told.look_at_oauth(found)

    async def of_database() -> Sequence[Finding]:
        return memory.look_at_database(database) if database else []

    checks = [
        Check(group=SETTINGS, name="Variables", look=of_settings),
        Check(group=SETTINGS, name="OAuth", look=of_oauth),
        Check(group=MEMORY, name="Database", look=of_database),
        Check(group=MEMORY, name=memory.KEY, look=partial(memory.look_at_key, settings, store)),
        Check(group=MODEL, name=model.CHECK, look=partial(model.look_at_model, settings)),
        Check(
            group=MACHINE,
            name="Folders",
            look=partial(machine.look_at_folders, _folders(settings.houston_data_dir, database)),
        ),
        Check(
            group=MACHINE,
            name="Port",
            look=partial(machine.look_at_port, settings.houston_host, settings.houston_port),
        ),
    ]
    if store:
        audit = Check(group=MEMORY, name="Audit log", look=partial(memory.look_at_audit, store), seconds=60)
        checks.append(audit)
    return checks


def _folders(data: Path, database: Inspection | None) -> list[Path]:
    """The data folder holds the key file too; SQLite's file may lie elsewhere."""
    return [data, *([database.file.parent] if database and database.file else [])]
