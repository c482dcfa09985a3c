"""The URLs of data sources: sealed, and never shown again."""

from datetime import datetime

from houston.access import Actor
from houston.errors import InvalidFields
from store import UnitOfWork
from store.tables import DataSource

URL = "url"
"""The secret's name."""

LONGEST = 2_000
EMPTY = "Write where it is, such as postgresql://reader:password@host/database."


def written(url: str | None) -> str:
    """Raises InvalidFields for `url`."""
    kept = (url or "").strip()
    if not kept:
        raise InvalidFields({"url": EMPTY})
    if len(kept) > LONGEST or not kept.isprintable():
        raise InvalidFields({"url": "This is no URL: " + EMPTY[0].lower() + EMPTY[1:]})
    return kept


def trusts_files(actor: Actor) -> bool:
    """Files are for the operator and the agency's admins."""
    return actor.is_admin and not actor.is_held and actor.scope.client_ids is None


async def put(uow: UnitOfWork, source: DataSource, url: str, now: datetime) -> None:
    await uow.secrets.put(owner=owner(source.id), name=URL, value=url, now=now)


def owner(id: int | None) -> str:
    """As Secret names whom it belongs to."""
    return f"data_source/{id}"
