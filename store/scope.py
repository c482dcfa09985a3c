from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, true


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The clients that may be seen. Made only by houston/access.py.

    `client_ids` is None for those who see every client, and what belongs to no client.
    """

    workspace_id: str | None
    client_ids: frozenset[int] | None

    def allows(self, client_id: int | None) -> bool:
        return self.client_ids is None or client_id in self.client_ids

    def narrowed(self, client_id: int) -> "Scope":
        """The same scope held to one client: never wider than before."""
        seen = frozenset({client_id}) if self.allows(client_id) else frozenset[int]()
        return Scope(workspace_id=self.workspace_id, client_ids=seen)

    def within(self, client_ids: frozenset[int]) -> "Scope":
        """The same scope held to these clients: never wider than before."""
        seen = client_ids if self.client_ids is None else self.client_ids & client_ids
        return Scope(workspace_id=self.workspace_id, client_ids=seen)

    def holds(self, column: Any) -> ColumnElement[bool]:
        """The condition that keeps a query's client column within this scope."""
        if self.client_ids is None:
            return true()
        condition: ColumnElement[bool] = column.in_(sorted(self.client_ids))
        return condition
