"""`app.py api-key create`, `app.py keys rotate` and `app.py audit verify`."""

import sys
from collections.abc import Callable
from datetime import datetime

from houston import access
from houston.assembly import Houston
from houston.commands.progress import bar
from houston.keys import rotate
from houston.team.verification import verify


async def create_api_key(houston: Houston, name: str, client: str | None) -> None:
    print((await houston.api_keys.create(access.operator(), name, client)).key)


async def rotate_keys(houston: Houston, now: Callable[[], datetime]) -> bool:
    """False where something stays that no key opens."""
    with bar() as shown:
        task = shown.add_task("Sealing", total=None)
        done = await rotate(
            houston.store,
            now=now(),
            progress=lambda done, total: shown.update(task, completed=done, total=total),
        )
    print(f"{done.resealed:,} values are under the first key now.")
    for name in done.unreadable:
        print(f"left as it is, since no key opens it: {name}", file=sys.stderr)
    return not done.unreadable


async def verify_audit(houston: Houston) -> bool:
    """False where an entry was edited, removed or moved."""
    found = await verify(houston.store)
    if found.problem:
        print(found.problem, file=sys.stderr)
        return False
    print(f"{found.checked:,} entries, unbroken. The newest, to keep elsewhere: {found.end}")
    return True
