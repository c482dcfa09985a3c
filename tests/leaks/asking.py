"""Requests to Houston's web server, honest and forged, and what is held against their answers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.leaks.audience import Audience
from tests.leaks.canaries import NOTHING
from tests.leaks.house import House

SEES = {
    "agency": frozenset("abgnr"),
    "client A": frozenset("a"),
    "client B": frozenset("b"),
    "revoked": NOTHING,
    "no key": NOTHING,
}
"""API keys by name, and whose words each may read."""

KEYS = tuple(SEES)
CLIENT_KEYS = ("client A", "client B")
GOOD = ("agency", *CLIENT_KEYS)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A request, but for the key."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text) if self.text else None

    def words(self, *named: str) -> str:
        """What it says, without the names that it repeats and what differs each time."""
        text = self.text
        for each in sorted(named, key=len, reverse=True):
            text = re.sub(rf"(?<![\w-]){re.escape(each)}(?![\w-])", "NAME", text)
        return re.sub(r"\d{6,}|\b[0-9a-f]{8}\b", "#", text)


async def ask(house: House, key: str, asked: Ask) -> Reply:
    """The answer, after the watch has seen it."""
    house.town.watch.heard(asked.path, dict(asked.query), asked.body or {})
    headers = dict(asked.headers)
    if key in house.keys:
        headers["Authorization"] = f"Bearer {house.keys[key]}"
    async with house.http.request(
        asked.method,
        house.url + asked.path,
        params=dict(asked.query),
        json=asked.body,
        headers=headers,
        allow_redirects=False,
    ) as response:
        text = await response.text()
        told = json.dumps(dict(response.headers))
    audience = Audience(who=(key,), place="HTTP", sees=SEES[key])
    house.town.watch.note(
        f"{asked.method} {asked.path.partition('?')[0]} → {response.status}", audience, text, told
    )
    return Reply(status=response.status, text=text)
