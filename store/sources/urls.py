"""The address of a data source, taken apart; only options that we know are let through."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import SourceRefused

Kind = Literal["postgresql", "mysql", "sqlite", "duckdb", "other"]

KINDS: dict[str, tuple[Kind, str]] = {
    "postgres": ("postgresql", "postgres"),
    "postgresql": ("postgresql", "postgres"),
    "mysql": ("mysql", "mysql"),
    "mariadb": ("mysql", "mysql"),
    "sqlite": ("sqlite", "sqlite"),
    "duckdb": ("duckdb", "duckdb"),
}
"""Backend → how we speak to it, and sqlglot's name of its SQL."""

OPTIONS: dict[str, Collection[str]] = {
    "postgresql": ("sslmode", "sslrootcert", "channel_binding", "application_name", "host", "port"),
    "mysql": ("charset", "ssl", "ssl_verify_identity", "unix_socket"),
    "sqlite": (),
    "duckdb": (),
}
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")

HOST = r"[\w.-]+|\[?[0-9a-fA-F:.]+(%\w+)?\]?"

FORMS = (
    "Write it as postgresql://user:password@host/database, mysql://user:password@host/database, "
    "sqlite:///file.db or duckdb:///folder."
)
UNREADABLE = f"This is not the address of a database. {FORMS}"
OPTION = "The option “{name}” of the address is not allowed here. Leave it out{known}."
ONE_HOST = "Name one host, not several."
NO_HOST = "The address names no host. " + FORMS
NO_FILE = "The address names no file or folder. " + FORMS
NAME = "The name of the database may not hold “=”, “:” or “/”."
SSL = f"sslmode is one of {', '.join(SSL_MODES)}."
ROOT_CERTIFICATES = "Of sslrootcert only “system” is allowed here."


@dataclass(frozen=True, kw_only=True)
class Address:
    """`dialect` is sqlglot's; `url` holds the password: show `place` to people."""

    kind: Kind
    dialect: str
    url: URL

    @property
    def host(self) -> str:
        return (self.url.host or "").strip("[]").rstrip(".").lower()

    @property
    def path(self) -> str:
        """Of the file, folder or socket that it names; '' for none."""
        if self.kind in ("sqlite", "duckdb"):
            return self.url.database or ""
        name = "unix_socket" if self.kind == "mysql" else "host"
        return option(self.url, name) if self.kind != "other" else ""

    @property
    def place(self) -> str:
        """Without user, password and options."""
        bare = URL.create(
            self.url.get_backend_name(), host=self.url.host, port=self.url.port, database=self.url.database
        )
        return bare.render_as_string()


def option(url: URL, name: str) -> str:
    found = url.query.get(name, "")
    return found if isinstance(found, str) else found[-1]


def read_url(text: str) -> Address:
    """Raises SourceRefused, never with the address's own words: it holds a password."""
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError) as error:
        raise SourceRefused(UNREADABLE) from error
    kind, dialect = KINDS.get(url.get_backend_name(), ("other", ""))
    address = Address(kind=kind, dialect=dialect, url=url)
    if kind != "other":
        _check_options(address)
        _check_shape(address)
    return address


def _check_options(address: Address) -> None:
    known = OPTIONS[address.kind]
    for name in address.url.query:
        if name not in known:
            hint = f" (known: {', '.join(known)})" if known else ""
            raise SourceRefused(OPTION.format(name=name[:40], known=hint))
    if address.kind == "postgresql":
        if option(address.url, "sslmode") not in ("", *SSL_MODES):
            raise SourceRefused(SSL)
        if option(address.url, "sslrootcert") not in ("", "system"):
            raise SourceRefused(ROOT_CERTIFICATES)


def _check_shape(address: Address) -> None:
    url = address.url
    if any("\x00" in part for part in (url.host or "", url.database or "", url.username or "")):
        raise SourceRefused(UNREADABLE)
    if address.kind in ("sqlite", "duckdb"):
        if url.host or not url.database or re.match(r"\w*:", url.database):
            raise SourceRefused(NO_FILE)
        return
    if not url.host and not address.path:
        raise SourceRefused(NO_HOST)
    if "," in (url.host or "") or "," in address.path or isinstance(url.query.get("port"), tuple):
        raise SourceRefused(ONE_HOST)
    if address.path and (url.host or not address.path.startswith("/")):
        raise SourceRefused(ONE_HOST)
    if url.host and not re.fullmatch(HOST, url.host):
        raise SourceRefused(NO_HOST)
    if re.search(r"[=:/\\]", url.database or ""):
        raise SourceRefused(NAME)
