"""Every table that holds a client's data holds canaries of both clients, so that a leak of it shows."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from store.tables import metadata
from tests.leaks.canaries import owners, spotted
from tests.leaks.house import open_house
from tests.leaks.tables import rows_of

WORDLESS: Mapping[str, str] = {
    "audit_client": "ids only",
    "audit_head": "hashes only",
    "escalation": "ids only",
    "post": "where a message is; its words are its episode's",
    "preference": "ids only",
    "install_state": "hashes only",
    "member_client": "ids only",
    "rule_destination": "ids only",
    "token_use": "numbers only",
    "secret": "sealed; what is in it is searched for as a secret",
}
"""Tables without text that anybody could read."""


async def test_every_table_has_canaries_of_both_clients(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        missing = []
        for table in metadata.sorted_tables:
            rows = await rows_of(house.houston.store, table)
            if table.name in WORDLESS:
                assert len(rows) > 0, f"{table.name} is empty"
            elif not {"a", "b"} <= owners(spotted(*rows)):
                missing.append(table.name)
        assert missing == []


def test_what_is_said_to_be_wordless_exists() -> None:
    assert WORDLESS.keys() <= metadata.tables.keys()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*zqxaslug* and zqxBslug", {"a", "b"}),
        ("$7,311,917.00", {"a"}),
        ("8_422_653", {"b"}),
        ("zqx is none, zqxeslug neither", set()),
    ],
)
def test_a_canary_is_spotted_whatever_surrounds_it(text: str, found: set[str]) -> None:
    assert owners(spotted(text)) == found
