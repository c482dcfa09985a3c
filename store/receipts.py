"""How attempts ended, written many at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, update
from sqlmodel import col

from store.dispatch import Receipt
from store.tables import Delivery


def receive(connection: Connection, receipts: Sequence[Receipt], *, owner: str) -> None:
    if not receipts:
        return
    statement = (
        update(Delivery)
        .where(col(Delivery.id) == bindparam("row_id"), col(Delivery.owner) == owner)
        .values({name: bindparam(f"new_{name}") for name in RECEIPT_COLUMNS})
    )
    connection.execute(statement, [_receipt_values(receipt) for receipt in receipts])


RECEIPT_COLUMNS = ("state", "tries", "due_at", "ts", "sent_at", "error", "owner", "asked_at")


def _receipt_values(receipt: Receipt) -> dict[str, Any]:
    return {
        "row_id": receipt.delivery_id,
        "new_state": receipt.state,
        "new_tries": receipt.tries,
        "new_due_at": receipt.due_at,
        "new_ts": receipt.ts,
        "new_sent_at": receipt.sent_at,
        "new_error": receipt.error,
        "new_owner": "",
        "new_asked_at": receipt.asked_at,
    }
