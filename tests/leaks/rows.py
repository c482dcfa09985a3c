"""What the planting goes by: whose rows are whose, and how one is added."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store import Store, UnitOfWork
from tests.leaks.town import Town

OWNER_OF_TEAM = {"agency": "g", "client_a": "a", "client_b": "b"}
SPARE = "U0SPARE"
"""Somebody in every workspace whom nobody plays."""


@dataclass(kw_only=True)
class Planted:
    """The ids of one owner's rows, for whoever wants to name them."""

    owner: str
    client_id: int | None
    slug: str
    workspace_id: str
    ids: dict[str, int]
    """By table."""


class Planter:
    """Plants in one transaction a store's worth of rows. Times are the last days before `now`."""

    def __init__(self, store: Store, uow: UnitOfWork, town: Town, now: datetime) -> None:
        self.store, self.uow, self.town, self.now = store, uow, town, now

    async def add(self, row: Any) -> Any:
        self.uow._session.add(row)
        await self.uow._session.flush()
        return row

    def id(self) -> int:
        return self.store.ids.next()
