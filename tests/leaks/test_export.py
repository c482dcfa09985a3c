"""The export is the operator's: it names every client, and holds no secret."""

from pathlib import Path

from houston.configuration import as_yaml, configuration
from tests.leaks.canaries import owners, spotted
from tests.leaks.house import open_house


async def test_an_export_names_every_client_and_holds_no_secret(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        exported = as_yaml(await configuration(house.houston.store))
        assert {"a", "b"} <= owners(spotted(exported))
        assert [secret for secret in house.town.watch.secrets if secret in exported] == []
