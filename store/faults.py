from sqlalchemy import Connection
from sqlmodel import col

from store.ledger import Write
from store.repository import upsert
from store.tables import Fault

FIRST_WORDS = ("id", "first_at", "client_id")


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
