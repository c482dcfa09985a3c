"""Users' databases in the attack: one file of each owner, and one of the agency's that nobody reaches."""

import secrets
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from store.sources import Result, Source, Sources, Trial
from tests.leaks.canaries import FIGURES, canary
from tests.leaks.town import Town

COLUMN, FIGURE = "source column", "figure column"
QUERY = "SELECT * FROM {table}"
UNREACHED = canary("g", "source host")


class NotedSources(Sources):
    """`asked` are the URLs of those that were, in their order."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.asked: list[str] = []

    async def run(self, source: Source, sql: str, *, now: datetime) -> Result:
        self.asked.append(source.url)
        return await super().run(source, sql, now=now)

    async def trial(self, url: str, *, trusts_files: bool) -> Trial:
        self.asked.append(url)
        return await super().trial(url, trusts_files=trusts_files)


def lay(folder: Path, town: Town) -> None:
    """The files, whose paths people may see: `source <owner>` among the town's URLs; the agency's other
    one is `source gone`."""
    for owner in "abg":
        path = folder / f"{secrets.token_hex(12)}.db"
        with sqlite3.connect(path) as database:
            database.execute(
                f"CREATE TABLE {table(owner)} ({canary(owner, COLUMN)} TEXT, {canary(owner, FIGURE)} INT)"
            )
            row = (canary(owner, "source value"), FIGURES[owner])
            database.execute(f"INSERT INTO {table(owner)} VALUES (?, ?)", row)
        database.close()
        town.urls[f"source {owner}"] = f"sqlite:///{path}"
    town.urls["source gone"] = f"postgresql://reader:{secrets.token_hex(12)}@{UNREACHED}.example/shop"
    town.watch.secrets.append(password(town))


def opened(folder: Path, now: Any) -> NotedSources:
    """No host has an address here."""
    return NotedSources(
        own_url="sqlite:///none.db", file_roots=[folder], allow_hosts=(), now=now, resolve=lambda _: []
    )


def table(owner: str) -> str:
    return canary(owner, "source table")


def query(owner: str) -> str:
    return QUERY.format(table=table(owner))


def password(town: Town) -> str:
    return town.urls["source gone"].partition("reader:")[2].partition("@")[0]
