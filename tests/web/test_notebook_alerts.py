from typing import Any

import pytest

from tests.web.conftest import Api

pytestmark = pytest.mark.slow

BODY = {"notebook": "Data Processing Update", "status": "failure", "message": "no rows", "client": "acme"}


async def test_a_notebook_alert_is_told(api: Api) -> None:
    reply = await api.post("/notebook-alerts", BODY | {"url": "https://notebooks.example/1"})
    [event] = await api.told()
    assert (reply.status, reply.json["event_id"]) == (201, str(event.id))
    assert (event.type, event.client_id, event.severity) == ("notebook_alert", api.agency.acme, "critical")
    assert event.payload["message"] == "no rows"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "broken"}, "status"),
        ({"notebook": ""}, "notebook"),
        ({"message": ""}, "message"),
        ({"url": "ftp://x"}, "url"),
        ({"client": "nobody"}, "client"),
        ({"severity": "info"}, "severity"),
    ],
)
async def test_a_bad_notebook_alert_names_its_field(api: Api, changes: dict[str, Any], field: str) -> None:
    reply = await api.post("/notebook-alerts", BODY | changes)
    assert reply.status == 422
    assert [error["field"] for error in reply.json["errors"]] == [field]
    assert await api.told() == []
