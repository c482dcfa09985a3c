"""The memory: tables, one repository an aggregate, and the two ways in.

`Store.begin()` and `Store.read()` give a unit of work over the ORM. What is announced goes through
`Store.ledger`, which commits many events, their deliveries and their receipts in one transaction.
"""

from store.database import Store
from store.scope import Scope
from store.unit_of_work import UnitOfWork

__all__ = ["Scope", "Store", "UnitOfWork"]
