"""Houston's own database, which no data source may read."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from store.errors import SourceRefused
from store.sources.files import OWN
from store.sources.reach import Reach
from store.sources.urls import Address, option

PORTS = {"postgresql": 5432}
TABLES = frozenset({"alembic_version", "delivery", "workspace", "secret", "audit_entry"})
"""A database that has all of these is Houston's, whatever way leads there."""


@dataclass(frozen=True, kw_only=True)
class Own:
    url: str
    reach: Reach

    @property
    def file(self) -> Path | None:
        prefix, _, path = self.url.partition(":///")
        return Path(path.partition("?")[0]) if prefix.startswith("sqlite") else None

    def refuse(self, address: Address) -> None:
        """Raises SourceRefused for the same server and database, by whatever name."""
        if self.file or address.kind != "postgresql":
            return
        own = Address(kind="postgresql", dialect="postgres", url=make_url(self.url))
        if _database(own) != _database(address) or _port(own) != _port(address):
            return
        if own.path and address.path:
            is_same = Path(own.path).resolve() == Path(address.path).resolve()
        else:
            is_same = bool(self._hosts(own) & self._hosts(address))
        if is_same:
            raise SourceRefused(OWN)

    def _hosts(self, address: Address) -> set[str]:
        """Every address of this machine is one."""
        if not address.host:
            return {"here"}
        found = self.reach.found(address.host)
        return {"here" if each.is_loopback or each.is_unspecified else str(each) for each in found}


def refuse_ours(tables: Collection[str]) -> None:
    """Raises SourceRefused where a database's tables are Houston's."""
    if {each.lower() for each in tables} >= TABLES:
        raise SourceRefused(OWN)


def _database(address: Address) -> str:
    return address.url.database or address.url.username or ""


def _port(address: Address) -> int:
    return address.url.port or int(option(address.url, "port") or PORTS["postgresql"])
