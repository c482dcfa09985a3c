"""The root of Houston's errors. Every message is safe to show to a person.

HoustonError
├── NotFound          what was named does not exist, or lies outside the scope: nobody can tell which
├── Conflict          it exists already
├── Invalid           a field holds something that cannot be kept
├── Unreadable        a sealed value and the secret key do not fit
├── SourceError
│   ├── SourceRefused a data source's address or query is not allowed
│   └── SourceFailed  a data source did not answer a query
└── DatabaseError
    ├── DatabaseBusy      another running Houston holds this SQLite file
    ├── DatabaseUnusable  it cannot be opened or migrated
    └── NotKept           it refused a change
"""


class HoustonError(Exception):
    """Something a person can act on; `message` says what, in plain words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(HoustonError):
    """Named, but not there for this scope."""


class Conflict(HoustonError):
    """It exists already."""


class Invalid(HoustonError):
    """A field holds something that cannot be kept; `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Unreadable(HoustonError):
    """A sealed value that none of the secret keys opens; it names the row, never the value."""


class SourceError(HoustonError):
    """About a user's own database. `where` is the place in the query that it is about, from 0."""

    is_temporary = False
    """Whether the same may work later without anybody doing anything."""

    def __init__(self, message: str, *, where: int | None = None) -> None:
        super().__init__(message)
        self.where = where


class SourceRefused(SourceError):
    """A data source's address or query is not allowed here."""


class SourceFailed(SourceError):
    """A data source did not answer a query."""

    def __init__(self, message: str, *, where: int | None = None, is_temporary: bool = False) -> None:
        super().__init__(message, where=where)
        self.is_temporary = is_temporary


class DatabaseError(HoustonError):
    """The operator must act on the database."""


class DatabaseBusy(DatabaseError):
    """Another running Houston holds this SQLite file."""


class DatabaseUnusable(DatabaseError):
    """The database cannot be opened or migrated."""


class NotKept(DatabaseError):
    """The database refused a change; the log has its words."""
