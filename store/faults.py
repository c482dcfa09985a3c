from sqlalchemy import Connection
from sqlmodel import col, select

from store.dispatch import Write
from store.repository import Repository, upsert
from store.scope import Scope
from store.tables import Fault

FIRST_WORDS = ("id", "first_at", "client_id")


class Faults(Repository):
    async def find(self, *, scope: Scope, fingerprint: str) -> Fault | None:
        query = select(Fault).where(Fault.fingerprint == fingerprint, scope.holds(Fault.client_id))
        return (await self._session.exec(query)).first()


def counting(fault: Fault) -> Write:
    """Keep a fault; one with the same fingerprint is counted up and shows its newest words."""
    values = fault.model_dump()

    def write(connection: Connection) -> None:
        one_more = {"count": col(Fault.count) + 1}
        statement = upsert(
            connection.dialect.name, Fault, values, key=("fingerprint",), keep=FIRST_WORDS, also=one_more
        )
        connection.execute(statement, [values])

    return write
